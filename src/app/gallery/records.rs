//! What is known and what happened.

use leptos::prelude::*;
use portico_contract::time::Timestamp;

use super::frame::{part, wide};
use crate::ui::{
    Avatar, AvatarSize, Badge, Board, BoardCard, BoardColumn, BoardHold, BoardLink, BoardMore, Fact, Facts,
    IconName, Moment, RoundIcon, Tag, Timeline, TimelineEntry, TimelineSkeleton, Tone, VirtualList,
    VirtualRoles,
};

pub(super) fn parts() -> Vec<AnyView> {
    vec![
        part("Avatar", avatars()),
        part("Badge", badges()),
        part("Tag", vec![view! { <p><Tag label="VIP"/></p> }.into_any()]),
        part("RoundIcon", round_icons()),
        part("Facts", vec![facts()]),
        part(
            "Timeline",
            vec![timeline(), view! { <TimelineSkeleton/> }.into_any()],
        ),
        wide("Board", vec![board()]),
        wide("VirtualList", vec![list()]),
    ]
}

fn avatars() -> Vec<AnyView> {
    [AvatarSize::Small, AvatarSize::Medium, AvatarSize::Large]
        .map(|size| view! { <p><Avatar name="Anna Weber" size/> <Avatar name="王芳" size/></p> }.into_any())
        .into()
}

fn badges() -> Vec<AnyView> {
    let tones = [
        Tone::Neutral,
        Tone::Accent,
        Tone::Info,
        Tone::Success,
        Tone::Warning,
        Tone::Danger,
    ];
    tones
        .map(|tone| view! { <p><Badge tone label=format!("{tone:?}")/></p> }.into_any())
        .into()
}

fn round_icons() -> Vec<AnyView> {
    vec![
        view! { <RoundIcon icon=IconName::Check/> }.into_any(),
        view! { <RoundIcon icon=IconName::Alert warns=true/> }.into_any(),
        view! { <RoundIcon/> }.into_any(),
    ]
}

fn moment() -> Option<Timestamp> {
    Timestamp::try_from("2026-11-23T04:41:23Z".to_owned()).ok()
}

fn facts() -> AnyView {
    view! {
        <Facts>
            <Fact name="Name">"Weber GmbH"</Fact>
            <Fact name="Created">{moment().map(|at| view! { <Moment at/> })}</Fact>
        </Facts>
    }
    .into_any()
}

fn timeline() -> AnyView {
    let call = moment().map(|at| {
        view! {
            <TimelineEntry
                icon=IconName::Phone what="Call" who="Anna Weber" at text="She wants an offer.\nBy Friday."
            >
                <a href="#Timeline">"Presses for Leipzig"</a>
            </TimelineEntry>
        }
    });
    let note =
        moment().map(|at| view! { <TimelineEntry icon=IconName::Note what="Note" who="Ben Koch" at/> });
    view! { <Timeline>{call} {note}</Timeline> }.into_any()
}

fn board() -> AnyView {
    let card = |key: u32, hold| BoardCard {
        key,
        name: format!("Card {key}"),
        hold,
    };
    let column = |key: u32, cards: Vec<BoardCard<u32>>, more| BoardColumn {
        key,
        name: format!("Column {key}"),
        label: format!("Column {key}, {} cards", cards.len()),
        count: cards.len() as u64,
        total: "€ 12,500".to_owned(),
        cards,
        more,
    };
    let all = vec![
        card(1, BoardHold::Free),
        card(2, BoardHold::Busy),
        card(3, BoardHold::Fixed),
    ];
    let columns = vec![
        column(1, all, BoardMore::Offered),
        column(2, vec![card(4, BoardHold::Free)], BoardMore::Pending),
        column(3, Vec::new(), BoardMore::None),
    ];
    let draw = |key: u32| {
        view! { <BoardLink href="#Board".to_owned()>{format!("Card {key}")}</BoardLink> }.into_any()
    };
    view! {
        <div style:display="flex" style:flex-direction="column" style:block-size="24rem">
            <Board
                label="A board" columns=Signal::stored(columns) draw empty="Nothing here"
                on_move=Callback::new(|_| {}) on_refused=Callback::new(|_| {}) on_expand=Callback::new(|_| {})
            />
        </div>
    }
    .into_any()
}

fn list() -> AnyView {
    let row = |index: usize| view! { <span>{format!("Row {index}")}</span> }.into_any();
    view! {
        <div style:display="flex" style:flex-direction="column" style:block-size="12rem">
            <VirtualList count=1_000_usize key=|index| index row roles=VirtualRoles::List/>
        </div>
    }
    .into_any()
}
