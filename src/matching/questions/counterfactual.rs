//! What a search found.

use std::fmt;

use super::change::Change;
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::summary::count;
use crate::text::{Key, Quoted};

/// A single change with which somebody has a pairing: tried by planning again, not supposed.
///
/// Where the matcher proves its plans, the person has a pairing in *every* plan that is as good as the new one, so
/// that no tie hangs on a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counterfactual {
    /// The change.
    pub change: Change,
    /// How many pairs the plan has then.
    pub pairs: u64,
    /// Its total score.
    pub total_score: u64,
}

/// Single changes that would find somebody without a pairing a partner, and how far the search went.
///
/// Its `Display` has a line for each, and one line where there is none. It names the person's own key and nobody else,
/// no reporting group, and no skill that the search was told to keep to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counterfactuals {
    /// Who has no pairing.
    pub participant: ParticipantId,
    /// Their key.
    pub key: Key,
    /// On which side.
    pub role: Role,
    /// How many pairs the plan has without a change. A change that leaves it at that helps the person at the expense of
    /// somebody else.
    pub pairs_now: u64,
    /// The changes that help, in the order of [`Search`](super::Search).
    pub found: Vec<Counterfactual>,
    /// How many changes were tried by planning again.
    pub tried: u32,
    /// Whether the search came to its end, with enough answers or with nothing more to try; otherwise its tries were
    /// used up, and other changes might help too.
    pub complete: bool,
}

impl fmt::Display for Counterfactuals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, role) = (Quoted(self.key.as_str()), self.role);
        let tried = count(self.tried, "change");
        match (self.found.as_slice(), self.complete) {
            ([], true) => write!(
                f,
                "No single change of the kinds that are tried would find {key} a pairing as {role}."
            ),
            ([], false) => write!(
                f,
                "None of {tried} that were tried would find {key} a pairing as {role}; there are more."
            ),
            (found, complete) => {
                write!(f, "{key} would have a pairing as {role} with")?;
                for Counterfactual { change, pairs, .. } in found {
                    write!(f, "\n- {change} ({} in all", count(*pairs, "pair"))?;
                    match self.pairs_now {
                        now if now == *pairs => f.write_str(", as now)")?,
                        now => write!(f, " instead of {now})")?,
                    }
                }
                if !complete {
                    write!(
                        f,
                        "\nThe search ended after {tried}; others might help too."
                    )?;
                }
                Ok(())
            }
        }
    }
}
