//! What the gate refuses as violations: every problem has a code of its own, its sentence, and its parameters, which the sentence
//! says as well.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use reverse_mentoring::charter::{ChemistryPeriod, Milestone};
use reverse_mentoring::history::{GoalProblem, GoalState};
use reverse_mentoring::ids::{CohortId, PairingId, ParticipantId, SequentialIds, SessionId};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{
    EndReason, GoalChange, GoalRef, IllegalStep, Occasion, Stage, Step,
};
use reverse_mentoring::policy::{Parameter, PluginId};
use reverse_mentoring::program::{
    AdoptionProblem, ExemptionProblem, LaunchProblem, Problem, SessionProblem,
};
use reverse_mentoring::roster::{Level, Skill};
use reverse_mentoring::session::{Minutes, Response, Time};
use reverse_mentoring::text::Label;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn noon(of: u32) -> DateTime<Utc> {
    day(of).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

/// One of each, with values that differ from each other wherever they can.
#[expect(clippy::too_many_lines, reason = "one of each")]
fn every() -> Vec<Problem> {
    let mut ids = SequentialIds::new(7);
    let participant = ParticipantId::from_source(&mut ids);
    let pairing = PairingId::from_source(&mut ids);
    let cohort = CohortId::from_source(&mut ids);
    let session = SessionId::from_source(&mut ids);
    let goal = GoalRef::learning(Role::Mentee, Skill::new("video").unwrap());
    let (mentor, mentee) = (Role::Mentor, Role::Mentee);
    let plugin = |name: &'static str| PluginId::new(name, 1);
    let goals = [
        GoalProblem::Illegal {
            state: GoalState::Achieved,
            change: GoalChange::Achieved,
            possible: &["reopened"],
        },
        GoalProblem::NotReached {
            level: Level::new(1).unwrap(),
            target: Level::new(3).unwrap(),
        },
        GoalProblem::NotRising {
            from: Level::new(4).unwrap(),
            to: Level::new(2).unwrap(),
        },
        GoalProblem::Due {
            by: day(1),
            on: day(2),
        },
        GoalProblem::NoLevels,
        GoalProblem::NothingRevised,
        GoalProblem::Twice,
        GoalProblem::OnRecord {
            on: day(3),
            problem: Box::new(GoalProblem::Twice),
        },
    ];
    let mut all = vec![
        Problem::Version(9),
        Problem::ReadOnly(9),
        Problem::Sequence {
            expected: 4,
            found: 6,
        },
        Problem::Backwards {
            last: noon(2),
            found: noon(1),
        },
        Problem::Opening,
        Problem::BeforeOpening {
            on: day(1),
            opened: day(2),
        },
        Problem::Evidence,
        Problem::Future {
            on: day(3),
            recorded: day(1),
        },
        Problem::StaleProof,
        Problem::EmptyProposal,
        Problem::NobodyTrained,
        Problem::UnknownParticipant(participant),
        Problem::NotEnrolled(participant),
        Problem::BeforeEnrolment {
            on: day(1),
            participant,
            since: day(2),
        },
        Problem::EnrolledAlready {
            participant,
            cohort,
        },
        Problem::OtherCohort {
            participant,
            cohort,
        },
        Problem::NobodyEnrolled(cohort),
        Problem::UnknownCohort(cohort),
        Problem::NotLaunched(cohort),
        Problem::NoCohort,
        Problem::CohortClosed(cohort),
        Problem::Milestone {
            cohort,
            milestone: Milestone::Close,
            next: Some(Milestone::Midpoint),
        },
        Problem::BeforeMilestone {
            on: day(1),
            latest: Milestone::Launch,
            latest_on: day(2),
        },
        Problem::RulesNotAsked(vec![plugin("minimum-gap"), plugin("same-unit")]),
        Problem::NotTrained {
            participant,
            curriculum: Label::new("basics").unwrap(),
        },
        Problem::WouldGoOn(pairing),
        Problem::WouldEnd(pairing),
        Problem::Oneself(participant),
        Problem::NoPlace {
            participant,
            role: mentor,
            places: 2,
            wanted: 3,
        },
        Problem::AlreadyPaired(pairing),
        Problem::PairingIdTaken(pairing),
        Problem::UnknownPairing(pairing),
        Problem::RecordClosed {
            pairing,
            ended: day(4),
        },
        Problem::Illegal(IllegalStep {
            stage: Stage::PROPOSED,
            step: Step::Begin,
        }),
        Problem::NotNow {
            stage: Stage::Completed,
            what: "meet",
        },
        Problem::IntroducedAlready(day(5)),
        Problem::Silent(mentor),
        Problem::OfferPending(mentee),
        Problem::NoOffer,
        Problem::OwnOffer(mentor),
        Problem::NothingChanges,
        Problem::PlannedEnd {
            planned: day(1),
            on: day(2),
            ends: Some(day(3)),
        },
        Problem::NothingToReview,
        Problem::ReviewedAlready {
            by: mentee,
            on: day(6),
        },
        Problem::NotHappened(Occasion::Completed),
        Problem::SameWord {
            by: mentor,
            agrees: true,
        },
        Problem::NoBallot,
        Problem::NotByHand,
        Problem::BeforeLatestStep {
            on: day(1),
            latest: day(2),
        },
        Problem::BeforeSession {
            on: day(1),
            session: day(2),
        },
        Problem::BeforeCheckIn {
            on: day(1),
            checked_in: day(2),
        },
        Problem::GoesOnAlone(pairing),
        Problem::NobodyLeft(pairing),
        Problem::Chemistry {
            period: ChemistryPeriod::new(3, 40).unwrap(),
            held: 1,
            days: 17,
        },
        Problem::LinkRemains,
        Problem::NotBegun,
        Problem::OutsidePairing {
            date: day(9),
            began: day(1),
            ended: Some(day(8)),
        },
        Problem::HeldUp(day(7)),
        Problem::UnknownGoal(GoalRef::shared(Label::new("a talk").unwrap())),
        Problem::OneWay {
            role: mentee,
            on: day(8),
        },
        Problem::NotAccepted,
        Problem::BeforeAcceptance {
            on: day(1),
            accepted: day(2),
        },
        LaunchProblem::OutsideCharter {
            launch: day(1),
            close: day(9),
            starts: day(2),
            ends: day(8),
        }
        .into(),
        LaunchProblem::Budget {
            load: "2".parse().unwrap(),
            month: "1.5".parse().unwrap(),
        }
        .into(),
    ];
    all.extend(goals.map(|problem| Problem::Goal {
        goal: goal.clone(),
        problem,
    }));
    let adoption = [
        AdoptionProblem::NothingAdopted,
        AdoptionProblem::DeadlinePast {
            on: day(3),
            deadline: day(2),
        },
        AdoptionProblem::GoalsOnRecord(pairing),
        AdoptionProblem::Instant(session),
        AdoptionProblem::NotAdopted(pairing),
        AdoptionProblem::NotRegularised(pairing),
        AdoptionProblem::NotHeldUp(pairing),
        AdoptionProblem::NotPaused(pairing),
        AdoptionProblem::HeldUpAlready(pairing),
        AdoptionProblem::NoReasonToEnd(EndReason::Left),
        AdoptionProblem::NotBegunAgain(day(4)),
        AdoptionProblem::OtherPeople(pairing),
    ];
    all.extend(adoption.map(Problem::from));
    let exemption = [
        ExemptionProblem::NotExempted {
            mentee: participant,
            on: day(4),
        },
        ExemptionProblem::AlreadyExempted(participant),
        ExemptionProblem::NotExcused(pairing),
        ExemptionProblem::Excused(pairing),
        ExemptionProblem::HangsOnExemption(pairing),
        ExemptionProblem::NotOnExemption(pairing),
    ];
    all.extend(exemption.map(Problem::from));
    let response = Response::Recognition;
    let sessions = [
        SessionProblem::Unknown(session),
        SessionProblem::IdTaken(session),
        SessionProblem::AlreadyPlanned(session),
        SessionProblem::NotPlanned(session),
        SessionProblem::MovedBefore {
            session,
            on: day(1),
            planned: day(2),
        },
        SessionProblem::NotMoved(session),
        SessionProblem::OnlyPlanned(session),
        SessionProblem::PlannedBefore {
            date: day(1),
            on: day(2),
        },
        SessionProblem::NothingToPlan(day(3)),
        SessionProblem::NotOnDay {
            starts: noon(1),
            date: day(9),
        },
        SessionProblem::Overlap {
            role: mentor,
            session,
            at: Time {
                starts: noon(1),
                minutes: Minutes::new(60).unwrap(),
            },
        },
        SessionProblem::AlreadyResponded {
            session,
            from: mentor,
            response,
        },
        SessionProblem::RespondedBefore {
            response,
            on: day(1),
            session: day(2),
        },
    ];
    all.extend(sessions.map(Problem::from));
    all
}

/// An instant is RFC 3339 as a parameter, and in words in the sentence.
fn in_words(text: &str) -> String {
    text.parse::<DateTime<Utc>>()
        .map_or(text.to_owned(), |instant| instant.to_string())
}

fn texts(parameter: &Parameter) -> Vec<String> {
    match parameter {
        Parameter::Number(number) => vec![number.to_string()],
        Parameter::Text(text) => vec![in_words(text)],
        Parameter::List(texts) => texts.clone(),
        _ => unreachable!(),
    }
}

#[test]
fn a_problem_says_the_same_as_its_violation() {
    let mut codes = BTreeSet::new();
    for problem in every() {
        let violation = problem.violation();
        let sentence = problem.to_string();
        assert_eq!(violation.message(), sentence);
        assert_eq!(violation.advice(), None);
        assert!(codes.insert(violation.code().to_owned()), "{violation:?}");
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(violation.code().chars().all(kebab), "{violation:?}");
        let mut names = BTreeSet::new();
        for (name, parameter) in violation.parameters() {
            assert!(names.insert(*name), "{name} twice: {violation:?}");
            for said in texts(parameter) {
                // What a sentence says in its own way.
                let otherwise = matches!((*name, &*said), ("agrees", "true"));
                assert!(
                    otherwise || sentence.contains(&said),
                    "{name} {said}: {sentence}"
                );
            }
        }
        // Every value of the problem is a parameter: what is left of the sentence has no id, day or number.
        let mut rest = sentence.clone();
        let mut said: Vec<String> = violation
            .parameters()
            .iter()
            .flat_map(|(_, parameter)| texts(parameter))
            .collect();
        said.sort_by_key(|text| std::cmp::Reverse(text.len()));
        for text in said {
            rest = rest.replace(&text, "");
        }
        let own = matches!(violation.code(), "journal-version"); // the versions that a release reads
        assert!(
            own || !rest.contains(|c: char| c.is_ascii_digit()),
            "{rest:?} of {violation:?}"
        );
    }
    // 95 kinds, and the eight of goals.
    assert_eq!(codes.len(), 103);
}

/// What hosts translate by does not change: a code is part of the interface.
#[test]
fn codes_are_what_they_were() {
    let codes: Vec<String> = every()
        .iter()
        .map(|p| p.violation().code().to_owned())
        .collect();
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/refusals.txt");
    let text: String = every()
        .iter()
        .zip(&codes)
        .map(|(problem, code)| format!("{code}: {problem}\n"))
        .collect();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(golden, &text).unwrap();
    }
    let golden = std::fs::read_to_string(golden).unwrap_or_default();
    for (line, known) in text.lines().zip(golden.lines()) {
        assert_eq!(line, known);
    }
    assert_eq!(text.len(), golden.len());
}
