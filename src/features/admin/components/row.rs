//! One account in the list.

use leptos::prelude::*;
use portico_contract::admin::{AdminUser, UserStatus};
use portico_contract::ids::UserId;

use super::super::model::{column, factor_texts, role_text, status_text};
use super::super::users::use_users;
use super::row_menu::RowMenu;
use crate::i18n::t;
use crate::i18n::texts::admin as words;
use crate::ui::{Badge, GridLink, GridRow, Moment, Tone};

impl GridRow for AdminUser {
    type Key = UserId;

    fn key(&self) -> UserId {
        self.id
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn cell(self, column: &str) -> AnyView {
        match column {
            column::NAME => {
                // Following the filters would draw each row anew with each letter.
                let href = untrack(|| use_users().path_to(self.id));
                view! {
                    <GridLink href>{self.name}</GridLink>
                    <span class="meta">{self.email}</span>
                }
                .into_any()
            }
            column::STATUS => view! { <StatusBadge status=self.status /> }.into_any(),
            column::ROLE => view! {
                <span>{t(role_text(self.role))}</span>
                <span class="meta">{self.team.name}</span>
            }
            .into_any(),
            column::NUMBER => self.employee_number.into_any(),
            column::FACTORS => {
                let text = |text| view! { <span class="meta">{t(text)}</span> };
                factor_texts(&self)
                    .into_iter()
                    .map(text)
                    .collect_view()
                    .into_any()
            }
            column::SIGNED_IN => match self.last_sign_in_at {
                Some(at) => view! { <Moment at /> }.into_any(),
                None => view! { <span class="meta">{t(words::NEVER)}</span> }.into_any(),
            },
            column::ACTIONS => view! { <RowMenu user=self /> }.into_any(),
            _ => ().into_any(),
        }
    }
}

/// Where an account stands, as a word on a tone.
#[component]
pub fn StatusBadge(
    /// Where.
    status: UserStatus,
) -> impl IntoView {
    let tone = match status {
        UserStatus::Invited => Tone::Info,
        UserStatus::Active => Tone::Success,
        UserStatus::Deactivated => Tone::Neutral,
    };
    view! { <Badge tone label=t(status_text(status)) /> }
}
