//! What is told and asked.

use leptos::prelude::*;

use super::frame::{part, wide};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::common;
use crate::ui::{
    Awaited, Banner, BannerAction, Button, ButtonVariant, ConfirmDialog, Dialog, DialogActions, EmptyState,
    ErrorState, FailureBanner, IconName, LoadView, NothingFound, Palette, PaletteGroup, PaletteItem,
    Progress, Sheet, Skeleton, TextField, Toast, Tone, TopDown, use_toasts,
};

const TONES: [(&str, Tone); 6] = [
    ("Neutral", Tone::Neutral),
    ("Accent", Tone::Accent),
    ("Info", Tone::Info),
    ("Success", Tone::Success),
    ("Warning", Tone::Warning),
    ("Danger", Tone::Danger),
];

pub(super) fn parts() -> Vec<AnyView> {
    vec![
        wide("Banner", banners()),
        wide("FailureBanner", failures()),
        part("Toast", toasts()),
        part("Progress", progress()),
        part("Skeleton", vec![view! { <Skeleton lines=3/> }.into_any()]),
        part("EmptyState", vec![empty()]),
        part("NothingFound", [true, false].map(nothing_found).into()),
        part("ErrorState", vec![error()]),
        part("LoadView", load_views()),
        part("Awaited", [true, false].map(awaited).into()),
        part("TopDown", vec![top_down()]),
        part("Dialog", vec![dialog(), confirm(), sheet(), palette()]),
    ]
}

fn banners() -> Vec<AnyView> {
    let nothing = Callback::new(|()| {});
    let banner = |(words, tone): (&'static str, Tone)| {
        let action = BannerAction::new("Do it", nothing);
        view! { <Banner tone text=words action on_dismiss=nothing/> }.into_any()
    };
    TONES.map(banner).into()
}

fn failures() -> Vec<AnyView> {
    let nothing = Callback::new(|()| {});
    vec![
        view! { <FailureBanner failure=Some(explanation())/> }.into_any(),
        view! { <FailureBanner failure=Some(explanation()) on_retry=nothing/> }.into_any(),
    ]
}

fn toasts() -> Vec<AnyView> {
    let toasts = use_toasts();
    let button = |(words, tone): (&'static str, Tone)| {
        let show = move |()| {
            let toast = Toast::new(tone, words).action("Undo", Callback::new(|()| {}));
            toasts.show(toast);
        };
        view! { <Button label=format!("Toast: {words}") on_click=show/> }.into_any()
    };
    TONES.map(button).into()
}

fn progress() -> Vec<AnyView> {
    vec![
        view! { <Progress label="Nobody knows how long"/> }.into_any(),
        view! { <Progress label="Two fifths" value=0.4/> }.into_any(),
        view! { <Progress label="In words" value=0.375 text="3 of 8"/> }.into_any(),
    ]
}

fn empty() -> AnyView {
    view! {
        <EmptyState icon=IconName::Users title="Nobody is here" hint="Add the first one.">
            <Button label="Add one" variant=ButtonVariant::Primary/>
        </EmptyState>
    }
    .into_any()
}

fn nothing_found(narrow: bool) -> AnyView {
    let words =
        |title: &'static str, hint: &'static str| (Signal::stored(title.into()), Signal::stored(hint.into()));
    view! {
        <NothingFound
            narrow=Signal::stored(narrow) nothing=words("Nothing fits", "Try fewer words.")
            empty=words("Nothing is there yet", "It will appear here.") clear="Clear the filters" on_clear=|()| {}
        />
    }
    .into_any()
}

fn explanation() -> Explanation {
    Explanation {
        title: common::ERROR_SERVER.into(),
        hint: common::ERROR_SERVER_HINT.into(),
        reference: Some("0192f0c1-2345".to_owned()),
        retry: true,
    }
}

fn error() -> AnyView {
    view! { <ErrorState explanation=explanation() on_retry=|()| {}/> }.into_any()
}

fn load_views() -> Vec<AnyView> {
    let view = |ready: bool, problem: Option<Explanation>| {
        view! { <LoadView ready problem on_retry=|()| {}><p>"What was asked for"</p></LoadView> }.into_any()
    };
    vec![
        view(false, None),
        view(false, Some(explanation())),
        view(true, None),
        view(true, Some(explanation())),
    ]
}

fn awaited(settled: bool) -> AnyView {
    view! { <Awaited settled lines=2><p>"What would be pushed about"</p></Awaited> }.into_any()
}

/// The last one is here, and waits for the one above it.
fn top_down() -> AnyView {
    let part = |ready: bool| {
        let problem = None::<Explanation>;
        view! { <LoadView ready problem on_retry=|()| {}><p>"What was asked for"</p></LoadView> }
    };
    view! { <TopDown>{[true, false, true].map(part).into_iter().collect_view()}</TopDown> }.into_any()
}

/// A button, and what it opens.
fn opened(label: &'static str, draw: impl FnOnce(RwSignal<bool>, Callback<()>) -> AnyView) -> AnyView {
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    view! {
        <p><Button label on_click=move |()| open.set(true)/></p>
        {draw(open, close)}
    }
    .into_any()
}

fn dialog() -> AnyView {
    opened("Open a dialog", |open, on_close| {
        let value = RwSignal::new(String::new());
        let dirty = Signal::derive(move || value.with(|value| !value.is_empty()));
        view! {
            <Dialog open title="A dialog" description="It asks before something typed is lost." dirty on_close>
                <TextField label="Name" name="dialog-name" value/>
                <DialogActions>
                    <Button label="Leave it" on_click=on_close/>
                    <Button label="Save it" variant=ButtonVariant::Primary on_click=on_close/>
                </DialogActions>
            </Dialog>
        }
        .into_any()
    })
}

fn confirm() -> AnyView {
    opened("Open a question", |open, on_close| {
        view! {
            <ConfirmDialog
                open title="Remove it?" text="It cannot be taken back." confirm="Remove it" dangerous=true
                on_confirm=on_close on_close
            />
        }
        .into_any()
    })
}

fn sheet() -> AnyView {
    opened("Open a sheet", |open, on_close| {
        view! {
            <Sheet open title="A sheet" description="It stands at the side." on_close>
                <p>"What it shows"</p>
            </Sheet>
        }
        .into_any()
    })
}

fn palette() -> AnyView {
    opened("Open a palette", |open, on_close| {
        let text = RwSignal::new(String::new());
        let item = |key: &str, icon| PaletteItem {
            key: key.to_owned(),
            label: format!("Offer {key}"),
            detail: Some("What tells it from others".to_owned()),
            icon,
            keys: None,
        };
        let groups = vec![PaletteGroup {
            label: "Offers".to_owned(),
            items: vec![item("one", IconName::User), item("two", IconName::Building)],
            settled: true,
        }];
        let groups = Signal::stored(groups);
        let palette = move || {
            open.get().then(|| {
                view! {
                    <Palette
                        label="Find anything" value=text on_input=move |typed| text.set(typed) max_length=100
                        groups on_retry=|()| {} on_choose=move |_| on_close.run(()) on_close
                    />
                }
            })
        };
        palette.into_any()
    })
}
