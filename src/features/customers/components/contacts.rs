//! The people at a customer.

use leptos::prelude::*;
use portico_contract::customer::{Contact, ContactPoint};

use super::super::model::label_text;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::ui::{Avatar, Badge, Icon, IconName, Tone};

/// The people at a customer, each with every way to reach them.
#[component]
pub fn Contacts(
    /// The people, the one to call first on top.
    contacts: Vec<Contact>,
) -> impl IntoView {
    if contacts.is_empty() {
        return view! { <p>{t(words::CONTACTS_EMPTY)}</p> }.into_any();
    }
    let people = contacts
        .into_iter()
        .map(|contact| view! { <Person contact /> })
        .collect_view();
    view! { <ul class="record__contacts">{people}</ul> }.into_any()
}

#[component]
fn Person(contact: Contact) -> impl IntoView {
    let phones = contact
        .phones
        .into_iter()
        .map(|point| reach(point, IconName::Phone, "tel:"));
    let emails = contact
        .emails
        .into_iter()
        .map(|point| reach(point, IconName::Mail, "mailto:"));
    view! {
        <li class="contact">
            <Avatar name=contact.name.clone() />
            <div>
                <p class="contact__name">
                    {contact.name}
                    {contact.primary.then(|| view! { <Badge tone=Tone::Accent label=t(words::CONTACT_PRIMARY) /> })}
                </p>
                <p class="meta">{contact.job_title}</p>
                <ul class="contact__points">{phones.chain(emails).collect_view()}</ul>
            </div>
        </li>
    }
}

/// A number or address. One that arrived masked is no link: nothing could be done with it.
fn reach(point: ContactPoint, icon: IconName, scheme: &'static str) -> impl IntoView {
    let masked = point.value.contains(['*', '•']);
    let value = if masked {
        point.value.into_any()
    } else {
        let href = format!("{scheme}{}", point.value);
        view! { <a href=href rel="external">{point.value}</a> }.into_any()
    };
    view! {
        <li>
            <Icon name=icon />
            {value}
            <span class="meta">{t(label_text(point.label))}</span>
        </li>
    }
}
