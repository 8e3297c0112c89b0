//! What was done with a customer.

use leptos::prelude::*;
use portico_contract::customer::{Activity, ActivityKind};
use portico_contract::ids::CustomerId;

use super::super::model::activity_text;
use super::paged::paged;
use crate::api::customers::list_activities;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::ui::{IconName, Timeline, TimelineEntry, TimelineSkeleton};

/// The timeline, newest first.
#[component]
pub fn CustomerTimeline(
    /// Whose.
    id: Signal<CustomerId>,
) -> impl IntoView {
    paged(
        id,
        words::TIMELINE_EMPTY,
        |client, id, page| async move { list_activities(client, id, &page).await },
        |activities: Vec<Activity>| {
            let entries = activities.into_iter().map(entry).collect_view();
            view! { <Timeline>{entries}</Timeline> }.into_any()
        },
        || view! { <TimelineSkeleton /> }.into_any(),
    )
}

fn entry(activity: Activity) -> impl IntoView {
    let icon = match activity.kind {
        ActivityKind::Call => IconName::Phone,
        ActivityKind::Mail => IconName::Mail,
        ActivityKind::Visit => IconName::MapPin,
        ActivityKind::Meeting => IconName::Users,
        ActivityKind::Note => IconName::Note,
    };
    let (what, who) = (t(activity_text(activity.kind)), activity.author.name);
    view! {
        <TimelineEntry icon what who at=activity.at text=activity.text>
            {activity.deal.map(|deal| view! { <a href=Route::Deal(deal.id).path()>{deal.name}</a> })}
        </TimelineEntry>
    }
}
