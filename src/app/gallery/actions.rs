//! What is pressed.

use leptos::prelude::*;

use super::frame::part;
use crate::ui::{
    Button, ButtonSize, ButtonVariant, Icon, IconButton, IconName, KeyCap, KeyHint, Keys, LinkButton, Menu,
    MenuAlign, MenuChoice, MenuEntry, Tooltip,
};

pub(super) fn parts() -> Vec<AnyView> {
    vec![
        part("Button", buttons()),
        part("IconButton", icon_buttons()),
        part("LinkButton", link_buttons()),
        part("Menu", menus()),
        part("Tooltip", tooltips()),
        part("KeyHint", keys()),
    ]
}

fn buttons() -> Vec<AnyView> {
    let variants = [
        ("Primary", ButtonVariant::Primary),
        ("Secondary", ButtonVariant::Secondary),
        ("Ghost", ButtonVariant::Ghost),
        ("Danger", ButtonVariant::Danger),
    ];
    let states = |(label, variant): (&'static str, ButtonVariant)| {
        view! {
            <p style:display="flex" style:flex-wrap="wrap" style:gap="0.5rem">
                <Button label variant/>
                <Button label="Busy" variant pending=true/>
                <Button label="Disabled" variant disabled=true/>
                <Button label="Icon" variant icon=IconName::Plus/>
            </p>
        }
        .into_any()
    };
    let sizes = view! {
        <p style:display="flex" style:flex-wrap="wrap" style:gap="0.5rem" style:align-items="center">
            <Button label="Small" size=ButtonSize::Small/>
            <Button label="Medium" size=ButtonSize::Medium/>
            <Button label="Large" size=ButtonSize::Large/>
        </p>
    };
    variants
        .into_iter()
        .map(states)
        .chain([sizes.into_any()])
        .collect()
}

fn icon_buttons() -> Vec<AnyView> {
    let pressed = RwSignal::new(true);
    let nothing = |()| {};
    vec![
        view! {
            <p style:display="flex" style:flex-wrap="wrap" style:gap="0.5rem">
                <IconButton label="Search" icon=IconName::Search on_click=nothing/>
                <IconButton
                    label="Filter" icon=IconName::Filter pressed
                    on_click=move |()| pressed.update(|pressed| *pressed = !*pressed)
                />
                <IconButton label="Disabled" icon=IconName::X disabled=true on_click=nothing/>
                <IconButton
                    label="Primary" icon=IconName::Plus variant=ButtonVariant::Primary on_click=nothing
                />
            </p>
        }
        .into_any(),
    ]
}

fn link_buttons() -> Vec<AnyView> {
    vec![
        view! { <LinkButton label="Link" href="#LinkButton"/> }.into_any(),
        view! {
            <LinkButton
                label="Primary link" href="#LinkButton" variant=ButtonVariant::Primary icon=IconName::ExternalLink
            />
        }
        .into_any(),
    ]
}

fn menus() -> Vec<AnyView> {
    let entries = Signal::stored(vec![
        MenuEntry::heading("Heading"),
        MenuEntry::action("Action", || {}).with_icon(IconName::Calendar),
        MenuEntry::action("Refused", || {}).refused("Only its owner may"),
        MenuEntry::link("Link", "#Menu"),
        MenuEntry::Separator,
        MenuEntry::choices(
            "Choices",
            vec![
                MenuChoice::new("Chosen", true, || {}),
                MenuChoice::new("Not chosen", false, || {}),
            ],
        ),
        MenuEntry::action("Dangerous", || {}).dangerous(),
    ]);
    vec![
        view! { <Menu label="Open the menu" entries/> }.into_any(),
        view! {
            <Menu
                label="By an icon" entries align=MenuAlign::End
                trigger=|| view! { <Icon name=IconName::More/> }
            />
        }
        .into_any(),
        view! { <Menu label="Disabled menu" entries disabled=true/> }.into_any(),
    ]
}

fn tooltips() -> Vec<AnyView> {
    vec![
        view! { <Tooltip text="Words below"><button class="button" type="button">"Below"</button></Tooltip> }
            .into_any(),
        view! {
            <Tooltip text="Words at the side" beside=true>
                <button class="button" type="button">"Beside"</button>
            </Tooltip>
        }
        .into_any(),
    ]
}

fn keys() -> Vec<AnyView> {
    const TOGETHER: Keys = Keys::Together(&[KeyCap::Command, KeyCap::Character('k')]);
    const IN_TURN: Keys = Keys::InTurn(&[KeyCap::Character('g'), KeyCap::Character('c')]);
    const NAMED: Keys = Keys::Together(&[KeyCap::Shift, KeyCap::Enter, KeyCap::Space, KeyCap::Escape]);
    [TOGETHER, IN_TURN, NAMED]
        .into_iter()
        .map(|keys| view! { <p><KeyHint keys/></p> }.into_any())
        .collect()
}
