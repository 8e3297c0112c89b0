//! What was done with a customer.

use leptos::prelude::*;
use portico_contract::customer::{Activity, ActivityKind};
use portico_contract::ids::CustomerId;

use super::super::model::activity_text;
use super::Moment;
use super::paged::paged;
use crate::api::customers::list_activities;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::ui::{Icon, IconName};

/// The timeline, newest first.
#[component]
pub fn Timeline(
    /// Whose.
    id: Signal<CustomerId>,
) -> impl IntoView {
    paged(
        id,
        words::TIMELINE_EMPTY,
        |client, id, page| async move { list_activities(client, id, &page).await },
        |activities: Vec<Activity>| {
            let entries = activities
                .into_iter()
                .map(|activity| view! { <Entry activity /> })
                .collect_view();
            view! { <ol class="timeline">{entries}</ol> }.into_any()
        },
    )
}

#[component]
fn Entry(activity: Activity) -> impl IntoView {
    let icon = match activity.kind {
        ActivityKind::Call => IconName::Phone,
        ActivityKind::Mail => IconName::Mail,
        ActivityKind::Visit => IconName::MapPin,
        ActivityKind::Meeting => IconName::Users,
        ActivityKind::Note => IconName::Note,
    };
    view! {
        <li class="timeline__item">
            <span class="timeline__icon"><Icon name=icon /></span>
            <div>
                <p class="timeline__head">
                    <strong>{t(activity_text(activity.kind))}</strong>
                    <span>{activity.author.name}</span>
                    <Moment at=activity.at />
                    {activity.deal.map(|deal| view! { <a href=Route::Deal(deal.id).path()>{deal.name}</a> })}
                </p>
                <p class="timeline__text">{activity.text}</p>
            </div>
        </li>
    }
}
