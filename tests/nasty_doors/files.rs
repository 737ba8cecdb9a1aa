//! The readers of CSV: cells, headers and whole files.

use std::collections::BTreeSet;

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    ConditionFiles, LogFiles, OnFault, Table, read_conditions, read_exchange, read_logs,
    read_rankings, read_roster, read_skills,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::roster::{
    Experience, Line, Participant, Person, ReportingLines, Roster, Side,
};
use reverse_mentoring::text::{Key, Label};

use crate::judge::{is_item, keeps, message, row};
use crate::nasty::nasty;
use crate::support::*;

/// The nasty strings that are keys of somebody, all of them of mentors, beside the mentee `cfo` and the root `boss`.
fn everybody() -> (Roster, Vec<String>) {
    let keys = nasty().into_iter().filter(|text| keeps(text, 256));
    let keys: Vec<String> = keys.collect();
    let mut ids = SequentialIds::new(1);
    let mut person = |key: &str, side, grade| {
        let id = reverse_mentoring::ids::ParticipantId::from_source(&mut ids);
        Person::from(Participant::new(
            id,
            Key::new(key).unwrap(),
            side,
            Experience::grade(grade),
        ))
    };
    let mut people = vec![person("cfo", Side::Mentee, 8)];
    people.extend(keys.iter().map(|key| person(key, Side::Mentor, 2)));
    let mut lines = vec![Line::root("boss"), Line::new("cfo", "boss")];
    lines.extend(keys.iter().map(|key| Line::new(key.as_str(), "boss")));
    let roster = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    (roster, keys)
}

#[test]
fn a_roster_takes_a_key_or_refuses_it() {
    for text in nasty() {
        let file = format!(
            "id,manager,grade,side\nboss,-,9,\n{}",
            row(&[&text, "boss", "2", "mentor"])
        );
        let read = read_roster(file.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
        match read {
            Ok(read) => {
                assert!(keeps(&text, 256) && text != "-", "{text:?}");
                assert_eq!(read.roster.participants()[0].key().as_str(), text);
            }
            Err(faults) => {
                assert!(!keeps(&text, 256) || text == "-", "{text:?}");
                faults
                    .0
                    .iter()
                    .for_each(|fault| message(&fault.to_string()));
                message(&faults.to_string());
            }
        }
        // As a manager whom nobody knows.
        let file = format!(
            "id,manager,grade,side\nboss,-,9,\n{}",
            row(&["ada", &text, "2", "mentor"])
        );
        let read = read_roster(file.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
        assert_eq!(read.is_ok(), text == "-", "{text:?}");
        if let Err(faults) = read {
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
        }
        let rest = read_roster(
            file.as_bytes(),
            OnFault::Quarantine,
            &mut SequentialIds::new(1),
        );
        for left_out in rest.iter().flat_map(|read| &read.quarantined) {
            message(&left_out.to_string());
        }
    }
}

#[test]
fn a_roster_takes_a_label_or_refuses_it() {
    let header = "id,manager,grade,side,unit,site,timezone,group\nboss,-,9,,,,,\n";
    for text in nasty() {
        let cells = ["ada", "boss", "2", "mentor", &text, &text, &text, &text];
        let file = format!("{header}{}", row(&cells));
        let read = read_roster(file.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
        let blank = text.trim().is_empty();
        assert_eq!(read.is_ok(), blank || keeps(&text, 1024), "{text:?}");
        match read {
            Ok(read) => {
                let ada = &read.roster.participants()[0];
                let (profile, own) = (ada.profile(), (!blank).then_some(text.as_str()));
                for label in [
                    profile.unit(),
                    profile.site(),
                    profile.timezone(),
                    ada.group(),
                ] {
                    assert_eq!(label.map(Label::as_str), own);
                }
            }
            Err(faults) => {
                let columns: BTreeSet<_> = faults
                    .0
                    .iter()
                    .filter_map(|f| f.column.as_deref())
                    .collect();
                assert_eq!(
                    columns,
                    BTreeSet::from(["group", "site", "timezone", "unit"])
                );
                faults
                    .0
                    .iter()
                    .for_each(|fault| message(&fault.to_string()));
            }
        }
    }
}

#[test]
fn a_roster_takes_items_or_refuses_them() {
    let header = "id,manager,grade,side,offers,wants,languages,interests\nboss,-,9,,,,,\n";
    for text in nasty() {
        let (offer, wish) = (format!("{text}:3"), format!("{text}:1>3"));
        let cells = ["ada", "boss", "2", "mentor", &offer, &wish, &text, &text];
        let file = format!("{header}{}", row(&cells));
        let read = read_roster(file.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
        if is_item(&text) {
            let read = read.unwrap_or_else(|faults| panic!("{text:?}: {faults}"));
            let profile = read.roster.participants()[0].profile();
            assert_eq!(profile.offers()[0].skill().as_str(), text);
            assert_eq!(profile.wishes()[0].skill().as_str(), text);
            assert_eq!(profile.languages()[0].as_str(), text);
            assert_eq!(profile.interests().len(), 1);
        } else if let Err(faults) = read {
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
            // What somebody is interested in is in no message.
            let told = faults
                .0
                .iter()
                .filter(|f| f.column.as_deref() == Some("interests"));
            for fault in told.filter(|_| text.trim().chars().count() > 8) {
                assert!(!fault.to_string().contains(text.trim()), "{fault}");
            }
        } else {
            // Items beside each other, or white space that is let pass.
            assert!(text.contains(';') || text.trim() != text, "{text:?}");
        }
    }
}

/// In a cell that knows words, numbers or days alone.
#[test]
fn a_roster_takes_nothing_for_a_number() {
    let columns = [
        "grade",
        "experience_months",
        "capacity",
        "hours_per_month",
        "side",
    ];
    for text in nasty() {
        let mut cells = vec!["ada", "boss"];
        cells.extend(columns.map(|_| text.as_str()));
        let header = format!("id,manager,{}\nboss,-,9,1,,,\n", columns.join(","));
        let file = format!("{header}{}", row(&cells));
        let faults = read_roster(file.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1));
        for fault in faults.err().into_iter().flat_map(|faults| faults.0) {
            message(&fault.to_string());
        }
    }
}

#[test]
fn a_default_exchange() {
    for text in nasty() {
        let (offer, wish) = (format!("{text}:3"), format!("{text}:1>2"));
        let file = format!("side,offers,wants\n{}", row(&["mentee", &offer, &wish]));
        match read_exchange(file.as_bytes()) {
            Ok(read) if is_item(&text) => {
                assert_eq!(read.exchange.offers(Role::Mentee)[0].skill().as_str(), text);
                assert_eq!(read.exchange.wishes(Role::Mentee)[0].skill().as_str(), text);
            }
            Ok(_) => assert!(text.contains(';') || text.trim() != text, "{text:?}"),
            Err(faults) => {
                assert!(!is_item(&text), "{text:?}");
                faults
                    .0
                    .iter()
                    .for_each(|fault| message(&fault.to_string()));
            }
        }
        let file = format!("side\n{}", row(&[&text]));
        if let Err(faults) = read_exchange(file.as_bytes()) {
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
        }
    }
}

#[test]
fn rankings() {
    let (roster, keys) = everybody();
    let mut file = "mentor,mentee,by,rank\n".to_owned();
    keys.iter()
        .for_each(|key| file.push_str(&row(&[key, "cfo", "mentee", "1"])));
    let read = read_rankings(file.as_bytes(), &roster).unwrap();
    assert_eq!(read.rankings.rankers(Role::Mentee), 1);
    file.push_str(
        &keys
            .iter()
            .map(|key| row(&[key, "cfo", "mentor", "1"]))
            .collect::<String>(),
    );
    let read = read_rankings(file.as_bytes(), &roster).unwrap();
    assert_eq!(read.rankings.rankers(Role::Mentor), keys.len());
    // Of whom nobody has heard, and in the cells of words and numbers.
    let company = Company::base().roster();
    for text in nasty() {
        for cells in [
            [&text, "cfo", "mentor", "1"],
            ["ada", &text, "mentee", "1"],
            ["ada", "cfo", &text, &text],
        ] {
            let file = format!("mentor,mentee,by,rank\n{}", row(&cells));
            let faults = read_rankings(file.as_bytes(), &company).unwrap_err();
            faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string()));
        }
    }
}

#[test]
fn conditions_of_a_plan() {
    let (roster, keys) = everybody();
    let people = |header: &str, end: &[&str]| -> String {
        let rows = keys
            .iter()
            .map(|key| row(&[&[key.as_str(), "cfo"], end].concat()));
        header.to_owned() + "\n" + &rows.collect::<String>()
    };
    let pins = people("mentor,mentee", &[]);
    let rankings: String = keys.iter().map(|key| row(&["cfo", key, "1"])).collect();
    let rankings = format!("mentee,mentor,rank\n{rankings}");
    let running: String = keys
        .iter()
        .map(|key| row(&[key, key, "cfo", "2026-01-01", "30", "7", "", ""]))
        .collect();
    let running = format!(
        "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n{running}"
    );
    let files = ConditionFiles {
        pins: Some(pins.as_bytes()),
        exclude: Some(pins.as_bytes()),
        running: Some(running.as_bytes()),
        rankings: Some(rankings.as_bytes()),
    };
    let read = read_conditions(files, &roster, &[], &mut SequentialIds::new(5));
    let read = read.unwrap_or_else(|faults| panic!("{faults}"));
    let pinned: Vec<&str> = read.pins.iter().map(|pin| pin.mentor.as_str()).collect();
    assert_eq!(pinned, keys);
    assert_eq!(
        (read.excluded.len(), read.running.len()),
        (keys.len(), keys.len())
    );
    assert!(read.notices.is_empty(), "{:?}", read.notices);
    // The same words of people who are not there.
    let company = Company::base().roster();
    for text in nasty() {
        let (pair, choice) = (row(&[&text, &text]), row(&[&text, &text, &text]));
        let mut cells = vec![text.as_str()];
        cells.extend([text.as_str(); 7]);
        let files = [
            format!("mentor,mentee\n{pair}"),
            format!("mentee,mentor,rank\n{choice}"),
            format!(
                "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n{}",
                row(&cells)
            ),
        ];
        let [pairs, choices, running] = &files;
        let files = ConditionFiles {
            pins: Some(pairs.as_bytes()),
            exclude: Some(pairs.as_bytes()),
            running: Some(running.as_bytes()),
            rankings: Some(choices.as_bytes()),
        };
        let faults = read_conditions(files, &company, &[], &mut SequentialIds::new(5)).unwrap_err();
        faults
            .0
            .iter()
            .for_each(|fault| message(&fault.to_string()));
        let pins = ConditionFiles {
            pins: files.pins,
            ..ConditionFiles::default()
        };
        let read = read_conditions(pins, &company, &[], &mut SequentialIds::new(5));
        for pin in read.iter().flat_map(|read| &read.pins) {
            assert_eq!(
                (pin.mentor.as_str(), pin.mentee.as_str()),
                (text.as_str(), text.as_str())
            );
        }
    }
}

#[test]
fn logs_of_programmes_that_run_elsewhere() {
    let (roster, keys) = everybody();
    let labels: Vec<String> = nasty()
        .into_iter()
        .filter(|text| keeps(text, 1024))
        .collect();
    let pairs: String = keys
        .iter()
        .zip(&labels)
        .map(|(key, label)| {
            row(&[
                key,
                key,
                "cfo",
                "2026-01-01",
                "30",
                "7",
                "2026-06-01",
                label,
            ])
        })
        .collect();
    let sessions: String = keys
        .iter()
        .map(|key| row(&[key, "2026-02-01", "held", "60", "both", ""]))
        .collect();
    // White space around the name of a skill is let pass, and is no part of it.
    let skills: Vec<&String> = labels.iter().filter(|text| text.trim() == *text).collect();
    let goals: String = skills
        .iter()
        .map(|label| row(&[&keys[0], "mentor", label, "0", "3", "1"]))
        .collect();
    let pulses: String = labels
        .iter()
        .map(|label| row(&[&keys[0], "mentor", label, "2026-02-01", "4"]))
        .collect();
    let files = [
        format!("pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n{pairs}"),
        format!("pairing,date,outcome,minutes,taught_by,by\n{sessions}"),
        format!("pairing,learner,skill,from,to,now\n{goals}"),
        format!("pairing,side,question,date,score\n{pulses}"),
    ];
    let read = |[pairs, sessions, goals, pulses]: &[String; 4]| {
        let (goals, pulses) = (Some(goals.as_bytes()), Some(pulses.as_bytes()));
        let (pairs, sessions) = (pairs.as_bytes(), sessions.as_bytes());
        read_logs(
            LogFiles {
                pairs,
                sessions,
                goals,
                pulses,
            },
            roster.lines(),
        )
    };
    let logs = read(&files).unwrap_or_else(|faults| panic!("{faults}"));
    let read_keys: BTreeSet<&str> = logs.pairings.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(read_keys, keys.iter().map(String::as_str).collect());
    for log in &logs.pairings {
        assert_eq!(roster.lines().key(log.mentor).unwrap(), &log.key);
        assert_eq!(log.sessions.len(), 1);
        let at = keys.iter().position(|key| key == log.key.as_str()).unwrap();
        let reason = log.ended.as_ref().and_then(|(_, reason)| reason.as_ref());
        assert_eq!(reason.map(Label::as_str), Some(labels[at].as_str()));
    }
    let first = logs
        .pairings
        .iter()
        .find(|p| p.key.as_str() == keys[0])
        .unwrap();
    let questions: Vec<&str> = first.pulses.iter().map(|p| p.question.as_str()).collect();
    assert_eq!(questions, labels);
    let goals: Vec<&str> = first.goals.iter().map(|g| g.skill.as_str()).collect();
    assert_eq!(goals, skills);
    // Each of them in every cell of every file.
    for text in nasty() {
        let cell = [text.as_str(); 8];
        let mut all = files.clone();
        for (file, columns) in all.iter_mut().zip([8, 6, 6, 5]) {
            file.push_str(&row(&cell[..columns]));
        }
        let faults = read(&all).unwrap_err();
        faults
            .0
            .iter()
            .for_each(|fault| message(&fault.to_string()));
        message(&faults.to_string());
    }
}

/// As the name of a column that nobody reads, and as one that is there twice.
#[test]
fn headers() {
    for text in nasty() {
        let file = format!(
            "id,manager,grade,side,{}",
            row(&[&text]).trim_end_matches('\n')
        );
        let file = format!("{file},{}boss,-,9,,,\n", row(&[&text]));
        match read_roster(file.as_bytes(), OnFault::Refuse, &mut SequentialIds::new(1)) {
            Ok(read) => read
                .notices
                .iter()
                .for_each(|notice| message(&notice.to_string())),
            Err(faults) => faults
                .0
                .iter()
                .for_each(|fault| message(&fault.to_string())),
        }
    }
}

/// Nothing around it: the whole file is the string.
#[test]
fn whole_files() {
    let roster = Company::base().roster();
    for text in nasty() {
        let twice = format!("{text}\n{text}\n");
        for bytes in [text.as_bytes(), twice.as_bytes()] {
            let mut ids = SequentialIds::new(1);
            let files = ConditionFiles {
                pins: Some(bytes),
                exclude: Some(bytes),
                running: Some(bytes),
                rankings: Some(bytes),
            };
            let logs = LogFiles {
                pairs: bytes,
                sessions: bytes,
                goals: Some(bytes),
                pulses: Some(bytes),
            };
            let mut said: Vec<String> = Vec::new();
            let faults = read_roster(bytes, OnFault::Quarantine, &mut ids).unwrap_err();
            said.extend(faults.0.iter().map(ToString::to_string));
            let faults = read_exchange(bytes).unwrap_err();
            said.extend(faults.0.iter().map(ToString::to_string));
            let faults = read_rankings(bytes, &roster).unwrap_err();
            said.extend(faults.0.iter().map(ToString::to_string));
            let faults = read_skills(bytes).unwrap_err();
            said.extend(faults.0.iter().map(ToString::to_string));
            let faults = read_conditions(files, &roster, &[], &mut ids).unwrap_err();
            said.extend(faults.0.iter().map(ToString::to_string));
            let faults = read_logs(logs, roster.lines()).unwrap_err();
            said.extend(faults.0.iter().map(ToString::to_string));
            if let Err(fault) = Table::open(bytes) {
                said.push(fault.to_string());
            }
            said.iter().for_each(|text| message(text));
        }
    }
}
