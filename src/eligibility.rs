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
//! | `two-way` | each side's offers serve at least one wish of the other |
//! | `places` | both have a place left on their side, and no pairing of the two is open |

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::ParticipantId;
use crate::pair::{Pair, Role};
use crate::policy::{Context, PairView, Parameter, PluginId, Policy, Violation};
use crate::roster::{Level, PersonRef, Profile, Roster, RosterFingerprint, Skill};
use crate::summary::count;
use crate::text::{Key, Quoted};

/// Names of the core invariants, in order; the rules of the policy follow them.
const CORE: [&str; 6] = [
    "not-oneself",
    "sides",
    "experience-order",
    "no-hierarchical-link",
    "two-way",
    "places",
];
pub(crate) const NOT_ONESELF: usize = 0;
pub(crate) const SIDES: usize = 1;
const EXPERIENCE_ORDER: usize = 2;
const NO_LINK: usize = 3;
const TWO_WAY: usize = 4;
const PLACES: usize = 5;

/// What was asked, recorded with every pair that passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The roster as it was.
    pub roster: RosterFingerprint,
    /// The rules that consented, core invariants first.
    pub rules: Vec<PluginId>,
    /// The day of the question.
    pub asked_on: NaiveDate,
}

/// One wish that the other side serves: what one of the two can learn in this pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    /// Who would learn.
    pub learner: Role,
    /// What.
    pub skill: Skill,
    /// The learner's level now.
    pub from: Level,
    /// The level that this teacher can take them to.
    pub to: Level,
    /// The level wished for: `to` or above it.
    pub wished: Level,
}

/// Proof that two people may be paired. Only [`Eligibility`] makes one: there is no constructor and no `Deserialize`.
///
/// ```compile_fail
/// let forged = reverse_mentoring::eligibility::EligiblePair {};
/// ```
///
/// ```compile_fail
/// let forged: reverse_mentoring::eligibility::EligiblePair = serde_json::from_str("{}").unwrap();
/// ```
// INVARIANT (proof): minted by `Eligibility::mint` after every core invariant and rule consented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligiblePair {
    pair: Pair,
    learning: Arc<[Learning]>,
    places: [u32; 2],
    evidence: Arc<Evidence>,
}

impl EligiblePair {
    /// Who.
    #[must_use]
    pub const fn pair(&self) -> Pair {
        self.pair
    }

    /// What each of the two can learn from the other: at least one entry each way, the mentee's first.
    #[must_use]
    pub fn learning(&self) -> &[Learning] {
        &self.learning
    }

    /// Places that the person in a role has in all, open pairings included.
    #[must_use]
    pub const fn places(&self, role: Role) -> u32 {
        let [mentor, mentee] = self.places;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// What was asked.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }
}

/// The answer to "may they be paired?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They may, and this proves it.
    Eligible(EligiblePair),
    /// They may not, for all of these reasons.
    Ineligible(Vec<Violation>),
}

impl Verdict {
    /// The proof, if there is one.
    #[must_use]
    pub fn eligible(self) -> Option<EligiblePair> {
        match self {
            Self::Eligible(pair) => Some(pair),
            Self::Ineligible(_) => None,
        }
    }

    /// The reasons against; empty for an eligible pair.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Eligible(_) => &[],
            Self::Ineligible(violations) => violations,
        }
    }
}

/// The question was about somebody who does not take part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownParticipant {
    /// No participant has this id.
    #[error("no participant has the id {0}")]
    Id(ParticipantId),
    /// No participant has this key.
    #[error("{} is not a participant", Quoted(.0))]
    Key(String),
}

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
    seats: Vec<Seat<'a>>,
    evidence: Arc<Evidence>,
}

/// A participant, prepared for being asked about many times.
#[derive(Debug)]
struct Seat<'a> {
    profile: &'a Profile,
    at: PersonRef,
    /// As mentor, as mentee: in all, before open pairings.
    places: [u32; 2],
    /// Whether a place is left.
    free: [bool; 2],
    offers: Vec<(u32, Level)>,
    wishes: Vec<(u32, Level)>,
    /// A bit per skill number modulo 64: no common bit, no common skill.
    offer_bits: u64,
    wish_bits: u64,
}

impl<'a> Eligibility<'a> {
    /// Prepares the question. Costs in proportion to the participants and their skills.
    #[must_use]
    pub fn new(roster: &'a Roster, policy: &'a Policy, context: &'a Context) -> Self {
        let mut numbers: HashMap<&Skill, u32> = HashMap::new();
        let mut seats = Vec::with_capacity(roster.participants().len());
        for (participant, at) in roster.seats() {
            let profile = participant.profile();
            let mut number = |skill: &'a Skill| {
                let next = numbers.len() as u32;
                *numbers.entry(skill).or_insert(next)
            };
            let mut offers: Vec<_> = profile
                .offers()
                .iter()
                .map(|o| (number(o.skill()), o.level()))
                .collect();
            let mut wishes: Vec<_> = profile
                .wishes()
                .iter()
                .map(|w| (number(w.skill()), w.from()))
                .collect();
            offers.sort_unstable();
            wishes.sort_unstable();
            let bits = |list: &[(u32, Level)]| list.iter().fold(0, |b, (n, _)| b | 1 << (n % 64));
            let roles = [Role::Mentor, Role::Mentee];
            let places = roles.map(|role| profile.places(role, context.load()));
            let free = roles.map(|role| {
                profile.places(role, context.load()) > context.open(profile.id(), role)
            });
            seats.push(Seat {
                profile,
                at,
                places,
                free,
                offer_bits: bits(&offers),
                wish_bits: bits(&wishes),
                offers,
                wishes,
            });
        }
        let core = CORE.map(|name| PluginId::new(name, 1));
        let rules = core.into_iter().chain(policy.rules().map(|r| r.id()));
        let evidence = Arc::new(Evidence {
            roster: roster.fingerprint(),
            rules: rules.collect(),
            asked_on: context.today(),
        });
        Self {
            roster,
            policy,
            context,
            seats,
            evidence,
        }
    }

    /// The roster that the question is about.
    #[must_use]
    pub const fn roster(&self) -> &'a Roster {
        self.roster
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

    /// Two participants, by place in the roster, as plug-ins see them.
    pub(crate) fn view(&self, mentor: usize, mentee: usize) -> Option<PairView<'a>> {
        let (mentor, mentee) = (self.seats.get(mentor)?, self.seats.get(mentee)?);
        Some(self.view_of(mentor, mentee))
    }

    fn view_of(&self, mentor: &Seat<'a>, mentee: &Seat<'a>) -> PairView<'a> {
        PairView {
            mentor: mentor.profile,
            mentee: mentee.profile,
            mentor_at: mentor.at,
            mentee_at: mentee.at,
            lines: self.roster.lines(),
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
        if self.roster.lines().linked(a.at, b.at) {
            return Some(NO_LINK);
        }
        if !(a.serves(b) && b.serves(a)) {
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
            learning.extend(learning_of(&view, learner));
        }
        Some(EligiblePair {
            pair: view.pair(),
            learning: learning.into(),
            places: [a.places(Role::Mentor), b.places(Role::Mentee)],
            evidence: Arc::clone(&self.evidence),
        })
    }

    /// Everything that stands against a pair, in the order of [`rules`](Self::rules).
    fn violations(&self, mentor: usize, mentee: usize) -> Vec<Violation> {
        let (Some(view), Some(a), Some(b)) = (
            self.view(mentor, mentee),
            self.seats.get(mentor),
            self.seats.get(mentee),
        ) else {
            return Vec::new();
        };
        let core = [
            (mentor == mentee).then(not_oneself),
            sides(&view),
            experience_order(&view),
            hierarchical_link(&view),
            two_way(a.serves(b), b.serves(a)),
            self.no_place(a, b),
        ];
        let policy = self.policy.rules();
        let policy = policy.filter_map(|rule| rule.check(&view, self.context).err());
        core.into_iter().flatten().chain(policy).collect()
    }

    fn no_place(&self, mentor: &Seat<'_>, mentee: &Seat<'_>) -> Option<Violation> {
        let seats = [
            (Role::Mentor, mentor, "mentor_open", "mentor_places"),
            (Role::Mentee, mentee, "mentee_open", "mentee_places"),
        ];
        let (mut full, mut numbers) = (Vec::new(), Vec::new());
        for (role, seat, open_name, places_name) in seats {
            let open = self.context.open(seat.profile.id(), role);
            let places = seat.places(role);
            if seat.profile.side().includes(role) && places <= open {
                let (has, of) = (count(open, "open pairing"), count(places, "place"));
                full.push(format!("the {role} has {has} and {of}"));
                numbers.extend([(open_name, open), (places_name, places)]);
            }
        }
        if !full.is_empty() {
            let violation = Violation::new(code(PLACES), full.join(", "));
            let numbers = numbers.into_iter();
            let violation = numbers.fold(violation, |v, (name, n)| v.number(name, n));
            return Some(violation.advise("wait until a pairing ends, or agree on more hours"));
        }
        self.context
            .is_open(self.view_of(mentor, mentee).pair())
            .then(|| {
                Violation::new(code(PLACES), "the two have an open pairing")
                    .advise("look for another partner")
            })
    }
}

impl Seat<'_> {
    const fn places(&self, role: Role) -> u32 {
        let [mentor, mentee] = self.places;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// Whether some offer serves a wish of the other.
    fn serves(&self, learner: &Seat<'_>) -> bool {
        if self.offer_bits & learner.wish_bits == 0 {
            return false;
        }
        let mut wishes = learner.wishes.iter().peekable();
        self.offers.iter().any(|(skill, level)| {
            while wishes.next_if(|(wished, _)| wished < skill).is_some() {}
            wishes
                .peek()
                .is_some_and(|(wished, from)| wished == skill && level > from)
        })
    }
}

/// The wishes of one side that the other serves, by skill.
fn learning_of<'a>(pair: &PairView<'a>, learner: Role) -> impl Iterator<Item = Learning> + 'a {
    let offers = pair.profile(learner.other()).offers();
    pair.profile(learner)
        .wishes()
        .iter()
        .filter_map(move |wish| {
            let at = offers
                .binary_search_by(|o| o.skill().cmp(wish.skill()))
                .ok()?;
            let to = wish.served_by(offers.get(at)?)?;
            Some(Learning {
                learner,
                skill: wish.skill().clone(),
                from: wish.from(),
                to,
                wished: wish.to(),
            })
        })
}

fn code(core: usize) -> &'static str {
    CORE.get(core).copied().unwrap_or_default()
}

fn not_oneself() -> Violation {
    Violation::new(code(NOT_ONESELF), "nobody is paired with themselves")
}

fn sides(pair: &PairView<'_>) -> Option<Violation> {
    let wrong: Vec<(Role, &str)> = [Role::Mentor, Role::Mentee]
        .into_iter()
        .map(|role| (role, pair.profile(role).side()))
        .filter(|(role, side)| !side.includes(*role))
        .map(|(role, side)| (role, side.as_str()))
        .collect();
    let said = wrong
        .iter()
        .map(|(role, side)| format!("the {role} offered only the side `{side}`"));
    let said: Vec<String> = said.collect();
    let violation = Violation::new(code(SIDES), said.join(", "));
    let violation = wrong
        .iter()
        .fold(violation, |v, (role, side)| v.text(role.as_str(), *side));
    (!wrong.is_empty()).then(|| violation.advise("ask them whether they take the other side"))
}

fn experience_order(pair: &PairView<'_>) -> Option<Violation> {
    let (junior, senior) = (pair.mentor().experience(), pair.mentee().experience());
    if junior.order(senior) == Some(Ordering::Less) {
        return None;
    }
    let message = format!("the mentor is not the less experienced: {junior} against {senior}");
    let mut violation = Violation::new(code(EXPERIENCE_ORDER), message);
    for (name, value) in [
        ("mentor_grade", junior.as_grade().map(i64::from)),
        ("mentor_months", junior.as_months().map(i64::from)),
        ("mentee_grade", senior.as_grade().map(i64::from)),
        ("mentee_months", senior.as_months().map(i64::from)),
    ] {
        if let Some(value) = value {
            violation = violation.number(name, value);
        }
    }
    Some(
        violation
            .advise("in reverse mentoring the junior teaches: look for a more experienced mentee"),
    )
}

fn hierarchical_link(pair: &PairView<'_>) -> Option<Violation> {
    let lines = pair.lines();
    let (a, b) = (pair.person(Role::Mentor), pair.person(Role::Mentee));
    let path = lines.path_up(a, b).or_else(|| lines.path_up(b, a))?;
    let name = |p: &PersonRef| lines.key(*p).map_or("", Key::as_str);
    let mut chain: Vec<String> = path.iter().map(|p| Quoted(name(p)).to_string()).collect();
    if let Some(hidden) = chain.len().checked_sub(7).filter(|&more| more > 0) {
        // A chain may have any length; a message stays a line. The parameters below are bounded too.
        chain.splice(3..chain.len() - 3, [format!("… {} more …", hidden + 1)]);
    }
    let keys = path.iter().take(64).map(|p| name(p).to_owned()).collect();
    let message = format!(
        "there is a line of management between them: {}",
        chain.join(" → ")
    );
    Some(
        Violation::new(code(NO_LINK), message)
            .number("steps", i64::try_from(path.len()).unwrap_or(i64::MAX) - 1)
            .parameter("path", Parameter::List(keys))
            .advise("look outside the line of management"),
    )
}

fn two_way(mentor_teaches: bool, mentee_teaches: bool) -> Option<Violation> {
    let (who, message) = match (mentor_teaches, mentee_teaches) {
        (true, true) => return None,
        (false, true) => (
            "mentor",
            "the mentor offers nothing that serves a wish of the mentee",
        ),
        (true, false) => (
            "mentee",
            "the mentee offers nothing that serves a wish of the mentor",
        ),
        (false, false) => (
            "both",
            "neither offers anything that serves a wish of the other",
        ),
    };
    Some(
        Violation::new(code(TWO_WAY), message)
            .text("offers_nothing", who)
            .advise("ask both what else they could teach, and what else they want to learn"),
    )
}
