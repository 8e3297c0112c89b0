//! An amount of money.

use leptos::prelude::*;
use portico_contract::money::Currency;

use super::entry::Entry;
use super::field::{Control, Field, FieldIds};
use super::number_field::Number;
use super::number_field::decimal::Shape;
use super::select::select_box;
use crate::i18n::t;
use crate::i18n::texts::parts;

/// A field for an amount of money, with its currency beside it.
#[component]
pub fn MoneyField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// The amount in minor units of `currency`.
    value: RwSignal<Entry<i64>>,
    /// The currency.
    currency: RwSignal<Currency>,
    /// The field's name; the currency's ends in `_currency`.
    #[prop(into)]
    name: String,
    /// The currency is given and cannot be chosen.
    #[prop(optional)]
    fixed_currency: bool,
    /// It may be less than zero.
    #[prop(optional)]
    negative: bool,
    /// Helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with what is filled in.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be left empty.
    #[prop(optional)]
    required: bool,
    /// It cannot be filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let shape = Signal::derive(move || Shape {
        decimals: currency.get().exponent(),
        negative,
        fixed: true,
    });
    let number = Number::new(value, shape, error);
    let ids = FieldIds::new();
    let unit_id = format!("{}-unit", ids.control);
    let currency_name = format!("{name}_currency");
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error: number.error,
        required,
        disabled,
        on_blur: Some(number.leaving(on_blur)),
    };
    let unit = if fixed_currency {
        view! { <span class="money-field__unit" id=unit_id.clone()>{move || currency.get().code()}</span> }
            .into_any()
    } else {
        view! { <CurrencySelect name=currency_name number currency disabled/> }.into_any()
    };
    let described_by = fixed_currency.then_some(unit_id);
    view! {
        <Field ids label hint error=number.error>
            <div class="money-field">
                {number.input(control.attributes(described_by))}
                {unit}
            </div>
        </Field>
    }
}

/// The choice of the currency. The amount stays what is written: nothing is converted.
#[component]
fn CurrencySelect(
    name: String,
    number: Number,
    currency: RwSignal<Currency>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let label = t(parts::CURRENCY);
    let options = Signal::stored(
        Currency::ALL
            .map(|currency| (currency.code().to_owned(), currency.code().to_owned()))
            .to_vec(),
    );
    let chosen = Signal::derive(move || currency.get().code().to_owned());
    let change = Callback::new(move |code: String| {
        if let Some(new) = Currency::from_code(&code) {
            number.reshape(|| currency.set(new));
        }
    });
    let attributes = view! { <{..} name=name aria-label=label disabled=move || disabled.get()/> };
    select_box(chosen, options, change, attributes)
}
