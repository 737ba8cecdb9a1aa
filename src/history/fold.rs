//! From journal entries to facts.

use super::History;
use super::facts::{Ending, GoalFacts, Hold, PairingFacts, SessionFact};
use crate::journal::{Enrolment, Entry, Event};
use crate::pair::Role;
use crate::pairing::{Stage, Step};
use crate::session::SessionFacts;

impl History {
    /// Adds what an entry says. Total: an entry that the gate would refuse changes nothing that it does not name.
    ///
    /// `stage` is the stage after a [`Event::Advanced`], which only the gate knows.
    pub(crate) fn fold(&mut self, entry: &Entry, stage: Option<Stage>) {
        let on = entry.stamp.on;
        let enrol = |history: &mut Self, people: &[Enrolment]| {
            for person in people {
                let facts = history.people.entry(person.participant).or_default();
                let places = [person.as_mentor, person.as_mentee];
                facts.places.push((on, Some(places)));
            }
        };
        match &entry.event {
            Event::Opened { people, .. } => enrol(self, people),
            Event::Proposed { pairings, .. } => {
                for p in pairings {
                    let sides = [Role::Mentor, Role::Mentee].into_iter();
                    let goals = sides.flat_map(|learner| {
                        let goals = p.goals.of(learner).iter();
                        goals.map(move |goal| GoalFacts {
                            learner,
                            skill: goal.skill().clone(),
                            from: goal.from(),
                            to: goal.to(),
                            found: Vec::new(),
                        })
                    });
                    let facts = PairingFacts {
                        pair: p.pair,
                        proposed: on,
                        started: None,
                        cadence: p.agreement.cadence(),
                        ended: None,
                        holds: Vec::new(),
                        sessions: Vec::new(),
                        goals: goals.collect(),
                        findings: Vec::new(),
                        missing: Vec::new(),
                    };
                    self.pairings.insert(p.id, facts);
                }
            }
            Event::Advanced { pairing, step } => {
                let Some(facts) = self.pairings.get_mut(pairing) else {
                    return;
                };
                match stage {
                    Some(Stage::Completed) => facts.end(on, Ending::Completed),
                    Some(Stage::Ended { .. }) => facts.end(on, Ending::Ended),
                    Some(Stage::Paused { .. }) => facts.hold(on, false),
                    Some(Stage::Suspended { .. }) => facts.hold(on, true),
                    Some(Stage::Open { now }) if now.meets() && facts.started.is_none() => {
                        facts.started = Some(on);
                    }
                    _ => {}
                }
                if matches!(step, Step::Resume | Step::Reinstate) {
                    facts.release(on);
                }
            }
            Event::SessionRecorded(session) => {
                if let Some(facts) = self.pairings.get_mut(&session.pairing) {
                    facts.insert(fact(session));
                }
            }
            Event::SessionCorrected(session) => {
                if let Some(facts) = self.pairings.get_mut(&session.pairing) {
                    facts.sessions.retain(|s| s.id != Some(session.session));
                    facts.insert(fact(session));
                }
            }
            Event::SessionVoided { pairing, session } => {
                if let Some(facts) = self.pairings.get_mut(pairing) {
                    facts.sessions.retain(|s| s.id != Some(*session));
                }
            }
            Event::Progressed {
                pairing,
                learner,
                skill,
                level,
            } => {
                let facts = self.pairings.get_mut(pairing);
                let goals = facts.into_iter().flat_map(|f| &mut f.goals);
                for goal in goals.filter(|g| g.learner == *learner && g.skill == *skill) {
                    goal.found.push((on, *level));
                }
            }
            Event::Reorganised {
                people,
                left,
                suspended,
                ended,
                ..
            } => {
                enrol(self, people);
                for person in left {
                    let facts = self.people.entry(*person).or_default();
                    facts.places.push((on, None));
                }
                for id in suspended {
                    let from = self.not_before(*id, on);
                    if let Some(facts) = self.pairings.get_mut(id) {
                        facts.hold(from, true);
                    }
                }
                for id in ended {
                    let last = self.not_before(*id, on);
                    if let Some(facts) = self.pairings.get_mut(id) {
                        facts.end(last, Ending::Ended);
                    }
                }
            }
        }
    }
}

impl PairingFacts {
    fn hold(&mut self, from: chrono::NaiveDate, suspended: bool) {
        self.release(from);
        self.holds.push(Hold {
            suspended,
            from,
            until: None,
        });
    }

    fn release(&mut self, on: chrono::NaiveDate) {
        for hold in self.holds.iter_mut().filter(|h| h.until.is_none()) {
            hold.until = Some(on);
        }
    }

    fn end(&mut self, on: chrono::NaiveDate, ending: Ending) {
        self.release(on);
        self.ended = Some((on, ending));
    }
}

fn fact(session: &SessionFacts) -> SessionFact {
    SessionFact {
        id: Some(session.session),
        date: session.date,
        outcome: session.result,
    }
}
