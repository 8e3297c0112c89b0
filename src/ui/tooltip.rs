//! A few words about something that shows up when one looks at it, by the rules of WCAG 1.4.13: it can be sent away with
//! Escape, the pointer may go onto it, and it stays as long as it is looked at.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::field::unique_id;
use crate::platform::{clock, document, keyboard, task, viewport};

/// Milliseconds a pointer rests on something before its words show: passing over it is not looking at it.
const REST_MS: u32 = 400;
/// Milliseconds a pointer may be away, on its way from the thing to its words.
const AWAY_MS: u32 = 150;

/// Words about the button, link or field among its children. They show when the pointer rests on it and at once when
/// the keyboard's focus comes to it; a finger does not call them, so they must not be all there is to know.
#[component]
pub fn Tooltip(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// They only repeat a name that is not seen: a screen reader has said it already.
    #[prop(optional)]
    repeats_name: bool,
    /// They stand at the side, for things that stand in a column.
    #[prop(optional)]
    beside: bool,
    /// Whether they are needed now.
    #[prop(default = Signal::stored(true), into)]
    enabled: Signal<bool>,
    /// What they are about.
    children: Children,
) -> impl IntoView {
    let id = unique_id("tooltip");
    let (root, bubble) = (NodeRef::<html::Span>::new(), NodeRef::<html::Span>::new());
    let look = Look::new();
    let open = Memo::new(move |_| enabled.get() && look.at());
    if !repeats_name {
        let id = id.clone();
        root.on_load(move |root| document::describe_first_control(&root, &id));
    }
    Effect::new(move |_| {
        let (Some(root), Some(bubble)) = (root.get(), bubble.get()) else {
            return;
        };
        if !open.get() {
            return viewport::unfloat(&bubble);
        }
        if let Some(control) = document::first_control(&root) {
            if beside {
                viewport::float_beside(&bubble, &control);
            } else {
                viewport::float(&bubble, &control, false);
            }
        }
        keyboard::on_escape_before_others(move || look.away());
    });
    view! {
        <span
            node_ref=root
            class="tooltip"
            on:pointerenter=move |event| look.hover(&event)
            on:pointerleave=move |_| look.wants.set(false)
            on:pointerdown=move |_| look.away()
            on:focusin=move |event| look.focused.set(document::shows_focus(&event))
            on:focusout=move |_| { look.focused.try_set(false); }
        >
            {children()}
            <span
                node_ref=bubble
                class="tooltip__bubble"
                id=id
                role="tooltip"
                popover="manual"
                aria-hidden=repeats_name.then_some("true")
            >
                {move || text.get()}
            </span>
        </span>
    }
}

/// How somebody looks at something.
#[derive(Clone, Copy)]
struct Look {
    /// The pointer is on it now.
    wants: RwSignal<bool>,
    /// The pointer has rested there.
    hovered: RwSignal<bool>,
    /// The keyboard's focus is on it.
    focused: RwSignal<bool>,
}

impl Look {
    fn new() -> Self {
        let look = Self {
            wants: RwSignal::new(false),
            hovered: RwSignal::new(false),
            focused: RwSignal::new(false),
        };
        // The clock is outside of the signals: what is wanted becomes so after a while, unless it changes before.
        Effect::new(move |_| {
            let wants = look.wants.get();
            task::scoped(async move {
                clock::sleep(if wants { REST_MS } else { AWAY_MS }).await;
                look.hovered.try_set(wants);
            });
        });
        look
    }

    fn at(self) -> bool {
        self.hovered.get() || self.focused.get()
    }

    fn hover(self, event: &ev::PointerEvent) {
        if event.pointer_type() != "touch" {
            self.wants.set(true);
        }
    }

    /// The person has seen enough of it.
    fn away(self) {
        self.wants.set(false);
        self.hovered.set(false);
        self.focused.set(false);
    }
}
