//! Recovery codes, on the one occasion on which they are shown.

use leptos::prelude::*;
use portico_contract::second_factor::RecoveryCodes;

use super::button::{Button, ButtonVariant};
use super::checkbox::Checkbox;
use super::icon::IconName;
use crate::i18n::texts::parts;
use crate::i18n::{I18n, t, tm, use_i18n};
use crate::platform::{clipboard, download, leaving, location, paper, task};

/// What the file is called that the codes are kept in.
const FILE: &str = "recovery-codes.txt";

/// How many characters of a code stand together.
const GROUP: usize = 4;

/// The codes, three ways to keep them, and a way on that opens once the person says that they are kept. Whoever closes
/// the page before is asked by the browser. With the press on the way on the codes leave the page and the memory of this
/// part; while they are on the page, paper shows them and nothing else of it.
#[component]
pub fn RecoveryCodeSheet(
    /// The codes.
    codes: RecoveryCodes,
    /// The codes are kept.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let codes = RwSignal::new(Some(codes));
    let shown = move || codes.with(|codes| codes.as_ref().map(in_groups).unwrap_or_default());
    let saved = RwSignal::new(false);
    leaving::ask_before(move || !saved.get_untracked() && codes.with_untracked(Option::is_some));
    let outcome = RwSignal::new(None::<String>);
    let copy = move |()| {
        let text = untrack(shown).join("\n");
        task::detached(async move {
            let words = if clipboard::write(&text).await {
                parts::CODES_COPIED
            } else {
                parts::CODES_COPY_REFUSED
            };
            outcome.try_set(Some(i18n.text(words)));
        });
    };
    let save = move |()| {
        download::text(FILE, &file(i18n, &untrack(shown)));
        outcome.set(Some(i18n.message(&parts::codes_downloaded(FILE))));
    };
    let done = move |()| {
        codes.set(None);
        on_done.run(());
    };
    let listed = move || {
        let item =
            |code: String| view! { <li><code class="recovery-codes__code" translate="no">{code}</code></li> };
        shown().into_iter().map(item).collect_view()
    };
    let title = tm(|| parts::codes_file_title(location::host()));
    view! {
        <div class="recovery-codes">
            <div class="recovery-codes__paper">
                <p class="recovery-codes__title">{title}</p>
                <p>{t(parts::CODES_PURPOSE)}</p>
                <ol class="recovery-codes__list" aria-label=t(parts::CODES_LIST)>{listed}</ol>
            </div>
            <div class="recovery-codes__actions">
                <Button label=t(parts::CODES_DOWNLOAD) on_click=save/>
                <Button label=t(parts::CODES_PRINT) on_click=move |()| paper::print()/>
                <Button label=t(parts::CODES_COPY) on_click=copy/>
            </div>
            <p class="recovery-codes__outcome" role="status">{move || outcome.get()}</p>
            <Checkbox
                label=t(parts::CODES_SAVED) hint=t(parts::CODES_SAVED_HINT) value=saved name="codes-saved"
            />
            <p>
                <Button
                    label=t(parts::CODES_CONTINUE) variant=ButtonVariant::Primary icon=IconName::Check
                    disabled=Signal::derive(move || !saved.get()) on_click=done
                />
            </p>
        </div>
    }
}

/// What the file holds: what it is, what it is for, and the codes, in lines that every system shows as lines.
fn file(i18n: I18n, codes: &[String]) -> String {
    let title = i18n.message(&parts::codes_file_title(location::host()));
    let mut lines = vec![
        title,
        String::new(),
        i18n.text(parts::CODES_PURPOSE),
        String::new(),
    ];
    lines.extend(codes.iter().cloned());
    lines.push(String::new());
    lines.join("\r\n")
}

/// The codes as they are read and typed.
fn in_groups(codes: &RecoveryCodes) -> Vec<String> {
    codes.reveal().iter().map(|code| grouped(code)).collect()
}

/// `code` in groups of four, whatever stood between its characters.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let groups: Vec<String> = letters
        .chunks(GROUP)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_code_is_shown_in_groups_however_it_came() {
        for code in ["ABCDEFGH01112345", "ABCD-EFGH-0111-2345", "ABCDEFGH 01112345"] {
            assert_eq!(grouped(code), "ABCD-EFGH-0111-2345", "{code}");
        }
        assert_eq!(grouped("ABCDE"), "ABCD-E");
    }
}
