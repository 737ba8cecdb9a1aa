//! The rules of a policy word for word: what each says, and where exactly it begins to say it.

use chrono::{Months, NaiveDate};
use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::policy::{
    ConflictingRole, CoolingOff, DifferentProfile, FormerManager, MinimumGap, NotExcluded,
    OtherUnit, Parameter, PastPair, Policy, Relation, RelationKind, SameManager, SameTraining,
};
use reverse_mentoring::roster::{Experience, Line, Offer, Participant};
use reverse_mentoring::text::Label;

use super::words::{Case, day, key};

#[test]
fn minimum_gap_at_the_edge() {
    let both = |grade, months| Experience::grade(grade).and_months(months);
    let (grade, months) = (Experience::grade, Experience::months);
    let said = |rule: MinimumGap, junior, senior| {
        let said = Case::of(junior, senior).rule(rule).says();
        let said = said.strip_suffix(" | look for a mentee with more experience");
        said.and_then(|s| s.strip_prefix("minimum-gap: the mentee is ahead by "))
            .map(str::to_owned)
    };
    let default = MinimumGap::default();
    for (rule, junior, senior, expected) in [
        (default, both(3, 0), both(4, 0), None),
        (default, both(3, 0), both(3, 36), None),
        (
            default,
            both(3, 0),
            both(3, 35),
            Some("0 grades and 35 months, 1 grade or 36 months are needed"),
        ),
        (default, months(1), months(37), None),
        (
            default,
            months(1),
            months(36),
            Some("35 months, 1 grade or 36 months are needed"),
        ),
        (
            default,
            months(1),
            months(2),
            Some("1 month, 1 grade or 36 months are needed"),
        ),
        (default, grade(3), grade(4), None),
        (MinimumGap::of_grades(2), grade(3), grade(5), None),
        (
            MinimumGap::of_grades(2),
            grade(3),
            grade(4),
            Some("1 grade, 2 grades are needed"),
        ),
        (
            MinimumGap::of_grades(2),
            both(3, 0),
            both(4, 900),
            Some("1 grade and 900 months, 2 grades are needed"),
        ),
        (
            MinimumGap::of_grades(2),
            months(0),
            months(900),
            Some("900 months, 2 grades are needed"),
        ),
        (
            MinimumGap::of_grades(1),
            both(3, 1),
            both(3, 2),
            Some("0 grades and 1 month, 1 grade is needed"),
        ),
        (
            MinimumGap::of_grades(2).or_months(12),
            both(3, 0),
            both(3, 12),
            None,
        ),
        (
            MinimumGap::of_grades(2).or_months(12),
            both(3, 0),
            both(3, 11),
            Some("0 grades and 11 months, 2 grades or 12 months are needed"),
        ),
    ] {
        assert_eq!(said(rule, junior, senior).as_deref(), expected, "{rule:?}");
    }
    assert_eq!(
        Case::of(both(3, 0), both(3, 35)).rule(default).parameters(),
        r#"[("needed_grades", Number(1)), ("needed_months", Number(36)), ("grades", Number(0)), ("months", Number(35))]"#
    );
}

#[test]
fn same_manager_now_and_in_the_last_months() {
    let today = day(2026, 3, 31);
    let former = |person: ParticipantId, manager: &str, until| FormerManager {
        person,
        manager: key(manager),
        until,
    };
    let under = |ada: &str, cleo: &str| {
        let (ada, cleo) = (Line::new("ada", ada), Line::new("cleo", cleo));
        Case::eligible()
            .with(|c| c.lines = vec![ada, cleo, Line::root("m1"), Line::root("m2")])
            .rule(SameManager::default())
    };
    let says = |manager: &str| {
        format!(
            "same-manager: both report to `{manager}`, or did in the last 12 months | look in another team"
        )
    };
    assert_eq!(under("m1", "m2").says(), "nothing");
    assert_eq!(
        under("m1", "m1").says(),
        "same-manager: both report to `m1` | look in another team"
    );
    assert_eq!(
        under("m1", "m1").parameters(),
        r#"[("manager", Text("m1")), ("months", Number(12))]"#
    );
    // Until the very day twelve months ago counts; a day earlier does not.
    for (until, counts) in [
        (day(2025, 3, 31), true),
        (day(2025, 3, 30), false),
        (today, true),
    ] {
        let expected = |manager| {
            if counts {
                says(manager)
            } else {
                "nothing".to_owned()
            }
        };
        // The mentor was where the mentee is; the mentee was where the mentor is; both were where neither is.
        let case = under("m1", "m2");
        let was = case.context(|p, c| c.with_former_managers([former(p.mentor, "m2", until)]));
        assert_eq!(was.says(), expected("m2"), "{until}");
        let case = under("m1", "m2");
        let was = case.context(|p, c| c.with_former_managers([former(p.mentee, "m1", until)]));
        assert_eq!(was.says(), expected("m1"), "{until}");
        let case = under("m1", "m2").context(|p, c| {
            let gone = [
                former(p.mentor, "gone", until),
                former(p.mentee, "gone", today),
            ];
            c.with_former_managers(gone)
        });
        assert_eq!(case.says(), expected("gone"), "{until}");
    }
    // Several in common: the first by key, whatever the order in which they were given.
    for order in [["x", "w"], ["w", "x"]] {
        let case = under("m1", "m2").context(|p, c| {
            let both = order
                .iter()
                .flat_map(|m| [former(p.mentor, m, today), former(p.mentee, m, today)]);
            c.with_former_managers(both.collect::<Vec<_>>())
        });
        assert_eq!(case.says(), says("w"));
    }
    let roots = Case::eligible().rule(SameManager::default());
    assert_eq!(roots.says(), "nothing");
    let ever = under("m1", "m2")
        .with(|c| c.policy = Policy::core_only().with(SameManager::within_months(u32::MAX)))
        .context(|p, c| c.with_former_managers([former(p.mentor, "m2", NaiveDate::MIN)]));
    assert!(
        ever.says()
            .starts_with("same-manager: both report to `m2`, or did in the last 4294967295 months")
    );
}

#[test]
fn other_unit() {
    let units = |a: Option<&str>, b: Option<&str>| {
        let label = |u| Label::new(u).unwrap();
        Case::eligible()
            .with(|c| {
                if let Some(unit) = a {
                    c.junior = c.junior.clone().with_unit(label(unit.to_owned()));
                }
                if let Some(unit) = b {
                    c.senior = c.senior.clone().with_unit(label(unit.to_owned()));
                }
            })
            .rule(OtherUnit)
            .says()
    };
    assert_eq!(units(Some("Tax"), Some("tax")), "nothing");
    assert_eq!(
        units(Some("Tax"), Some("Tax")),
        "other-unit: both work in `Tax` | look in another unit"
    );
    let unknown = "other-unit: the unit of one of the two is not known | look in another unit";
    for (a, b) in [(None, Some("Tax")), (Some("Tax"), None)] {
        assert_eq!(units(a, b), unknown);
    }
    assert_eq!(
        units(None, None),
        "other-unit: the units of the two are not known | look in another unit"
    );
}

#[test]
fn different_profile() {
    // (unit, site, offers) of the junior and of the senior; what the three strengths of the rule say.
    type Seen = (&'static str, &'static str, &'static [&'static str]);
    let says = |rule: DifferentProfile, [junior, senior]: [Seen; 2]| {
        let filled = |person: &Participant, (unit, site, offers): Seen| {
            let offers = offers.iter().map(|skill| Offer::new(skill, 4).unwrap());
            let mut person = person.clone().with_offers(offers).unwrap();
            for (name, is_unit) in [(unit, true), (site, false)] {
                person = match Label::new(name) {
                    Ok(label) if is_unit => person.with_unit(label),
                    Ok(label) => person.with_site(label),
                    Err(_) => person,
                };
            }
            person
        };
        let case = Case::eligible().with(|c| {
            c.junior = filled(&c.junior, junior);
            c.senior = filled(&c.senior, senior);
        });
        // Some of the pairs no longer teach each other; what the rule says is all that is looked at.
        let found = case.rule(rule).violations();
        match found.iter().find(|v| v.code() == "different-profile") {
            None => "nothing".to_owned(),
            Some(v) => format!("{v} | {}", v.advice().unwrap_or("no advice")),
        }
    };
    let [one, two, every] = [
        DifferentProfile::IN_ONE_RESPECT,
        DifferentProfile::IN_TWO_RESPECTS,
        DifferentProfile::IN_EVERY_RESPECT,
    ];
    let advice = "look in another unit, at another site, or among those who teach something else";
    let no = |found: &str, needed: &str| {
        format!("the two are known to differ in {found} of 3, {needed} needed | {advice}")
    };
    let ada: Seen = ("Tax", "Leeds", &["video", "sql"]);
    let unlike: Seen = ("Law", "York", &["tax"]);
    for rule in [one, two, every] {
        assert_eq!(says(rule, [ada, unlike]), "nothing");
    }
    for (senior, found) in [
        (("Tax", "Leeds", &["sql", "tax"][..]), 0),
        (("tax", "Leeds", &["sql", "tax"]), 1),
        (("Tax", "York", &["sql", "tax"]), 1),
        (("Tax", "Leeds", &["tax"]), 1),
        (("Law", "York", &["sql", "tax"]), 2),
        (("Law", "Leeds", &["tax"]), 2),
        (("Tax", "York", &["tax"]), 2),
        // What is not known is no difference.
        (("", "York", &["tax"]), 2),
        (("Law", "", &["tax"]), 2),
        (("", "", &["tax"]), 1),
    ] {
        let respects = ["0 respects", "1 respect", "2 respects"][found];
        for (least, rule, needed) in [(1, one, "1 is"), (2, two, "2 are"), (3, every, "3 are")] {
            let expected = if found >= least {
                "nothing".to_owned()
            } else {
                no(respects, needed)
            };
            assert_eq!(says(rule, [ada, senior]), expected, "{senior:?}");
            assert_eq!(says(rule, [senior, ada]), expected, "{senior:?}");
        }
    }
    let case = Case::eligible().rule(one).with(|c| {
        c.junior = c.junior.clone().with_offers([]).unwrap();
        c.senior = c.senior.clone().with_unit(Label::new("Law").unwrap());
    });
    let found = case.violations();
    let violation = found.iter().find(|v| v.code() == "different-profile");
    assert_eq!(
        violation.unwrap().parameters(),
        [
            ("different", Parameter::List(vec![])),
            ("needed", Parameter::Number(1)),
        ]
    );
}

#[test]
fn conflicting_role() {
    let advice = "a mentor is nobody's judge, sponsor or coach: look for somebody without a say";
    for (kind, name) in [
        (RelationKind::Evaluator, "evaluator"),
        (RelationKind::Sponsor, "sponsor"),
        (RelationKind::Coach, "coach"),
    ] {
        for senior_has_it in [true, false] {
            let case = Case::eligible()
                .rule(ConflictingRole)
                .context(|p, context| {
                    let (by, of) = if senior_has_it {
                        (p.mentee, p.mentor)
                    } else {
                        (p.mentor, p.mentee)
                    };
                    context.with_relations([Relation { kind, by, of }])
                });
            let (by, of) = if senior_has_it {
                ("mentee", "mentor")
            } else {
                ("mentor", "mentee")
            };
            assert_eq!(
                case.says(),
                format!("conflicting-role: the {by} is the {of}'s {name} | {advice}")
            );
            assert_eq!(
                case.parameters(),
                format!("[(\"relation\", Text({name:?})), (\"by\", Text({by:?}))]")
            );
        }
    }
}

#[test]
fn cooling_off_to_the_day() {
    let said = |months, ended: NaiveDate, turned| {
        Case::eligible()
            .rule(CoolingOff::months(months))
            .with(|c| {
                let pair = if turned { c.turned() } else { c.pair() };
                let early = ended.checked_sub_months(Months::new(6)).unwrap_or(ended);
                let past = [ended, early].map(|ended| PastPair { pair, ended });
                c.context = c.context.clone().with_past(past);
            })
            .says()
    };
    for turned in [false, true] {
        // Today is the 31st of March.
        assert_eq!(said(24, day(2024, 3, 31), turned), "nothing");
        assert_eq!(
            said(24, day(2024, 4, 1), turned),
            "cooling-off: the two were paired until 2024-04-01, 24 months have to pass | possible again from 2026-04-01"
        );
    }
    // A month after the 28th of February is the 28th of March; a month after the 31st of January is the 28th of February.
    assert_eq!(said(1, day(2026, 2, 28), false), "nothing");
    assert_eq!(
        said(1, day(2026, 3, 1), false),
        "cooling-off: the two were paired until 2026-03-01, 1 month has to pass | possible again from 2026-04-01"
    );
    assert_eq!(said(0, day(2026, 3, 31), false), "nothing");
    assert_eq!(
        said(u32::MAX, day(2026, 3, 31), false),
        "cooling-off: the two were paired until 2026-03-31, 4294967295 months have to pass | no advice"
    );
}

#[test]
fn same_training() {
    let curriculum = || Label::new("first steps").unwrap();
    let said = |mentor, mentee| {
        Case::eligible()
            .rule(SameTraining::of(curriculum()))
            .context(|p, context| {
                let who = [(p.mentor, mentor), (p.mentee, mentee)];
                let label = |finished| Label::new(finished).unwrap();
                context.with_trained(
                    who.map(|(id, finished): (_, &str)| (id, label(finished.to_owned()))),
                )
            })
            .says()
    };
    assert_eq!(said("first steps", "first steps"), "nothing");
    for (mentor, mentee, who) in [
        (
            "other",
            "first steps",
            "the mentor has not finished `first steps`",
        ),
        (
            "first steps",
            "other",
            "the mentee has not finished `first steps`",
        ),
        ("other", "other", "neither has finished `first steps`"),
    ] {
        assert_eq!(
            said(mentor, mentee),
            format!("same-training: {who} | train both in the same curriculum first")
        );
    }
}

#[test]
fn not_excluded_says_no_more() {
    let case = || Case::eligible().rule(NotExcluded);
    let excluded = case().context(|pair, context| context.with_excluded([pair]));
    assert_eq!(
        excluded.says(),
        "not-excluded: the pair is excluded | no advice"
    );
    let turned = case().with(|c| c.context = c.context.clone().with_excluded([c.turned()]));
    assert_eq!(turned.says(), "nothing");
}
