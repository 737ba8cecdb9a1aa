//! Every truncated profile of a small market: what deferred acceptance finds, and who gains by lying.

use std::num::NonZeroU32;
use std::ops::Range;
use std::thread;

use reverse_mentoring::matching::assignment::{Edge, Graph};
use reverse_mentoring::matching::stable::{Preferences, Proposers, Ranks, deferred_acceptance};

use super::judge::Judge;

const PAGE: &str = include_str!("../../src/guide/matchers.md");

/// Everybody may be paired with everybody of the other side, and has one place.
fn graph(judge: &Judge) -> Graph {
    let rows = 0..judge.rows as u32;
    let edges = rows.flat_map(|row| {
        let columns = 0..judge.columns as u32;
        columns.map(move |column| Edge {
            row,
            column,
            score: 0,
        })
    });
    Graph::new(vec![1; judge.rows], vec![1; judge.columns], edges).unwrap()
}

fn preferences(judge: &Judge, graph: &Graph, profile: usize) -> Preferences {
    Preferences::new(graph, |edge| {
        let rank = |agent, partner: u32| {
            let list = judge.list(profile, agent);
            let rank = judge.rank(agent, list, partner as usize)?;
            NonZeroU32::new(rank)
        };
        Ranks {
            by_row: rank(edge.row as usize, edge.column),
            by_column: rank(judge.rows + edge.column as usize, edge.row),
        }
    })
}

/// What deferred acceptance finds in each profile, as the number of the matching: stable, and the best stable partner
/// for everybody who proposes, the worst for the others.
fn outcomes(judge: &Judge, proposers: Proposers) -> Vec<u8> {
    let graph = &graph(judge);
    let mut number = vec![u8::MAX; 1 << graph.len()];
    for (k, matching) in judge.matchings.iter().enumerate() {
        number[matching.edges as usize] = k as u8;
    }
    let number = &number;
    let mut found = vec![0u8; judge.profiles];
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = judge.profiles.div_ceil(threads);
    thread::scope(|scope| {
        for (nth, part) in found.chunks_mut(share).enumerate() {
            scope.spawn(move || {
                for (at, place) in part.iter_mut().enumerate() {
                    let profile = nth * share + at;
                    let preferences = preferences(judge, graph, profile);
                    let plan = deferred_acceptance(graph, &preferences, proposers);
                    let edges = plan
                        .edges
                        .iter()
                        .fold(0, |bits, edge| bits | 1usize << edge);
                    let matching = number[edges];
                    assert!(matching != u8::MAX, "profile {profile}: no matching");
                    let stable = judge.stable(profile);
                    assert!(
                        stable >> matching & 1 == 1,
                        "profile {profile}: a pair blocks"
                    );
                    for agent in 0..judge.agents() {
                        let partner = judge.matchings[usize::from(matching)].partner[agent];
                        let proposes = (judge.side(agent) == 0) == (proposers == Proposers::Rows);
                        if proposes {
                            let best = judge.best(profile, agent, stable);
                            assert_eq!(partner, best, "profile {profile}, agent {agent}");
                        }
                    }
                    *place = matching;
                }
            });
        }
    });
    found
}

/// In how many profiles somebody among these agents can gain by stating another list.
fn gameable(judge: &Judge, outcomes: &[u8], agents: Range<usize>) -> usize {
    let gains = |profile| agents.clone().any(|a| judge.can_gain(profile, a, outcomes));
    in_parts(judge.profiles, |part| {
        part.filter(|&profile| gains(profile)).count()
    })
}

/// Counts over all profiles, a part for each core.
fn in_parts(profiles: usize, count: impl Fn(Range<usize>) -> usize + Sync) -> usize {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = profiles.div_ceil(threads);
    let parts =
        (0..threads).map(|nth| (nth * share).min(profiles)..((nth + 1) * share).min(profiles));
    thread::scope(|scope| {
        let count = &count;
        let handles: Vec<_> = parts.map(|part| scope.spawn(move || count(part))).collect();
        handles
            .into_iter()
            .map(|handle| handle.join().unwrap())
            .sum()
    })
}

/// 32,000 profiles of three and two: whoever proposes, no pair blocks, the proposers have their best and cannot gain.
#[test]
fn every_truncated_profile_of_three_and_two() {
    let judge = Judge::new(3, 2);
    assert_eq!((judge.profiles, judge.matchings.len()), (32_000, 13));
    let (rows, columns) = (0..3, 3..5);
    for (proposers, own, others) in [
        (Proposers::Rows, rows.clone(), columns.clone()),
        (Proposers::Columns, columns, rows),
    ] {
        let outcomes = outcomes(&judge, proposers);
        assert_eq!(gameable(&judge, &outcomes, own), 0);
        assert!(gameable(&judge, &outcomes, others) > 0);
    }
}

/// All 16,777,216 profiles of three and three. The figures that the guide quotes are counted here.
#[test]
#[ignore = "half a minute; `.ci/deep` runs it"]
fn every_truncated_profile_of_three_and_three() {
    let judge = Judge::new(3, 3);
    assert_eq!((judge.profiles, judge.matchings.len()), (16_777_216, 34));
    let (rows, columns) = (0..3, 3..6);

    let stable = outcomes(&judge, Proposers::Rows);
    assert_eq!(gameable(&judge, &stable, rows), 0);
    let gained = gameable(&judge, &stable, columns);
    let mut quoted = vec![gained];

    // What somebody might do instead: as many wanted pairs as possible and, of these plans, the least sum of ranks.
    let sums = least_sums(&judge);
    let blocked = in_parts(judge.profiles, |part| {
        part.filter(|&profile| judge.stable(profile) >> sums[profile] & 1 == 0)
            .count()
    });
    quoted.extend([blocked, gameable(&judge, &sums, 0..6)]);
    assert_eq!(quoted, [406_788, 4_187_692, 8_143_698]);
    let said = quoted.into_iter().map(|n| share(n, judge.profiles));
    let missing: Vec<_> = said.filter(|share| !PAGE.contains(share)).collect();
    assert!(missing.is_empty(), "the guide does not say {missing:?}");
}

/// `1,234,567 (12.3 %)`.
fn share(part: usize, whole: usize) -> String {
    let digits = part.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect();
    let tenths = (part * 2_000 / whole).div_ceil(2);
    format!("{} ({}.{} %)", groups.join(","), tenths / 10, tenths % 10)
}

/// The matching of the most wanted pairs and then the least sum of ranks in each profile; the first of several.
fn least_sums(judge: &Judge) -> Vec<u8> {
    let cost =
        |agent, list, k: usize| match judge.value(agent, list, judge.matchings[k].partner[agent]) {
            Judge::UNWANTED => None,
            // More than any sum of ranks.
            Judge::ALONE => Some(100),
            rank => Some(u32::from(rank)),
        };
    let table = |agent| -> Vec<Vec<Option<u32>>> {
        let all = 0..judge.matchings.len();
        let of = |list| all.clone().map(|k| cost(agent, list, k)).collect();
        (0..judge.lists(agent)).map(of).collect()
    };
    let costs: Vec<_> = (0..judge.agents()).map(table).collect();
    let sum = |profile: usize, k: usize| {
        let agents = costs.iter().enumerate();
        agents
            .map(|(agent, costs)| costs[judge.list(profile, agent)][k])
            .sum::<Option<u32>>()
    };
    let best = |profile| {
        let all = (0..judge.matchings.len()).filter_map(|k| Some((sum(profile, k)?, k as u8)));
        all.min().unwrap().1
    };
    (0..judge.profiles).map(best).collect()
}
