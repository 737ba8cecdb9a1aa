//! Participants' rankings, by key, checked against a roster.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::preferences::Rank;
use crate::pair::Role;
use crate::roster::{Participant, Roster, RosterFingerprint};
use crate::text::Quoted;

/// One person's word on one partner: the mentor ranks the mentee, or the mentee the mentor.
///
/// Plain data, as a file or a form states it; [`Rankings::new`] judges it.
///
/// ```
/// use reverse_mentoring::matching::Choice;
/// use reverse_mentoring::pair::Role;
///
/// // The cfo would like ada best, then bo or cy alike, and nobody else.
/// let choices: Vec<Choice> = Choice::list(Role::Mentee, "cfo", [vec!["ada"], vec!["bo", "cy"]]).collect();
/// assert_eq!(choices.len(), 3);
/// assert_eq!((choices[2].mentor.as_str(), choices[2].mentee.as_str(), choices[2].rank.get()), ("cy", "cfo", 2));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Choice {
    /// Who ranks: the mentor or the mentee of the two.
    pub by: Role,
    /// The mentor's key.
    pub mentor: String,
    /// The mentee's key.
    pub mentee: String,
    /// Which place the partner has in the ranker's order: 1 is the best, equal ranks are a tie, gaps mean nothing.
    pub rank: Rank,
}

/// The role and the rank only, not who.
impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choice")
            .field("by", &self.by)
            .field("rank", &self.rank)
            .finish_non_exhaustive()
    }
}

impl Choice {
    /// One person's whole ranking, from the best to the last who is acceptable; each item is a tie of one or more.
    pub fn list<T, K>(
        by: Role,
        who: &str,
        order: impl IntoIterator<Item = T>,
    ) -> impl Iterator<Item = Self>
    where
        T: IntoIterator<Item = K>,
        K: Into<String>,
    {
        let ranks = (1u32..).filter_map(Rank::new);
        ranks.zip(order).flat_map(move |(rank, tie)| {
            let who = who.to_owned();
            tie.into_iter().map(move |partner| {
                let (mentor, mentee) = match by {
                    Role::Mentor => (who.clone(), partner.into()),
                    Role::Mentee => (partner.into(), who.clone()),
                };
                Self {
                    by,
                    mentor,
                    mentee,
                    rank,
                }
            })
        })
    }
}

/// One fault of the choices, with the place of the [`Choice`] in the input, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
#[non_exhaustive]
pub struct RankingFault {
    /// Which choice of the input.
    pub choice: usize,
    /// What is wrong with it.
    pub kind: RankingFaultKind,
}

/// What can be wrong with a choice.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RankingFaultKind {
    /// Nobody in the company has the key.
    #[error("the {role} is {}, whom the roster does not know", Quoted(key))]
    UnknownPerson {
        /// As what they are named.
        role: Role,
        /// What stands for their key.
        key: String,
    },
    /// They take no part, or not on this side.
    #[error("the {role} is {}, who does not take part as {role}", Quoted(key))]
    NotOnSide {
        /// As what they are named.
        role: Role,
        /// Their key.
        key: String,
    },
    /// Mentor and mentee are the same person.
    #[error("{} ranks {}, the same person", Quoted(key), Quoted(key))]
    Oneself {
        /// Their key.
        key: String,
    },
    /// The same person ranks the same partner in the same role again.
    #[error("the {by} {} ranks {} a second time", Quoted(who), Quoted(partner))]
    Twice {
        /// As what they rank.
        by: Role,
        /// The key of who ranks.
        who: String,
        /// The key of the partner.
        partner: String,
        /// The place of the first such choice in the input.
        first: usize,
    },
}

/// The kind only: the keys are for the message.
impl fmt::Debug for RankingFaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownPerson { .. } => "UnknownPerson",
            Self::NotOnSide { .. } => "NotOnSide",
            Self::Oneself { .. } => "Oneself",
            Self::Twice { .. } => "Twice",
        })
    }
}

/// Every fault of the choices, in their order. Displays the first and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct RankingFaults(
    /// The faults; never empty.
    pub Vec<RankingFault>,
);

/// Who would like whom, of the people of one roster.
///
/// Whoever ranks somebody accepts those whom they rank and nobody else. A partner who may not be paired with them is no
/// fault, for people do not know the rules; such a choice is in vain. What becomes of people who rank nobody, the
/// [`Stable`](super::Stable) matcher is told.
///
/// Rankings are wishes about people: keep them where they can be erased, and show them to nobody but their owner. Their
/// `Debug` shows numbers only.
///
/// ```
/// use reverse_mentoring::matching::{Choice, Rankings};
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let choices = Choice::list(Role::Mentor, "ada", [["gus"], ["flo"]])
///     .chain(Choice::list(Role::Mentee, "gus", [["bo", "ada"]]));
/// let rankings = Rankings::new(company.roster(), choices)?;
/// assert_eq!((rankings.rankers(Role::Mentor), rankings.rankers(Role::Mentee)), (1, 1));
///
/// let faulty = Choice::list(Role::Mentor, "ada", [["ada"], ["bo"], ["zoe"]]);
/// let faults = Rankings::new(company.roster(), faulty).unwrap_err();
/// let said: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
/// assert_eq!(said, [
///     "`ada` ranks `ada`, the same person",
///     "the mentee is `ada`, who does not take part as mentee",
///     "the mentee is `bo`, who does not take part as mentee",
///     "the mentee is `zoe`, whom the roster does not know",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (sides): rankers and ranked are participants of `roster` who offer the role, nobody is ranked twice in a
// list, lists are sorted by partner. Kept by `new`.
#[derive(Clone, PartialEq, Eq)]
pub struct Rankings {
    roster: RosterFingerprint,
    mentors: Lists,
    mentees: Lists,
}

/// By the ranker's place among the participants: the partners' places, ascending, with their ranks.
type Lists = BTreeMap<usize, Vec<(usize, Rank)>>;

impl fmt::Debug for Rankings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rankings")
            .field("mentors", &self.mentors.len())
            .field("mentees", &self.mentees.len())
            .finish_non_exhaustive()
    }
}

impl Rankings {
    /// Checks choices, in any order, against the roster whose people they name.
    ///
    /// # Errors
    ///
    /// [`RankingFaults`] with every fault: a person whom the roster does not know or who is not on the side, a ranking of
    /// oneself, and a partner who is ranked twice.
    pub fn new(
        roster: &Roster,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Result<Self, RankingFaults> {
        let choices: Vec<Choice> = choices.into_iter().collect();
        let mut rankings = Self {
            roster: roster.fingerprint(),
            mentors: Lists::new(),
            mentees: Lists::new(),
        };
        let mut faults = Vec::new();
        let mut first: HashMap<(Role, &str, &str), usize> = HashMap::new();
        for (at, choice) in choices.iter().enumerate() {
            let mut fault = |kind| faults.push(RankingFault { choice: at, kind });
            let Choice {
                by,
                mentor,
                mentee,
                rank,
            } = choice;
            if mentor == mentee {
                let key = mentor.clone();
                fault(RankingFaultKind::Oneself { key });
            }
            let mut find = |role, key| match find(roster, role, key) {
                Ok(place) => Some(place),
                Err(kind) => {
                    fault(kind);
                    None
                }
            };
            let places = (find(Role::Mentor, mentor), find(Role::Mentee, mentee));
            let (who, partner) = match by {
                Role::Mentor => (mentor, mentee),
                Role::Mentee => (mentee, mentor),
            };
            let first = *first.entry((*by, who, partner)).or_insert(at);
            if first != at {
                let (who, partner) = (who.clone(), partner.clone());
                fault(RankingFaultKind::Twice {
                    by: *by,
                    who,
                    partner,
                    first,
                });
            }
            if let (Some(mentor), Some(mentee)) = places {
                let (lists, who, partner) = match by {
                    Role::Mentor => (&mut rankings.mentors, mentor, mentee),
                    Role::Mentee => (&mut rankings.mentees, mentee, mentor),
                };
                lists.entry(who).or_default().push((partner, *rank));
            }
        }
        if !faults.is_empty() {
            return Err(RankingFaults(faults));
        }
        for lists in [&mut rankings.mentors, &mut rankings.mentees] {
            for list in lists.values_mut() {
                list.sort_unstable();
            }
        }
        Ok(rankings)
    }

    /// How many people rank somebody in a role.
    #[must_use]
    pub fn rankers(&self, role: Role) -> usize {
        self.lists(role).len()
    }

    /// The roster whose people they name.
    #[must_use]
    pub const fn roster(&self) -> RosterFingerprint {
        self.roster
    }

    pub(super) const fn lists(&self, role: Role) -> &Lists {
        match role {
            Role::Mentor => &self.mentors,
            Role::Mentee => &self.mentees,
        }
    }
}

/// The place among the participants of somebody who offers a role.
fn find(roster: &Roster, role: Role, key: &str) -> Result<usize, RankingFaultKind> {
    let participants = roster.participants();
    let place = participants.binary_search_by(|p| p.key().as_str().cmp(key));
    let person = place.ok().and_then(|place| participants.get(place));
    let offers = |p: &Participant| p.profile().side().includes(role);
    let owned = || key.to_owned();
    match (place, person) {
        (Ok(place), Some(person)) if offers(person) => Ok(place),
        (Ok(_), _) => Err(RankingFaultKind::NotOnSide { role, key: owned() }),
        _ if roster.lines().find(key).is_some() => {
            Err(RankingFaultKind::NotOnSide { role, key: owned() })
        }
        _ => Err(RankingFaultKind::UnknownPerson { role, key: owned() }),
    }
}
