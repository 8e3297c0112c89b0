//! Which build of the application this page runs, and which one the site has now.

use super::http::{self, Silence};

/// Each build has a folder of its own below this one (`crates/xtask/src/site`).
const BUILDS: &str = "/assets/";

/// The build that runs. None in development, where builds have no names.
pub fn running() -> Option<String> {
    let boot = super::window().document()?.get_element_by_id("boot")?;
    named_in(&boot.get_attribute("data-js")?)
}

/// The build that the site has now, whatever copies a browser holds.
pub async fn published() -> Result<Option<String>, Silence> {
    let page = http::get_fresh("/index.html").await?;
    Ok(named_in(&page))
}

/// The first build whose folder `text` names, such as the site's document.
pub fn named_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(BUILDS)?;
    let (build, _) = rest.split_once('/')?;
    Some(build.to_owned())
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_build_is_the_name_of_its_folder() {
        let page = r#"<link href="/favicon.svg"><script src="/assets/0123456789abcdef/tt.js"></script>"#;
        assert_eq!(named_in(page).as_deref(), Some("0123456789abcdef"));
        assert_eq!(named_in("/portico-0123456789abcdef.js"), None);
        assert_eq!(named_in("/assets/"), None);
    }
}
