//! What insisting on a pair, or forbidding it, does to a plan: in numbers, and in a sentence.

use std::fmt;

use super::super::assignment::{Cost, CostBounds, Objective};
use crate::summary::count;

/// What is done to a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// The plan must have it.
    Insisting,
    /// The plan must not have it.
    Forbidding,
}

/// What becomes of the others: numbers, no names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Displaced {
    /// Other pairs of the plan that are not in the new one.
    pub pairs: u64,
    /// People with a pairing on a side in the plan, and without one on that side in the new one.
    pub left_out: u64,
    /// People without a pairing on a side in the plan, and with one in the new one.
    pub taken_in: u64,
}

/// What a change costs by the criteria that [break ties](super::super::Conditions::with_tie_break).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TieCost {
    /// Nothing breaks ties.
    #[default]
    NotBroken,
    /// So many points fewer in the best plan with the change; more where it is negative.
    Exactly(i64),
    /// Not known: nothing was solved again.
    Unknown,
}

impl TieCost {
    /// What one plan has less than another.
    pub(super) fn lost(more: u64, less: u64) -> Self {
        let points = i128::from(more) - i128::from(less);
        Self::Exactly(i64::try_from(points).unwrap_or(if points < 0 { i64::MIN } else { i64::MAX }))
    }
}

/// What insisting on a pair, or forbidding it, does to a plan that is the best by its objective.
///
/// The pins of the plan stay, and the plan with the change is the best of those that have them. The one exception is
/// forbidding a pair that is pinned: its pin goes, pins that it kept from holding may hold, and the cost is negative where the pin had cost something.
///
/// Its `Display` is a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consequence {
    /// What is done to the pair.
    pub what: What,
    /// By which objective the plan is the best; the costs are read in its order.
    pub objective: Objective,
    /// Whether the plan has it so already: the pair insisted on is in it, or the pair forbidden is not. Nothing changes then.
    pub already: bool,
    /// What the best plan with the change has less: rows are mentors in use, columns are mentees with a mentor.
    pub cost: CostBounds,
    /// The same by the criteria that break ties, which count where the cost is none.
    pub ties: TieCost,
    /// What becomes of the others in the best plan with the change that was found (others may be as good); `None`
    /// where nothing was solved again.
    pub displaced: Option<Displaced>,
}

impl Consequence {
    /// The cost, where it is known exactly: always, where the plan was solved again.
    #[must_use]
    pub fn exact(&self) -> Option<Cost> {
        self.cost.exact()
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (doing, with) = match self.what {
            What::Insisting => ("Insisting on", "with"),
            What::Forbidding => ("Forbidding", "without"),
        };
        if self.already {
            let is = match self.what {
                What::Insisting => "is in the plan",
                What::Forbidding => "is not in the plan",
            };
            return write!(f, "{doing} this pair would change nothing: it {is}.");
        }
        let said = |cost: &Cost| words(cost, self.objective);
        let CostBounds { at_least, at_most } = &self.cost;
        match self.exact() {
            Some(cost) if cost.is_none() => {
                write!(f, "{doing} this pair would ")?;
                match self.ties {
                    TieCost::NotBroken | TieCost::Exactly(0) => {
                        write!(f, "cost nothing: a plan {with} it is as good.")?;
                    }
                    TieCost::Exactly(points) => {
                        let does = if points > 0 { "lose" } else { "gain" };
                        let points = count(points.unsigned_abs(), "point");
                        write!(f, "{does} {points} of what breaks ties, and nothing else.")?;
                    }
                    TieCost::Unknown => {
                        f.write_str("cost nothing but points of what breaks ties, if any.")?
                    }
                }
            }
            Some(cost) => write!(f, "{doing} this pair would {}.", said(&cost))?,
            None => {
                let (best, worst) = (said(at_least), said(at_most));
                write!(f, "{doing} this pair would ")?;
                match worst.strip_prefix("lose ") {
                    Some(most) if at_least.is_none() && !most.contains(" and gain ") => {
                        write!(f, "lose between nothing and {most}.")?;
                    }
                    _ => write!(f, "at best {best}, at worst {worst}.")?,
                }
            }
        }
        match &self.displaced {
            Some(displaced) if *displaced != Displaced::default() => write!(f, " {displaced}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Displaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = |n: u64| match n {
            1 => "1 person".to_owned(),
            n => format!("{n} people"),
        };
        let mut said = Vec::new();
        if self.pairs > 0 {
            said.push(format!(
                "{} would be parted",
                count(self.pairs, "other pair")
            ));
        }
        if self.left_out > 0 {
            said.push(format!("{} would be left out", people(self.left_out)));
        }
        if self.taken_in > 0 {
            said.push(format!("{} would find a partner", people(self.taken_in)));
        }
        match said.as_slice() {
            [] => f.write_str("Nobody else would notice."),
            _ => write!(f, "{}.", said.join(", ")),
        }
    }
}

/// `lose 1 pair and gain 40 points`.
fn words(cost: &Cost, objective: Objective) -> String {
    let mentees = (
        cost.columns,
        "mentee with a mentor",
        "mentees with a mentor",
    );
    let mentors = (cost.rows, "mentor in use", "mentors in use");
    let pairs = (cost.pairs, "pair", "pairs");
    let lowest = (
        cost.lowest,
        "point of the lowest score",
        "points of the lowest score",
    );
    let score = (cost.score, "point", "points");
    let order = match objective {
        Objective::BestScore => vec![score, pairs],
        Objective::MostPairs => vec![pairs, score],
        Objective::MaxMin => vec![pairs, lowest, score],
        Objective::MostPeople => vec![mentees, mentors, pairs, score],
    };
    let list = |lost: bool| {
        let some = order.iter().filter(|(n, ..)| *n != 0 && (*n > 0) == lost);
        let named = some.map(|&(n, one, many)| {
            let noun = if n.unsigned_abs() == 1 { one } else { many };
            format!("{} {noun}", n.unsigned_abs())
        });
        let named: Vec<String> = named.collect();
        match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        }
    };
    match (list(true), list(false)) {
        (lost, gained) if lost.is_empty() && gained.is_empty() => "lose nothing".to_owned(),
        (lost, gained) if gained.is_empty() => format!("lose {lost}"),
        (lost, gained) if lost.is_empty() => format!("gain {gained}"),
        (lost, gained) => format!("lose {lost} and gain {gained}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(what: What, objective: Objective, at_least: Cost, at_most: Cost) -> String {
        let cost = CostBounds { at_least, at_most };
        let displaced = None;
        Consequence {
            what,
            objective,
            already: false,
            cost,
            ties: TieCost::NotBroken,
            displaced,
        }
        .to_string()
    }

    #[test]
    fn sentences_word_for_word() {
        let (insisting, forbidding) = (What::Insisting, What::Forbidding);
        let cost = |pairs, score| Cost {
            pairs,
            score,
            ..Cost::NONE
        };
        for (objective, cost, expected) in [
            (
                Objective::MostPairs,
                cost(1, -40),
                "lose 1 pair and gain 40 points",
            ),
            (Objective::MostPairs, cost(0, 1), "lose 1 point"),
            (
                Objective::MostPairs,
                cost(2, 40),
                "lose 2 pairs and 40 points",
            ),
            (
                Objective::BestScore,
                cost(-1, 40),
                "lose 40 points and gain 1 pair",
            ),
            (
                Objective::MaxMin,
                Cost {
                    lowest: 7,
                    score: -9,
                    ..Cost::NONE
                },
                "lose 7 points of the lowest score and gain 9 points",
            ),
            (
                Objective::MostPeople,
                Cost {
                    columns: 1,
                    rows: 2,
                    pairs: -1,
                    score: 5,
                    lowest: 0,
                },
                "lose 1 mentee with a mentor, 2 mentors in use and 5 points and gain 1 pair",
            ),
        ] {
            let sentence = said(insisting, objective, cost, cost);
            assert_eq!(
                sentence,
                format!("Insisting on this pair would {expected}.")
            );
        }
        assert_eq!(
            said(insisting, Objective::MostPairs, Cost::NONE, Cost::NONE),
            "Insisting on this pair would cost nothing: a plan with it is as good."
        );
        assert_eq!(
            said(forbidding, Objective::MostPairs, Cost::NONE, Cost::NONE),
            "Forbidding this pair would cost nothing: a plan without it is as good."
        );
        assert_eq!(
            said(forbidding, Objective::MostPairs, Cost::NONE, cost(1, 0)),
            "Forbidding this pair would lose between nothing and 1 pair."
        );
        assert_eq!(
            said(forbidding, Objective::MostPairs, Cost::NONE, cost(1, -7)),
            "Forbidding this pair would at best lose nothing, at worst lose 1 pair and gain 7 points."
        );
        assert_eq!(
            said(insisting, Objective::MostPairs, cost(0, 3), cost(1, 0)),
            "Insisting on this pair would at best lose 3 points, at worst lose 1 pair."
        );
    }

    #[test]
    fn ties_word_for_word() {
        let said = |ties, cost| {
            let cost = CostBounds {
                at_least: cost,
                at_most: cost,
            };
            Consequence {
                what: What::Insisting,
                objective: Objective::MostPairs,
                already: false,
                cost,
                ties,
                displaced: None,
            }
            .to_string()
        };
        for (ties, expected) in [
            (
                TieCost::Exactly(0),
                "cost nothing: a plan with it is as good",
            ),
            (
                TieCost::Exactly(1),
                "lose 1 point of what breaks ties, and nothing else",
            ),
            (
                TieCost::Exactly(-300),
                "gain 300 points of what breaks ties, and nothing else",
            ),
            (
                TieCost::Unknown,
                "cost nothing but points of what breaks ties, if any",
            ),
        ] {
            let sentence = format!("Insisting on this pair would {expected}.");
            assert_eq!(said(ties, Cost::NONE), sentence);
            // What the objective counts comes first, and ties are not compared.
            let point = Cost {
                score: 1,
                ..Cost::NONE
            };
            assert_eq!(
                said(ties, point),
                "Insisting on this pair would lose 1 point."
            );
        }
    }

    #[test]
    fn displaced_word_for_word() {
        let said = |pairs, left_out, taken_in| {
            Displaced {
                pairs,
                left_out,
                taken_in,
            }
            .to_string()
        };
        assert_eq!(
            said(2, 1, 0),
            "2 other pairs would be parted, 1 person would be left out."
        );
        assert_eq!(
            said(1, 0, 3),
            "1 other pair would be parted, 3 people would find a partner."
        );
        assert_eq!(said(0, 2, 0), "2 people would be left out.");
        assert_eq!(said(0, 0, 0), "Nobody else would notice.");
    }
}
