//! Every plan among a few pairs, and what an objective compares in one.

use std::collections::BTreeSet;

use reverse_mentoring::matching::assignment::Objective;

/// Places of mentor and mentee.
pub(crate) type Pairs = Vec<(usize, usize)>;

/// In how many of these pairs somebody is mentor (0) or mentee (1).
pub(crate) fn used(pairs: &[(usize, usize)], person: usize, role: usize) -> u32 {
    pairs.iter().filter(|p| [p.0, p.1][role] == person).count() as u32
}

/// Every plan among these pairs; `places` has those of a person in a role.
pub(crate) fn every_plan(
    among: &[(usize, usize)],
    places: impl Fn(usize, usize) -> u32,
) -> Vec<Pairs> {
    let mut plans: Vec<Pairs> = vec![Vec::new()];
    for &pair in among {
        for at in 0..plans.len() {
            let room = |person, role| used(&plans[at], person, role) < places(person, role);
            if room(pair.0, 0) && room(pair.1, 1) {
                plans.push([plans[at].as_slice(), &[pair]].concat());
            }
        }
    }
    plans
}

/// What an objective compares, in its order, where pairs score so.
pub(crate) fn value(
    pairs: &[(usize, usize)],
    objective: Objective,
    score: impl Fn((usize, usize)) -> u64,
) -> Vec<u64> {
    let total = pairs.iter().map(|&p| score(p)).sum();
    let lowest = pairs.iter().map(|&p| score(p)).min();
    let people = |role: usize| {
        let all = pairs.iter().map(|p| [p.0, p.1][role]);
        all.collect::<BTreeSet<_>>().len() as u64
    };
    let count = pairs.len() as u64;
    match objective {
        Objective::MostPairs => vec![count, total],
        Objective::BestScore => vec![total, count],
        Objective::MaxMin => vec![count, lowest.unwrap_or(0), total],
        _ => vec![people(1), people(0), count, total],
    }
}
