//! Charter, enrolment, training and milestones, worked out by hand and word for word.

mod support;

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::charter::{
    Budget, Charter, CharterDraft, ChemistryPeriod, Cohort, CohortDays, Curriculum, Milestone,
    Readiness, Training,
};
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::journal::Event;
use reverse_mentoring::matching::{self, Criteria, Optimal, UnmatchedReason};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{Agreement, EndReason, Stage, Step, TwoWayGoals};
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{Hours, Load, Roster};
use reverse_mentoring::text::Label;
use support::*;

fn flaws(draft: CharterDraft) -> Vec<String> {
    let refused = Charter::new(draft).unwrap_err();
    refused.0.iter().map(ToString::to_string).collect()
}

fn ready(people: &[u32]) -> Vec<(reverse_mentoring::ids::ParticipantId, Readiness)> {
    let people = people.iter();
    people
        .map(|n| (person_id(*n), Readiness::confirmed()))
        .collect()
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

#[test]
fn a_charter_says_everything_that_it_lacks() {
    assert_eq!(
        flaws(CharterDraft::default()),
        [
            "the charter names no purpose",
            "the charter names no sponsor",
            "the charter names no first day",
            "the charter names no last day",
            "the charter names no curriculum",
            "the charter names no budget of working time",
            "the charter names no cadence",
            "the charter names no policy",
            "the charter names no approver",
        ]
    );
    // One part at a time: nothing else is named.
    let without: [fn(&mut CharterDraft); 9] = [
        |d| d.purpose = None,
        |d| d.sponsor = None,
        |d| d.starts = None,
        |d| d.ends = None,
        |d| d.curriculum = None,
        |d| d.budget = None,
        |d| d.cadence = None,
        |d| d.policy = None,
        |d| d.approved_by = None,
    ];
    for (at, without) in without.iter().enumerate() {
        let mut draft = draft();
        without(&mut draft);
        assert_eq!(flaws(draft), [flaws(CharterDraft::default())[at].clone()]);
    }
    let mut early = draft();
    early.ends = Some(day(0));
    early.purpose = None;
    assert_eq!(
        flaws(early),
        [
            "the charter names no purpose",
            "the programme would end on 2026-01-01, not after it starts on 2026-01-01"
        ]
    );
    let mut long = draft();
    long.ends = Some(day(3654));
    assert_eq!(
        flaws(long),
        ["the programme would run 3654 days; a charter is for ten years at most"]
    );
}

#[test]
fn the_budget_has_the_time_that_the_cadence_takes() {
    let hours = |text: &str| text.parse::<Hours>().unwrap();
    let with = |month: &str, cadence, days| {
        let mut draft = draft();
        draft.ends = Some(day(days));
        draft.cadence = Some(cadence);
        draft.budget = Some(Budget::new(hours(month), hours("2"), hours("1")).unwrap());
        Charter::new(draft)
    };
    // Sessions on day 30, 60, 90, 120, 150 and 180: six hours in six months of thirty days.
    assert!(with("1", Cadence::MONTHLY, 180).is_ok());
    assert_eq!(
        with("0.999999", Cadence::MONTHLY, 180)
            .unwrap_err()
            .to_string(),
        "6 sessions of 60 minutes by 2026-06-30 take more than 0.999999 hours a month"
    );
    // On day 179 there are five: five hours in 179 days.
    assert!(with("0.84", Cadence::MONTHLY, 179).is_ok());
    assert!(with("0.83", Cadence::MONTHLY, 179).is_err());
    // A session each week takes more than four hours a month.
    assert!(with("4", Cadence::WEEKLY, 180).is_err());
    assert!(with("5", Cadence::WEEKLY, 180).is_ok());
    let month = Budget::month_for(Cadence::WEEKLY, day(0), day(180)).unwrap();
    assert_eq!(month.to_string(), "4.166667"); // 25 hours in six months
    assert!(with("4.166667", Cadence::WEEKLY, 180).is_ok());
    assert!(with("4.166666", Cadence::WEEKLY, 180).is_err());
    assert_eq!(Budget::month_for(Cadence::WEEKLY, day(0), day(0)), None);
    assert_eq!(Budget::month_for(Cadence::WEEKLY, day(1), day(0)), None);

    let zero = |m, t, p| {
        Budget::new(hours(m), hours(t), hours(p))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        zero("0", "1", "1"),
        "the budget has no time for the pairing"
    );
    assert_eq!(
        zero("1", "0", "1"),
        "the budget has no time for the training"
    );
    assert_eq!(
        zero("1", "1", "0"),
        "the budget has no time for the preparation"
    );
    let budget = Budget::new(hours("1.5"), hours("2"), hours("0.5")).unwrap();
    assert_eq!(budget.total(6), Some(hours("11.5")));
    assert_eq!(budget.total(0), Some(hours("2.5")));
    assert_eq!(budget.total(u32::MAX), None);
}

#[test]
fn cohort_days_are_in_order() {
    let days = [1, 5, 30, 60, 70].map(day);
    assert!(CohortDays::new(days).is_ok());
    assert!(CohortDays::new([5, 5, 30, 60, 60].map(day)).is_ok());
    for (numbers, words) in [
        (
            [6, 5, 30, 60, 70],
            "the launch on 2026-01-06 is before the enrolment on 2026-01-07",
        ),
        (
            [1, 5, 5, 60, 70],
            "the midpoint on 2026-01-06 is not after the launch on 2026-01-06",
        ),
        (
            [1, 5, 30, 30, 70],
            "the close on 2026-01-31 is not after the midpoint on 2026-01-31",
        ),
        (
            [1, 5, 30, 60, 59],
            "the retrospective on 2026-03-01 is before the close on 2026-03-02",
        ),
    ] {
        let refused = CohortDays::new(numbers.map(day)).unwrap_err();
        assert_eq!(refused.to_string(), words);
    }
    // Two days apart is the least: one between them.
    assert!(CohortDays::between(day(0), day(1)).is_err());
    assert!(CohortDays::between(day(3), day(1)).is_err());
    let days = CohortDays::between(day(0), day(2)).unwrap();
    assert_eq!(Milestone::ALL.map(|m| days.on(m)), [0, 0, 1, 2, 2].map(day));
    assert_eq!(
        ChemistryPeriod::new(2, 367).unwrap_err().to_string(),
        "a chemistry period of 2 sessions or 367 days is none: 1 to 12 sessions, 1 to 366 days"
    );
    for (sessions, days, is) in [
        (1, 1, true),
        (12, 366, true),
        (13, 1, false),
        (1, 0, false),
        (0, 1, false),
    ] {
        assert_eq!(ChemistryPeriod::new(sessions, days).is_ok(), is);
    }
}

#[test]
fn nobody_is_paired_who_did_not_enrol() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let propose = |program: &mut Program, roster: &Roster, stamp| {
        let proof = proof(roster, "ada", "cto");
        let goals = TwoWayGoals::draft(&proof, day(400));
        let agreement = Agreement::standard(Cadence::MONTHLY);
        program.propose(
            pairing_id(1),
            &proof,
            goals,
            agreement,
            coordinator(),
            stamp,
        )
    };
    let before = kept.program.clone();
    assert_eq!(
        words(propose(&mut kept.program, &roster, at(1))),
        ["no cohort is launched: that takes enrolment and a charter"]
    );
    let (ada, cto) = (person_id(1), person_id(4));
    // Only ada takes part; the cohort is not launched.
    kept.program
        .enrol(cohort_id(1), ready(&[1]), at(2))
        .unwrap();
    assert_eq!(
        words(propose(&mut kept.program, &roster, at(3))),
        [
            format!(
                "cohort {} is not launched: that takes a charter",
                cohort_id(1)
            ),
            format!("participant {cto} is not enrolled"),
        ]
    );
    kept.program.launch(charter(), cohort(1), at(4)).unwrap();
    kept.program
        .enrol(cohort_id(2), ready(&[4]), at(5))
        .unwrap();
    assert_eq!(
        words(propose(&mut kept.program, &roster, at(5))),
        [format!(
            "participant {cto} is enrolled in cohort {}, not in that of the proposal",
            cohort_id(2)
        )]
    );
    // Back to the other cohort, without a reason.
    kept.program.withdraw(cto, at(6)).unwrap();
    kept.program
        .enrol(cohort_id(1), ready(&[4]), at(8))
        .unwrap();
    assert_eq!(
        words(propose(&mut kept.program, &roster, late(3, 8))),
        [
            "2026-01-04 is before the launch of the cohort on 2026-01-05".to_owned(),
            format!("2026-01-04 is before participant {cto} enrolled on 2026-01-09"),
        ]
    );
    let entry = propose(&mut kept.program, &roster, at(8)).unwrap();
    assert!(matches!(entry.event, Event::Proposed { cohort, .. } if cohort == cohort_id(1)));
    assert_eq!(
        kept.program.pairing(pairing_id(1)).unwrap().cohort(),
        cohort_id(1)
    );
    assert_ne!(kept.program, before);
    // ada withdraws: the pairing is over in the same entry, and the cto waits again.
    assert_eq!(
        words(kept.program.withdraw(ada, late(1, 9))),
        [format!(
            "2026-01-02 is before participant {ada} enrolled on 2026-01-03"
        )]
    );
    let entry = kept.program.withdraw(ada, at(9)).unwrap();
    assert_eq!(
        entry.event,
        Event::Withdrew {
            participant: ada,
            ended: vec![pairing_id(1)]
        }
    );
    let reason = EndReason::Left;
    assert_eq!(
        kept.program.stage(pairing_id(1)),
        Some(Stage::Ended { reason })
    );
    assert_eq!(
        words(kept.program.withdraw(ada, at(9))),
        [format!("participant {ada} is not enrolled")]
    );
    assert_eq!(
        kept.program.enrolled().collect::<Vec<_>>(),
        [(cto, cohort_id(1))]
    );
    let history = kept.program.history();
    let then = |on| {
        history
            .cohort(cohort_id(1))
            .unwrap()
            .enrolled(day(on))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        [1, 2, 8, 9].map(then),
        [vec![], vec![ada], vec![ada, cto], vec![cto]]
    );
}

#[test]
fn who_may_enrol() {
    let roster = Company::base().roster();
    let mut program = Kept::opened(&roster).program;
    let one = cohort_id(1);
    assert_eq!(
        words(program.enrol(one, ready(&[1, 77, 1]), at(1))),
        [
            format!("participant {} is not in the roster", person_id(77)),
            format!(
                "participant {} is enrolled in cohort {one} already",
                person_id(1)
            ),
        ]
    );
    assert_eq!(
        words(program.enrol(one, [], at(1))),
        [format!("nobody is enrolled in cohort {one}")]
    );
    assert_eq!(
        words(program.launch(charter(), cohort(1), at(1))),
        [format!("nobody is enrolled in cohort {one}")]
    );
    program.enrol(one, ready(&[1]), at(2)).unwrap();
    assert_eq!(
        words(program.enrol(cohort_id(2), ready(&[1]), at(3))),
        [format!(
            "participant {} is enrolled in cohort {one} already",
            person_id(1)
        )]
    );
    assert_eq!(
        words(program.enrol(one, ready(&[2]), late(1, 3))),
        ["2026-01-02 is before the enrolment of the cohort on 2026-01-03"]
    );
    // Whoever leaves the company is not enrolled any more, nor trained.
    program
        .trained(charter().curriculum().training(), [person_id(1)], at(3))
        .unwrap();
    program
        .reorganise(&Company::base().side("ada", None).roster(), at(4))
        .unwrap();
    assert_eq!(program.enrolled().count(), 0);
    program.reorganise(&roster, at(5)).unwrap();
    program.enrol(one, ready(&[1]), at(5)).unwrap();
    program.launch(charter(), cohort(1), at(5)).unwrap();
    assert!(
        !program
            .context(day(5))
            .is_trained(person_id(1), &label("basics"))
    );
}

#[test]
fn a_launch_fits_its_charter() {
    let roster = Company::base().roster();
    let mut program = Kept::opened(&roster).program;
    program.enrol(cohort_id(1), ready(&[1, 4]), at(2)).unwrap();
    let planned = |launch, close| {
        let days = CohortDays::between(day(launch), day(close)).unwrap();
        Cohort::new(cohort_id(1), days)
    };
    let mut poor = draft();
    let hours = |text: &str| text.parse().unwrap();
    poor.budget = Some(Budget::new(hours("1.4"), hours("1"), hours("1")).unwrap());
    let poor = Charter::new(poor).unwrap();
    assert_eq!(
        words(program.launch(poor, planned(-1, 3654), at(2))),
        [
            "a cohort from 2025-12-31 to 2036-01-03 is outside the days of the charter, 2026-01-01 to 2036-01-02",
            "a pairing takes 1.5 hours a month, and the charter gives 1.4",
        ]
    );
    // Each alone: before the charter, beyond it, and with fewer hours than a pairing takes. As many as it takes are enough.
    let mut tight = draft();
    tight.budget = Some(Budget::new(hours("1.5"), hours("1"), hours("1")).unwrap());
    let tight = Charter::new(tight).unwrap();
    for (launch, close) in [(-1, 3653), (0, 3654)] {
        let (from, to) = (day(launch), day(close));
        let outside = format!(
            "a cohort from {from} to {to} is outside the days of the charter, 2026-01-01 to 2036-01-02"
        );
        let planned = planned(launch, close);
        assert_eq!(
            words(program.launch(tight.clone(), planned, at(2))),
            [outside]
        );
    }
    let whole = program.clone().launch(tight, planned(0, 3653), at(2));
    assert!(whole.is_ok(), "{whole:?}");
    assert_eq!(
        words(program.launch(charter(), planned(0, 100), late(1, 2))),
        ["2026-01-02 is before the enrolment of the cohort on 2026-01-03"]
    );
    assert_eq!(program.charter(), None);
    program.launch(charter(), planned(0, 100), at(3)).unwrap();
    assert_eq!(program.charter(), Some(&charter()));
    assert_eq!(
        program.cohort_days(cohort_id(1)),
        Some(planned(0, 100).days())
    );
    assert_eq!(
        words(program.launch(charter(), planned(0, 100), at(4))),
        [format!(
            "cohort {} cannot come to its launch now; its midpoint comes next",
            cohort_id(1)
        )]
    );
}

#[test]
fn milestones_come_one_after_the_other_and_the_close_ends_what_is_open() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let one = cohort_id(1);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept.begin(1, 2);
    // A second cohort, of one person, is not touched by what becomes of the first.
    kept.program.withdraw(person_id(6), at(2)).unwrap();
    kept.program
        .enrol(cohort_id(2), ready(&[6]), at(2))
        .unwrap();
    let program = &mut kept.program;
    for milestone in [
        Milestone::Enrolment,
        Milestone::Launch,
        Milestone::Close,
        Milestone::Retrospective,
    ] {
        assert_eq!(
            words(program.reach(one, milestone, at(3))),
            [format!(
                "cohort {one} cannot come to its {milestone} now; its midpoint comes next"
            )]
        );
    }
    assert_eq!(
        words(program.reach(cohort_id(9), Milestone::Midpoint, at(3))),
        [format!("there is no cohort {}", cohort_id(9))]
    );
    assert_eq!(program.next_milestone(one), Some(Milestone::Midpoint));
    let enrolled = program.enrolled().count();
    program.reach(one, Milestone::Midpoint, at(40)).unwrap();
    assert_eq!(program.enrolled().count(), enrolled); // nobody leaves at the midpoint
    assert_eq!(
        words(program.reach(one, Milestone::Close, late(39, 41))),
        ["2026-02-09 is before the midpoint of the cohort on 2026-02-10"]
    );
    let entry = program.reach(one, Milestone::Close, at(50)).unwrap();
    let ended = vec![pairing_id(1), pairing_id(2)];
    let milestone = Milestone::Close;
    assert_eq!(
        entry.event,
        Event::Reached {
            cohort: one,
            milestone,
            ended
        }
    );
    let reason = EndReason::ProgramClosed;
    for n in [1, 2] {
        assert_eq!(program.stage(pairing_id(n)), Some(Stage::Ended { reason }));
        assert_eq!(
            program
                .history()
                .pairing(pairing_id(n))
                .unwrap()
                .end_by(day(50)),
            Some(day(50))
        );
    }
    assert_eq!(
        program.enrolled().collect::<Vec<_>>(),
        [(person_id(6), cohort_id(2))]
    );
    assert_eq!(
        words(program.enrol(one, ready(&[1]), at(51))),
        [format!("cohort {one} is closed")]
    );
    program
        .reach(one, Milestone::Retrospective, at(60))
        .unwrap();
    assert_eq!(program.next_milestone(one), None);
    // The next run, with the same people.
    program.enrol(cohort_id(2), ready(&[1, 4]), at(61)).unwrap();
    program.launch(charter(), cohort(2), at(61)).unwrap();
    kept.propose(&roster, &[("ada", "cto")], 61);
    assert_eq!(
        kept.program.pairing(pairing_id(3)).unwrap().cohort(),
        cohort_id(2)
    );
}

#[test]
fn both_finish_the_same_curriculum_before_they_begin() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    let program = &mut kept.program;
    program.enrol(cohort_id(1), ready(&[1, 4]), at(0)).unwrap();
    let mut draft = draft();
    draft.curriculum = draft.curriculum.map(|c| c.with_equivalent(label("0")));
    program
        .launch(Charter::new(draft).unwrap(), cohort(1), at(0))
        .unwrap();
    kept.propose(&roster, &[("ada", "cto")], 1);
    let (begin, sign) = BEGIN.split_last().unwrap();
    for step in sign {
        kept.step(1, *step, 2);
        if *step == Step::Prepare {
            kept.state(1, 2);
        }
    }
    let missing = |n| format!("participant {} has not finished `basics`", person_id(n));
    let begins = |program: &mut Program, on| program.advance(pairing_id(1), *begin, at(on));
    assert_eq!(
        words(begins(&mut kept.program, 3)),
        [missing(1), missing(4)]
    );
    let trained = |kept: &mut Kept, curriculum: &str, version: &str, person, on| {
        let training = Training {
            curriculum: label(curriculum),
            version: label(version),
        };
        kept.program.trained(training, [person_id(person)], at(on))
    };
    // Another curriculum, another version: neither counts. One that is declared equivalent does.
    trained(&mut kept, "basic", "1", 1, 3).unwrap();
    trained(&mut kept, "basics", "2", 1, 3).unwrap();
    trained(&mut kept, "basics", "0", 4, 4).unwrap();
    assert_eq!(words(begins(&mut kept.program, 4)), [missing(1)]);
    assert_eq!(
        words(trained(&mut kept, "basics", "1", 77, 4)),
        [format!(
            "participant {} is not in the roster",
            person_id(77)
        )]
    );
    let training = charter().curriculum().training();
    let refused = kept.program.trained(training, [], at(5)).unwrap_err();
    assert_eq!(refused.to_string(), "nobody finished the training");
    trained(&mut kept, "basics", "1", 1, 6).unwrap();
    // Not before the day on which they had.
    assert_eq!(
        words(kept.program.advance(pairing_id(1), Step::Begin, late(5, 6))),
        [missing(1)]
    );
    begins(&mut kept.program, 6).unwrap();
    let context = kept.program.context(day(6));
    assert!(context.is_trained(person_id(1), &label("basics")));
    assert!(
        !kept
            .program
            .context(day(5))
            .is_trained(person_id(1), &label("basics"))
    );
}

#[test]
fn proposals_are_asked_with_the_rules_of_the_charter() {
    let roster = Company::base().roster();
    let mut program = Kept::opened(&roster).program;
    program
        .enrol(cohort_id(1), everybody(&roster), at(0))
        .unwrap();
    let mut draft = draft();
    let ids = Policy::standard().rules().map(|r| r.id()).collect();
    draft.policy = Some(ids);
    program
        .launch(Charter::new(draft).unwrap(), cohort(1), at(0))
        .unwrap();
    let plan = |policy: &Policy, context: &Context| {
        let may = Eligibility::new(&roster, policy, context);
        let plan = matching::plan(&may, &Criteria::standard(), &Optimal::most_pairs()).unwrap();
        plan.approve(coordinator())
    };
    let context = program.context(day(0));
    let ids = &mut reverse_mentoring::ids::SequentialIds::new(2);
    let core = plan(&Policy::core_only(), &context);
    assert_eq!(
        words(program.propose_all(&core, Cadence::MONTHLY, at(0), ids)),
        [
            "eligibility was not asked with every rule of the charter: minimum-gap@1, same-manager@1, conflicting-role@1 missing"
        ]
    );
    let asked = plan(&Policy::standard(), &context);
    program
        .propose_all(&asked, Cadence::MONTHLY, at(0), ids)
        .unwrap();
}

#[test]
fn eligibility_knows_who_is_enrolled() {
    let roster = Company::base().roster();
    let mut program = Kept::opened(&roster).program;
    let policy = Policy::core_only();
    let plan = |program: &Program| {
        let context = program.context(day(9));
        let may = Eligibility::new(&roster, &policy, &context);
        matching::plan(&may, &Criteria::standard(), &Optimal::most_pairs()).unwrap()
    };
    assert!(plan(&program).proposals.is_empty());
    program.enrol(cohort_id(1), ready(&[1, 5]), at(0)).unwrap();
    let found = plan(&program);
    let pairs: Vec<_> = found.proposals.iter().map(|p| p.proof.pair()).collect();
    assert_eq!(pairs, [pair(1, 5)]);
    let ben = found
        .unmatched
        .iter()
        .find(|u| u.participant == person_id(2))
        .unwrap();
    assert_eq!(
        (ben.reason, ben.detail.as_str()),
        (UnmatchedReason::NoPlace, "not enrolled")
    );

    let context = program.context(day(9)).with_open([pair(1, 5)]);
    let may = Eligibility::new(&roster, &policy, &context);
    let why = |mentor: &str, mentee: &str| {
        let verdict = may.check_keys(mentor, mentee).unwrap();
        let violations = verdict.violations();
        let all = violations
            .iter()
            .map(|v| (v.code().to_owned(), v.to_string()));
        all.collect::<Vec<_>>()
    };
    let places = |text: &str| vec![("places".to_owned(), text.to_owned())];
    assert_eq!(
        why("ben", "cto"),
        places("the mentor is not enrolled, the mentee is not enrolled")
    );
    assert_eq!(
        why("ben", "cfo"),
        places("the mentor is not enrolled, the mentee has 1 open pairing and 1 place")
    );
    // Without a word about enrolment the roster alone says who takes part.
    let context = Context::new(day(9)).with_load(Load::DEFAULT);
    assert!(context.is_enrolled(person_id(2)));
    assert!(!context.with_enrolled([]).is_enrolled(person_id(2)));
}

#[test]
fn a_forged_entry_about_a_cohort_is_refused() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    let entry = kept.program.clone().withdraw(person_id(1), at(2)).unwrap();
    let replay = |kept: &Kept, event: Event| {
        let mut journal = kept.journal.clone();
        let mut forged = entry.clone();
        forged.event = event;
        journal.push(forged);
        Program::replay(&journal).map_err(|e| e.to_string())
    };
    let at_end = kept.journal.len();
    let (one, two) = (pairing_id(1), pairing_id(2));
    let withdrew = |ended| Event::Withdrew {
        participant: person_id(1),
        ended,
    };
    assert!(replay(&kept, withdrew(vec![one])).is_ok());
    assert_eq!(
        replay(&kept, withdrew(vec![])).unwrap_err(),
        format!("entry {at_end}: pairing {one} would go on")
    );
    assert_eq!(
        replay(&kept, withdrew(vec![one, two])).unwrap_err(),
        format!("entry {at_end}: pairing {two} would end, though it has nothing to do with it")
    );
    assert_eq!(
        replay(&kept, withdrew(vec![one, pairing_id(9)])).unwrap_err(),
        format!("entry {at_end}: there is no pairing {}", pairing_id(9))
    );
    let midpoint = |ended| {
        let (cohort, milestone) = (cohort_id(1), Milestone::Midpoint);
        Event::Reached {
            cohort,
            milestone,
            ended,
        }
    };
    assert!(replay(&kept, midpoint(vec![])).is_ok());
    // Proposed on the same day, after the close.
    let mut journal = kept.journal.clone();
    let proposal = journal.pop().unwrap();
    let again = |event| Event::clone(&event);
    let reach = |milestone| Event::Reached {
        cohort: cohort_id(1),
        milestone,
        ended: vec![],
    };
    for event in [
        reach(Milestone::Midpoint),
        reach(Milestone::Close),
        again(proposal.event),
    ] {
        let mut forged = entry.clone();
        (forged.event, forged.sequence) = (event, journal.len() as u64);
        journal.push(forged);
    }
    let refused = Program::replay(&journal).unwrap_err();
    assert!(
        refused.to_string().starts_with(&format!(
            "entry {}: cohort {} is closed",
            at_end + 1,
            cohort_id(1)
        )),
        "{refused}"
    );
    assert_eq!(
        replay(&kept, midpoint(vec![two])).unwrap_err(),
        format!("entry {at_end}: pairing {two} would end, though it has nothing to do with it")
    );
}

#[test]
fn who_withdraws_waits_no_more_and_the_partner_waits() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    kept.program.withdraw(person_id(1), at(30)).unwrap();
    let waits = kept.program.waits(day(40));
    let since = |n, role| {
        waits
            .iter()
            .find(|w| w.person == person_id(n) && w.role == role)
            .map(|w| w.since)
    };
    assert_eq!(since(1, Role::Mentor), None);
    // The chemistry period came to nothing: the partner keeps the time that they have waited.
    assert_eq!(since(4, Role::Mentee), Some(day(0)));
    assert_eq!(since(2, Role::Mentor), Some(day(0)));
}

#[test]
fn the_charter_says_how_long_the_chemistry_period_is() {
    let roster = Company::base().roster();
    let mut kept = Kept::opened(&roster);
    kept.program
        .enrol(cohort_id(1), everybody(&roster), at(0))
        .unwrap();
    let mut three = draft();
    three.chemistry = Some(ChemistryPeriod::new(3, 20).unwrap());
    kept.program
        .launch(Charter::new(three).unwrap(), cohort(1), at(0))
        .unwrap();
    let training = charter().curriculum().training();
    let ids = [person_id(1), person_id(4), person_id(2), person_id(5)];
    kept.program.trained(training, ids, at(0)).unwrap();
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept.begin(1, 2);
    for n in 1..=2 {
        let met = session(n, 1, 2 + i64::from(n), held());
        kept.record(&met, at(2 + i64::from(n)));
    }
    let settle = |kept: &mut Kept, n, on| {
        let program = &mut kept.program;
        support::advance(program, pairing_id(n), Step::Settle, at(on))
    };
    assert_eq!(
        words(settle(&mut kept, 1, 5)),
        [
            "the chemistry period runs until 3 sessions are held or 20 days have passed: 2 held, 3 days"
        ]
    );
    kept.record(&session(3, 1, 6, held()), at(6));
    settle(&mut kept, 1, 6).unwrap();
    kept.begin(2, 6);
    assert_eq!(
        words(settle(&mut kept, 2, 25)),
        [
            "the chemistry period runs until 3 sessions are held or 20 days have passed: 0 held, 19 days"
        ]
    );
    // A later cohort with another charter changes nothing for those who began.
    let gate = Program::restore(&kept.program.to_record()).unwrap();
    assert_eq!(
        gate.pairing(pairing_id(2)).unwrap().chemistry(),
        ChemistryPeriod::new(3, 20).unwrap()
    );
    settle(&mut kept, 2, 26).unwrap();
}

#[test]
fn the_charter_names_who_hears_of_concerns() {
    let roster = Company::base().roster();
    let mut program = Kept::opened(&roster).program;
    let (ours, other) = (
        "00000008-0000-8000-8000-000000000001",
        "00000008-0000-8000-8000-000000000002",
    );
    let (ours, other) = (ours.parse().unwrap(), other.parse().unwrap());
    assert_eq!(program.contact(ours).map(|c| c.id()), None);
    program.enrol(cohort_id(1), ready(&[1]), at(0)).unwrap();
    let mut draft = draft();
    draft.contact = Some(ours);
    program
        .launch(Charter::new(draft).unwrap(), cohort(1), at(0))
        .unwrap();
    assert_eq!(program.contact(ours).map(|c| c.id()), Some(ours));
    assert_eq!(program.contact(other).map(|c| c.id()), None);
    assert_eq!(program.charter().unwrap().contact(), Some(ours));
}

/// The gate keeps of a pairing that a close ended the same as its record says.
#[test]
fn what_a_close_ended_is_restored_as_it_was() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept.begin(1, 2);
    for (milestone, on) in [(Milestone::Midpoint, 40), (Milestone::Close, 50)] {
        let entry = kept.program.reach(cohort_id(1), milestone, at(on));
        kept.journal.push(entry.unwrap());
    }
    let gate = Program::replay_with((), &kept.journal).unwrap();
    assert_eq!(Program::restore(&gate.to_record()).unwrap(), gate);
}

#[test]
fn a_cohort_goes_by_the_charter_that_it_was_launched_with() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    for step in [BEGIN[0], BEGIN[1], BEGIN[2]] {
        kept.step(1, step, 2);
    }
    kept.state(1, 2);
    for step in [BEGIN[3], BEGIN[4]] {
        kept.step(1, step, 2);
    }
    // They begin on day 3; nobody writes it down before another cohort is launched with another curriculum.
    kept.program.withdraw(person_id(2), at(4)).unwrap();
    kept.program
        .enrol(cohort_id(2), ready(&[2]), at(4))
        .unwrap();
    let mut other = draft();
    other.curriculum = Some(Curriculum::new(label("advanced"), label("1")));
    let charter = Charter::new(other).unwrap();
    kept.program.launch(charter, cohort(2), at(5)).unwrap();
    let begun = kept.program.advance(pairing_id(1), Step::Begin, late(3, 6));
    assert_eq!(begun.err().map(|r| r.to_string()), None);
    // Whoever is in the second goes by the other; the programme, too.
    let trained = |n, what| {
        kept.program
            .context(day(6))
            .is_trained(person_id(n), &label(what))
    };
    assert_eq!(
        [
            trained(1, "basics"),
            trained(2, "basics"),
            trained(2, "advanced")
        ],
        [true, false, false]
    );
    assert_eq!(
        kept.program.charter().unwrap().curriculum().id(),
        &label("advanced")
    );
    let gate = Program::restore(&kept.program.to_record()).unwrap();
    assert_eq!(gate.charter(), kept.program.charter());
}
