//! The examples as command-line tools: exit codes, which stream carries what, and that a refusal writes nothing.
//!
//! `cargo test` builds the examples beside the tests, and they are found there.
#![cfg(feature = "import")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

#[path = "commands/explain.rs"]
mod explain;
#[cfg(feature = "sqlite")]
#[path = "commands/embed.rs"]
mod embed;
#[cfg(feature = "calendar")]
#[path = "commands/messages.rs"]
mod messages;
#[path = "commands/one_pairing.rs"]
mod one_pairing;
#[cfg(feature = "zones")]
#[path = "commands/slot.rs"]
mod slot;

fn built(name: &str) -> PathBuf {
    let me = std::env::current_exe().unwrap();
    let built = me.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(
        built.exists(),
        "{name} is not built: run `cargo build --examples` with the same features first"
    );
    built
}

fn example(name: &str, words: &[&str]) -> Output {
    Command::new(built(name)).args(words).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder of this test's own, emptied.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("commands-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn file(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

const SOUND: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cfo,ceo,8,mentee,budgeting:5,short video:3
cto,ceo,8,,,
ada,cto,2,mentor,short video:4,budgeting:1>3
";

const FAULTY: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cfo,,8,mentee,budgeting:5,short video:3
cto,ceo,8,,,
ada,cto,2,mentor,short video:7,budgeting:1>3
";

#[test]
fn match_roster_writes_a_plan_or_nothing() {
    let folder = folder("match");
    let (sound, faulty) = (
        file(&folder, "sound.csv", SOUND),
        file(&folder, "faulty.csv", FAULTY),
    );
    let (plan, pairs) = (folder.join("plan.json"), folder.join("pairs.csv"));
    let (plan, pairs) = (plan.to_str().unwrap(), pairs.to_str().unwrap());

    let done = example(
        "match_roster",
        &["--roster", &faulty, "--out", plan, "--candidates", pairs],
    );
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(text(&done.stdout), "");
    let said: Vec<_> = text(&done.stderr).lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with(&format!("{faulty}:3: blank-manager: `cfo`")),
        "{said:?}"
    );
    assert!(
        said[1].starts_with(&format!("{faulty}:5: bad-level: `ada`")),
        "{said:?}"
    );
    assert!(!Path::new(plan).exists() && !Path::new(pairs).exists());

    let done = example("match_roster", &["--roster", &faulty, "--quarantine"]);
    assert_eq!(done.status.code(), Some(0));
    let left: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(left["pairs"], Value::Array(vec![]));
    assert!(
        text(&done.stderr).ends_with(
            "2 of 4 people are left out: 2 at fault, 0 below them\n\
             no two may be paired; there is nobody on one of the sides (`sides`)\n"
        ),
        "{}",
        text(&done.stderr)
    );

    let done = example(
        "match_roster",
        &["--roster", &sound, "--out", plan, "--candidates", pairs],
    );
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
    let made: Value = serde_json::from_str(&std::fs::read_to_string(plan).unwrap()).unwrap();
    let expected = serde_json::json!({
        "objective": "most-pairs",
        "pairs": [{"mentor": "ada", "mentee": "cfo", "score": 3000, "parts": [
            {"criterion": "mentee-learns", "points": 1000},
            {"criterion": "mentor-learns", "points": 1000},
            {"criterion": "both-learn", "points": 1000},
            {"criterion": "different-unit", "points": 0},
        ]}],
        "total_score": 3000,
        "unmatched": [],
        "funnel": [
            {"rule": "not-oneself", "pairs_lost": 2},
            {"rule": "sides", "pairs_lost": 1},
            {"rule": "experience-order", "pairs_lost": 0},
            {"rule": "no-hierarchical-link", "pairs_lost": 0},
            {"rule": "two-way", "pairs_lost": 0},
            {"rule": "places", "pairs_lost": 0},
        ],
        "certificate": {"scope": "all_eligible", "pairs_bound": 1, "score_bound": 3000, "verified": true},
        "rejected_pins": [],
    });
    assert_eq!(made, expected);
    assert_eq!(
        std::fs::read_to_string(pairs).unwrap(),
        "mentor,mentee,score\nada,cfo,3000\n"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Two seniors, three juniors; everybody serves everybody, `ada` has two places.
const FIVE: &str = "\
id,manager,grade,side,capacity,offers,wants
ceo,-,9,,,,
cfo,ceo,8,mentee,,budgeting:5,short video:3
coo,ceo,8,mentee,,budgeting:5,short video:4
cto,ceo,8,,,,
ada,cto,2,mentor,2,short video:4,budgeting:1>3
ben,cto,2,mentor,,short video:2,budgeting:1>3
lin,cfo,2,mentor,,short video:3,budgeting:1>3
";

const PAIRS: &str = "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n";

fn plan_of(done: &Output) -> Value {
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn pairs_of(plan: &Value) -> Vec<String> {
    let pairs = plan["pairs"].as_array().unwrap().iter();
    let word = |v: &Value| v.as_str().unwrap().to_owned();
    pairs
        .map(|p| format!("{}-{}", word(&p["mentor"]), word(&p["mentee"])))
        .collect()
}

#[test]
fn match_roster_keeps_conditions() {
    let folder = folder("conditions");
    let roster = file(&folder, "roster.csv", FIVE);
    let run = |words: &[&str]| {
        let words = [&["--roster", &roster], words].concat();
        example("match_roster", &words)
    };
    assert_eq!(pairs_of(&plan_of(&run(&[]))), ["ada-cfo", "ada-coo"]);

    // Pins: one holds, four do not, each with its line and all reasons; and the rest goes on.
    let pins = file(
        &folder,
        "pins.csv",
        "mentor,mentee\nben,cfo\nlin,cfo\nben,nobody\nben,cfo\nada,cfo\n",
    );
    let done = run(&["--pins", &pins]);
    let plan = plan_of(&done);
    assert_eq!(pairs_of(&plan), ["ada-coo", "ben-cfo"]);
    let rejected = plan["rejected_pins"].as_array().unwrap().iter();
    let rejected: Vec<_> = rejected
        .map(|r| (r["line"].as_u64().unwrap(), r["reasons"].clone()))
        .collect();
    let expected = [
        (3, serde_json::json!(["no-hierarchical-link"])),
        (4, serde_json::json!(["unknown-participant"])),
        (5, serde_json::json!(["pinned-twice", "places"])),
        (6, serde_json::json!(["places"])),
    ];
    assert_eq!(rejected, expected);
    assert_eq!(plan["certificate"]["verified"], Value::Bool(true));
    assert_eq!(plan["certificate"]["score_bound"], plan["total_score"]);
    let said: Vec<&str> = text(&done.stderr).lines().collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(
        said[0],
        format!(
            "{pins}:3: rejected-pin: `lin` with `cfo`: there is a line of management between them: `lin` → `cfo`"
        )
    );

    // Exclusions count in the funnel under their own name, and beat pins.
    let exclude = file(&folder, "exclude.csv", "mentor,mentee\nada,coo\nben,cfo\n");
    let plan = plan_of(&run(&["--exclude", &exclude, "--pins", &pins]));
    assert_eq!(pairs_of(&plan), ["ada-cfo", "lin-coo"]);
    let last = plan["funnel"].as_array().unwrap().last().unwrap();
    assert_eq!(
        last,
        &serde_json::json!({"rule": "not-excluded", "pairs_lost": 2})
    );
    assert_eq!(
        plan["rejected_pins"][0]["reasons"],
        serde_json::json!(["not-excluded"])
    );
    assert_eq!(plan["rejected_pins"].as_array().unwrap().len(), 4);

    // What runs holds its places; what has ended does not.
    let running = file(
        &folder,
        "running.csv",
        &format!(
            "{PAIRS}P1,ada,cfo,2026-01-05,30,7,,\nP2,ben,coo,2026-01-05,30,7,2026-02-01,exit\n"
        ),
    );
    let plan = plan_of(&run(&["--running", &running]));
    assert_eq!(pairs_of(&plan), ["ada-coo"]);
    assert_eq!(
        plan["running"],
        serde_json::json!([{"mentor": "ada", "mentee": "cfo"}])
    );
    assert_eq!(
        plan["unmatched"][1]["detail"],
        "1 open pairing and 1 place as mentee"
    );

    // Choices: hard, soft, and between equals.
    let rankings = file(
        &folder,
        "rankings.csv",
        "mentee,mentor,rank\ncfo,ben,1\ncoo,lin,2\n",
    );
    let ranked = |how: &str| plan_of(&run(&["--rankings", &rankings, "--ranked", how]));
    let hard = ranked("hard");
    assert_eq!(pairs_of(&hard), ["ben-cfo", "lin-coo"]);
    assert_eq!(
        hard["funnel"][6],
        serde_json::json!({"rule": "ranked-only", "pairs_lost": 3})
    );
    let soft = ranked("soft");
    assert_eq!(soft["pairs"][0]["parts"][4]["criterion"], "ranked-choice");
    assert_eq!(soft, plan_of(&run(&["--rankings", &rankings])));
    assert_eq!(pairs_of(&ranked("tie-break")), ["ada-cfo", "ada-coo"]);

    // The next plan, and what changed.
    let earlier = folder.join("earlier.json");
    let earlier = earlier.to_str().unwrap();
    std::fs::write(earlier, serde_json::to_string(&hard).unwrap()).unwrap();
    let diff = folder.join("diff.json");
    let diff = diff.to_str().unwrap();
    let done = run(&["--previous", earlier, "--diff", diff]);
    assert_eq!(pairs_of(&plan_of(&done)), ["ada-cfo", "ada-coo"]);
    assert!(
        text(&done.stderr).starts_with("0 pairs kept, 2 added, 2 dropped; pairs 2 as before, "),
        "{}",
        text(&done.stderr)
    );
    let read: Value = serde_json::from_str(&std::fs::read_to_string(diff).unwrap()).unwrap();
    assert_eq!(read["dropped"][0]["reason"], "beaten");
    let done = run(&["--previous", earlier, "--keep", "5000"]);
    let kept = plan_of(&done);
    assert_eq!(pairs_of(&kept), ["ben-cfo", "lin-coo"]);
    assert_eq!(
        kept["pairs"][0]["parts"][4],
        serde_json::json!({"criterion": "kept-pair", "points": 5000})
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Where not every pair is kept, the same question gets the same answer, conditions and all, and says of which pairs it is
/// proven.
#[test]
fn match_roster_goes_on_beyond_what_is_kept() {
    let folder = folder("beyond");
    let roster = file(&folder, "roster.csv", FIVE);
    let pins = file(&folder, "pins.csv", "mentor,mentee\nlin,coo\nlin,cfo\n");
    let exclude = file(&folder, "exclude.csv", "mentor,mentee\nada,cfo\n");
    let running = file(
        &folder,
        "running.csv",
        &format!("{PAIRS}P1,ada,coo,2026-01-05,30,7,,\n"),
    );
    let rankings = file(&folder, "rankings.csv", "mentee,mentor,rank\ncfo,ben,1\n");
    let plan = folder.join("plan.json");
    let plan = plan.to_str().unwrap();
    let asked: [&[&str]; 6] = [
        &[],
        &["--pins", &pins],
        &["--exclude", &exclude],
        &["--running", &running],
        &["--rankings", &rankings, "--ranked", "tie-break"],
        &["--rankings", &rankings, "--ranked", "hard", "--pins", &pins],
    ];
    for objective in ["most-pairs", "best-score", "max-min", "most-people"] {
        for conditions in asked {
            let run = |more: &[&str]| {
                let always = ["--roster", &roster, "--objective", objective, "--out", plan];
                let done = example("match_roster", &[&always, conditions, more].concat());
                assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
                let made = std::fs::read_to_string(plan).unwrap();
                let made: Value = serde_json::from_str(&made).unwrap();
                (made, done)
            };
            let ((all, kept), (few, beyond)) = (run(&[]), run(&["--keep-at-most", "0"]));
            let pairs = |plan: &Value| plan["pairs"].as_array().unwrap().len();
            assert_eq!(pairs(&few), pairs(&all), "{objective} {conditions:?}");
            for key in [
                "objective",
                "total_score",
                "funnel",
                "certificate",
                "running",
                "rejected_pins",
            ] {
                assert_eq!(few[key], all[key], "{objective} {conditions:?}");
            }
            for done in [&kept, &beyond] {
                let said = text(&done.stdout);
                assert!(
                    said.ends_with("\nscope all_eligible: proven best\n"),
                    "{said}"
                );
            }
            let told = "not every eligible pair is kept: round 1, ";
            assert!(
                text(&beyond.stderr).contains(told),
                "{}",
                text(&beyond.stderr)
            );
            assert!(
                !text(&kept.stderr).contains("round"),
                "{}",
                text(&kept.stderr)
            );
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// A running pair of somebody who takes no part holds the place of the other, and has no key to stand in a plan.
#[test]
fn what_runs_stands_in_the_plan() {
    let folder = folder("runs");
    let roster = file(&folder, "roster.csv", FIVE);
    let running = file(
        &folder,
        "running.csv",
        &format!(
            "{PAIRS}P1,lin,coo,2026-01-05,30,7,,\nP2,ada,cfo,2026-01-05,30,7,,\nP3,cto,cfo,2026-01-05,30,7,,\n"
        ),
    );
    let plan = plan_of(&example(
        "match_roster",
        &["--roster", &roster, "--running", &running],
    ));
    assert_eq!(
        plan["running"],
        serde_json::json!([
            {"mentor": null, "mentee": "cfo"},
            {"mentor": "ada", "mentee": "cfo"},
            {"mentor": "lin", "mentee": "coo"},
        ])
    );
    assert_eq!(pairs_of(&plan), Vec::<String>::new());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn match_roster_names_every_fault_of_every_file_and_writes_nothing() {
    let folder = folder("condition-faults");
    let faulty = file(&folder, "roster.csv", FAULTY);
    let sound = file(&folder, "sound.csv", SOUND);
    let list = file(&folder, "list.csv", "mentor,mentee\nada,\nnobody,cfo\n");
    let rankings = file(
        &folder,
        "rankings.csv",
        "mentee,mentor,rank\ncfo,ada,first\n",
    );
    let running = file(
        &folder,
        "running.csv",
        &format!("{PAIRS}P1,ada,nobody,2026-01-05,0,7,,\n"),
    );
    let plan = folder.join("plan.json");
    let plan = plan.to_str().unwrap();
    let run = |roster: &str| {
        let done = example(
            "match_roster",
            &[
                "--roster",
                roster,
                "--pins",
                &list,
                "--exclude",
                &list,
                "--running",
                &running,
                "--rankings",
                &rankings,
                "--out",
                plan,
            ],
        );
        assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
        assert!(!Path::new(plan).exists());
        let said = text(&done.stderr).replace(folder.to_str().unwrap(), "");
        let said = said
            .lines()
            .map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(": "));
        said.collect::<Vec<String>>()
    };
    let own = [
        "/list.csv:2: blank-id",
        "/list.csv:2: blank-id",
        "/running.csv:2: bad-cadence",
        "/rankings.csv:2: bad-rank",
    ];
    let of_roster = ["/roster.csv:3: blank-manager", "/roster.csv:5: bad-level"];
    assert_eq!(run(&faulty), [&of_roster[..], &own].concat());
    let of_people = [
        own[0],
        own[1],
        "/list.csv:3: unknown-person",
        "/running.csv:2: unknown-person",
        own[2],
        own[3],
    ];
    assert_eq!(run(&sound), of_people);
    // A file that is not there, and one that was never a plan.
    let absent = folder.join("absent.csv");
    let absent = absent.to_str().unwrap();
    let done = example(
        "match_roster",
        &["--roster", &sound, "--pins", absent, "--out", plan],
    );
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("absent.csv: cannot be read: "));
    let done = example(
        "match_roster",
        &["--roster", &sound, "--previous", &list, "--out", plan],
    );
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stderr).contains("list.csv: not a plan: "));
    assert!(!Path::new(plan).exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn match_rankings_follows_the_rankings_or_names_their_faults() {
    let folder = folder("rankings");
    let more = format!("{SOUND}bo,cto,2,mentor,short video:3,budgeting:1>3\ndan,cto,2,mentor,,\n");
    let roster = file(&folder, "roster.csv", &more);
    let made = |rankings: &str, words: &[&str]| {
        let path = file(
            &folder,
            "rankings.csv",
            &format!("mentor,mentee,by,rank\n{rankings}"),
        );
        let words = [&["--roster", &roster, "--rankings", &path], words].concat();
        let done = example("match_rankings", &words);
        let said = text(&done.stderr).replace(&path, "rankings.csv");
        (done.status.code(), text(&done.stdout).to_owned(), said)
    };
    let pairs = |json: &str| -> Vec<String> {
        let plan: Value = serde_json::from_str(json).unwrap();
        let pairs = plan["pairs"].as_array().unwrap().iter();
        pairs
            .map(|p| p["mentor"].as_str().unwrap().to_owned())
            .collect()
    };
    // By score they are equal, and the lower key is ada.
    let (code, json, said) = made(
        "bo,cfo,mentee,1\nada,cfo,mentee,2\n",
        &["--silent", "by-score"],
    );
    assert_eq!((code, pairs(&json)), (Some(0), vec!["bo".to_owned()]));
    assert_eq!(
        said,
        "by rankings: 1 pair of 2 eligible, total score 3000, stable; 0 unwanted, 0 blocking\n\
         by score: 1 pair of 2 eligible, total score 3000, proven best; 0 unwanted, 1 blocking\n"
    );
    // Nobody asked bo and ada, so nobody is accepted by them.
    let (code, json, said) = made(
        "bo,cfo,mentee,1\nada,cfo,mentee,2\n",
        &["--propose", "mentee"],
    );
    assert_eq!((code, pairs(&json).len()), (Some(0), 0));
    assert_eq!(
        said.lines().next(),
        Some(
            "no mentor ranks anybody, and who ranks nobody accepts nobody, so there can be no pair: \
             `--silent by-score` lets them accept everybody, higher scores first"
        )
    );
    assert_eq!(said.lines().count(), 3, "{said}");
    // Dan offers nothing.
    for (rankings, vain) in [
        (
            "dan,cfo,mentee,1\n",
            "1 choice is of somebody with whom they may not be paired",
        ),
        (
            "dan,cfo,mentee,1\ndan,cfo,mentor,1\n",
            "2 choices are of people who may not be paired",
        ),
    ] {
        let (_, _, said) = made(rankings, &["--silent", "by-score"]);
        assert_eq!(said.lines().next(), Some(vain));
    }
    // With somebody on each side who ranks there is no such hint.
    let (_, json, said) = made("bo,cfo,mentee,1\nbo,cfo,mentor,1\n", &[]);
    assert_eq!(pairs(&json), ["bo"]);
    assert!(!said.contains("--silent"), "{said}");
    let (code, json, said) = made("bo,cfo,mentee,0\ncto,cfo,mentee,1\n", &[]);
    assert_eq!((code, json.as_str()), (Some(1), ""));
    assert_eq!(
        said,
        "rankings.csv:2: bad-rank: `rank` is `0`, not a whole number from 1 to 4294967295\n\
         rankings.csv:3: not-on-side: `mentor` is `cto`, who does not take part as mentor\n"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// In the first week nobody has stated a skill.
const FIRST_WEEK: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cfo,ceo,8,mentee,,
cto,ceo,8,,,
ada,cto,2,mentor,,
";

#[test]
fn match_roster_takes_a_default_exchange() {
    let folder = folder("exchange");
    let people = file(&folder, "people.csv", FIRST_WEEK);
    let exchange = file(
        &folder,
        "exchange.csv",
        "side,offers,wants\nmentor,digital tools:3,business practice:2\nmentee,business practice:3,digital tools:4\n",
    );
    let run = |more: &[&str]| example("match_roster", &[&["--roster", &people], more].concat());
    let done = run(&[]);
    let without: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(without["pairs"], Value::Array(vec![]));
    assert_eq!(
        text(&done.stderr),
        "no two may be paired; the rule that took most pairs of a mentor and a mentee: `two-way`, 1 of 1\n"
    );
    assert!(without.get("default_exchange").is_none());

    let done = run(&["--exchange", &exchange]);
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
    let with: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        with["default_exchange"],
        serde_json::json!({
            "mentor": {"offers": ["digital tools:3"], "wants": ["business practice:0>2"]},
            "mentee": {"offers": ["business practice:3"], "wants": ["digital tools:0>4"]},
        })
    );
    // What of a pair rests on it, `tests/exchange.rs` works out by hand.
    let [pair] = with["pairs"].as_array().unwrap().as_slice() else {
        panic!("{with}");
    };
    let ends = [&pair["mentor"], &pair["mentee"], &pair["score"]];
    assert_eq!(
        serde_json::json!(ends),
        serde_json::json!(["ada", "cfo", 2500])
    );
    assert_eq!(pair["assumed"].as_array().unwrap().len(), 4);

    // The faults of both files in one run, and nothing on standard output.
    let broken = file(&folder, "broken.csv", "side,offers\nmentor,sql\nsenior,\n");
    let faulty = file(&folder, "faulty.csv", FAULTY);
    let words = ["--roster", &faulty, "--exchange", &broken];
    let done = example("match_roster", &words);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
    let said: Vec<_> = text(&done.stderr).lines().collect();
    let begins = [
        format!("{broken}:2: bad-offer: `offers`"),
        format!("{broken}:3: bad-side: `side`"),
        format!("{faulty}:3: blank-manager: `cfo`"),
        format!("{faulty}:5: bad-level: `ada`"),
    ];
    assert_eq!(said.len(), begins.len(), "{said:?}");
    for (line, begin) in said.iter().zip(begins) {
        assert!(line.starts_with(&begin), "{line}");
    }
    // With a sound roster a broken exchange still yields no plan.
    let done = example(
        "match_roster",
        &["--roster", &people, "--exchange", &broken],
    );
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
    std::fs::remove_dir_all(folder).unwrap();
}

const TWO_WORDS: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cfo,ceo,8,mentee,budgeting:5,Kurzvideo:3
cto,ceo,8,,,
ada,cto,2,mentor,short video:4;juggling:2,budgeting:3
";

#[test]
fn match_roster_takes_a_catalogue_of_skills() {
    let folder = folder("skills");
    let people = file(&folder, "people.csv", TWO_WORDS);
    let skills = file(
        &folder,
        "skills.csv",
        "name,scheme,id,label,sensitive\nshort video,esco,uri:1,,\nKurzvideo,esco,uri:1,,\nbudgeting,,,,yes\n",
    );
    let run = |more: &[&str]| example("match_roster", &[&["--roster", &people], more].concat());
    let without: Value = serde_json::from_slice(&run(&[]).stdout).unwrap();
    assert_eq!(
        without["pairs"],
        Value::Array(vec![]),
        "two names are two skills"
    );
    let done = run(&["--skills", &skills]);
    assert_eq!(
        (done.status.code(), text(&done.stderr)),
        (
            Some(0),
            format!("{skills}: 1 of the roster's skills have no row: `juggling` (1 person)\n")
                .as_str()
        )
    );
    let with: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&with["pairs"][0]["mentor"], &with["pairs"][0]["mentee"]),
        (&"ada".into(), &"cfo".into())
    );

    // Two names of one skill in one list, and a file that is no catalogue.
    let both = file(
        &folder,
        "both.csv",
        &TWO_WORDS.replace("juggling", "Kurzvideo"),
    );
    let done = example("match_roster", &["--roster", &both, "--skills", &skills]);
    assert_eq!(
        (done.status.code(), text(&done.stdout), text(&done.stderr)),
        (
            Some(1),
            "",
            format!("{skills}: `ada` offers 1 and wishes for 0 skills under more than one name\n")
                .as_str()
        )
    );
    let broken = file(&folder, "broken.csv", "name,id\na,1\n");
    let done = run(&["--skills", &broken]);
    assert_eq!(
        (done.status.code(), text(&done.stderr)),
        (
            Some(1),
            format!("{broken}:2: half-reference: `scheme` is blank, and `id` is not\n").as_str()
        )
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn misuse_is_one_line_and_exits_2() {
    let as_of = |day| {
        let [roster, pairs, sessions] = ["--roster", "--pairs", "--sessions"];
        [roster, "a", pairs, "b", sessions, "c", "--as-of", day]
    };
    for (name, words) in [
        ("match_roster", &["--rooster", "x"][..]),
        ("match_roster", &[]),
        ("match_roster", &["--roster"]),
        ("match_roster", &["--roster", "a", "--roster", "b"]),
        ("match_roster", &["--roster", "a", "--objective", "best"]),
        ("match_roster", &["--roster", "a", "--load", "0"]),
        ("match_roster", &["--roster", "a", "b"]),
        ("explain_plan", &["--person", "ada"]),
        ("explain_plan", &["--roster", "a", "--policy", "lax"]),
        ("match_roster", &["--roster", "a", "--policy", "lax"]),
        ("explain_plan", &["--roster", "a", "--keep", "5"]),
        ("explain_plan", &["--roster", "a", "--sensitive", "a\tb"]),
        (
            "match_roster",
            &["--roster", "a", "--rankings", "b", "--ranked", "firm"],
        ),
        ("match_roster", &["--roster", "a", "--ranked", "soft"]),
        ("match_roster", &["--roster", "a", "--keep", "5"]),
        ("match_roster", &["--roster", "a", "--diff", "b"]),
        (
            "match_roster",
            &["--roster", "a", "--previous", "b", "--keep", "-5"],
        ),
        ("assess", &as_of("2026-02-30")),
        ("assess", &as_of("+2026-02-3")),
        (
            "assess",
            &["--roster", "a", "--pairs", "b", "--sessions", "c"],
        ),
        ("match_rankings", &["--roster", "a"]),
        (
            "match_rankings",
            &["--roster", "a", "--rankings", "b", "--silent", "x"],
        ),
        ("organogram", &[]),
        ("organogram", &["a", "--seed", "x"]),
    ] {
        let done = example(name, words);
        assert_eq!(done.status.code(), Some(2), "{name} {words:?}");
        assert_eq!(text(&done.stdout), "");
        assert_eq!(
            text(&done.stderr).lines().count(),
            1,
            "{}",
            text(&done.stderr)
        );
    }
    for name in [
        "match_roster",
        "match_rankings",
        "explain_plan",
        "assess",
        "organogram",
    ] {
        let done = example(name, &["--help"]);
        assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
        assert!(text(&done.stdout).starts_with(name));
    }
}

#[test]
fn assess_names_every_fault_of_every_file_and_prints_nothing() {
    let folder = folder("assess");
    let faulty = file(&folder, "roster.csv", FAULTY);
    let pairs = file(
        &folder,
        "pairs.csv",
        "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\nP1,ada,nobody,2026-01-05,0,7,,\n",
    );
    let sessions = file(
        &folder,
        "sessions.csv",
        "pairing,date,outcome,minutes,taught_by,by\nP2,2026-01-12,held,60,mentor,\n",
    );
    let goals = folder.join("absent.csv");
    let goals = goals.to_str().unwrap();
    let run = |roster: &str, audience: &str| {
        let fixed = ["--pairs", &pairs, "--sessions", &sessions, "--goals", goals];
        let rest = [
            "--roster",
            roster,
            "--as-of",
            "2026-06-30",
            "--audience",
            audience,
        ];
        example("assess", &[&fixed[..], &rest].concat())
    };
    let done = run(&faulty, "coordinator");
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
    for code in [
        "absent.csv: cannot be read",
        "roster.csv:3: blank-manager",
        "roster.csv:5: bad-level",
        "pairs.csv:2: bad-cadence",
        "sessions.csv:2: unknown-pairing",
    ] {
        assert!(
            text(&done.stderr).contains(code),
            "{code}: {}",
            text(&done.stderr)
        );
    }
    assert_eq!(
        text(&done.stderr).lines().count(),
        5,
        "{}",
        text(&done.stderr)
    );
    // With a roster that can be read, the person whom nobody knows is named too.
    let done = run(&file(&folder, "sound.csv", SOUND), "sponsor");
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
    assert!(
        text(&done.stderr).contains("pairs.csv:2: unknown-person"),
        "{}",
        text(&done.stderr)
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_sponsor_sees_no_pairing() {
    let logs = |name| {
        format!(
            "{}/examples/data/logs/{name}.csv",
            env!("CARGO_MANIFEST_DIR")
        )
    };
    let roster = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/roster.csv");
    let (pairs, sessions, goals) = (logs("pairs"), logs("sessions"), logs("goals"));
    let pulses = logs("pulses");
    let run = |as_of, audience| -> Value {
        let words = [
            "--roster",
            roster,
            "--pairs",
            &pairs,
            "--sessions",
            &sessions,
            "--goals",
            &goals,
            "--pulses",
            &pulses,
        ];
        let rest = ["--as-of", as_of, "--audience", audience];
        let done = example("assess", &[&words[..], &rest].concat());
        assert_eq!(done.status.code(), Some(0));
        serde_json::from_slice(&done.stdout).unwrap()
    };
    let (seen, all) = (
        run("2026-06-30", "sponsor"),
        run("2026-06-30", "coordinator"),
    );
    assert!(seen.get("pairings").is_none());
    assert_eq!(
        (&seen["violations"], &seen["missing_evidence"]),
        (&Value::Array(vec![]), &Value::Array(vec![]))
    );
    assert_eq!(all["pairings"].as_array().unwrap().len(), 16);
    assert_eq!(seen["metrics"], all["metrics"]);
    // What a coordinator is told of each pairing, a sponsor is told in two figures.
    let named = |list: &str| -> BTreeSet<String> {
        let rows = all[list].as_array().unwrap().iter();
        rows.map(|row| row["pairing"].to_string()).collect()
    };
    let pairings = all["pairings"].as_array().unwrap();
    let open = pairings.iter().filter(|p| p["status"] != "ended").count();
    let figure = |id: &str| {
        let mut metrics = seen["metrics"].as_array().unwrap().iter();
        let found = metrics.find(|m| m["id"] == id).unwrap();
        [&found["numerator"], &found["denominator"]].map(|n| n.as_u64().unwrap() as usize)
    };
    let (broken, missing) = (named("violations"), named("missing_evidence"));
    assert!(!broken.is_empty() && !missing.is_empty());
    assert_eq!(figure("invariants_kept"), [open - broken.len(), open]);
    assert_eq!(figure("evidence_complete"), [16 - missing.len(), 16]);
    // Pulses are the same for both: sums, and of no pairing.
    assert_eq!(seen["pulses"], all["pulses"]);
    let readings = all["pulses"].as_array().unwrap();
    assert_eq!(readings.len(), 6, "three questions, both sides");
    assert!(readings.iter().any(|r| !r["reading"].is_null()));
    for reading in readings.iter().filter(|r| !r["reading"].is_null()) {
        assert!(reading["reading"]["people"].as_u64().unwrap() >= 5);
    }
    assert!(!all["pulses"].to_string().contains("RM-"));
    // On 2026-01-20 fewer than five have started, and nobody has been asked.
    let few = run("2026-01-20", "sponsor");
    let readings = few["pulses"].as_array().unwrap();
    assert!(readings.len() == 6 && readings.iter().all(|r| r["reading"].is_null()));
    for metric in few["metrics"].as_array().unwrap() {
        assert_eq!(metric["withheld"], Value::Bool(true));
        assert!(
            ["numerator", "denominator", "value"]
                .iter()
                .all(|k| metric[k].is_null())
        );
    }
}

#[test]
fn assess_says_which_pulses_it_left_out_and_where_one_is_none() {
    let folder = folder("pulses");
    let roster = file(&folder, "roster.csv", SOUND);
    let pairs = "pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n";
    let header = "pairing,side,question,date,score\n";
    let sessions = "pairing,date,outcome,minutes,taught_by,by\n";
    let pairs = file(
        &folder,
        "pairs.csv",
        &format!("{pairs}P1,ada,cfo,2026-01-05,30,7,,\n"),
    );
    let sessions = file(&folder, "sessions.csv", sessions);
    let run = |rows: &str| {
        let pulses = file(&folder, "pulses.csv", &format!("{header}{rows}"));
        let fixed = [
            "--roster",
            &roster,
            "--pairs",
            &pairs,
            "--sessions",
            &sessions,
        ];
        example(
            "assess",
            &[&fixed[..], &["--pulses", &pulses, "--as-of", "2026-06-30"]].concat(),
        )
    };
    // `comfort` is asked of mentees, `canteen` is this company's own.
    let done = run("P1,mentor,comfort,2026-02-04,4\nP1,mentee,canteen,2026-02-04,5\n");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let said = text(&done.stderr);
    let expected =
        "pulses.csv: left out: `P1`, mentor, `comfort`: `comfort` is not asked of the mentor";
    assert!(said.contains(expected), "{said}");
    let printed: Value = serde_json::from_slice(&done.stdout).unwrap();
    let pulses = printed["pulses"].as_array().unwrap();
    let items: Vec<&Value> = pulses.iter().map(|p| &p["item"]).collect();
    assert_eq!(items, ["canteen"], "{pulses:?}");
    assert!(pulses[0]["reading"].is_null());
    let done = run(
        "P1,mentor,trust,2026-02-04,4\nP1,mentor,trust,2026-02-04,6\nP2,mentor,trust,2026-02-04,3\n",
    );
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
    let said = text(&done.stderr);
    for line in ["pulses.csv:3: ", "pulses.csv:4: unknown-pairing"] {
        assert!(said.contains(line), "{said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
