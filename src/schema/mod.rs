//! JSON Schemas of everything that is read and written as JSON: draft 2020-12, one document each.
//!
//! A schema is that of what this release *reads*, for a record that is read, and of what it *writes* for one that is only
//! written ([`Use`]). Ranges, lengths, forms and lists without fields of their own are in it, and a record that refuses
//! unknown fields has a schema that does, too. What relates two values to each other it does not say, such as that a goal
//! rises, that days follow each other, that a skill stands once in a list, or that an entry fits its journal: that is for
//! the reader and the gate. Where readers take more spellings than anybody writes (a day as `2026-1-5`, an id without
//! hyphens, a choice twice), the schema has the one that is written. Lengths of texts are counted there in characters,
//! by the readers in bytes, which are never fewer.
//!
//! ```
//! use reverse_mentoring::schema::schemas;
//!
//! let all = schemas();
//! let entry = all.iter().find(|schema| schema.name == "entry").ok_or("no such schema")?;
//! assert_eq!(entry.id(), "urn:reverse-mentoring:schema:entry:1");
//! let json = serde_json::to_value(entry.document())?;
//! assert_eq!(json["$schema"], "https://json-schema.org/draft/2020-12/schema");
//! assert_eq!(json["required"], serde_json::json!(["version", "sequence", "stamp", "event"]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The example `schemas` writes them all as files.

mod events;
mod tidy;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::charter::CharterDraft;
use crate::dry_run::{DifferenceSummary, PairingForecast, RosterDifference};
use crate::health::{
    BenefitReading, ComparisonRecord, EquityRecord, FigureRow, HealthRecord, HostStatement, Ledger,
    PairingRow, PeriodRecord, PulseReading, SelfAssessmentRecord,
};
use crate::journal::{Entry, WIRE_VERSION};
use crate::matching::{ExchangeRecord, PlanDiffRecord, PlanRecord};
use crate::notebook::{SEALED_VERSION, SealedRecord};
use crate::program::ProgramRecord;
use crate::pulse::{PULSES_VERSION, PulseRecord};
use crate::subject::{Erasure, Export};

/// Whether this release reads a record or only writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Use {
    /// The schema is that of what is read, which is what is written and what is left out there.
    Read,
    /// The schema is that of what is written.
    Written,
}

/// The schema of one record.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordSchema {
    /// The name, in kebab case.
    pub name: &'static str,
    /// The version of the form: of the record's own where it has one, else 1.
    pub version: u16,
    /// Whether the record is read.
    pub used: Use,
    document: Schema,
}

impl RecordSchema {
    fn of<T: JsonSchema>(name: &'static str, version: u16, used: Use) -> Self {
        let settings = SchemaSettings::draft2020_12().with_transform(tidy::say);
        let settings = match used {
            Use::Read => settings.for_deserialize(),
            Use::Written => settings.for_serialize(),
        };
        let mut document = settings.into_generator().into_root_schema_for::<T>();
        document.insert("$id".to_owned(), id(name, version).into());
        Self {
            name,
            version,
            used,
            document,
        }
    }

    /// The `$id`: `urn:reverse-mentoring:schema:`, the name, `:` and the version.
    #[must_use]
    pub fn id(&self) -> String {
        id(self.name, self.version)
    }

    /// The schema, to be serialised.
    #[must_use]
    pub const fn document(&self) -> &Schema {
        &self.document
    }
}

fn id(name: &str, version: u16) -> String {
    format!("urn:reverse-mentoring:schema:{name}:{version}")
}

/// Every schema, by name.
#[must_use]
pub fn schemas() -> Vec<RecordSchema> {
    let (read, written) = (Use::Read, Use::Written);
    let mut all = vec![
        RecordSchema::of::<BenefitReading>("benefit-reading", 1, written),
        RecordSchema::of::<CharterDraft>("charter-draft", 1, read),
        RecordSchema::of::<ComparisonRecord>("comparison", 1, written),
        RecordSchema::of::<ExchangeRecord>("default-exchange", 1, written),
        RecordSchema::of::<Entry>("entry", WIRE_VERSION, read),
        RecordSchema::of::<events::EntryEvent>("entry-event", WIRE_VERSION, read),
        RecordSchema::of::<EquityRecord>("equity", 1, written),
        RecordSchema::of::<Erasure>("erasure", 1, read),
        RecordSchema::of::<Export>("export", 1, written),
        RecordSchema::of::<events::FigureEvent>("figure-event", 1, read),
        RecordSchema::of::<FigureRow>("figure-row", 1, read),
        RecordSchema::of::<HostStatement>("host-statement", 1, read),
        RecordSchema::of::<HealthRecord>("health", 1, written),
        RecordSchema::of::<Ledger>("ledger", 1, read),
        RecordSchema::of::<SealedRecord>("notebook", SEALED_VERSION, read),
        RecordSchema::of::<PairingRow>("pairing-row", 1, read),
        RecordSchema::of::<PeriodRecord>("period", 1, written),
        RecordSchema::of::<PlanRecord>("plan", 1, written),
        RecordSchema::of::<PlanDiffRecord>("plan-diff", 1, written),
        RecordSchema::of::<ProgramRecord>("program", WIRE_VERSION, read),
        RecordSchema::of::<PairingForecast>("pairing-forecast", 1, written),
        RecordSchema::of::<PulseReading>("pulse-reading", 1, written),
        RecordSchema::of::<PulseRecord>("pulses", PULSES_VERSION, read),
        RecordSchema::of::<RosterDifference>("roster-difference", 1, written),
        RecordSchema::of::<DifferenceSummary>("roster-difference-summary", 1, written),
        RecordSchema::of::<SelfAssessmentRecord>("self-assessment", 1, written),
    ];
    #[cfg(feature = "simulation")]
    {
        use crate::simulation::experiment::{Bands, Contrast, Sweep, Tornado};
        all.extend([
            RecordSchema::of::<Bands>("bands", 1, written),
            RecordSchema::of::<Contrast>("contrast", 1, written),
            RecordSchema::of::<Sweep>("sweep", 1, written),
            RecordSchema::of::<Tornado>("tornado", 1, written),
        ]);
    }
    #[cfg(feature = "zones")]
    {
        use crate::zones::{Slot, WorkingHours};
        all.extend([
            RecordSchema::of::<Slot>("slot", 1, read),
            RecordSchema::of::<WorkingHours>("working-hours", 1, read),
        ]);
    }
    all.sort_by_key(|schema| schema.name);
    all
}
