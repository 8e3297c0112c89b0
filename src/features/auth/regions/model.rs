//! Which region is chosen, and which one is worth a question.

use portico_contract::locale::Locale;
use portico_contract::region::RegionSite;

/// A region that takes longer than this to answer counts as one that does not.
pub const PATIENCE_MS: u32 = 2_000;

/// Nobody feels a smaller gain.
const CLEAR_GAIN_MS: u32 = 50;

/// What can be chosen, by origin, in the language `locale`. Where the page itself, at `own`, is no region, it stands first
/// with its `host`: something must be what is chosen.
pub fn options(sites: &[RegionSite], own: &str, host: &str, locale: Locale) -> Vec<(String, String)> {
    let listed = sites
        .iter()
        .map(|site| (site.origin.clone(), site.name.get(locale).to_owned()));
    let unlisted = sites.iter().all(|site| site.origin != own);
    let here = unlisted.then(|| (own.to_owned(), host.to_owned()));
    here.into_iter().chain(listed).collect()
}

/// The place in `others` of the region that answers clearly faster than this one, if there is one: by what is felt and
/// by half. Times are in milliseconds; who did not answer has none.
pub fn clearly_faster(own: Option<u32>, others: &[Option<u32>]) -> Option<usize> {
    let own = own.unwrap_or(PATIENCE_MS);
    let answered = others
        .iter()
        .enumerate()
        .filter_map(|(place, time)| time.map(|time| (place, time)));
    let (place, fastest) = answered.min_by_key(|(_, time)| *time)?;
    let is_clear = own.saturating_sub(fastest) >= CLEAR_GAIN_MS && fastest <= own / 2;
    is_clear.then_some(place)
}

#[cfg(test)]
mod tests {
    use portico_contract::locale::LocalizedName;

    use super::*;

    fn site(name: &str, german: Option<&str>) -> RegionSite {
        let translated = german.map(|german| ("de".to_owned(), german.to_owned()));
        RegionSite {
            name: LocalizedName {
                default: name.to_owned(),
                translations: translated.into_iter().collect(),
            },
            origin: format!("https://{}.example", name.to_lowercase()),
        }
    }

    fn names(own: &str, locale: Locale) -> Vec<String> {
        let sites = [site("Asia", None), site("Europe", Some("Europa"))];
        let options = options(&sites, own, "crm.example", locale);
        options.into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn regions_are_named_in_the_language_in_use() {
        assert_eq!(names("https://asia.example", Locale::En), ["Asia", "Europe"]);
        assert_eq!(names("https://asia.example", Locale::De), ["Asia", "Europa"]);
    }

    #[test]
    fn a_page_that_is_no_region_stands_first() {
        for own in ["https://crm.example", "https://asia.example.evil.example", "null"] {
            assert_eq!(names(own, Locale::En), ["crm.example", "Asia", "Europe"], "{own}");
        }
    }

    #[test]
    fn a_region_is_clearly_faster_by_half_and_by_what_is_felt() {
        for (own, other, is_faster) in [
            (200, 100, true),
            (200, 101, false),
            (100, 50, true),
            (99, 49, true),
            (98, 49, false),
            (60, 5, true),
            (50, 1, false),
            (1_900, 960, false),
            (10, 10, false),
            (10, 200, false),
        ] {
            let found = clearly_faster(Some(own), &[Some(other)]);
            assert_eq!(found, is_faster.then_some(0), "{own} and {other}");
        }
    }

    #[test]
    fn of_several_the_fastest_is_offered() {
        let others = [None, Some(90), Some(40), Some(41)];
        assert_eq!(clearly_faster(Some(300), &others), Some(2));
        assert_eq!(clearly_faster(Some(300), &[]), None);
    }

    #[test]
    fn silence_is_slower_than_an_answer_and_no_better_than_silence() {
        assert_eq!(clearly_faster(None, &[None, Some(900)]), Some(1));
        assert_eq!(clearly_faster(None, &[None, Some(1_900)]), None);
        assert_eq!(clearly_faster(None, &[None]), None);
        assert_eq!(clearly_faster(Some(900), &[None]), None);
    }
}
