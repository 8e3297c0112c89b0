//! The choice of the region, and the notice that another one is nearer.

use leptos::prelude::*;
use portico_contract::region::RegionSite;

use super::model::options;
use super::state::Regions;
use crate::i18n::texts::help;
use crate::i18n::{t, tm, use_i18n};
use crate::platform::location;
use crate::ui::{Banner, BannerAction, Select};

/// A select beside those of language and theme, where there is something to choose.
#[component]
pub fn RegionChoice() -> impl IntoView {
    let i18n = use_i18n();
    let regions = Regions::read();
    let has_choice = Memo::new(move |_| regions.sites.with(|sites| !sites.is_empty()));
    let words = Signal::derive(move || {
        regions
            .sites
            .with(|sites| options(sites, &location::origin(), &location::host(), i18n.locale()))
    });
    view! {
        <Show when=move || has_choice.get()>
            <Select
                label=t(help::REGION)
                label_hidden=true
                value=location::origin()
                options=words
                on_change=Callback::new(move |origin: String| regions.go(&origin))
            />
        </Show>
        {move || regions.faster.get().map(|site| view! { <Nearer regions site /> })}
    }
}

/// Says that `site` answers faster, and offers to go there. It never goes by itself.
#[component]
fn Nearer(regions: Regions, site: RegionSite) -> impl IntoView {
    let i18n = use_i18n();
    let RegionSite { name, origin } = site;
    let name = StoredValue::new(name);
    let local = move || name.with_value(|name| name.get(i18n.locale()).to_owned());
    let go = BannerAction::new(
        tm(move || help::region_go(local())),
        Callback::new(move |()| regions.go(&origin)),
    );
    view! {
        <div class="nearer">
            <Banner
                text=tm(move || help::region_faster(local()))
                action=go
                on_dismiss=Callback::new(move |()| regions.stay())
            />
        </div>
    }
}
