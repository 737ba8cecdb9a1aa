//! How adopted pairings enter, and what may become of them.

use reverse_mentoring::health::{Metrics, PairingStatus, ProgramHealth};
use reverse_mentoring::journal::Event;
use reverse_mentoring::pairing::{
    Agreement, Breach, Decision, EndReason, GoalChange, GoalRef, Missing, Occasion, Step,
    TwoWayGoals,
};
use reverse_mentoring::program::WhyLeftOut;
use reverse_mentoring::session::Session;

use super::*;

const GO_ON: Decision = Decision::GoOn;

const fn end(reason: EndReason) -> Decision {
    Decision::End { reason }
}

fn decide(kept: &mut Kept, adoption: &Adoption, key: &str, decision: Decision, on: i64) -> String {
    let id = id_of(adoption, key);
    match kept.program.decide(id, decision, coordinator(), at(on)) {
        Ok(entry) => {
            kept.journal.push(entry);
            String::new()
        }
        Err(refused) => said(&refused),
    }
}

fn record(kept: &mut Kept, adoption: &Adoption, key: &str, date: i64, on: i64) -> String {
    let number = kept.journal.len() as u32;
    let session = Session::new(session_id(number), id_of(adoption, key), day(date), held());
    match kept.program.record(&session, at(on)) {
        Ok(entry) => {
            kept.journal.push(entry);
            String::new()
        }
        Err(refused) => said(&refused),
    }
}

#[test]
fn what_enters_and_what_stays_where_it_is() {
    let (kept, adoption, roster) = adopted();
    let mut keys: Vec<_> = adoption.keys.values().map(ToString::to_string).collect();
    assert_eq!(keys, ["below", "second", "sound", "third", "turned"]);
    keys.sort_unstable();
    let left_out: Vec<_> = adoption.left_out.iter().collect();
    let left_out: Vec<_> = left_out
        .iter()
        .map(|l| (l.key.as_str(), l.why.to_string()))
        .collect();
    let sound = id_of(&adoption, "sound");
    assert_eq!(
        left_out,
        [
            ("over", format!("it ended on {}", day(-100))),
            ("self", "somebody is paired with themselves".to_owned()),
            (
                "stranger",
                "the mentee is no participant of the roster".to_owned()
            ),
            ("to-come", format!("it begins on {}", day(11))),
            ("twice", format!("pairing {sound} of the same two is open")),
        ]
    );
    assert_eq!(adoption.left_out[4].why, WhyLeftOut::Paired(sound));

    let standing = |key| {
        let s = kept.standing(&adoption, key, 10).unwrap();
        (s.started, s.breaches, s.missing, s.held_up, s.link_gone)
    };
    let goals = vec![Missing::Goals];
    assert_eq!(standing("sound"), (day(-100), vec![], vec![], false, true));
    assert_eq!(
        standing("below"),
        (
            day(-50),
            vec![Breach::HierarchicalLink],
            vec![],
            true,
            false
        )
    );
    assert_eq!(
        standing("second"),
        (day(2), vec![], goals.clone(), false, true)
    );
    // The cto has two places; cleo has one, which the pairing of this programme takes.
    assert_eq!(
        standing("third"),
        (day(8), vec![Breach::Places], goals.clone(), false, true)
    );
    // The cfo offered to be mentored, and has a place for that; as mentee cleo has the capacity that everybody has.
    assert_eq!(
        standing("turned"),
        (day(-30), vec![Breach::ExperienceOrder], goals, false, true)
    );
    let all: Vec<_> = kept.program.adoptions(day(40)).collect();
    assert_eq!(all.len(), 5);
    assert!(
        all.iter()
            .all(|a| a.deadline == day(DEADLINE) && !a.deadline_past)
    );
    assert!(kept.program.adoptions(day(41)).all(|a| a.deadline_past));
    kept.agrees(&roster, 10);

    // Of people and keys nothing is written down.
    let entry = serde_json::to_string(adoption.entry.as_ref().unwrap()).unwrap();
    for word in ["ada", "cto", "sound", "below", "third"] {
        assert!(!entry.contains(&format!("\"{word}\"")), "{word}");
    }
    let entry = serde_json::to_value(adoption.entry.as_ref().unwrap()).unwrap();
    let pairing = &entry["event"]["pairings"][2];
    assert_eq!(pairing["id"], serde_json::json!(sound));
    assert_eq!(pairing["started"], serde_json::json!(day(-100)));
    // The session of day 20 has not been yet.
    let dates: Vec<_> = pairing["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["date"].clone())
        .collect();
    assert_eq!(dates, [-90, -60, 5].map(|n| serde_json::json!(day(n))));
    assert_eq!(
        pairing["goals"][0],
        serde_json::json!({"learner": "mentor", "skill": "budget", "from": 0, "to": 4, "now": 2})
    );
}

#[test]
fn nothing_to_adopt_writes_nothing() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let before = kept.program.clone();
    let only = [logged(&roster, "stranger", ("ada", "ceo"), -10)];
    let adoption = kept.adopt(&only, &roster, 10);
    assert_eq!((adoption.entry, adoption.left_out.len()), (None, 1));
    assert_eq!(kept.program, before);
    // A deadline that is past, and another roster than the programme's.
    let other = Company::base().grade("ada", 1).roster();
    let mut refused = |roster: &Roster, deadline| {
        let logs = [logged(roster, "a", ("ada", "cto"), -10)];
        let mut ids = SequentialIds::new(20);
        let refused = kept.program.adopt(
            &logs,
            roster,
            day(deadline),
            coordinator(),
            at(10),
            &mut ids,
        );
        said(&refused.unwrap_err())
    };
    assert_eq!(
        refused(&roster, 9),
        format!(
            "{} is after the deadline of the adoption on {}",
            day(10),
            day(9)
        )
    );
    assert_eq!(
        refused(&other, 10),
        "eligibility was asked of another roster than the programme's: ask again"
    );
}

#[test]
fn they_take_places_and_keep_others_out() {
    let (mut kept, adoption, roster) = adopted();
    let context = kept.program.context(day(11));
    assert!(context.is_open(pair(1, 4)) && context.is_open(pair(3, 5)));
    assert_eq!(context.open(person_id(4), Role::Mentee), 3);
    // A proof that knows nothing of them does not get past the gate.
    let proof = proof(&roster, "ada", "cto");
    let refused = kept.program.propose(
        pairing_id(50),
        &proof,
        TwoWayGoals::draft(&proof, day(300)),
        Agreement::standard(reverse_mentoring::cadence::Cadence::MONTHLY),
        coordinator(),
        at(11),
    );
    let places = |who, role, open| {
        format!(
            "participant {} has 1 place as {role}, and {open} pairings would be open",
            person_id(who)
        )
    };
    assert_eq!(
        said(&refused.unwrap_err()),
        format!(
            "pairing {} of the same two is open already; {}; participant {} has 2 places as mentee, and 4 pairings would be open",
            id_of(&adoption, "sound"),
            places(1, "mentor", 2),
            person_id(4)
        )
    );
    // One that ends gives its places back.
    for key in ["sound", "third"] {
        assert_eq!(
            decide(&mut kept, &adoption, key, end(EndReason::Exit), 12),
            ""
        );
    }
    let context = kept.program.context(day(12));
    assert!(!context.is_open(pair(1, 4)));
    assert_eq!(context.open(person_id(4), Role::Mentee), 1);
    assert_eq!(context.last_paired(pair(1, 4)), Some(day(12)));
    kept.propose(&roster, &[("ada", "cto")], 13);
    kept.agrees(&roster, 13);
}

#[test]
fn sessions_go_on_record_until_the_deadline() {
    let (mut kept, adoption, roster) = adopted();
    assert_eq!(record(&mut kept, &adoption, "sound", 9, 12), "");
    assert_eq!(record(&mut kept, &adoption, "sound", -95, 12), "");
    let before = record(&mut kept, &adoption, "sound", -101, 12);
    assert_eq!(
        before,
        format!(
            "{} is outside the days of the pairing, {} to now",
            day(-101),
            day(-100)
        )
    );
    // Held up since the adoption, not before.
    assert_eq!(record(&mut kept, &adoption, "below", 10, 12), "");
    let held_up = format!("the pairing was held up on {}", day(11));
    assert_eq!(record(&mut kept, &adoption, "below", 11, 12), held_up);
    // The last day counts; after it nothing goes on record, though it may still be corrected.
    assert_eq!(record(&mut kept, &adoption, "second", 40, 60), "");
    assert_eq!(record(&mut kept, &adoption, "second", 39, 60), "");
    let late = format!(
        "{} is after the deadline of the adoption on {}",
        day(41),
        day(40)
    );
    assert_eq!(record(&mut kept, &adoption, "second", 41, 60), late);
    let id = id_of(&adoption, "sound");
    let first = kept.program.history().pairing(id).unwrap().sessions[1]
        .id
        .unwrap();
    let corrected = Session::new(first, id, day(-89), CANCELLED);
    kept.journal
        .push(kept.program.correct(&corrected, at(60)).unwrap());
    kept.journal
        .push(kept.program.void(id, first, at(60)).unwrap());
    let check_in = |kept: &mut Kept, skill: &str, on| {
        let level = Level::new(3).unwrap();
        let (learner, skill) = (Role::Mentor, Skill::new(skill).unwrap());
        let goal = GoalRef::Learning { learner, skill };
        let entry = kept
            .program
            .change_goal(id, goal, GoalChange::CheckedIn { level }, on);
        entry
            .map(|entry| kept.journal.push(entry))
            .map_err(|r| said(&r))
    };
    assert_eq!(check_in(&mut kept, "budget", support::late(30, 60)), Ok(()));
    assert!(check_in(&mut kept, "sql", support::late(30, 60)).is_err());
    assert_eq!(
        check_in(&mut kept, "budget", at(60)),
        Err(format!(
            "{} is after the deadline of the adoption on {}",
            day(60),
            day(40)
        ))
    );
    // What else can be said of goals takes an agreement.
    let skill = Skill::new("budget").unwrap();
    let goal = GoalRef::Learning {
        learner: Role::Mentor,
        skill,
    };
    let refused = kept
        .program
        .change_goal(id, goal, GoalChange::Reopened, support::late(30, 60));
    let not = format!(
        "pairing {id} is adopted: before it is regularised, the two can pause and resume, and a decision can end it"
    );
    let refused = said(&refused.unwrap_err());
    assert!(refused.contains(&not), "{refused}");
    // Nor does it take a step of the life that it has not begun here.
    let by = Role::Mentor;
    let refused = kept.program.advance(id, Step::Sign { by }, at(60));
    assert_eq!(
        said(&refused.unwrap_err()),
        format!(
            "pairing {id} is adopted: before it is regularised, the two can pause and resume, and a decision can end it"
        )
    );
    kept.agrees(&roster, 60);
}

fn step(kept: &mut Kept, adoption: &Adoption, key: &str, step: Step, on: i64) -> String {
    let id = id_of(adoption, key);
    match kept.program.advance(id, step, support::late(on, 40)) {
        Ok(entry) => {
            kept.journal.push(entry);
            String::new()
        }
        Err(refused) => said(&refused),
    }
}

#[test]
fn it_can_be_paused_and_resumed() {
    let (mut kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "sound");
    let pauses = |kept: &Kept| {
        let standing = kept.standing(&adoption, "sound", 40).unwrap();
        (standing.paused, standing.held_up, standing.link_gone)
    };
    let never = step(&mut kept, &adoption, "sound", Step::Resume, 12);
    assert_eq!(never, format!("pairing {id} is not paused"));
    let early = step(&mut kept, &adoption, "sound", Step::Pause, 4);
    let (on, session) = (day(4), day(5));
    let words = format!(
        "{on} is before a session on record, that of {session}: correct or void it first; \
         {on} is before the latest step of the pairing on {}",
        day(10)
    );
    assert_eq!(early, words);
    assert_eq!(pauses(&kept), (false, false, true));
    assert_eq!(step(&mut kept, &adoption, "sound", Step::Pause, 12), "");
    assert_eq!(pauses(&kept), (true, false, true));
    let twice = step(&mut kept, &adoption, "sound", Step::Pause, 13);
    assert_eq!(twice, format!("pairing {id} is held up already"));
    // Nobody meets while it lasts, and a coordinator has nothing to say about it.
    let met = record(&mut kept, &adoption, "sound", 14, 40);
    assert_eq!(met, format!("the pairing was held up on {}", day(14)));
    let go_on = decide(&mut kept, &adoption, "sound", GO_ON, 40);
    assert_eq!(go_on, format!("pairing {id} is not held up"));
    let link = decide(&mut kept, &adoption, "sound", end(EndReason::Link), 40);
    assert_eq!(link, "an adopted pairing does not end as `link`");
    kept.agrees(&roster, 40);
    let early = step(&mut kept, &adoption, "sound", Step::Resume, 11);
    assert!(early.contains("latest step"), "{early}");
    assert_eq!(step(&mut kept, &adoption, "sound", Step::Resume, 15), "");
    assert_eq!(pauses(&kept), (false, false, true));
    assert_eq!(record(&mut kept, &adoption, "sound", 16, 40), "");
    kept.agrees(&roster, 40);

    // A pause goes into a suspension, and is over with it.
    assert_eq!(step(&mut kept, &adoption, "sound", Step::Pause, 18), "");
    let company = Company::base().reports("ada", "cto");
    kept.reorganise(&company.roster(), 40);
    assert_eq!(pauses(&kept), (false, true, false));
    let resumed = step(&mut kept, &adoption, "sound", Step::Resume, 40);
    assert_eq!(resumed, format!("pairing {id} is not paused"));
    kept.agrees(&company.roster(), 40);
    kept.reorganise(&Company::base().roster(), 40);
    assert_eq!(pauses(&kept), (false, true, true));
    assert_eq!(decide(&mut kept, &adoption, "sound", GO_ON, 40), "");
    assert_eq!(pauses(&kept), (false, false, true));
    let holds = &kept.program.history().pairing(id).unwrap().holds;
    let days: Vec<_> = holds.iter().map(|h| (h.suspended, h.from)).collect();
    assert_eq!(days, [(false, day(12)), (false, day(18)), (true, day(40))]);

    // After the deadline they may stop, and not go on.
    let refused = kept.program.advance(id, Step::Pause, at(41));
    kept.journal.push(refused.unwrap());
    let refused = kept.program.advance(id, Step::Resume, at(42)).unwrap_err();
    let past = format!(
        "{} is after the deadline of the adoption on {}",
        day(42),
        day(40)
    );
    assert_eq!(said(&refused), past);
    kept.agrees(&roster, 42);
    assert_eq!(
        decide(&mut kept, &adoption, "sound", end(EndReason::Exit), 42),
        ""
    );
    let refused = kept.program.advance(id, Step::Pause, at(43)).unwrap_err();
    let over = format!("pairing {id} is no adopted pairing that waits for a decision");
    assert_eq!(said(&refused), over);
    kept.agrees(&roster, 43);
}

#[test]
fn a_concern_about_it_is_a_pause_too() {
    use reverse_mentoring::privacy::Concern;
    let (kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "sound");
    let contact = "00000008-0000-8000-8000-000000000001".parse().unwrap();
    let concern = Concern::about(id, contact, day(12), "something is wrong");
    let (mut with, mut without) = (kept.clone(), kept);
    let raised = with.program.raise(&concern, at(12)).unwrap().unwrap();
    let paused = without.program.advance(id, Step::Pause, at(12)).unwrap();
    assert_eq!(raised, paused);
    assert_eq!(with.program, without.program);
    with.journal.push(raised);
    with.agrees(&roster, 12);
    // Once is enough.
    assert_eq!(with.program.raise(&concern, at(13)), Ok(None));
    // One that is held up by a link does not meet anyway.
    let below = Concern::about(id_of(&adoption, "below"), contact, day(12), "so it is");
    assert_eq!(with.program.raise(&below, at(13)), Ok(None));
}

#[test]
fn a_hierarchical_one_waits_for_a_decision() {
    let (mut kept, adoption, _) = adopted();
    let link = "the line of management between the two is still there";
    assert_eq!(decide(&mut kept, &adoption, "below", GO_ON, 11), link);
    let sound = id_of(&adoption, "sound");
    let not = format!("pairing {sound} is not held up");
    assert_eq!(decide(&mut kept, &adoption, "sound", GO_ON, 11), not);
    let no_reason = |code| format!("an adopted pairing does not end as `{code}`");
    let mut refused = |key, reason| decide(&mut kept, &adoption, key, end(reason), 11);
    assert_eq!(refused("sound", EndReason::Link), no_reason("link"));
    assert_eq!(refused("sound", EndReason::Left), no_reason("left"));
    assert_eq!(refused("below", EndReason::Declined), no_reason("declined"));

    // The link goes, and comes back before anybody has decided.
    let apart = Company::base().reports("ben", "cfo").roster();
    let again = Company::base().roster();
    for (roster, on, cleared) in [(&apart, 12, true), (&again, 13, false), (&apart, 14, true)] {
        kept.reorganise(roster, on);
        let standing = kept.standing(&adoption, "below", on).unwrap();
        assert_eq!((standing.held_up, standing.link_gone), (true, cleared));
        kept.agrees(roster, on);
        if !cleared {
            assert_eq!(decide(&mut kept, &adoption, "below", GO_ON, on), link);
        }
    }
    let before = decide(&mut kept, &adoption, "below", GO_ON, 9);
    assert!(
        before.contains("is before the latest step of the pairing"),
        "{before}"
    );
    assert_eq!(decide(&mut kept, &adoption, "below", GO_ON, 15), "");
    let facts = kept.program.history().pairing(id_of(&adoption, "below"));
    let breaks = |on| facts.unwrap().findings_on(day(on)).count();
    assert_eq!([14, 15, 16].map(breaks), [1, 0, 0]);
    let standing = kept.standing(&adoption, "below", 15).unwrap();
    assert_eq!((standing.held_up, standing.breaches), (false, vec![]));
    assert_eq!(record(&mut kept, &adoption, "below", 16, 16), "");
    kept.agrees(&apart, 16);

    // A link that comes afterwards holds it up like any other, and is a reason to end it, also after the deadline.
    kept.reorganise(&again, 17);
    let Event::Reorganised { suspended, .. } = &kept.journal.last().unwrap().event else {
        panic!()
    };
    assert_eq!(*suspended, [id_of(&adoption, "below")]);
    kept.reorganise(&apart, 18);
    let late = format!(
        "{} is after the deadline of the adoption on {}",
        day(41),
        day(40)
    );
    assert_eq!(decide(&mut kept, &adoption, "below", GO_ON, 41), late);
    assert_eq!(
        decide(&mut kept, &adoption, "below", end(EndReason::Link), 41),
        ""
    );
    assert_eq!(kept.standing(&adoption, "below", 41), None);
    let again = format!(
        "pairing {} is no adopted pairing that waits for a decision",
        id_of(&adoption, "below")
    );
    assert_eq!(
        decide(&mut kept, &adoption, "below", end(EndReason::Exit), 42),
        again
    );
    kept.agrees(&apart, 42);
    // A session on record has to be before the end.
    assert_eq!(record(&mut kept, &adoption, "sound", 40, 43), "");
    let session = decide(&mut kept, &adoption, "sound", end(EndReason::Exit), 43);
    assert_eq!(session, "");
    kept.agrees(&apart, 43);
}

#[test]
fn an_end_before_a_session_on_record() {
    let (mut kept, adoption, _) = adopted();
    assert_eq!(record(&mut kept, &adoption, "sound", 20, 22), "");
    let id = id_of(&adoption, "sound");
    let refused = kept
        .program
        .decide(id, end(EndReason::Exit), coordinator(), late(15, 22));
    assert_eq!(
        said(&refused.unwrap_err()),
        format!(
            "{} is before a session on record, that of {}: correct or void it first",
            day(15),
            day(20)
        )
    );
}

#[test]
fn an_end_before_a_check_in_on_record() {
    let (mut kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "sound");
    let goal = kept.program.goals(id).unwrap().learning[0].named();
    let level = Level::new(3).unwrap();
    let entry = kept
        .program
        .change_goal(id, goal, GoalChange::CheckedIn { level }, at(20));
    kept.journal.push(entry.unwrap());
    let refused = kept
        .program
        .decide(id, end(EndReason::Exit), coordinator(), late(15, 22));
    assert_eq!(
        said(&refused.unwrap_err()),
        format!(
            "{} is before a check-in on record, that of {}",
            day(15),
            day(20)
        )
    );
    assert_eq!(
        decide(&mut kept, &adoption, "sound", end(EndReason::Exit), 22),
        ""
    );
    kept.agrees(&roster, 22);
}

#[test]
fn whoever_had_an_adopted_pairing_waits_since_its_end() {
    let (mut kept, adoption, _) = adopted();
    assert_eq!(
        decide(&mut kept, &adoption, "sound", end(EndReason::Exit), 22),
        ""
    );
    let ada = |on| {
        let waits = kept.program.waits(day(on));
        waits.into_iter().find(|w| w.person == person_id(1))
    };
    assert_eq!(ada(21), None);
    assert_eq!(ada(30).unwrap().since, day(22));
}

#[test]
fn nobody_has_to_be_enrolled_to_leave() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let adoption = kept.adopt(&logs(&roster), &roster, 10);
    let ids = |keys: &[&str]| -> Vec<_> { keys.iter().map(|key| id_of(&adoption, key)).collect() };
    let entry = kept.program.withdraw(person_id(2), at(13)).unwrap();
    let Event::Withdrew { ended, .. } = &entry.event else {
        panic!()
    };
    assert_eq!(*ended, ids(&["below", "second"]));
    kept.journal.push(entry);
    kept.agrees(&roster, 13);
    // Nothing is left that they could leave.
    let refused = kept.program.withdraw(person_id(2), at(14)).unwrap_err();
    assert_eq!(
        said(&refused),
        format!("participant {} is not enrolled", person_id(2))
    );
}

#[test]
fn looking_back_and_telling_wait_until_they_are_regularised() {
    let (mut kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "sound");
    let why = format!(
        "pairing {id} is adopted: before it is regularised, the two can pause and resume, and a decision can end it"
    );
    let first = Occasion::FirstSession;
    let told = kept
        .program
        .celebrate(id, first, Role::Mentor, true, at(20));
    assert_eq!(said(&told.unwrap_err()), why);
    assert_eq!(
        decide(&mut kept, &adoption, "sound", end(EndReason::Exit), 22),
        ""
    );
    let reviewed = kept.program.review(id, Role::Mentor, at(23));
    assert_eq!(said(&reviewed.unwrap_err()), why);
    // Levels found late go on record, and nothing else about goals does.
    let goal = kept.program.goals(id).unwrap().learning[0].named();
    let by = GoalChange::revised_by(day(90));
    let revised = kept.program.change_goal(id, goal, by, late(20, 23));
    assert_eq!(said(&revised.unwrap_err()), why);
    kept.agrees(&roster, 23);
}

#[test]
fn a_reorganisation_and_a_withdrawal_know_of_them() {
    let (mut kept, adoption, _) = adopted();
    let ids = |keys: &[&str]| -> Vec<_> { keys.iter().map(|key| id_of(&adoption, key)).collect() };
    // ada comes below the cto, cleo leaves the company.
    let company = Company::base().reports("ada", "cto").side("cleo", None);
    kept.reorganise(&company.roster(), 12);
    let Event::Reorganised {
        suspended,
        cleared,
        ended,
        far_links,
        ..
    } = &kept.journal.last().unwrap().event
    else {
        panic!()
    };
    assert_eq!(*suspended, ids(&["sound"]));
    assert_eq!((cleared.len(), far_links.len()), (0, 0));
    let mut over = ids(&["third", "turned"]);
    over.push(pairing_id(1));
    over.sort_unstable();
    let mut named = ended.clone();
    named.sort_unstable();
    assert_eq!(named, over);
    assert!(kept.standing(&adoption, "sound", 12).unwrap().held_up);
    assert_eq!(kept.standing(&adoption, "turned", 12), None);
    kept.agrees(&company.roster(), 12);
    // ben withdraws: what he has ends, adopted or not.
    let entry = kept.program.withdraw(person_id(2), at(13)).unwrap();
    let Event::Withdrew { ended, .. } = &entry.event else {
        panic!()
    };
    assert_eq!(*ended, ids(&["below", "second"]));
    kept.journal.push(entry);
    assert_eq!(kept.program.adoptions(day(13)).count(), 1);
    kept.agrees(&company.roster(), 13);
    // A quarter later the gate has forgotten them, and the history has not.
    kept.reorganise(&company.clone().grade("ada", 1).roster(), 200);
    let record = serde_json::to_value(kept.program.to_record()).unwrap();
    assert_eq!(record["adopted"].as_array().unwrap().len(), 1);
    assert!(
        kept.program
            .history()
            .pairing(id_of(&adoption, "turned"))
            .is_some()
    );
}

#[test]
fn health_shows_them_as_it_shows_logs() {
    let (kept, adoption, roster) = adopted();
    let health =
        |history, on| ProgramHealth::assess(history, &Metrics::standard(), day(on)).unwrap();
    let live = health(kept.program.history(), 12);
    let key = |id| {
        adoption
            .keys
            .get(&id)
            .map_or("cleo-cfo".to_owned(), ToString::to_string)
    };
    let live = live.to_record(key);
    // The same logs, judged where they are: without the pairing of this programme, nothing is beyond the places of cleo.
    let taken_over = logs(&roster);
    let taken_over: Vec<_> = taken_over
        .into_iter()
        .filter(|l| adoption.keys.values().any(|k| *k == l.key))
        .collect();
    let taken_over: Vec<_> = taken_over
        .into_iter()
        .map(|mut log| {
            log.sessions.retain(|s| s.date <= day(10));
            log
        })
        .collect();
    let (there, names) = health_of(&taken_over, &roster, 12);
    let there = there.to_record(|id| names.keys[&id].to_string());
    let codes = |record: &reverse_mentoring::health::HealthRecord| -> Vec<_> {
        record
            .violations
            .iter()
            .map(|v| (v.pairing.clone(), v.code.clone()))
            .collect()
    };
    assert_eq!(codes(&live), codes(&there));
    assert_eq!(codes(&live).len(), 3);
    assert_eq!(live.missing_evidence, there.missing_evidence);
    let pairings = |record: &reverse_mentoring::health::HealthRecord| -> Vec<_> {
        let all = record.pairings.as_ref().unwrap().iter();
        all.map(|p| {
            (
                p.pairing.clone(),
                p.status,
                p.held,
                p.last_held,
                p.longest_gap_days,
            )
        })
        .collect()
    };
    assert_eq!(pairings(&live), pairings(&there));
    let below = pairings(&live)
        .into_iter()
        .find(|p| p.0 == "below")
        .unwrap();
    assert_eq!(below.1, PairingStatus::Suspended);
    let mut pairings = live.pairings.iter().flatten();
    let below = pairings.find(|p| p.pairing == "below");
    assert_eq!(below.unwrap().reasons, ["reorganised", "core-invariant"]);
    // The words name nobody.
    let words: Vec<_> = live.violations.iter().map(|v| v.message.as_str()).collect();
    assert_eq!(
        words,
        [
            "one of the two is above the other",
            "one of the two has more pairings than places",
            "the mentor is not the less experienced",
        ]
    );
}

#[test]
fn those_beyond_the_places_are_the_latest() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("cleo", "cfo")], 1);
    let log = |key, pair, started| logged(&roster, key, pair, started);
    let logs = [
        log("a", ("cleo", "cto"), 5),
        log("b", ("ben", "cto"), -5),
        log("c", ("ada", "cto"), 0),
        log("d", ("ben", "cfo"), -30),
    ];
    let adoption = kept.adopt(&logs, &roster, 10);
    let beyond: Vec<_> = ["a", "b", "c", "d"]
        .into_iter()
        .filter(|key| {
            let standing = kept.standing(&adoption, key, 10).unwrap();
            standing.breaches == [Breach::Places]
        })
        .collect();
    // The cto has two places, and `a` began last; cleo and the cfo have one, which a pairing of this programme takes.
    assert_eq!(beyond, ["a", "d"]);
}

/// What begins on the day of the adoption, with a session on that day, is taken over; and it may end on that day, too.
#[test]
fn a_first_day_counts() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let mut log = logged(&roster, "today", ("ada", "cto"), 10);
    log.sessions = logged_sessions(&[(10, held())]);
    let adoption = kept.adopt(&[log], &roster, 10);
    assert_eq!(adoption.left_out, []);
    let facts = kept.program.history().pairing(id_of(&adoption, "today"));
    assert_eq!(facts.unwrap().sessions.len(), 1);
    let ended = decide(&mut kept, &adoption, "today", end(EndReason::Exit), 10);
    assert_eq!(ended, "");
    kept.agrees(&roster, 10);
}
