//! `/pipeline` and `/pipeline/:id`: a pipeline as a board.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use portico_contract::deal::Pipeline;
use portico_contract::ids::PipelineId;

use super::super::components::{BoardSkeleton, DealCard};
use super::super::state::BoardState;
use crate::api::query::Query;
use crate::api::{deals, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{Board, EmptyState, IconName, LoadView, PageTitle, Select};

/// A pipeline's board; without an id in the address, the first pipeline's.
#[component]
pub fn BoardPage() -> impl IntoView {
    let client = use_client();
    let pipelines = Query::new(|| (), move |()| deals::list_pipelines(client));
    let params = use_params_map();
    let asked = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<PipelineId>().ok()));
    let shown = Memo::new(move |_| {
        asked
            .get()
            .or_else(|| pipelines.with(|all| all.first().map(|p| p.id)).flatten())
    });
    view! {
        <section class="page page--fill">
            <header class="page__header">
                <PageTitle title=t(words::TITLE) />
                <Chooser pipelines shown />
            </header>
            <LoadView
                ready=pipelines.ready()
                problem=pipelines.problem()
                on_retry=pipelines.on_retry()
                skeleton=|| view! { <BoardSkeleton /> }
            >
                {move || if let Some(pipeline) = shown.get() {
                    view! { <PipelineBoard pipeline /> }.into_any()
                } else {
                    let (title, hint) = (t(words::NONE_TITLE), t(words::NONE_HINT));
                    view! { <EmptyState icon=IconName::Board title hint /> }.into_any()
                }}
            </LoadView>
        </section>
    }
    .into_any()
}

/// Chooses among pipelines, where there are several.
#[component]
fn Chooser(pipelines: Query<Vec<Pipeline>>, shown: Memo<Option<PipelineId>>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let options = Signal::derive(move || {
        let locale = i18n.locale();
        let choices = pipelines.with(|all| {
            all.iter()
                .map(|p| (p.id.to_string(), p.name.get(locale).to_owned()))
                .collect::<Vec<_>>()
        });
        choices.unwrap_or_default()
    });
    let several = Memo::new(move |_| options.with(|options| options.len() > 1));
    let choose = Callback::new(move |id: String| {
        if let Ok(id) = id.parse() {
            navigate(&Route::Board(id).path(), NavigateOptions::default());
        }
    });
    view! {
        <Show when=move || several.get()>
            <div class="pipeline__toolbar">
                <Select
                    label=t(words::CHOOSE)
                    label_hidden=true
                    value=Signal::derive(move || shown.get().map(|id| id.to_string()).unwrap_or_default())
                    options=options
                    on_change=choose
                />
            </div>
        </Show>
    }
}

/// The board of one pipeline.
#[component]
fn PipelineBoard(pipeline: PipelineId) -> impl IntoView {
    let board = BoardState::new(pipeline);
    let columns = Memo::new(move |_| board.columns());
    view! {
        <LoadView
            ready=board.shown.ready()
            problem=board.shown.problem()
            on_retry=board.shown.on_retry()
            skeleton=|| view! { <BoardSkeleton /> }
        >
            <Board
                label=t(words::TITLE)
                columns
                draw=move |deal| view! { <DealCard board deal /> }.into_any()
                empty=t(words::STAGE_EMPTY)
                on_move=Callback::new(move |change| board.take_over(change))
                on_refused=Callback::new(move |_| board.refuse())
                on_expand=Callback::new(move |stage| board.load_more(stage))
            />
        </LoadView>
    }
}
