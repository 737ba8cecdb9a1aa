//! Companies of pairs, and the behaviour of the bare loop.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use reverse_mentoring::eligibility::{EligiblePair, Verdict};
use reverse_mentoring::pair::Pair;
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::{Model, Parameter as P};

pub type Failed = Box<dyn std::error::Error>;

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
        let (mut people, mut lines) = (Vec::new(), vec![Line::root("ceo")]);
        let place = Capacity::of(NonZeroU32::MIN);
        for n in 0..pairs {
            for (side, key, grade, teaches, learns) in [
                (Side::Mentor, format!("j{n}"), 2, "short video", "budgeting"),
                (Side::Mentee, format!("s{n}"), 8, "budgeting", "short video"),
            ] {
                let id = ParticipantId::from_source(&mut ids);
                let person =
                    Participant::new(id, Key::new(key.as_str())?, side, Experience::grade(grade))
                        .with_capacity(place)
                        .with_offers([Offer::new(teaches, 4)?])?
                        .with_wishes([Wish::new(learns, 0, 3)?])?;
                people.push(person);
                lines.push(Line::new(key, "ceo"));
            }
        }
        let roster = Roster::new(people, ReportingLines::new(lines)?)?;
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no day")?;
        let policy = Policy::core_only();
        let context = Context::new(start);
        let may = Eligibility::new(&roster, &policy, &context);
        let id = |key: String| roster.by_key(&key).map(Participant::id).ok_or("nobody");
        let proofs = (0..pairs).map(|n| -> Result<_, Failed> {
            let pair = Pair {
                mentor: id(format!("j{n}"))?,
                mentee: id(format!("s{n}"))?,
            };
            match may.check(pair)? {
                Verdict::Eligible(proof) => Ok(proof),
                Verdict::Ineligible(why) => Err(format!("{why:?}").into()),
            }
        });
        let pairs = proofs.collect::<Result<_, _>>()?;
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
