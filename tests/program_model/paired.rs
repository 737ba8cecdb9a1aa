//! Where a pairing stands, as the model has it.

use super::*;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Then {
    Proposed(bool, bool),
    Accepted,
    Preparing(bool, bool),
    Chemistry,
    Active,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Now {
    Open(Then),
    Paused(Then),
    /// And who wants to go on.
    Suspended(Then, bool, bool),
    Completed,
    Ended(EndReason),
}

impl Now {
    pub(crate) fn of(stage: Stage) -> Self {
        let both = |c| match c {
            Consent::Nobody => (false, false),
            Consent::Mentor => (true, false),
            Consent::Mentee => (false, true),
            Consent::Both => (true, true),
        };
        let then = |phase| match phase {
            Phase::Proposed { accepted } => Then::Proposed(both(accepted).0, both(accepted).1),
            Phase::Accepted => Then::Accepted,
            Phase::Preparing { signed } => Then::Preparing(both(signed).0, both(signed).1),
            Phase::Chemistry => Then::Chemistry,
            Phase::Active => Then::Active,
            _ => unreachable!(),
        };
        match stage {
            Stage::Open { now } => Self::Open(then(now)),
            Stage::Paused { before } => Self::Paused(then(before)),
            Stage::Suspended { before, agreed } => {
                let (a, b) = both(agreed);
                Self::Suspended(then(before), a, b)
            }
            Stage::Completed => Self::Completed,
            Stage::Ended { reason } => Self::Ended(reason),
            _ => unreachable!(),
        }
    }

    pub(crate) fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Ended(_))
    }

    pub(crate) fn after(self, step: Step) -> Option<Self> {
        use Then::{Accepted, Active, Chemistry, Preparing, Proposed};
        Some(match (self, step) {
            (Self::Open(Proposed(mentor, mentee)), Step::Accept { by }) => {
                let (a, b) = match by {
                    Role::Mentor if !mentor => (true, mentee),
                    Role::Mentee if !mentee => (mentor, true),
                    _ => return None,
                };
                Self::Open(if a && b { Accepted } else { Proposed(a, b) })
            }
            (Self::Open(Proposed(..)), Step::Decline { .. }) => Self::Ended(EndReason::Declined),
            (Self::Open(Accepted), Step::Prepare) => Self::Open(Preparing(false, false)),
            (Self::Open(Preparing(mentor, mentee)), Step::Sign { by }) => match by {
                Role::Mentor if !mentor => Self::Open(Preparing(true, mentee)),
                Role::Mentee if !mentee => Self::Open(Preparing(mentor, true)),
                _ => return None,
            },
            (Self::Open(Preparing(true, true)), Step::Begin) => Self::Open(Chemistry),
            (Self::Open(Chemistry), Step::Settle) => Self::Open(Active),
            (Self::Open(then @ (Chemistry | Active)), Step::Pause) => Self::Paused(then),
            (Self::Paused(then), Step::Resume) => Self::Open(then),
            (Self::Suspended(then, mentor, mentee), Step::Reinstate { by }) => {
                let (a, b) = match by {
                    Role::Mentor if !mentor => (true, mentee),
                    Role::Mentee if !mentee => (mentor, true),
                    _ => return None,
                };
                if a && b {
                    Self::Open(then)
                } else {
                    Self::Suspended(then, a, b)
                }
            }
            (now @ Self::Open(Accepted | Preparing(..)), Step::Introduce) => now,
            (Self::Open(Active), Step::Complete) => Self::Completed,
            (
                Self::Suspended(..),
                Step::End {
                    reason: EndReason::Link,
                },
            ) => Self::Ended(EndReason::Link),
            (
                now,
                Step::End {
                    reason: reason @ (EndReason::Exit | EndReason::ProgramClosed),
                },
            ) if now.is_open() => Self::Ended(reason),
            _ => return None,
        })
    }
}

/// A session on record. Minutes are counted from the midnight with which day 0 begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Met {
    pub(crate) date: i64,
    pub(crate) outcome: Outcome,
    pub(crate) starts: Option<i64>,
    /// Who gave the other what.
    pub(crate) given: BTreeSet<(Role, Response)>,
    /// Planned on, at first for, moved so often.
    pub(crate) planned: Option<(i64, i64, u32)>,
}

impl Met {
    /// The minutes in which they met.
    pub(crate) fn minutes(&self) -> Option<std::ops::Range<i64>> {
        let Outcome::Held(taught) = self.outcome else {
            return None;
        };
        let starts = self.starts?;
        Some(starts..starts + i64::from(taught.minutes().as_u16()))
    }
}

/// A planned session.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) date: i64,
    pub(crate) minutes: Option<std::ops::Range<i64>>,
    pub(crate) on: i64,
    pub(crate) first: i64,
    pub(crate) moves: u32,
    /// The day on which it fell away, and with what.
    pub(crate) lapsed: Option<(i64, &'static str)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Paired {
    pub(crate) id: PairingId,
    pub(crate) cohort: u32,
    pub(crate) mentor: usize,
    pub(crate) mentee: usize,
    pub(crate) now: Now,
    pub(crate) proposed: i64,
    pub(crate) changed: i64,
    pub(crate) accepted: Option<i64>,
    pub(crate) began: Option<i64>,
    pub(crate) ended: Option<i64>,
    pub(crate) link_gone: bool,
    /// Since when the mentee has stood so many levels above the mentor, where that is three or more.
    pub(crate) far: Vec<(i64, Option<u32>)>,
    pub(crate) introduced: Option<i64>,
    pub(crate) settled: Option<i64>,
    /// From, and what.
    pub(crate) versions: Vec<(i64, Agreed)>,
    pub(crate) reviewed: BTreeMap<Role, i64>,
    pub(crate) offer: Option<(Role, Agreed)>,
    /// From, until, by a reorganisation.
    pub(crate) holds: Vec<(i64, Option<i64>, bool)>,
    pub(crate) sessions: BTreeMap<SessionId, Met>,
    pub(crate) plans: BTreeMap<SessionId, Plan>,
    pub(crate) talk: goals::Talk,
}

impl Paired {
    pub(crate) fn far_now(&self) -> Option<u32> {
        self.far.last().and_then(|(_, levels)| *levels)
    }

    pub(crate) fn ran_on(&self, date: i64) -> bool {
        let held_up = |&(from, until, _): &(i64, Option<i64>, bool)| {
            from < date && until.is_none_or(|until| date < until)
        };
        self.began.is_some_and(|began| began <= date)
            && self.ended.is_none_or(|ended| date <= ended)
            && !self.holds.iter().any(held_up)
    }

    /// Whether its record is closed when something is recorded on a day: a quarter after its end.
    pub(crate) fn closed(&self, recorded: i64) -> bool {
        self.ended.is_some_and(|ended| recorded > ended + 92)
    }

    pub(crate) fn held_by(&self, date: i64) -> usize {
        let held = |met: &&Met| met.date <= date && matches!(met.outcome, Outcome::Held(_));
        self.sessions.values().filter(held).count()
    }

    /// Days on which something happened that no step may come before: sessions that were not called off, and check-ins.
    fn happened(&self) -> impl Iterator<Item = i64> {
        let sessions = self.sessions.values();
        let sessions = sessions.filter(|met| met.outcome != CANCELLED);
        sessions.map(|met| met.date).chain(self.checked_in())
    }

    pub(crate) fn happened_after(&self, on: i64) -> bool {
        self.happened().any(|date| date > on)
    }

    /// A day, or the latest on which something happened that a late reorganisation cannot undo.
    pub(crate) fn not_before(&self, on: i64) -> i64 {
        self.happened().chain([self.changed, on]).max().unwrap()
    }

    fn lapse(&mut self, on: i64, with: &'static str) {
        let later = self.plans.values_mut().filter(|plan| plan.date > on);
        for plan in later.filter(|plan| plan.lapsed.is_none()) {
            plan.lapsed = Some((on, with));
        }
    }

    pub(crate) fn enter(&mut self, now: Now, on: i64) {
        if let (Now::Suspended(..), Now::Suspended(..)) = (self.now, now) {
            // One of the two wants to go on: nothing else changes.
            self.now = now;
            self.changed = self.changed.max(on);
            return;
        }
        for hold in self.holds.iter_mut().filter(|h| h.1.is_none()) {
            hold.1 = Some(on);
        }
        match now {
            Now::Paused(_) => {
                self.holds.push((on, None, false));
                self.lapse(on, "pause");
            }
            Now::Suspended(..) => {
                self.holds.push((on, None, true));
                self.lapse(on, "suspension");
            }
            Now::Completed | Now::Ended(_) => {
                self.ended = Some(on);
                self.offer = None;
                self.lapse(on, "end");
            }
            Now::Open(Then::Accepted) if self.accepted.is_none() => self.accepted = Some(on),
            Now::Open(Then::Chemistry) if self.began.is_none() => self.began = Some(on),
            Now::Open(_) => {}
        }
        self.now = now;
        self.changed = self.changed.max(on);
    }
}
