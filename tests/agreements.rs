//! What two people agree on, from the introduction to the end, worked out by hand and word for word.

mod support;

use reverse_mentoring::cadence::{Cadence, Calendar};
use reverse_mentoring::charter::Milestone;
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::Ending;
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pairing::{
    Agreement, Area, Consent, EndReason, NoTerms, Phase, Preference, Stage, Step, Terms,
    TwoWayGoals,
};
use reverse_mentoring::program::{Program, Refused, USUAL_DAYS};
use support::*;

/// ada and the cto, who have accepted on day 1.
fn accepted() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    for by in [Mentor, Mentee] {
        kept.step(1, Step::Accept { by }, 1);
    }
    kept
}

/// The same under way since day 10, settled on day 70.
fn active() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 10);
    kept.step(1, Step::Settle, 70);
    kept
}

fn agreement(kept: &Kept) -> Agreement {
    kept.program
        .pairing(pairing_id(1))
        .unwrap()
        .agreement()
        .clone()
}

fn offer(
    kept: &mut Kept,
    by: reverse_mentoring::pair::Role,
    agreement: Agreement,
    on: i64,
) -> Result<(), Refused> {
    let entry = kept.program.offer(pairing_id(1), by, agreement, at(on))?;
    kept.journal.push(entry);
    Ok(())
}

fn answer(
    kept: &mut Kept,
    by: reverse_mentoring::pair::Role,
    accepted: bool,
    on: i64,
) -> Result<(), Refused> {
    let entry = kept.program.answer(pairing_id(1), by, accepted, at(on))?;
    kept.journal.push(entry);
    Ok(())
}

fn stage(kept: &Kept) -> Stage {
    kept.program.stage(pairing_id(1)).unwrap()
}

#[test]
fn they_introduce_themselves_once_and_before_they_begin() {
    let mut kept = accepted();
    let introduce =
        |kept: &mut Kept, on| kept.program.advance(pairing_id(1), Step::Introduce, at(on));
    introduce(&mut kept, 2).unwrap();
    assert_eq!(
        stage(&kept),
        Stage::Open {
            now: Phase::Accepted
        }
    );
    assert_eq!(
        words(introduce(&mut kept, 3)),
        ["they introduced themselves on 2026-01-03"]
    );
    kept.step(1, Step::Prepare, 3);
    assert_eq!(
        words(introduce(&mut kept, 4)),
        ["they introduced themselves on 2026-01-03"]
    );
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    assert_eq!((facts.introduced, facts.started), (Some(day(2)), None));
    assert_eq!(facts.sessions.len(), 0); // it counts for nothing else

    let mut kept = active();
    assert_eq!(
        words(introduce(&mut kept, 71)),
        ["a pairing that is `active` cannot `introduce`; possible: `pause`, `complete`, `end`"]
    );
}

#[test]
fn nobody_signs_before_both_have_said_what_they_bring_in() {
    let mut kept = accepted();
    let state =
        |kept: &mut Kept, by, terms, on| kept.program.state(pairing_id(1), by, terms, at(on));
    let sign = |kept: &mut Kept, by, on| {
        kept.program
            .advance(pairing_id(1), Step::Sign { by }, at(on))
    };
    let direct = Terms::new([Preference::Direct, Preference::Chat], [Area::Skills]).unwrap();
    state(&mut kept, Mentee, direct.clone(), 2).unwrap(); // from the acceptance on
    kept.step(1, Step::Prepare, 3);
    assert_eq!(
        words(sign(&mut kept, Mentee, 4)),
        ["the mentor has not said what they bring into the agreement"]
    );
    state(&mut kept, Mentor, terms(), 4).unwrap();
    assert_eq!(agreement(&kept).terms(Mentee), Some(&direct));
    assert_eq!(agreement(&kept).terms(Mentor), Some(&terms()));
    sign(&mut kept, Mentee, 5).unwrap();
    sign(&mut kept, Mentor, 5).unwrap();
    assert_eq!(
        stage(&kept),
        Stage::Open {
            now: Phase::Preparing {
                signed: Consent::Both
            }
        }
    );
    // Another text: both sign again.
    assert_eq!(
        words(
            kept.program
                .state(pairing_id(1), Mentee, terms(), late(4, 5))
        ),
        ["2026-01-05 is before the latest step of the pairing on 2026-01-06"]
    );
    state(&mut kept, Mentee, terms(), 6).unwrap();
    assert_eq!(
        stage(&kept),
        Stage::Open {
            now: Phase::Preparing {
                signed: Consent::Nobody
            }
        }
    );
    assert_eq!(
        words(kept.program.advance(pairing_id(1), Step::Begin, at(6))),
        ["a pairing that is `preparing` cannot `begin`; possible: `introduce`, `sign`, `end`"]
    );
    sign(&mut kept, Mentee, 6).unwrap();
    sign(&mut kept, Mentor, 6).unwrap();
    kept.program
        .advance(pairing_id(1), Step::Begin, at(7))
        .unwrap();
    assert_eq!(
        words(state(&mut kept, Mentor, terms(), 8)),
        ["a pairing that is `chemistry` cannot say what they bring into the agreement"]
    );
    assert_eq!(
        words(kept.program.state(pairing_id(9), Mentor, terms(), at(8))),
        [format!("there is no pairing {}", pairing_id(9))]
    );

    assert_eq!(Terms::new([Preference::Mail], []), Err(NoTerms::Curiosity));
    assert_eq!(
        NoTerms::Curiosity.to_string(),
        "no area of curiosity is named"
    );
}

#[test]
fn an_amendment_needs_both() {
    let mut kept = active();
    let old = agreement(&kept);
    let weekly = old.clone().with_cadence(Cadence::WEEKLY);
    offer(&mut kept, Mentor, weekly.clone(), 80).unwrap();
    assert_eq!(kept.program.offered(pairing_id(1)), Some((Mentor, &weekly)));
    assert_eq!(agreement(&kept), old); // nothing holds that one of the two wants
    assert_eq!(
        words(offer(&mut kept, Mentee, weekly.clone(), 81)),
        ["the mentor has offered another agreement: answer that first"]
    );
    assert_eq!(
        words(answer(&mut kept, Mentor, true, 81)),
        ["the mentor cannot accept their own offer"]
    );
    answer(&mut kept, Mentee, false, 81).unwrap();
    assert_eq!(kept.program.offered(pairing_id(1)), None);
    assert_eq!(
        words(answer(&mut kept, Mentee, true, 81)),
        ["no other agreement is on the table"]
    );
    offer(&mut kept, Mentor, weekly.clone(), 82).unwrap();
    answer(&mut kept, Mentor, false, 82).unwrap(); // taken back
    offer(&mut kept, Mentee, weekly.clone(), 83).unwrap();
    answer(&mut kept, Mentor, true, 90).unwrap();
    let pairing = kept.program.pairing(pairing_id(1)).unwrap();
    assert_eq!((pairing.agreement(), pairing.version()), (&weekly, 2));
    assert_eq!(stage(&kept), Stage::Open { now: Phase::Active }); // it goes on

    // What is due follows the version that holds on the day: monthly up to day 89, weekly from day 90.
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    assert_eq!(
        [1, 89, 90].map(|on| facts.cadence(day(on))),
        [Cadence::MONTHLY, Cadence::MONTHLY, Cadence::WEEKLY]
    );
    let missed = |on| facts.standing(&Calendar::OPEN, day(on)).unwrap().missed;
    // Nobody has met since day 10: by the month two slots and their grace are past, by the week eleven.
    assert_eq!((missed(89), missed(90)), (2, 11));
    assert_eq!(
        words(offer(&mut kept, Mentee, weekly.clone(), 91)),
        ["the agreement offered is the one that holds"]
    );
    let mute = Agreement::standard(Cadence::MONTHLY);
    assert_eq!(
        words(offer(&mut kept, Mentee, mute, 91)),
        [
            "the mentor has not said what they bring into the agreement",
            "the mentee has not said what they bring into the agreement"
        ]
    );
    assert_eq!(Program::replay(&kept.journal).unwrap(), kept.program);
}

#[test]
fn before_they_begin_another_version_is_signed_anew() {
    let mut kept = accepted();
    kept.step(1, Step::Prepare, 2);
    // Nobody has said what they bring in, and a version may be offered all the same.
    let later = agreement(&kept).until(day(100));
    offer(&mut kept, Mentor, later.clone(), 2).unwrap();
    assert_eq!(
        words(kept.program.state(pairing_id(1), Mentee, terms(), at(2))),
        ["the mentor has offered another agreement: answer that first"]
    );
    for step in [Step::Sign { by: Mentor }, Step::Begin] {
        let refused = kept.program.advance(pairing_id(1), step, at(3));
        let pending = "the mentor has offered another agreement: answer that first".to_owned();
        assert_eq!(words(refused).contains(&pending), step != Step::Begin);
    }
    answer(&mut kept, Mentee, true, 3).unwrap();
    kept.state(1, 3);
    kept.step(1, Step::Sign { by: Mentor }, 3);
    let again = agreement(&kept).until(day(120));
    offer(&mut kept, Mentor, again, 4).unwrap();
    assert_eq!(
        stage(&kept),
        Stage::Open {
            now: Phase::Preparing {
                signed: Consent::Mentor
            }
        }
    );
    answer(&mut kept, Mentee, true, 4).unwrap();
    assert_eq!(
        stage(&kept),
        Stage::Open {
            now: Phase::Preparing {
                signed: Consent::Nobody
            }
        }
    );
    assert_eq!(kept.program.pairing(pairing_id(1)).unwrap().version(), 3);
}

#[test]
fn the_planned_end_and_how_a_pairing_ends() {
    assert_eq!(USUAL_DAYS, 180);
    let mut kept = active();
    assert_eq!(agreement(&kept).planned_end(), Some(day(181)));
    let longer = |kept: &Kept, on| agreement(kept).until(day(on));
    for (end, words_for) in [
        (
            80,
            "a planned end on 2026-03-22 is not after 2026-03-22 and within the charter, which ends on 2036-01-02",
        ),
        (
            3654,
            "a planned end on 2036-01-03 is not after 2026-03-22 and within the charter, which ends on 2036-01-02",
        ),
    ] {
        let longer = longer(&kept, end);
        assert_eq!(words(offer(&mut kept, Mentor, longer, 80)), [words_for]);
    }
    // The last day of the charter is within it.
    let (mut other, last) = (active(), longer(&kept, 3653));
    assert!(offer(&mut other, Mentor, last, 80).is_ok());
    // An offer that waits until its end is past is not accepted any more.
    let short = longer(&kept, 85);
    offer(&mut kept, Mentor, short, 80).unwrap();
    assert_eq!(
        words(answer(&mut kept, Mentee, true, 85)),
        [
            "a planned end on 2026-03-27 is not after 2026-03-27 and within the charter, which ends on 2036-01-02"
        ]
    );
    answer(&mut kept, Mentee, false, 85).unwrap();
    // An extension, by both.
    let extended = longer(&kept, 240);
    offer(&mut kept, Mentee, extended, 86).unwrap();
    answer(&mut kept, Mentor, true, 87).unwrap();

    let ending = |kept: &Kept| {
        let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
        facts
            .ended
            .map(|(_, ending)| (ending, ending.as_str(), ending.is_completed()))
    };
    let completed = |on| {
        let mut kept = kept.clone();
        kept.step(1, Step::Complete, on);
        ending(&kept).unwrap()
    };
    assert_eq!(completed(239), (Ending::Early, "completed_early", true));
    assert_eq!(completed(240), (Ending::OnTime, "completed_on_time", true));
    assert_eq!(completed(300), (Ending::OnTime, "completed_on_time", true));
    // Before the extension it would have been on time.
    let mut before = active();
    before.step(1, Step::Complete, 181);
    assert_eq!(ending(&before).unwrap().0, Ending::OnTime);

    let end = |reason| {
        let mut kept = kept.clone();
        kept.step(1, Step::End { reason }, 100);
        ending(&kept).unwrap()
    };
    assert_eq!(
        end(EndReason::Exit),
        (Ending::Ended(EndReason::Exit), "exit", false)
    );
    assert_eq!(end(EndReason::ProgramClosed).1, "program_closed");
    let mut left = kept.clone();
    left.program.withdraw(person_id(1), at(100)).unwrap();
    assert_eq!(ending(&left).unwrap().1, "left");
    let mut closed = kept.clone();
    closed
        .program
        .reach(cohort_id(1), Milestone::Midpoint, at(100))
        .unwrap();
    closed
        .program
        .reach(cohort_id(1), Milestone::Close, at(100))
        .unwrap();
    assert_eq!(ending(&closed).unwrap().1, "program_closed");
    let mut linked = kept.clone();
    linked.reorganise(&Company::base().reports("ada", "cto").roster(), 100);
    linked.step(
        1,
        Step::End {
            reason: EndReason::Link,
        },
        101,
    );
    assert_eq!(ending(&linked).unwrap().1, "link");
    assert_eq!(Ending::Unknown.as_str(), "unknown");
}

#[test]
fn a_planned_end_comes_no_later_than_the_close_of_the_cohort() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    kept.program
        .enrol(cohort_id(1), everybody(&roster), at(0))
        .unwrap();
    let days = reverse_mentoring::charter::CohortDays::between(day(0), day(100)).unwrap();
    let cohort = reverse_mentoring::charter::Cohort::new(cohort_id(1), days);
    kept.program.launch(charter(), cohort, at(0)).unwrap();
    kept.propose(&roster, &[("ada", "cto")], 1);
    assert_eq!(agreement(&kept).planned_end(), Some(day(100)));
    // Proposed when it should have closed: no end is planned. By hand, one that is past is refused.
    kept.propose(&roster, &[("ben", "cfo")], 100);
    assert_eq!(
        kept.program
            .pairing(pairing_id(2))
            .unwrap()
            .agreement()
            .planned_end(),
        None
    );
    let proof = proof(&roster, "cleo", "cto");
    let past = Agreement::standard(Cadence::MONTHLY).until(day(101));
    let goals = TwoWayGoals::draft(&proof, day(400));
    assert_eq!(
        words(
            kept.program
                .propose(pairing_id(3), &proof, goals, past, coordinator(), at(101))
        ),
        [
            "a planned end on 2026-04-12 is not after 2026-04-12 and within the charter, which ends on 2036-01-02"
        ]
    );
}

#[test]
fn a_suspended_pairing_agrees_on_nothing_and_returns_when_both_want_to() {
    let mut kept = active();
    let linked = Company::base().reports("ada", "cto").roster();
    kept.reorganise(&linked, 80);
    let longer = agreement(&kept).until(day(300));
    assert_eq!(
        words(offer(&mut kept, Mentor, longer.clone(), 81)),
        ["a pairing that is `suspended` cannot change its agreement"]
    );
    kept.reorganise(&Company::base().roster(), 90);
    kept.step(1, Step::Reinstate { by: Mentee }, 91);
    let wants = |agreed| Stage::Suspended {
        before: Phase::Active,
        agreed,
    };
    assert_eq!(stage(&kept), wants(Consent::Mentee));
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    assert!(facts.held_up(day(91)).is_some()); // until the other wants to, too
    assert_eq!(
        words(
            kept.program
                .advance(pairing_id(1), Step::Reinstate { by: Mentee }, at(91))
        ),
        [
            "a pairing that is `suspended` cannot `reinstate` twice by the mentee; possible: `reinstate` by the mentor, `end`"
        ]
    );
    // Another reorganisation without a link leaves the wish; one with a link takes it back.
    kept.reorganise(&Company::base().places("cto", 3).roster(), 92);
    assert_eq!(stage(&kept), wants(Consent::Mentee));
    kept.reorganise(&linked, 93);
    assert_eq!(stage(&kept), wants(Consent::Nobody));
    kept.reorganise(&Company::base().roster(), 94);
    kept.reinstate(1, 95);
    assert_eq!(stage(&kept), Stage::Open { now: Phase::Active });
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    let holds: Vec<_> = facts.holds.iter().map(|h| (h.from, h.until)).collect();
    assert_eq!(holds, [(day(80), Some(day(95)))]);
    assert_eq!(Program::replay(&kept.journal).unwrap(), kept.program);
}

#[test]
fn an_offer_falls_away_with_the_end_and_health_counts_by_the_version_that_held() {
    let mut kept = active();
    let weekly = agreement(&kept).with_cadence(Cadence::WEEKLY);
    offer(&mut kept, Mentor, weekly, 80).unwrap();
    kept.step(1, END, 90);
    assert_eq!(kept.program.offered(pairing_id(1)), None);
    assert_eq!(
        words(answer(&mut kept, Mentee, true, 91)),
        ["a pairing that is `ended` cannot change its agreement"]
    );

    // One session on day 20 and one on day 45: in time by the month; the second is late by the week from day 30 on.
    let adherence = |amended: bool| {
        let roster = Company::base().roster();
        let mut kept = Kept::open(&roster);
        kept.propose(&roster, &[("ada", "cto")], 1);
        kept.begin(1, 10);
        kept.record(&session(1, 1, 20, held()), at(20));
        if amended {
            let weekly = agreement(&kept).with_cadence(Cadence::WEEKLY);
            offer(&mut kept, Mentor, weekly, 30).unwrap();
            answer(&mut kept, Mentee, true, 30).unwrap();
        }
        kept.record(&session(2, 1, 45, held()), at(45));
        let health = ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(45));
        let health = health.unwrap();
        let ratio = health.reading("cadence_adherence").unwrap();
        (ratio.part(), ratio.whole())
    };
    assert_eq!((adherence(false), adherence(true)), ((2, 2), (1, 2)));
}
