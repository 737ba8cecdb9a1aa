//! Records that claim what cannot be of agreements, reviews, milestones, cohorts and goals: each claim alone, with exactly
//! what is found, and beside it the nearest claim that may be.

use reverse_mentoring::pairing::Occasion;

use super::*;

/// A damage, and all that is found of it.
type Case = (Vec<(&'static str, Value)>, Vec<String>);

fn judge(sound: &Value, cases: &[Case]) {
    assert_eq!(found(sound), Vec::<String>::new());
    for (damage, expected) in cases {
        let mut record = sound.clone();
        for (path, value) in damage {
            let place = record.pointer_mut(path);
            *place.unwrap_or_else(|| panic!("{path}")) = value.clone();
        }
        assert_eq!(&found(&record), expected, "{damage:?}");
    }
}

fn of(pairing: u32, what: &str) -> Vec<String> {
    vec![format!("pairing {}: {what}", pairing_id(pairing))]
}

/// One that both have yet to accept, and one that ended before it was accepted.
fn early() -> Kept {
    let roster = Company::base().places("cto", 2).roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("cleo", "cto")], 1);
    kept.step(2, END, 3);
    kept
}

fn version(from: &str, until: &str) -> Value {
    let cadence = json!({"grace_days": 7, "interval_days": 30, "minutes": 60});
    json!({"from": from, "cadence": cadence, "until": until})
}

#[test]
fn versions_of_an_agreement() {
    const END_OF_IT: &str = "2026-07-01";
    let wrong = "the versions of its agreement do not follow each other up to the one that holds";
    let versions = |days: &[&str]| {
        let all = days.iter().map(|from| version(from, END_OF_IT));
        vec![("/pairings/2/versions", all.collect::<Value>())]
    };
    judge(
        &json_of(&kept()),
        &[
            // The latest step was on the 21st.
            (versions(&["2026-01-02", "2026-01-21"]), vec![]),
            (versions(&["2026-01-02", "2026-01-22"]), of(3, wrong)),
            (versions(&["2026-01-03"]), of(3, wrong)),
            (
                versions(&["2026-01-02", "2026-01-09", "2026-01-08"]),
                of(3, wrong),
            ),
            (
                vec![(
                    "/pairings/2/versions",
                    json!([version("2026-01-02", "2026-06-30")]),
                )],
                of(3, wrong),
            ),
            (versions(&[]), of(3, wrong)),
        ],
    );
}

#[test]
fn agreements_on_offer_and_consents() {
    let sound = json_of(&kept());
    let silent = Value::Null;
    let agreed = sound.pointer("/pairings/2/agreement").unwrap();
    let (mut other, mut unsaid) = (agreed.clone(), agreed.clone());
    other["until"] = json!("2026-08-01");
    unsaid["until"] = json!("2026-08-01");
    unsaid["mentor"] = silent.clone();
    let offer = |agreement: &Value| json!({"by": "mentee", "agreement": agreement});
    let no_offer = |stage: &str| format!("it is `{stage}`, and an agreement on offer cannot be");
    let no_consent = |stage: &str| format!("it is `{stage}`, and the consents on record cannot be");
    judge(
        &sound,
        &[
            (
                vec![("/pairings/2/agreement/mentor", silent.clone())],
                of(
                    3,
                    "its agreement is signed, and the mentor has not said what they bring in",
                ),
            ),
            // What has ended may have been signed or not.
            (vec![("/pairings/0/agreement/mentor", silent)], vec![]),
            (vec![("/pairings/2/offer", offer(&other))], vec![]),
            (
                vec![("/pairings/2/offer", offer(&unsaid))],
                of(3, &no_offer("active")),
            ),
            (
                vec![("/pairings/2/offer", offer(agreed))],
                of(3, &no_offer("active")),
            ),
            (
                vec![("/pairings/0/offer", offer(&other))],
                of(1, &no_offer("ended")),
            ),
            // Along a link nobody goes on, and nobody says so; without it one may, and both would have.
            (
                vec![("/pairings/1/stage/agreed", json!(["mentor"]))],
                of(2, &no_consent("suspended")),
            ),
            (
                vec![
                    ("/pairings/1/stage/agreed", json!(["mentor"])),
                    ("/pairings/1/link_gone", json!(true)),
                ],
                vec![],
            ),
            (
                vec![
                    ("/pairings/1/stage/agreed", json!(["mentor", "mentee"])),
                    ("/pairings/1/link_gone", json!(true)),
                ],
                of(2, &no_consent("suspended")),
            ),
        ],
    );
    let both = json!(["mentor", "mentee"]);
    judge(
        &json_of(&early()),
        &[
            (
                vec![("/pairings/0/stage/now/accepted", json!(["mentor"]))],
                vec![],
            ),
            (
                vec![("/pairings/0/stage/now/accepted", both)],
                of(1, &no_consent("proposed")),
            ),
            (
                vec![("/pairings/0/offer", offer(&other))],
                of(1, &no_offer("proposed")),
            ),
        ],
    );
}

#[test]
fn looking_back_and_telling() {
    let review = |by: &str, on: &str| json!({"by": by, "on": on});
    let wrong = |by: &str| format!("the closing review of the {by} cannot be");
    let occasion = serde_json::to_value(Occasion::ALL[0]).unwrap();
    let told = |mentor: u32, by: &[&str]| {
        let pair = json!({"mentor": person_id(mentor), "mentee": person_id(4)});
        json!({"pairing": pairing_id(3), "pair": pair, "occasion": occasion, "by": by})
    };
    let untold = vec![format!(
        "what may be told of pairing {} as `{}` cannot be",
        pairing_id(3),
        occasion.as_str().unwrap()
    )];
    let reviewed = |all: &[Value]| vec![("/pairings/2/reviewed", json!(all))];
    let both = ["mentor", "mentee"];
    judge(
        &json_of(&kept()),
        &[
            // They settled on the 16th; the record is of the 23rd, and the day after it has begun somewhere.
            (
                reviewed(&[
                    review("mentor", "2026-01-16"),
                    review("mentee", "2026-01-23"),
                ]),
                vec![],
            ),
            (
                reviewed(&[review("mentor", "2026-01-15")]),
                of(3, &wrong("mentor")),
            ),
            (
                reviewed(&[review("mentee", "2026-02-01")]),
                of(3, &wrong("mentee")),
            ),
            (
                reviewed(&[
                    review("mentor", "2026-01-16"),
                    review("mentor", "2026-01-17"),
                ]),
                of(3, &wrong("mentor")),
            ),
            (
                vec![(
                    "/pairings/1/reviewed",
                    json!([review("mentor", "2026-01-23")]),
                )],
                of(2, &wrong("mentor")),
            ),
            (vec![("/celebrated", json!([told(3, &both)]))], vec![]),
            (vec![("/celebrated", json!([told(3, &[])]))], untold.clone()),
            (
                vec![("/celebrated", json!([told(2, &both)]))],
                untold.clone(),
            ),
            (
                vec![("/celebrated", json!([told(3, &both), told(3, &both)]))],
                untold,
            ),
        ],
    );
    // What ended before it began has nothing to look back on.
    judge(
        &json_of(&early()),
        &[(
            vec![(
                "/pairings/1/reviewed",
                json!([review("mentor", "2026-01-04")]),
            )],
            of(2, &wrong("mentor")),
        )],
    );
}

/// Of a second cohort, in which nobody is.
#[test]
fn milestones_of_a_cohort() {
    let mut sound = json_of(&kept());
    let mut second = sound.pointer("/cohorts/0").unwrap().clone();
    second["id"] = json!("00000006-0000-8000-8000-000000000002");
    let (days, charter) = (second["days"].clone(), second["charter"].clone());
    let cohorts = sound.pointer_mut("/cohorts").unwrap();
    cohorts.as_array_mut().unwrap().push(second);
    let what = |what: &str| {
        vec![format!(
            "cohort 00000006-0000-8000-8000-000000000002: {what}"
        )]
    };
    let came_to = |n: usize| what(&format!("it came to {n} milestones, not to 1 to 5"));
    let launch = what("what is launched has its days and a charter; what is not has neither");
    let no_days = what("the days of its milestones cannot be");
    let reached = |n: usize, days: &Value, charter: &Value| {
        vec![
            ("/cohorts/1/reached", json!(vec!["2026-01-01"; n])),
            ("/cohorts/1/days", days.clone()),
            ("/cohorts/1/charter", charter.clone()),
        ]
    };
    let (null, charter) = (&Value::Null, &charter);
    let last =
        vec!["the cohort that was launched last is none of those that were launched".to_owned()];
    let (second, stranger) = (json!(cohort_id(2)), json!(cohort_id(9)));
    let latest = |id: &Value| vec![("/latest", id.clone())];
    let not_launched = [reached(1, null, null), latest(&second)].concat();
    let on = |days: [&str; 2]| vec![("/cohorts/1/reached", json!(days))];
    judge(
        &sound,
        &[
            (reached(0, null, null), came_to(0)),
            (reached(1, null, null), vec![]),
            (reached(5, &days, charter), vec![]),
            (reached(6, &days, charter), came_to(6)),
            (reached(1, &days, null), launch.clone()),
            (reached(1, null, charter), launch.clone()),
            (reached(2, null, charter), launch.clone()),
            (reached(2, &days, null), launch),
            (latest(&second), vec![]),
            (latest(&stranger), last.clone()),
            (latest(null), last.clone()),
            (not_launched, last),
            (on(["2026-01-01", "2026-01-23"]), vec![]),
            (on(["2026-01-03", "2026-01-02"]), no_days.clone()),
            (on(["2026-01-01", "2026-02-01"]), no_days.clone()),
            (on(["2025-12-31", "2026-01-01"]), no_days),
        ],
    );
}

#[test]
fn nobody_finishes_the_same_training_twice() {
    let sound = json_of(&kept());
    let first = sound.pointer("/trained/0").unwrap().clone();
    let rows = |more: Value| {
        let mut rows = sound
            .pointer("/trained")
            .unwrap()
            .as_array()
            .unwrap()
            .clone();
        rows.push(more);
        vec![("/trained", json!(rows))]
    };
    let mut another = first.clone();
    another["training"]["version"] = json!("2");
    let who = first["participant"].as_str().unwrap();
    let twice = vec![format!(
        "participant {who} finished the same training twice"
    )];
    judge(&sound, &[(rows(another), vec![]), (rows(first), twice)]);
}

#[test]
fn who_is_in_which_cohort() {
    let mut sound = json_of(&kept());
    let first = sound.pointer("/cohorts/0/id").unwrap().clone();
    let mut second = sound.pointer("/cohorts/0").unwrap().clone();
    second["id"] = json!("00000006-0000-8000-8000-000000000002");
    let other = second["id"].clone();
    let cohorts = sound.pointer_mut("/cohorts").unwrap();
    cohorts.as_array_mut().unwrap().push(second);
    let cannot = vec![format!(
        "participant {} cannot be enrolled in cohort {} on that day",
        person_id(6),
        first.as_str().unwrap()
    )];
    let not_launched = |pairing: u32, cohort: &str| {
        of(
            pairing,
            &format!("cohort {cohort} was not launched when it was proposed"),
        )
    };
    let unknown = "00000006-0000-8000-8000-000000000009";
    let all = [1, 2, 3].map(|n| not_launched(n, first.as_str().unwrap()));
    judge(
        &sound,
        &[
            (
                vec![("/enrolled/5/since", json!("2025-12-31"))],
                cannot.clone(),
            ),
            (vec![("/enrolled/5/since", json!("2026-02-01"))], cannot),
            (
                vec![("/enrolled/2/cohort", other)],
                of(
                    3,
                    &format!("participant {} is not enrolled in its cohort", person_id(3)),
                ),
            ),
            (
                vec![("/pairings/2/cohort", json!(unknown))],
                not_launched(3, unknown),
            ),
            // They were proposed on the 2nd.
            (vec![("/cohorts/0/reached/1", json!("2026-01-02"))], vec![]),
            (
                vec![("/cohorts/0/reached/1", json!("2026-01-03"))],
                all.concat(),
            ),
        ],
    );
}

#[test]
fn first_days_and_what_comes_before_a_beginning() {
    let order = "the introduction on 2026-01-02 is before the acceptance on 2026-01-03";
    let goal = "the mentee's goal in `video`: nothing can be on record of 2026-01-15";
    let video = "/pairings/2/goals/learning/3/added_on";
    let mut sound = json_of(&kept());
    // Exempted on the day of the opening; and the levels between two, as they were found on that day.
    sound["exemptions"] = json!([{
        "mentee": person_id(6),
        "reason": "one_tree",
        "approved_by": coordinator(),
        "since": "2026-01-01",
    }]);
    sound["pairings"][2]["far_links"] = json!([{"on": "2026-01-01", "levels": null}]);
    let exempted = "is exempted since 2025-12-31, a day that is not in the journal";
    let levels =
        "the levels between the two changed on 2025-12-31, a day that is not in the journal";
    judge(
        &sound,
        &[
            (
                vec![("/exemptions/0/since", json!("2025-12-31"))],
                vec![format!("participant {} {exempted}", person_id(6))],
            ),
            (
                vec![("/pairings/2/far_links/0/on", json!("2025-12-31"))],
                of(3, levels),
            ),
            (
                vec![("/pairings/2/introduced_on", json!("2026-01-03"))],
                vec![],
            ),
            (
                vec![("/pairings/2/introduced_on", json!("2026-01-02"))],
                of(3, order),
            ),
            // They checked in on the 15th.
            (vec![(video, json!("2026-01-15"))], vec![]),
            (vec![(video, json!("2026-01-16"))], of(3, goal)),
        ],
    );
}

#[test]
fn nothing_comes_before_a_beginning() {
    let (begun, early) = (json_of(&kept()), json_of(&early()));
    let plan = begun.pointer("/pairings/2/planned/1").unwrap();
    let session = begun.pointer("/pairings/0/sessions/0").unwrap();
    let dropped = json!([{
        "on": "2026-01-03",
        "change": {"change": "dropped", "reason": "not_wanted"},
    }]);
    let with = |place: &str, value: Value| {
        let mut record = early.clone();
        *record.pointer_mut(place).unwrap() = value;
        found(&record)
    };
    let not_begun = of(1, "it has not begun, and has sessions");
    assert_eq!(
        with("/pairings/0/voided", json!([session_id(9)])),
        not_begun
    );
    // What is planned or was held is astray, besides.
    for (place, value) in [("planned", plan), ("sessions", session)] {
        let found = with(&format!("/pairings/0/{place}"), json!([value]));
        assert!(found.contains(&not_begun[0]), "{place}: {found:?}");
    }
    assert_eq!(
        with("/pairings/0/goals/learning/3/changes", dropped),
        of(1, "both have not accepted, and its goals have changed")
    );
}
