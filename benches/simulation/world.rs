//! Companies of pairs, and the behaviour of the bare loop.

use chrono::NaiveDate;
use reverse_mentoring::eligibility::EligiblePair;
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::{Model, Parameter as P};

pub use crate::pairs::Failed;

pub struct World {
    pub roster: Roster,
    pub pairs: Vec<EligiblePair>,
    pub by: CoordinatorId,
    pub start: NaiveDate,
}

impl World {
    /// So many mentors with as many mentees, each with one place, who serve each other's wish.
    pub fn of(pairs: usize) -> Result<Self, Failed> {
        let mut ids = SequentialIds::new(1);
        let roster = crate::pairs::company(pairs, &mut ids)?;
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no day")?;
        let pairs = crate::pairs::proofs(&roster, pairs, &Context::new(start))?;
        let by = CoordinatorId::from_source(&mut ids);
        Ok(Self {
            roster,
            pairs,
            by,
            start,
        })
    }
}

/// What the bare loop does: a session about every 31 days for the whole year, one in ten not held and more after one that was not, three in ten who
/// give up once two in a row were not.
pub fn bare() -> Result<Model, Failed> {
    let changes = [
        (P::Sessions, 60),
        (P::Accept, 1000),
        (P::AnswerDays, 4),
        (P::PrepareDays, 4),
        (P::Unprepared, 0),
        (P::MentorKeeps, 1000),
        (P::MenteeKeeps, 900),
        (P::Spread, 0),
        (P::Contagion, 300),
        (P::Momentum, 0),
        (P::TrustKeeps, 0),
        (P::SponsorExample, 0),
        (P::RetryDays, 31),
        (P::DelayDays, 2),
        (P::FirstDays, 1),
        (P::Exit, 0),
        (P::Dropout, 0),
        (P::StrainedDropout, 300),
        (P::MentorQuits, 0),
        (P::PairedMentorQuits, 0),
        (P::MenteeQuits, 0),
        (P::PairedMenteeQuits, 0),
        (P::RoundMonths, 0),
        (P::ReorganisationMonth, 0),
    ];
    let mut model = Model::standard();
    for (parameter, value) in changes {
        model = model.with(parameter, value)?;
    }
    Ok(model)
}
