//! Where one is, and the signs.

use leptos::prelude::*;

use super::frame::part;
use crate::i18n::texts::common;
use crate::ui::{
    AllowedLink, Breadcrumbs, ButtonVariant, Crumb, Icon, IconName, Mark, ResultCount, Tab, Tabs,
};

pub(super) fn parts() -> Vec<AnyView> {
    vec![
        part("Breadcrumbs", vec![breadcrumbs()]),
        part("Tabs", vec![tabs()]),
        part("AllowedLink", [true, false].map(link).into()),
        part("ResultCount", vec![count()]),
        part("Icon", vec![icons()]),
        part(
            "Mark",
            vec![view! { <p style:inline-size="3rem"><Mark/></p> }.into_any()],
        ),
    ]
}

fn breadcrumbs() -> AnyView {
    let crumb = |label: &'static str| Crumb::new(label, "#Breadcrumbs");
    view! { <Breadcrumbs above=vec![crumb("Customers"), crumb("Weber GmbH")] current="Order 12"/> }.into_any()
}

fn tabs() -> AnyView {
    let selected = RwSignal::new("first".to_owned());
    let tabs = vec![Tab::new("first", "First"), Tab::new("second", "Second")];
    view! {
        <Tabs
            label="Tabs" tabs selected on_change=move |chosen| selected.set(chosen)
            panel=|id| view! { <p>{format!("What belongs to the {id}")}</p> }.into_any()
        />
    }
    .into_any()
}

fn link(allowed: bool) -> AnyView {
    view! {
        <AllowedLink
            label="Add one" href="#AllowedLink" variant=ButtonVariant::Primary icon=IconName::Plus
            allowed=Signal::stored(allowed) reason="You have no right to add any."
        />
    }
    .into_any()
}

fn count() -> AnyView {
    let two_hundred = Signal::stored(Some(200));
    view! { <ResultCount total=two_hundred words=common::seconds/> }.into_any()
}

fn icons() -> AnyView {
    let some = [
        IconName::Search,
        IconName::Users,
        IconName::Board,
        IconName::Phone,
        IconName::Mail,
        IconName::Calendar,
        IconName::Alert,
        IconName::Check,
    ];
    let icons = some.map(|name| view! { <Icon name/> });
    view! { <p style:display="flex" style:flex-wrap="wrap" style:gap="0.5rem">{icons.collect_view()}</p> }
        .into_any()
}
