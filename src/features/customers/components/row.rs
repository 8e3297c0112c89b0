//! One customer in the list.

use leptos::prelude::*;
use portico_contract::customer::CustomerSummary;
use portico_contract::ids::CustomerId;

use super::super::model::column;
use super::StatusBadge;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::ui::{GridLink, GridRow, Moment, Tag};

/// Tags shown in a row; the record has them all.
const SHOWN_TAGS: usize = 3;

impl GridRow for CustomerSummary {
    type Key = CustomerId;

    fn key(&self) -> CustomerId {
        self.id
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn cell(self, column: &str) -> AnyView {
        match column {
            column::NAME => view! {
                <GridLink href=Route::Customer(self.id).path()>{self.name}</GridLink>
                <span class="meta">{self.city}</span>
            }
            .into_any(),
            column::CONTACT => self
                .primary_contact
                .map(|contact| {
                    view! {
                        <span>{contact.name}</span>
                        <span class="meta">{contact.phone}</span>
                    }
                })
                .into_any(),
            column::OWNER => self.owner.name.into_any(),
            column::STATUS => view! { <StatusBadge status=self.status /> }.into_any(),
            column::TAGS => {
                let tags = self.tags.into_iter().take(SHOWN_TAGS);
                let tags = tags.map(|tag| view! { <Tag label=tag /> }).collect_view();
                view! { <span class="customers__tags">{tags}</span> }.into_any()
            }
            column::ACTIVITY => match self.last_activity_at {
                Some(at) => view! { <Moment at /> }.into_any(),
                None => view! { <span class="meta">{t(words::NEVER)}</span> }.into_any(),
            },
            _ => ().into_any(),
        }
    }
}
