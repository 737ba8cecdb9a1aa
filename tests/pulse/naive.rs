//! The sums once more, from nothing but the list of answers, and what must not change them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use reverse_mentoring::pair::Role::Mentor;

use crate::world::*;

const FAVOURABLE: [(&str, [bool; 5]); 2] = [
    ("trust", [false, false, false, true, true]),
    ("apprehension", [true, true, false, false, false]),
];

/// What is told after each answer, from the list alone: every time anew, whose first answers are in and whose later ones.
fn naive(said: &[Said], item: &str, least: usize) -> Vec<Told> {
    let good = FAVOURABLE.iter().find(|(code, _)| *code == item).unwrap().1;
    // Each answer with its person and whether it is in.
    let mut all: Vec<(u32, i64, bool, bool)> = Vec::new();
    let mut told = Vec::new();
    for one in said.iter().filter(|one| one.item == item) {
        let person = PAIRS[one.pairing - 1].0;
        all.push((person, one.on, good[usize::from(one.answer) - 1], false));
        loop {
            let inside: BTreeSet<u32> = all.iter().filter(|a| a.3).map(|a| a.0).collect();
            let firsts: BTreeMap<u32, usize> = all
                .iter()
                .enumerate()
                .rev()
                .map(|(at, a)| (a.0, at))
                .collect();
            let new: Vec<usize> = firsts
                .iter()
                .filter(|(p, _)| !inside.contains(p))
                .map(|(_, at)| *at)
                .collect();
            let waiting: Vec<usize> = (0..all.len())
                .filter(|at| !all[*at].3 && inside.contains(&all[*at].0))
                .collect();
            let again: BTreeSet<u32> = waiting.iter().map(|at| all[*at].0).collect();
            let enter = if new.len() >= least {
                new
            } else if again.len() >= least {
                waiting
            } else {
                break;
            };
            for at in enter {
                all[at].3 = true;
            }
            let mut latest: BTreeMap<u32, bool> = BTreeMap::new();
            let mut first: BTreeMap<u32, bool> = BTreeMap::new();
            for (person, _, good, _) in all.iter().filter(|a| a.3) {
                first.entry(*person).or_insert(*good);
                latest.insert(*person, *good);
            }
            let count = |of: &BTreeMap<u32, bool>| of.values().filter(|good| **good).count() as u64;
            let on = all.iter().filter(|a| a.3).map(|a| a.1).max().unwrap();
            told.push((on, first.len() as u64, count(&first), count(&latest)));
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn sums_are_those_of_a_second_computation(said in course(40), least in 3..=5usize) {
        let mut book = book(least as u32);
        for (at, one) in said.iter().enumerate() {
            mentors_say(&mut book, one);
            for (item, _) in FAVOURABLE {
                let sums = naive(&said[..=at], item, least);
                for as_of in [one.on, one.on / 2, 400] {
                    let expected = sums.iter().rfind(|sum| sum.0 <= as_of).copied();
                    prop_assert_eq!(told(&book, item, Mentor, as_of), expected);
                }
            }
        }
    }

    /// Who is who decides nothing: with mentors 2 to 6 in each other's places every sum is the same.
    #[test]
    fn relabelling_changes_nothing(said in course(30), turn in 1..5usize) {
        let other = |pairing: usize| match pairing {
            1 | 7 => pairing,
            _ => 2 + (pairing - 2 + turn) % 5,
        };
        let (mut one, mut two) = (book(3), book(3));
        for said in &said {
            mentors_say(&mut one, said);
            let relabelled = Said { pairing: other(said.pairing), ..*said };
            mentors_say(&mut two, &relabelled);
        }
        for (item, _) in FAVOURABLE {
            for on in 0..200 {
                prop_assert_eq!(told(&one, item, Mentor, on), told(&two, item, Mentor, on));
            }
        }
    }

    /// A day is read as it was on that day, whatever is answered afterwards.
    #[test]
    fn a_sum_never_looks_past_its_day(said in course(30), until in 0..60i64) {
        let (mut all, mut early) = (book(3), book(3));
        for said in &said {
            mentors_say(&mut all, said);
            if said.on <= until {
                mentors_say(&mut early, said);
            }
        }
        for (item, _) in FAVOURABLE {
            prop_assert_eq!(told(&all, item, Mentor, until), told(&early, item, Mentor, until));
            let shown = told(&all, item, Mentor, until);
            prop_assert!(shown.is_none_or(|(on, people, ..)| on <= until && people >= 3));
        }
    }

    /// Between any two values that are told, as many people as the threshold come in, or nobody.
    #[test]
    fn people_come_in_by_threes(said in course(40)) {
        let mut book = book(3);
        said.iter().for_each(|said| mentors_say(&mut book, said));
        for (item, _) in FAVOURABLE {
            for on in 0..200 {
                let people = told(&book, item, Mentor, on).map_or(0, |told| told.1);
                prop_assert_eq!(people % 3, 0);
            }
        }
    }
}
