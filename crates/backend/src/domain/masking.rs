//! What is left of personal data for those who may not see it. The mask is made on the server: what is not sent cannot
//! be read from the page.

use portico_contract::customer::{Contact, ContactSummary, Customer};

const MASK: &str = "•••";

/// The country prefix and the last two digits of a telephone number.
pub(crate) fn phone(number: &str) -> String {
    let head: String = number.chars().take(3).collect();
    let length = number.chars().count();
    let tail: String = number.chars().skip(length.saturating_sub(2).max(3)).collect();
    format!("{head} {MASK} {tail}").trim_end().to_owned()
}

/// The first letter of a mail address and its domain's end.
pub(crate) fn email(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let initial: String = local.chars().take(1).collect();
    let end = domain.rsplit_once('.').map_or("", |(_, end)| end);
    format!("{initial}{MASK}@{MASK}.{end}")
}

/// Masks a contact in a list.
pub(crate) fn mask_summary(contact: &mut ContactSummary) {
    if let Some(number) = &mut contact.phone {
        *number = phone(number);
    }
}

fn mask_contact(contact: &mut Contact) {
    for point in &mut contact.phones {
        point.value = phone(&point.value);
    }
    for point in &mut contact.emails {
        point.value = email(&point.value);
    }
}

/// Masks a customer's record.
pub(crate) fn mask_customer(customer: &mut Customer) {
    customer.contacts.iter_mut().for_each(mask_contact);
    if !customer.address.street.is_empty() {
        MASK.clone_into(&mut customer.address.street);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_only_a_hint() {
        assert_eq!(phone("+8613800000003"), "+86 ••• 03");
        assert_eq!(phone("+1"), "+1 •••");
        assert_eq!(email("li.wei@example.com"), "l•••@•••.com");
        assert_eq!(email("broken"), "b•••@•••.");
    }
}
