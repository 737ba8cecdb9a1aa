//! What a coordinator might do next about a pairing: an escalation ladder over attendance and administration.

mod next;
mod policy;

use chrono::NaiveDate;

pub use next::{NextStep, Rung, StepReason};
pub use policy::{Ladder, LadderDays, LadderError, LadderFlaw};

use super::day::Day;
use super::status::{self, PairingHealth, PairingStatus};
use super::view::PairingView;
use crate::cadence::Calendar;
use crate::history::{History, PairingFacts, StageFact};
use crate::pair::Role;
use crate::pairing::{Consent, Phase};

impl Ladder {
    /// The next step of every open pairing that needs one, by pairing, those that have not started included. Whatever is
    /// not in the list needs nothing.
    ///
    /// ```
    /// use chrono::{Days, NaiveDate};
    /// use reverse_mentoring::cadence::Calendar;
    /// use reverse_mentoring::health::{Ladder, LadderDays, Rung};
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let day = |after| NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(after);
    /// let on = |ladder: Ladder, after| {
    ///     let steps = ladder.next_steps(company.history(), &Calendar::OPEN, day(after));
    ///     steps.into_iter().map(|next| next.step).collect::<Vec<_>>()
    /// };
    /// // `steady` last met on day 77, `failing` missed two in a row after day 40, `fresh` began on day 60 and has not met.
    /// assert_eq!(on(Ladder::DEFAULT, 99), [Rung::TalkToEach, Rung::Remind, Rung::Remind]);
    /// // A programme that gives up sooner.
    /// let short = Ladder::new(LadderDays { stuck: 14, silence: 30, notice: 7 })?;
    /// assert_eq!(on(short, 125), [Rung::Close, Rung::ProposeClosing, Rung::Close]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_steps(
        self,
        history: &History,
        calendar: &Calendar,
        as_of: NaiveDate,
    ) -> Vec<NextStep> {
        let day = Day::new(history, calendar, as_of);
        let steps = day.pairings().filter_map(|(pairing, stages)| {
            let health = status::read(&pairing);
            self.read(&pairing, stages, health.as_ref())
        });
        steps.collect()
    }

    /// The next step of one pairing, by its facts, its stages and its status, if it needs one.
    ///
    /// Nothing else goes in, so nothing else can come out: no pulse, note or wish has a way here.
    pub(super) fn read(
        self,
        pairing: &PairingView<'_>,
        stages: &[StageFact],
        health: Option<&PairingHealth>,
    ) -> Option<NextStep> {
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        if !facts.is_open(as_of) {
            return None;
        }
        let seen = Seen {
            facts,
            health,
            stages,
            as_of,
        };
        let (step, reasons, days) = self.climb(&seen)?;
        Some(NextStep {
            pairing: pairing.id,
            step,
            reasons,
            days,
        })
    }

    fn climb(self, seen: &Seen<'_>) -> Option<(Rung, Vec<StepReason>, i64)> {
        if seen.facts.findings_on(seen.as_of).next().is_some() {
            let since = seen.facts.held_up(seen.as_of).map(|hold| hold.from);
            let days = seen.days_since(since.or(seen.facts.started)?);
            return Some((Rung::DecideOnBreach, vec![StepReason::CoreInvariant], days));
        }
        let (phase, since) = seen.phase();
        if let Some(hold) = seen.facts.held_up(seen.as_of) {
            let days = seen.days_since(hold.from);
            // Whoever is regularised is held up until they begin, and it is signatures that are waited for; unless they
            // had paused before.
            return if hold.suspended {
                self.suspended(seen, hold.from)
            } else if !phase.meets() && hold.from >= since {
                self.before_they_meet(phase, days)
            } else {
                let long = days >= i64::from(self.days().stuck);
                long.then(|| (Rung::AskWhetherToGoOn, vec![StepReason::PausedLong], days))
            };
        }
        if !phase.meets() {
            return self.before_they_meet(phase, seen.counted_since(since));
        }
        self.silent(seen)
    }

    /// Held up by a link: over when it is there to stay, asked when it is gone.
    fn suspended(self, seen: &Seen<'_>, from: NaiveDate) -> Option<(Rung, Vec<StepReason>, i64)> {
        let now = seen.now();
        let Some(gone) = seen.link_gone_since() else {
            let days = seen.days_since(from);
            let long = days >= i64::from(self.days().stuck);
            return long.then(|| (Rung::DecideOnBreach, vec![StepReason::LinkStands], days));
        };
        let days = seen.days_since(gone);
        let mut reasons = vec![StepReason::LinkGone];
        reasons.extend(waits_for(now.map_or(Consent::Nobody, |now| now.agreed)));
        let rung = self.closing(days).unwrap_or(Rung::AskWhetherToGoOn);
        Some((rung, reasons, days))
    }

    fn before_they_meet(self, phase: Phase, days: i64) -> Option<(Rung, Vec<StepReason>, i64)> {
        if days < i64::from(self.days().stuck) {
            return None;
        }
        let (reason, consent) = match phase {
            Phase::Proposed { accepted } => (StepReason::StuckInProposed, accepted),
            Phase::Preparing { signed } => (StepReason::StuckInPreparing, signed),
            // Both have accepted, and neither is waited for alone.
            _ => (StepReason::StuckInAccepted, Consent::Both),
        };
        let mut reasons = vec![reason];
        reasons.extend(waits_for(consent));
        let rung = self.closing(days).unwrap_or(Rung::AskWhatIsMissing);
        Some((rung, reasons, days))
    }

    /// They could meet. What is worst decides; the reasons are all of its own.
    fn silent(self, seen: &Seen<'_>) -> Option<(Rung, Vec<StepReason>, i64)> {
        let health = seen.health?;
        let since = health.last_held.or(seen.facts.started)?;
        let days = seen.counted_since(since);
        let slots = 2 * i64::from(seen.facts.cadence(seen.as_of).interval_days());
        // Whoever meets each quarter is not silent after a quarter: two slots are missed, and then the same notice.
        let two_missed = health.reasons.contains(&status::SILENT);
        let beyond = (slots - i64::from(self.days().silence)).max(0);
        if let Some(rung) = self.closing(days - beyond).filter(|_| two_missed) {
            return Some((rung, vec![StepReason::Silence], days));
        }
        let planned = seen.facts.planned_end(seen.as_of);
        if planned.is_some_and(|planned| planned < seen.as_of) {
            let reasons = vec![StepReason::PastPlannedEnd];
            return Some((Rung::CompleteOrExtend, reasons, days));
        }
        match health.status {
            PairingStatus::AtRisk => {
                let last_two = health.reasons.contains(&status::LAST_TWO);
                let last_two = last_two.then_some(StepReason::LastTwoNotHeld);
                let silent = two_missed.then_some(StepReason::SilentForTwoCadences);
                let reasons = last_two.into_iter().chain(silent).collect();
                Some((Rung::TalkToEach, reasons, days))
            }
            PairingStatus::NeedsCheckIn => Some((Rung::Remind, vec![StepReason::Overdue], days)),
            _ => None,
        }
    }

    /// The two upper rungs, after so many days of silence.
    fn closing(self, days: i64) -> Option<Rung> {
        let silence = i64::from(self.days().silence);
        if days >= silence + i64::from(self.days().notice) {
            Some(Rung::Close)
        } else if days >= silence {
            Some(Rung::ProposeClosing)
        } else {
            None
        }
    }
}

/// Who has not said yes yet, where somebody has not.
fn waits_for(consent: Consent) -> impl Iterator<Item = StepReason> {
    let mentor = (!consent.includes(Role::Mentor)).then_some(StepReason::WaitsForMentor);
    let mentee = (!consent.includes(Role::Mentee)).then_some(StepReason::WaitsForMentee);
    mentor.into_iter().chain(mentee)
}

/// One pairing on a day.
struct Seen<'a> {
    facts: &'a PairingFacts,
    health: Option<&'a PairingHealth>,
    stages: &'a [StageFact],
    as_of: NaiveDate,
}

impl Seen<'_> {
    fn by_now(&self) -> impl Iterator<Item = &StageFact> {
        let later = self.stages.iter().rev();
        later.skip_while(|fact| fact.from > self.as_of)
    }

    fn now(&self) -> Option<&StageFact> {
        self.by_now().next()
    }

    /// How far it has come, and since when. A log knows only pairings that meet.
    fn phase(&self) -> (Phase, NaiveDate) {
        let Some(now) = self.now() else {
            return (Phase::Active, self.facts.proposed);
        };
        let same = |fact: &&StageFact| fact.phase.as_str() == now.phase.as_str();
        let first = self.by_now().take_while(same).last();
        (now.phase, first.map_or(now.from, |fact| fact.from))
    }

    /// The day from which the link has been gone, where it is.
    fn link_gone_since(&self) -> Option<NaiveDate> {
        let gone = self.by_now().take_while(|fact| fact.link_gone);
        gone.last().map(|fact| fact.from)
    }

    fn days_since(&self, day: NaiveDate) -> i64 {
        (self.as_of - day).num_days().max(0)
    }

    /// Days since a day on which it was not held up.
    fn counted_since(&self, since: NaiveDate) -> i64 {
        let (mut from, mut counted) = (since, 0);
        for hold in &self.facts.holds {
            let begins = hold.from.min(self.as_of);
            counted += (begins - from).num_days().max(0);
            from = from.max(hold.until.unwrap_or(self.as_of));
        }
        counted + (self.as_of - from).num_days().max(0)
    }
}
