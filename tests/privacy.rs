//! Who reads what: exchanges and ballots over every sequence of answers, the notebook reader by reader, and a concern that
//! nobody can tell from a pause.

mod support;

use std::fs;
use std::path::Path;

use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::ids::{ContactId, PairingId, SequentialIds};
use reverse_mentoring::matching::{self, Criteria, Optimal};
use reverse_mentoring::notebook::{
    Kind, Notebook, NotebookError, NotebookProblem, ReferenceError, SealedRecord,
};
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::Step;
use reverse_mentoring::privacy::{
    AnswerError, Ballot, Concern, Confidential, Contact, Exchange, Member, Threshold,
};
use reverse_mentoring::roster::{
    Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Skill, Wish,
};
use reverse_mentoring::text::Key;
use support::*;

/// Ada and the CTO are pairing 1, Ben and the CFO pairing 2, both proposed.
fn two_pairings() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept
}

/// The mentor and the mentee of pairing 1, and somebody of pairing 2 in each role.
fn members(kept: &Kept) -> [Member; 4] {
    [(1, 1), (1, 4), (2, 2), (2, 5)].map(|(pairing, person)| {
        let member = kept.program.member(pairing_id(pairing), person_id(person));
        member.unwrap()
    })
}

fn contact(n: u32) -> ContactId {
    format!("00000006-0000-8000-8000-{n:012x}").parse().unwrap()
}

/// All sequences of so many of the numbers below `of`, of every length up to that.
fn sequences(of: usize, longest: u32) -> impl Iterator<Item = Vec<usize>> {
    (0..=longest).flat_map(move |length| {
        (0..of.pow(length)).map(move |mut n| {
            let digit = |_| {
                let digit = n % of;
                n /= of;
                digit
            };
            (0..length).map(digit).collect()
        })
    })
}

#[test]
fn an_exchange_reveals_when_both_have_answered_and_not_before() {
    let kept = two_pairings();
    let [mentor, mentee, stranger, other] = members(&kept);
    let (mut revealed, mut asked) = (0, 0);
    // Who answers what: the mentor, the mentee or a stranger, 7 or 8.
    for sequence in sequences(6, 5) {
        let mut exchange = Exchange::of(pairing_id(1));
        // The judge: what each has said, and nothing else.
        let (mut of_mentor, mut of_mentee): (Option<u8>, Option<u8>) = (None, None);
        for symbol in sequence {
            let answer = 7 + (symbol % 2) as u8;
            let both = of_mentor.is_some() && of_mentee.is_some();
            let expected = match symbol / 2 {
                2 => Err(AnswerError::Stranger),
                _ if both => Err(AnswerError::Revealed),
                0 => {
                    of_mentor = Some(answer);
                    Ok(())
                }
                _ => {
                    of_mentee = Some(answer);
                    Ok(())
                }
            };
            let by = [&mentor, &mentee, &stranger][symbol / 2];
            assert_eq!(exchange.answer(by, answer), expected);
            asked += 1;
        }
        let both = of_mentor.is_some() && of_mentee.is_some();
        let seen = |by: &Member| (exchange.own(by).copied(), exchange.theirs(by).copied());
        let (for_mentor, for_mentee) = if both {
            ((of_mentor, of_mentee), (of_mentee, of_mentor))
        } else {
            ((of_mentor, None), (of_mentee, None))
        };
        assert_eq!(
            (seen(&mentor), seen(&mentee)),
            (for_mentor, for_mentee),
            "{of_mentor:?} {of_mentee:?}"
        );
        assert_eq!(
            (seen(&stranger), seen(&other)),
            ((None, None), (None, None))
        );
        assert_eq!(exchange.is_revealed(), both);
        assert_eq!(format!("{exchange:?}"), "Exchange(..)");
        revealed += u32::from(both);
    }
    assert!(revealed > 3000 && asked > 40_000, "{revealed} {asked}");
}

#[test]
fn a_ballot_tells_go_on_or_part_and_never_who() {
    let kept = two_pairings();
    let [mentor, mentee, stranger, _] = members(&kept);
    let mut parted = Vec::new();
    for sequence in sequences(6, 4) {
        let mut ballot = Ballot::of(pairing_id(1));
        let (mut of_mentor, mut of_mentee) = (None, None);
        for symbol in sequence {
            let go_on = symbol % 2 == 1;
            let by = [&mentor, &mentee, &stranger][symbol / 2];
            // Nothing public hangs on a single answer.
            if of_mentor.is_none() || of_mentee.is_none() {
                assert_eq!(ballot.decision(), None);
            }
            let said = match symbol / 2 {
                0 => &mut of_mentor,
                1 => &mut of_mentee,
                _ => &mut None,
            };
            if ballot.vote(by, go_on).is_ok() {
                *said = Some(go_on);
            }
        }
        assert_eq!(
            (ballot.own(&mentor), ballot.own(&mentee)),
            (of_mentor, of_mentee)
        );
        assert_eq!(ballot.own(&stranger), None);
        let both = of_mentor.zip(of_mentee);
        let decision = ballot.decision();
        let outcome = decision.map(|decision| (decision.pairing(), decision.goes_on()));
        assert_eq!(outcome, both.map(|(a, b)| (pairing_id(1), a && b)));
        // All that anybody but the voter can see of the three ways to part.
        if outcome.is_some_and(|(_, goes_on)| !goes_on) {
            parted.push((both, format!("{ballot:?} {decision:?}")));
        }
    }
    let (votes, shown) = &parted[0];
    assert!(parted.iter().all(|(_, other)| other == shown));
    assert!(parted.iter().any(|(other, _)| other != votes));
}

#[test]
fn messages() {
    assert_eq!(
        AnswerError::Stranger.to_string(),
        "the question is for the two of another pairing"
    );
    assert_eq!(
        AnswerError::Revealed.to_string(),
        "both have answered, and the answers stand"
    );
}

const KINDS: [Kind; 5] = [
    Kind::Note,
    Kind::Difficulty,
    Kind::Curiosity,
    Kind::Clause,
    Kind::Insight,
];

/// A notebook with something of everything in pairing 1, and a page in pairing 2.
fn full(kept: &Kept) -> Notebook {
    let [mentor, mentee, other, _] = members(kept);
    let mut book = Notebook::new();
    for kind in KINDS {
        book.write(
            &mentor,
            kind,
            None,
            day(3),
            format!("QX {kind:?} of the mentor"),
        );
        let session = Some(session_id(1));
        book.write(
            &mentee,
            kind,
            session,
            day(4),
            format!("QX {kind:?} of the mentee"),
        );
    }
    book.write(&other, Kind::Note, None, day(5), "QX elsewhere");
    for (session, by) in [(Some(1), &mentor), (Some(1), &mentee), (Some(2), &mentee)] {
        let words = format!("QX feedback of the {} on {session:?}", by.role());
        let session = session.map(session_id);
        book.give_feedback(by, session, words).unwrap();
    }
    book.give_feedback(&mentor, None, "QX feedback on the whole")
        .unwrap();
    book.vote(&mentor, true).unwrap();
    book.vote(&mentee, false).unwrap();
    book.vote(&other, true).unwrap();
    let mut ids = SequentialIds::new(9);
    let name = Skill::new("QX living with dyslexia").unwrap();
    book.refer(person_id(1), name, &mut ids).unwrap();
    book.file(Concern::about(
        pairing_id(1),
        contact(1),
        day(6),
        "QX concern",
    ));
    let signed = Concern::about(pairing_id(2), contact(2), day(7), "QX signed");
    book.file(signed.signed(person_id(3)));
    book
}

#[test]
fn pages_reader_by_reader() {
    let kept = two_pairings();
    let [mentor, mentee, other, fourth] = members(&kept);
    let book = full(&kept);
    let read = |by: &Member| -> Vec<(Kind, Role)> {
        book.pages(by)
            .map(|page| (page.kind, page.author))
            .collect()
    };
    let shared = KINDS.iter().filter(|kind| **kind != Kind::Insight);
    let shared: Vec<_> = shared
        .flat_map(|kind| [(*kind, Mentor), (*kind, Mentee)])
        .collect();
    let with_own = |role| [shared.clone(), vec![(Kind::Insight, role)]].concat();
    assert_eq!(read(&mentor), with_own(Mentor));
    assert_eq!(read(&mentee), with_own(Mentee));
    assert_eq!(read(&other), [(Kind::Note, Mentor)]);
    assert_eq!(read(&fourth), [(Kind::Note, Mentor)]);
    let first = book.pages(&mentor).next().unwrap();
    assert_eq!(
        (first.session, first.on, first.words),
        (None, day(3), "QX Note of the mentor")
    );
    let second = book.pages(&mentor).nth(1).unwrap();
    assert_eq!((second.session, second.on), (Some(session_id(1)), day(4)));
    assert_eq!(
        format!("{first:?}"),
        "Page { kind: Note, author: Mentor, session: None, on: 2026-01-04, .. }"
    );
}

#[test]
fn one_strikes_ones_own_pages_alone() {
    let kept = two_pairings();
    let [mentor, mentee, other, _] = members(&kept);
    let mut book = full(&kept);
    // Asked of own pages only, also of those that the other reads.
    let mut asked = Vec::new();
    let struck = book.strike(&mentor, |page| {
        asked.push(page.author);
        page.kind == Kind::Difficulty
    });
    assert_eq!((struck, asked), (1, vec![Mentor; 5]));
    assert_eq!(
        (book.pages(&mentor).count(), book.pages(&mentee).count()),
        (8, 8)
    );
    assert_eq!(book.strike(&mentee, |_| true), 5);
    let left: Vec<_> = book.pages(&mentor).map(|page| page.author).collect();
    assert_eq!(left, [Mentor; 4]);
    assert_eq!(book.pages(&mentee).count(), 3);
    assert_eq!(book.pages(&other).count(), 1);
}

#[test]
fn feedback_votes_and_concerns_reader_by_reader() {
    let kept = two_pairings();
    let [mentor, mentee, other, _] = members(&kept);
    let mut book = full(&kept);
    let seen = |by: &Member, session: Option<u32>| {
        let said = book.feedback(by, session.map(session_id))?;
        Some((said.own(by).is_some(), said.theirs(by).map(String::as_str)))
    };
    let (of_mentor, of_mentee) = (
        "QX feedback of the mentor on Some(1)",
        "QX feedback of the mentee on Some(1)",
    );
    assert_eq!(seen(&mentor, Some(1)), Some((true, Some(of_mentee))));
    assert_eq!(seen(&mentee, Some(1)), Some((true, Some(of_mentor))));
    assert_eq!(seen(&mentor, Some(2)), Some((false, None)));
    assert_eq!(seen(&mentee, Some(2)), Some((true, None)));
    assert_eq!(seen(&mentee, None), Some((false, None)));
    assert_eq!(seen(&other, Some(1)), None);
    let again = book.give_feedback(&mentor, Some(session_id(1)), "no");
    assert_eq!(again, Err(AnswerError::Revealed));

    assert_eq!(
        (book.own_vote(&mentor), book.own_vote(&mentee)),
        (Some(true), Some(false))
    );
    let decision = book.decision(pairing_id(1)).unwrap();
    assert_eq!(
        (decision.pairing(), decision.goes_on()),
        (pairing_id(1), false)
    );
    // One answer is like none.
    assert_eq!(
        (book.decision(pairing_id(2)), book.decision(pairing_id(3))),
        (None, None)
    );
    assert_eq!(book.vote(&mentee, true), Err(AnswerError::Revealed));

    let [first, second, third] = [1, 2, 3].map(|n| Contact::recognised(contact(n)));
    assert_eq!((first.id(), book.concerns(&third).count()), (contact(1), 0));
    let told: Vec<_> = book.concerns(&first).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].pairing, told[0].on, told[0].reporter, told[0].words),
        (pairing_id(1), day(6), None, "QX concern")
    );
    assert_eq!(format!("{:?}", told[0]), "Report(..)");
    let told = book.concerns(&second).next().unwrap();
    assert_eq!(told.reporter, Some(person_id(3)));
    assert_eq!(book.settle(&second, |_| true), 1);
    assert_eq!(
        (
            book.concerns(&first).count(),
            book.concerns(&second).count()
        ),
        (1, 0)
    );
    assert_eq!(book.settle(&first, |report| report.on > day(6)), 0);
}

#[test]
fn a_notebook_comes_back_from_its_sealed_record_byte_for_byte() {
    let kept = two_pairings();
    let [mentor, mentee, ..] = members(&kept);
    let book = full(&kept);
    let record = book.to_record();
    assert_eq!(
        format!("{record:?}{book:?}{:?}", Notebook::new()),
        "SealedRecord(..)Notebook(..)Notebook(..)"
    );
    let bytes = serde_json::to_vec(&record).unwrap();
    let read: SealedRecord = serde_json::from_slice(&bytes).unwrap();
    let back = Notebook::from_record(read).unwrap();
    assert_eq!(serde_json::to_vec(&back.to_record()).unwrap(), bytes);
    for by in [&mentor, &mentee] {
        assert!(back.pages(by).eq(book.pages(by)));
        let on = |book: &Notebook, session| {
            let said = book.feedback(by, session).unwrap();
            (said.own(by).cloned(), said.theirs(by).cloned())
        };
        for session in [Some(session_id(1)), Some(session_id(2)), None] {
            assert_eq!(on(&back, session), on(&book, session));
        }
        assert_eq!(back.own_vote(by), book.own_vote(by));
    }
    // What stands written once more cannot be read as something else.
    let text = String::from_utf8(bytes).unwrap();
    let more = text.replacen("\"words\"", "\"mood\":1,\"words\"", 1);
    assert!(serde_json::from_str::<SealedRecord>(&more).is_err());
}

#[test]
fn every_problem_of_a_sealed_record_is_named() {
    let row = |pairing: PairingId| serde_json::json!({"pairing": pairing, "session": null, "mentor": null, "mentee": null});
    let vote = serde_json::json!({"pairing": pairing_id(1), "mentor": true, "mentee": null});
    let skill = |reference: &str, name: &str, by: &[u32]| {
        let by: Vec<_> = by.iter().map(|n| person_id(*n)).collect();
        serde_json::json!({"reference": reference, "name": name, "stated_by": by})
    };
    let record = serde_json::json!({
        "version": 2,
        "pages": [],
        "feedback": [row(pairing_id(1)), row(pairing_id(1)), row(pairing_id(2))],
        "ballots": [vote, vote],
        "skills": [skill("a", "QX", &[1]), skill("b", "QX", &[2]), skill("b", "QY", &[2]), skill("c", "QZ", &[])],
        "concerns": [],
    });
    let record: SealedRecord = serde_json::from_value(record).unwrap();
    let problems = Notebook::from_record(record).unwrap_err();
    let messages: Vec<String> = problems.0.iter().map(ToString::to_string).collect();
    let pairing = pairing_id(1);
    let empty = |version: u16, skills: &[serde_json::Value]| {
        let record = serde_json::json!({"version": version, "pages": [], "feedback": [], "ballots": [], "skills": skills, "concerns": []});
        Notebook::from_record(serde_json::from_value(record).unwrap()).err()
    };
    let one = skill("a", "QX", &[1]);
    assert_eq!(empty(1, std::slice::from_ref(&one)), None);
    let unwritten = NotebookProblem::Version(0);
    assert_eq!(empty(0, &[]), Some(NotebookError(vec![unwritten])));
    // The same row twice is one problem.
    let twice = NotebookProblem::ReferenceTwice(Skill::new("a").unwrap());
    assert_eq!(
        empty(1, &[one.clone(), one]),
        Some(NotebookError(vec![twice]))
    );
    assert_eq!(
        messages,
        [
            "version 2 of the notebook is not among those that this release reads, 1 to 1"
                .to_owned(),
            format!("pairing {pairing} has two rows of feedback on the same"),
            format!("pairing {pairing} has two ballots"),
            "the references `a` and `b` stand for the same skill".to_owned(),
            "the reference `b` stands for two skills".to_owned(),
            "nobody has stated the skill of the reference `c`".to_owned(),
        ]
    );
    assert_eq!(
        problems.to_string(),
        format!("{} (and 5 more)", messages[0])
    );
}

/// A sensitive skill finds its partner, and its name is nowhere but with the two.
#[test]
fn a_sensitive_skill_is_a_reference_to_all_but_the_two() {
    let mut ids = SequentialIds::new(9);
    let mut book = Notebook::new();
    let secret = Skill::new("QX coming back after burn-out").unwrap();
    let mut refer = |n| book.refer(person_id(n), secret.clone(), &mut ids).unwrap();
    let references = [refer(1), refer(2), refer(3)];
    assert!(
        references
            .iter()
            .all(|reference| *reference == references[0])
    );
    let reference = &references[0];
    assert_eq!(
        reference.as_str(),
        "skill 00000009-0000-8000-8000-000000000001"
    );
    let other = Skill::new("QX grief").unwrap();
    let other = book.refer(person_id(1), other, &mut ids).unwrap();
    assert_ne!(other, *reference);

    let name = Skill::new("QX a third").unwrap();
    let again = book.refer(person_id(1), name, &mut SequentialIds::new(9));
    let again = again.unwrap_err();
    assert_eq!(again, ReferenceError::Taken(reference.clone()));
    assert_eq!(
        again.to_string(),
        format!("the reference `{reference}` stands for another skill already")
    );

    // Two mentors and two mentees; only the first of each states the sensitive skill.
    let person = |n, key: &str, side, grade, offer: &str, wish: &str| {
        let key = Key::new(key).unwrap();
        let participant = Participant::new(person_id(n), key, side, Experience::grade(grade));
        let participant = participant
            .with_offers([Offer::new(offer, 4).unwrap()])
            .unwrap();
        participant
            .with_wishes([Wish::new(wish, 0, 3).unwrap()])
            .unwrap()
    };
    let code = reference.as_str();
    let people = [
        person(1, "ada", Side::Mentor, 2, "video", code),
        person(2, "cto", Side::Mentee, 8, code, "video"),
        person(4, "ben", Side::Mentor, 2, "data", "budget"),
        person(5, "cfo", Side::Mentee, 8, "budget", "data"),
    ];
    let lines = ["ada", "cto", "ben", "cfo"].map(Line::root);
    let roster = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    let (policy, context) = (
        reverse_mentoring::policy::Policy::core_only(),
        reverse_mentoring::policy::Context::new(day(0)),
    );
    let eligibility = reverse_mentoring::eligibility::Eligibility::new(&roster, &policy, &context);
    let plan = matching::plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs()).unwrap();
    assert_eq!(plan.proposals.len(), 2);
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);

    let [first, second] = [1, 2].map(|n| kept.program.pairing(pairing_id(n)).unwrap());
    for person in [1, 2] {
        let member = first.member(person_id(person)).unwrap();
        assert_eq!(book.skill(&member, first, reference), Some(&secret));
        // No goal of theirs.
        assert_eq!(book.skill(&member, first, &other), None);
        assert_eq!(book.skill(&member, second, reference), None);
    }
    for person in [4, 5] {
        let member = second.member(person_id(person)).unwrap();
        assert_eq!(book.skill(&member, second, reference), None);
        assert_eq!(book.skill(&member, first, reference), None);
    }
    let public = [
        serde_json::to_string(&kept.journal).unwrap(),
        serde_json::to_string(&kept.program.to_record()).unwrap(),
        format!(
            "{:?} {plan:?} {plan} {:?} {roster:?}",
            kept.program, kept.journal
        ),
    ];
    assert!(public.iter().all(|text| !text.contains("QX")));
    assert!(public[0].contains(code));
}

/// A programme in every stage, and in some the same stage by other ways.
fn every_stage() -> Vec<(&'static str, Kept)> {
    let company = Company::base();
    let roster = company.roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    let mut all = vec![("proposed", kept.clone())];
    for (step, name) in BEGIN
        .into_iter()
        .zip(["a", "b", "c", "d", "e", "chemistry"])
    {
        kept.step(1, step, 2);
        if step == Step::Prepare {
            kept.state(1, 2);
        }
        all.push((name, kept.clone()));
    }
    let mut add = |name, change: &dyn Fn(&mut Kept)| {
        let mut kept = kept.clone();
        change(&mut kept);
        all.push((name, kept));
    };
    let session = |kept: &mut Kept| kept.record(&session(1, 1, 20, held()), at(20));
    add("met", &session);
    add("paused in chemistry", &|kept| kept.step(1, Step::Pause, 20));
    add("resumed", &|kept| {
        kept.step(1, Step::Pause, 20);
        kept.step(1, Step::Resume, 25);
    });
    add("active", &|kept| kept.step(1, Step::Settle, 62));
    add("paused", &|kept| {
        kept.step(1, Step::Settle, 62);
        kept.step(1, Step::Pause, 63);
    });
    add("completed", &|kept| {
        kept.step(1, Step::Settle, 62);
        kept.step(1, Step::Complete, 63);
    });
    add("ended", &|kept| kept.step(1, END, 30));
    let linked = company.reports("ada", "cto").roster();
    add("suspended", &|kept| {
        kept.reorganise(&linked, 30);
    });
    all
}

/// Two programmes, one with a concern and one with a pause: the same entries, state, history and health, to the byte; and
/// where the two could not pause, a concern changes nothing at all.
#[test]
fn a_concern_is_a_pause_to_the_last_byte() {
    let concern = |n| {
        let words = "QX he shouts at her";
        Concern::about(pairing_id(n), contact(1), day(70), words).signed(person_id(1))
    };
    let (mut paused, mut silent, mut refused) = (0, 0, 0);
    for (stage, kept) in every_stage() {
        // In time; before the latest step or session; of a pairing that nobody knows.
        for (pairing, stamp) in [(1, at(70)), (1, late(1, 70)), (1, at(1)), (9, at(70))] {
            let (mut with, mut without) = (kept.clone(), kept.clone());
            let raised = with.program.raise(&concern(pairing), stamp);
            let asked = without.program.stage(pairing_id(pairing));
            let legal = asked.is_some_and(|stage| stage.after(Step::Pause).is_ok());
            if !legal {
                assert_eq!(raised, Ok(None), "{stage}");
                assert_eq!(with.program, kept.program, "{stage}");
                silent += 1;
                continue;
            }
            // A pause that comes too early is one from the latest step or session on.
            let stamp = raised.as_ref().map_or(stamp, |raised| {
                let from = raised.as_ref().unwrap().stamp;
                assert!(from.on >= stamp.on && from.recorded_at == stamp.recorded_at);
                from
            });
            let other = without
                .program
                .advance(pairing_id(pairing), Step::Pause, stamp);
            match (raised, other) {
                (Ok(Some(raised)), Ok(other)) => {
                    let [a, b] = [&raised, &other].map(|e| serde_json::to_vec(e).unwrap());
                    assert_eq!(a, b);
                    with.journal.push(raised);
                    without.journal.push(other);
                    paused += 1;
                }
                (Err(raised), Err(other)) => {
                    assert_eq!(raised, other);
                    refused += 1;
                }
                answers => panic!("{stage}: {answers:?}"),
            }
            assert_eq!(with.program, without.program);
            assert_eq!(with.program.history(), without.program.history());
            for as_of in [70, 75, 200] {
                let health = |kept: &Kept| {
                    let history = kept.program.history();
                    let health = ProgramHealth::assess(history, &Metrics::standard(), day(as_of));
                    let health = health.unwrap();
                    let sponsor = health.release(Threshold::new(3).unwrap());
                    let coordinator = health.to_record(|id| id.to_string());
                    let records = [coordinator, sponsor.to_record()];
                    let records = records.map(|r| serde_json::to_string(&r).unwrap());
                    (records, format!("{health} {health:?} {sponsor:?}"))
                };
                assert_eq!(health(&with), health(&without));
            }
            let [a, b] = [&with, &without].map(|k| serde_json::to_string(&k.program.to_record()));
            let (a, b) = (a.unwrap(), b.unwrap());
            assert!(a == b && !a.contains("QX"));
            let waits = |kept: &Kept| kept.program.waits(day(75));
            assert_eq!(waits(&with), waits(&without));
        }
    }
    assert_eq!((paused, silent, refused), (8, 48, 4));
}

/// Every file under a folder of `src` with its text, but for the unit tests.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            let name = path.to_str().unwrap().replace('\\', "/");
            let (_, name) = name.rsplit_once("/src/").unwrap();
            found.push((name.to_owned(), code));
        }
    }
    found
}

/// Inside the library, too, sealed things are opened for being stored alone, and members come from where pairs are known.
#[test]
fn few_rooms_open_what_is_sealed() {
    let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let that_say = |words: &str| {
        let code = |text: &str| {
            let lines = text.lines().map(str::trim);
            lines
                .filter(|l| !l.starts_with("//"))
                .any(|l| l.contains(words))
        };
        let mut names: Vec<_> = all.iter().filter(|(_, text)| code(text)).collect();
        names.sort();
        names
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        that_say(".stored()"),
        [
            "notebook/mod.rs",
            "notebook/record.rs",
            "privacy/concern.rs",
            "program/verbs/concern.rs"
        ]
    );
    assert_eq!(
        that_say("Member::new("),
        ["pairing/mod.rs", "program/mod.rs", "subject/export.rs"]
    );
    assert_eq!(that_say(".votes()"), ["notebook/record.rs"]);
    // Answers to pulses: for who gave them, out of the book and into it, and favourable or not.
    assert_eq!(that_say(".of(self.participant)"), ["subject/export.rs"]);
    assert_eq!(that_say(".keep_logged("), ["history/pulses.rs"]);
    assert_eq!(
        that_say(".answer.") as Vec<&str>,
        [""; 0],
        "nobody looks at an answer, they ask whether it is favourable"
    );
    assert_eq!(that_say(".favours("), ["pulse/check.rs", "pulse/series.rs"]);
    // The traits, for the one who gave them, and into the sealed record of a roster.
    assert_eq!(
        that_say(".labels()"),
        ["roster/record.rs", "subject/parts.rs"]
    );
}

#[test]
fn debug_shows_nothing() {
    let kept = two_pairings();
    let [mentor, ..] = members(&kept);
    let mut exchange = Exchange::of(pairing_id(1));
    exchange.answer(&mentor, "QX").unwrap();
    let mut ballot = Ballot::of(pairing_id(1));
    ballot.vote(&mentor, true).unwrap();
    let concern = Concern::about(pairing_id(1), contact(1), day(1), "QX");
    let note = Confidential::seal(pairing_id(1), "QX");
    assert_eq!(
        format!(
            "{exchange:?} {ballot:?} {concern:?} {note:?} {:?}",
            full(&kept)
        ),
        "Exchange(..) Ballot(..) Concern(..) Confidential(..) Notebook(..)"
    );
}
