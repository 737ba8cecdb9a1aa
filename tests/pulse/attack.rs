//! An attacker who reads every sum on every day after every answer, and combines them as they like.
//!
//! Sums are linear in "is favourable". What each of them says of each answer is found from outside, by asking with one
//! answer turned over; then linear algebra over a field of integers tells what any combination can say.

use proptest::prelude::*;
use reverse_mentoring::pair::Role::Mentor;

use crate::world::*;

const P: i128 = (1 << 61) - 1;

/// Everything that is told, each time anew: before and now, on each day, after each answer; 0 where it is withheld.
fn everything(said: &[Said], least: u32) -> Vec<i128> {
    let mut book = book(least);
    let days: Vec<i64> = said.iter().map(|one| one.on).collect();
    let mut all = Vec::new();
    for one in said {
        mentors_say(&mut book, one);
        for on in &days {
            let (before, now) = told(&book, "trust", Mentor, *on).map_or((0, 0), |t| (t.2, t.3));
            all.extend([i128::from(before), i128::from(now)]);
        }
    }
    all
}

/// One row for each value that is told, one column for each answer.
fn coefficients(said: &[Said], least: u32) -> Vec<Vec<i128>> {
    let none: Vec<Said> = said.iter().map(|one| Said { answer: 1, ..*one }).collect();
    let base = everything(&none, least);
    let columns = (0..said.len()).map(|at| {
        let mut turned = none.clone();
        turned[at].answer = 5;
        let other = everything(&turned, least);
        other
            .iter()
            .zip(&base)
            .map(|(a, b)| a - b)
            .collect::<Vec<_>>()
    });
    let columns: Vec<Vec<i128>> = columns.collect();
    let mut rows: Vec<Vec<i128>> = (0..base.len())
        .map(|r| columns.iter().map(|c| c[r]).collect())
        .collect();
    rows.sort();
    rows.dedup();
    rows
}

fn inverse(of: i128) -> i128 {
    let (mut result, mut base, mut exponent) = (1, of.rem_euclid(P), P - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % P;
        }
        base = base * base % P;
        exponent >>= 1;
    }
    result
}

fn rank(mut rows: Vec<Vec<i128>>) -> usize {
    let columns = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..columns {
        let Some(at) = (rank..rows.len()).find(|r| rows[*r][column].rem_euclid(P) != 0) else {
            continue;
        };
        rows.swap(rank, at);
        let by = inverse(rows[rank][column]);
        let pivot: Vec<i128> = rows[rank]
            .iter()
            .map(|x| x.rem_euclid(P) * by % P)
            .collect();
        for row in rows.iter_mut().skip(rank + 1) {
            let times = row[column].rem_euclid(P);
            for (x, p) in row.iter_mut().zip(&pivot) {
                *x = (x.rem_euclid(P) - times * p % P).rem_euclid(P);
            }
        }
        rank += 1;
    }
    rank
}

/// Whether some combination of the rows speaks of these columns and no other: then the others, without them, have less
/// than the rank of all less nothing.
fn isolates(rows: &[Vec<i128>], columns: &[usize]) -> bool {
    let outside: Vec<Vec<i128>> = rows
        .iter()
        .map(|row| {
            let others = row
                .iter()
                .enumerate()
                .filter(|(at, _)| !columns.contains(at));
            others.map(|(_, x)| *x).collect()
        })
        .collect();
    rank(outside) < rank(rows.to_vec())
}

/// The people of whom no combination speaks alone: every set of fewer than the threshold.
fn holds(said: &[Said], least: u32) -> Result<(), TestCaseError> {
    let rows = coefficients(said, least);
    let of =
        |person: u32| (0..said.len()).filter(move |at| PAIRS[said[*at].pairing - 1].0 == person);
    for set in 1u32..1 << SIX {
        if set.count_ones() < least {
            let people = (1..=SIX).filter(|person| set & (1 << (person - 1)) != 0);
            let columns: Vec<usize> = people.flat_map(of).collect();
            prop_assert!(!isolates(&rows, &columns), "{set:b} {said:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_combination_of_sums_speaks_of_fewer_than_the_threshold(said in course(24), least in 3..=4u32) {
        let said: Vec<Said> = said.into_iter().map(|one| Said { item: "trust", ..one }).collect();
        holds(&said, least)?;
    }
}

/// The attacker sees what there is to see: all of the threshold can be spoken of, and a sum of two would be found.
#[test]
fn the_attacker_is_no_fool() {
    let one = |pairing, on| Said {
        pairing,
        item: "trust",
        on,
        answer: 1,
    };
    let said = [
        one(1, 1),
        one(2, 1),
        one(3, 2),
        one(1, 3),
        one(2, 3),
        one(3, 4),
    ];
    let rows = coefficients(&said, 3);
    assert_eq!(rank(rows.clone()), 2);
    assert!(isolates(&rows, &[0, 1, 2]) && isolates(&rows, &[0, 1, 2, 3, 4, 5]));
    assert!(isolates(&rows, &[3, 4, 5]) && !isolates(&rows, &[0, 1, 3, 4]));
    // Three, and then the same three and one more: the fourth stands alone.
    let told = [vec![1, 1, 1, 0], vec![1, 1, 1, 1]];
    assert!(isolates(&told, &[3]) && !isolates(&told, &[0]));
}
