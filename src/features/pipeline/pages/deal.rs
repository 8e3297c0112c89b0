//! `/deals/:id`: one deal.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portico_contract::ids::DealId;

use super::super::components::DealFacts;
use crate::api::query::Query;
use crate::api::{ApiError, deals, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{Breadcrumbs, Crumb, ErrorState, LoadView, PageTitle, Skeleton};

/// A deal.
#[component]
pub fn DealPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<DealId>().ok()));
    let i18n = use_i18n();
    view! {
        <section class="page">
            {move || if let Some(id) = id.get() {
                view! { <Record id /> }.into_any()
            } else {
                let explanation = ApiError::NotFound.explain(i18n);
                let above = vec![Crumb::new(t(words::TITLE), Route::Pipeline.path())];
                view! {
                    <Breadcrumbs above current=t(words::DEAL) />
                    <PageTitle title=t(words::DEAL) />
                    <ErrorState explanation />
                }
                .into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Record(id: DealId) -> impl IntoView {
    let client = use_client();
    let i18n = use_i18n();
    let deal = Query::new(move || id, move |id| deals::get_deal(client, id));
    let pipelines = Query::new(|| (), move |()| deals::list_pipelines(client));
    let name = Signal::derive(move || {
        deal.with(|deal| deal.name.clone())
            .unwrap_or_else(|| i18n.text(words::DEAL))
    });
    let board = Signal::derive(move || {
        deal.with(|deal| Route::Board(deal.pipeline_id))
            .unwrap_or(Route::Pipeline)
            .path()
    });
    let both = Signal::derive(move || deal.ready().get() && pipelines.ready().get());
    view! {
        <Breadcrumbs above=vec![Crumb::new(t(words::TITLE), board)] current=name />
        <header class="page__header"><PageTitle title=name document_title=t(words::DEAL) /></header>
        <LoadView
            ready=both
            problem=deal.problem()
            on_retry=deal.on_retry()
            skeleton=|| view! { <Skeleton lines=8 /> }
        >
            {move || Some(view! { <DealFacts deal=deal.get()? stages=stages_of(pipelines, deal)? on_moved=deal /> })}
        </LoadView>
    }
}

/// The stages of the deal's pipeline.
fn stages_of(
    pipelines: Query<Vec<portico_contract::deal::Pipeline>>,
    deal: Query<portico_contract::deal::Deal>,
) -> Option<Vec<portico_contract::deal::Stage>> {
    let pipeline = deal.with(|deal| deal.pipeline_id)?;
    pipelines
        .with(|all| {
            all.iter()
                .find(|other| other.id == pipeline)
                .map(|p| p.stages.clone())
        })
        .flatten()
}
