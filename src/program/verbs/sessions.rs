//! What a host can do with sessions beside recording them: plan them, move them, and note what the two gave each other.

use chrono::NaiveDate;

use crate::history::{PairingFacts, ReadModel};
use crate::ids::{PairingId, ParticipantId, SessionId};
use crate::journal::{Entry, Event, Stamp};
use crate::pair::Role;
use crate::program::Program;
use crate::program::refusal::Refused;
use crate::session::{PlannedSession, Response};

impl<V: ReadModel> Program<V> {
    /// Plans a session of a pairing that meets. It is resolved by [`record`](Self::record) under the same id: held,
    /// cancelled or missed; or taken back by [`void`](Self::void).
    ///
    /// A pause, a suspension and the end of the pairing let what is planned for a later day fall away: it
    /// is no longer [coming](Self::planned), takes nobody's time, and stays in the history with the reason. It can be
    /// [moved](Self::move_session) when they go on, also to its own day, or be recorded if they met in spite of it.
    ///
    /// # Errors
    ///
    /// [`Refused`] before the pairing begins, when it is over, while it is held up on that day, for a day before that of
    /// the stamp, under an id that is taken, and where one of the two has another session at that time. Times that
    /// touch do not overlap; a session without a time overlaps nothing.
    pub fn plan_session(
        &mut self,
        planned: &PlannedSession,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionPlanned(*planned))
    }

    /// Moves a planned session, also one that fell away, to another day or time.
    ///
    /// # Errors
    ///
    /// [`Refused`] where nothing of that id is planned in that pairing, where nothing changes, and as for
    /// [`plan_session`](Self::plan_session).
    pub fn move_session(
        &mut self,
        planned: &PlannedSession,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionMoved(*planned))
    }

    /// Notes that one of the two gave the other feedback or recognition for a session on record. Not the words: they are
    /// the two's.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record, before its day unless it was called off, and a
    /// second time.
    pub fn respond(
        &mut self,
        pairing: PairingId,
        session: SessionId,
        from: Role,
        response: Response,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::Responded {
            pairing,
            session,
            from,
            response,
        };
        self.write(stamp, event)
    }

    /// What a pairing has coming from a day on: planned sessions that stand, by day, those of one day by time.
    ///
    /// ```
    /// use chrono::{Days, NaiveDate};
    /// use reverse_mentoring::prelude::*;
    /// # use reverse_mentoring::testing::Company;
    /// # let company = Company::sample()?;
    /// # let roster = company.roster();
    /// # let mut ids = SequentialIds::new(9);
    /// # let start = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    /// # let on = |day: u64| Stamp::midnight(start + Days::new(day));
    /// # let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), roster, Load::default(), on(0))?;
    /// # reverse_mentoring::testing::launch(&mut program, roster, on(0), &mut ids)?;
    /// # let (policy, context) = (Policy::standard(), program.context(start));
    /// # let may = Eligibility::new(roster, &policy, &context);
    /// # let first = plan(&may, &Criteria::standard(), &Optimal::most_pairs())?;
    /// # let approved = first.approve(CoordinatorId::from_source(&mut ids));
    /// # program.propose_all(&approved, Cadence::MONTHLY, on(0), &mut ids)?;
    /// # let pairing = program.open_pairings().next().unwrap().id();
    /// # let (mentor, mentee) = (Role::Mentor, Role::Mentee);
    /// # for step in [Step::Accept { by: mentor }, Step::Accept { by: mentee }, Step::Prepare] {
    /// #     program.advance(pairing, step, on(1))?;
    /// # }
    /// # for by in [mentor, mentee] {
    /// #     use reverse_mentoring::pairing::{Area, Preference, Terms};
    /// #     program.state(pairing, by, Terms::new([Preference::Video], [Area::Generation])?, on(1))?;
    /// # }
    /// # for step in [Step::Sign { by: mentor }, Step::Sign { by: mentee }, Step::Begin] {
    /// #     program.advance(pairing, step, on(1))?;
    /// # }
    /// let id = SessionId::from_source(&mut ids);
    /// let planned = PlannedSession::new(id, pairing, on(10).on);
    /// program.plan_session(&planned, on(2))?;
    /// program.move_session(&PlannedSession::new(id, pairing, on(12).on), on(9))?;
    /// assert_eq!(program.planned(pairing, on(9).on)[0].date, on(12).on);
    ///
    /// // It is resolved under its id.
    /// program.record(&Session::new(id, pairing, on(12).on, Outcome::Missed { by: Some(mentee) }), on(12))?;
    /// assert!(program.planned(pairing, on(9).on).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn planned(&self, pairing: PairingId, from: NaiveDate) -> Vec<PlannedSession> {
        let facts = self.gate.facts(pairing);
        by_day(facts.map(|facts| (pairing, facts)), from)
    }

    /// What somebody has coming from a day on, in all their pairings, by day, those of one day by time.
    #[must_use]
    pub fn planned_of(&self, person: ParticipantId, from: NaiveDate) -> Vec<PlannedSession> {
        let pairings = self.gate.pairings_of.get(&person).into_iter().flatten();
        by_day(
            pairings.filter_map(|id| Some((*id, self.gate.facts(*id)?))),
            from,
        )
    }
}

/// A time that is not settled comes after those that are.
fn by_day<'f>(
    pairings: impl IntoIterator<Item = (PairingId, &'f PairingFacts)>,
    from: NaiveDate,
) -> Vec<PlannedSession> {
    let all = pairings.into_iter().flat_map(|(pairing, facts)| {
        facts.coming(from).map(move |plan| PlannedSession {
            time: plan.time,
            ..PlannedSession::new(plan.id, pairing, plan.date)
        })
    });
    let mut all: Vec<PlannedSession> = all.collect();
    all.sort_by_key(|plan| (plan.date, plan.time.is_none(), plan.time, plan.session));
    all
}
