//! Questions about plans under conditions and a default exchange, worked out by hand, in their words.

use std::num::NonZeroU16;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::matching::{
    Candidates, Conditions, Criteria, KeptPair, MatchPlan, Optimal, Pin, QuestionError, Questions,
    RankedChoice, Search,
};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::policy::{
    Context, DefaultExchange, MentorChoice, MentorChoices, MinimumGap, Policy,
};
use reverse_mentoring::roster::{
    Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Skill, Wish,
};
use reverse_mentoring::text::Key;

type Levels<'a> = &'a [(&'a str, u8)];

/// Key, side, grade, offers, wishes from level 0.
type Row<'a> = (&'a str, Side, i32, Levels<'a>, Levels<'a>);

fn offers(levels: Levels<'_>) -> impl Iterator<Item = Offer> {
    levels
        .iter()
        .map(|(skill, level)| Offer::new(skill, *level).unwrap())
}

fn wishes(levels: Levels<'_>) -> impl Iterator<Item = Wish> {
    levels
        .iter()
        .map(|(skill, to)| Wish::new(skill, 0, *to).unwrap())
}

fn roster(rows: &[Row<'_>]) -> Roster {
    let mut ids = SequentialIds::new(1);
    let people = rows.iter().map(|(key, side, grade, teaches, learns)| {
        let id = ParticipantId::from_source(&mut ids);
        let key = Key::new(*key).unwrap();
        Participant::new(id, key, *side, Experience::grade(*grade))
            .with_offers(offers(teaches))
            .unwrap()
            .with_wishes(wishes(learns))
            .unwrap()
    });
    let lines = ReportingLines::new(rows.iter().map(|(key, ..)| Line::root(*key))).unwrap();
    Roster::new(people.collect::<Vec<_>>(), lines).unwrap()
}

fn pin(mentor: &str, mentee: &str) -> Pin {
    let [mentor, mentee] = [mentor, mentee].map(|key| Key::new(key).unwrap());
    Pin {
        mentor,
        mentee,
        line: None,
    }
}

/// A company, and how its plan is made.
struct Case<'a> {
    roster: Roster,
    policy: Policy,
    exchange: DefaultExchange,
    criteria: Criteria,
    conditions: Conditions,
    /// A skill that no answer names.
    sensitive: &'a str,
}

impl Case<'_> {
    fn of(rows: &[Row<'_>]) -> Self {
        Self {
            roster: roster(rows),
            policy: Policy::core_only(),
            exchange: DefaultExchange::none(),
            criteria: Criteria::standard(),
            conditions: Conditions::none(),
            sensitive: "nothing",
        }
    }

    fn pair(&self, mentor: &str, mentee: &str) -> Pair {
        let [mentor, mentee] = [mentor, mentee].map(|key| self.roster.by_key(key).unwrap().id());
        Pair { mentor, mentee }
    }

    /// The first choice of a mentee decides between equals.
    fn chosen_first(mut self, mentor: &str, mentee: &str) -> Self {
        let pair = self.pair(mentor, mentee);
        let rank = NonZeroU16::MIN;
        let choices = MentorChoices::new([MentorChoice { pair, rank }]).unwrap();
        let by = Criteria::none().with(RankedChoice::of(choices), 1).unwrap();
        self.conditions = self.conditions.with_tie_break(by);
        self
    }

    fn with<T>(&self, ask: impl FnOnce(&Candidates<'_>, &MatchPlan) -> T) -> T {
        let context = Context::new(super::oracle::today());
        let may = Eligibility::new(&self.roster, &self.policy, &context);
        let may = may.with_exchange(&self.exchange);
        let candidates = Candidates::collect(&may, &self.criteria).unwrap();
        let plan = candidates.plan_under(&self.conditions, &Optimal::most_pairs());
        ask(&candidates, &plan.unwrap())
    }

    fn counterfactuals(&self, key: &str, role: Role) -> String {
        self.with(|candidates, plan| {
            let (conditions, matcher) = (&self.conditions, Optimal::most_pairs());
            let search = Search::default().with_sensitive([Skill::new(self.sensitive).unwrap()]);
            let what =
                candidates.counterfactuals_under(conditions, plan, &matcher, key, role, &search);
            what.unwrap().to_string()
        })
    }

    fn questions<T>(&self, ask: impl FnOnce(Questions<'_, '_>) -> T) -> T {
        self.with(|candidates, plan| {
            ask(candidates.questions_under(&self.conditions, plan).unwrap())
        })
    }
}

/// Ada and bo would both teach the cfo; ada can teach more.
const TWO_FOR_ONE: [Row<'_>; 3] = [
    ("ada", Side::Mentor, 2, &[("video", 4)], &[("budgets", 2)]),
    ("bo", Side::Mentor, 2, &[("video", 2)], &[("budgets", 2)]),
    ("cfo", Side::Mentee, 8, &[("budgets", 4)], &[("video", 4)]),
];

#[test]
fn what_breaks_ties_can_be_what_helps() {
    // As good as ada is not enough for bo, unless the cfo would choose him.
    let newcomer = "- one more mentee (grade 8, no line of management between the two) who offers `budgets` at level 2 \
                    and wishes to learn `video` from level 0 to level 2 (2 pairs in all instead of 1)";
    let case = Case::of(&TWO_FOR_ONE);
    assert_eq!(
        case.counterfactuals("bo", Role::Mentor),
        format!("`bo` would have a pairing as mentor with\n{newcomer}")
    );
    let case = case.chosen_first("bo", "cfo");
    assert_eq!(
        case.counterfactuals("bo", Role::Mentor),
        format!(
            "`bo` would have a pairing as mentor with\n\
             - the offer of `video` at level 4 instead of 2 (1 pair in all, as now)\n{newcomer}"
        )
    );
}

#[test]
fn a_change_can_make_a_pin_hold() {
    let mut rows = TWO_FOR_ONE;
    rows[1].2 = 6;
    let mut case = Case::of(&rows);
    case.policy = Policy::core_only().with(MinimumGap::of_grades(3));
    let changed = "- a minimum gap of 2 grades instead of 3 grades (1 pair in all, as now)";
    assert!(!case.counterfactuals("bo", Role::Mentor).contains(changed));
    case.conditions = Conditions::none().with_pins([pin("bo", "cfo")]);
    assert!(case.counterfactuals("bo", Role::Mentor).contains(changed));
}

/// What the programme takes for granted.
fn exchange() -> DefaultExchange {
    let exchange = DefaultExchange::none();
    let exchange = exchange.with_offers(Role::Mentor, offers(&[("digital tools", 3)]));
    let exchange = exchange
        .unwrap()
        .with_wishes(Role::Mentor, wishes(&[("business practice", 2)]));
    let exchange = exchange
        .unwrap()
        .with_offers(Role::Mentee, offers(&[("business practice", 3)]));
    let exchange = exchange
        .unwrap()
        .with_wishes(Role::Mentee, wishes(&[("digital tools", 3), ("video", 2)]));
    exchange.unwrap()
}

#[test]
fn a_first_week_in_which_nobody_has_said_anything() {
    let mut case = Case::of(&[
        ("ada", Side::Mentor, 2, &[], &[]),
        ("bo", Side::Mentor, 2, &[], &[]),
        ("cfo", Side::Mentee, 8, &[], &[]),
        // Eva wants welding and nothing else.
        ("eva", Side::Mentee, 8, &[], &[("welding", 2)]),
    ]);
    case.exchange = exchange();
    // Bo is as good as ada, so he is left over by his key: a second senior who has said nothing would take him.
    assert_eq!(
        case.counterfactuals("bo", Role::Mentor),
        "`bo` would have a pairing as mentor with\n\
         - an offer instead of the default ones: `welding` at level 1 (2 pairs in all instead of 1)\n\
         - one more mentee (grade 8, no line of management between the two) who offers `business practice` at level 2 \
         and wishes to learn `digital tools` from level 0 to level 3 (2 pairs in all instead of 1)"
    );
    assert_eq!(
        case.counterfactuals("eva", Role::Mentee),
        "`eva` would have a pairing as mentee with\n\
         - one wish more: `digital tools`, from level 0 to level 1 (2 pairs in all instead of 1)\n\
         - one more mentor (grade 2, no line of management between the two) who offers `welding` at level 2 \
         and wishes to learn `business practice` from level 0 to level 3 (2 pairs in all instead of 1)"
    );
    // What is sensitive is so by default, too.
    case.sensitive = "business practice";
    assert_eq!(
        case.counterfactuals("eva", Role::Mentee),
        "`eva` would have a pairing as mentee with\n\
         - one wish more: `digital tools`, from level 0 to level 1 (2 pairs in all instead of 1)"
    );
}

#[test]
fn an_offer_that_takes_a_default_wish_away_can_be_too_high() {
    // Gil's default wish for video, up to level 2, is what ada can teach him; she wishes to learn some video herself.
    let mut case = Case::of(&[
        ("ada", Side::Mentor, 2, &[("video", 3)], &[("drawing", 1)]),
        ("gil", Side::Mentee, 8, &[("law", 3)], &[]),
    ]);
    case.exchange = exchange();
    let said = case.counterfactuals("gil", Role::Mentee);
    assert!(
        said.contains("- one offer more: `drawing` at level 1"),
        "{said}"
    );
    let mut ada = case.roster.by_key("ada").unwrap().clone();
    ada = ada.with_wishes(wishes(&[("video", 1)])).unwrap();
    let gil = case.roster.by_key("gil").unwrap().clone();
    let lines = ReportingLines::new(["ada", "gil"].map(Line::root)).unwrap();
    case.roster = Roster::new([ada, gil], lines).unwrap();
    // At level 2 and above he would have nothing to learn of it.
    let said = case.counterfactuals("gil", Role::Mentee);
    assert!(
        said.contains("- one offer more: `video` at level 1"),
        "{said}"
    );
}

#[test]
fn pins_and_ties_in_words() {
    let mut case = Case::of(&TWO_FOR_ONE);
    case.conditions = Conditions::none().with_pins([pin("bo", "cfo")]);
    case.questions(|questions| {
        let said = |mentor| questions.explain(mentor, "cfo").unwrap().to_string();
        assert_eq!(
            said("bo"),
            "`bo` and `cfo` are a pair of the plan by a pin, 2000 points: mentee-learns 500, mentor-learns 1000, both-learn 500, \
             different-unit 0.\n\
             Forbidding this pair would gain 1000 points. 1 person would be left out, 1 person would find a partner."
        );
        assert_eq!(
            said("ada"),
            "`ada` and `cfo` may be paired (3000 points: mentee-learns 1000, mentor-learns 1000, \
             both-learn 1000, different-unit 0), but are not a pair of this plan.\n\
             Pins take all places of the mentee."
        );
        let refused = questions.insist("ada", "cfo").unwrap_err();
        assert_eq!(refused.to_string(), "pins take all places of the mentee");
        let insisted = questions.insist("bo", "cfo").unwrap();
        assert!(insisted.already);
        let already = "Insisting on this pair would change nothing: it is in the plan.";
        assert_eq!(insisted.to_string(), already);
        let forbidden = questions.forbid("ada", "cfo").unwrap();
        assert!(forbidden.already);
        let already = "Forbidding this pair would change nothing: it is not in the plan.";
        assert_eq!(forbidden.to_string(), already);
        assert!(!questions.forbid("bo", "cfo").unwrap().already);
    });
    // Between equals.
    let mut rows = TWO_FOR_ONE;
    rows[1].3 = rows[0].3;
    let case = Case::of(&rows).chosen_first("bo", "cfo");
    case.questions(|questions| {
        let said = questions.explain("ada", "cfo").unwrap().to_string();
        let last = "Insisting on this pair would lose 500 points of what breaks ties, and nothing else. \
                    1 other pair would be parted, 1 person would be left out, 1 person would find a partner.";
        assert_eq!(said.lines().last(), Some(last));
        let partners = questions.partners("cfo", Role::Mentee).unwrap();
        let last = "Insisting on this pair would cost nothing but points of what breaks ties, if any.";
        assert_eq!(partners[0].to_string().lines().last(), Some(last));
    });
}

#[test]
fn plans_of_other_questions_and_conditions() {
    let rows = TWO_FOR_ONE;
    let case = Case::of(&rows).chosen_first("bo", "cfo");
    case.with(|candidates, plan| {
        let asked = |conditions: &Conditions, plan: &MatchPlan| {
            candidates.questions_under(conditions, plan).map(drop)
        };
        assert_eq!(asked(&case.conditions, plan), Ok(()));
        // Another pair, or nothing, decides between equals.
        let kept = KeptPair::of([case.pair("ada", "cfo")]);
        let kept = Criteria::none().with(kept, 1).unwrap();
        for other in [
            Conditions::none().with_tie_break(kept),
            Conditions::none(),
            case.conditions.clone().with_pins([pin("ada", "cfo")]),
            case.conditions.clone().with_pins([pin("ada", "bo")]),
        ] {
            assert_eq!(asked(&other, plan), Err(QuestionError::OtherConditions));
        }
        let mut foreign = plan.clone();
        foreign.exchange = Some(exchange());
        assert_eq!(
            asked(&case.conditions, &foreign),
            Err(QuestionError::ForeignPlan)
        );
    });
}
