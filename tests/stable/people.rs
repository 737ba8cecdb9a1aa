//! Rankings by key on random companies: the plan before a judge that knows keys only; faults word for word; liars.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::Graph;
use reverse_mentoring::matching::stable::{Preferences, Ranks};
use reverse_mentoring::matching::{
    AnotherRoster, Candidates, Choice, Criteria, Greedy, MatchError, MatchPlan, MatchProblem,
    Matcher, Optimal, PlanError, Rankings, Silent, Solution, Stable, Ties,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{NotExcluded, PluginId, Policy};
use reverse_mentoring::roster::Roster;
use reverse_mentoring::testing::{Company as Sample, check_matcher};

use super::oracle::{Company, company};

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

#[derive(Clone, Copy, Debug)]
struct Options {
    proposing: Role,
    ties: Ties,
    silent: Silent,
}

fn options() -> impl Strategy<Value = Options> {
    let silent = prop_oneof![Just(Silent::AcceptNobody), Just(Silent::AcceptAllByScore)];
    let ties = prop_oneof![Just(Ties::ByKey), Just(Ties::ByScore)];
    (any::<bool>(), ties, silent).prop_map(|(mentors, ties, silent)| Options {
        proposing: if mentors { Role::Mentor } else { Role::Mentee },
        ties,
        silent,
    })
}

impl Options {
    fn stable(self, candidates: &Candidates<'_>, rankings: &Rankings) -> Stable {
        let stable = Stable::new(candidates, rankings).unwrap();
        stable
            .with_proposing(self.proposing)
            .with_ties(self.ties)
            .with_silent(self.silent)
    }
}

/// What a company's people say of each other: sound choices, and most of them of pairs that may be.
fn choices(company: &Company, drawn: &[(bool, bool, Index, u32)]) -> Vec<Choice> {
    let (people, eligible) = (company.participants(), company.eligible());
    let side = |role: usize| {
        people
            .iter()
            .copied()
            .filter(move |&p| company.people[p].sides[role])
    };
    let all: Vec<(usize, usize)> = side(0)
        .flat_map(|a| side(1).map(move |b| (a, b)))
        .filter(|(a, b)| a != b)
        .collect();
    let mut said = BTreeMap::new();
    for &(by_mentor, astray, index, rank) in drawn {
        let among = if astray || eligible.is_empty() {
            &all
        } else {
            &eligible
        };
        if !among.is_empty() {
            let (mentor, mentee) = among[index.index(among.len())];
            let by = if by_mentor {
                Role::Mentor
            } else {
                Role::Mentee
            };
            said.entry((by, mentor, mentee)).or_insert(rank);
        }
    }
    let choice = |((by, mentor, mentee), rank)| Choice {
        by,
        mentor: company.key(mentor).to_owned(),
        mentee: company.key(mentee).to_owned(),
        rank: NonZeroU32::new(rank).unwrap(),
    };
    said.into_iter().map(choice).collect()
}

fn drawn() -> impl Strategy<Value = Vec<(bool, bool, Index, u32)>> {
    let astray = prop_oneof![4 => Just(false), 1 => Just(true)];
    vec((any::<bool>(), astray, any::<Index>(), 1u32..=4), 0..60)
}

/// Asks with candidates of a roster, without some pairs.
fn with<T>(
    company: &Company,
    roster: &Roster,
    out: &[(usize, usize)],
    ask: impl FnOnce(&Candidates<'_>) -> T,
) -> T {
    let policy = Policy::core_only().with(NotExcluded);
    let out = out.iter().map(|&(a, b)| company.pair(a, b));
    let (context, criteria) = (company.context().with_excluded(out), Criteria::standard());
    let eligibility = Eligibility::new(roster, &policy, &context);
    ask(&Candidates::collect(&eligibility, &criteria).unwrap())
}

/// Asks with the candidates of the sample company.
fn in_the_sample(ask: impl FnOnce(&Candidates<'_>, &Roster)) {
    let (company, policy) = (Sample::sample().unwrap(), Policy::core_only());
    let criteria = Criteria::standard();
    let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    ask(&candidates, company.roster());
}

/// By keys: what each ranks, what each pair scores, what each has room for.
struct Judge<'a> {
    options: Options,
    ranks: BTreeMap<(Role, &'a str, &'a str), u32>,
    scores: BTreeMap<(&'a str, &'a str), u32>,
    places: BTreeMap<(Role, &'a str), usize>,
}

/// How good a partner is: lower is better. Rank or what stands for it, then the tie-break.
type Worth<'a> = (u32, Reverse<u32>, &'a str);

impl<'a> Judge<'a> {
    fn new(
        company: &'a Company,
        candidates: &'a Candidates<'_>,
        choices: &'a [Choice],
        options: Options,
    ) -> Self {
        let said = choices.iter().map(|c| {
            let (who, partner) = match c.by {
                Role::Mentor => (&c.mentor, &c.mentee),
                Role::Mentee => (&c.mentee, &c.mentor),
            };
            ((c.by, who.as_str(), partner.as_str()), c.rank.get())
        });
        let people = company.participants().into_iter();
        let places = people.flat_map(|p| {
            let of =
                move |(role, at)| ((role, company.key(p)), company.places_left(p, at) as usize);
            ROLES.into_iter().zip(0..).map(of)
        });
        Self {
            options,
            ranks: said.collect(),
            scores: candidates
                .iter()
                .map(|(a, b, score)| ((a, b), score))
                .collect(),
            places: places.collect(),
        }
    }

    /// What one of an eligible pair thinks of the other; the tie-break only where it is asked for.
    fn worth(&self, by: Role, pair: (&'a str, &'a str), broken: bool) -> Option<Worth<'a>> {
        let (who, partner) = match by {
            Role::Mentor => pair,
            Role::Mentee => (pair.1, pair.0),
        };
        let score = self.scores[&pair];
        let ranks_somebody = self
            .ranks
            .keys()
            .any(|(role, of, _)| (*role, *of) == (by, who));
        let rank = match self.options.silent {
            _ if ranks_somebody => *self.ranks.get(&(by, who, partner))?,
            Silent::AcceptAllByScore => 2_000_000_000 - score,
            _ => return None,
        };
        let tie = match self.options.ties {
            Ties::ByScore if broken => score,
            _ => 0,
        };
        Some((rank, Reverse(tie), if broken { partner } else { "" }))
    }

    /// What somebody thinks of everybody whom they have, the best first.
    fn worths(
        &self,
        by: Role,
        who: &str,
        pairs: &BTreeSet<(&'a str, &'a str)>,
    ) -> Vec<Option<Worth<'a>>> {
        let theirs =
            |pair: &&(&str, &str)| [pair.0, pair.1][usize::from(by == Role::Mentee)] == who;
        let mut worths: Vec<_> = pairs
            .iter()
            .filter(theirs)
            .map(|&pair| self.worth(by, pair, true))
            .collect();
        worths.sort_unstable();
        worths
    }

    /// Pairs of the plan that one does not want, and pairs outside it that both would rather have.
    fn flaws(&self, pairs: &BTreeSet<(&'a str, &'a str)>, broken: bool) -> (u64, u64) {
        let both = |pair| ROLES.map(|by| self.worth(by, pair, broken));
        let unwanted = pairs.iter().filter(|&&pair| both(pair).contains(&None));
        let would = |by: Role, pair: (&'a str, &'a str)| {
            let who = |pair: (&'a str, &'a str)| if by == Role::Mentor { pair.0 } else { pair.1 };
            let has: Vec<_> = pairs.iter().filter(|&&p| who(p) == who(pair)).collect();
            let worth = self.worth(by, pair, broken);
            let worse = |now: Option<Worth<'a>>| now.is_none() || now > worth;
            has.len() < self.places[&(by, who(pair))]
                || has.iter().any(|&&p| worse(self.worth(by, p, broken)))
        };
        let blocks = |&&pair: &&(&'a str, &'a str)| {
            let wanted = !pairs.contains(&pair) && !both(pair).contains(&None);
            wanted && ROLES.into_iter().all(|by| would(by, pair))
        };
        (
            unwanted.count() as u64,
            self.scores.keys().filter(blocks).count() as u64,
        )
    }
}

fn pairs_of(plan: &MatchPlan) -> BTreeSet<(&str, &str)> {
    let pairs = plan.proposals.iter();
    pairs
        .map(|p| (p.mentor.as_str(), p.mentee.as_str()))
        .collect()
}

proptest! {
    #![proptest_config(super::cases(96))]

    #[test]
    fn nobody_could_do_better_in_twos(company in company(8..=20), drawn in drawn(), options in options()) {
        let (roster, choices) = (company.roster(), choices(&company, &drawn));
        let rankings = Rankings::new(&roster, choices.clone()).unwrap();
        with(&company, &roster, &[], |candidates| {
            let judge = Judge::new(&company, candidates, &choices, options);
            let stable = options.stable(candidates, &rankings);
            let plan = candidates.plan(&stable).unwrap();
            let pairs = pairs_of(&plan);
            assert_eq!((judge.flaws(&pairs, true), judge.flaws(&pairs, false)), ((0, 0), (0, 0)));
            let mutual = judge.scores.keys().filter(|&&p| ROLES.iter().all(|&by| judge.worth(by, p, true).is_some()));
            let found = plan.stability.unwrap();
            let counted = (found.mutual_pairs, found.unwanted_pairs, found.blocking_pairs);
            assert_eq!(counted, (mutual.count() as u64, 0, 0));
            assert!(found.is_stable() && plan.certificate.is_none() && plan.objective.is_none());
            let name = if options.proposing == Role::Mentor { "mentors" } else { "mentees" };
            assert_eq!(plan.matcher.to_string(), format!("stable-{name}-propose@1"));
            let in_vain = choices.iter().filter(|c| !judge.scores.contains_key(&(c.mentor.as_str(), c.mentee.as_str())));
            assert_eq!(stable.in_vain(), in_vain.count());
            // No plan of the other side's proposals is better for anybody on this one.
            let other = stable.clone().with_proposing(options.proposing.other());
            let other = candidates.plan(&other).unwrap();
            let (by, other) = (options.proposing, pairs_of(&other));
            for &(_, who) in judge.places.keys().filter(|(role, _)| *role == by) {
                let [ours, theirs] = [&pairs, &other].map(|pairs| judge.worths(by, who, pairs));
                assert_eq!(ours.len(), theirs.len());
                assert!(ours.iter().zip(&theirs).all(|(a, b)| a <= b));
            }
            // Anybody's plan, by what people said and no tie-break.
            for other in [&Optimal::most_pairs() as &dyn Matcher, &Greedy, &stable] {
                let plan = candidates.plan(other).unwrap();
                let found = stable.stability_of(candidates, &plan);
                assert_eq!((found.unwanted_pairs, found.blocking_pairs), judge.flaws(&pairs_of(&plan), false));
            }
        });
    }

    #[test]
    fn the_order_of_choices_and_rows_is_nothing(
        company in company(8..=16), drawn in drawn(), options in options(), turn in 0usize..60,
    ) {
        let choices = choices(&company, &drawn);
        let mut turned = choices.clone();
        turned.rotate_left(turn % choices.len().max(1));
        turned.reverse();
        let mut rows: Vec<usize> = (0..company.people.len()).collect();
        let by = turn % rows.len();
        rows.rotate_left(by);
        let plans = [(company.roster(), choices), (company.roster_in(&rows), turned)].map(|(roster, choices)| {
            let rankings = Rankings::new(&roster, choices).unwrap();
            with(&company, &roster, &[], |candidates| {
                format!("{:?}", candidates.plan(&options.stable(candidates, &rankings)).unwrap())
            })
        });
        prop_assert_eq!(&plans[0], &plans[1]);
    }

    /// Where all is decided by scores, nothing is left to bargain for: the greedy plan, whoever proposes.
    #[test]
    fn silence_by_score_is_greedy(company in company(8..=25), options in options()) {
        let roster = company.roster();
        let rankings = Rankings::new(&roster, []).unwrap();
        with(&company, &roster, &[], |candidates| {
            let options = Options { silent: Silent::AcceptAllByScore, ..options };
            let [a, b] = [&options.stable(candidates, &rankings) as &dyn Matcher, &Greedy].map(|m| candidates.plan(m).unwrap());
            assert_eq!(a.to_record(), b.to_record());
            let options = Options { silent: Silent::AcceptNobody, ..options };
            assert!(candidates.plan(&options.stable(candidates, &rankings)).unwrap().proposals.is_empty());
        });
    }

    /// A matcher answers also where pairs have been taken away since: as if they had not been there from the start.
    #[test]
    fn some_pairs_taken_away(company in company(8..=16), drawn in drawn(), options in options(), every in 2usize..5) {
        let (roster, choices) = (company.roster(), choices(&company, &drawn));
        let rankings = Rankings::new(&roster, choices).unwrap();
        let out: Vec<_> = company.eligible().into_iter().step_by(every).collect();
        let gone: Vec<_> = out.iter().map(|&(a, b)| (company.key(a), company.key(b))).collect();
        let (early, before) = with(&company, &roster, &[], |candidates| {
            let stable = options.stable(candidates, &rankings);
            let plan = candidates.plan(&stable).unwrap();
            (stable, plan)
        });
        with(&company, &roster, &out, |candidates| {
            let late = options.stable(candidates, &rankings);
            // A plan from before has pairs that may not be any more.
            let found = late.stability_of(candidates, &before);
            assert_eq!(found.unwanted_pairs as usize, pairs_of(&before).iter().filter(|p| gone.contains(p)).count());
            let [a, b] = [early, late].map(|m| candidates.plan(&m).unwrap());
            assert_eq!(a, b);
        });
    }
}

/// Each mentor would rather have the one mentee, each of whom would rather have the other mentor.
#[test]
fn whoever_proposes_gets_the_better_of_it() {
    in_the_sample(whoever_proposes);
}

fn whoever_proposes(candidates: &Candidates<'_>, roster: &Roster) {
    let opposed = [
        (Role::Mentor, "ada", ["flo", "gus"]),
        (Role::Mentor, "eli", ["gus", "flo"]),
        (Role::Mentee, "flo", ["eli", "ada"]),
        (Role::Mentee, "gus", ["ada", "eli"]),
    ];
    let choices = opposed.map(|(by, who, order)| Choice::list(by, who, order.map(|p| [p])));
    let choices = choices.into_iter().flatten();
    let rankings = Rankings::new(roster, choices).unwrap();
    let unsaid = Stable::new(candidates, &rankings).unwrap();
    let [mentors, mentees] = ROLES.map(|role| unsaid.clone().with_proposing(role));
    let pairs = |stable: &Stable| -> Vec<String> {
        let plan = candidates.plan(stable).unwrap();
        let pairs = pairs_of(&plan);
        pairs.iter().map(|(a, b)| format!("{a} {b}")).collect()
    };
    assert_eq!(pairs(&mentors), ["ada flo", "eli gus"]);
    assert_eq!(pairs(&mentees), ["ada gus", "eli flo"]);
    assert_eq!(unsaid, mentors, "mentors, unless said otherwise");
}

/// The sample company and its rankings, as choices.
fn sample(choices: Vec<Choice>) -> Result<Rankings, Vec<String>> {
    let company = Sample::sample().unwrap();
    let rankings = Rankings::new(company.roster(), choices);
    rankings.map_err(|faults| {
        assert_eq!(
            faults
                .0
                .iter()
                .filter(|f| format!("{f:?}").contains("zoe"))
                .count(),
            0,
            "keys in Debug"
        );
        faults
            .0
            .iter()
            .map(|f| format!("{}: {f}", f.choice))
            .collect()
    })
}

#[test]
fn every_fault_of_the_choices_word_for_word() {
    let list = |by, who, order: &[&str]| {
        Choice::list(by, who, order.iter().map(|p| [*p])).collect::<Vec<_>>()
    };
    let faults = sample(
        [
            list(Role::Mentor, "ada", &["gus", "zoe", "gus"]),
            list(Role::Mentee, "gus", &["ada", "kim", "hal"]),
            list(Role::Mentor, "eli", &["eli"]),
            list(Role::Mentor, "", &["ZOE"]),
            list(Role::Mentor, "zoe", &["zoe"]),
        ]
        .concat(),
    );
    assert_eq!(
        faults.unwrap_err(),
        [
            "1: the mentee is `zoe`, whom the roster does not know",
            "2: the mentor `ada` ranks `gus` a second time",
            "4: the mentor is `kim`, who does not take part as mentor",
            "5: the mentor is `hal`, who does not take part as mentor",
            "6: `eli` ranks `eli`, the same person",
            "7: the mentor is ``, whom the roster does not know",
            "7: the mentee is `ZOE`, whom the roster does not know",
            "8: `zoe` ranks `zoe`, the same person",
            "8: the mentor is `zoe`, whom the roster does not know",
            "8: the mentee is `zoe`, whom the roster does not know",
        ]
    );
    // Both may rank the other, and somebody on either side ranks on both.
    let both = [
        list(Role::Mentor, "eli", &["gus"]),
        list(Role::Mentee, "eli", &["ada"]),
        list(Role::Mentee, "gus", &["eli"]),
    ];
    let rankings = sample(both.concat()).unwrap();
    assert_eq!(ROLES.map(|role| rankings.rankers(role)), [1, 2]);
    assert_eq!(
        format!("{rankings:?}"),
        "Rankings { mentors: 1, mentees: 2, .. }"
    );
    assert_eq!(
        format!("{:?}", both[0]),
        "[Choice { by: Mentor, rank: 1, .. }]"
    );
}

#[test]
fn rankings_of_another_roster() {
    let company = Sample::sample().unwrap();
    let rankings = Rankings::new(company.roster(), []).unwrap();
    let policy = Policy::core_only();
    let other = Company {
        people: Vec::new(),
        load: 15,
        open: Vec::new(),
        exempt: Vec::new(),
    };
    with(&other, &other.roster(), &[], |candidates| {
        let refused = Stable::new(candidates, &rankings).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the rankings were checked against another roster than that of the candidates"
        );
        let _: AnotherRoster = refused;
    });
    let (eligibility, criteria) = (
        Eligibility::new(company.roster(), &policy, company.context()),
        Criteria::standard(),
    );
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    let stable = Stable::new(&candidates, &rankings).unwrap();
    assert_eq!(
        format!("{stable:?}"),
        "Stable { rows: 6, columns: 6, proposing: Mentor, ties: ByKey, silent: AcceptNobody, .. }"
    );
    // A problem that is not of these people.
    for (rows, columns) in [(6, 5), (5, 6)] {
        let graph = Graph::new(vec![1; rows], vec![1; columns], []).unwrap();
        let error = stable.solve(&MatchProblem::new(&graph)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the rankings are of other people than the problem"
        );
        assert_eq!(stable.preferences(&MatchProblem::new(&graph)), None);
    }
}

/// Claims that its answer is stable: (edges chosen, edges of the preferences, (rank by row, rank by column) of each).
#[derive(Debug)]
struct Claims(&'static [u32], fn(&Graph) -> Preferences);

impl Matcher for Claims {
    fn id(&self) -> PluginId {
        PluginId::new("liar", 7)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        Ok(Solution::unproven(problem.graph(), self.0.iter().copied()))
    }

    fn preferences(&self, problem: &MatchProblem<'_>) -> Option<Preferences> {
        Some((self.1)(problem.graph()))
    }
}

/// The lower the index the better, and row 0 does not accept the column of edge 1.
fn by_index(graph: &Graph) -> Preferences {
    let mut number = 0;
    Preferences::new(graph, |edge| {
        number += 1;
        Ranks {
            by_row: NonZeroU32::new(edge.column + 1).filter(|_| number != 2),
            by_column: NonZeroU32::new(edge.row + 1),
        }
    })
}

fn everybody(graph: &Graph) -> Preferences {
    Preferences::new(graph, |_| Ranks {
        by_row: Some(NonZeroU32::MIN),
        by_column: Some(NonZeroU32::MIN),
    })
}

/// Greedy, which is stable where both ends rank by score and the lower index; or says so of ranks the other way round.
#[derive(Debug)]
struct ByScore {
    honest: bool,
}

impl Matcher for ByScore {
    fn id(&self) -> PluginId {
        PluginId::new("by-score", 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        Greedy.solve(problem)
    }

    fn preferences(&self, problem: &MatchProblem<'_>) -> Option<Preferences> {
        Some(Preferences::new(problem.graph(), |edge| {
            let rank = if self.honest {
                1_000_000_000 - edge.score
            } else {
                edge.score
            };
            let rank = NonZeroU32::new(rank + 1);
            Ranks {
                by_row: rank,
                by_column: rank,
            }
        }))
    }
}

#[test]
fn the_harness_holds_a_matcher_to_its_claim() {
    assert_eq!(check_matcher(&ByScore { honest: true }), Ok(()));
    let complaints = check_matcher(&ByScore { honest: false }).unwrap_err();
    assert_eq!(
        complaints.to_string(),
        "`by-score@1` claims a stable plan for `the best pair in the way`, which is not stable by its preferences"
    );
    // Of preferences that are of another graph it complains as well.
    let complaints = check_matcher(&Claims(&[], |_| {
        Preferences::new(&Graph::new(vec![], vec![], []).unwrap(), |_| {
            Ranks::default()
        })
    }))
    .unwrap_err();
    assert_eq!(
        complaints.to_string(),
        "`liar@7` claims a stable plan for `one pair`, which is not stable by its preferences"
    );
}

#[test]
fn a_matcher_that_lies_about_stability_is_named() {
    in_the_sample(|candidates, _| lies_about_stability(candidates));
}

fn lies_about_stability(candidates: &Candidates<'_>) {
    let says = |matcher: Claims| candidates.plan(&matcher).map(|plan| plan.to_string());
    let refused = |matcher| says(matcher).unwrap_err().to_string();

    let empty = refused(Claims(&[], everybody));
    let eligible = candidates.len();
    assert_eq!(
        empty,
        format!(
            "matcher `liar@7` claims a stable plan, in which 0 pairs are not wanted by both, and which {eligible} pairs block"
        )
    );
    let unwanted = candidates.plan(&Claims(&[1], by_index)).unwrap_err();
    let PlanError::Unstable { matcher, found } = &unwanted else {
        panic!("{unwanted}")
    };
    assert_eq!(
        (matcher.to_string().as_str(), found.unwanted_pairs),
        ("liar@7", 1)
    );
    assert!(unwanted.to_string().starts_with(
        "matcher `liar@7` claims a stable plan, in which 1 pair is not wanted by both, and which "
    ));
    let misfit = refused(Claims(&[], |_| {
        Preferences::new(&Graph::new(vec![], vec![], []).unwrap(), |_| {
            Ranks::default()
        })
    }));
    assert_eq!(
        misfit,
        format!(
            "matcher `liar@7` failed: its preferences are of 0 pairs, the problem has {eligible}"
        )
    );
    // What is unsound is so before anybody asks what is stable.
    assert!(
        refused(Claims(&[0, 0], everybody))
            .ends_with("returned an unsound plan: the plan uses edge `0` twice")
    );
    // The truth goes through, and is said.
    let nobody = Claims(&[], |graph| Preferences::new(graph, |_| Ranks::default()));
    assert_eq!(
        says(nobody).unwrap(),
        format!("0 pairs of {eligible} eligible, total score 0, stable")
    );
    // Whoever claims nothing is not asked.
    assert_eq!(candidates.plan(&Greedy).unwrap().stability, None);
}
