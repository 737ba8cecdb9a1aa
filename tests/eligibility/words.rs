//! Word for word: one pair, one rule, what it says, and where exactly it begins to say it.

use chrono::NaiveDate;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::pair::Pair;
use reverse_mentoring::policy::{
    ConflictingRole, Context, CoolingOff, MinimumGap, NotExcluded, Parameter, Policy, SameManager,
    Violation,
};
use reverse_mentoring::roster::{
    Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::text::Key;

/// A junior and a senior who may be paired, and whoever else a case needs.
pub(super) struct Case {
    pub(super) junior: Participant,
    pub(super) senior: Participant,
    pub(super) lines: Vec<Line>,
    pub(super) policy: Policy,
    pub(super) context: Context,
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(super) fn key(key: &str) -> Key {
    Key::new(key).unwrap()
}

pub(super) fn person(key: &str, side: Side, experience: Experience) -> Participant {
    let mut ids = SequentialIds::new(key.len() as u32);
    let id = ParticipantId::from_source(&mut ids);
    let [teaches, learns] = if side == Side::Mentor {
        ["video", "tax"]
    } else {
        ["tax", "video"]
    };
    Participant::new(id, Key::new(key).unwrap(), side, experience)
        .with_offers([Offer::new(teaches, 4).unwrap()])
        .unwrap()
        .with_wishes([Wish::new(learns, 1, 3).unwrap()])
        .unwrap()
}

impl Case {
    /// Eligible: grade 2 against grade 8, under two roots.
    pub(super) fn eligible() -> Self {
        Self::of(Experience::grade(2), Experience::grade(8))
    }

    pub(super) fn of(junior: Experience, senior: Experience) -> Self {
        Self {
            junior: person("ada", Side::Mentor, junior),
            senior: person("cleo", Side::Mentee, senior),
            lines: vec![Line::root("ada"), Line::root("cleo")],
            policy: Policy::core_only(),
            context: Context::new(day(2026, 3, 31)),
        }
    }

    pub(super) fn pair(&self) -> Pair {
        Pair {
            mentor: self.junior.id(),
            mentee: self.senior.id(),
        }
    }

    pub(super) fn turned(&self) -> Pair {
        Pair {
            mentor: self.senior.id(),
            mentee: self.junior.id(),
        }
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub(super) fn context(mut self, change: impl FnOnce(Pair, Context) -> Context) -> Self {
        self.context = change(self.pair(), self.context);
        self
    }

    pub(super) fn rule(mut self, rule: impl reverse_mentoring::policy::Rule + 'static) -> Self {
        self.policy = self.policy.with(rule);
        self
    }

    pub(super) fn violations_of(&self, mentor: &str, mentee: &str) -> Vec<Violation> {
        let lines = ReportingLines::new(self.lines.clone()).unwrap();
        let roster = Roster::new([self.junior.clone(), self.senior.clone()], lines).unwrap();
        let eligibility = Eligibility::new(&roster, &self.policy, &self.context);
        let verdict = eligibility.check_keys(mentor, mentee).unwrap();
        for violation in verdict.violations() {
            let texts = [violation.message(), violation.advice().unwrap_or("x")];
            assert!(
                texts
                    .iter()
                    .all(|t| !t.contains(char::is_control) && !t.ends_with('.'))
            );
            assert_eq!(violation.to_string(), violation.message());
        }
        verdict.violations().to_vec()
    }

    pub(super) fn violations(&self) -> Vec<Violation> {
        self.violations_of("ada", "cleo")
    }

    /// Exactly one violation: `code: message | advice`.
    pub(super) fn says(&self) -> String {
        match self.violations().as_slice() {
            [] => "nothing".to_owned(),
            [v] => format!("{}: {v} | {}", v.code(), v.advice().unwrap_or("no advice")),
            more => panic!("{more:?}"),
        }
    }

    pub(super) fn parameters(&self) -> String {
        format!("{:?}", self.violations()[0].parameters())
    }
}

pub(super) fn skills(
    p: Participant,
    offers: &[(&str, u8)],
    wishes: &[(&str, u8, u8)],
) -> Participant {
    let offers = offers.iter().map(|(s, l)| Offer::new(s, *l).unwrap());
    let wishes = wishes.iter().map(|(s, a, b)| Wish::new(s, *a, *b).unwrap());
    p.with_offers(offers).unwrap().with_wishes(wishes).unwrap()
}

#[test]
fn nothing_stands_against_the_pair_that_the_cases_start_from() {
    assert_eq!(Case::eligible().says(), "nothing");
    let all = Case::eligible()
        .rule(MinimumGap::default())
        .rule(SameManager::default())
        .rule(ConflictingRole)
        .rule(CoolingOff::months(24))
        .rule(NotExcluded);
    assert_eq!(all.says(), "nothing");
}

#[test]
fn not_oneself_and_all_that_follows() {
    let said: Vec<String> = Case::eligible()
        .violations_of("ada", "ada")
        .iter()
        .map(|v| format!("{}: {v}", v.code()))
        .collect();
    assert_eq!(
        said,
        [
            "not-oneself: nobody is paired with themselves",
            "sides: the mentee offered only the side `mentor`",
            "experience-order: the mentor is not the less experienced: grade 2 against grade 2",
            "two-way: neither offers anything that serves a wish of the other",
        ]
    );
}

#[test]
fn sides() {
    let case = Case::eligible().with(|c| {
        c.junior = skills(
            person("ada", Side::Mentee, Experience::grade(2)),
            &[("video", 4)],
            &[("tax", 1, 3)],
        );
        c.senior = skills(
            person("cleo", Side::Mentor, Experience::grade(8)),
            &[("tax", 4)],
            &[("video", 1, 3)],
        );
    });
    assert_eq!(
        case.says(),
        "sides: the mentor offered only the side `mentee`, the mentee offered only the side `mentor` \
         | ask them whether they take the other side"
    );
    assert_eq!(
        case.parameters(),
        r#"[("mentor", Text("mentee")), ("mentee", Text("mentor"))]"#
    );
}

#[test]
fn experience_order_at_the_edge() {
    let both = |grade, months| Experience::grade(grade).and_months(months);
    for (junior, senior, expected) in [
        (Experience::grade(2), Experience::grade(3), None),
        (
            Experience::grade(3),
            Experience::grade(3),
            Some("grade 3 against grade 3"),
        ),
        (
            Experience::grade(4),
            Experience::grade(3),
            Some("grade 4 against grade 3"),
        ),
        (Experience::months(11), Experience::months(12), None),
        (
            Experience::months(12),
            Experience::months(12),
            Some("12 months against 12 months"),
        ),
        (both(3, 99), both(4, 0), None),
        (both(3, 6), both(3, 7), None),
        (
            both(3, 7),
            both(3, 7),
            Some("grade 3, 7 months against grade 3, 7 months"),
        ),
        (both(i32::MIN, u32::MAX), both(i32::MAX, 0), None),
    ] {
        let expected = expected.map_or("nothing".to_owned(), |against| {
            format!(
                "experience-order: the mentor is not the less experienced: {against} \
                 | in reverse mentoring the junior teaches: look for a more experienced mentee"
            )
        });
        assert_eq!(Case::of(junior, senior).says(), expected);
    }
    let parameters = Case::of(both(3, 7), both(3, 6)).parameters();
    assert_eq!(
        parameters,
        r#"[("mentor_grade", Number(3)), ("mentor_months", Number(7)), ("mentee_grade", Number(3)), ("mentee_months", Number(6))]"#
    );
}

#[test]
fn a_chain_of_any_length_stays_a_line() {
    let chain = |steps: usize| {
        Case::eligible().with(|c| {
            let mut upper = "cleo".to_owned();
            for step in (1..steps).rev() {
                let name = format!("p{step}");
                c.lines.push(Line::new(&name, &upper));
                upper = name;
            }
            c.lines[0] = Line::root("ada").dotted(upper);
        })
    };
    for (steps, path) in [
        (1, "`ada` → `cleo`"),
        (6, "`ada` → `p1` → `p2` → `p3` → `p4` → `p5` → `cleo`"),
        (7, "`ada` → `p1` → `p2` → … 2 more … → `p5` → `p6` → `cleo`"),
        (
            1000,
            "`ada` → `p1` → `p2` → … 995 more … → `p998` → `p999` → `cleo`",
        ),
    ] {
        let case = chain(steps);
        assert_eq!(
            case.says(),
            format!(
                "no-hierarchical-link: there is a line of management between them: {path} \
                 | look outside the line of management"
            )
        );
        let violation = &case.violations()[0];
        let [
            (steps_name, Parameter::Number(n)),
            (path_name, Parameter::List(keys)),
        ] = violation.parameters()
        else {
            panic!("{violation:?}");
        };
        assert_eq!(
            (*steps_name, *n, *path_name),
            ("steps", steps as i64, "path")
        );
        assert_eq!(keys.len(), (steps + 1).min(64));
    }
    // The other way round, a boss who is the junior; and names that would break the line.
    let boss = Case::eligible().with(|c| {
        c.lines = vec![
            Line::root("ada"),
            Line::new("mid\u{202e}dle", "ada"),
            Line::new("cleo", "mid\u{202e}dle"),
        ]
    });
    assert_eq!(
        boss.violations()[0].message(),
        r"there is a line of management between them: `cleo` → `mid\u{202e}dle` → `ada`"
    );
}

#[test]
fn two_way() {
    let advice = "ask both what else they could teach, and what else they want to learn";
    for (mentor, mentee, message, missing) in [
        (
            1,
            4,
            "the mentor offers nothing that serves a wish of the mentee",
            "mentor",
        ),
        (
            4,
            1,
            "the mentee offers nothing that serves a wish of the mentor",
            "mentee",
        ),
        (
            1,
            1,
            "neither offers anything that serves a wish of the other",
            "both",
        ),
    ] {
        // Both wish to get from 1 to 3: a teacher at level 1 has nothing to add.
        let case = Case::eligible().with(|c| {
            c.junior = skills(c.junior.clone(), &[("video", mentor)], &[("tax", 1, 3)]);
            c.senior = skills(c.senior.clone(), &[("tax", mentee)], &[("video", 1, 3)]);
        });
        assert_eq!(case.says(), format!("two-way: {message} | {advice}"));
        assert_eq!(
            case.parameters(),
            format!("[(\"offers_nothing\", Text({missing:?}))]")
        );
    }
    // Names are compared byte for byte, and one level above is enough.
    let video = |skill, level| {
        Case::eligible()
            .with(|c| c.junior = skills(c.junior.clone(), &[(skill, level)], &[("tax", 3, 4)]))
            .says()
    };
    assert_eq!(video("video", 2), "nothing");
    assert!(video("Video", 2).starts_with("two-way"));
}

#[test]
fn places() {
    let busy = |mentor: usize, mentee: usize| {
        Case::eligible().context(|pair, context| {
            let other = ParticipantId::from_source(&mut SequentialIds::new(99));
            let teaches = Pair {
                mentee: other,
                ..pair
            };
            let learns = Pair {
                mentor: other,
                ..pair
            };
            let open = std::iter::repeat_n(teaches, mentor);
            context.with_open(open.chain(std::iter::repeat_n(learns, mentee)))
        })
    };
    let advice = "wait until a pairing ends, or agree on more hours";
    for (case, message, parameters) in [
        (
            busy(1, 0),
            "the mentor has 1 open pairing and 1 place",
            r#"[("mentor_open", Number(1)), ("mentor_places", Number(1))]"#,
        ),
        (
            busy(0, 2),
            "the mentee has 2 open pairings and 1 place",
            r#"[("mentee_open", Number(2)), ("mentee_places", Number(1))]"#,
        ),
        (
            busy(1, 1).with(|c| {
                let hours = c
                    .senior
                    .profile()
                    .capacity()
                    .with_hours("1.49".parse().unwrap());
                c.senior = c.senior.clone().with_capacity(hours);
            }),
            "the mentor has 1 open pairing and 1 place, the mentee has 1 open pairing and 0 places \
             (1.49 hours a month, 1.5 a pairing)",
            r#"[("mentor_open", Number(1)), ("mentor_places", Number(1)), ("mentee_open", Number(1)), ("mentee_places", Number(0))]"#,
        ),
    ] {
        assert_eq!(case.says(), format!("places: {message} | {advice}"));
        assert_eq!(case.parameters(), parameters);
    }
    let again = Case::eligible()
        .context(|pair, context| context.with_open([pair]))
        .with(|c| {
            for person in [&mut c.junior, &mut c.senior] {
                let two = reverse_mentoring::roster::Capacity::of(2.try_into().unwrap());
                *person = person.clone().with_capacity(two);
            }
        });
    assert_eq!(
        again.says(),
        "places: the two have an open pairing | look for another partner"
    );
    let full = Case::eligible().context(|pair, context| context.with_open([pair]));
    assert_eq!(
        full.says(),
        "places: the two have an open pairing, the mentor has 1 open pairing and 1 place, \
         the mentee has 1 open pairing and 1 place | wait until a pairing ends, or agree on more hours"
    );
}

#[test]
fn all_reasons_in_the_order_of_the_rules() {
    let case = Case::of(Experience::grade(3), Experience::grade(3))
        .with(|c| {
            c.lines = vec![
                Line::new("ada", "boss"),
                Line::new("cleo", "boss"),
                Line::root("boss"),
            ]
        })
        .rule(NotExcluded)
        .rule(SameManager::default())
        .rule(MinimumGap::default())
        .context(|pair, context| context.with_excluded([pair]));
    let violations = case.violations();
    let codes: Vec<&str> = violations.iter().map(Violation::code).collect();
    assert_eq!(
        codes,
        [
            "experience-order",
            "not-excluded",
            "same-manager",
            "minimum-gap"
        ]
    );
}
