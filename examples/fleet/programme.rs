//! One small programme by draws of its own: people, a plan, and half a year of sessions, all of it through the gate.

use chrono::{Days, NaiveDate};
use reverse_mentoring::charter::{Cohort, CohortDays, Readiness};
use reverse_mentoring::pairing::{Area, Preference, Step, Terms};
use reverse_mentoring::prelude::*;
use reverse_mentoring::testing;

type Failed = Box<dyn std::error::Error>;

/// A programme that ran.
pub struct Ran {
    pub program: Program,
    pub journal: Vec<Entry>,
    /// How many sessions are on record.
    pub sessions: u64,
    /// The day on which its health is asked for.
    pub last: NaiveDate,
}

/// SplitMix64: numbers that hang on nothing but the seed.
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

/// Juniors below one head and as many seniors below another: whom a line connects may not be paired.
fn roster(pairs: u64, draws: &mut Draws, ids: &mut SequentialIds) -> Result<Roster, Failed> {
    let teaches = ["short video", "generative AI", "accessibility"];
    let knows = ["budgeting", "negotiation", "strategy"];
    let mut lines = vec![
        Line::root("boss"),
        Line::new("young", "boss"),
        Line::new("old", "boss"),
    ];
    let mut people = Vec::new();
    for n in 0..pairs {
        for (side, above, grade, own, other) in [
            (Side::Mentor, "young", 2, teaches, knows),
            (Side::Mentee, "old", 8, knows, teaches),
        ] {
            let key = format!("{above}-{n}");
            let of = |skills: [&'static str; 3], draws: &mut Draws| -> Result<&str, Failed> {
                let at = usize::try_from(draws.below(3))?;
                Ok(skills.get(at).copied().unwrap_or("strategy"))
            };
            let first = own.first().copied().unwrap_or("strategy");
            let second = of(own, draws)?;
            let mut offers = vec![Offer::new(first, 4)?];
            if second != first {
                offers.push(Offer::new(second, 3)?);
            }
            let wish = Wish::new(other.first().copied().unwrap_or("strategy"), 0, 3)?;
            let id = ParticipantId::from_source(ids);
            let person =
                Participant::new(id, Key::new(key.as_str())?, side, Experience::grade(grade))
                    .with_offers(offers)?
                    .with_wishes([wish])?;
            people.push(person);
            lines.push(Line::new(key, above));
        }
    }
    Ok(Roster::new(people, ReportingLines::new(lines)?)?)
}

/// The programme of a number.
pub fn run(seed: u64, number: u64) -> Result<Ran, Failed> {
    let mut draws = Draws(seed.wrapping_mul(1_000_003).wrapping_add(number));
    let mut ids = SequentialIds::new(u32::try_from(number + 1)?);
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let id = ProgramId::from_source(&mut ids);
    let roster = roster(3 + draws.below(7), &mut draws, &mut ids)?;
    let day = |n: u64| Stamp::midnight(first + Days::new(n));

    let (mut program, opening) = Program::open(id, &roster, Load::DEFAULT, day(0))?;
    let mut journal = vec![opening];
    let charter = testing::charter(first, &mut ids)?;
    let days = CohortDays::between(first, charter.ends())?;
    let cohort = Cohort::new(CohortId::from_source(&mut ids), days);
    let people: Vec<_> = roster.participants().iter().map(Participant::id).collect();
    let answers = people
        .iter()
        .map(|person| (*person, Readiness::confirmed()));
    journal.push(program.enrol(cohort.id(), answers, day(0))?);
    let training = charter.curriculum().training();
    journal.push(program.launch(charter, cohort, day(0))?);
    journal.push(program.trained(training, people, day(1))?);

    let (policy, context) = (Policy::core_only(), program.context(first));
    let eligibility = Eligibility::new(&roster, &policy, &context);
    let plan = plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs())?;
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    journal.push(program.propose_all(&approved, Cadence::MONTHLY, day(1), &mut ids)?);

    let mut meetings = Vec::new();
    let pairings: Vec<_> = program
        .open_pairings()
        .map(|pairing| pairing.id())
        .collect();
    // One in eight says no.
    let (no, yes): (Vec<_>, Vec<_>) = pairings.into_iter().partition(|_| draws.below(8) == 0);
    for pairing in no {
        let by = Role::Mentee;
        journal.push(program.advance(pairing, Step::Decline { by }, day(2))?);
    }
    for pairing in yes {
        for by in ROLES {
            journal.push(program.advance(pairing, Step::Accept { by }, day(2))?);
        }
        for step in [Step::Introduce, Step::Prepare] {
            journal.push(program.advance(pairing, step, day(2))?);
        }
        for by in ROLES {
            let terms = Terms::new([Preference::Video], [Area::Skills])?;
            journal.push(program.state(pairing, by, terms, day(2))?);
        }
        for by in ROLES {
            journal.push(program.advance(pairing, Step::Sign { by }, day(2))?);
        }
        journal.push(program.advance(pairing, Step::Begin, day(2))?);
        let mut on = 6 + draws.below(14);
        while on < 170 {
            let minutes = Minutes::new(u16::try_from(30 + 5 * draws.below(9))?)?;
            let outcome = match draws.below(10) {
                0 => Outcome::Missed { by: None },
                1 => Outcome::Cancelled { by: None },
                _ => Outcome::Held(Taught::both(minutes)),
            };
            meetings.push((on, pairing, outcome));
            on += 20 + draws.below(20);
        }
    }
    // What is recorded rises from day to day.
    meetings.sort_by_key(|&(on, pairing, _)| (on, pairing));
    let sessions = u64::try_from(meetings.len())?;
    for (on, pairing, outcome) in meetings {
        let id = SessionId::from_source(&mut ids);
        let session = Session::new(id, pairing, first + Days::new(on), outcome);
        journal.push(program.record(&session, day(on))?);
    }
    Ok(Ran {
        program,
        journal,
        sessions,
        last: first + Days::new(175),
    })
}
