//! Pairings of a programme that ran elsewhere, taken over into a live one: how they enter, what may become of them, and what
//! a journal or a record cannot claim of them.

#[path = "adoption/forged.rs"]
mod forged;
#[path = "adoption/life.rs"]
mod life;
#[path = "adoption/random.rs"]
mod random;
#[path = "adoption/regularised.rs"]
mod regularised;
mod support;

use reverse_mentoring::history::{LoggedGoal, LoggedPairing};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::pair::Role;
use reverse_mentoring::program::{Adoption, AdoptionStanding, Program};
use reverse_mentoring::roster::{Level, Roster, Skill};
use support::*;

fn two_way() -> Vec<LoggedGoal> {
    vec![
        logged_goal(Role::Mentor, "budget", [0, 4, 2]),
        logged_goal(Role::Mentee, "video", [1, 3, 1]),
    ]
}

/// `sound`: ada and the cto, with sessions and goals. `below`: ben and ops, who is his manager. `turned`: the cfo mentors
/// cleo. `third`: cleo and the cto, whose two places `sound` and `second` (ben and the cto) have. The others stay where
/// they are.
fn logs(roster: &Roster) -> Vec<LoggedPairing> {
    let log = |key, pair, started| logged(roster, key, pair, started);
    let mut sound = log("sound", ("ada", "cto"), -100);
    sound.sessions = logged_sessions(&[(-90, held()), (-60, MISSED), (5, held()), (20, held())]);
    sound.goals = two_way();
    let mut below = log("below", ("ben", "ops"), -50);
    below.goals = two_way();
    below.sessions = logged_sessions(&[(-40, held())]);
    let mut over = log("over", ("ada", "cfo"), -200);
    over.ended = Some((day(-100), None));
    vec![
        log("third", ("cleo", "cto"), 8),
        sound,
        below,
        log("turned", ("cfo", "cleo"), -30),
        log("second", ("ben", "cto"), 2),
        over,
        log("to-come", ("ada", "cfo"), 11),
        log("stranger", ("ada", "ceo"), -10),
        log("self", ("ada", "ada"), -10),
        log("twice", ("ada", "cto"), -10),
    ]
}

const DEADLINE: i64 = 40;

impl Kept {
    fn adopt(&mut self, logs: &[LoggedPairing], roster: &Roster, on: i64) -> Adoption {
        let deadline = day(DEADLINE);
        let mut ids = SequentialIds::new(20);
        let adoption = self
            .program
            .adopt(logs, roster, deadline, coordinator(), at(on), &mut ids);
        let adoption = adoption.unwrap();
        self.journal.extend(adoption.entry.clone());
        adoption
    }

    fn standing(&self, adoption: &Adoption, key: &str, today: i64) -> Option<AdoptionStanding> {
        let id = id_of(adoption, key);
        self.program.adoptions(day(today)).find(|a| a.pairing == id)
    }
}

fn id_of(adoption: &Adoption, key: &str) -> reverse_mentoring::ids::PairingId {
    let mut keys = adoption.keys.iter();
    *keys.find(|(_, k)| k.as_str() == key).unwrap().0
}

/// A programme in which cleo and the cfo are paired, that has adopted the logs on day 10.
fn adopted() -> (Kept, Adoption, Roster) {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("cleo", "cfo")], 1);
    let adoption = kept.adopt(&logs(&roster), &roster, 10);
    (kept, adoption, roster)
}
