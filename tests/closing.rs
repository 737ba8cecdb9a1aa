//! The closing review, and what may be told of a pairing, worked out by hand and word for word.

mod support;

use reverse_mentoring::history::ReadModel;
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::pair::Pair;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::{Occasion, Step};
use reverse_mentoring::program::{Program, Refused};
use support::*;

/// ada and the cto, under way since day 10.
fn begun() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept.begin(1, 10);
    kept
}

fn tell(kept: &mut Kept, occasion: Occasion, by: Role, agrees: bool, on: i64) -> Vec<String> {
    match kept
        .program
        .celebrate(pairing_id(1), occasion, by, agrees, at(on))
    {
        Ok(entry) => {
            kept.journal.push(entry);
            Vec::new()
        }
        refused => words(refused),
    }
}

fn public<V: ReadModel>(program: &Program<V>) -> Vec<(PairingId, Pair, Occasion)> {
    program.celebrations().collect()
}

#[test]
fn everybody_looks_back_once() {
    let mut kept = begun();
    let review =
        |kept: &mut Kept, pairing, by, on| kept.program.review(pairing_id(pairing), by, at(on));
    assert_eq!(
        words(review(&mut kept, 1, Mentor, 20)),
        ["there is nothing to look back on yet"]
    );
    kept.step(1, Step::Settle, 70);
    assert_eq!(
        words(kept.program.review(pairing_id(1), Mentor, late(69, 71))),
        ["2026-03-11 is before the latest step of the pairing on 2026-03-12"]
    );
    // On the very day on which they settled there is already something.
    assert!(
        kept.program
            .clone()
            .review(pairing_id(1), Mentor, at(70))
            .is_ok()
    );
    review(&mut kept, 1, Mentor, 71).unwrap(); // before the end, where they meet for the last time
    assert_eq!(
        words(review(&mut kept, 1, Mentor, 72)),
        ["the mentor gave the closing review on 2026-03-13"]
    );
    kept.step(1, Step::Complete, 80);
    review(&mut kept, 1, Mentee, 172).unwrap(); // a quarter after the end
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    let reviewed: Vec<_> = facts.reviewed.iter().map(|(by, on)| (*by, *on)).collect();
    assert_eq!(reviewed, [(Mentor, day(71)), (Mentee, day(172))]);

    // One that ended in its chemistry period can be looked back on; one that never began cannot.
    let mut kept = begun();
    kept.step(1, END, 20);
    kept.step(2, END, 20);
    review(&mut kept, 1, Mentee, 21).unwrap();
    assert_eq!(
        words(review(&mut kept, 2, Mentee, 21)),
        ["there is nothing to look back on yet"]
    );
    assert_eq!(
        words(review(&mut kept, 1, Mentor, 113)),
        [format!(
            "pairing {} ended on 2026-01-21, and its record is closed",
            pairing_id(1)
        )]
    );
    assert_eq!(
        words(review(&mut kept, 9, Mentor, 113)),
        [format!("there is no pairing {}", pairing_id(9))]
    );
}

#[test]
fn nothing_is_told_that_one_of_the_two_does_not_want_told() {
    let mut kept = begun();
    let first = Occasion::FirstSession;
    let told = [(pairing_id(1), pair(1, 4), first)];
    assert_eq!(
        tell(&mut kept, first, Mentor, true, 20),
        ["`first_session` has not happened, so that nobody can agree to have it told"]
    );
    kept.record(&session(1, 1, 22, held()), at(22));
    assert_eq!(
        tell(&mut kept, first, Mentor, true, 21).len(),
        2 // recorded before, and not happened by then
    );
    assert!(tell(&mut kept, first, Mentor, true, 23).is_empty());
    assert_eq!(public(&kept.program), []);
    assert_eq!(
        tell(&mut kept, first, Mentor, true, 24),
        ["the mentor agrees already that it is told"]
    );
    assert_eq!(
        tell(&mut kept, first, Mentee, false, 24),
        ["the mentee has not agreed that it is told"]
    );
    assert!(tell(&mut kept, first, Mentee, true, 25).is_empty());
    assert_eq!(public(&kept.program), told);
    // Taken back, and given again.
    assert!(tell(&mut kept, first, Mentor, false, 26).is_empty());
    assert_eq!(public(&kept.program), []);
    assert!(tell(&mut kept, first, Mentor, true, 27).is_empty());
    assert_eq!(public(&kept.program), told);
    let history = kept.program.history();
    let then = |on| history.celebrated(day(on)).collect::<Vec<_>>();
    let it = vec![(pairing_id(1), first)];
    assert_eq!([24, 25, 26, 27].map(then), [vec![], it.clone(), vec![], it]);
    // The session was none: nothing is told of it, though both agreed.
    let void = kept
        .program
        .void(pairing_id(1), session_id(1), at(28))
        .unwrap();
    kept.journal.push(void);
    assert_eq!(public(&kept.program), []);
    assert_eq!(Program::replay(&kept.journal).unwrap(), kept.program);
}

#[test]
fn a_word_can_be_taken_back_for_ever() {
    let mut kept = begun();
    kept.record(&session(1, 1, 12, held()), at(12));
    kept.step(1, Step::Settle, 70);
    assert_eq!(
        tell(&mut kept, Occasion::Completed, Mentor, true, 79),
        ["`completed` has not happened, so that nobody can agree to have it told"]
    );
    kept.step(1, Step::Complete, 80);
    for by in [Mentor, Mentee] {
        assert!(tell(&mut kept, Occasion::Completed, by, true, 81).is_empty());
    }
    assert!(tell(&mut kept, Occasion::FirstSession, Mentor, true, 81).is_empty());
    // The gate has forgotten the pairing by day 200, and remembers what was agreed, also from its record.
    kept.reorganise(&Company::base().roster(), 200);
    assert_eq!(kept.program.stage(pairing_id(1)), None);
    let told = [(pairing_id(1), pair(1, 4), Occasion::Completed)];
    let record = kept.program.to_record();
    let mut gate = Program::restore(&record).unwrap();
    assert_eq!(
        (public(&kept.program), public(&gate)),
        (told.into(), told.into())
    );
    assert_eq!(
        tell(&mut kept, Occasion::FirstSession, Mentee, true, 200),
        [format!("there is no pairing {}", pairing_id(1))]
    );
    gate.celebrate(pairing_id(1), Occasion::Completed, Mentee, false, at(200))
        .unwrap();
    assert_eq!(public(&gate), []);
    assert!(tell(&mut kept, Occasion::Completed, Mentee, false, 200).is_empty());
    assert_eq!(gate.to_record(), kept.program.to_record());
    // Nobody agrees to anything any more: nothing is kept of it.
    assert!(tell(&mut kept, Occasion::Completed, Mentor, false, 200).is_empty());
    assert!(tell(&mut kept, Occasion::FirstSession, Mentor, false, 200).is_empty());
    let record = serde_json::to_value(kept.program.to_record()).unwrap();
    assert_eq!(record["celebrated"], serde_json::json!([]));
}

#[test]
fn both_say_in_private_whether_they_go_on() {
    let mut kept = begun();
    let settle = |program: &mut Program, votes, stamp| {
        let decision = ballot(program, pairing_id(1), votes).unwrap();
        program.settle(decision, stamp)
    };
    let words_of = |refused: Refused| {
        refused
            .0
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    // By hand nobody settles; what else stands against it is said first.
    let by_hand = |program: &mut Program, on| program.advance(pairing_id(1), Step::Settle, at(on));
    let runs = "the chemistry period runs until two sessions are held or 60 days have passed: 0 held, 10 days";
    assert_eq!(words(by_hand(&mut kept.program, 20)), [runs]);
    assert_eq!(
        words(by_hand(&mut kept.program, 70)),
        ["both say in private whether they go on: settle by their ballot"]
    );
    let refused = settle(&mut kept.program, [true, true], at(20)).unwrap_err();
    assert_eq!(words_of(refused), [runs]);
    let mut together = kept.program.clone();
    settle(&mut together, [true, true], at(70)).unwrap();
    assert_eq!(together.stage(pairing_id(1)).unwrap().as_str(), "active");

    // Whoever says no, and whenever: one and the same entry, that of any exit.
    let exit = kept
        .program
        .clone()
        .advance(pairing_id(1), END, at(20))
        .unwrap();
    for votes in [[true, false], [false, true], [false, false]] {
        let mut apart = kept.program.clone();
        let entry = settle(&mut apart, votes, at(20)).unwrap();
        assert_eq!(
            serde_json::to_string(&entry).unwrap(),
            serde_json::to_string(&exit).unwrap()
        );
        // Both wait again, with the time that they had waited.
        let waits = apart.waits(day(30));
        for (person, role) in [(1, Mentor), (4, Mentee)] {
            let theirs = waits
                .iter()
                .find(|w| w.person == person_id(person) && w.role == role);
            assert_eq!(theirs.unwrap().since, day(0));
        }
    }
    // A decision of a pairing that is over by now.
    let decision = ballot(&together, pairing_id(1), [true, true]).unwrap();
    kept.step(1, END, 71);
    let refused = kept.program.settle(decision, at(71)).unwrap_err();
    assert_eq!(
        words_of(refused),
        ["a pairing that is `ended` cannot `settle`; nothing is possible any more"]
    );
}
