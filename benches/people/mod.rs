//! Companies that look real and are the same on every run: for benches that need people, not numbers alone.

mod numbers;

use numbers::Numbers;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::roster::{
    Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::text::{Key, Label};

/// Skills of one person, each with the popularity `parts(skill)` in a million times `fluency` in a hundred.
fn skills(n: &mut Numbers, count: u64, fluency: u64, parts: impl Fn(u64) -> u64) -> Vec<u64> {
    (0..count)
        .filter(|&skill| n.below(1_000_000) < parts(skill) * fluency / 100)
        .collect()
}

/// A company of so many mentors and mentees, with so many skills of heavy-tailed popularity.
///
/// Mentors are of grades 1 to 7, mentees of 7 to 11, everybody with months of experience, in one of twelve units. Skills
/// that many mentees wish for are not those that many mentors offer; a few mentors are very fluent, and popular. The
/// reporting lines are a tree with a heavy-tailed span.
pub fn company(mentors: usize, mentees: usize, skill_count: u64, seed: u64) -> Roster {
    let mut n = Numbers(seed);
    let mut ids = SequentialIds::new(1);
    let names: Vec<String> = (0..skill_count).map(|s| format!("skill {s:03}")).collect();
    let scale = |s: u64, by: u64| (s * 40 / skill_count) * by;
    let needed = |s: u64| 750_000 * 100 / (100 + scale(s, 15)) * 40 / skill_count.max(40);
    let had =
        |s: u64| 650_000 * 100 / (100 + scale(s * 7 % skill_count, 8)) * 40 / skill_count.max(40);
    let mut people = Vec::with_capacity(mentors + mentees);
    let mut lines = vec![Line::root("S0000000")];
    let mut order: Vec<usize> = (0..mentors + mentees).collect();
    // Keys say nothing of a person.
    for at in (1..order.len()).rev() {
        order.swap(at, n.below(at as u64 + 1) as usize);
    }
    let key = |p: usize| format!("S{:07}", order[p] + 1);
    for p in 0..mentees + mentors {
        let senior = p < mentees;
        // Some managers have very many below them.
        let x = n.below(1_000);
        let above = (p as u64).min(mentees as u64) * x / 1_000 * x / 1_000;
        let manager = if p == 0 {
            "S0000000".to_owned()
        } else {
            key(above as usize)
        };
        lines.push(Line::new(key(p), manager));
        let f = n.below(100);
        let fluency = if senior {
            50 + f / 2
        } else {
            25 + 75 * f * f / 10_000
        };
        let (offered, wished) = if senior {
            let offered = skills(&mut n, skill_count, fluency, |s| {
                needed(skill_count - 1 - s)
            });
            (offered, skills(&mut n, skill_count, fluency, needed))
        } else {
            let offered = skills(&mut n, skill_count, fluency, had);
            (
                offered,
                skills(&mut n, skill_count, 60, |s| had(skill_count - 1 - s)),
            )
        };
        let mut level = |low: u64| (low + n.below(6 - low)) as u8;
        let offers: Vec<Offer> = offered
            .iter()
            .map(|&s| Offer::new(&names[s as usize], level(1)).expect("an offer"))
            .collect();
        let wishes: Vec<Wish> = wished
            .iter()
            .map(|&s| {
                let from = level(1) - 1;
                let to = from + 1 + level(1) % (5 - from);
                Wish::new(&names[s as usize], from, to).expect("a wish")
            })
            .collect();
        let (side, grade) = if senior {
            (Side::Mentee, 7 + n.below(5))
        } else {
            (Side::Mentor, 1 + n.below(7))
        };
        let experience = Experience::grade(grade as i32).and_months(n.below(240) as u32);
        let id = ParticipantId::from_source(&mut ids);
        let person = Participant::new(id, Key::new(key(p)).expect("a key"), side, experience)
            .with_offers(offers)
            .expect("offers")
            .with_wishes(wishes)
            .expect("wishes")
            .with_unit(Label::new(format!("unit {}", n.below(12))).expect("a label"));
        people.push(person);
    }
    let lines = ReportingLines::new(lines).expect("sound lines");
    Roster::new(people, lines).expect("a sound roster")
}
