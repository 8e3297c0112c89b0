//! Codes by the time (RFC 6238), as authenticator apps everywhere make them: HMAC-SHA-1, six digits, thirty seconds.

use portico_contract::second_factor::{CODE_DIGITS, CODE_STEP};
use totp_rs::{Builder, Totp};

use crate::domain::clock::SECOND;
use crate::domain::failure::Failure;
use crate::domain::random::Random;

/// How many bytes a secret has: what HMAC-SHA-1 makes the most of (RFC 4226, 4).
pub(super) const SECRET_BYTES: usize = 20;

/// A step back is taken, for whoever types slowly; none ahead.
const STEPS_BACK: i64 = 1;

/// A new secret.
pub(super) fn fresh_secret(random: &dyn Random) -> Result<[u8; SECRET_BYTES], Failure> {
    let mut secret = [0; SECRET_BYTES];
    random.fill(&mut secret)?;
    Ok(secret)
}

/// What the issuer's and the account's name must not have in an `otpauth:` address.
fn label(text: &str) -> String {
    text.replace(':', " ")
}

fn totp(secret: &[u8], account: &str, issuer: &str) -> Result<Totp, Failure> {
    Builder::new()
        .with_digits(u8::try_from(CODE_DIGITS).map_err(Failure::internal)?)
        .with_step_duration(u64::from(CODE_STEP))
        .with_skew(0)
        .with_secret(secret.to_vec())
        .with_account_name(label(account))
        .with_issuer(Some(label(issuer)))
        .build()
        // The error could quote what it was made from.
        .map_err(|_| Failure::internal("an authenticator's secret cannot be used"))
}

/// `secret` as a person types it, and as an address that an app takes from a picture.
pub(super) fn shown(secret: &[u8], account: &str, issuer: &str) -> Result<(String, String), Failure> {
    let totp = totp(secret, account, issuer)?;
    let uri = totp
        .to_url()
        .map_err(|_| Failure::internal("an authenticator has no address"))?;
    Ok((totp.secret().to_base32(), uri))
}

/// The step of time whose code `code` is at `now`, if it is one that is taken.
pub(super) fn step_of(secret: &[u8], code: &str, now: i64) -> Result<Option<i64>, Failure> {
    let totp = totp(secret, "-", "-")?;
    let step_now = now / SECOND / i64::from(CODE_STEP);
    // Both are looked at, whichever fits.
    let mut found = None;
    for step in [step_now - STEPS_BACK, step_now] {
        let Ok(moment) = u64::try_from(step * i64::from(CODE_STEP)) else {
            continue;
        };
        if totp.check(code, moment).is_some() {
            found = Some(step);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the tables in RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // Eight digits in the standard, of which the last six are ours.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = step_of(SECRET, code, seconds * SECOND).unwrap();
            assert_eq!(step, Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn one_step_back_is_taken_and_none_ahead() {
        let code_of_step_1 = "287082";
        let at = |seconds: i64| step_of(SECRET, code_of_step_1, seconds * SECOND).unwrap();
        assert_eq!(at(29), None, "not yet");
        assert_eq!((at(30), at(59)), (Some(1), Some(1)));
        assert_eq!((at(60), at(89)), (Some(1), Some(1)));
        assert_eq!(at(90), None, "two steps back");
        assert_eq!(step_of(SECRET, "287083", 59_000).unwrap(), None);
        assert_eq!(step_of(SECRET, "+87082", 59_000).unwrap(), None);
    }

    #[test]
    fn an_app_is_told_whose_codes_these_are() {
        let (key, uri) = shown(SECRET, "a:b@acme.example", "Acme: CRM").unwrap();
        assert_eq!(key, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(uri.starts_with("otpauth://totp/"), "{uri}");
        assert!(uri.contains(&format!("secret={key}")), "{uri}");
        let url = url::Url::parse(&uri).unwrap();
        let issuer = url.query_pairs().find(|(name, _)| name == "issuer");
        assert_eq!(
            issuer.map(|(_, value)| value.into_owned()).as_deref(),
            Some("Acme  CRM")
        );
    }
}
