//! A message as its reader sees it.

use serde_json::Value;

pub(crate) struct Mailed {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

impl Mailed {
    pub(crate) fn read(message: &Value) -> Self {
        let field = |name: &str| message[name].as_str().unwrap().to_owned();
        Self {
            to: field("to"),
            subject: field("subject"),
            text: field("text"),
        }
    }

    /// The token of the link to the page at `path`.
    pub(crate) fn token(&self, path: &str) -> String {
        let begin = format!("https://portico.example{path}#t=");
        let link = self.text.lines().find_map(|line| line.strip_prefix(&begin));
        link.unwrap_or_else(|| panic!("no link: {}", self.text))
            .to_owned()
    }

    fn find_code(&self) -> Option<String> {
        let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
        let mut words = self.text.split([' ', '\n', '#']);
        words.find(is_code).map(str::to_owned)
    }

    pub(crate) fn has_code(&self) -> bool {
        self.find_code().is_some()
    }

    pub(crate) fn code(&self) -> String {
        self.find_code()
            .unwrap_or_else(|| panic!("no code: {}", self.text))
    }

    /// A code that is not the one of the message.
    pub(crate) fn wrong_code(&self) -> String {
        let number: u32 = self.code().parse().unwrap();
        format!("{:08}", (number + 1) % 100_000_000)
    }
}
