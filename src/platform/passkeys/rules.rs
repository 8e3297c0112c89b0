//! What is known of passkeys without a browser.

/// Why a browser gave no passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The person did not want to, or took too long: a browser does not say which.
    Cancelled,
    /// The ceremony was ended from here.
    Aborted,
    /// The authenticator has a passkey of the person already.
    AlreadyHere,
    /// Browser, authenticator or address do not allow what was asked for.
    Unfit,
    /// Something else.
    Failed,
}

/// The fault that the exception `name` stands for.
pub(super) fn fault(name: &str) -> Fault {
    match name {
        "NotAllowedError" => Fault::Cancelled,
        "AbortError" => Fault::Aborted,
        "InvalidStateError" => Fault::AlreadyHere,
        "SecurityError" | "NotSupportedError" | "ConstraintError" => Fault::Unfit,
        _ => Fault::Failed,
    }
}

/// Whether `host` is `domain`, or below it.
pub(super) fn is_within(host: &str, domain: &str) -> bool {
    !domain.is_empty()
        && host
            .strip_suffix(domain)
            .is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// Whether `host` is an IP address rather than a name.
pub(super) fn is_of_numbers(host: &str) -> bool {
    host.starts_with('[') || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_known_by_their_names() {
        assert_eq!(fault("NotAllowedError"), Fault::Cancelled);
        assert_eq!(fault("AbortError"), Fault::Aborted);
        assert_eq!(fault("InvalidStateError"), Fault::AlreadyHere);
        assert_eq!(fault("SecurityError"), Fault::Unfit);
        assert_eq!(fault("NotSupportedError"), Fault::Unfit);
        assert_eq!(fault("TypeError"), Fault::Failed);
        assert_eq!(fault(""), Fault::Failed);
    }

    #[test]
    fn a_passkey_works_at_its_domain_and_below() {
        assert!(is_within("portico.example", "portico.example"));
        assert!(is_within("crm.portico.example", "portico.example"));
        assert!(!is_within("notportico.example", "portico.example"));
        assert!(!is_within("portico.example", "crm.portico.example"));
        assert!(!is_within("127.0.0.1", "localhost"));
        assert!(!is_within("localhost", ""));
    }

    #[test]
    fn an_address_of_numbers_is_no_name() {
        assert!(is_of_numbers("127.0.0.1") && is_of_numbers("[::1]") && is_of_numbers(""));
        assert!(!is_of_numbers("localhost") && !is_of_numbers("1.portico.example"));
    }
}
