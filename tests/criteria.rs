//! The criteria beyond skills: tables worked by hand, and what holds of any two people before a judge that works on
//! plain lists.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::matching::{
    Candidates, Criteria, CriteriaError, Criterion, DifferentBackground, DifferentSite,
    NearbyTimeZone, Optimal, SameSite, SharedInterest, SharedLanguage, SimilarValues, plan,
};
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::roster::{
    Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Traits, Wish,
};
use reverse_mentoring::testing::{Company, check_criterion};
use reverse_mentoring::text::{Key, Label};

/// What somebody tells of themselves, as plain words; an empty text or list is nothing stated.
#[derive(Debug, Clone, Default, PartialEq)]
struct Told {
    languages: Vec<&'static str>,
    site: &'static str,
    zone: &'static str,
    interests: Vec<&'static str>,
    values: Vec<&'static str>,
    background: Vec<&'static str>,
    group: &'static str,
}

impl Told {
    fn participant(&self, key: &str, side: Side, ids: &mut SequentialIds) -> Participant {
        let (grade, teaches, learns) = match side {
            Side::Mentor => (2, "video", "budgets"),
            _ => (8, "budgets", "video"),
        };
        let id = ParticipantId::from_source(ids);
        let label = |text: &str| Label::new(text).unwrap();
        let traits = |list: &[&'static str]| Traits::new(list.iter().copied()).unwrap();
        let mut person =
            Participant::new(id, Key::new(key).unwrap(), side, Experience::grade(grade))
                .with_offers([Offer::new(teaches, 4).unwrap()])
                .unwrap()
                .with_wishes([Wish::new(learns, 0, 3).unwrap()])
                .unwrap()
                .with_languages(self.languages.iter().map(|l| label(l)))
                .with_interests(traits(&self.interests))
                .with_values(traits(&self.values))
                .with_background(traits(&self.background));
        if !self.site.is_empty() {
            person = person.with_site(label(self.site));
        }
        if !self.zone.is_empty() {
            person = person.with_timezone(label(self.zone));
        }
        if !self.group.is_empty() {
            person = person.with_group(label(self.group));
        }
        person
    }
}

/// The score of each mentor with each mentee by one criterion alone, in the order given.
fn points(
    criterion: impl Criterion + 'static,
    mentors: &[Told],
    mentees: &[Told],
) -> Vec<Vec<u32>> {
    let mut ids = SequentialIds::new(1);
    let name = |side: &str, at: usize| format!("{side}{at:03}");
    let mut people = Vec::new();
    for (at, told) in mentors.iter().enumerate() {
        people.push(told.participant(&name("a", at), Side::Mentor, &mut ids));
    }
    for (at, told) in mentees.iter().enumerate() {
        people.push(told.participant(&name("b", at), Side::Mentee, &mut ids));
    }
    let keys: Vec<String> = people.iter().map(|p| p.key().to_string()).collect();
    let lines = ReportingLines::new(keys.iter().map(|key| Line::root(key.as_str()))).unwrap();
    let roster = Roster::new(people, lines).unwrap();
    let (policy, context) = (Policy::core_only(), Context::new(NaiveDate::default()));
    let may = Eligibility::new(&roster, &policy, &context);
    let criteria = Criteria::none().with(criterion, 1).unwrap();
    let candidates = Candidates::collect(&may, &criteria).unwrap();
    let scores: Vec<u32> = candidates.iter().map(|(_, _, score)| score).collect();
    assert_eq!(scores.len(), mentors.len() * mentees.len(), "all eligible");
    scores.chunks(mentees.len()).map(<[u32]>::to_vec).collect()
}

fn of_two(criterion: impl Criterion + 'static, mentor: &Told, mentee: &Told) -> u32 {
    let [mentor, mentee] = [mentor, mentee].map(std::slice::from_ref);
    points(criterion, mentor, mentee)[0][0]
}

/// Words with a blank between them.
fn words(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}

#[test]
fn shared_language_by_hand() {
    for (ours, theirs, expected) in [
        ("en", "en", 100),
        ("en fr", "de fr", 100),
        ("en fr", "de it", 0),
        ("en", "EN", 0), // byte for byte
        ("", "en", 50),
        ("en", "", 50),
        ("", "", 50),
    ] {
        let told = |list| Told {
            languages: words(list),
            ..Told::default()
        };
        let points = of_two(SharedLanguage, &told(ours), &told(theirs));
        assert_eq!(points, expected, "{ours:?} and {theirs:?}");
    }
}

#[test]
fn shared_interest_by_hand() {
    for (ours, theirs, expected) in [
        ("chess", "chess", 100),
        ("chess choir", "choir hiking", 100),
        ("chess choir hiking", "chess choir hiking", 100), // one is enough, more count no more
        ("chess", "choir", 0),
        ("chess", "Chess", 0),
        ("", "chess", 50),
        ("", "", 50),
    ] {
        let told = |list| Told {
            interests: words(list),
            ..Told::default()
        };
        let points = of_two(SharedInterest, &told(ours), &told(theirs));
        assert_eq!(points, expected, "{ours:?} and {theirs:?}");
    }
}

#[test]
fn sites_by_hand() {
    for (ours, theirs, same, different) in [
        ("Leeds", "Leeds", 100, 0),
        ("Leeds", "York", 0, 100),
        ("Leeds", "leeds", 0, 100),
        ("", "York", 50, 50),
        ("Leeds", "", 50, 50),
        ("", "", 50, 50),
    ] {
        let told = |site| Told {
            site,
            ..Told::default()
        };
        let (ours, theirs) = (told(ours), told(theirs));
        assert_eq!(of_two(SameSite, &ours, &theirs), same);
        assert_eq!(of_two(DifferentSite, &ours, &theirs), different);
    }
}

#[test]
fn nearby_time_zone_by_hand() {
    for (ours, theirs, expected) in [
        ("UTC", "UTC", 120),
        ("UTC", "Z", 120),
        ("UTC", "UTC+00:00", 120),
        ("+01:00", "UTC+01:00", 120),
        ("Europe/London", "Europe/London", 120), // one name, whatever it stands for
        ("somewhere", "somewhere", 120),
        ("UTC+01:00", "UTC", 110),
        ("UTC+00:06", "UTC", 119),
        ("UTC+00:07", "UTC", 118), // every six minutes begun
        ("UTC+05:45", "UTC", 62),
        ("UTC-03:30", "UTC+02:00", 65),
        ("UTC+12:00", "UTC-11:00", 110), // the shorter way round
        ("UTC+14:00", "UTC-10:00", 120), // the same hour of another day
        ("UTC+10:00", "UTC-02:00", 0),
        ("UTC+11:59", "UTC", 0),
        ("UTC+11:54", "UTC", 1),
        ("Europe/London", "UTC", 60), // not known
        ("Europe/London", "Europe/Lisbon", 60),
        ("Etc/GMT+2", "UTC+02:00", 60),
        ("GMT", "UTC", 60),
        ("UTC+2", "UTC+02:00", 60),
        ("-00:00", "UTC", 60),
        ("", "UTC", 60),
        ("UTC", "", 60),
        ("", "", 60),
    ] {
        let told = |zone| Told {
            zone,
            ..Told::default()
        };
        let points = of_two(NearbyTimeZone, &told(ours), &told(theirs));
        assert_eq!(points, expected, "{ours:?} and {theirs:?}");
    }
}

#[test]
fn values_and_background_by_hand() {
    for (ours, theirs, alike, unlike) in [
        ("a", "a", 100, 0),
        ("a b c", "b c d", 50, 50),
        ("a b", "b c", 33, 66), // both rounded down
        ("a b c d e f g", "g", 14, 85),
        ("a", "b", 0, 100),
        ("a", "A", 0, 100),
        ("", "a", 50, 50),
        ("a", "", 50, 50),
        ("", "", 50, 50),
    ] {
        let values = |list| Told {
            values: words(list),
            ..Told::default()
        };
        let background = |list| Told {
            background: words(list),
            ..Told::default()
        };
        let points = of_two(SimilarValues, &values(ours), &values(theirs));
        assert_eq!(points, alike, "{ours:?} and {theirs:?}");
        let points = of_two(DifferentBackground, &background(ours), &background(theirs));
        assert_eq!(points, unlike, "{ours:?} and {theirs:?}");
        // Neither reads what is the other's.
        let points = of_two(SimilarValues, &background(ours), &background(theirs));
        assert_eq!(points, 50);
        let points = of_two(DifferentBackground, &values(ours), &values(theirs));
        assert_eq!(points, 50);
    }
}

#[test]
fn each_keeps_its_word_on_the_sample_and_says_more_than_one_thing() {
    let company = Company::sample().unwrap();
    let all: [&dyn Criterion; 7] = [
        &SharedLanguage,
        &SharedInterest,
        &SameSite,
        &DifferentSite,
        &NearbyTimeZone,
        &SimilarValues,
        &DifferentBackground,
    ];
    for criterion in all {
        assert_eq!(check_criterion(criterion, &company), Ok(()));
    }
    // Where all pairs of the sample got the same, the harness would have seen nothing.
    let (policy, context) = (Policy::core_only(), company.context());
    let may = Eligibility::new(company.roster(), &policy, context);
    let different = |criteria: Result<Criteria, CriteriaError>| {
        let criteria = criteria.unwrap();
        let candidates = Candidates::collect(&may, &criteria).unwrap();
        let scores: BTreeSet<u32> = candidates.iter().map(|(_, _, score)| score).collect();
        scores.len()
    };
    let none = Criteria::none;
    assert_eq!(different(none().with(SharedLanguage, 1)), 2);
    assert_eq!(different(none().with(SharedInterest, 1)), 3);
    assert_eq!(different(none().with(SameSite, 1)), 2);
    assert_eq!(different(none().with(DifferentSite, 1)), 2);
    assert!(different(none().with(NearbyTimeZone, 1)) > 3);
    assert!(different(none().with(SimilarValues, 1)) > 3);
    assert!(different(none().with(DifferentBackground, 1)) > 2);
    let names: Vec<String> = all.iter().map(|c| c.id().to_string()).collect();
    assert_eq!(
        names,
        [
            "shared-language@1",
            "shared-interest@1",
            "same-site@1",
            "different-site@1",
            "nearby-time-zone@1",
            "similar-values@1",
            "different-background@1",
        ]
    );
    let standard = Criteria::standard();
    assert!(
        standard
            .iter()
            .all(|(s, _)| all.iter().all(|c| c.id() != s.id()))
    );
}

/// Rare enough to differ, small enough to meet.
const WORDS: [&str; 5] = ["a", "b", "c", "d", "e"];
const ZONES: [&str; 9] = [
    "",
    "UTC",
    "UTC+01:00",
    "+01:00",
    "UTC-11:00",
    "UTC+12:00",
    "UTC+05:45",
    "Europe/London",
    "Etc/GMT+2",
];

fn list() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..4)
}

fn told() -> impl Strategy<Value = Told> {
    let place = (0..3usize, proptest::sample::select(&ZONES[..]));
    let group = proptest::sample::select(&["", "x", "y"][..]);
    (list(), place, list(), list(), list(), group).prop_map(
        |(languages, (site, zone), interests, values, background, group)| Told {
            languages,
            site: ["", "Leeds", "York"][site],
            zone,
            interests,
            values,
            background,
            group,
        },
    )
}

/// Minutes east of Greenwich of a zone above that is an offset.
fn minutes(zone: &str) -> Option<i32> {
    let known = [
        ("UTC", 0),
        ("UTC+01:00", 60),
        ("+01:00", 60),
        ("UTC-11:00", -660),
        ("UTC+12:00", 720),
        ("UTC+05:45", 345),
    ];
    known.iter().find(|(name, _)| *name == zone).map(|k| k.1)
}

/// What each criterion should give: language, interest, same site, other site, zone, values, background.
fn expected(a: &Told, b: &Told) -> [u32; 7] {
    let set = |list: &[&'static str]| list.iter().copied().collect::<BTreeSet<_>>();
    let any = |a: &[&'static str], b: &[&'static str]| match (a, b) {
        ([], _) | (_, []) => 50,
        _ if set(a).is_disjoint(&set(b)) => 0,
        _ => 100,
    };
    let share = |a: &[&'static str], b: &[&'static str], of: &str| {
        let (a, b) = (set(a), set(b));
        if a.is_empty() || b.is_empty() {
            return 50;
        }
        let part = match of {
            "both" => a.intersection(&b).count(),
            _ => a.symmetric_difference(&b).count(),
        };
        (100 * part / a.union(&b).count()) as u32
    };
    let sites = [a.site, b.site];
    let [same, other] = match sites {
        _ if sites.contains(&"") => [50, 50],
        [a, b] if a == b => [100, 0],
        _ => [0, 100],
    };
    let zone = match (minutes(a.zone), minutes(b.zone)) {
        _ if a.zone == b.zone && !a.zone.is_empty() => 120,
        (Some(x), Some(y)) => {
            // A clock hand, turned both ways a minute at a time.
            let there = (0..1440).position(|turn| (x + 2880 + turn) % 1440 == (y + 2880) % 1440);
            let back = (0..1440).position(|turn| (y + 2880 + turn) % 1440 == (x + 2880) % 1440);
            let least = there.unwrap().min(back.unwrap());
            (0..=120)
                .rev()
                .find(|p| (120 - p) * 6 >= least)
                .unwrap_or(0) as u32
        }
        _ => 60,
    };
    [
        any(&a.languages, &b.languages),
        any(&a.interests, &b.interests),
        same,
        other,
        zone,
        share(&a.values, &b.values, "both"),
        share(&a.background, &b.background, "either but not both"),
    ]
}

/// All seven of the pairs of some people.
fn all_points(mentors: &[Told], mentees: &[Told]) -> Vec<[u32; 7]> {
    let tables = [
        points(SharedLanguage, mentors, mentees),
        points(SharedInterest, mentors, mentees),
        points(SameSite, mentors, mentees),
        points(DifferentSite, mentors, mentees),
        points(NearbyTimeZone, mentors, mentees),
        points(SimilarValues, mentors, mentees),
        points(DifferentBackground, mentors, mentees),
    ];
    let pairs = (0..mentors.len()).flat_map(|a| (0..mentees.len()).map(move |b| (a, b)));
    pairs
        .map(|(a, b)| std::array::from_fn(|at| tables[at][a][b]))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The points are the judge's; they are the same with the roles turned round, whatever order the words were given
    /// in, and whatever the reporting groups are.
    #[test]
    fn points_are_the_judges_symmetric_and_blind_to_groups(
        mentors in proptest::collection::vec(told(), 1..6),
        mentees in proptest::collection::vec(told(), 1..6),
    ) {
        let found = all_points(&mentors, &mentees);
        let pairs = mentors.iter().flat_map(|a| mentees.iter().map(move |b| (a, b)));
        for ((a, b), found) in pairs.zip(&found) {
            prop_assert_eq!(found, &expected(a, b));
            prop_assert_eq!(expected(a, b), expected(b, a));
        }
        let turned = all_points(&mentees, &mentors);
        for (a, row) in found.chunks(mentees.len()).enumerate() {
            for (b, points) in row.iter().enumerate() {
                prop_assert_eq!(points, &turned[b * mentors.len() + a]);
            }
        }
        let otherwise = |told: &Told| {
            let mut told = told.clone();
            told.group = if told.group == "x" { "z" } else { "x" };
            for list in [&mut told.languages, &mut told.interests, &mut told.values, &mut told.background] {
                list.reverse();
                list.extend_from_within(..);
            }
            told
        };
        let [mentors, mentees] = [mentors, mentees].map(|side| side.iter().map(otherwise).collect::<Vec<_>>());
        prop_assert_eq!(all_points(&mentors, &mentees), found);
    }

    /// No criterion reads what belongs to another: changing one kind of words changes the points of its criteria alone.
    #[test]
    fn each_reads_its_own(a in told(), b in told(), new in told(), which in 0..6usize) {
        let mut changed = a.clone();
        let own: &[usize] = match which {
            0 => { changed.languages = new.languages; &[0] }
            1 => { changed.interests = new.interests; &[1] }
            2 => { changed.site = new.site; &[2, 3] }
            3 => { changed.zone = new.zone; &[4] }
            4 => { changed.values = new.values; &[5] }
            _ => { changed.background = new.background; &[6] }
        };
        let b = [b];
        let (before, after) = (all_points(&[a], &b), all_points(&[changed], &b));
        for at in (0..7).filter(|at| !own.contains(at)) {
            prop_assert_eq!(before[0][at], after[0][at]);
        }
    }
}

/// What people value is in no debug form, no plan and no fingerprint; the points are all that shows.
#[test]
fn traits_show_as_points_and_nowhere_else() {
    let told = Told {
        interests: vec!["hush-interest"],
        values: vec!["hush-value", "hush-other"],
        background: vec!["hush-background"],
        group: "early",
        ..Told::default()
    };
    let mut ids = SequentialIds::new(1);
    let [mentor, mentee] = [("ada", Side::Mentor), ("cfo", Side::Mentee)]
        .map(|(key, side)| told.participant(key, side, &mut ids));
    let blank = {
        let mut ids = SequentialIds::new(1);
        let told = Told {
            group: "early",
            ..Told::default()
        };
        [("ada", Side::Mentor), ("cfo", Side::Mentee)]
            .map(|(key, side)| told.participant(key, side, &mut ids))
    };
    let lines = || ReportingLines::new(["ada", "cfo"].map(Line::root)).unwrap();
    let debug = format!("{mentor:?} {:?}", mentor.profile());
    let roster = Roster::new([mentor, mentee], lines()).unwrap();
    let without = Roster::new(blank, lines()).unwrap();
    assert_eq!(roster.fingerprint(), without.fingerprint());

    let (policy, context) = (Policy::standard(), Context::new(NaiveDate::default()));
    let criteria = Criteria::none()
        .with(SharedInterest, 1)
        .and_then(|c| c.with(SimilarValues, 1))
        .and_then(|c| c.with(DifferentBackground, 1))
        .unwrap();
    let may = Eligibility::new(&roster, &policy, &context);
    let plan = plan(&may, &criteria, &Optimal::most_pairs()).unwrap();
    let json = serde_json::to_string(&plan.to_record()).unwrap();
    assert!(json.contains(r#"{"criterion":"similar-values","points":100}"#));
    assert!(debug.contains("Traits(..)"));
    for shown in [debug, json, format!("{plan:?} {roster:?} {may:?}")] {
        assert!(!shown.contains("hush"), "{shown}");
    }
}
