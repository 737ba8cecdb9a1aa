//! The gate of a record that has been checked.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::history::{AgreementFact, Evidence, Hold, PairingFacts};
use crate::pairing::{GoalsError, Pairing};
use crate::program::adopted::Adopted;
use crate::program::cohorts::Cohorts;
use crate::program::flaws::{PairingProblem, RecordProblem, RestoreError};
use crate::program::record::sessions::{PlannedRecord, SessionRecord};
use crate::program::record::{PairingRecord, ProgramRecord};
use crate::program::state::{Gate, Held, Offer, Record, Words};

impl Gate {
    /// The gate of a record that has been checked.
    pub(super) fn of(record: &ProgramRecord) -> Result<Self, RestoreError> {
        let mut gate = Self::new(record.program, record.roster, record.load);
        gate.opened_on = Some(record.opened_on);
        gate.next = record.entries;
        gate.recorded_at = Some(record.recorded_at);
        gate.newer = record.newer;
        let people = record
            .people
            .iter()
            .map(|person| (person.participant, *person));
        gate.people = Arc::new(people.collect());
        let exempted = record.exemptions.iter();
        gate.exempted = exempted.map(|e| (e.mentee, *e)).collect();
        gate.cohorts = Arc::new(Cohorts::of(record));
        let celebrated = record.celebrated.iter().map(|c| {
            let words = Words {
                pair: c.pair,
                by: c.by.clone(),
            };
            ((c.pairing, c.occasion), words)
        });
        gate.celebrated = celebrated.collect();
        for pairing in &record.pairings {
            let held = Held::of(pairing, &gate.cohorts).map_err(|problem| {
                let (pairing, problem) = (pairing.id, PairingProblem::Goals(problem));
                RestoreError(vec![RecordProblem::Pairing { pairing, problem }])
            })?;
            gate.sessions.extend(held.record.used());
            if let Some((ended, _)) = held.record.facts.ended {
                gate.closing.insert((ended, pairing.id));
                gate.over.insert(pairing.id, held);
            } else {
                gate.take_places(pairing.pair, pairing.id);
                gate.open.insert(pairing.id, held);
            }
            gate.assign(pairing.pair, pairing.id);
        }
        for record in &record.adopted {
            let adopted = Adopted::of(record);
            gate.sessions.extend(adopted.record.used());
            match record.ended {
                Some((ended, _)) => {
                    gate.closing.insert((ended, record.id));
                }
                None => gate.take_places(record.pair, record.id),
            }
            gate.adopted.insert(record.id, adopted);
            gate.assign(record.pair, record.id);
        }
        Ok(gate)
    }
}

impl Held {
    /// Its chemistry period is as the charter of its cohort says.
    fn of(record: &PairingRecord, cohorts: &Cohorts) -> Result<Self, GoalsError> {
        let stage = record.stage.stage();
        let agreements = record.versions.iter().map(|version| AgreementFact {
            from: version.from,
            cadence: version.cadence,
            until: version.until,
        });
        let sessions = record.sessions.iter().map(SessionRecord::fact);
        let planned = record.planned.iter().map(PlannedRecord::fact);
        let holds = record.holds.iter().map(|hold| Hold {
            suspended: hold.suspended,
            from: hold.from,
            until: hold.until,
        });
        let mut facts = PairingFacts {
            pair: record.pair,
            cohort: Some(record.cohort),
            proposed: record.proposed_on,
            accepted: record.accepted_on,
            started: record.began_on,
            latest_step: record.changed_on,
            introduced: record.introduced_on,
            settled: record.settled_on,
            agreements: agreements.collect(),
            reviewed: record.reviewed.iter().map(|r| (r.by, r.on)).collect(),
            offered: record.offer.as_ref().map(|offer| {
                let agreement = &offer.agreement;
                (agreement.cadence(), agreement.planned_end())
            }),
            ended: None,
            holds: holds.collect(),
            sessions: sessions.collect(),
            planned: planned.collect(),
            goals: record.goals.book(record.proposed_on),
            far_links: record.far_links.iter().map(|l| (l.on, l.levels)).collect(),
            findings: Vec::new(),
            missing: Vec::new(),
            evidence: Evidence::default(),
        };
        facts.ended = record.ended_on.map(|on| (on, facts.ending(stage, on)));
        let mut pairing = Pairing::propose(
            record.id,
            record.pair,
            record.cohort,
            record.goals.proposed()?,
            record.agreement.clone(),
            record.roster,
            record.proposed_on,
        );
        let versions = u32::try_from(record.versions.len()).unwrap_or(u32::MAX);
        pairing.agree(record.agreement.clone(), versions, record.proposed_on);
        if let Some(began) = record.began_on {
            pairing.begin(began);
        }
        pairing.enter(stage, record.changed_on);
        pairing.set_link_gone(record.link_gone);
        if let Some(charter) = cohorts.charter_of(record.cohort) {
            pairing.set_chemistry(charter.chemistry());
        }
        if record.adopted {
            pairing.set_adopted();
        }
        pairing.count_held(facts.held(NaiveDate::MAX));
        let offer = record.offer.as_ref().map(|offer| {
            let (by, agreement) = (offer.by, offer.agreement.clone());
            Box::new(Offer { by, agreement })
        });
        Ok(Self {
            pairing,
            offer,
            record: Record {
                voided: record.voided.iter().copied().collect(),
                ..Record::of(facts)
            },
        })
    }
}
