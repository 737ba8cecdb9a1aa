//! The harness for plug-in authors: everything that ships passes, and each lie is told in so many words.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU32, Ordering};

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::health::{
    Contribution, Metric, Metrics, PairingStatus, ProgramHealth, UnitKind, UnitView,
};
use reverse_mentoring::matching::assignment::{Graph, Objective, Prices, solve};
use reverse_mentoring::matching::{
    Assessment, Bound, Criteria, Criterion, Greedy, MatchError, MatchProblem, Matcher, Optimal,
    Solution,
};
use reverse_mentoring::policy::{
    ConflictingRole, Context, CoolingOff, DifferentProfile, MinimumGap, NotExcluded, OtherUnit,
    PairView, PluginId, Policy, RowView, Rule, SameManager, SameTraining, Violation,
};
use reverse_mentoring::roster::Roster;
use reverse_mentoring::testing::{
    Company, Complaints, check_criterion, check_matcher, check_metric, check_rule,
};
use reverse_mentoring::text::Label;

fn company() -> Company {
    Company::sample().unwrap()
}

fn told(checked: Result<(), Complaints>) -> Vec<String> {
    let complaints = checked.err().map_or(Vec::new(), |c| c.0);
    complaints.iter().map(ToString::to_string).collect()
}

fn every_rule() -> Policy {
    Policy::core_only()
        .with(MinimumGap::default())
        .with(MinimumGap::of_grades(3))
        .with(SameManager::default())
        .with(OtherUnit)
        .with(DifferentProfile::IN_EVERY_RESPECT)
        .with(ConflictingRole)
        .with(CoolingOff::months(24))
        .with(SameTraining::of(Label::new("first steps").unwrap()))
        .with(NotExcluded)
}

#[test]
fn everything_that_ships_keeps_its_word() {
    let company = company();
    for rule in every_rule().rules() {
        assert_eq!(check_rule(rule, &company), Ok(()));
    }
    for (criterion, _) in Criteria::standard().iter() {
        assert_eq!(check_criterion(criterion, &company), Ok(()));
    }
    for objective in Objective::ALL {
        assert_eq!(check_matcher(&Optimal::by(objective)), Ok(()));
    }
    assert_eq!(check_matcher(&Greedy), Ok(()));
    for metric in Metrics::standard().iter() {
        assert_eq!(check_metric(metric, &company), Ok(()));
    }
}

/// A sample on which a rule never objects, or always does, would find nothing.
#[test]
fn the_sample_meets_every_rule_both_ways() {
    let company = company();
    let (roster, context) = (company.roster(), company.context());
    assert_eq!(
        (roster.participants().len(), roster.lines().len()),
        (10, 12)
    );
    assert_eq!(
        (roster.lines().dotted_len(), roster.colleagues().count()),
        (1, 1)
    );
    let policy = every_rule();
    let eligibility = Eligibility::new(roster, &policy, context);
    let (mut objected, mut consented) = (BTreeSet::new(), BTreeSet::new());
    let names: BTreeSet<&str> = eligibility.rules().iter().map(PluginId::name).collect();
    for a in roster.participants() {
        for b in roster.participants() {
            let verdict = eligibility
                .check_keys(a.key().as_str(), b.key().as_str())
                .unwrap();
            let codes = verdict.violations().iter().map(|v| v.code());
            let codes: BTreeSet<String> = codes.map(str::to_owned).collect();
            consented.extend(names.iter().filter(|name| !codes.contains(**name)));
            objected.extend(codes);
        }
    }
    assert!(objected.iter().eq(&names), "{objected:?}");
    assert_eq!(consented, names);

    let health =
        ProgramHealth::assess(company.history(), &Metrics::standard(), context.today()).unwrap();
    assert!(
        health.readings.iter().all(|r| r.ratio.whole() > 0),
        "every metric has data"
    );
    for status in [
        PairingStatus::Ended,
        PairingStatus::OnTrack,
        PairingStatus::AtRisk,
        PairingStatus::TooEarly,
    ] {
        assert_eq!(health.count(status), 1, "{status}");
    }
    let again = Company::sample().unwrap();
    assert_eq!(again.roster().fingerprint(), roster.fingerprint());
    assert_eq!(again.history(), company.history());
}

#[test]
fn a_company_of_ones_own() {
    let nobody = Roster::new(
        Vec::<reverse_mentoring::roster::Participant>::new(),
        reverse_mentoring::roster::ReportingLines::new([]).unwrap(),
    );
    let empty = Company::new(nobody.unwrap(), company().context().clone());
    assert_eq!(
        told(check_rule(&Wrong(RuleLie::Code), &empty)),
        Vec::<String>::new()
    );
    assert_eq!(
        told(check_metric(&Reads::Future, &empty)),
        Vec::<String>::new()
    );
    let lively = empty.with_history(company().history().clone());
    assert_eq!(told(check_metric(&Reads::Future, &lively)).len(), 1);
}

/// Even and odd calls differ.
fn odd(calls: &AtomicU32) -> bool {
    calls.fetch_add(1, Ordering::Relaxed) % 2 == 1
}

#[derive(Debug)]
enum RuleLie {
    Code,
    TwoLines,
    FullStop,
    Blank,
    Advice,
    Moody(AtomicU32),
    Words(AtomicU32),
    Id(AtomicU32),
    NoName,
    Row,
}

#[derive(Debug)]
struct Wrong(RuleLie);

impl Rule for Wrong {
    fn id(&self) -> PluginId {
        match &self.0 {
            RuleLie::Id(calls) if calls.fetch_add(1, Ordering::Relaxed) > 0 => {
                PluginId::new("wrong", 2)
            }
            RuleLie::NoName => PluginId::new("", 1),
            _ => PluginId::new("wrong", 1),
        }
    }

    fn check(&self, _: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let no = |message: &'static str| Err(Violation::new("wrong", message));
        match &self.0 {
            RuleLie::Code => Err(Violation::new("other\n", "never")),
            RuleLie::TwoLines => no("two\nlines"),
            RuleLie::FullStop => no("They must not."),
            RuleLie::Blank => no(" "),
            RuleLie::Advice => no("never").map_err(|v: Violation| v.advise("Try again.")),
            RuleLie::Moody(calls) if odd(calls) => Ok(()),
            RuleLie::Words(calls) if odd(calls) => no("once more, never"),
            RuleLie::NoName => Ok(()),
            _ => no("never"),
        }
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        for (at, pair) in row.pairs() {
            let lies = matches!(self.0, RuleLie::Row);
            consents[at] = lies || self.check(&pair, context).is_ok();
        }
    }
}

#[test]
fn a_rule_that_lies() {
    let new = AtomicU32::new;
    for (lie, complaint) in [
        (
            RuleLie::Code,
            r"`wrong@1` gives a violation the code `other\n`, not its own name",
        ),
        (
            RuleLie::TwoLines,
            r"`wrong@1` gives a message that is not one line without a full stop: `two\nlines`",
        ),
        (
            RuleLie::FullStop,
            "`wrong@1` gives a message that is not one line without a full stop: `They must not.`",
        ),
        (
            RuleLie::Blank,
            "`wrong@1` gives a message that is not one line without a full stop: ` `",
        ),
        (
            RuleLie::Advice,
            "`wrong@1` gives advice that is not one line without a full stop: `Try again.`",
        ),
        (
            RuleLie::Moody(new(0)),
            "`wrong@1` answers differently when asked again about `ada` with `bo`",
        ),
        (
            RuleLie::Words(new(0)),
            "`wrong@1` answers differently when asked again about `ada` with `bo`",
        ),
        (
            RuleLie::Id(new(0)),
            "`wrong@1` calls itself `wrong@2` later on",
        ),
        (
            RuleLie::NoName,
            "`@1` has an id that does not read back from its text",
        ),
        (
            RuleLie::Row,
            "`wrong@1` objects to `ada` with `bo`, and consents in a row of pairs",
        ),
    ] {
        assert_eq!(told(check_rule(&Wrong(lie), &company())), [complaint]);
    }
}

/// Answers two calls of two, the second unlike the first.
#[derive(Debug)]
struct Points {
    range: RangeInclusive<u32>,
    later: RangeInclusive<u32>,
    ranged: AtomicU32,
    first: u32,
    second: u32,
    calls: AtomicU32,
}

impl Points {
    fn new(range: RangeInclusive<u32>, first: u32, second: u32) -> Self {
        Self {
            later: range.clone(),
            range,
            ranged: AtomicU32::new(0),
            first,
            second,
            calls: AtomicU32::new(0),
        }
    }
}

impl Criterion for Points {
    fn id(&self) -> PluginId {
        PluginId::new("points", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        if odd(&self.ranged) {
            self.later.clone()
        } else {
            self.range.clone()
        }
    }

    fn assess(&self, _: &PairView<'_>) -> Assessment {
        Assessment::new(if odd(&self.calls) {
            self.second
        } else {
            self.first
        })
    }
}

/// Says 5 of every pair, and of a row what it is told to.
#[derive(Debug)]
struct TwoFaced {
    row: u32,
    limit: u32,
    bound: Bound,
}

impl Criterion for TwoFaced {
    fn id(&self) -> PluginId {
        PluginId::new("two-faced", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=9
    }

    fn assess(&self, _: &PairView<'_>) -> Assessment {
        Assessment::new(5)
    }

    fn assess_row(&self, _: &RowView<'_>, points: &mut [u32]) {
        points.fill(self.row);
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        points.fill(self.limit);
        self.bound
    }
}

#[test]
fn a_criterion_that_says_something_else_of_rows() {
    let of_row = "`two-faced@1` gives `ada` with `bo` 5 points, and 4 in a row of pairs";
    let exactly = "`two-faced@1` gives `ada` with `bo` 5 points, and said exactly 6";
    let at_most = "`two-faced@1` gives `ada` with `bo` 5 points, and said at most 4";
    for (row, limit, bound, complaints) in [
        (5, 5, Bound::Exact, vec![]),
        (5, 6, Bound::Upper, vec![]),
        (5, 0, Bound::Unknown, vec![]),
        (4, 5, Bound::Exact, vec![of_row]),
        (5, 6, Bound::Exact, vec![exactly]),
        (5, 4, Bound::Upper, vec![at_most]),
    ] {
        let lie = TwoFaced { row, limit, bound };
        assert_eq!(told(check_criterion(&lie, &company())), complaints);
    }
}

#[test]
fn a_criterion_that_lies() {
    #[expect(clippy::reversed_empty_ranges, reason = "a range without points")]
    let empty = 5..=4;
    let mut grows = Points::new(0..=9, 3, 3);
    grows.later = 0..=10;
    for (lie, complaints) in [
        (Points::new(1..=9, 9, 9), vec![]),
        (
            Points::new(1..=9, 10, 10),
            vec!["`points@1` gives `ada` with `bo` 10 points, outside its range of 1 to 9"],
        ),
        (
            Points::new(1..=9, 0, 0),
            vec!["`points@1` gives `ada` with `bo` 0 points, outside its range of 1 to 9"],
        ),
        (
            Points::new(1..=9, 3, 4),
            vec!["`points@1` gives `ada` with `bo` first 3 points, then 4"],
        ),
        (
            Points::new(1..=9, 3, 10),
            vec![
                "`points@1` gives `ada` with `bo` first 3 points, then 10",
                "`points@1` gives `ada` with `bo` 10 points, outside its range of 1 to 9",
            ],
        ),
        (
            Points::new(empty, 4, 4),
            vec![
                "`points@1` has the range 5 to 4, in which there is nothing",
                "`points@1` gives `ada` with `bo` 4 points, outside its range of 5 to 4",
            ],
        ),
        (
            grows,
            vec!["`points@1` changes its range from 0 to 9 into 0 to 10"],
        ),
    ] {
        assert_eq!(told(check_criterion(&lie, &company())), complaints);
    }
}

/// Spoils what the best matcher answers.
#[derive(Debug)]
struct Spoils(
    fn(&Graph, Solution, bool) -> Result<Solution, MatchError>,
    AtomicU32,
);

impl Matcher for Spoils {
    fn id(&self) -> PluginId {
        PluginId::new("spoils", 4)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let best = solve(problem.graph(), Objective::MostPairs);
        let solution = Solution {
            assignment: best.assignment,
            proof: Some((Objective::MostPairs, best.certificate)),
        };
        (self.0)(problem.graph(), solution, odd(&self.1))
    }
}

#[test]
fn a_matcher_that_lies() {
    type Lie = fn(&Graph, Solution, bool) -> Result<Solution, MatchError>;
    let lies: [(Lie, &str); 10] = [
        (
            |g, _, _| Ok(Solution::unproven(g, 0..g.len() as u32)),
            "`spoils@4` answers `no places` with an unsound plan: the plan gives row `0` more pairs than it has places",
        ),
        (
            |g, _, _| Ok(Solution::unproven(g, [0])),
            "`spoils@4` answers `nobody` with an unsound plan: the plan names edge `0`, which is not in the graph",
        ),
        (
            |_, mut s, _| {
                s.assignment
                    .edges
                    .extend(s.assignment.edges.last().copied());
                Ok(s)
            },
            "`spoils@4` answers `one pair` with an unsound plan: the plan uses edge `0` twice",
        ),
        (
            |_, mut s, _| {
                s.assignment.total /= 2;
                Ok(s)
            },
            "`spoils@4` answers `one pair` with an unsound plan: the plan claims a total of `3`, but its edges add up to `7`",
        ),
        (
            |_, mut s, _| {
                s.assignment.edges.reverse();
                Ok(s)
            },
            "`spoils@4` answers `the best pair in the way` with an unsound plan: the plan names edge `1` after a higher one",
        ),
        (
            |g, s, odd| Ok(if odd { s } else { Solution::unproven(g, []) }),
            "`spoils@4` answers `nobody` differently when asked again",
        ),
        (
            |g, s, _| {
                if g.is_empty() {
                    Err(MatchError::new("nothing to do"))
                } else {
                    Ok(s)
                }
            },
            "`spoils@4` fails on `nobody`: nothing to do",
        ),
        (
            |g, s, _| {
                Ok(Solution {
                    assignment: Solution::unproven(g, []).assignment,
                    proof: s.proof,
                })
            },
            "`spoils@4` gives a certificate for `one pair` that does not prove its plan best by most-pairs",
        ),
        (
            |g, mut s, _| {
                if let Some((_, proof)) = &mut s.proof {
                    let wide = |side: &[u32]| vec![0; side.len()];
                    proof.prices = Prices {
                        rows: wide(g.row_places()),
                        columns: vec![0],
                    };
                }
                Ok(s)
            },
            "`spoils@4` gives a damaged certificate for `nobody`: the certificate prices `1` members of a side that has `0`",
        ),
        (
            |_, mut s, _| {
                s.proof = s.proof.map(|(_, proof)| (Objective::MaxMin, proof));
                Ok(s)
            },
            "`spoils@4` gives a damaged certificate for `nobody`: the certificate lacks a bound that `max-min` needs",
        ),
    ];
    for (lie, complaint) in lies {
        let complaints = told(check_matcher(&Spoils(lie, AtomicU32::new(0))));
        assert!(
            complaints.contains(&complaint.to_owned()),
            "{complaints:#?}"
        );
    }
    // Several at once: the summary names the first.
    let several = check_matcher(&Spoils(
        |g, _, _| Ok(Solution::unproven(g, [0])),
        AtomicU32::new(0),
    ));
    assert_eq!(
        several.unwrap_err().to_string(),
        "`spoils@4` answers `nobody` with an unsound plan: the plan names edge `0`, which is not in the graph"
    );
}

/// Declares an objective, and proves nothing.
#[derive(Debug)]
struct Boasts;

impl Matcher for Boasts {
    fn id(&self) -> PluginId {
        PluginId::new("boasts", 1)
    }

    fn objective(&self) -> Option<Objective> {
        Some(Objective::BestScore)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        Greedy.solve(problem)
    }
}

#[test]
fn a_matcher_that_declares_what_it_does_not_prove() {
    let complaints = told(check_matcher(&Boasts));
    assert_eq!(
        complaints[0],
        "`boasts@1` says that it optimises best-score, and its answer to `nobody` has no proof by that"
    );
}

/// Metrics that lie, each in one way.
#[derive(Debug)]
enum Reads {
    Future,
    Ending,
    NoneForSome,
    Goals,
    Unasked,
    Moody(AtomicU32),
    Tomorrow,
    TooMuch,
    EndOfPause,
    Definition,
    Places,
    Added,
    Shared,
    Dropped,
}

impl Metric for Reads {
    fn id(&self) -> PluginId {
        PluginId::new("reads", 1)
    }

    fn definition(&self) -> &str {
        match self {
            Self::Definition => "this / that.",
            _ => "this / that",
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        !matches!(self, Self::Unasked) || kind != UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = match unit {
            UnitView::Pairing(pairing) => pairing,
            UnitView::Person(person) => {
                return matches!(self, Self::Places)
                    .then(|| person.places(reverse_mentoring::pair::Role::Mentor))
                    .flatten()
                    .map(|places| Contribution::new(0, places.into()));
            }
            _ => return None,
        };
        let facts = pairing.facts();
        match self {
            Self::Future => Some(Contribution::new(0, facts.sessions.len() as u64)),
            Self::Ending => Some(Contribution::new(u64::from(facts.ended.is_some()), 1)),
            Self::NoneForSome => facts.sessions.first().map(|_| Contribution::new(0, 0)),
            Self::Goals => {
                let found = facts
                    .goals
                    .learning
                    .iter()
                    .map(|g| g.found().count() as u64);
                Some(Contribution::new(0, found.sum()))
            }
            Self::Added => {
                let goals = facts.goals.learning.len() as u64;
                Some(Contribution::new(0, goals))
            }
            Self::Shared => {
                let changes = facts.goals.shared.iter().map(|g| g.course.iter().count());
                let changes: usize = changes.sum();
                let set = facts.goals.shared.len();
                Some(Contribution::new(changes as u64, 2 * set as u64))
            }
            Self::Dropped => {
                let changes = facts.goals.shared.iter().map(|g| g.course.iter().count());
                Some(Contribution::new(changes.sum::<usize>().min(1) as u64, 1))
            }
            Self::Tomorrow => {
                let tomorrow = pairing.as_of().succ_opt()?;
                Some(Contribution::new(
                    0,
                    facts.sessions(tomorrow).count() as u64,
                ))
            }
            Self::EndOfPause => {
                let hold = facts.held_up(pairing.as_of());
                let over = hold.is_some_and(|h| h.until.is_some());
                Some(Contribution::new(u64::from(over), 1))
            }
            Self::TooMuch => Some(Contribution::new(2, 1)),
            Self::Moody(calls) => Some(Contribution::new(u64::from(odd(calls)), 1)),
            _ => Some(Contribution::new(1, 1)),
        }
    }
}

#[test]
fn a_metric_that_lies() {
    let pairing = |n: u32| format!("pairing 00000002-0000-8000-8000-00000000000{n}");
    for (lie, complaint) in [
        (
            Reads::Future,
            format!(
                "looks past 2026-01-05: {} gives 0 / 6, and 0 / 0 without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::Ending,
            format!(
                "looks past 2026-01-08: {} gives 1 / 1, and 0 / 1 without what came later",
                pairing(3)
            ),
        ),
        (
            // No data is not the same as not being concerned.
            Reads::NoneForSome,
            format!(
                "looks past 2026-01-05: {} gives 0 / 0, and nothing without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::Goals,
            format!(
                "looks past 2026-01-05: {} gives 0 / 4, and 0 / 2 without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::Added,
            format!(
                "looks past 2026-01-05: {} gives 0 / 3, and 0 / 2 without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::Shared,
            format!(
                "looks past 2026-01-05: {} gives 1 / 2, and 0 / 0 without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::Dropped,
            format!(
                "looks past 2026-01-05: {} gives 1 / 1, and 0 / 1 without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::Tomorrow,
            format!(
                "looks past 2026-01-11: {} gives 0 / 1, and 0 / 0 without what came later",
                pairing(4)
            ),
        ),
        (
            Reads::EndOfPause,
            format!(
                "looks past 2026-02-19: {} gives 1 / 1, and 0 / 1 without what came later",
                pairing(1)
            ),
        ),
        (
            Reads::Moody(AtomicU32::new(0)),
            format!("gives {} on 2026-01-05 first 0 / 1, then 1 / 1", pairing(4)),
        ),
        (
            Reads::TooMuch,
            format!(
                "gives {} on 2026-01-05 2 / 1: more than there is",
                pairing(4)
            ),
        ),
        (
            Reads::Unasked,
            format!(
                "gives {} on 2026-01-05 1 / 1, and says that Pairing does not concern it",
                pairing(4)
            ),
        ),
        (
            Reads::Definition,
            "gives a definition that is not one line without a full stop: `this / that.`"
                .to_owned(),
        ),
    ] {
        assert_eq!(
            told(check_metric(&lie, &company())),
            [format!("`reads@1` {complaint}")]
        );
    }
    assert_eq!(check_metric(&Reads::Places, &company()), Ok(()));
}
