//! Money: integer minor units and an ISO 4217 currency, never a float.

use serde::{Deserialize, Serialize};

/// The currencies a deal or an order may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Renminbi.
    Cny,
    /// Euro.
    Eur,
    /// US dollar.
    Usd,
    /// Pound sterling.
    Gbp,
    /// Swiss franc.
    Chf,
}

impl Currency {
    /// Every currency.
    pub const ALL: [Self; 5] = [Self::Cny, Self::Eur, Self::Usd, Self::Gbp, Self::Chf];

    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Chf => "CHF",
        }
    }

    /// The currency of an ISO 4217 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code() == code)
    }

    /// How many decimal digits the minor unit has.
    pub const fn exponent(self) -> u32 {
        2
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units: cents, fen, rappen.
    pub minor: i64,
    /// The currency of `minor`.
    pub currency: Currency,
}

impl Money {
    /// Adds `amount` to the entry of its currency, so that a column can show one total for each currency in it.
    /// Currencies stand in their fixed order. An amount that would overflow is held at the limit.
    pub fn add_to_totals(totals: &mut Vec<Self>, amount: Self) {
        if let Some(total) = totals.iter_mut().find(|total| total.currency == amount.currency) {
            total.minor = total.minor.saturating_add(amount.minor);
        } else {
            totals.push(amount);
            totals.sort_by_key(|total| total.currency);
        }
    }

    /// Takes `amount` out of the entry of its currency; an entry that reaches zero goes away.
    pub fn take_from_totals(totals: &mut Vec<Self>, amount: Self) {
        let negated = Self {
            minor: amount.minor.saturating_neg(),
            ..amount
        };
        Self::add_to_totals(totals, negated);
        totals.retain(|total| total.minor != 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_keep_currencies_apart_and_forget_empty_ones() {
        let mut totals = Vec::new();
        let eur = |minor| Money {
            minor,
            currency: Currency::Eur,
        };
        let cny = |minor| Money {
            minor,
            currency: Currency::Cny,
        };
        Money::add_to_totals(&mut totals, eur(100));
        Money::add_to_totals(&mut totals, cny(700));
        Money::add_to_totals(&mut totals, eur(50));
        assert_eq!(totals, [cny(700), eur(150)]);
        Money::take_from_totals(&mut totals, cny(700));
        assert_eq!(totals, [eur(150)]);
    }

    #[test]
    fn codes_round_trip() {
        for currency in Currency::ALL {
            assert_eq!(Currency::from_code(currency.code()), Some(currency));
        }
        assert_eq!(Currency::from_code("eur"), None);
    }
}
