//! A new password under every policy and judgement.

use leptos::prelude::*;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_strength::{Advice, Context, Estimate};

use super::frame::part;
use crate::ui::{KnownUsername, NewPasswordField, PasswordChoice, Strength};

pub(super) fn parts() -> Vec<AnyView> {
    use PolicyProfile::{Classic, Nist, Standard};
    let judged = |score, advice: &[Advice]| {
        Strength::Judged(Estimate {
            score,
            advice: advice.to_vec(),
            ..Estimate::default()
        })
    };
    let own = Strength::Judged(Estimate {
        score: 1,
        personal: true,
        advice: vec![Advice::Personal, Advice::Dates, Advice::AddWords],
        ..Estimate::default()
    });
    let states = vec![
        state("Empty", Standard, "", Strength::Open, None),
        state("Not judged yet", Standard, "lantern", Strength::Open, None),
        state("An own word", Standard, "zhangsan1990", own, None),
        state(
            "Fair",
            Standard,
            "lantern harbour",
            judged(2, &[Advice::LikeCommon, Advice::AddWords]),
            None,
        ),
        state("Good", Standard, "lantern harbour 42", judged(3, &[]), None),
        state(
            "Very good",
            Nist,
            "seven green lamps on a boat",
            judged(4, &[]),
            None,
        ),
        state(
            "Four classes",
            Classic,
            "Lantern",
            judged(1, &[Advice::SingleWord]),
            None,
        ),
        state(
            "Nobody judges",
            Standard,
            "lantern harbour",
            Strength::Unavailable,
            None,
        ),
        state(
            "Refused",
            Standard,
            "lantern harbour 42",
            judged(3, &[]),
            Some("You used this password before. Choose another one."),
        ),
    ];
    vec![part("NewPasswordField", states)]
}

fn state(
    label: &'static str,
    profile: PolicyProfile,
    typed: &str,
    strength: Strength,
    error: Option<&'static str>,
) -> AnyView {
    let policy = Some(PasswordPolicy::of(profile));
    let choice = PasswordChoice::new(Signal::stored(policy), Signal::stored(Context::default()));
    choice.value.set(typed.to_owned());
    choice.strength.set(strength);
    let error = Signal::stored(error.map(str::to_owned));
    let name = format!("new-password-{}", label.to_lowercase().replace(' ', "-"));
    view! {
        <KnownUsername value=Signal::stored("zhang.san".to_owned()) />
        <NewPasswordField label choice name error />
    }
    .into_any()
}
