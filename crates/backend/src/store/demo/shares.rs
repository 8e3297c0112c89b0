//! How many contacts, deals, activities and orders each customer gets: different for each, exact in all.

use super::dice::Dice;

/// Numbers for `customers` that add up to `customers * per_hundred / 100`. `want` says what one customer would get; what
/// is then too much or too little is taken from or given to customers by lot, never to one who is to have none.
pub(super) fn share(
    dice: &mut Dice,
    customers: u32,
    per_hundred: u32,
    mut want: impl FnMut(&mut Dice, usize) -> u32,
) -> Vec<u32> {
    let total = u64::from(customers) * u64::from(per_hundred) / 100;
    let mut counts: Vec<u32> = (0..customers as usize).map(|number| want(dice, number)).collect();
    let mut given: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let mut open: Vec<usize> = (0..counts.len()).filter(|number| counts[*number] > 0).collect();
    while given != total && !open.is_empty() {
        let lot = dice.below(open.len());
        let count = &mut counts[open[lot]];
        if given < total {
            *count += 1;
            given += 1;
        } else if *count > 1 {
            *count -= 1;
            given -= 1;
        } else {
            // One is left to each who has any.
            open.swap_remove(lot);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_nobody_gets_what_they_must_not_have() {
        let mut dice = Dice::new();
        for wanted in [1, 3, 9] {
            let counts = share(
                &mut dice,
                50,
                400,
                |_, number| if number % 5 == 0 { 0 } else { wanted },
            );
            assert_eq!(counts.iter().sum::<u32>(), 200, "{wanted}");
            assert!(counts.iter().step_by(5).all(|count| *count == 0));
        }
        assert_eq!(share(&mut dice, 1, 80, |_, _| 0), [0]);
    }
}
