//! "May they be paired?" — a proof, or every reason why not.
//!
//! In come a roster, a policy and a context; out comes an [`EligiblePair`] or the list of [`Violation`]s. Never true
//! inside: a proof for a pair that breaks a core invariant or a rule of the policy that was asked.
//!
//! The core invariants, in the order in which the funnel counts them:
//!
//! | code | holds when |
//! |---|---|
//! | `not-oneself` | two different people |
//! | `sides` | one offered to mentor, the other to be mentored |
//! | `experience-order` | the mentor is the less experienced, by grade, then by months where grades are equal |
//! | `no-hierarchical-link` | neither reaches the other upwards over solid and dotted lines mixed |
//! | `two-way` | each side's offers serve at least one wish of the other, a [default exchange](crate::policy::DefaultExchange) included where one is declared |
//! | `places` | both are enrolled and have a place left on their side, and no pairing of the two is open |
//!
//! # The one exemption
//!
//! In a company that is one tree everybody stands below the chief executive, who could never be a mentee. So a programme may
//! [exempt](crate::program::Program::exempt) *named* mentees from links of three levels or more, with a reason and who
//! approved it on record; [`Context::with_exempt`] hands them to the question, as
//! [`Program::context`](crate::program::Program::context) does. Levels count on the shortest way up from the mentor to the
//! mentee, solid and dotted lines mixed: a direct report is 1, a report's report 2, and both stay forbidden. So does a
//! link the other way round, also where a dotted circle makes it one of both ways.
//! A pair that rests on it says so: [`EligiblePair::exempted`].

mod answer;
mod exemption;
mod reasons;
mod rows;
mod seat;

use std::cmp::Ordering;
use std::sync::Arc;

pub use answer::{EligiblePair, Evidence, Learning, UnknownParticipant, Verdict};
pub use exemption::ExemptionReason;

use crate::pair::{Pair, Role};
use crate::policy::{Context, DefaultExchange, PairView, PluginId, Policy, Violation};
use crate::roster::{Levels, Roster};
pub(crate) use rows::{Lanes, Linked, Losses, RUN, Rows};
use seat::{Numbers, Seat};

/// Names of the core invariants, in order; the rules of the policy follow them.
const CORE: [&str; 6] = [
    "not-oneself",
    "sides",
    "experience-order",
    "no-hierarchical-link",
    "two-way",
    "places",
];
const NOT_ONESELF: usize = 0;
const SIDES: usize = 1;
const EXPERIENCE_ORDER: usize = 2;
const NO_LINK: usize = 3;
const TWO_WAY: usize = 4;
const PLACES: usize = 5;

/// The question "may they be paired?" about one roster, one policy and one context.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::eligibility::{Eligibility, Verdict};
/// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
/// use reverse_mentoring::policy::{Context, Policy};
/// use reverse_mentoring::roster::{Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish};
/// use reverse_mentoring::text::Key;
///
/// let mut ids = SequentialIds::new(1);
/// let mut id = || ParticipantId::from_source(&mut ids);
/// let ada = Participant::new(id(), Key::new("ada")?, Side::Mentor, Experience::grade(2))
///     .with_offers([Offer::new("short video", 4)?])?
///     .with_wishes([Wish::new("budgeting", 0, 3)?])?;
/// let cto = Participant::new(id(), Key::new("cto")?, Side::Mentee, Experience::grade(8))
///     .with_offers([Offer::new("budgeting", 5)?])?
///     .with_wishes([Wish::new("short video", 0, 3)?])?;
/// let lines = ReportingLines::new([Line::root("ceo"), Line::new("cto", "ceo"), Line::new("ada", "cto")])?;
/// let roster = Roster::new([ada, cto], lines)?;
///
/// let (policy, context) = (Policy::standard(), Context::new(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()));
/// let Verdict::Ineligible(reasons) = Eligibility::new(&roster, &policy, &context).check_keys("ada", "cto")? else {
///     panic!("they are boss and staff");
/// };
/// assert_eq!(reasons[0].code(), "no-hierarchical-link");
/// assert_eq!(reasons[0].to_string(), "there is a line of management between them: `ada` → `cto`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Eligibility<'a> {
    roster: &'a Roster,
    policy: &'a Policy,
    context: &'a Context,
    exchange: Option<&'a DefaultExchange>,
    seats: Vec<Seat<'a>>,
    /// How many skills the roster names.
    skills: usize,
    evidence: Arc<Evidence>,
}

impl<'a> Eligibility<'a> {
    /// Prepares the question. Costs in proportion to the participants and their skills.
    #[must_use]
    pub fn new(roster: &'a Roster, policy: &'a Policy, context: &'a Context) -> Self {
        let (seats, skills) = seats(roster, context, None);
        let core = CORE.map(|name| PluginId::new(name, 1));
        let rules = core.into_iter().chain(policy.rules().map(|r| r.id()));
        let evidence = Arc::new(Evidence {
            roster: roster.fingerprint(),
            rules: rules.collect(),
            asked_on: context.today(),
            exchange: None,
        });
        Self {
            roster,
            policy,
            context,
            exchange: None,
            seats,
            skills,
            evidence,
        }
    }

    /// The same question, where an exchange of the programme counts for whoever has stated no offers, or no wishes.
    ///
    /// It makes pairs two-way that would not be; every other invariant and every rule holds as before. Pairs of people
    /// who stated all of their lists get the same answers and scores as without it.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::eligibility::Eligibility;
    /// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
    /// use reverse_mentoring::pair::Role;
    /// use reverse_mentoring::policy::{Context, DefaultExchange, Origin, Policy};
    /// use reverse_mentoring::roster::{Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish};
    /// use reverse_mentoring::text::Key;
    ///
    /// // The first week: nobody has said what they offer or wish.
    /// let mut ids = SequentialIds::new(1);
    /// let mut id = || ParticipantId::from_source(&mut ids);
    /// let ada = Participant::new(id(), Key::new("ada")?, Side::Mentor, Experience::grade(2));
    /// let cfo = Participant::new(id(), Key::new("cfo")?, Side::Mentee, Experience::grade(8));
    /// let roster = Roster::new([ada, cfo], ReportingLines::new(["ada", "cfo"].map(Line::root))?)?;
    /// let (policy, context) = (Policy::standard(), Context::new(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()));
    /// let may = Eligibility::new(&roster, &policy, &context);
    /// assert_eq!(may.check_keys("ada", "cfo")?.violations()[0].code(), "two-way");
    ///
    /// let exchange = DefaultExchange::none()
    ///     .with_offers(Role::Mentee, [Offer::new("business practice", 3)?])?
    ///     .with_wishes(Role::Mentee, [Wish::new("digital tools", 0, 3)?])?
    ///     .with_offers(Role::Mentor, [Offer::new("digital tools", 3)?])?
    ///     .with_wishes(Role::Mentor, [Wish::new("business practice", 0, 2)?])?;
    /// let may = may.with_exchange(&exchange);
    /// let proof = may.check_keys("ada", "cfo")?.eligible().ok_or("they may not")?;
    /// assert_eq!(proof.learning().len(), 2);
    /// assert_eq!(proof.learning()[0].wished_by, Origin::DefaultExchange);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_exchange(mut self, exchange: &'a DefaultExchange) -> Self {
        // One that declares nothing is none.
        self.exchange = Some(exchange).filter(|exchange| !exchange.is_none());
        (self.seats, self.skills) = seats(self.roster, self.context, self.exchange);
        let counts = self.exchange.map(DefaultExchange::fingerprint);
        Arc::make_mut(&mut self.evidence).exchange = counts;
        self
    }

    /// The default exchange that counts, where one was declared.
    #[must_use]
    pub const fn exchange(&self) -> Option<&'a DefaultExchange> {
        self.exchange
    }

    /// The roster that the question is about.
    #[must_use]
    pub const fn roster(&self) -> &'a Roster {
        self.roster
    }

    /// The policy of the question.
    #[must_use]
    pub const fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// The context of the question.
    #[must_use]
    pub const fn context(&self) -> &'a Context {
        self.context
    }

    /// Everything that must consent, core invariants first.
    #[must_use]
    pub fn rules(&self) -> &[PluginId] {
        &self.evidence.rules
    }

    /// May these two be paired?
    ///
    /// # Errors
    ///
    /// [`UnknownParticipant`] where one of the ids is nobody's.
    pub fn check(&self, pair: Pair) -> Result<Verdict, UnknownParticipant> {
        let find = |id| {
            let person = self.roster.participant(id);
            person
                .and_then(|p| self.position(p.key().as_str()))
                .ok_or(UnknownParticipant::Id(id))
        };
        Ok(self.verdict(find(pair.mentor)?, find(pair.mentee)?))
    }

    /// The same by keys.
    ///
    /// # Errors
    ///
    /// [`UnknownParticipant`] where one of the keys is not a participant's.
    pub fn check_keys(&self, mentor: &str, mentee: &str) -> Result<Verdict, UnknownParticipant> {
        let find = |key: &str| {
            self.position(key)
                .ok_or_else(|| UnknownParticipant::Key(key.to_owned()))
        };
        Ok(self.verdict(find(mentor)?, find(mentee)?))
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.seats
            .binary_search_by(|seat| seat.profile.key().as_str().cmp(key))
            .ok()
    }

    fn verdict(&self, mentor: usize, mentee: usize) -> Verdict {
        if let Some(pair) = self.mint(mentor, mentee) {
            return Verdict::Eligible(pair);
        }
        let mut reasons = self.violations(mentor, mentee);
        if reasons.is_empty() {
            // Only a rule that changes its mind gets here. A "no" without a reason would be worse than its own words.
            reasons.push(Violation::new(
                "unsteady-rule",
                "a rule objected, and consented when it was asked why",
            ));
        }
        Verdict::Ineligible(reasons)
    }

    /// Whether somebody, by place in the roster, has offered a role.
    pub(crate) fn offers_role(&self, at: usize, role: Role) -> bool {
        let seat = self.seats.get(at);
        seat.is_some_and(|seat| seat.profile.side().includes(role))
    }

    /// Places left to somebody in a role: none unless they offered it.
    pub(crate) fn places_left(&self, at: usize, role: Role) -> u32 {
        self.seats.get(at).map_or(0, |seat| {
            seat.places(role)
                .saturating_sub(self.context.open(seat.profile.id(), role))
        })
    }

    /// Seniority as a number, by place in the roster.
    pub(crate) fn rank(&self, at: usize) -> u32 {
        self.seats.get(at).map_or(0, |seat| seat.rank)
    }

    /// Two participants, by place in the roster, as plug-ins see them.
    pub(crate) fn view(&self, mentor: usize, mentee: usize) -> Option<PairView<'_>> {
        let (mentor, mentee) = (self.seats.get(mentor)?, self.seats.get(mentee)?);
        Some(self.view_of(mentor, mentee))
    }

    fn view_of<'s>(&'s self, mentor: &'s Seat<'a>, mentee: &'s Seat<'a>) -> PairView<'s> {
        PairView {
            mentor: mentor.profile,
            mentee: mentee.profile,
            mentor_at: mentor.at,
            mentee_at: mentee.at,
            lines: self.roster.lines(),
            filled: [mentor.filled(Role::Mentor), mentee.filled(Role::Mentee)],
        }
    }

    /// The place in [`rules`](Self::rules) of the first rule that objects; `None` for an eligible pair.
    pub(crate) fn first_objection(&self, mentor: usize, mentee: usize) -> Option<usize> {
        if mentor == mentee {
            return Some(NOT_ONESELF);
        }
        let (Some(a), Some(b)) = (self.seats.get(mentor), self.seats.get(mentee)) else {
            return Some(SIDES);
        };
        if !(a.profile.side().includes(Role::Mentor) && b.profile.side().includes(Role::Mentee)) {
            return Some(SIDES);
        }
        if a.profile.experience().order(b.profile.experience()) != Some(Ordering::Less) {
            return Some(EXPERIENCE_ORDER);
        }
        if self.roster.lines().linked(a.at, b.at) && !self.exempts(a, b) {
            return Some(NO_LINK);
        }
        if !a.two_way(b) {
            return Some(TWO_WAY);
        }
        let ([free, _], [_, wanted]) = (a.free, b.free);
        let view = self.view_of(a, b);
        if !(free && wanted) || self.context.is_open(view.pair()) {
            return Some(PLACES);
        }
        let objection = |rule: &dyn crate::policy::Rule| rule.check(&view, self.context).is_err();
        let policy = self.policy.rules().position(objection)?;
        Some(CORE.len() + policy)
    }

    /// The proof, if nothing objects.
    pub(crate) fn mint(&self, mentor: usize, mentee: usize) -> Option<EligiblePair> {
        if self.first_objection(mentor, mentee).is_some() {
            return None;
        }
        let view = self.view(mentor, mentee)?;
        let (a, b) = (self.seats.get(mentor)?, self.seats.get(mentee)?);
        let mut learning = Vec::new();
        for learner in [Role::Mentee, Role::Mentor] {
            learning.extend(reasons::learning_of(&view, learner));
        }
        Some(EligiblePair {
            pair: view.pair(),
            learning: learning.into(),
            places: [a.places(Role::Mentor), b.places(Role::Mentee)],
            exempted: self.exempted(a, b),
            evidence: Arc::clone(&self.evidence),
        })
    }

    /// Whether a link between the two is one that the mentee is exempted from.
    fn exempts(&self, mentor: &Seat<'_>, mentee: &Seat<'_>) -> bool {
        self.context.is_exempt(mentee.profile.id())
            && self.roster.lines().is_far_above(mentee.at, mentor.at)
    }

    /// Over how many levels they are, of a pair to which nothing objects.
    fn exempted(&self, mentor: &Seat<'_>, mentee: &Seat<'_>) -> Option<Levels> {
        let exempts = self.exempts(mentor, mentee);
        let levels = || self.roster.lines().far_above(mentee.at, mentor.at);
        exempts.then(levels).flatten()
    }

    /// Everything that stands against a pair, in the order of [`rules`](Self::rules).
    fn violations(&self, mentor: usize, mentee: usize) -> Vec<Violation> {
        let Some(view) = self.view(mentor, mentee) else {
            return Vec::new();
        };
        let core = reasons::core(&view, self.context);
        let policy = self.policy.rules();
        let policy = policy.filter_map(|rule| rule.check(&view, self.context).err());
        core.into_iter().chain(policy).collect()
    }
}

/// Everybody who takes part, by key, and how many skills are named.
fn seats<'a>(
    roster: &'a Roster,
    context: &Context,
    exchange: Option<&DefaultExchange>,
) -> (Vec<Seat<'a>>, usize) {
    let mut numbers = Numbers::default();
    let seats = roster.seats();
    let seats = seats.map(|(p, at)| Seat::new(p, at, context, exchange, &mut numbers));
    let mut seats: Vec<_> = seats.collect();
    seat::rank(&mut seats);
    (seats, numbers.skills())
}
