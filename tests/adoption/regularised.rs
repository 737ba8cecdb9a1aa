//! Adopted pairings that become pairings like any other.

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::EligiblePair;
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::pairing::{
    Agreement, Consent, Decision, EndReason, Phase, Stage, Step, TwoWayGoals,
};
use reverse_mentoring::session::{PlannedSession, Session};

use super::*;

/// What a refusal says; nothing where it is regularised, to meet weekly.
fn regularise(kept: &mut Kept, id: PairingId, proof: &EligiblePair, on: i64) -> String {
    let done = kept.regularise_by(id, proof, Cadence::WEEKLY, on);
    done.err()
        .map_or_else(String::new, |refused| said(&refused))
}

#[test]
fn with_proof_goals_and_agreement_it_is_one_like_any_other() {
    let (mut kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "sound");
    // The cto has more pairings than places, until one of them ends.
    let verdict = kept.asked_beside(&roster, id, ("ada", "cto"), 12);
    assert_eq!(verdict.violations()[0].code(), "places");
    let exit = Decision::End {
        reason: EndReason::Exit,
    };
    let entry = kept
        .program
        .decide(id_of(&adoption, "third"), exit, coordinator(), at(12));
    kept.journal.push(entry.unwrap());
    let proof = kept
        .asked_beside(&roster, id, ("ada", "cto"), 12)
        .eligible()
        .unwrap();
    assert_eq!(regularise(&mut kept, id, &proof, 50), "");

    let pairing = kept.program.pairing(id).unwrap();
    let signed = Consent::Nobody;
    assert_eq!(
        pairing.stage(),
        Stage::Open {
            now: Phase::Preparing { signed }
        }
    );
    assert!(pairing.is_adopted());
    assert_eq!((pairing.began_on(), pairing.held()), (Some(day(-100)), 2));
    assert_eq!(pairing.agreement().cadence(), Cadence::WEEKLY);
    assert_eq!(kept.standing(&adoption, "sound", 50), None);
    let facts = kept.program.history().pairing(id).unwrap();
    assert!(facts.findings.is_empty() && facts.missing.is_empty());
    assert_eq!((facts.started, facts.sessions.len()), (Some(day(-100)), 3));
    // The goals are those of the proof from the day itself on, and begin anew.
    let now = [49, 50, 51].map(|on| facts.goals_on(day(on)) == &facts.goals);
    assert_eq!(now, [false, true, true]);
    let budget = facts
        .goals
        .side(Role::Mentor)
        .find(|g| g.skill.as_str() == "budget")
        .unwrap();
    assert_eq!((budget.to.as_u8(), budget.by), (4, Some(day(300))));
    assert_eq!(budget.found().count(), 0);
    kept.agrees(&roster, 50);

    // What one lacked it has now.
    let second = id_of(&adoption, "second");
    let missing = |kept: &Kept| {
        kept.program
            .history()
            .pairing(second)
            .unwrap()
            .missing
            .len()
    };
    assert_eq!(missing(&kept), 1);
    let other = kept
        .asked_beside(&roster, second, ("ben", "cto"), 50)
        .eligible()
        .unwrap();
    assert_eq!(regularise(&mut kept, second, &other, 50), "");
    assert_eq!(missing(&kept), 0);
    kept.agrees(&roster, 50);

    // Both sign; two sessions were held, so they may settle at once. They take no second pair of places.
    for by in [Role::Mentor, Role::Mentee] {
        let entry = kept.program.state(id, by, terms(), at(51)).unwrap();
        kept.journal.push(entry);
        kept.agrees(&roster, 51);
    }
    for step in [
        Step::Sign { by: Role::Mentor },
        Step::Sign { by: Role::Mentee },
        Step::Begin,
    ] {
        let entry = kept.program.advance(id, step, at(51)).unwrap();
        kept.journal.push(entry);
        kept.agrees(&roster, 51);
    }
    assert_eq!(
        kept.program.pairing(id).unwrap().began_on(),
        Some(day(-100))
    );
    assert!(kept.program.pairing(id).unwrap().chemistry_has_run(day(51)));
    assert_eq!(
        kept.program
            .context(day(51))
            .open(person_id(4), Role::Mentee),
        2
    );
    let again = regularise(&mut kept, id, &proof, 52);
    assert_eq!(
        again,
        format!("pairing {id} is no adopted pairing that waits for a decision")
    );
    // It ends like any other, and its record closes.
    let entry = kept.program.advance(id, END, at(53)).unwrap();
    kept.journal.push(entry);
    assert_eq!(
        kept.program
            .context(day(53))
            .open(person_id(4), Role::Mentee),
        1
    );
    kept.agrees(&roster, 53);
}

#[test]
fn one_that_is_held_up_is_regularised_when_the_link_is_gone() {
    let (mut kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "below");
    let verdict = kept.asked_beside(&roster, id, ("ben", "ops"), 12);
    assert_eq!(verdict.violations()[0].code(), "no-hierarchical-link");
    let apart = Company::base().reports("ben", "cfo").roster();
    kept.reorganise(&apart, 13);
    let proof = kept
        .asked_beside(&apart, id, ("ben", "ops"), 13)
        .eligible()
        .unwrap();
    assert_eq!(regularise(&mut kept, id, &proof, 14), "");
    let holds = &kept.program.history().pairing(id).unwrap().holds;
    let holds: Vec<_> = holds
        .iter()
        .map(|h| (h.suspended, h.from, h.until))
        .collect();
    // From then on they do not meet until they begin.
    let linked = (true, day(10), Some(day(14)));
    assert_eq!(holds, [linked, (false, day(14), None)]);
    assert!(kept.program.pairing(id).unwrap().link_gone());
    kept.agrees(&apart, 14);
    // From here on a reorganisation suspends it as any other.
    kept.reorganise(&roster, 15);
    assert_eq!(kept.program.stage(id).unwrap().as_str(), "suspended");
    kept.agrees(&roster, 15);
}

/// `sound` with a session on day 18 and another planned for day 30, and a proof that the two may be paired.
fn ready() -> (Kept, PairingId, Roster, EligiblePair) {
    let (mut kept, adoption, roster) = adopted();
    let id = id_of(&adoption, "sound");
    let exit = Decision::End {
        reason: EndReason::Exit,
    };
    let third = id_of(&adoption, "third");
    let ended = kept.program.decide(third, exit, coordinator(), at(12));
    kept.journal.push(ended.unwrap());
    let met = Session::new(session_id(8), id, day(18), held());
    kept.journal
        .push(kept.program.record(&met, at(18)).unwrap());
    let planned = PlannedSession::new(session_id(9), id, day(30));
    let planned = kept.program.plan_session(&planned, at(18)).unwrap();
    kept.journal.push(planned);
    let proof = kept.asked_beside(&roster, id, ("ada", "cto"), 18);
    (kept, id, roster, proof.eligible().unwrap())
}

fn step(kept: &mut Kept, id: PairingId, step: Step, on: i64) {
    let entry = kept.program.advance(id, step, at(on));
    kept.journal.push(entry.unwrap());
}

fn sign(kept: &mut Kept, id: PairingId, on: i64) {
    for by in [Role::Mentor, Role::Mentee] {
        let entry = kept.program.state(id, by, terms(), at(on)).unwrap();
        kept.journal.push(entry);
    }
    for by in [Role::Mentor, Role::Mentee] {
        step(kept, id, Step::Sign { by }, on);
    }
}

fn holds(kept: &Kept, id: PairingId) -> Vec<(bool, i64, Option<i64>)> {
    let days = |on: chrono::NaiveDate| (on - day(0)).num_days();
    let facts = kept.program.history().pairing(id).unwrap();
    let holds = facts.holds.iter();
    holds
        .map(|h| (h.suspended, days(h.from), h.until.map(days)))
        .collect()
}

fn met(kept: &Kept, id: PairingId, n: u32, date: i64, on: i64) -> String {
    let session = Session::new(session_id(n), id, day(date), held());
    let refused = kept.program.clone().record(&session, at(on));
    refused.map_or_else(|refused| said(&refused), |_| String::new())
}

#[test]
fn from_regularising_until_they_begin_nothing_is_due_and_nothing_counts() {
    let (mut kept, id, roster, proof) = ready();
    // Not before what is on record.
    let mut early = kept.clone();
    let last = Session::new(session_id(7), id, day(19), held());
    early.program.record(&last, at(19)).unwrap();
    let (goals, agreement) = (
        TwoWayGoals::draft(&proof, day(300)),
        Agreement::standard(Cadence::WEEKLY),
    );
    let stamp = support::late(18, 19);
    let refused = early
        .program
        .regularise(id, &proof, goals, agreement, coordinator(), stamp);
    assert_eq!(
        said(&refused.unwrap_err()),
        format!(
            "{} is before a session on record, that of {}: correct or void it first",
            day(18),
            day(19)
        )
    );
    assert_eq!(regularise(&mut kept, id, &proof, 20), "");
    assert_eq!(holds(&kept, id), [(false, 20, None)]);
    // What was planned falls away as with a pause.
    assert!(kept.program.planned(id, day(20)).is_empty());
    let unsigned = format!(
        "it was regularised on {}: both sign, and they begin, before they meet again",
        day(20)
    );
    assert_eq!(met(&kept, id, 1, 29, 35), unsigned);
    assert_eq!(met(&kept, id, 1, 20, 35), "");
    let status = |kept: &Kept, on: i64| {
        let history = kept.program.history();
        let health = ProgramHealth::assess(history, &Metrics::none(), day(on)).unwrap();
        let found = health.pairings.iter().find(|p| p.pairing == id).unwrap();
        found.status.as_str()
    };
    assert_eq!([21, 45, 100].map(|on| status(&kept, on)), ["paused"; 3]);
    kept.agrees(&roster, 45);

    // A line of management comes between, and goes: they still have to sign.
    let mut linked = kept.clone();
    linked.reorganise(&Company::base().reports("ada", "cto").roster(), 40);
    assert_eq!(linked.program.stage(id).unwrap().as_str(), "suspended");
    linked.reorganise(&roster, 42);
    for by in [Role::Mentor, Role::Mentee] {
        step(&mut linked, id, Step::Reinstate { by }, 44);
        linked.agrees(&roster, 44);
    }
    assert_eq!(linked.program.stage(id).unwrap().as_str(), "preparing");
    let both = [
        (false, 20, Some(40)),
        (true, 40, Some(44)),
        (false, 44, None),
    ];
    assert_eq!(holds(&linked, id), both);
    assert_eq!(met(&linked, id, 1, 45, 45), unsigned);

    // They part without having begun: what they did in between is no session.
    let mut parted = kept.clone();
    step(&mut parted, id, END, 46);
    let between = format!("the pairing was held up on {}", day(29));
    assert_eq!(met(&parted, id, 1, 29, 47), between);
    parted.agrees(&roster, 47);

    sign(&mut kept, id, 46);
    step(&mut kept, id, Step::Begin, 46);
    assert_eq!(holds(&kept, id), [(false, 20, Some(46))]);
    assert_eq!(met(&kept, id, 1, 29, 47), between);
    assert_eq!(met(&kept, id, 1, 46, 47), "");
    assert_eq!(status(&kept, 47), "too_early");
    kept.agrees(&roster, 47);
}

/// What a coordinator decides later does not change how a programme went: neither the breach that was there then, nor what
/// could not be shown.
#[test]
fn readings_of_a_day_are_those_of_that_day_for_good() {
    let (mut kept, adoption, _) = adopted();
    let read = |kept: &Kept, on: i64| {
        let history = kept.program.history();
        ProgramHealth::assess(history, &Metrics::standard(), day(on)).unwrap()
    };
    let [below, second] = ["below", "second"].map(|key| id_of(&adoption, key));
    let then = read(&kept, 12);
    let broken = |health: &ProgramHealth| {
        let broken = health.violations.iter().map(|(id, _)| *id);
        broken.filter(|id| *id == below).count()
    };
    let lacks = |health: &ProgramHealth| {
        let lacks = health.missing_evidence.iter().map(|(id, _)| *id);
        lacks.filter(|id| *id == second).count()
    };
    assert_eq!((broken(&then), lacks(&then)), (1, 1));
    let apart = Company::base().reports("ben", "cfo").roster();
    kept.reorganise(&apart, 13);
    let go_on = kept
        .program
        .decide(below, Decision::GoOn, coordinator(), at(14));
    kept.journal.push(go_on.unwrap());
    let exit = Decision::End {
        reason: EndReason::Exit,
    };
    let third = id_of(&adoption, "third");
    let ended = kept.program.decide(third, exit, coordinator(), at(14));
    kept.journal.push(ended.unwrap());
    let proof = kept.asked_beside(&apart, second, ("ben", "cto"), 15);
    let proof = proof.eligible().unwrap();
    assert_eq!(regularise(&mut kept, second, &proof, 15), "");
    assert_eq!(read(&kept, 12), then);
    assert_eq!((broken(&read(&kept, 13)), lacks(&read(&kept, 14))), (1, 1));
    let now = read(&kept, 15);
    assert_eq!((broken(&now), lacks(&now)), (0, 0));
}

#[test]
fn a_pause_outlasts_regularising() {
    let (mut kept, id, roster, proof) = ready();
    step(&mut kept, id, Step::Pause, 19);
    assert_eq!(regularise(&mut kept, id, &proof, 20), "");
    let stage = kept.program.stage(id).unwrap();
    assert_eq!(stage.as_str(), "paused");
    let by = Role::Mentor;
    let refused = kept.program.advance(id, Step::Sign { by }, at(21));
    let refused = refused.unwrap_err().to_string();
    assert!(refused.starts_with("a pairing that is `paused` cannot `sign`"));
    kept.agrees(&roster, 21);
    // A line of management overtakes it, and they sign when that is gone: the pause is over when they begin.
    let mut linked = kept.clone();
    linked.reorganise(&Company::base().reports("ada", "cto").roster(), 25);
    linked.reorganise(&roster, 28);
    for by in [Role::Mentor, Role::Mentee] {
        step(&mut linked, id, Step::Reinstate { by }, 30);
    }
    sign(&mut linked, id, 31);
    step(&mut linked, id, Step::Begin, 40);
    let facts = linked.program.history().pairing(id).unwrap();
    let pauses: Vec<_> = facts.pauses().collect();
    assert_eq!(pauses, [(day(19), Some(day(40)))]);
    // Whoever says when, also after the deadline: it has become a pairing like any other.
    step(&mut kept, id, Step::Resume, 50);
    assert_eq!(kept.program.stage(id).unwrap().as_str(), "preparing");
    assert_eq!(holds(&kept, id), [(false, 19, Some(50)), (false, 50, None)]);
    kept.agrees(&roster, 50);
    sign(&mut kept, id, 52);
    step(&mut kept, id, Step::Begin, 52);
    let between = format!("the pairing was held up on {}", day(51));
    assert_eq!(met(&kept, id, 1, 51, 53), between);
    assert_eq!(met(&kept, id, 1, 53, 53), "");
    kept.agrees(&roster, 53);
}

#[test]
fn refusals_in_words() {
    let (mut kept, adoption, roster) = adopted();
    let sound = id_of(&adoption, "sound");
    let before = kept.program.clone();
    let places = |n| {
        format!(
            "participant {} has 2 places as mentee, and {n} pairings would be open",
            person_id(4)
        )
    };
    // A proof that was asked without the programme's context does not free a place.
    assert_eq!(
        regularise(&mut kept, sound, &proof(&roster, "ada", "cto"), 12),
        places(3)
    );
    assert_eq!(
        regularise(&mut kept, sound, &proof(&roster, "ben", "cto"), 12),
        format!("pairing {sound} is one of other people; {}", places(3))
    );
    let other = Company::base().grade("ada", 1).roster();
    assert_eq!(
        regularise(&mut kept, sound, &proof(&other, "ada", "cto"), 12),
        format!(
            "eligibility was asked of another roster than the programme's: ask again; {}",
            places(3)
        )
    );
    let early = regularise(
        &mut kept,
        id_of(&adoption, "below"),
        &proof(&roster, "ben", "cto"),
        9,
    );
    assert!(
        early.contains("the time of recording runs backwards"),
        "{early}"
    );
    assert!(
        early.contains(&format!(
            "{} is before the latest step of the pairing on {}",
            day(9),
            day(10)
        )),
        "{early}"
    );
    assert_eq!(
        regularise(&mut kept, pairing_id(1), &proof(&roster, "cleo", "cfo"), 12),
        format!(
            "pairing {} is no adopted pairing that waits for a decision",
            pairing_id(1)
        )
    );
    assert!(kept.program.context_beside(pairing_id(1), day(12)).is_err());
    assert_eq!(kept.program, before);
}

#[test]
fn whoever_is_not_enrolled_goes_on_and_cannot_be_regularised() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let logs = [logged(&roster, "a", ("ada", "cto"), -10)];
    let adoption = kept.adopt(&logs, &roster, 10);
    assert_eq!(kept.program.adoptions(day(10)).count(), 1);
    let id = id_of(&adoption, "a");
    let proof = proof(&roster, "ada", "cto");
    let refused = regularise(&mut kept, id, &proof, 11);
    assert!(refused.contains("cohort"), "{refused}");
    kept.agrees(&roster, 11);
}

#[test]
fn an_offer_before_they_sign_is_on_record() {
    let (mut kept, adoption, roster) = adopted();
    let exit = Decision::End {
        reason: EndReason::Exit,
    };
    let third = id_of(&adoption, "third");
    let entry = kept.program.decide(third, exit, coordinator(), at(12));
    kept.journal.push(entry.unwrap());
    let id = id_of(&adoption, "sound");
    let proof = kept.asked_beside(&roster, id, ("ada", "cto"), 12);
    assert_eq!(
        regularise(&mut kept, id, &proof.eligible().unwrap(), 20),
        ""
    );
    // It has begun elsewhere, and still nobody has to have said what they bring in.
    let other = Agreement::standard(Cadence::MONTHLY);
    let entry = kept.program.offer(id, Role::Mentor, other, at(21));
    kept.journal.push(entry.unwrap());
    kept.agrees(&roster, 21);
    let entry = kept.program.answer(id, Role::Mentee, true, at(22));
    kept.journal.push(entry.unwrap());
    kept.agrees(&roster, 22);
}
