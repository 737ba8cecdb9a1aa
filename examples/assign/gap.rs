//! How far a plan may be from the best, in one number.

use std::fmt;

use reverse_mentoring::matching::assignment::{Assignment, Flaw, Objective, Verified};

/// What the checker's answer leaves open.
#[derive(Debug, PartialEq, Eq)]
pub enum Gap {
    /// No plan is better.
    Proven,
    Pairs(u64),
    Points(u64),
    /// Not proven, and neither pairs nor points say by how much: the lowest score, or who is in use, may be better.
    Unknown,
    /// Not a sound plan.
    Flawed(Flaw),
}

impl Gap {
    /// Counts in what the objective puts first, unless a better plan cannot have more of that.
    pub fn of(objective: Objective, plan: &Assignment, answer: Result<Verified, Flaw>) -> Self {
        let verified = match answer {
            Ok(verified) => verified,
            Err(flaw) => return Self::Flawed(flaw),
        };
        let pairs = verified.pairs_bound.saturating_sub(plan.pairs());
        let points = verified.score_bound.saturating_sub(plan.total);
        match objective {
            _ if verified.proven => Self::Proven,
            Objective::BestScore if points > 0 => Self::Points(points),
            _ if pairs > 0 => Self::Pairs(pairs),
            _ if points > 0 => Self::Points(points),
            _ => Self::Unknown,
        }
    }

    /// As a value of JSON.
    pub fn json(&self) -> String {
        match self {
            Self::Proven => "0".to_owned(),
            Self::Pairs(gap) | Self::Points(gap) => gap.to_string(),
            Self::Unknown | Self::Flawed(_) => "null".to_owned(),
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proven => f.write_str("proven best"),
            Self::Pairs(1) => f.write_str("not proven: 1 more pair may be possible"),
            Self::Pairs(gap) => write!(f, "not proven: {gap} more pairs may be possible"),
            Self::Points(1) => f.write_str("not proven: 1 more point may be possible"),
            Self::Points(gap) => write!(f, "not proven: {gap} more points may be possible"),
            Self::Unknown => f.write_str("not proven, and not known by how much"),
            Self::Flawed(flaw) => write!(f, "not a sound plan: {flaw}"),
        }
    }
}
