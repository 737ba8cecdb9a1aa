//! People who look like those of a company, and what a pair of them is worth: the structured instances.
//!
//! Drawn from a seed with nothing but additions, multiplications and divisions, whose results IEEE 754 fixes, so that
//! the same seed gives the same people everywhere.

#[path = "../people/numbers.rs"]
mod numbers;

pub use numbers::Numbers;

/// From 0 up to, not including, 1.
fn fraction(numbers: &mut Numbers) -> f64 {
    (numbers.next() >> 11) as f64 / (1_u64 << 53) as f64
}

const SKILLS: usize = 40;
/// Hours from Greenwich; the middle of Europe is the most frequent.
const ZONES: [i8; 11] = [-8, -5, -5, 0, 1, 1, 1, 2, 5, 8, 9];

/// One side of a pair.
pub struct Person {
    /// Three sets of skills: those had, or wished, at level 1 and above, 2 and above, and 3.
    skills: [u64; 3],
    /// How many levels these are together.
    levels: u32,
    interests: u64,
    languages: u8,
    zone: i8,
    grade: u8,
    unit: u8,
    /// The places in the company below a mentee; a mentor's own place, where both are the same.
    span: (u32, u32),
}

fn skills(numbers: &mut Numbers, frequency: &[f64; SKILLS], share: f64) -> ([u64; 3], u32) {
    let (mut sets, mut levels) = ([0; 3], 0);
    for (skill, frequency) in frequency.iter().enumerate() {
        // Each level is drawn only for those who have the one before it.
        for (set, chance) in sets.iter_mut().zip([frequency * share, 0.55, 0.45]) {
            if fraction(numbers) >= chance {
                break;
            }
            *set |= 1 << skill;
            levels += 1;
        }
    }
    (sets, levels)
}

fn interests(numbers: &mut Numbers) -> u64 {
    let count = 4 + numbers.below(7);
    (0..count).fold(0, |set, _| {
        let x = fraction(numbers);
        set | 1 << (x * x * 63.99) as u32
    })
}

fn languages(numbers: &mut Numbers) -> u8 {
    let common = u8::from(fraction(numbers) < 0.8);
    let own = 1 << (1 + numbers.below(6));
    let second = if fraction(numbers) < 0.3 {
        1 << (1 + numbers.below(6))
    } else {
        0
    };
    common | own | second
}

/// The mentees and the mentors of a seed.
pub fn people(mentees: usize, mentors: usize, seed: u64) -> (Vec<Person>, Vec<Person>) {
    let mut numbers = Numbers(seed);
    let company = (mentees + mentors) as u64 * 3;
    let wished = std::array::from_fn(|skill| 0.75 / (1.0 + skill as f64 * 0.15));
    let had = std::array::from_fn(|skill| 0.65 / (1.0 + ((skill * 7) % SKILLS) as f64 * 0.08));
    let mentees = (0..mentees).map(|_| mentee(&mut numbers, &wished, company));
    let mentees = mentees.collect();
    let mentors = (0..mentors).map(|_| mentor(&mut numbers, &had, company));
    (mentees, mentors.collect())
}

fn mentee(numbers: &mut Numbers, wished: &[f64; SKILLS], company: u64) -> Person {
    let share = 0.5 + 0.5 * fraction(numbers);
    let (skills, levels) = match skills(numbers, wished, share) {
        (_, 0) => ([1, 0, 0], 1),
        some => some,
    };
    // Most manage a few people, a few manage many.
    let x = fraction(numbers);
    let square = x * x;
    let span = (company as f64 * 0.05 * (square * (square * square))) as u32 + 3;
    let start = company.saturating_sub(u64::from(span)).max(1);
    let start = numbers.below(start) as u32;
    Person {
        skills,
        levels,
        interests: interests(numbers),
        languages: languages(numbers),
        zone: ZONES[numbers.below(11) as usize],
        grade: 7 + numbers.below(5) as u8,
        unit: numbers.below(12) as u8,
        span: (start, start + span),
    }
}

fn mentor(numbers: &mut Numbers, had: &[f64; SKILLS], company: u64) -> Person {
    // A few know nearly everything, and everybody wants them.
    let x = fraction(numbers);
    let (skills, levels) = skills(numbers, had, 0.25 + 0.75 * x * x);
    let place = numbers.below(company) as u32;
    Person {
        skills,
        levels,
        interests: interests(numbers),
        languages: languages(numbers),
        zone: ZONES[numbers.below(11) as usize],
        grade: 1 + numbers.below(7) as u8,
        unit: numbers.below(12) as u8,
        span: (place, place),
    }
}

/// What a pair is worth, 1 to 1,000,000; nothing where it may not be: the mentor is below the mentee, has as high a
/// grade, or teaches nothing that the mentee wishes.
pub fn score(mentee: &Person, mentor: &Person) -> Option<u32> {
    let below = (mentee.span.0..mentee.span.1).contains(&mentor.span.0);
    let sets = mentee.skills.iter().zip(&mentor.skills);
    let served: u32 = sets.map(|(wished, had)| (wished & had).count_ones()).sum();
    if below || mentor.grade >= mentee.grade || served == 0 {
        return None;
    }
    let count = |set: u64| set.count_ones() as f32;
    let skills = served as f32 / mentee.levels as f32;
    let shared = count(mentee.interests & mentor.interests);
    let interests = shared / count(mentee.interests | mentor.interests);
    let language = f32::from(u8::from(mentee.languages & mentor.languages != 0));
    let hours = f32::from((mentee.zone - mentor.zone).unsigned_abs());
    let hours = if hours > 12.0 { 24.0 - hours } else { hours };
    let unit = f32::from(u8::from(mentee.unit != mentor.unit));
    let sum =
        0.5 * skills + 0.2 * interests + 0.12 * language + 0.1 * (1.0 - hours / 12.0) + 0.08 * unit;
    Some(((sum * 1e6).round() as u32).clamp(1, 1_000_000))
}
