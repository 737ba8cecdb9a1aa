//! What a terminal or a log is given: messages are one line, tables are lines, and no name in them moves what stands around it.

use chrono::Days;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::charter::{Charter, Training};
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::health::{Breakdown, Ledger, Metrics, Period, Publisher, PulseReading};
use reverse_mentoring::history::History;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Candidates, Choice, Criteria, EarlierPlan, Optimal, Rankings, Search,
};
use reverse_mentoring::notebook::{Notebook, SealedRecord};
use reverse_mentoring::pair::{Role, Roles};
use reverse_mentoring::pairing::{Goal, GoalChange, GoalRef, SharedGoal, TwoWayGoals};
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::pulse::{Better, Item, Items, PulseBook, PulseRecord, Round};
use reverse_mentoring::roster::{
    Experience, Level, Line, Offer, Participant, Person, ReportingLines, Roster, Side, Skill, Wish,
};
use reverse_mentoring::text::{Key, Label, Quoted};
use serde_json::{Value, json};

use crate::judge::{keeps, lines, message};
use crate::nasty::nasty;
use crate::support::*;

fn labels() -> impl Iterator<Item = Label> {
    nasty().into_iter().filter_map(|text| Label::new(text).ok())
}

fn somebody(n: u32, key: &Key, side: Side, grade: i32) -> Participant {
    Participant::new(person_id(n), key.clone(), side, Experience::grade(grade))
}

/// The one door for text of others in a message.
#[test]
fn quoted() {
    for text in nasty() {
        let quoted = Quoted(&text).to_string();
        message(&quoted);
        assert!(quoted.starts_with('`') && quoted.ends_with('`'));
        // The longest is eighty characters that are all written by their number.
        assert!(quoted.chars().count() <= 80 * 10 + 3);
    }
}

#[test]
fn values_that_cannot_be() {
    let level = |n: u8| Level::new(n).unwrap();
    for label in labels() {
        let skill = Skill::from(label.clone());
        let ada = somebody(1, &Key::new("ada").unwrap(), Side::Mentor, 2);
        let offer = Offer::of(skill.clone(), level(3)).unwrap();
        let twice = ada.clone().with_offers([offer.clone(), offer]).unwrap_err();
        message(&twice.to_string());
        let wish = Wish::of(skill.clone(), level(1), level(3)).unwrap();
        message(
            &ada.with_wishes([wish.clone(), wish])
                .unwrap_err()
                .to_string(),
        );
        let goal = Goal::new(skill.clone(), level(1), level(3), day(90)).unwrap();
        let goals = TwoWayGoals::new([goal.clone(), goal.clone()], [goal.clone()]);
        message(&goals.unwrap_err().to_string());
        let shared = SharedGoal::new(label.clone(), day(90));
        let goals = TwoWayGoals::new([goal.clone()], [goal]).unwrap();
        message(
            &goals
                .with_shared([shared.clone(), shared])
                .unwrap_err()
                .to_string(),
        );
        message(&GoalRef::learning(Role::Mentor, skill).to_string());
        message(&GoalRef::shared(label).to_string());
    }
}

#[test]
fn people_and_lines_that_cannot_be() {
    for text in nasty() {
        let twice = [
            Line::root(text.as_str()),
            Line::new(text.as_str(), text.as_str()),
        ];
        let of_nobody = [Line::new("ada", text.as_str()).dotted(text.as_str())];
        for lines in [twice.to_vec(), of_nobody.to_vec()] {
            let faults = ReportingLines::new(lines).unwrap_err();
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
            message(&faults.to_string());
        }
        let Ok(key) = Key::new(text.as_str()) else {
            continue;
        };
        let lines = ReportingLines::new([Line::root("boss")]).unwrap();
        let people = [
            somebody(1, &key, Side::Mentor, 2),
            somebody(1, &key, Side::Mentee, 2),
        ];
        let faults = Roster::new(people.map(Person::from), lines).unwrap_err();
        faults
            .0
            .iter()
            .for_each(|fault| message(&fault.to_string()));
    }
}

/// A plan of people of such names and skills, asked about.
#[test]
fn plans_and_questions() {
    for text in nasty() {
        let (Ok(key), Ok(label)) = (Key::new(text.as_str()), Label::new(text.as_str())) else {
            continue;
        };
        let other = Key::new("cfo").unwrap();
        let skill = Skill::from(label);
        let level = |n: u8| Level::new(n).unwrap();
        let with = |p: Participant| {
            p.with_offers([Offer::of(skill.clone(), level(4)).unwrap()])
                .unwrap()
                .with_wishes([Wish::new("law", 0, 3).unwrap()])
                .unwrap()
        };
        let people = [
            with(somebody(1, &key, Side::Mentor, 2)),
            somebody(2, &other, Side::Mentee, 8)
                .with_offers([Offer::new("law", 5).unwrap()])
                .unwrap()
                .with_wishes([Wish::of(skill.clone(), level(0), level(5)).unwrap()])
                .unwrap(),
            with(somebody(3, &Key::new("bo").unwrap(), Side::Mentor, 3)),
        ];
        let reporting = [
            Line::root("boss"),
            Line::new("cfo", "boss"),
            Line::new(key.as_str(), "boss"),
            Line::new("bo", key.as_str()),
        ];
        let roster = Roster::new(
            people.map(Person::from),
            ReportingLines::new(reporting).unwrap(),
        );
        let roster = roster.unwrap();
        let (policy, context, criteria) = (
            Policy::standard(),
            Context::new(day(0)),
            Criteria::standard(),
        );
        let eligibility = Eligibility::new(&roster, &policy, &context);
        let matcher = Optimal::most_pairs();
        let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
        let plan = candidates.plan(&matcher).unwrap();
        lines(&plan.to_string());
        let questions = candidates.questions(&plan).unwrap();
        for mentor in [key.as_str(), "bo", "cfo"] {
            for mentee in ["cfo", key.as_str(), text.as_str(), "nobody"] {
                match questions.explain(mentor, mentee) {
                    Ok(said) => lines(&said.to_string()),
                    Err(error) => message(&error.to_string()),
                }
            }
        }
        for unmatched in &plan.unmatched {
            message(&unmatched.detail);
            let found = candidates.counterfactuals(
                &plan,
                &matcher,
                unmatched.key.as_str(),
                unmatched.role,
                &Search::default(),
            );
            match found {
                Ok(found) => lines(&found.to_string()),
                Err(error) => message(&error.to_string()),
            }
        }
        let nothing = EarlierPlan::default();
        lines(&plan.diff(nothing, &eligibility).to_string());
        // Who is nobody here.
        for unknown in [format!("{text}?"), format!("?{text}")] {
            if let Err(error) = eligibility.check_keys(&unknown, &unknown) {
                message(&error.to_string());
            }
            let choices = [Choice {
                by: Role::Mentor,
                mentor: unknown.clone(),
                mentee: key.to_string(),
                rank: std::num::NonZeroU32::MIN,
            }];
            let faults = Rankings::new(&roster, choices).unwrap_err();
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
        }
    }
    for text in nasty() {
        if let Err(error) = text.parse::<Objective>() {
            message(&error.to_string());
        }
    }
}

/// What a record has twice, or for nobody.
#[test]
fn records_that_cannot_be() {
    for text in nasty() {
        let pair = json!({"mentor": text, "mentee": text, "score": 1});
        let plan = json!({"pairs": [pair, pair], "total_score": 2});
        let refused = serde_json::from_value::<EarlierPlan>(plan).unwrap_err();
        message(&refused.to_string());
        let figures =
            json!({"version": 1, "definition": text, "sets": [7], "total": null, "cells": {}});
        let ledger = json!({"latest": null, "sets": [], "metrics": {text.as_str(): figures}});
        message(
            &serde_json::from_value::<Ledger>(ledger)
                .unwrap_err()
                .to_string(),
        );
        if !keeps(&text, 1024) {
            continue;
        }
        let skill = json!({"reference": text, "name": text, "stated_by": []});
        let other = json!({"reference": format!("{}.", text.get(..1).unwrap_or("x")), "name": text, "stated_by": []});
        let notebook = json!({
            "version": 1, "pages": [], "feedback": [], "ballots": [], "concerns": [],
            "skills": [skill, skill, other],
        });
        let record: SealedRecord = serde_json::from_value(notebook).unwrap();
        let refused = Notebook::from_record(record).unwrap_err();
        assert!(refused.0.len() >= 3);
        refused
            .0
            .iter()
            .for_each(|problem| message(&problem.to_string()));
        let item = json!({"code": text, "wording": text, "better": "high", "asked": ["mentor"]});
        let series = json!({"item": text, "side": "mentee", "sums": [], "answers": []});
        let book = json!({"version": 1, "threshold": 5, "items": [item, item], "series": [series, series]});
        let record: PulseRecord = serde_json::from_value(book).unwrap();
        let refused = PulseBook::from_record(record).unwrap_err();
        refused
            .0
            .iter()
            .for_each(|problem| message(&problem.to_string()));
    }
}

#[test]
fn pulses() {
    for label in labels() {
        let item = Item::new(label.clone(), label.clone(), Better::High, Roles::BOTH).unwrap();
        let refused =
            Item::new(label.clone(), label.clone(), Better::High, Roles::NONE).unwrap_err();
        message(&refused.to_string());
        let items = Items::none().with(item.clone()).unwrap();
        message(&items.clone().with(item.clone()).unwrap_err().to_string());
        message(&Round::new([&item]).unwrap().to_string());
        let refused = Round::new([&item, &item]).unwrap_err();
        message(&refused.to_string());
        let book = PulseBook::new(items, Threshold::default());
        for reading in PulseReading::all(&book, day(9)) {
            message(&reading.to_string());
        }
    }
}

/// The gate, asked about goals of which it has never heard.
#[test]
fn refusals_of_the_gate() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    for label in labels() {
        let unknown = [
            GoalRef::shared(label.clone()),
            GoalRef::learning(Role::Mentee, Skill::from(label.clone())),
        ];
        for goal in unknown {
            let before = kept.program.clone();
            let refused =
                kept.program
                    .change_goal(pairing_id(1), goal, GoalChange::Achieved, at(5));
            let refused = refused.unwrap_err();
            refused
                .0
                .iter()
                .for_each(|problem| message(&problem.to_string()));
            message(&refused.to_string());
            assert_eq!(kept.program, before);
        }
        let training = Training {
            curriculum: label.clone(),
            version: label,
        };
        if let Err(refused) = kept.program.trained(training, [person_id(77)], at(5)) {
            refused
                .0
                .iter()
                .for_each(|problem| message(&problem.to_string()));
        }
    }
}

/// A charter may ask for rules that nobody has.
#[test]
fn rules_that_were_not_asked() {
    let roster = Company::base().roster();
    for text in nasty() {
        let Ok(rule) = format!("{text}@1").parse() else {
            continue;
        };
        let mut kept = Kept::opened(&roster);
        let mut draft = draft();
        draft.policy = Some(vec![rule]);
        let charter = Charter::new(draft).unwrap();
        let people = everybody(&roster);
        kept.program.enrol(cohort_id(1), people, at(0)).unwrap();
        kept.program.launch(charter, cohort(1), at(0)).unwrap();
        let plan = plan_of(&roster, &[proof(&roster, "ada", "cto")]).approve(coordinator());
        let refused = kept
            .program
            .propose_all(&plan, Cadence::MONTHLY, at(1), &mut kept.ids);
        let refused = refused.unwrap_err();
        refused
            .0
            .iter()
            .for_each(|problem| message(&problem.to_string()));
    }
}

/// Releases by such names, and shares by such groups.
#[test]
fn tables_of_health() {
    let roster = Company::base()
        .places("cto", 50)
        .places("cleo", 50)
        .roster();
    let logs: Vec<_> = (0..20)
        .map(|n| {
            let mut log = logged(&roster, &format!("p{n}"), ("cleo", "cto"), n);
            log.sessions = logged_sessions(&[(30 + n, held())]);
            log
        })
        .collect();
    let (_, adopted) = health_of(&logs, &roster, 60);
    let metrics = Metrics::standard();
    let mut shown = 0;
    for label in labels() {
        let labels = adopted.keys.keys().enumerate();
        let labels = labels.map(|(at, id)| {
            (
                *id,
                if at % 2 == 0 {
                    label.clone()
                } else {
                    Label::new("Sales").unwrap()
                },
            )
        });
        let by = Breakdown::new(label.clone(), labels.collect::<Vec<_>>());
        let publisher = Publisher::new(&adopted.history, &metrics, day(61)).by(by.clone());
        let period = Period::new(day(0), day(60)).unwrap();
        let release = publisher.release(period, &mut Ledger::new()).unwrap();
        let table = release.to_string();
        lines(&table);
        shown += usize::from(table.contains("Sales"));
        let twice = Publisher::new(&adopted.history, &metrics, day(61))
            .by(by.clone())
            .by(by);
        let refused = twice.release(period, &mut Ledger::new()).unwrap_err();
        message(&refused.to_string());
    }
    assert!(shown > 100, "{shown}");
    equity(&adopted.history);
}

fn equity(history: &History) {
    use reverse_mentoring::health::{EquityPolicy, EquityReadings, ReportingGroups};
    for label in labels() {
        let groups = history.people().map(|(id, _)| (id, label.clone()));
        let groups: std::collections::BTreeMap<_, _> = groups.collect();
        let policy = EquityPolicy::default();
        let readings = EquityReadings::read(
            history,
            &ReportingGroups::from(groups),
            policy,
            day(60) + Days::new(1),
        );
        lines(&readings.to_string());
    }
}

#[cfg(feature = "simulation")]
#[test]
fn names_of_no_parameter_and_no_measure() {
    use reverse_mentoring::simulation::{Measure, Parameter};
    for text in nasty() {
        message(&text.parse::<Parameter>().unwrap_err().to_string());
        message(&text.parse::<Measure>().unwrap_err().to_string());
    }
}

#[cfg(feature = "zones")]
#[test]
fn names_of_no_zone() {
    for text in nasty() {
        if let Err(error) = reverse_mentoring::zones::Zone::new(&text) {
            message(&error.to_string());
        }
    }
}

/// What does not read as an entry says so in one line, whatever stands where a word of ours is expected.
#[cfg(feature = "fleet")]
#[test]
fn events_that_do_not_read() {
    use reverse_mentoring::fleet::{JournalEvents, Source, read_figures, read_journal};
    let roster = Company::base().roster();
    let kept = Kept::opened(&roster);
    let mut bytes = Vec::new();
    let source = Source::new("https://hr.example/programmes/").unwrap();
    let mut out = JournalEvents::new(&mut bytes, source);
    out.write(program_id(), &kept.journal[0]).unwrap();
    out.finish().unwrap();
    let event: Value = serde_json::from_slice(&bytes).unwrap();
    for text in nasty() {
        let mut other = [event.clone(), event.clone(), event.clone(), event.clone()];
        other[0]["data"]["event"]["event"] = json!(text);
        other[1]["data"]["event"][text.as_str()] = json!(1);
        other[2][text.as_str()] = json!(text);
        other[3]["data"]["version"] = json!(text);
        for event in other {
            let line = serde_json::to_string(&event).unwrap();
            for faults in [
                read_journal(line.as_bytes()).err(),
                read_figures(line.as_bytes()).err(),
            ] {
                for fault in faults.into_iter().flat_map(|faults| faults.0) {
                    message(&fault.to_string());
                }
            }
        }
        if let Err(faults) = read_journal(text.as_bytes()) {
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
        }
    }
}
