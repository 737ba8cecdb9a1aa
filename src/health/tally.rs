//! What the sessions and the goals of one pairing add up to on a day: read once, for every metric that asks.
//!
//! In come the facts of a pairing that has started and the day; out come counts. Never true inside: a session or a change
//! of a goal from after the day.

use chrono::{Datelike, NaiveDate};

use crate::cadence::{Cadence, Calendar, Holds, Since};
use crate::history::{Brief, GoalState, GoalsReached, Kind, PairingFacts};
use crate::pair::{Role, Roles};
use crate::roster::Level;

/// A count for each side; what nobody knows by whom is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct BySide {
    pub(super) mentor: u64,
    pub(super) mentee: u64,
}

impl BySide {
    const fn add(&mut self, by: Option<Role>) {
        match by {
            Some(Role::Mentor) => self.mentor += 1,
            Some(Role::Mentee) => self.mentee += 1,
            None => {}
        }
    }

    pub(super) const fn of(&self, role: Role) -> u64 {
        match role {
            Role::Mentor => self.mentor,
            Role::Mentee => self.mentee,
        }
    }

    fn add_each(&mut self, roles: Roles) {
        self.mentor += u64::from(roles.contains(Role::Mentor));
        self.mentee += u64::from(roles.contains(Role::Mentee));
    }

    /// Of both sides.
    pub(super) const fn both(&self) -> u64 {
        self.mentor + self.mentee
    }
}

/// What the sessions add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) all: u64,
    pub(super) held: u64,
    /// The numbers of the days of the first and the last session held, as Chrono's `num_days_from_ce`.
    pub(super) first_held: Option<i32>,
    pub(super) last_held: Option<i32>,
    pub(super) cancelled: BySide,
    pub(super) missed: BySide,
    /// How many in a row were not held, to the day.
    pub(super) not_held_last: u64,
    /// Of the sessions held, of how many the venue is known, and how many were at work.
    pub(super) venues: u64,
    pub(super) at_work: u64,
    pub(super) minutes: u64,
    /// Half minutes that the mentee taught.
    pub(super) taught_by_mentee: u64,
    /// Sessions held that this programme has recorded.
    pub(super) held_here: u64,
    pub(super) feedback: BySide,
    pub(super) recognition: BySide,
    /// For how many one of the two at least recognised the other.
    pub(super) recognised: u64,
    /// How many of the intervals from the start or a session to the next, as many as sessions were held, kept to cadence and
    /// grace.
    pub(super) kept: u64,
    /// Whether the interval that is still running is overdue.
    pub(super) overdue: bool,
    /// The longest stretch without a session held, that to the day or to the end included.
    pub(super) longest_days: i64,
}

impl Tally {
    /// Nothing where the pairing has not started.
    pub(super) fn of(facts: &PairingFacts, calendar: &Calendar, as_of: NaiveDate) -> Self {
        let mut tally = Self::default();
        let Some((started, until)) = facts.run(as_of) else {
            return tally;
        };
        let holds = facts.held_up_days();
        let mut stretch = Stretch {
            facts,
            calendar,
            in_time: facts.only_cadence().and_then(Cadence::in_time_days),
            free: holds.is_none() && calendar.is_open(),
            holds,
            from: started.num_days_from_ce(),
            met: false,
        };
        let (later, all_here) = (facts.given_after(as_of), facts.is_all_here());
        for (brief, session) in facts.sessions.up_to(as_of) {
            tally.all += 1;
            tally.not_held_last += 1;
            match brief.kind {
                Kind::Cancelled(by) => tally.cancelled.add(by),
                Kind::Missed(by) => tally.missed.add(by),
                Kind::Held => {
                    tally.hold(brief);
                    if brief.has_id && (all_here || facts.is_recorded_here(session)) {
                        let [feedback, recognition] = match later.may_have(brief) {
                            true => later.given_before(session),
                            false => [brief.feedback_from, brief.recognition_from],
                        };
                        tally.give(feedback, recognition);
                    }
                    let late = stretch.ends(brief.day, &mut tally.longest_days);
                    tally.kept += u64::from(!late);
                    stretch.begin(brief.day);
                }
            }
        }
        tally.overdue = stretch.ends(until.num_days_from_ce(), &mut tally.longest_days);
        tally
    }

    /// Of every session held, one interval.
    fn hold(&mut self, session: &Brief) {
        self.held += 1;
        self.not_held_last = 0;
        self.first_held = self.first_held.or(Some(session.day));
        self.last_held = Some(session.day);
        self.minutes += u64::from(session.minutes);
        self.taught_by_mentee += u64::from(session.taught_by_mentee);
        self.venues += u64::from(session.venue_known);
        self.at_work += u64::from(session.at_work);
    }

    fn give(&mut self, feedback: Roles, recognition: Roles) {
        self.held_here += 1;
        self.feedback.add_each(feedback);
        self.recognition.add_each(recognition);
        self.recognised += u64::from(!recognition.is_empty());
    }
}

/// From the start or a session held to the next session, or to the last day; all by the numbers of their days.
struct Stretch<'a> {
    facts: &'a PairingFacts,
    calendar: &'a Calendar,
    holds: Holds,
    /// As [`Cadence::in_time_days`], where there was never another cadence.
    in_time: Option<i64>,
    /// Whether nothing is ever closed or held up.
    free: bool,
    from: i32,
    /// Whether it began with a session.
    met: bool,
}

impl Stretch<'_> {
    /// Whether it goes on beyond cadence and grace where it ends on a day. Notes how long it is: days of the calendar, never
    /// negative.
    fn ends(&self, on: i32, longest: &mut i64) -> bool {
        let days = i64::from(on) - i64::from(self.from);
        *longest = days.max(*longest);
        match self.in_time {
            Some(in_time) if self.free => days > in_time,
            Some(in_time) if days <= in_time => false,
            _ => self.is_late(on).unwrap_or(false),
        }
    }

    /// The same, the long way.
    fn is_late(&self, on: i32) -> Option<bool> {
        let (from, to) = (day(self.from)?, day(on)?);
        let since = match self.met {
            true => Since::Session(from),
            false => Since::Start(from),
        };
        let cadence = self.facts.cadence(to);
        Some(cadence.is_overdue(since, &self.holds, self.calendar, to))
    }

    /// A session before the start ends no stretch and begins none.
    fn begin(&mut self, on: i32) {
        self.met |= on >= self.from;
        self.from = self.from.max(on);
    }
}

/// The day of a number.
pub(super) fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}

/// What the learning goals of one side add up to: those that are set and not dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SideGoals {
    pub(super) set: u64,
    pub(super) achieved: u64,
    /// Levels gained of those aimed at. One below the start is none, one above the goal the goal.
    pub(super) gained: u64,
    pub(super) aimed: u64,
}

/// What the goals add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Goals {
    mentor: SideGoals,
    mentee: SideGoals,
    /// Where the pairing is completed.
    pub(super) reached: Option<GoalsReached>,
}

impl Goals {
    pub(super) fn of(facts: &PairingFacts, as_of: NaiveDate) -> Self {
        let mut goals = Self {
            reached: facts.goals_reached(as_of),
            ..Self::default()
        };
        for goal in &facts.goals_on(as_of).learning {
            let Some(now) = goal.now(as_of).filter(|now| !now.state.is_dropped()) else {
                continue;
            };
            let side = match goal.learner {
                Role::Mentor => &mut goals.mentor,
                Role::Mentee => &mut goals.mentee,
            };
            let above = |level: Level| u64::from(level.as_u8().saturating_sub(goal.from.as_u8()));
            side.set += 1;
            side.achieved += u64::from(now.state == GoalState::Achieved);
            side.gained += above(now.level.min(now.target));
            side.aimed += above(now.target);
        }
        goals
    }

    pub(super) const fn side(&self, learner: Role) -> &SideGoals {
        match learner {
            Role::Mentor => &self.mentor,
            Role::Mentee => &self.mentee,
        }
    }
}
