//! What a new roster would do to pairings that run.

use serde::Serialize;

use super::Who;
use crate::history::ReadModel;
use crate::ids::PairingId;
use crate::journal::Event;
use crate::pair::{Pair, Role};
use crate::program::Program;
use crate::roster::{PersonRef, ReportingLines, Roster};

/// What kind of line leads up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// To the manager.
    Solid,
    /// To somebody else to whom one reports as well.
    Dotted,
}

/// One step of a path of management: somebody, and the line by which they report to the one who comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PathStep {
    /// Who.
    pub who: Who,
    /// The line upwards; nothing at the top of the path.
    pub up: Option<LineKind>,
}

/// What becomes of a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Becomes {
    /// A line of management comes between the two, and a programme suspends them.
    Hierarchical {
        /// Who of the two is above the other.
        upper: Role,
        /// A shortest way up over solid and dotted lines, from the lower to the upper of the two.
        path: Vec<PathStep>,
    },
    /// The line of management that held them up is gone.
    Cleared,
    /// One of the two takes part no more, and a programme ends it.
    Ended {
        /// Whether the mentor does.
        mentor_stays: bool,
        /// Whether the mentee does.
        mentee_stays: bool,
    },
}

/// A pairing of which a new roster would make something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PairingForecast {
    /// Which.
    pub pairing: PairingId,
    /// The two.
    pub pair: Pair,
    /// What.
    pub becomes: Becomes,
}

/// What becomes of a programme's pairings under a new roster, by pairing; those that go on as they are not in it.
///
/// Adopted pairings are in it, too; an exemption holds. It is what [`Program::reorganise`](crate::program::Program::reorganise) writes for that roster.
///
/// ```
/// # use reverse_mentoring::{chrono::NaiveDate, ids::*, journal::Stamp, roster::*};
/// use reverse_mentoring::dry_run::forecast;
/// use reverse_mentoring::program::Program;
/// # let lines = ReportingLines::new([Line::root("ceo")])?;
/// # let next = Roster::new(Vec::<Participant>::new(), lines)?;
/// # let day = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
/// # let id = ProgramId::from_source(&mut SequentialIds::new(1));
/// # let (program, _) = Program::open(id, &next, Load::default(), Stamp::midnight(day))?;
/// for pairing in forecast(&program, &next) {
///     println!("{}: {:?}", pairing.pairing, pairing.becomes);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn forecast<V: ReadModel>(program: &Program<V>, next: &Roster) -> Vec<PairingForecast> {
    let Event::Reorganised {
        suspended,
        cleared,
        ended,
        ..
    } = program.reorganisation(next)
    else {
        return Vec::new();
    };
    let of = |pairing: PairingId, becomes: &dyn Fn(Pair) -> Option<Becomes>| {
        let pair = program.pair_of(pairing)?;
        let becomes = becomes(pair)?;
        Some(PairingForecast {
            pairing,
            pair,
            becomes,
        })
    };
    let suspended = suspended
        .into_iter()
        .filter_map(|id| of(id, &|pair| hierarchical(next, pair)));
    let cleared = cleared
        .into_iter()
        .filter_map(|id| of(id, &|_| Some(Becomes::Cleared)));
    let ended = ended
        .into_iter()
        .filter_map(|id| of(id, &|pair| Some(gone(next, pair))));
    let mut found: Vec<PairingForecast> = suspended.chain(cleared).chain(ended).collect();
    found.sort_by_key(|f| f.pairing);
    found
}

/// The same of pairings that run elsewhere: those whose two are linked in the next roster and were not in the previous one, those
/// of whom it is the other way round, and those of whom one takes part no more. In the order in which they come.
///
/// There is no programme to ask, so nothing is known of exemptions.
pub fn forecast_pairs(
    pairs: impl IntoIterator<Item = (PairingId, Pair)>,
    previous: &Roster,
    next: &Roster,
) -> Vec<PairingForecast> {
    let linked = |roster: &Roster, pair: Pair| {
        let (mentor, mentee) = (roster.person(pair.mentor)?, roster.person(pair.mentee)?);
        Some(roster.lines().linked(mentor, mentee))
    };
    let becomes = |pair| match (linked(previous, pair), linked(next, pair)) {
        (_, None) => Some(gone(next, pair)),
        (None | Some(false), Some(true)) => hierarchical(next, pair),
        (Some(true), Some(false)) => Some(Becomes::Cleared),
        _ => None,
    };
    let pairs = pairs.into_iter();
    let found = pairs.filter_map(|(pairing, pair)| {
        let becomes = becomes(pair)?;
        Some(PairingForecast {
            pairing,
            pair,
            becomes,
        })
    });
    found.collect()
}

fn gone(next: &Roster, pair: Pair) -> Becomes {
    Becomes::Ended {
        mentor_stays: next.person(pair.mentor).is_some(),
        mentee_stays: next.person(pair.mentee).is_some(),
    }
}

/// The way up between two who are linked. Where a dotted circle puts each above the other, it is the mentee's.
fn hierarchical(next: &Roster, pair: Pair) -> Option<Becomes> {
    let (mentor, mentee) = (next.person(pair.mentor)?, next.person(pair.mentee)?);
    let lines = next.lines();
    let (upper, path) = match lines.path_up(mentor, mentee) {
        Some(path) => (Role::Mentee, path),
        None => (Role::Mentor, lines.path_up(mentee, mentor)?),
    };
    let ups = path.iter().skip(1).map(Some).chain([None]);
    let steps = path.iter().zip(ups).filter_map(|(person, up)| {
        Some(PathStep {
            who: Who::of(next, *person)?,
            up: up.map(|up| kind(lines, *person, *up)),
        })
    });
    let path = steps.collect();
    Some(Becomes::Hierarchical { upper, path })
}

fn kind(lines: &ReportingLines, person: PersonRef, up: PersonRef) -> LineKind {
    if lines.manager(person) == Some(up) {
        LineKind::Solid
    } else {
        LineKind::Dotted
    }
}
