//! Where the last solve ended, by people: what a later solve may begin with.

use std::collections::HashMap;
use std::fmt;

use crate::ids::ParticipantId;
use crate::matching::assignment::Certificate;
use crate::matching::candidates::Candidates;

/// The proof of a plan, and which people its rows and columns stood for.
///
/// Rows and columns are numbered anew for every question; people keep their ids. So what a price was put on is found again
/// after dropouts, joiners and a reorganisation: [`rows`](Self::rows) and [`columns`](Self::columns) say where
/// everybody of the next question stood in the last one.
///
/// ```
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::matching::{Candidates, Criteria, Optimal};
/// use reverse_mentoring::policy::Policy;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let (policy, criteria) = (Policy::standard(), Criteria::standard());
/// let eligibility = Eligibility::new(company.roster(), &policy, company.context());
/// let candidates = Candidates::collect(&eligibility, &criteria)?;
/// let last = candidates.plan(&Optimal::most_pairs())?.last_prices.ok_or("no proof")?;
/// // The same people again: everybody where they were.
/// assert!(last.rows(&candidates).into_iter().zip(0..).all(|(before, now)| before == Some(now)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct LastPrices {
    certificate: Certificate,
    mentors: Vec<ParticipantId>,
    mentees: Vec<ParticipantId>,
}

/// Sizes only: there may be a million prices.
impl fmt::Debug for LastPrices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LastPrices")
            .field("mentors", &self.mentors.len())
            .field("mentees", &self.mentees.len())
            .finish_non_exhaustive()
    }
}

impl LastPrices {
    pub(in crate::matching) fn new(certificate: Certificate, candidates: &Candidates<'_>) -> Self {
        Self {
            certificate,
            mentors: ids(candidates, &candidates.mentors).collect(),
            mentees: ids(candidates, &candidates.mentees).collect(),
        }
    }

    /// The proof, with a price for each row and column of its problem. Where pairs were pinned, rows and columns of
    /// nobody can stand behind those of people.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// For each mentor of a later question, in its order, the row that they had in this one; `None` for somebody new.
    pub fn rows(&self, later: &Candidates<'_>) -> Vec<Option<u32>> {
        places(&self.mentors, ids(later, &later.mentors))
    }

    /// The same for mentees and columns.
    pub fn columns(&self, later: &Candidates<'_>) -> Vec<Option<u32>> {
        places(&self.mentees, ids(later, &later.mentees))
    }
}

fn ids<'a>(
    candidates: &'a Candidates<'_>,
    side: &'a [usize],
) -> impl Iterator<Item = ParticipantId> + 'a {
    let people = candidates.eligibility.roster().participants();
    side.iter().filter_map(|&at| Some(people.get(at)?.id()))
}

fn places(before: &[ParticipantId], now: impl Iterator<Item = ParticipantId>) -> Vec<Option<u32>> {
    let at: HashMap<ParticipantId, u32> = before.iter().copied().zip(0..).collect();
    now.map(|id| at.get(&id).copied()).collect()
}
