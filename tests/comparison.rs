//! Participants beside others: by hand, withheld where a side is small, and never without its caveat.

use chrono::NaiveDate;
use reverse_mentoring::health::{Compared, ComparedCounts, Comparison, Counted, Interval, Ratio};
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::text::Label;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).unwrap()
}

fn compare(participants: (u32, u32), others: (u32, u32)) -> Comparison {
    let counted = |(yes, no)| Counted { yes, no };
    let counts = ComparedCounts {
        what: Compared::Promoted,
        from: day(1),
        until: day(31),
        participants: counted(participants),
        others: counted(others),
    };
    Comparison::new(counts, Threshold::default()).unwrap()
}

#[test]
fn shares_and_their_difference_by_hand() {
    let comparison = compare((3, 7), (2, 18));
    assert_eq!(
        comparison.participants(),
        Cell::Shown(Ratio::new(3, 10).unwrap())
    );
    assert_eq!(comparison.others(), Cell::Shown(Ratio::new(2, 20).unwrap()));
    let expected = Interval::of_difference(Ratio::new(3, 10).unwrap(), Ratio::new(2, 20).unwrap());
    assert_eq!(comparison.difference(), Cell::Shown(expected.unwrap()));
    // Clopper-Pearson at 97.5 %: 5.155 to 69.150 % of 3 in 10; 0.854 to 34.864 % of 2 in 20, each rounded outwards.
    let [low, high] = expected.unwrap().decimals();
    assert_eq!((low.as_str(), high.as_str()), ("-0.2972", "0.6831"));
    assert_eq!(
        comparison.to_string(),
        "promoted, 2026-01-01 to 2026-01-31
  took part        30.0 %       3 / 10
  did not          10.0 %       2 / 20
  difference       20.0 points, 95 % interval -29.72–68.31
  People chose to take part: this compares the two, and does not show that the programme is the cause.
"
    );
    // Turned round, everything is negative; a third is rounded like its opposite.
    let text = compare((2, 18), (3, 7)).to_string();
    assert!(
        text.contains("difference      -20.0 points, 95 % interval -68.31–29.72\n"),
        "{text}"
    );
    let text = compare((2, 4), (6, 0)).to_string();
    assert!(text.contains("difference      -66.7 points"), "{text}");
    let text = compare((6, 0), (2, 4)).to_string();
    assert!(text.contains("difference       66.7 points"), "{text}");
}

/// Halves go away from zero, and nothing is rounded twice.
#[test]
fn a_difference_to_a_tenth_of_a_point() {
    for (one, other, expected) in [
        ((5, 5), (6, 6), "0.0"),
        // One of 2,000 is 0.05 points: half a tenth.
        ((1001, 999), (1000, 1000), "0.1"),
        ((1000, 1000), (1001, 999), "-0.1"),
        // One of 2,500 is 0.04 points.
        ((1001, 1499), (1000, 1500), "0.0"),
        ((1000, 1500), (1001, 1499), "0.0"),
        // 249 of 20,000 are 1.245 points: not 1.25, and then 1.3.
        ((10_249, 9751), (10_000, 10_000), "1.2"),
        ((10_000, 10_000), (10_249, 9751), "-1.2"),
        // Two of seven are 28.571 points, three of eleven 27.273.
        ((2, 5), (3, 8), "1.3"),
        ((3, 8), (2, 5), "-1.3"),
        ((9, 0), (0, 9), "100.0"),
        ((0, 9), (9, 0), "-100.0"),
    ] {
        let text = compare(one, other).to_string();
        let line = text.lines().find(|l| l.contains("difference")).unwrap();
        let points = line.split_whitespace().nth(1).unwrap();
        assert_eq!(points, expected, "{one:?} {other:?}");
    }
}

#[test]
fn a_small_side_is_withheld_and_the_caveat_is_not() {
    for (participants, others) in [((3, 1), (50, 50)), ((50, 50), (0, 4)), ((0, 0), (0, 0))] {
        let comparison = compare(participants, others);
        assert_eq!(comparison.difference(), Cell::Withheld);
        let small = |(yes, no): (u32, u32)| yes + no < 5;
        assert_eq!(
            comparison.participants() == Cell::Withheld,
            small(participants)
        );
        assert_eq!(comparison.others() == Cell::Withheld, small(others));
        let text = comparison.to_string();
        assert!(text.contains("  difference     withheld\n"));
        assert!(
            text.ends_with(&format!("  {}\n", Comparison::NOT_CAUSAL)),
            "{text}"
        );
        let record = serde_json::to_value(comparison.to_record()).unwrap();
        assert_eq!(record["caveat"], Comparison::NOT_CAUSAL);
        assert!(record["low"].is_null() && record["high"].is_null());
    }
    // Five are enough.
    assert!(compare((5, 0), (2, 3)).difference().shown().is_some());
    let record = serde_json::to_string(&compare((3, 1), (2, 18)).to_record()).unwrap();
    assert_eq!(
        record,
        r#"{"what":"promoted","from":"2026-01-01","until":"2026-01-31","participants":{"numerator":null,"denominator":null,"value":null,"withheld":true},"others":{"numerator":2,"denominator":20,"value":"0.1000","withheld":false},"low":null,"high":null,"caveat":"People chose to take part: this compares the two, and does not show that the programme is the cause."}"#
    );
}

#[test]
fn the_largest_counts_hold_and_days_are_in_order() {
    let largest = compare((u32::MAX, u32::MAX), (u32::MAX, 0));
    // More people than an interval is worked out for.
    assert_eq!(largest.difference(), Cell::Withheld);
    assert!(largest.to_string().contains("withheld"));
    let counted = Counted { yes: 5, no: 5 };
    let counts = |until| ComparedCounts {
        what: Compared::Other(Label::new("led a project").unwrap()),
        from: day(2),
        until,
        participants: counted,
        others: counted,
    };
    let refused = Comparison::new(counts(day(1)), Threshold::default()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "what is compared ends on 2026-01-01, before it begins on 2026-01-02"
    );
    let one_day = Comparison::new(counts(day(2)), Threshold::default()).unwrap();
    assert!(
        one_day
            .to_string()
            .starts_with("led a project, 2026-01-02 to 2026-01-02\n")
    );
    // Nobody is withheld of nobody: equal sides have zero in the interval.
    let interval = *one_day.difference().shown().unwrap();
    assert_eq!(interval.low(), -interval.high());
    assert!(interval.low() < 0);
}
