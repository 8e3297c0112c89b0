//! What is known about a deal, and its stage to be changed in place.

use leptos::prelude::*;
use portico_contract::deal::{Deal, MoveDeal, Stage};
use portico_contract::ids::StageId;

use crate::api::query::Query;
use crate::api::{deals, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{format, t, use_i18n};
use crate::platform::task;
use crate::ui::{Fact, Facts, Select, Toast, Tone, use_announcer, use_toasts};

/// What is known about a deal.
#[component]
pub fn DealFacts(
    /// The deal.
    deal: Deal,
    /// The stages of its pipeline.
    stages: Vec<Stage>,
    /// Where the deal's newer state goes after a move.
    on_moved: Query<Deal>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (amount, probability) = (deal.amount, deal.probability);
    let (close, since) = (deal.expected_close.clone(), deal.stage_entered_at.clone());
    let step = deal.next_step.clone();
    let customer = deal.customer.clone();
    let (owner, lost) = (deal.owner.name.clone(), deal.lost_reason.clone());
    let next = move || match &step {
        Some(step) => format!("{} · {}", step.text, format::date(i18n.locale(), &step.due)),
        None => i18n.text(words::FACT_NEXT_NONE),
    };
    view! {
        <div class="deal">
            <StageSelect deal stages on_moved />
            <Facts>
                <Fact name=t(words::FACT_CUSTOMER)>
                    <a href=Route::Customer(customer.id).path()>{customer.name}</a>
                </Fact>
                <Fact name=t(words::FACT_AMOUNT)>{move || format::money(i18n.locale(), amount)}</Fact>
                <Fact name=t(words::FACT_PROBABILITY)>{move || format::percent(i18n.locale(), probability)}</Fact>
                <Fact name=t(words::FACT_CLOSE)>{move || format::date(i18n.locale(), &close)}</Fact>
                <Fact name=t(words::FACT_OWNER)>{owner}</Fact>
                <Fact name=t(words::FACT_NEXT)>{next}</Fact>
                <Fact name=t(words::FACT_SINCE)>
                    {move || format::date_time(i18n.locale(), &i18n.zone(), &since)}
                </Fact>
                {lost.map(|reason| view! { <Fact name=t(words::FACT_LOST)>{reason}</Fact> })}
            </Facts>
        </div>
    }
}

/// The stage, to be changed in place. Without the right to it, it is shown disabled and says why.
#[component]
fn StageSelect(deal: Deal, stages: Vec<Stage>, on_moved: Query<Deal>) -> impl IntoView {
    let i18n = use_i18n();
    let client = use_client();
    let (toasts, announcer) = (use_toasts(), use_announcer());
    let pending = RwSignal::new(false);
    let current = deal.stage_id.to_string();
    let editable = deal.editable;
    let options = Signal::derive(move || {
        let locale = i18n.locale();
        stages
            .iter()
            .map(|stage| (stage.id.to_string(), stage.name.get(locale).to_owned()))
            .collect::<Vec<_>>()
    });
    let name = deal.name.clone();
    let change = Callback::new(move |stage: String| {
        let Ok(stage_id) = stage.parse::<StageId>() else {
            return;
        };
        let (name, stage_name) = (name.clone(), options.with_untracked(|all| label_of(all, &stage)));
        pending.set(true);
        task::detached(async move {
            let to = MoveDeal {
                stage_id,
                after: None,
            };
            let answer = deals::move_deal(client, deal.id, deal.version, to).await;
            pending.try_set(false);
            let text = match answer {
                Ok(moved) => {
                    on_moved.update(|shown| *shown = moved);
                    Ok(i18n.message(&words::moved(name, stage_name)))
                }
                Err(error) => {
                    on_moved.reload();
                    Err(i18n.message(&error.explain(i18n).title))
                }
            };
            let tone = if text.is_ok() { Tone::Success } else { Tone::Danger };
            let (Ok(text) | Err(text)) = text;
            announcer.announce(text.clone());
            toasts.show(Toast::new(tone, text));
        });
    });
    view! {
        <Select
            label=t(words::FACT_STAGE)
            value=Signal::stored(current)
            options=options
            disabled=Signal::derive(move || !editable || pending.get())
            on_change=change
        />
        {(!editable).then(|| view! { <p class="meta">{t(words::MOVE_FORBIDDEN)}</p> })}
    }
}

fn label_of(options: &[(String, String)], value: &str) -> String {
    options
        .iter()
        .find(|(other, _)| other == value)
        .map(|(_, label)| label.clone())
        .unwrap_or_default()
}
