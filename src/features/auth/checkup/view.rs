//! The checkup on the screen.

use leptos::prelude::*;

use super::model::{Finding, Verdict, caps_lock, findings};
use super::report::report;
use super::state::Checkup;
use crate::i18n::texts::help;
use crate::i18n::{I18n, t, use_i18n};
use crate::platform::{browser, build, clipboard, keyboard, location, task};
use crate::ui::{Badge, Button, Icon, IconName, TextareaField, Tone};

/// A list of points with a verdict and advice each. It starts by itself.
#[component]
pub fn CheckupList() -> impl IntoView {
    let i18n = use_i18n();
    let checkup = Checkup::new();
    checkup.run();
    let caps = keyboard::caps_lock();
    let found = Memo::new(move |_| {
        let mut found = findings(&checkup.facts());
        found.push(caps_lock(caps.get()));
        found
    });
    let summary = move || found.with(|found| summary(i18n, found));
    let points = move || {
        found
            .get()
            .into_iter()
            .map(|finding| point(i18n, &finding))
            .collect_view()
    };
    view! {
        <section class="checkup">
            <h2 class="checkup__title">{t(help::TITLE)}</h2>
            <p role="status">{summary}</p>
            <ul class="checkup__points">{points}</ul>
            <Report checkup found />
        </section>
    }
}

fn summary(i18n: I18n, found: &[Finding]) -> String {
    if found.iter().any(|finding| finding.verdict == Verdict::Waiting) {
        return i18n.text(help::CHECKING);
    }
    let count = found
        .iter()
        .filter(|finding| finding.verdict.needs_attention())
        .count();
    if count == 0 {
        i18n.text(help::ALL_GOOD)
    } else {
        i18n.message(&help::attention(count as u64))
    }
}

fn point(i18n: I18n, finding: &Finding) -> impl IntoView + use<> {
    let (icon, tone) = look(finding.verdict);
    let (title, word) = (
        i18n.text(finding.point.title()),
        i18n.text(finding.verdict.word()),
    );
    let advice = i18n.message(&finding.advice);
    view! {
        <li class="checkup__point">
            <Icon name=icon />
            <p class="checkup__name">{title} <Badge tone label=word /></p>
            <p class="checkup__advice">{advice}</p>
        </li>
    }
}

const fn look(verdict: Verdict) -> (IconName, Tone) {
    match verdict {
        Verdict::Waiting => (IconName::Clock, Tone::Neutral),
        Verdict::Good => (IconName::Check, Tone::Success),
        Verdict::Unknown => (IconName::Info, Tone::Neutral),
        Verdict::Warning => (IconName::Alert, Tone::Warning),
        Verdict::Problem => (IconName::X, Tone::Danger),
    }
}

/// Checking again, and telling those who can help.
#[component]
fn Report(checkup: Checkup, found: Memo<Vec<Finding>>) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(String::new());
    let copied = RwSignal::new(None);
    let again = Callback::new(move |()| {
        copied.set(None);
        checkup.run();
    });
    let copy = Callback::new(move |()| {
        text.set(report(i18n, &device(checkup), &found.get_untracked()));
        task::detached(async move {
            let done = clipboard::write(&text.get_untracked()).await;
            copied.try_set(Some(done));
        });
    });
    let outcome = move || {
        let said = copied
            .get()
            .map(|done| if done { help::COPIED } else { help::COPY_REFUSED });
        said.map(|said| i18n.text(said))
    };
    view! {
        <div class="checkup__actions">
            <Button label=t(help::AGAIN) icon=IconName::Refresh on_click=again />
            <Button label=t(help::COPY) on_click=copy />
        </div>
        <p role="status">{outcome}</p>
        <Show when=move || copied.get() == Some(false)>
            <TextareaField label=t(help::REPORT) value=text name="report" rows=8 readonly=true />
        </Show>
    }
}

/// What those who can help want to know of the device.
fn device(checkup: Checkup) -> Vec<(&'static str, String)> {
    let mut device = vec![
        ("time", browser::time()),
        ("site", location::origin()),
        ("build", build::running().unwrap_or_default()),
        ("build of the site", checkup.published().unwrap_or_default()),
    ];
    device.extend(browser::description());
    device
}
