//! Damaged certificates. The one file of these tests that knows how a certificate looks inside.

use reverse_mentoring::matching::assignment::{Certificate, Prices, Unit};

use super::judges::Dice;

/// A certificate and what was done to it.
pub(crate) type Damaged = (String, Certificate);

/// All lists of prices, each with a name, and whether it prices rows.
fn lists(proof: &mut Certificate) -> Vec<(&'static str, bool, &mut Vec<i128>)> {
    let bounds = [("pairs", &mut proof.pairs), ("above", &mut proof.above)];
    let bounds = bounds
        .into_iter()
        .filter_map(|(name, prices)| Some((name, prices.as_mut()?)));
    [("prices", &mut proof.prices)]
        .into_iter()
        .chain(bounds)
        .flat_map(|(name, prices)| {
            let Prices { rows, columns } = prices;
            [(name, true, rows), (name, false, columns)]
        })
        .collect()
}

/// One price, told by its side and the member that it is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    list: usize,
    pub(crate) of_row: bool,
    pub(crate) member: usize,
}

/// Every single number of a certificate.
pub(crate) fn fields(proof: &Certificate) -> Vec<Field> {
    let mut proof = proof.clone();
    let lists = lists(&mut proof).into_iter().enumerate();
    let fields = lists.flat_map(|(list, (_, of_row, prices))| {
        (0..prices.len()).map(move |member| Field {
            list,
            of_row,
            member,
        })
    });
    fields.collect()
}

/// With one number changed by so much.
pub(crate) fn changed(proof: &Certificate, field: Field, by: i128) -> Damaged {
    let mut proof = proof.clone();
    let (name, ..) = {
        let mut lists = lists(&mut proof);
        let (name, of_row, prices) = &mut lists[field.list];
        prices[field.member] += by;
        (*name, *of_row)
    };
    (format!("{name}, {field:?}, changed by {by}"), proof)
}

type Edit = fn(&mut Vec<i128>);

/// With one list one shorter, one longer, or empty.
pub(crate) fn each_length(proof: &Certificate) -> Vec<Damaged> {
    let count = lists(&mut proof.clone()).len();
    let mut all = Vec::new();
    for list in 0..count {
        let edits: [(&str, Edit); 3] = [
            ("shorter", |prices| {
                prices.truncate(prices.len().saturating_sub(1))
            }),
            ("longer", |prices| prices.push(0)),
            ("empty", Vec::clear),
        ];
        for (what, edit) in edits {
            let mut proof = proof.clone();
            let mut lists = lists(&mut proof);
            let before = lists[list].2.len();
            edit(lists[list].2);
            if lists[list].2.len() != before {
                all.push((format!("list {list} {what}"), proof));
            }
        }
    }
    all
}

/// Some prices near what they were, some far.
pub(crate) fn shaken(proof: &Certificate, dice: &mut Dice) -> Certificate {
    let mut proof = proof.clone();
    if dice.below(4) == 0 {
        let Unit { point, pair, .. } = &mut proof.unit;
        for number in [point, pair] {
            *number += i128::from(dice.below(7)) - 3;
        }
    }
    for (_, _, prices) in lists(&mut proof) {
        if dice.below(2) == 0 {
            continue;
        }
        for price in prices {
            match dice.below(6) {
                0 => *price += i128::from(dice.below(5)) - 2,
                1 => *price = 0,
                2 => *price = price.wrapping_neg(),
                3 => *price = price.wrapping_mul(i128::from(dice.below(7))),
                _ => {}
            }
        }
    }
    proof
}

/// Every price drawn anew, each list from a magnitude of its own.
pub(crate) fn drawn(proof: &Certificate, dice: &mut Dice) -> Certificate {
    let mut proof = proof.clone();
    for (_, _, prices) in lists(&mut proof) {
        let magnitude = 1_i128 << dice.below(70);
        let signed = dice.below(3) == 0;
        for price in prices {
            let share = i128::from(dice.below(1 << 16)) - if signed { 1 << 15 } else { 0 };
            *price = share * magnitude / (1 << 16);
        }
    }
    proof
}

/// With these prices in front.
pub(crate) fn with_prices(proof: &Certificate, rows: &[i128], columns: &[i128]) -> Certificate {
    let mut proof = proof.clone();
    proof.prices = Prices {
        rows: rows.to_vec(),
        columns: columns.to_vec(),
    };
    proof
}

/// What bounds the total taken from another certificate.
pub(crate) fn with_prices_of(proof: &Certificate, other: &Certificate) -> Certificate {
    let mut proof = proof.clone();
    proof.prices = other.prices.clone();
    proof.unit = other.unit;
    proof
}

/// With the bound on the pairs above the lowest score replaced by the one on all pairs.
pub(crate) fn with_pairs_for_above(proof: &Certificate) -> Certificate {
    let mut proof = proof.clone();
    proof.above = proof.pairs.clone();
    proof
}
