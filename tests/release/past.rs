//! Cases worked out by hand: which of several figures is given up.

use reverse_mentoring::health::Ledger;

use crate::by_hand::told;
use crate::world::*;

/// So many pairings of a unit and a group, and in which of two releases they are. Every other one has a part of one.
struct Kind(usize, usize, usize, [bool; 2]);

/// What both releases say. Labels are those of the second.
fn both(kinds: &[Kind]) -> [String; 2] {
    let each = || kinds.iter().flat_map(|kind| (0..kind.0).map(move |_| kind));
    let world = World::of(each().count());
    let mut ledger = Ledger::new();
    [0, 1].map(|n| {
        let value = |(at, kind): (usize, &Kind)| {
            let there = kind.3[n];
            (u64::from(there && at % 2 == 0), u64::from(there))
        };
        let programme = Programme {
            values: each().enumerate().map(value).collect(),
            labels: vec![
                each().map(|kind| Some(kind.1)).collect(),
                each().map(|kind| Some(kind.2)).collect(),
            ],
        };
        let health = programme.release(&world, n as i64, 5, &mut ledger);
        told(&programme, &health.unwrap())
    })
}

const STAYS: [bool; 2] = [true, true];
const COMES: [bool; 2] = [false, true];
const GOES: [bool; 2] = [true, false];

/// Four, two and three have come to the units, so none of them goes on; all nine to the first group, which does, though it is
/// smaller than the unit of the four, who are in it.
#[test]
fn a_cell_with_a_difference_of_four_goes_before_another_with_the_four() {
    let said = both(&[
        Kind(7, 0, 0, STAYS),
        Kind(7, 0, 1, STAYS),
        Kind(6, 1, 1, STAYS),
        Kind(6, 2, 1, STAYS),
        Kind(4, 0, 0, COMES),
        Kind(2, 1, 0, COMES),
        Kind(3, 2, 0, COMES),
    ]);
    assert_eq!(
        said,
        [
            "13/26 | 7/14 3/6 3/6 | 4/7 9/19",
            "18/35 | 7/14@0 3/6@0 3/6@0 | 9/16 9/19"
        ]
    );
}

/// Three of the second group have gone, and five have come to the first. The total less its last, less the five, is the three. They are in no
/// cell any more: the unit that they have left is given up, and then the total; the group of the five, the smallest, is not.
#[test]
fn for_those_who_have_gone_the_cell_that_they_were_in_is_given_up() {
    let said = both(&[
        Kind(7, 0, 0, STAYS),
        Kind(9, 0, 1, STAYS),
        Kind(3, 0, 1, GOES),
        Kind(10, 1, 1, STAYS),
        Kind(5, 0, 0, COMES),
    ]);
    assert_eq!(
        said,
        [
            "15/29 | 10/19 5/10 | 4/7 11/22",
            "15/29@0 | 10/19@0 5/10 | 6/12 11/22@0"
        ]
    );
}

/// A unit goes by another name, less one who has gone: withheld, without a last figure. So is the other, though there is no total to take
/// it from.
#[test]
fn one_that_is_withheld_alone_takes_another_with_it() {
    let world = World::of(20);
    let mut ledger = Ledger::new();
    let release = |n: i64, there: usize, label: usize, ledger: &mut Ledger| {
        let value = |at| (u64::from(at < there && at % 2 == 0), u64::from(at < there));
        let unit = |at| Some(if at < 10 { 1 } else { label });
        let programme = Programme {
            values: (0..20).map(value).collect(),
            labels: vec![(0..20).map(unit).collect()],
        };
        let health = programme.release(&world, n, 5, ledger).unwrap();
        told(&programme, &health)
    };
    assert_eq!(release(0, 20, 0, &mut ledger), "10/20 | 5/10 5/10");
    assert_eq!(release(1, 19, 2, &mut ledger), "10/20@0 | 5/10@0 -");
    // Under its old name it has one, and nothing can be taken from it.
    let mut ledger = Ledger::new();
    release(0, 20, 0, &mut ledger);
    assert_eq!(release(1, 19, 0, &mut ledger), "10/20@0 | 5/10@0 5/10");
}

/// A unit of whom nobody has a figure is withheld, so another is; which is what the total leaves, so both are.
#[test]
fn one_without_data_takes_another_with_it() {
    let units = |sizes: [usize; 4]| {
        let all = sizes.iter().enumerate();
        let labels: Vec<_> = all
            .flat_map(|(at, n)| (0..*n).map(move |_| Some(at)))
            .collect();
        let value = |(at, label): (usize, &Option<usize>)| match label {
            Some(3) => (0, 0),
            _ => (u64::from(at % 2 == 0), 1),
        };
        let values = labels.iter().enumerate().map(value).collect();
        let programme = Programme {
            values,
            labels: vec![labels],
        };
        let world = World::of(programme.values.len());
        let health = programme.release(&world, 0, 5, &mut Ledger::new());
        told(&programme, &health.unwrap())
    };
    assert_eq!(units([12, 10, 8, 0]), "15/30 | 6/12 5/10 4/8");
    assert_eq!(units([12, 10, 8, 1]), "15/30 | 6/12 - - -");
    assert_eq!(units([12, 10, 0, 1]), "11/22 | - - -");
}

/// One release of so many pairings, so many of them with a part, of a unit and a group.
fn once(kinds: &[(usize, usize, usize, usize)]) -> String {
    let each = || {
        kinds
            .iter()
            .flat_map(|kind| (0..kind.0).map(move |at| (at, kind)))
    };
    let programme = Programme {
        values: each()
            .map(|(at, kind)| (u64::from(at < kind.1), 1))
            .collect(),
        labels: vec![
            each().map(|(_, kind)| Some(kind.2)).collect(),
            each().map(|(_, kind)| Some(kind.3)).collect(),
        ],
    };
    let world = World::of(programme.values.len());
    let health = programme.release(&world, 0, 5, &mut Ledger::new());
    told(&programme, &health.unwrap())
}

/// The third group has four, whom the total less the others tells: another group is withheld, and no unit, though one is smaller.
#[test]
fn for_a_small_cell_one_of_its_own_breakdown_is_withheld() {
    let said = once(&[(9, 4, 0, 1), (16, 8, 1, 0), (5, 3, 1, 1), (4, 2, 1, 2)]);
    assert_eq!(said, "17/34 | 4/9 13/25 | 8/16 - -");
}

/// All of the small third group are in the second unit, in which nobody has a part: that one is withheld, the largest, and so that it is not alone the
/// smallest. To begin with the smallest, in which nobody of the group is, would cost all three.
#[test]
fn what_confines_a_hidden_cell_is_withheld_and_not_what_is_beside_it() {
    let said = once(&[
        (6, 5, 0, 1),
        (6, 0, 1, 0),
        (6, 0, 1, 1),
        (3, 0, 1, 2),
        (6, 3, 2, 0),
        (6, 3, 2, 1),
    ]);
    assert_eq!(said, "11/33 | - - 6/12 | - - -");
}

/// The first unit is the eleven of the first group and one more: that unit is withheld, and with it the smallest of the others. The first group, and the
/// third unit to begin with, have nothing to do with the one. With one part in all, nobody is confined further than by the total.
#[test]
fn for_a_crossing_of_few_a_cell_with_them_is_withheld() {
    let said = once(&[(11, 0, 0, 0), (1, 0, 0, 1), (12, 0, 1, 1), (7, 1, 2, 1)]);
    assert_eq!(said, "1/31 | - 0/12 - | 0/11 1/20");
}
