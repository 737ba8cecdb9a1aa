//! Questions about a plan, asked on the command line.

use super::{FIVE, PAIRS, example, file, folder, pairs_of, plan_of, text};

/// The cfo has one place, and ada teaches more of what he wishes than bo does.
const CONTESTED: &str = "\
id,manager,grade,side,offers,wants,group
ceo,-,9,,,,
cfo,ceo,8,mentee,budgeting:5,short video:3;faith:2,north
cto,ceo,8,,,,
ada,cto,2,mentor,short video:4,budgeting:1>3,south
bo,cto,2,mentor,short video:2,budgeting:1>3;faith:2,south
";

#[test]
fn explain_plan_answers_in_sentences() {
    let folder = folder("explain");
    let roster = file(&folder, "roster.csv", CONTESTED);
    let ask = |words: &[&str]| {
        let done = example("explain_plan", &[&["--roster", &roster], words].concat());
        assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
        text(&done.stdout).to_owned()
    };
    assert_eq!(
        ask(&[]),
        "1 pair of 2 eligible, total score 2000, proven best.\n\
         bo as mentor: partners-taken: 1 eligible mentee, whose places are all taken\n"
    );
    assert_eq!(
        ask(&["--pair", "bo,cfo"]),
        "`bo` and `cfo` may be paired (1166 points: \
         mentee-learns 333, mentor-learns 500, both-learn 333, different-unit 0), but are not a pair of this plan.\n\
         Insisting on this pair would lose 834 points. 1 other pair would be parted, \
         1 person would be left out, 1 person would find a partner.\n"
    );
    assert_eq!(
        ask(&["--pair", "cfo,ada"]),
        "`cfo` and `ada` may not be paired:\n\
         - sides: the mentor offered only the side `mentee`, the mentee offered only the side `mentor`\n\
         - experience-order: the mentor is not the less experienced: grade 8 against grade 2\n"
    );
    assert_eq!(
        ask(&["--person", "bo", "--sensitive", "faith"]),
        "`bo` and `cfo` may be paired (1166 points: \
         mentee-learns 333, mentor-learns 500, both-learn 333, different-unit 0), but are not a pair of this plan.\n\
         Insisting on this pair would lose 834 points.\n\
         `bo` has no pairing as mentor: 1 eligible mentee, whose places are all taken.\n\
         `bo` would have a pairing as mentor with\n\
         - one more mentee (grade 8, no line of management between the two) who offers `budgeting` \
         at level 3 and wishes to learn `short video` from level 0 to level 2 (2 pairs in all instead of 1)\n"
    );
    for (words, expected) in [
        (["--pair", "bo,nobody"], "`nobody` is not a participant\n"),
        (["--person", "ceo"], "`ceo` is not a participant\n"),
    ] {
        let done = example(
            "explain_plan",
            &[&["--roster", &roster][..], &words].concat(),
        );
        assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
        assert_eq!(text(&done.stderr), expected);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The same options make the same plan as `match_roster`, and the answers are about that one.
#[test]
fn explain_plan_answers_under_the_same_conditions() {
    let folder = folder("explain-conditions");
    let roster = file(&folder, "roster.csv", FIVE);
    let pins = file(&folder, "pins.csv", "mentor,mentee\nben,cfo\nlin,cfo\n");
    let exclude = file(&folder, "exclude.csv", "mentor,mentee\nada,coo\n");
    let running = file(
        &folder,
        "running.csv",
        &format!("{PAIRS}P1,ada,cfo,2026-01-05,30,7,,\n"),
    );
    let ask = |words: &[&str]| {
        let done = example("explain_plan", &[&["--roster", &roster], words].concat());
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        (text(&done.stdout).to_owned(), text(&done.stderr).to_owned())
    };
    let conditions = ["--pins", &pins, "--exclude", &exclude];
    let made = example(
        "match_roster",
        &[&["--roster", &roster][..], &conditions].concat(),
    );
    assert_eq!(pairs_of(&plan_of(&made)), ["ben-cfo", "lin-coo"]);
    let (pinned, said) = ask(&[&conditions[..], &["--pair", "ben,cfo"]].concat());
    assert!(
        pinned.starts_with("`ben` and `cfo` are a pair of the plan by a pin, "),
        "{pinned}"
    );
    assert_eq!(said, text(&made.stderr));
    let (excluded, _) = ask(&[&conditions[..], &["--pair", "ada,coo"]].concat());
    assert_eq!(
        excluded,
        "`ada` and `coo` may not be paired:\n- not-excluded: the pair is excluded\n"
    );
    let (runs, _) = ask(&["--running", &running, "--pair", "ada,cfo"]);
    assert_eq!(
        runs,
        "`ada` and `cfo` may not be paired:\n\
         - places: the two have an open pairing, the mentee has 1 open pairing and 1 place\n"
    );
    // A rule of the standard, on both tools.
    let strict = ["--policy", "strict"];
    let made = example(
        "match_roster",
        &[&["--roster", &roster][..], &strict].concat(),
    );
    let rules: Vec<_> = plan_of(&made)["funnel"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lost| lost["rule"].as_str().unwrap().to_owned())
        .collect();
    assert!(rules.contains(&"other-unit".to_owned()), "{rules:?}");
    std::fs::remove_dir_all(folder).unwrap();
}
