//! Which language to start in.

use portico_contract::locale::Locale;

/// The first that names one of our languages: asked for in the address (`?lang=`), chosen on this device, the browser's
/// list in its order; otherwise the site's default. A person's account comes into play after signing in.
pub fn preferred(asked: Option<&str>, chosen: Option<&str>, browser: &[String], default: Locale) -> Locale {
    asked
        .into_iter()
        .chain(chosen)
        .chain(browser.iter().map(String::as_str))
        .find_map(Locale::from_tag)
        .unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_then_the_choice_then_the_browser_then_the_site() {
        let browser = ["fr-FR".to_owned(), "de-CH".to_owned(), "en".to_owned()];
        assert_eq!(
            preferred(Some("zh"), Some("en"), &browser, Locale::En),
            Locale::ZhCn
        );
        assert_eq!(
            preferred(Some("xx"), Some("en"), &browser, Locale::De),
            Locale::En
        );
        assert_eq!(preferred(None, None, &browser, Locale::En), Locale::De);
        assert_eq!(preferred(None, None, &[], Locale::ZhCn), Locale::ZhCn);
    }
}
