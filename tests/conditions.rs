//! Plans under conditions: pins, exclusions, ranked choices, kept pairs and waiting, before a judge that looks at every
//! plan there is.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU16;
use std::ops::{ControlFlow, RangeInclusive};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{
    Assessment, Bound, Candidates, Conditions, Criteria, Criterion, Greedy, Limits, MatchPlan,
    Matcher, Optimal, Pin, PlanError, RankedChoice, Scope, plan_under,
};
use reverse_mentoring::policy::{
    MentorChoice, MentorChoices, NotExcluded, PairView, PluginId, Policy, RankedOnly, RowView,
};
use reverse_mentoring::text::Key;

#[path = "conditions/beyond.rs"]
mod beyond;
#[path = "conditions/diff.rs"]
mod diff;
#[path = "eligibility/oracle.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod oracle;
#[path = "conditions/rematch.rs"]
mod rematch;
#[path = "conditions/words.rs"]
mod words;
#[path = "support/every_plan.rs"]
mod every_plan;

use every_plan::{Pairs, every_plan, used, value};
use oracle::{Company, Person, cases, company};

/// A company of which at most twelve pairs may be made, with small scores, so that there are many equals.
#[derive(Clone, Debug)]
struct Case {
    company: Company,
    excluded: Pairs,
    seed: u64,
}

/// Few scores, and all of them drawn from the two keys.
#[derive(Debug)]
struct Drawn(u64);

fn drawn(seed: u64, mentor: &str, mentee: &str) -> u32 {
    let bytes = mentor.bytes().chain(mentee.bytes());
    let mixed = bytes.fold(seed, |h, b| {
        let h = (h ^ u64::from(b)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        h ^ (h >> 31)
    });
    ((mixed >> 29) % 8) as u32
}

impl Criterion for Drawn {
    fn id(&self) -> PluginId {
        PluginId::new("drawn", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=7
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let [mentor, mentee] = [pair.mentor(), pair.mentee()].map(|p| p.key().as_str());
        Assessment::new(drawn(self.0, mentor, mentee))
    }

    /// Exactly, or the highest points there are.
    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        if self.0 % 2 == 0 {
            self.assess_row(row, points);
            return Bound::Exact;
        }
        points.fill(7);
        Bound::Upper
    }
}

/// Whether every eligible pair is kept, or a shortlist completed that begins with so many of each person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Kept,
    Beyond(u8),
}

/// Every objective, either way.
fn ways() -> impl Iterator<Item = (Objective, Way)> {
    let ways = [Way::Kept, Way::Beyond(1), Way::Beyond(3)];
    Objective::ALL
        .into_iter()
        .flat_map(move |objective| ways.map(|way| (objective, way)))
}

impl Way {
    fn plan(
        self,
        may: &Eligibility<'_>,
        criteria: &Criteria,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<MatchPlan, PlanError> {
        match self {
            Self::Kept => Candidates::collect(may, criteria)?.plan_under(conditions, matcher),
            Self::Beyond(shortlist) => {
                let limits = Limits::default().keep_at_most(0).shortlist(shortlist);
                let go_on = &mut |_| ControlFlow::Continue(());
                plan_under(may, criteria, conditions, matcher, limits, go_on)
            }
        }
    }
}

/// Who ranks whom how.
type Ranks = Vec<((usize, usize), u16)>;

impl Case {
    fn new(company: Company, pairs: usize, seed: u64) -> Self {
        let mut all = company.eligible();
        // Not always those of the first keys.
        let turn = seed as usize % all.len().max(1);
        all.rotate_left(turn);
        let excluded = all.split_off(pairs.min(all.len()));
        Self {
            company,
            excluded,
            seed,
        }
    }

    fn policy() -> Policy {
        Policy::core_only().with(NotExcluded)
    }

    fn ask<T>(&self, policy: &Policy, ask: impl FnOnce(&Eligibility<'_>) -> T) -> T {
        let excluded = self.excluded.iter().map(|&(a, b)| self.company.pair(a, b));
        let context = self.company.context().with_excluded(excluded);
        ask(&Eligibility::new(&self.company.roster(), policy, &context))
    }

    fn criteria(&self) -> Criteria {
        Criteria::none().with(Drawn(self.seed), 1).unwrap()
    }

    fn plan(&self, conditions: &Conditions, matcher: &dyn Matcher) -> Result<MatchPlan, PlanError> {
        self.plan_by(Way::Kept, &self.criteria(), conditions, matcher)
    }

    fn plan_by(
        &self,
        way: Way,
        criteria: &Criteria,
        conditions: &Conditions,
        matcher: &dyn Matcher,
    ) -> Result<MatchPlan, PlanError> {
        self.ask(&Self::policy(), |e| {
            way.plan(e, criteria, conditions, matcher)
        })
    }

    fn keys(&self, pair: (usize, usize)) -> (&str, &str) {
        (self.company.key(pair.0), self.company.key(pair.1))
    }

    fn score(&self, pair: (usize, usize)) -> u64 {
        let (mentor, mentee) = self.keys(pair);
        drawn(self.seed, mentor, mentee).into()
    }

    fn eligible(&self) -> Pairs {
        let mut all = self.company.eligible();
        all.retain(|pair| !self.excluded.contains(pair));
        all
    }

    fn pin(&self, pair: (usize, usize), line: u64) -> Pin {
        let (mentor, mentee) = self.keys(pair);
        let [mentor, mentee] = [mentor, mentee].map(|key| Key::new(key).unwrap());
        Pin {
            mentor,
            mentee,
            line: Some(line),
        }
    }

    fn pairs_of(&self, plan: &MatchPlan) -> Pairs {
        let people = &self.company.people;
        let find = |key: &Key| people.iter().position(|p| p.key == key.as_str()).unwrap();
        let pairs = plan.proposals.iter();
        pairs.map(|p| (find(&p.mentor), find(&p.mentee))).collect()
    }

    /// Every plan among these pairs.
    fn plans(&self, among: &[(usize, usize)]) -> Vec<Pairs> {
        every_plan(among, |person, role| self.company.places_left(person, role))
    }

    /// The pins that hold, and the codes against the others, in order.
    fn judge_pins(&self, pins: &[(usize, usize)]) -> (Pairs, Vec<(u64, Vec<&'static str>)>) {
        let (mut held, mut rejected): (Pairs, Vec<_>) = (Vec::new(), Vec::new());
        for (at, &(mentor, mentee)) in pins.iter().enumerate() {
            let mut codes = Vec::new();
            let strangers: BTreeSet<usize> = [mentor, mentee]
                .into_iter()
                .filter(|&p| !self.company.takes_part(p))
                .collect();
            if strangers.is_empty() {
                codes.extend(self.company.codes(mentor, mentee));
                if self.excluded.contains(&(mentor, mentee)) {
                    codes.push("not-excluded");
                }
            } else {
                codes.extend(strangers.iter().map(|_| "unknown-participant"));
            }
            let may = codes.is_empty();
            if pins[..at].contains(&(mentor, mentee)) {
                codes.push("pinned-twice");
            }
            let full =
                |person, role| used(&held, person, role) >= self.company.places_left(person, role);
            if may && (full(mentor, 0) || full(mentee, 1)) {
                codes.push("places");
            }
            if codes.is_empty() {
                held.push((mentor, mentee));
            } else {
                rejected.push((at as u64 + 2, codes));
            }
        }
        (held, rejected)
    }

    /// Pairs to pin: most of them eligible, some of anybody with anybody, with repetitions.
    fn pins(&self, drawn: &[(Index, Index, bool)]) -> Pairs {
        let (eligible, everybody) = (self.eligible(), self.company.people.len());
        let pick = |(a, b, any): &(Index, Index, bool)| {
            if *any || eligible.is_empty() {
                (a.index(everybody), b.index(everybody))
            } else {
                eligible[a.index(eligible.len())]
            }
        };
        drawn.iter().map(pick).collect()
    }

    fn conditions(&self, pins: &[(usize, usize)]) -> Conditions {
        let lines = pins.iter().zip(2..);
        Conditions::none().with_pins(lines.map(|(&pair, line)| self.pin(pair, line)))
    }

    /// Ranks of eligible pairs, each at most once.
    fn ranks(&self, drawn: &[(Index, u16)]) -> Ranks {
        let eligible = self.eligible();
        let mut ranks: Ranks = Vec::new();
        for (at, rank) in drawn.iter().filter(|_| !eligible.is_empty()) {
            let pair = eligible[at.index(eligible.len())];
            if ranks.iter().all(|(known, _)| *known != pair) {
                ranks.push((pair, *rank));
            }
        }
        ranks
    }

    fn rankings(&self, ranks: &Ranks) -> MentorChoices {
        let choices = ranks.iter().map(|&((a, b), rank)| MentorChoice {
            pair: self.company.pair(a, b),
            rank: NonZeroU16::new(rank).unwrap(),
        });
        MentorChoices::new(choices).unwrap()
    }
}

/// The table of the documentation, by hand.
fn points(ranks: &Ranks, pair: (usize, usize)) -> u64 {
    let rank = ranks.iter().find(|(ranked, _)| *ranked == pair);
    match rank.map(|(_, rank)| rank) {
        None => 0,
        Some(1) => 500,
        Some(2) => 400,
        Some(3) => 300,
        Some(4) => 200,
        Some(_) => 100,
    }
}

/// Two to four juniors and seniors who may all be paired, with one or two places: plans with many pairs, and many of them.
fn crowd() -> impl Strategy<Value = Company> {
    let side = || vec(prop_oneof![3 => Just(1u32), 1 => Just(2)], 2..=4);
    (side(), side(), any::<u64>()).prop_map(|(mentors, mentees, seed)| {
        let all = mentors.iter().map(|&c| (c, true));
        let all = all.chain(mentees.iter().map(|&c| (c, false))).enumerate();
        let person = |(at, (capacity, junior)): (usize, (u32, bool))| {
            let key = format!("key-{:02}", (at as u64 * 7 + seed % 13) % 17);
            apart(key, capacity, junior)
        };
        without_lines(all.map(person).collect())
    })
}

/// Somebody who may be paired with everybody of the other side.
fn apart(key: String, capacity: u32, junior: bool) -> Person {
    Person {
        key,
        manager: None,
        dotted: Vec::new(),
        grade: Some(if junior { 1 } else { 5 }),
        months: None,
        unit: None,
        sides: [junior, !junior],
        capacity,
        hours: None,
        offers: BTreeMap::from([(u8::from(junior), 5)]),
        wishes: BTreeMap::from([(u8::from(!junior), (0, 5))]),
        group: None,
    }
}

/// A company in which nobody manages anybody and no pairing is open.
fn without_lines(people: Vec<Person>) -> Company {
    Company {
        people,
        load: 15,
        open: Vec::new(),
        exempt: Vec::new(),
    }
}

fn companies() -> impl Strategy<Value = Company> {
    prop_oneof![2 => crowd(), 1 => company(8..=18)]
}

fn some_pins() -> impl Strategy<Value = Vec<(Index, Index, bool)>> {
    let any_pair = prop_oneof![2 => Just(false), 1 => Just(true)];
    vec((any::<Index>(), any::<Index>(), any_pair), 0..5)
}

fn some_ranks() -> impl Strategy<Value = Vec<(Index, u16)>> {
    vec((any::<Index>(), 1u16..8), 0..8)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_best_plan_that_has_the_pins(company in companies(), seed in any::<u64>(), drawn in some_pins()) {
        let case = Case::new(company, 12, seed);
        let pins = case.pins(&drawn);
        let (held, rejected) = case.judge_pins(&pins);
        let conditions = case.conditions(&pins);
        let plans = case.plans(&case.eligible());
        for (objective, way) in ways() {
            let plan = case.plan_by(way, &case.criteria(), &conditions, &Optimal::by(objective)).unwrap();
            let pairs = case.pairs_of(&plan);
            let found: Vec<_> = plan
                .rejected_pins
                .iter()
                .map(|r| (r.pin.line.unwrap(), r.reasons.iter().map(|v| v.code()).collect::<Vec<_>>()))
                .collect();
            prop_assert_eq!(&found, &rejected);
            prop_assert!(held.iter().all(|pin| pairs.contains(pin)), "every pin that holds is in the plan");
            let mut by_keys = held.clone();
            by_keys.sort_by_key(|&pair| case.keys(pair));
            let by_keys: Vec<_> = by_keys.iter().map(|&(a, b)| case.company.pair(a, b)).collect();
            prop_assert_eq!(&plan.pinned, &by_keys);
            let with_pins = plans.iter().filter(|plan| held.iter().all(|pin| plan.contains(pin)));
            let value = |pairs: &Pairs| value(pairs, objective, |p| case.score(p));
            prop_assert_eq!(value(&pairs), with_pins.map(value).max().unwrap(), "{} {:?}", objective, way);
            let total: u64 = pairs.iter().map(|&p| case.score(p)).sum();
            prop_assert_eq!(plan.total_score, total);
            let certificate = plan.certificate.unwrap();
            prop_assert!(certificate.verified, "{} {:?}", objective, way);
            prop_assert_eq!(certificate.scope, Scope::AllEligible);
            prop_assert_eq!((certificate.pairs_bound, certificate.score_bound), (pairs.len() as u64, total));
            // Everybody without a pair is there, and nobody with one.
            let missing = plan.unmatched.iter().map(|u| (u.key.as_str(), u.role.as_str()));
            let mut expected: Vec<(&str, &str)> = Vec::new();
            for person in case.company.participants() {
                for (role, name) in [(1, "mentee"), (0, "mentor")] {
                    if case.company.people[person].sides[role] && used(&pairs, person, role) == 0 {
                        expected.push((case.company.key(person), name));
                    }
                }
            }
            prop_assert_eq!(missing.collect::<Vec<_>>(), expected);
        }
        // A matcher that says nothing of an objective keeps the pins and their places too.
        for way in [Way::Kept, Way::Beyond(2)] {
        let greedy = case.plan_by(way, &case.criteria(), &conditions, &Greedy).unwrap();
        let pairs = case.pairs_of(&greedy);
        prop_assert!(held.iter().all(|pin| pairs.contains(pin)));
        prop_assert!(plans.iter().any(|plan| plan.len() == pairs.len() && pairs.iter().all(|p| plan.contains(p))));
        prop_assert_eq!(greedy.certificate, None);
        }
    }

    #[test]
    fn ranks_decide_between_equals_and_only_there(
        company in companies(), seed in any::<u64>(), drawn in some_pins(), ranked in some_ranks(),
    ) {
        let case = Case::new(company, 12, seed);
        let (pins, ranks) = (case.pins(&drawn[..drawn.len().min(2)]), case.ranks(&ranked));
        let (held, _) = case.judge_pins(&pins);
        let ties = Criteria::none().with(RankedChoice::of(case.rankings(&ranks)), 1).unwrap();
        let conditions = case.conditions(&pins).with_tie_break(ties);
        let plans = case.plans(&case.eligible());
        let plans: Vec<_> = plans.iter().filter(|plan| held.iter().all(|pin| plan.contains(pin))).collect();
        for (objective, way) in ways() {
            let plan = case.plan_by(way, &case.criteria(), &conditions, &Optimal::by(objective)).unwrap();
            let pairs = case.pairs_of(&plan);
            let value = |pairs: &Pairs| {
                let mut value = value(pairs, objective, |p| case.score(p));
                value.push(pairs.iter().map(|&p| points(&ranks, p)).sum());
                value
            };
            let best = plans.iter().map(|plan| value(plan)).max().unwrap();
            prop_assert_eq!(&value(&pairs), &best, "{} {:?}", objective, way);
            prop_assert_eq!(plan.tie_points, best.last().copied(), "{} {:?}", objective, way);
            let certificate = plan.certificate.unwrap();
            prop_assert_eq!((certificate.scope, certificate.verified), (Scope::AllEligible, true));
            prop_assert_eq!(plan.total_score, pairs.iter().map(|&p| case.score(p)).sum::<u64>());
        }
    }

    /// Scores so high that points fit below a score, and not below a pair: exact all the same, or refused because points and
    /// pairs are at odds.
    #[test]
    fn best_score_with_little_room(company in companies(), seed in any::<u64>(), ranked in some_ranks()) {
        let case = Case::new(company, 12, seed);
        let ranks = case.ranks(&ranked);
        let criteria = Criteria::none().with(Drawn(seed), 3_000_000).unwrap();
        let ties = Criteria::none().with(RankedChoice::of(case.rankings(&ranks)), 1).unwrap();
        let conditions = Conditions::none().with_tie_break(ties);
        let value = |pairs: &Pairs| -> (u64, u64, u64) {
            let total = pairs.iter().map(|&p| case.score(p)).sum();
            (total, pairs.len() as u64, pairs.iter().map(|&p| points(&ranks, p)).sum())
        };
        let plans: Vec<_> = case.plans(&case.eligible()).iter().map(value).collect();
        let best = plans.iter().max().unwrap();
        for way in [Way::Kept, Way::Beyond(1)] {
          match case.plan_by(way, &criteria, &conditions, &Optimal::by(Objective::BestScore)) {
            Ok(plan) => {
                prop_assert_eq!(&value(&case.pairs_of(&plan)), best);
                prop_assert!(plan.certificate.unwrap().verified);
            }
            Err(refused) => {
                let no_room = matches!(refused, PlanError::NoRoomForConditions { .. });
                prop_assert!(no_room);
                let more = plans.iter().filter(|plan| plan.0 == best.0).any(|plan| plan.2 > best.2);
                prop_assert!(more, "refused without need");
            }
          }
        }
    }

    #[test]
    fn ranks_as_a_part_of_the_score(company in companies(), seed in any::<u64>(), ranked in some_ranks(), weight in 0u32..4) {
        let case = Case::new(company, 12, seed);
        let ranks = case.ranks(&ranked);
        let criteria = case.criteria().with(RankedChoice::of(case.rankings(&ranks)), weight).unwrap();
        let score = |pair| case.score(pair) + u64::from(weight) * points(&ranks, pair);
        let plans = case.plans(&case.eligible());
        for (objective, way) in ways() {
            let plan = case.plan_by(way, &criteria, &Conditions::none(), &Optimal::by(objective)).unwrap();
            let pairs = case.pairs_of(&plan);
            for (proposal, &pair) in plan.proposals.iter().zip(&pairs) {
                let parts: Vec<_> = proposal.parts.iter().map(|p| (p.criterion.name(), u64::from(p.points))).collect();
                prop_assert_eq!(parts, [("drawn", case.score(pair)), ("ranked-choice", u64::from(weight) * points(&ranks, pair))]);
                prop_assert_eq!(u64::from(proposal.score), score(pair));
            }
            let value = |pairs: &Pairs| value(pairs, objective, score);
            prop_assert_eq!(value(&pairs), plans.iter().map(value).max().unwrap(), "{} {:?}", objective, way);
        }
    }

    #[test]
    fn who_ranks_gets_one_of_the_list_or_nobody(company in companies(), seed in any::<u64>(), ranked in some_ranks()) {
        let case = Case::new(company, 12, seed);
        let ranks = case.ranks(&ranked);
        let policy = Case::policy().with(RankedOnly::of(case.rankings(&ranks)));
        let mut among = case.eligible();
        let all = among.len() as u64;
        among.retain(|pair| {
            let mut of_mentee = ranks.iter().filter(|((_, mentee), _)| *mentee == pair.1).peekable();
            of_mentee.peek().is_none() || of_mentee.any(|(ranked, _)| ranked == pair)
        });
        let plans = case.plans(&among);
        let criteria = case.criteria();
        for (objective, way) in ways() {
            let plan = case.ask(&policy, |e| {
                way.plan(e, &criteria, &Conditions::none(), &Optimal::by(objective)).unwrap()
            });
            let value = |pairs: &Pairs| value(pairs, objective, |p| case.score(p));
            prop_assert_eq!(value(&case.pairs_of(&plan)), plans.iter().map(value).max().unwrap(), "{} {:?}", objective, way);
            let lost = plan.funnel.lost.last().unwrap();
            prop_assert_eq!((lost.rule.name(), lost.pairs), ("ranked-only", all - among.len() as u64));
            prop_assert_eq!(plan.funnel.eligible, among.len() as u64);
        }
    }

    #[test]
    fn shuffled_people_change_nothing(company in company(8..=16), seed in any::<u64>(), drawn in some_pins(), turn in 0usize..16) {
        let case = Case::new(company, 12, seed);
        let pins = case.pins(&drawn);
        let people = case.company.people.len();
        let mut order: Vec<usize> = (0..people).collect();
        order.rotate_left(turn % people);
        let mut excluded = case.excluded.clone();
        excluded.reverse();
        let ties = Criteria::none().with(Drawn(seed ^ 5), 1).unwrap();
        let conditions = case.conditions(&pins).with_tie_break(ties);
        let criteria = case.criteria();
        for objective in Objective::ALL {
            let ask = |roster, excluded: &Pairs| {
                let excluded = excluded.iter().map(|&(a, b)| case.company.pair(a, b));
                let (policy, context) = (Case::policy(), case.company.context().with_excluded(excluded));
                let eligibility = Eligibility::new(roster, &policy, &context);
                let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
                candidates.plan_under(&conditions, &Optimal::by(objective)).unwrap()
            };
            let (roster, turned) = (case.company.roster(), case.company.roster_in(&order));
            let (one, other) = (ask(&roster, &case.excluded), ask(&turned, &excluded));
            prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
            prop_assert_eq!(one.to_record(), other.to_record());
        }
    }
}
