//! A programme under way, for what is tried out after its launch.

use chrono::{Days, NaiveDate};

use crate::cadence::Cadence;
use crate::charter::{
    Budget, Charter, CharterDraft, Cohort, CohortDays, Curriculum, Readiness, Sponsor,
};
use crate::error::Error;
use crate::history::ReadModel;
use crate::ids::{CohortId, CoordinatorId, IdSource, PairingId, SponsorId};
use crate::journal::{Entry, Stamp};
use crate::pair::Role;
use crate::pairing::{Area, Preference, Step, Terms};
use crate::program::Program;
use crate::roster::{Hours, Participant, Roster};
use crate::text::Label;

/// A charter to try things out with: ten years from a day on, monthly sessions, 20 hours a month, no rules beside the
/// core invariants. A real one names what the company has decided.
///
/// # Errors
///
/// [`Error::Charter`] for a day within ten years of the end of the calendar.
pub fn charter(starts: NaiveDate, ids: &mut impl IdSource) -> Result<Charter, Error> {
    let (purpose, basics, version) = (
        Label::new("trying things out")?,
        Label::new("basics")?,
        Label::new("1")?,
    );
    Ok(Charter::new(CharterDraft {
        purpose: Some(purpose),
        sponsor: Some(Sponsor::new(SponsorId::from_source(ids))),
        starts: Some(starts),
        ends: starts.checked_add_days(Days::new(3653)),
        curriculum: Some(Curriculum::new(basics, version)),
        budget: Budget::new(Hours::whole(20), Hours::whole(2), Hours::whole(1)).ok(),
        cadence: Some(Cadence::MONTHLY),
        policy: Some(Vec::new()),
        approved_by: Some(CoordinatorId::from_source(ids)),
        contact: None,
        chemistry: None,
    })?)
}

/// Enrols everybody with a side in a roster, launches their cohort with the [`charter`] above, and notes that all have
/// finished its curriculum: the three entries.
///
/// For tests and examples of what comes after. In a real programme people enrol themselves.
///
/// # Errors
///
/// What [`charter`] and the verbs refuse.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::prelude::*;
/// use reverse_mentoring::testing::{self, Company};
///
/// let (company, mut ids) = (Company::sample()?, SequentialIds::new(9));
/// let now = Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
/// let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), company.roster(), Load::DEFAULT, now)?;
/// testing::launch(&mut program, company.roster(), now, &mut ids)?;
/// assert_eq!(program.enrolled().count(), company.roster().participants().len());
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
pub fn launch<V: ReadModel>(
    program: &mut Program<V>,
    roster: &Roster,
    stamp: Stamp,
    ids: &mut impl IdSource,
) -> Result<[Entry; 3], Error> {
    let charter = charter(stamp.on, ids)?;
    let days = CohortDays::between(charter.starts(), charter.ends())?;
    let cohort = Cohort::new(CohortId::from_source(ids), days);
    let people = || roster.participants().iter().map(Participant::id);
    let answers = people().map(|person| (person, Readiness::confirmed()));
    let training = charter.curriculum().training();
    Ok([
        program.enrol(cohort.id(), answers, stamp)?,
        program.launch(charter, cohort, stamp)?,
        program.trained(training, people(), stamp)?,
    ])
}

/// Takes a proposed pairing to the first day of its chemistry period, all on one day: both accept, say what they bring into
/// the agreement and sign it.
///
/// For tests and examples of what comes after, as [`launch`].
///
/// # Errors
///
/// What the verbs refuse.
pub fn begin<V: ReadModel>(
    program: &mut Program<V>,
    pairing: PairingId,
    stamp: Stamp,
) -> Result<Vec<Entry>, Error> {
    let roles = [Role::Mentor, Role::Mentee];
    let mut entries = Vec::new();
    for by in roles {
        entries.push(program.advance(pairing, Step::Accept { by }, stamp)?);
    }
    entries.push(program.advance(pairing, Step::Prepare, stamp)?);
    for by in roles {
        let terms = Terms::new([Preference::Video], [Area::Experience])?;
        entries.push(program.state(pairing, by, terms, stamp)?);
    }
    for by in roles {
        entries.push(program.advance(pairing, Step::Sign { by }, stamp)?);
    }
    entries.push(program.advance(pairing, Step::Begin, stamp)?);
    Ok(entries)
}
