//! What a gate is stored as, so that a long journal need not be replayed.

mod adopted;
pub(super) mod goals;
pub(super) mod sessions;
mod stage;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub(super) use adopted::AdoptedRecord;

use goals::GoalsRecord;
use sessions::{PlannedRecord, SessionRecord};
use stage::StageRecord;

use super::Program;
use super::cohorts::Cohorts;
use super::exemption::Exemption;
use super::state::{Gate, Held};
use crate::cadence::Cadence;
use crate::charter::{Charter, CohortDays, Training};
use crate::history::ReadModel;
use crate::ids::{CohortId, PairingId, ParticipantId, ProgramId, SessionId};
use crate::journal::{Places, WIRE_VERSION};
use crate::pair::{Pair, Role};
use crate::pairing::{Agreement, Occasion};
use crate::roster::{Levels, Load, RosterFingerprint};

/// The state of a gate at a place in its journal: the same as [`restore`](Program::restore) brings back.
///
/// As large as the roster's participants, the open pairings and those that ended less than
/// [`RECORD_OPEN_DAYS`](super::RECORD_OPEN_DAYS) before. No people: ids, dates, numbers, codes and the names of skills, as
/// in the journal. One that has been read is a claim; `restore` judges it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProgramRecord {
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = WIRE_VERSION)))]
    pub(super) version: u16,
    pub(super) program: ProgramId,
    pub(super) roster: RosterFingerprint,
    pub(super) load: Load,
    pub(super) opened_on: NaiveDate,
    /// How many entries it stands on.
    pub(super) entries: u64,
    pub(super) recorded_at: DateTime<Utc>,
    /// The version in which the journal goes on, where it is not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) newer: Option<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) exemptions: Vec<Exemption>,
    pub(super) people: Vec<Places>,
    /// The cohort that was launched last.
    pub(super) latest: Option<CohortId>,
    pub(super) cohorts: Vec<CohortRecord>,
    pub(super) enrolled: Vec<EnrolmentRecord>,
    pub(super) trained: Vec<TrainingRecord>,
    pub(super) pairings: Vec<PairingRecord>,
    /// Those that were made elsewhere and are not regularised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) adopted: Vec<AdoptedRecord>,
    pub(super) celebrated: Vec<CelebrationRecord>,
}

impl ProgramRecord {
    /// Of which programme.
    #[must_use]
    pub const fn program(&self) -> ProgramId {
        self.program
    }

    /// The version of its format.
    pub(crate) const fn version(&self) -> u16 {
        self.version
    }

    /// The same as if another release had written it.
    pub(crate) const fn in_version(mut self, version: u16) -> Self {
        self.version = version;
        self
    }

    /// How many entries of the journal it stands on: the next one has this number.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.entries
    }
}

/// A cohort, and the days of the milestones that it has come to, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CohortRecord {
    pub(super) id: CohortId,
    pub(super) charter: Option<Charter>,
    pub(super) days: Option<CohortDays>,
    pub(super) reached: Vec<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct EnrolmentRecord {
    pub(super) participant: ParticipantId,
    pub(super) cohort: CohortId,
    pub(super) since: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TrainingRecord {
    pub(super) participant: ParticipantId,
    pub(super) training: Training,
    pub(super) since: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PairingRecord {
    pub(super) id: PairingId,
    pub(super) pair: Pair,
    pub(super) cohort: CohortId,
    pub(super) goals: GoalsRecord,
    pub(super) agreement: Agreement,
    /// When its versions began to hold, the first on the day of the proposal.
    pub(super) versions: Vec<VersionRecord>,
    /// A version that waits for an answer.
    pub(super) offer: Option<OfferRecord>,
    pub(super) roster: RosterFingerprint,
    pub(super) stage: StageRecord,
    pub(super) proposed_on: NaiveDate,
    pub(super) accepted_on: Option<NaiveDate>,
    pub(super) introduced_on: Option<NaiveDate>,
    pub(super) began_on: Option<NaiveDate>,
    pub(super) settled_on: Option<NaiveDate>,
    pub(super) changed_on: NaiveDate,
    pub(super) ended_on: Option<NaiveDate>,
    pub(super) link_gone: bool,
    /// Whether it ran elsewhere before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) adopted: bool,
    pub(super) reviewed: Vec<ReviewRecord>,
    pub(super) holds: Vec<HoldRecord>,
    /// By date, those of one day in the order of recording.
    pub(super) sessions: Vec<SessionRecord>,
    /// By date, those of one day in the order of planning.
    pub(super) planned: Vec<PlannedRecord>,
    /// Session ids that were taken back, sorted.
    pub(super) voided: Vec<SessionId>,
    /// In the order of recording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) far_links: Vec<FarLinkRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct FarLinkRecord {
    pub(super) on: NaiveDate,
    pub(super) levels: Option<Levels>,
}

/// Who agrees that something is told; the pairing may be long over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CelebrationRecord {
    pub(super) pairing: PairingId,
    pub(super) pair: Pair,
    pub(super) occasion: Occasion,
    pub(super) by: BTreeSet<Role>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewRecord {
    pub(super) by: Role,
    pub(super) on: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct VersionRecord {
    pub(super) from: NaiveDate,
    pub(super) cadence: Cadence,
    pub(super) until: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OfferRecord {
    pub(super) by: Role,
    pub(super) agreement: Agreement,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct HoldRecord {
    pub(super) suspended: bool,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

impl Held {
    fn to_record(&self) -> PairingRecord {
        let (pairing, facts) = (&self.pairing, &self.record.facts);
        let voided = self.record.voided.iter();
        let sessions = facts.sessions.iter().filter_map(SessionRecord::of);
        let versions = facts.agreements.iter().map(|version| VersionRecord {
            from: version.from,
            cadence: version.cadence,
            until: version.until,
        });
        let reviewed = facts
            .reviewed
            .iter()
            .map(|(by, on)| ReviewRecord { by: *by, on: *on });
        let planned = facts.planned.iter().map(PlannedRecord::of);
        let holds = facts.holds.iter().map(|hold| HoldRecord {
            suspended: hold.suspended,
            from: hold.from,
            until: hold.until,
        });
        let far_links = facts.far_links.iter();
        let far_links = far_links.map(|&(on, levels)| FarLinkRecord { on, levels });
        PairingRecord {
            id: pairing.id(),
            pair: pairing.pair(),
            cohort: pairing.cohort(),
            goals: GoalsRecord::of(&facts.goals, pairing.goals()),
            agreement: pairing.agreement().clone(),
            versions: versions.collect(),
            offer: self.offer.as_ref().map(|offer| OfferRecord {
                by: offer.by,
                agreement: offer.agreement.clone(),
            }),
            roster: pairing.roster(),
            stage: pairing.stage().into(),
            proposed_on: facts.proposed,
            accepted_on: facts.accepted,
            introduced_on: facts.introduced,
            began_on: facts.started,
            settled_on: facts.settled,
            changed_on: pairing.changed_on(),
            ended_on: facts.ended.map(|(on, _)| on),
            link_gone: pairing.link_gone(),
            adopted: pairing.is_adopted(),
            reviewed: reviewed.collect(),
            holds: holds.collect(),
            sessions: sessions.collect(),
            planned: planned.collect(),
            voided: voided.copied().collect(),
            far_links: far_links.collect(),
        }
    }
}

impl Cohorts {
    fn to_records(&self) -> Vec<CohortRecord> {
        let known = self.known.iter().map(|(id, known)| CohortRecord {
            id: *id,
            charter: known.charter.clone(),
            days: known.days,
            reached: known.reached.values().copied().collect(),
        });
        known.collect()
    }

    fn enrolments(&self) -> Vec<EnrolmentRecord> {
        let enrolled = self.enrolled.iter().map(|(who, theirs)| EnrolmentRecord {
            participant: *who,
            cohort: theirs.cohort,
            since: theirs.since,
        });
        enrolled.collect()
    }

    fn trainings(&self) -> Vec<TrainingRecord> {
        let trained = self.trained.iter().flat_map(|(who, trained)| {
            trained.iter().map(|(training, since)| TrainingRecord {
                participant: *who,
                training: training.clone(),
                since,
            })
        });
        trained.collect()
    }
}

impl Gate {
    fn to_record(&self) -> ProgramRecord {
        let pairings = self.open.values().chain(self.over.values());
        let mut pairings: Vec<_> = pairings.map(Held::to_record).collect();
        pairings.sort_by_key(|pairing| pairing.id);
        let adopted = self.adopted.iter();
        let adopted = adopted.map(|(id, adopted)| adopted.to_record(*id));
        let celebrated = self.celebrated.iter();
        let celebrated = celebrated.map(|((pairing, occasion), words)| CelebrationRecord {
            pairing: *pairing,
            pair: words.pair,
            occasion: *occasion,
            by: words.by.clone(),
        });
        ProgramRecord {
            version: WIRE_VERSION,
            program: self.id,
            roster: self.roster,
            load: self.load,
            // Both are known from the opening on.
            opened_on: self.opened_on.unwrap_or_default(),
            entries: self.next,
            recorded_at: self.recorded_at.unwrap_or_default(),
            newer: self.newer,
            people: self.people.values().copied().collect(),
            exemptions: self.exempted.values().copied().collect(),
            latest: self.cohorts.latest,
            cohorts: self.cohorts.to_records(),
            enrolled: self.cohorts.enrolments(),
            trained: self.cohorts.trainings(),
            pairings,
            adopted: adopted.collect(),
            celebrated: celebrated.collect(),
        }
    }
}

impl<V: ReadModel> Program<V> {
    /// The state of the gate, to be stored.
    ///
    /// ```
    /// use reverse_mentoring::prelude::*;
    /// use reverse_mentoring::program::ProgramRecord;
    /// # use chrono::NaiveDate;
    /// # use reverse_mentoring::testing::Company;
    /// # let company = Company::sample()?;
    /// # let mut ids = SequentialIds::new(9);
    /// # let start = Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    /// # let (program, _) = Program::open(ProgramId::from_source(&mut ids), company.roster(), Load::default(), start)?;
    /// let stored = serde_json::to_string(&program.to_record())?;
    ///
    /// // Later: the gate alone, without the journal up to there.
    /// let record: ProgramRecord = serde_json::from_str(&stored)?;
    /// let gate = Program::restore(&record)?;
    /// assert_eq!(gate.next_sequence(), program.next_sequence());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_record(&self) -> ProgramRecord {
        self.gate.to_record()
    }
}
