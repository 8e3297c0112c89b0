//! Recovery codes: what stands in for the second factor on the day on which everything else is lost.
//!
//! A code has eighty random bits. The first three characters say which one it is and are stored as they are; the whole is
//! stored as a password would be, for it has less than the 112 bits a plain hash would need (ASVS 5.0, 6.5.2).

use portico_contract::second_factor::{RECOVERY_CODE_LENGTH, RECOVERY_CODES};

use crate::domain::failure::Failure;
use crate::domain::random::Random;

/// Crockford's base 32: no letter that could be taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters say which code it is.
const SELECTOR: usize = 3;
/// Characters between two dashes.
const GROUP: usize = 4;

/// A new code, as it is compared.
fn generate(random: &dyn Random) -> Result<String, Failure> {
    let mut bytes = [0; RECOVERY_CODE_LENGTH];
    random.fill(&mut bytes)?;
    // 256 is a multiple of 32: every character is as likely as any other.
    Ok(bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .collect())
}

/// The part of `code` that says which one it is.
pub(super) fn selector(code: &str) -> &str {
    code.get(..SELECTOR).unwrap_or_default()
}

/// A new set, of which each says by itself which one it is.
pub(super) fn fresh(random: &dyn Random) -> Result<Vec<String>, Failure> {
    let mut codes: Vec<String> = Vec::with_capacity(RECOVERY_CODES);
    while codes.len() < RECOVERY_CODES {
        let code = generate(random)?;
        if codes.iter().all(|other| selector(other) != selector(&code)) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// `code` as people read it.
pub(super) fn written(code: &str) -> String {
    let groups: Vec<_> = code
        .as_bytes()
        .chunks(GROUP)
        .map(String::from_utf8_lossy)
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::random::OsRandom;

    #[test]
    fn a_set_has_ten_codes_that_no_selector_mixes_up() {
        let codes = fresh(&OsRandom).unwrap();
        assert_eq!(codes.len(), 10);
        let selectors: HashSet<_> = codes.iter().map(|code| selector(code)).collect();
        assert_eq!(selectors.len(), 10);
        for code in &codes {
            assert_eq!(code.len(), RECOVERY_CODE_LENGTH);
            assert!(code.bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn codes_are_written_in_groups() {
        assert_eq!(written("ABCDEFGHJKMNPQRS"), "ABCD-EFGH-JKMN-PQRS");
    }
}
