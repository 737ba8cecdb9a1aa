//! The gate by hand: the stage table cell by cell, exact refusals, reorganisations, sessions.

mod support;

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::journal::{Event, Stamp};
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pairing::{
    Agreement, Consent, EndReason, Goal, Phase, Stage, Step, TwoWayGoals,
};
use reverse_mentoring::program::{Problem, Program, Refused};
use reverse_mentoring::roster::{Level, Load, Side, Skill};
use support::*;

const fn open(now: Phase) -> Stage {
    Stage::Open { now }
}
const fn paused(before: Phase) -> Stage {
    Stage::Paused { before }
}
const fn suspended(before: Phase) -> Stage {
    Stage::Suspended {
        before,
        agreed: Consent::Nobody,
    }
}
const fn ended(reason: EndReason) -> Stage {
    Stage::Ended { reason }
}
const fn proposed(accepted: Consent) -> Phase {
    Phase::Proposed { accepted }
}
const fn preparing(signed: Consent) -> Phase {
    Phase::Preparing { signed }
}

const PHASES: [Phase; 10] = [
    proposed(Consent::Nobody),
    proposed(Consent::Mentor),
    proposed(Consent::Mentee),
    Phase::Accepted,
    preparing(Consent::Nobody),
    preparing(Consent::Mentor),
    preparing(Consent::Mentee),
    preparing(Consent::Both),
    Phase::Chemistry,
    Phase::Active,
];

const REASONS: [EndReason; 5] = [
    EndReason::Declined,
    EndReason::Exit,
    EndReason::Left,
    EndReason::ProgramClosed,
    EndReason::Link,
];

fn all_steps() -> Vec<Step> {
    let mut steps = vec![
        Step::Introduce,
        Step::Prepare,
        Step::Begin,
        Step::Settle,
        Step::Pause,
        Step::Resume,
        Step::Suspend,
        Step::Complete,
    ];
    for by in [Mentor, Mentee] {
        steps.extend([
            Step::Accept { by },
            Step::Decline { by },
            Step::Sign { by },
            Step::Reinstate { by },
        ]);
    }
    steps.extend(REASONS.map(|reason| Step::End { reason }));
    steps
}

/// A stage, the steps that it allows with where they lead, and the words for what is possible.
type Row = (Stage, Vec<(Step, Stage)>, &'static str);

/// The table of `pairing::stage`, written out. Every step that is not in a row is refused.
fn table() -> Vec<Row> {
    use Consent::{Both, Mentee as E, Mentor as M, Nobody};
    let declined = ended(EndReason::Declined);
    let accept = |by| Step::Accept { by };
    let sign = |by| Step::Sign { by };
    let decline = |by| (Step::Decline { by }, declined);
    let early = "`accept`, `decline`, `end`";
    let (accepted, chemistry, active) = (
        open(Phase::Accepted),
        open(Phase::Chemistry),
        open(Phase::Active),
    );
    let said = |who| open(proposed(who));
    let signed = |who| open(preparing(who));
    let suspend = |phase| (Step::Suspend, suspended(phase));
    let link = || {
        let reason = EndReason::Link;
        (Step::End { reason }, ended(reason))
    };
    let mut table = vec![
        (
            said(Nobody),
            vec![
                (accept(Mentor), said(M)),
                (accept(Mentee), said(E)),
                decline(Mentor),
                decline(Mentee),
                suspend(proposed(Nobody)),
            ],
            early,
        ),
        (
            said(M),
            vec![
                (accept(Mentee), accepted),
                decline(Mentor),
                decline(Mentee),
                suspend(proposed(M)),
            ],
            early,
        ),
        (
            said(E),
            vec![
                (accept(Mentor), accepted),
                decline(Mentor),
                decline(Mentee),
                suspend(proposed(E)),
            ],
            early,
        ),
        (
            accepted,
            vec![
                (Step::Introduce, accepted),
                (Step::Prepare, signed(Nobody)),
                suspend(Phase::Accepted),
            ],
            "`introduce`, `prepare`, `end`",
        ),
        (
            signed(Nobody),
            vec![
                (Step::Introduce, signed(Nobody)),
                (sign(Mentor), signed(M)),
                (sign(Mentee), signed(E)),
                suspend(preparing(Nobody)),
            ],
            "`introduce`, `sign`, `end`",
        ),
        (
            signed(M),
            vec![
                (Step::Introduce, signed(M)),
                (sign(Mentee), signed(Both)),
                suspend(preparing(M)),
            ],
            "`introduce`, `sign`, `end`",
        ),
        (
            signed(E),
            vec![
                (Step::Introduce, signed(E)),
                (sign(Mentor), signed(Both)),
                suspend(preparing(E)),
            ],
            "`introduce`, `sign`, `end`",
        ),
        (
            signed(Both),
            vec![
                (Step::Introduce, signed(Both)),
                (Step::Begin, chemistry),
                suspend(preparing(Both)),
            ],
            "`introduce`, `begin`, `end`",
        ),
        (
            chemistry,
            vec![
                (Step::Settle, active),
                (Step::Pause, paused(Phase::Chemistry)),
                suspend(Phase::Chemistry),
            ],
            "`settle`, `pause`, `end`",
        ),
        (
            active,
            vec![
                (Step::Pause, paused(Phase::Active)),
                (Step::Complete, Stage::Completed),
                suspend(Phase::Active),
            ],
            "`pause`, `complete`, `end`",
        ),
    ];
    for phase in [Phase::Chemistry, Phase::Active] {
        table.push((
            paused(phase),
            vec![(Step::Resume, open(phase)), suspend(phase)],
            "`resume`, `end`",
        ));
    }
    for phase in PHASES {
        let reinstate = |by| Step::Reinstate { by };
        let wanted = |agreed| Stage::Suspended {
            before: phase,
            agreed,
        };
        let possible = "`reinstate`, `end`";
        for (now, cells) in [
            (
                Nobody,
                vec![
                    (reinstate(Mentor), wanted(M)),
                    (reinstate(Mentee), wanted(E)),
                ],
            ),
            (M, vec![(reinstate(Mentee), open(phase))]),
            (E, vec![(reinstate(Mentor), open(phase))]),
        ] {
            table.push((wanted(now), [cells, vec![link()]].concat(), possible));
        }
    }
    for (_, cells, _) in &mut table {
        let by_hand = [EndReason::Exit, EndReason::ProgramClosed];
        cells.extend(by_hand.map(|reason| (Step::End { reason }, ended(reason))));
    }
    table.push((Stage::Completed, vec![], ""));
    for reason in REASONS {
        table.push((ended(reason), vec![], ""));
    }
    table
}

/// The sentence for a refused step, put together from the table alone.
fn sentence(stage: Stage, step: Step, possible: &str) -> String {
    use Consent::{Both, Mentee as E, Mentor as M};
    let (name, consent) = match stage {
        Stage::Open { now } => match now {
            Phase::Proposed { accepted } => ("proposed", Some(("accept", accepted))),
            Phase::Accepted => ("accepted", None),
            Phase::Preparing { signed } => ("preparing", Some(("sign", signed))),
            Phase::Chemistry => ("chemistry", None),
            Phase::Active => ("active", None),
            _ => unreachable!("a phase without a row"),
        },
        Stage::Paused { .. } => ("paused", None),
        Stage::Suspended { agreed, .. } => ("suspended", Some(("reinstate", agreed))),
        Stage::Completed => ("completed", None),
        Stage::Ended { .. } => ("ended", None),
        _ => unreachable!("a stage without a row"),
    };
    let (verb, by) = match step {
        Step::Accept { by } => ("accept", Some(by)),
        Step::Decline { by } => ("decline", Some(by)),
        Step::Introduce => ("introduce", None),
        Step::Prepare => ("prepare", None),
        Step::Sign { by } => ("sign", Some(by)),
        Step::Begin => ("begin", None),
        Step::Settle => ("settle", None),
        Step::Pause => ("pause", None),
        Step::Resume => ("resume", None),
        Step::Suspend => ("suspend", None),
        Step::Reinstate { by } => ("reinstate", Some(by)),
        Step::Complete => ("complete", None),
        _ => ("end", None),
    };
    let twice = match (consent, by) {
        (Some((again, M | Both)), Some(Mentor)) if again == verb => " twice by the mentor",
        (Some((again, E | Both)), Some(Mentee)) if again == verb => " twice by the mentee",
        _ => "",
    };
    let reason = match step {
        Step::End { reason } => format!(" as `{}`", reason.as_str()),
        _ => String::new(),
    };
    let then = match possible {
        "" => "; nothing is possible any more".to_owned(),
        _ => format!("; possible: {possible}"),
    };
    // What is said twice by one is possible for the other alone.
    let then = match twice {
        "" => then,
        _ if twice.ends_with("mentor") => {
            then.replace(&format!("`{verb}`"), &format!("`{verb}` by the mentee"))
        }
        _ => then.replace(&format!("`{verb}`"), &format!("`{verb}` by the mentor")),
    };
    format!("a pairing that is `{name}` cannot `{verb}`{twice}{reason}{then}")
}

/// The table in the documentation says what the code does, cell by cell.
#[test]
fn the_printed_table_is_the_table() {
    let source = include_str!("../src/pairing/stage.rs");
    let rows: Vec<Vec<&str>> = source
        .lines()
        .filter_map(|line| line.strip_prefix("//! |"))
        .map(|line| {
            line.trim_end_matches('|')
                .split('|')
                .map(str::trim)
                .collect()
        })
        .collect();
    let (head, rows) = rows.split_first().unwrap();
    let names: Vec<&str> = Step::KINDS.iter().map(|step| step.as_str()).collect();
    assert_eq!(
        head.iter().filter(|name| !name.is_empty()).count(),
        names.len()
    );
    let table = table();
    let mut cells = 0;
    for row in &rows[1..] {
        for (name, cell) in head.iter().zip(row).skip(1) {
            assert!(names.contains(name), "{name}");
            let stages = table.iter().filter(|(stage, ..)| stage.as_str() == row[0]);
            let mut leads: Vec<&str> = Vec::new();
            for (stage, ..) in stages {
                let steps = all_steps().into_iter().filter(|s| s.as_str() == *name);
                for to in steps.filter_map(|step| stage.after(step).ok()) {
                    let as_before = matches!((stage, to),
                        (Stage::Paused { before } | Stage::Suspended { before, .. }, Stage::Open { now }) if now == *before);
                    leads.push(if as_before { "as before" } else { to.as_str() });
                }
            }
            let said = cell.trim_end_matches(['¹', '²', '³']);
            assert_eq!(said.is_empty(), leads.is_empty(), "{} {name}", row[0]);
            assert!(
                said.is_empty() || leads.contains(&said),
                "{} {name}: {leads:?}",
                row[0]
            );
            cells += usize::from(!said.is_empty());
        }
    }
    assert_eq!((rows.len() - 1, cells), (9, 26));
}

#[test]
fn every_cell_of_the_stage_table() {
    let table = table();
    assert_eq!(table.len(), 10 + 2 + 30 + 1 + 5);
    let mut refused = 0;
    for (stage, cells, possible) in &table {
        for step in all_steps() {
            let expected = cells.iter().find(|(s, _)| *s == step).map(|(_, to)| *to);
            match stage.after(step) {
                Ok(to) => assert_eq!(Some(to), expected, "{stage:?} {step:?}"),
                Err(illegal) => {
                    assert_eq!(None, expected, "{stage:?} {step:?}");
                    assert_eq!(illegal.to_string(), sentence(*stage, step, possible));
                    refused += 1;
                }
            }
        }
        let by_hand = stage.legal().filter(|s| *s != Step::Suspend);
        let legal: Vec<_> = by_hand.map(|s| format!("`{}`", s.as_str())).collect();
        assert_eq!(legal.join(", "), *possible);
        assert_eq!(stage.is_open(), !possible.is_empty());
    }
    assert_eq!(refused, 48 * 21 - (35 + 4 + 70 + 42 * 2));
}

/// A programme whose pairing 1 (ada, cto) has come to a stage on day 100 at the latest.
fn come_to(stage: Stage) -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    let go = |kept: &mut Kept, phase| {
        let accept = |by| Step::Accept { by };
        let sign = |by| Step::Sign { by };
        let both = [accept(Mentor), accept(Mentee)];
        let steps = match phase {
            Phase::Proposed { accepted } => match accepted {
                Consent::Nobody => vec![],
                Consent::Mentor => vec![accept(Mentor)],
                Consent::Mentee => vec![accept(Mentee)],
                Consent::Both => panic!("never a state"),
            },
            Phase::Accepted => both.to_vec(),
            Phase::Preparing { signed } => {
                let signed = match signed {
                    Consent::Nobody => vec![],
                    Consent::Mentor => vec![sign(Mentor)],
                    Consent::Mentee => vec![sign(Mentee)],
                    Consent::Both => vec![sign(Mentor), sign(Mentee)],
                };
                [both.to_vec(), vec![Step::Prepare], signed].concat()
            }
            Phase::Chemistry => BEGIN.to_vec(),
            Phase::Active => [BEGIN.to_vec(), vec![Step::Settle]].concat(),
            _ => unreachable!("a phase without a row"),
        };
        for step in steps {
            let on = if step == Step::Settle { 100 } else { 1 };
            kept.step(1, step, on);
            if step == Step::Prepare {
                kept.state(1, 1);
            }
        }
    };
    match stage {
        Stage::Open { now } => go(&mut kept, now),
        Stage::Paused { before } => {
            go(&mut kept, before);
            kept.step(1, Step::Pause, 100);
        }
        Stage::Suspended { before, agreed } => {
            go(&mut kept, before);
            let reports = Company::base().reports("ada", "cto").roster();
            kept.reorganise(&reports, 100);
            if agreed != Consent::Nobody {
                // The link goes, and one of the two wants to go on.
                kept.reorganise(&Company::base().roster(), 100);
                let by = if agreed == Consent::Mentor {
                    Mentor
                } else {
                    Mentee
                };
                kept.step(1, Step::Reinstate { by }, 100);
            }
        }
        Stage::Completed => {
            go(&mut kept, Phase::Active);
            kept.step(1, Step::Complete, 100);
        }
        Stage::Ended { reason } => match reason {
            EndReason::Declined => kept.step(1, Step::Decline { by: Mentee }, 100),
            EndReason::Left => {
                let without = Company::base().side("ada", None).roster();
                kept.reorganise(&without, 100);
            }
            _ => {
                if reason == EndReason::Link {
                    let reports = Company::base().reports("ada", "cto").roster();
                    kept.reorganise(&reports, 100);
                }
                kept.step(1, Step::End { reason }, 100);
            }
        },
        _ => unreachable!("a stage without a row"),
    }
    kept
}

#[test]
fn every_cell_through_the_gate_and_refused_is_unchanged() {
    for (stage, cells, possible) in table() {
        let kept = come_to(stage);
        assert_eq!(kept.program.stage(pairing_id(1)), Some(stage));
        for step in all_steps() {
            let mut program = kept.program.clone();
            let expected = cells.iter().find(|(s, _)| *s == step).map(|(_, to)| *to);
            match (
                advance(&mut program, pairing_id(1), step, at(100)),
                expected,
            ) {
                (Ok(entry), Some(to)) => {
                    assert_eq!(program.stage(pairing_id(1)), Some(to));
                    assert_eq!(program.pairing(pairing_id(1)).is_some(), to.is_open());
                    assert_eq!(entry.sequence, kept.program.next_sequence());
                }
                (Err(refused), expected) => {
                    assert_eq!(program, kept.program);
                    let by_hand = "only a reorganisation suspends a pairing".to_owned();
                    let illegal = sentence(stage, step, possible);
                    let why = match (step, expected) {
                        (Step::Suspend, Some(_)) => vec![by_hand],
                        (Step::Suspend, None) if stage.is_open() => vec![by_hand, illegal],
                        (Step::Reinstate { .. }, Some(_)) => {
                            vec!["the line of management between the two is still there".to_owned()]
                        }
                        _ => vec![illegal],
                    };
                    assert_eq!(messages(&refused), why, "{stage:?} {step:?}");
                }
                (Ok(_), None) => panic!("{stage:?} {step:?} passed"),
            }
        }
    }
}

fn messages(refused: &Refused) -> Vec<String> {
    refused.0.iter().map(ToString::to_string).collect()
}

/// What a verb is refused for, word for word; checks that it left no trace.
fn refusal<T: std::fmt::Debug>(
    kept: &mut Kept,
    verb: impl FnOnce(&mut Program) -> Result<T, Refused>,
) -> Vec<String> {
    let before = kept.program.clone();
    let refused = verb(&mut kept.program).unwrap_err();
    assert_eq!(kept.program, before);
    messages(&refused)
}

fn chemistry() -> Kept {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 10);
    kept
}

#[test]
fn a_plan_is_proposed_whole_or_not_at_all() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ben", "cto"), ("cleo", "cfo")], 1);
    // ben–cto is open; ada is in it twice; cleo, cto and cfo have fewer places left than the plan takes.
    let pairs = [
        ("ada", "cto"),
        ("ben", "cto"),
        ("cleo", "cto"),
        ("ada", "cfo"),
    ];
    let proofs: Vec<_> = pairs.iter().map(|(a, b)| proof(&roster, a, b)).collect();
    let plan = plan_of(&roster, &proofs).approve(coordinator());
    let why = refusal(&mut kept, |p| {
        p.propose_all(&plan, Cadence::MONTHLY, at(2), &mut SequentialIds::new(9))
    });
    let id = |n| person_id(n).to_string();
    assert_eq!(
        why,
        [
            format!("pairing {} of the same two is open already", pairing_id(1)),
            format!(
                "participant {} has 1 place as mentor, and 2 pairings would be open",
                id(1)
            ),
            format!(
                "participant {} has 1 place as mentor, and 2 pairings would be open",
                id(3)
            ),
            format!(
                "participant {} has 2 places as mentee, and 4 pairings would be open",
                id(4)
            ),
            format!(
                "participant {} has 1 place as mentee, and 2 pairings would be open",
                id(5)
            ),
        ]
    );
    let why = refusal(&mut kept, |p| {
        p.propose_all(
            &plan,
            Cadence::MONTHLY,
            late(4, 2),
            &mut SequentialIds::new(9),
        )
    });
    assert_eq!(why.len(), 6);
    assert_eq!(
        why[0],
        "2026-01-05 is in the future of its recording on 2026-01-03"
    );
    // The sound one passes alone.
    kept.propose(&roster, &[("ada", "cto")], 2);
    assert_eq!(kept.program.open_pairings().count(), 3);
}

#[test]
fn the_same_pair_twice_in_a_plan_and_an_empty_plan() {
    let roster = Company::base().places("ada", 2).roster();
    let mut kept = Kept::open(&roster);
    let twice = proof(&roster, "ada", "cto");
    let plan = plan_of(&roster, &[twice.clone(), twice]).approve(coordinator());
    let ids = &mut SequentialIds::new(9);
    let first = PairingId::from_source(&mut SequentialIds::new(9));
    let why = refusal(&mut kept, |p| {
        p.propose_all(&plan, Cadence::MONTHLY, at(2), ids)
    });
    assert_eq!(
        why,
        [format!("pairing {first} of the same two is open already")]
    );
    let nothing = plan_of(&roster, &[]).approve(coordinator());
    let why = refusal(&mut kept, |p| {
        p.propose_all(&nothing, Cadence::MONTHLY, at(2), ids)
    });
    assert_eq!(why, ["the proposal is empty"]);
}

const STALE: &str = "eligibility was asked of another roster than the programme's: ask again";

#[test]
fn proofs_from_elsewhere_are_stale() {
    let roster = Company::base().roster();
    let other = Company::base().grade("cleo", 4).roster();
    let mut kept = Kept::open(&roster);
    let (mine, theirs) = (proof(&roster, "ada", "cto"), proof(&other, "ben", "cfo"));
    let ids = &mut SequentialIds::new(9);
    let stale = plan_of(&other, std::slice::from_ref(&theirs)).approve(coordinator());
    let why = refusal(&mut kept, |p| {
        p.propose_all(&stale, Cadence::MONTHLY, at(1), ids)
    });
    assert_eq!(why, [STALE]);
    for mixed in [[mine.clone(), theirs.clone()], [theirs, mine.clone()]] {
        let plan = plan_of(&roster, &mixed).approve(coordinator());
        let why = refusal(&mut kept, |p| {
            p.propose_all(&plan, Cadence::MONTHLY, at(1), ids)
        });
        assert_eq!(why, [STALE]);
    }
    // After the reorganisation it is the other way round.
    kept.reorganise(&other, 1);
    let goals = TwoWayGoals::draft(&mine, day(400));
    let agreement = Agreement::standard(Cadence::WEEKLY);
    let why = refusal(&mut kept, |p| {
        p.propose(pairing_id(1), &mine, goals, agreement, coordinator(), at(1))
    });
    assert_eq!(why, [STALE]);
    kept.propose(&other, &[("ben", "cfo")], 1);
}

#[test]
fn two_questions_of_one_roster_are_no_plan() {
    // The same roster asked on another day: the evidence of the entry would be wrong for one of the two.
    use reverse_mentoring::eligibility::Eligibility;
    use reverse_mentoring::policy::{Context, Policy};
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let (policy, context) = (Policy::standard(), Context::new(day(7)));
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let strict = eligibility.check_keys("ben", "cfo").unwrap();
    let proofs = [proof(&roster, "ada", "cto"), strict.eligible().unwrap()];
    let plan = plan_of(&roster, &proofs).approve(coordinator());
    let why = refusal(&mut kept, |p| {
        p.propose_all(&plan, Cadence::MONTHLY, at(7), &mut SequentialIds::new(9))
    });
    assert_eq!(why, [STALE]);
}

#[test]
fn mixed_evidence_does_not_hide_the_other_problems() {
    let roster = Company::base().roster();
    let other = Company::base().grade("cleo", 4).roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    let proofs = [proof(&roster, "ada", "cfo"), proof(&other, "ben", "cto")];
    let plan = plan_of(&roster, &proofs).approve(coordinator());
    let why = refusal(&mut kept, |p| {
        p.propose_all(&plan, Cadence::MONTHLY, at(1), &mut SequentialIds::new(9))
    });
    let places = "has 1 place as mentor, and 2 pairings would be open";
    assert_eq!(
        why,
        [
            format!("participant {} {places}", person_id(1)),
            STALE.to_owned(),
        ]
    );
}

#[test]
fn an_id_stands_for_one_pairing_for_ever() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let propose = |id, mentor, mentee| {
        let proof = proof(&roster, mentor, mentee);
        let agreement = Agreement::standard(Cadence::MONTHLY);
        move |p: &mut Program| {
            let goals = TwoWayGoals::draft(&proof, day(400));
            p.propose(
                pairing_id(id),
                &proof,
                goals,
                agreement,
                coordinator(),
                at(1),
            )
        }
    };
    propose(1, "ada", "cto")(&mut kept.program).unwrap();
    let taken = [format!(
        "the id {} stands for a pairing already",
        pairing_id(1)
    )];
    assert_eq!(refusal(&mut kept, propose(1, "ben", "cfo")), taken);
    kept.program.advance(pairing_id(1), END, at(1)).unwrap();
    assert_eq!(refusal(&mut kept, propose(1, "ben", "cfo")), taken);
    propose(2, "ada", "cto")(&mut kept.program).unwrap();
}

#[test]
fn places_are_kept_over_several_calls_and_freed_by_an_end() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let try_again = |kept: &mut Kept, mentor, mentee| {
        let plan = plan_of(&roster, &[proof(&roster, mentor, mentee)]).approve(coordinator());
        refusal(kept, |p| {
            p.propose_all(&plan, Cadence::MONTHLY, at(5), &mut SequentialIds::new(9))
        })
    };
    kept.propose(&roster, &[("ben", "cto")], 1);
    kept.propose(&roster, &[("ben", "cfo")], 2);
    let full = |n: u32, places, role, wanted| {
        let person = person_id(n);
        let plural = if places == 1 { "" } else { "s" };
        format!(
            "participant {person} has {places} place{plural} as {role}, and {wanted} pairings would be open"
        )
    };
    // ben's two places and the cfo's one are taken, and now the second of the cto's.
    kept.propose(&roster, &[("ada", "cto")], 3);
    assert_eq!(
        try_again(&mut kept, "cleo", "cto"),
        [full(4, 2, "mentee", 3)]
    );
    assert_eq!(
        try_again(&mut kept, "cleo", "cfo"),
        [full(5, 1, "mentee", 2)]
    );
    // Paused and suspended pairings keep their places; a completed or ended one frees both.
    kept.begin(2, 5);
    kept.step(2, Step::Pause, 5);
    assert_eq!(
        try_again(&mut kept, "cleo", "cfo"),
        [full(5, 1, "mentee", 2)]
    );
    kept.step(2, END, 5);
    kept.propose(&roster, &[("cleo", "cfo")], 5);
    kept.begin(1, 5);
    kept.step(1, Step::Settle, 65);
    kept.step(1, Step::Complete, 65);
    kept.propose(&roster, &[("ops", "cto")], 65);
    assert_eq!(kept.program, Program::replay(&kept.journal).unwrap());
}

#[test]
fn the_two_sides_of_either_have_places_of_their_own() {
    let company = Company::base().reports("ada", "cto").reports("ops", "cfo");
    let roster = company.roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ops", "cto"), ("ada", "ops")], 1);
    let open = |role| {
        let mine = |p: &&reverse_mentoring::pairing::Pairing| p.pair().person(role) == person_id(6);
        kept.program.open_pairings().filter(mine).count()
    };
    assert_eq!((open(Mentor), open(Mentee)), (1, 1));
}

#[test]
fn a_reorganisation_suspends_clears_and_ends_in_one_entry() {
    let base = Company::base();
    let roster = base.roster();
    let mut kept = Kept::open(&roster);
    kept.propose(
        &roster,
        &[("ada", "cto"), ("ben", "cfo"), ("ben", "cto")],
        1,
    );
    kept.begin(1, 2);
    kept.begin(2, 2);
    kept.step(2, Step::Pause, 3);

    // ada below the cto by a solid line; ben below the cfo by a dotted line over cleo, mixed.
    let mixed = base
        .clone()
        .reports("ada", "cto")
        .dotted("cleo", "cfo")
        .reports("ben", "cleo");
    let entry = kept.reorganise(&mixed.roster(), 10).clone();
    let Event::Reorganised {
        roster: now,
        people,
        left,
        suspended: which,
        cleared,
        ended: over,
        far_links,
    } = entry.event
    else {
        panic!()
    };
    assert_eq!(now, mixed.roster().fingerprint());
    assert_eq!(which, [pairing_id(1), pairing_id(2)]);
    assert!(people.is_empty() && left.is_empty() && cleared.is_empty() && over.is_empty());
    assert_eq!(far_links, []);
    assert_eq!(kept.program.roster(), now);
    let stage = |kept: &Kept, n| kept.program.stage(pairing_id(n)).unwrap();
    assert_eq!(stage(&kept, 1), suspended(Phase::Chemistry));
    // What was paused goes on unpaused once reinstated.
    assert_eq!(stage(&kept, 2), suspended(Phase::Chemistry));
    assert_eq!(stage(&kept, 3), Stage::PROPOSED);
    let remains = ["the line of management between the two is still there"];
    for n in [1, 2] {
        let why = refusal(&mut kept, |p| {
            p.advance(pairing_id(n), Step::Reinstate { by: Mentor }, at(11))
        });
        assert_eq!(why, remains);
    }

    // The mixed line goes, the solid one stays; cleo leaves without a pairing, ben with one of his gets a third place.
    let half = base
        .clone()
        .reports("ada", "cto")
        .places("ben", 3)
        .side("cleo", None);
    let entry = kept.reorganise(&half.roster(), 20).clone();
    let Event::Reorganised {
        people,
        left,
        suspended: which,
        cleared,
        ended: over,
        ..
    } = entry.event
    else {
        panic!()
    };
    assert_eq!(
        (which, cleared, over),
        (vec![], vec![pairing_id(2)], vec![])
    );
    assert_eq!(left, [person_id(3)]);
    assert_eq!(people.len(), 1);
    assert_eq!(
        (people[0].participant, people[0].as_mentor),
        (person_id(2), 3)
    );
    let why = refusal(&mut kept, |p| {
        p.advance(pairing_id(1), Step::Reinstate { by: Mentor }, at(21))
    });
    assert_eq!(why, remains);
    assert!(kept.program.pairing(pairing_id(2)).unwrap().link_gone());

    // The link comes back before anybody reinstated.
    kept.reorganise(&mixed.roster(), 22);
    let why = refusal(&mut kept, |p| {
        p.advance(pairing_id(2), Step::Reinstate { by: Mentor }, at(22))
    });
    assert_eq!(why, remains);
    kept.reorganise(&base.roster(), 30);
    kept.reinstate(1, 31);
    kept.reinstate(2, 31);
    assert_eq!(stage(&kept, 1), open(Phase::Chemistry));
    assert_eq!(stage(&kept, 2), open(Phase::Chemistry));

    // ben leaves: both of his end, and nobody can propose him any more.
    let gone = base.clone().side("ben", None);
    let entry = kept.reorganise(&gone.roster(), 40).clone();
    let Event::Reorganised {
        left, ended: over, ..
    } = entry.event
    else {
        panic!()
    };
    assert_eq!(
        (left, over),
        (vec![person_id(2)], vec![pairing_id(2), pairing_id(3)])
    );
    assert_eq!(stage(&kept, 2), ended(EndReason::Left));
    assert_eq!(kept.program.open_pairings().count(), 1);
    // He comes back, to an empty desk.
    kept.reorganise(&base.roster(), 50);
    kept.join(2, 50);
    kept.propose(&base.roster(), &[("ben", "cfo"), ("ben", "cto")], 50);
    assert_eq!(kept.program, Program::replay(&kept.journal).unwrap());
}

#[test]
fn a_promotion_ends_nothing() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    let promoted = Company::base()
        .grade("ada", 9)
        .side("ada", Some(Side::Mentee));
    let entry = kept.reorganise(&promoted.roster(), 3).clone();
    let Event::Reorganised {
        left,
        suspended: which,
        ended: over,
        ..
    } = entry.event
    else {
        panic!()
    };
    assert!(left.is_empty() && which.is_empty() && over.is_empty());
    assert_eq!(
        kept.program.stage(pairing_id(1)),
        Some(open(Phase::Chemistry))
    );
    kept.record(&session(1, 1, 4, held()), at(4));
}

#[test]
fn a_reorganisation_known_late_undoes_nothing_that_has_happened_since() {
    let roster = Company::base().roster();
    let mut kept = chemistry();
    kept.propose(&roster, &[("ben", "cfo")], 20);
    let both = Company::base()
        .reports("ada", "cto")
        .reports("ben", "cfo")
        .roster();
    kept.record(&session(1, 1, 15, held()), at(20));
    let entry = kept.program.reorganise(&both, late(9, 20)).unwrap();
    kept.journal.push(entry);
    // They met on day 15, and the second proposal is of day 20: the holds begin there, not on day 9.
    for (pairing, from) in [(1, 15), (2, 20)] {
        let facts = kept.program.history().pairing(pairing_id(pairing)).unwrap();
        assert_eq!(facts.holds.last().map(|h| h.from), Some(day(from)));
    }
    assert_eq!(kept.program, Program::replay(&kept.journal).unwrap());
}

#[test]
fn the_chemistry_period_runs_two_sessions_or_sixty_days() {
    let mut kept = chemistry();
    let settle = |on| move |p: &mut Program| advance(p, pairing_id(1), Step::Settle, at(on));
    let words = |held, days| {
        [format!(
            "the chemistry period runs until two sessions are held or 60 days have passed: {held} held, {days} days"
        )]
    };
    assert_eq!(refusal(&mut kept, settle(10)), words(0, 0));
    assert_eq!(refusal(&mut kept, settle(69)), words(0, 59));
    settle(70)(&mut kept.program.clone()).unwrap();
    kept.record(&session(1, 1, 12, held()), at(12));
    kept.record(&session(2, 1, 13, MISSED), at(13));
    kept.record(&session(3, 1, 14, CANCELLED), at(14));
    assert_eq!(refusal(&mut kept, settle(15)), words(1, 5));
    kept.record(&session(4, 1, 15, held()), at(15));
    settle(15)(&mut kept.program.clone()).unwrap();
    // A correction and a void count back, and forth.
    let correct = |kept: &mut Kept, outcome| {
        let entry = kept.program.correct(&session(4, 1, 15, outcome), at(16));
        kept.journal.push(entry.unwrap());
    };
    correct(&mut kept, MISSED);
    assert_eq!(refusal(&mut kept, settle(16)), words(1, 6));
    correct(&mut kept, held());
    correct(&mut kept, held());
    let void = |n| move |p: &mut Program| p.void(pairing_id(1), session_id(n), at(16));
    void(1)(&mut kept.program).unwrap();
    assert_eq!(refusal(&mut kept, settle(16)), words(1, 6));
    void(2)(&mut kept.program).unwrap();
    assert_eq!(kept.program.pairing(pairing_id(1)).unwrap().held(), 1);
}

#[test]
fn a_session_held_after_the_day_does_not_settle_it() {
    let mut kept = chemistry();
    kept.record(&session(1, 1, 12, held()), at(30));
    kept.record(&session(2, 1, 20, held()), at(30));
    let on = |on| move |p: &mut Program| advance(p, pairing_id(1), Step::Settle, late(on, 30));
    let why = refusal(&mut kept, on(19));
    assert_eq!(
        why,
        [
            "the chemistry period runs until two sessions are held or 60 days have passed: 1 held, 9 days"
        ]
    );
    on(20)(&mut kept.program).unwrap();
}

#[test]
fn a_session_stands_within_the_days_of_its_pairing() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    let record = |n, on, outcome, stamp: Stamp| {
        move |p: &mut Program| p.record(&session(n, 1, on, outcome), stamp)
    };
    let not_begun = ["the pairing has not begun, so there can be no session"];
    assert_eq!(refusal(&mut kept, record(1, 5, held(), at(5))), not_begun);
    kept.begin(1, 10);
    let outside = |date, end: &str| {
        [format!(
            "{} is outside the days of the pairing, 2026-01-11 to {end}",
            day(date)
        )]
    };
    assert_eq!(
        refusal(&mut kept, record(1, 9, held(), at(11))),
        outside(9, "now")
    );
    let future = |on, recorded| {
        [format!(
            "{} is in the future of its recording on {}",
            day(on),
            day(recorded)
        )]
    };
    // A day may be one ahead, east of Greenwich; a session can be called off beforehand, but not missed.
    assert_eq!(
        refusal(&mut kept, record(1, 14, held(), at(12))),
        future(14, 12)
    );
    assert_eq!(
        refusal(&mut kept, record(1, 14, MISSED, at(12))),
        future(14, 12)
    );
    assert_eq!(
        refusal(&mut kept, record(1, 11, held(), late(14, 12))),
        future(14, 12)
    );
    kept.record(&session(1, 1, 13, held()), at(12));
    kept.record(&session(2, 1, 40, CANCELLED), at(12));
    // Late, and on the first day.
    kept.record(&session(3, 1, 10, held()), at(30));
    kept.record(&session(4, 1, 11, MISSED), late(5, 30));
    let taken = [format!(
        "session {} is on record already: correct it instead",
        session_id(3)
    )];
    assert_eq!(refusal(&mut kept, record(3, 12, held(), at(30))), taken);
    // A hold: its own days are nobody's, those between are.
    kept.step(1, Step::Pause, 30);
    let held_up = |on| [format!("the pairing was held up on {}", day(on))];
    assert_eq!(
        refusal(&mut kept, record(5, 31, held(), at(35))),
        held_up(31)
    );
    kept.record(&session(5, 1, 30, held()), at(35));
    kept.step(1, Step::Resume, 40);
    assert_eq!(
        refusal(&mut kept, record(6, 39, held(), at(45))),
        held_up(39)
    );
    assert_eq!(
        refusal(&mut kept, record(6, 31, held(), at(45))),
        held_up(31)
    );
    kept.record(&session(6, 1, 40, held()), at(45));
    kept.step(1, END, 50);
    kept.record(&session(7, 1, 50, held()), at(60));
    assert_eq!(
        refusal(&mut kept, record(8, 51, held(), at(60))),
        outside(51, "2026-02-20")
    );
    // Several at once, all told.
    let why = refusal(&mut kept, record(3, 99, held(), at(60)));
    assert_eq!(
        why,
        [
            taken[0].clone(),
            future(99, 60)[0].clone(),
            outside(99, "2026-02-20")[0].clone()
        ]
    );
    let foreign = session(1, 3, 20, held());
    let why = refusal(&mut kept, |p| p.record(&foreign, at(60)));
    let used =
        "session 00000003-0000-8000-8000-000000000001 is on record already: correct it instead";
    let nowhere = format!("there is no pairing {}", pairing_id(3));
    assert_eq!(why, [used, &nowhere]);
    assert_eq!(kept.program, Program::replay(&kept.journal).unwrap());
}

#[test]
fn nothing_pauses_or_ends_before_a_session_on_record() {
    let mut kept = chemistry();
    kept.record(&session(1, 1, 20, MISSED), at(30));
    kept.record(&session(2, 1, 25, held()), at(30));
    kept.record(&session(3, 1, 60, CANCELLED), at(30));
    let step = |step, on| move |p: &mut Program| p.advance(pairing_id(1), step, late(on, 30));
    for s in [Step::Pause, END] {
        let why = refusal(&mut kept, step(s, 24));
        let words = "2026-01-25 is before a session on record, that of 2026-01-26: correct or void it first";
        assert_eq!(why, [words]);
        step(s, 25)(&mut kept.program.clone()).unwrap();
    }
    kept.program
        .void(pairing_id(1), session_id(2), at(30))
        .unwrap();
    assert_eq!(refusal(&mut kept, step(END, 19)).len(), 1);
    step(END, 20)(&mut kept.program).unwrap();
}

#[test]
fn corrections_move_flip_and_void() {
    let mut kept = chemistry();
    kept.record(&session(1, 1, 12, held()), at(20));
    kept.record(&session(2, 1, 14, held()), at(20));
    let dates = |kept: &Kept| {
        let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
        let all = facts
            .sessions
            .iter()
            .map(|s| ((s.date - day(0)).num_days(), s.outcome.is_held()));
        all.collect::<Vec<_>>()
    };
    kept.program
        .correct(&session(1, 1, 16, held()), at(20))
        .unwrap();
    assert_eq!(dates(&kept), [(14, true), (16, true)]);
    kept.program
        .correct(&session(1, 1, 14, MISSED), at(20))
        .unwrap();
    assert_eq!(dates(&kept), [(14, true), (14, false)]);
    assert_eq!(kept.program.pairing(pairing_id(1)).unwrap().held(), 1);
    let unknown = [format!(
        "there is no session {} of this pairing",
        session_id(3)
    )];
    let why = refusal(&mut kept, |p| p.correct(&session(3, 1, 14, held()), at(20)));
    assert_eq!(why, unknown);
    let why = refusal(&mut kept, |p| p.correct(&session(1, 1, 9, held()), at(20)));
    assert_eq!(
        why,
        ["2026-01-10 is outside the days of the pairing, 2026-01-11 to now"]
    );
    let why = refusal(&mut kept, |p| p.correct(&session(1, 1, 22, held()), at(20)));
    assert_eq!(
        why,
        ["2026-01-23 is in the future of its recording on 2026-01-21"]
    );
    kept.program
        .void(pairing_id(1), session_id(2), at(20))
        .unwrap();
    assert_eq!(dates(&kept), [(14, false)]);
    let why = refusal(&mut kept, |p| p.void(pairing_id(1), session_id(3), at(20)));
    assert_eq!(why, unknown);
    let why = refusal(&mut kept, |p| p.void(pairing_id(7), session_id(1), at(20)));
    assert_eq!(why, [format!("there is no pairing {}", pairing_id(7))]);
    let why = refusal(&mut kept, |p| {
        p.void(pairing_id(7), session_id(1), late(29, 20))
    });
    assert_eq!(
        why,
        [
            "2026-01-30 is in the future of its recording on 2026-01-21".to_owned(),
            format!("there is no pairing {}", pairing_id(7))
        ]
    );
}

#[test]
fn progress_needs_a_goal_and_a_day_of_the_pairing() {
    let mut kept = chemistry();
    let progress = |n, role, skill, stamp| {
        move |p: &mut Program| {
            let (skill, level) = (Skill::new(skill).unwrap(), Level::new(2).unwrap());
            p.progress(pairing_id(n), role, skill, level, stamp)
        }
    };
    progress(1, Mentor, "budget", at(12))(&mut kept.program).unwrap();
    let why = refusal(&mut kept, progress(1, Mentee, "sql", at(12)));
    assert_eq!(why, ["the mentee has no goal in `sql`"]);
    let why = refusal(&mut kept, progress(1, Mentor, "sql", late(9, 12)));
    assert_eq!(
        why,
        [
            "the mentor has no goal in `sql`",
            "2026-01-10 is outside the days of the pairing, 2026-01-11 to now"
        ]
    );
    let why = refusal(&mut kept, progress(2, Mentor, "budget", at(12)));
    assert_eq!(why, [format!("there is no pairing {}", pairing_id(2))]);
    // What was reached on the last day can be noted afterwards; what came later cannot.
    kept.program.advance(pairing_id(1), END, at(20)).unwrap();
    progress(1, Mentee, "video", late(20, 25))(&mut kept.program).unwrap();
    let why = refusal(&mut kept, progress(1, Mentee, "video", at(25)));
    assert_eq!(
        why,
        ["2026-01-26 is outside the days of the pairing, 2026-01-11 to 2026-01-21"]
    );
}

#[test]
fn goals_by_hand_and_the_drafted_ones() {
    let roster = Company::base().roster();
    let proof = proof(&roster, "ada", "cto");
    let goal = |skill, from, to| {
        let level = |l| Level::new(l).unwrap();
        Goal::new(Skill::new(skill).unwrap(), level(from), level(to), day(400)).unwrap()
    };
    // The teacher is at 4: the wish for 5 is drafted as far as they can take it.
    let draft = TwoWayGoals::draft(&proof, day(400));
    assert_eq!(draft.mentor(), [goal("budget", 0, 4), goal("video", 1, 3)]);
    assert_eq!(draft.mentee(), draft.mentor());
    let error = TwoWayGoals::new([goal("sql", 0, 1), goal("sql", 1, 2)], [goal("r", 0, 1)]);
    assert_eq!(
        error.unwrap_err().to_string(),
        "the mentor has two goals in `sql`"
    );
    let error = TwoWayGoals::new([goal("sql", 0, 1)], []).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the mentee has no learning goal: goals go both ways"
    );
    let flat = Goal::new(Skill::new("sql").unwrap(), Level::MAX, Level::MAX, day(1));
    let flat = flat.unwrap_err();
    assert_eq!(
        flat.to_string(),
        "a wish from level 5 to level 5 does not rise"
    );
}

#[test]
fn a_step_is_dated_from_the_latest_on() {
    let mut kept = chemistry();
    let why = refusal(&mut kept, |p| p.advance(pairing_id(1), END, late(9, 12)));
    assert_eq!(
        why,
        ["2026-01-10 is before the latest step of the pairing on 2026-01-11"]
    );
    let why = refusal(&mut kept, |p| {
        advance(p, pairing_id(1), Step::Settle, late(9, 12))
    });
    assert_eq!(why.len(), 2);
    let why = refusal(&mut kept, |p| p.advance(pairing_id(9), END, at(12)));
    assert_eq!(why, [format!("there is no pairing {}", pairing_id(9))]);
}

#[test]
fn the_time_of_recording_never_runs_backwards() {
    let mut kept = chemistry();
    let why = refusal(&mut kept, |p| p.advance(pairing_id(1), END, late(10, 9)));
    assert_eq!(
        why,
        [
            "the time of recording runs backwards: 2026-01-10 00:00:00 UTC after 2026-01-11 00:00:00 UTC"
        ]
    );
    // The same instant again is fine, and so is a happening of before, back to the opening.
    kept.step(1, END, 10);
    let late_session = session(1, 1, 10, held());
    kept.record(&late_session, late(0, 10));
    let why = refusal(&mut kept, |p| {
        p.void(pairing_id(1), late_session.facts().session, late(-1, 10))
    });
    assert_eq!(
        why,
        ["2025-12-31 is before the opening of the programme on 2026-01-01"]
    );
}

#[test]
fn an_opening_in_the_future_is_refused() {
    let roster = Company::base().roster();
    let refused = Program::open(program_id(), &roster, Load::DEFAULT, late(3, 1)).unwrap_err();
    let words = "2026-01-04 is in the future of its recording on 2026-01-02";
    assert_eq!(refused.to_string(), words);
    assert!(matches!(refused.0[..], [Problem::Future { .. }]));
    Program::open(program_id(), &roster, Load::DEFAULT, late(2, 1)).unwrap();
}

#[test]
fn a_note_is_for_the_two_alone() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    let mine = kept.program.pairing(pairing_id(1)).unwrap();
    let other = kept.program.pairing(pairing_id(2)).unwrap();
    let noted = session(1, 1, 10, held()).with_note("between us".to_owned());
    let note = noted.note().unwrap();
    for (person, role) in [(1, Mentor), (4, Mentee)] {
        let member = mine.member(person_id(person)).unwrap();
        assert_eq!((member.role(), member.pairing()), (role, pairing_id(1)));
        assert_eq!(note.read(&member).map(String::as_str), Some("between us"));
    }
    for stranger in [2, 3, 5, 6] {
        assert_eq!(mine.member(person_id(stranger)), None);
    }
    let elsewhere = other.member(person_id(5)).unwrap();
    assert_eq!(note.read(&elsewhere), None);
    assert!(!format!("{noted:?}{:?}", kept.program).contains("between us"));
}

#[test]
fn a_programme_gives_the_context_of_the_next_question() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept.step(2, Step::Decline { by: Mentor }, 5);
    let context = kept.program.context(day(9));
    let (open, over) = (pair(1, 4), pair(2, 5));
    assert_eq!((context.today(), context.load()), (day(9), Load::DEFAULT));
    assert!(context.is_open(open) && !context.is_open(over));
    assert_eq!(
        (
            context.open(open.mentor, Mentor),
            context.open(over.mentor, Mentor)
        ),
        (1, 0)
    );
    assert_eq!(context.last_paired(over), Some(day(5)));
    assert_eq!(context.last_paired(open), None);
}

#[test]
fn the_two_read_their_notes_after_the_end_too() {
    let mut kept = chemistry();
    let note = session(1, 1, 12, held()).with_note("for the two".to_owned());
    kept.record(&note, at(12));
    kept.step(1, END, 13);
    assert!(kept.program.pairing(pairing_id(1)).is_none());
    let read = |person| {
        let member = kept.program.member(pairing_id(1), person_id(person))?;
        note.note()?.read(&member).cloned()
    };
    assert_eq!(read(1).as_deref(), Some("for the two"));
    assert_eq!(read(4).as_deref(), Some("for the two"));
    assert_eq!(read(2), None);
    assert_eq!(kept.program.member(pairing_id(9), person_id(1)), None);
}
