//! The stored form of the answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check::wrong_sums;
use super::item::Better;
use super::series::{Given, Series};
use super::{Answer, Item, Items, PulseBook, Tally};
use crate::ids::{PairingId, ParticipantId};
use crate::pair::Role;
use crate::privacy::{Threshold, ThresholdTooLow};
use crate::text::{Label, Quoted};

/// The version of the stored form that this release writes. It reads every version up to this one.
pub const PULSES_VERSION: u16 = 1;

/// A book of pulses for the host's store, and nothing else: it is written and read by serde, has no field that can be
/// looked at, and an empty `Debug`.
///
/// **The host encrypts it**, as it does the [notebook](crate::notebook::SealedRecord): the bytes that serde writes hold who
/// answered what in clear.
///
/// It holds the sums that were told beside the answers, so that they stand when somebody is forgotten. A backup
/// that is restored has the sums of its day: what is answered then makes other sums than those that were told meanwhile, so
/// a host that restores one does not publish both.
///
/// ```
/// use reverse_mentoring::privacy::Threshold;
/// use reverse_mentoring::pulse::{Items, PulseBook, PulseRecord};
///
/// let book = PulseBook::new(Items::standard(), Threshold::default());
/// let stored: Vec<u8> = serde_json::to_vec(&book.to_record())?; // encrypt this
/// let record: PulseRecord = serde_json::from_slice(&stored)?;
/// let book = PulseBook::from_record(record)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail,E0616
/// # use reverse_mentoring::privacy::Threshold;
/// # use reverse_mentoring::pulse::{Items, PulseBook};
/// let answers = PulseBook::new(Items::standard(), Threshold::default()).to_record().series;
/// ```
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PulseRecord {
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = PULSES_VERSION)))]
    version: u16,
    #[cfg_attr(feature = "schema", schemars(range(min = 3)))]
    threshold: u32,
    items: Vec<Item>,
    series: Vec<SeriesRow>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct SeriesRow {
    item: Label,
    side: Role,
    sums: Vec<SumRow>,
    answers: Vec<AnswerRow>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct SumRow {
    on: NaiveDate,
    people: u64,
    before: u64,
    now: u64,
}

/// Those of one person by day.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct AnswerRow {
    participant: ParticipantId,
    pairing: PairingId,
    on: NaiveDate,
    answer: Answer,
    /// The number of the sum in which it began to count; 0 while it waits.
    sum: u32,
}

impl fmt::Debug for PulseRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PulseRecord(..)")
    }
}

/// One thing that cannot be true of a book of pulses. It repeats no answer and names nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PulseRecordProblem {
    /// Written by a newer release, or by none.
    #[error(
        "version {0} of the pulses is not among those that this release reads, 1 to {PULSES_VERSION}"
    )]
    Version(u16),
    /// It would tell of too few.
    #[error(transparent)]
    Threshold(#[from] ThresholdTooLow),
    /// Two items under one code.
    #[error("there are two items under the code {}", Quoted(.0.as_str()))]
    ItemTwice(Label),
    /// Answers to what is not asked, or not of them.
    #[error("there are answers of the {side} to {}, who is not asked it", Quoted(.item.as_str()))]
    NotAsked {
        /// What.
        item: Label,
        /// Who.
        side: Role,
    },
    /// Answers of one side to one item in two places.
    #[error("the answers of the {side} to {} stand in two places", Quoted(.item.as_str()))]
    SeriesTwice {
        /// What.
        item: Label,
        /// Who.
        side: Role,
    },
    /// Two people in one place.
    #[error("pairing {pairing} has two people as its {side}")]
    TwoPeople {
        /// Which.
        pairing: PairingId,
        /// In which role.
        side: Role,
    },
    /// Somebody's answers are not by day, or not in the order of the sums.
    #[error("answers of the {side} to {} are out of order", Quoted(.item.as_str()))]
    Order {
        /// What.
        item: Label,
        /// Who.
        side: Role,
    },
    /// A sum that does not follow from the one before it and the answers that came in.
    #[error("sum {number} of the {side} for {} is not that of the answers", Quoted(.item.as_str()))]
    Sum {
        /// What.
        item: Label,
        /// Who.
        side: Role,
        /// Which, from 1.
        number: u32,
    },
    /// Answers that count in a sum that is not there, or enough that wait for one.
    #[error("answers of the {side} to {} are without their sum", Quoted(.item.as_str()))]
    NoSum {
        /// What.
        item: Label,
        /// Who.
        side: Role,
    },
}

/// A record that cannot be a book of pulses, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct PulseRecordError(
    /// The problems, in the order of the record.
    pub Vec<PulseRecordProblem>,
);

impl PulseBook {
    /// The book for the host's store.
    #[must_use]
    pub fn to_record(&self) -> PulseRecord {
        let series = self.series.iter().map(|((item, side), series)| {
            let sums = series.sums.iter().map(|sum| SumRow {
                on: sum.on,
                people: sum.people,
                before: sum.before,
                now: sum.now,
            });
            let answers = series.people.iter().flat_map(|(person, theirs)| {
                theirs.iter().map(|given| AnswerRow {
                    participant: *person,
                    pairing: given.pairing,
                    on: given.on,
                    answer: given.answer,
                    sum: given.sum,
                })
            });
            SeriesRow {
                item: item.clone(),
                side: *side,
                sums: sums.collect(),
                answers: answers.collect(),
            }
        });
        PulseRecord {
            version: PULSES_VERSION,
            threshold: self.threshold.pairings(),
            items: self.items.iter().cloned().collect(),
            series: series.collect(),
        }
    }

    /// The book of a record.
    ///
    /// # Errors
    ///
    /// [`PulseRecordError`] with every problem of the record. Of a sum in which people count who are forgotten it is checked
    /// that there can have been such people.
    pub fn from_record(record: PulseRecord) -> Result<Self, PulseRecordError> {
        let mut problems = Vec::new();
        if record.version == 0 || record.version > PULSES_VERSION {
            problems.push(PulseRecordProblem::Version(record.version));
        }
        let threshold = Threshold::new(record.threshold).unwrap_or_else(|error| {
            problems.push(error.into());
            Threshold::default()
        });
        let mut items = Items::none();
        for item in record.items {
            match items.clone().with(item) {
                Ok(more) => items = more,
                Err(twice) => problems.push(PulseRecordProblem::ItemTwice(twice.0)),
            }
        }
        let least = record.threshold.max(1) as usize;
        let mut book = Self::new(items, threshold);
        let mut seats: BTreeMap<(PairingId, Role), ParticipantId> = BTreeMap::new();
        let mut doubtful = BTreeSet::new();
        for row in record.series {
            let (item, side) = (row.item.clone(), row.side);
            for answer in &row.answers {
                let (pairing, person) = (answer.pairing, answer.participant);
                let known = *seats.entry((pairing, side)).or_insert(person);
                if known != person && doubtful.insert((pairing, side)) {
                    problems.push(PulseRecordProblem::TwoPeople { pairing, side });
                }
            }
            let asked = book.items.find(item.as_str());
            match asked.filter(|asked| asked.asked().contains(side)) {
                None => problems.push(PulseRecordProblem::NotAsked {
                    item: item.clone(),
                    side,
                }),
                Some(asked) => {
                    let series = series(row, asked.better(), least, &mut problems);
                    if book.series.insert((item.clone(), side), series).is_some() {
                        problems.push(PulseRecordProblem::SeriesTwice { item, side });
                    }
                }
            }
        }
        if problems.is_empty() {
            Ok(book)
        } else {
            Err(PulseRecordError(problems))
        }
    }
}

fn series(
    row: SeriesRow,
    better: Better,
    least: usize,
    problems: &mut Vec<PulseRecordProblem>,
) -> Series {
    let (item, side) = (row.item, row.side);
    let mut series = Series::default();
    for answer in row.answers {
        let given = Given {
            pairing: answer.pairing,
            on: answer.on,
            answer: answer.answer,
            sum: answer.sum,
        };
        let theirs = series.people.entry(answer.participant).or_default();
        theirs.push(given);
    }
    let order = |given: &Given| (given.sum.wrapping_sub(1), given.on);
    let ordered = |theirs: &Vec<Given>| {
        let by_sum = theirs.is_sorted_by_key(|given| order(given).0);
        by_sum && theirs.is_sorted_by_key(|given| given.on)
    };
    if !series.people.values().all(ordered) {
        let item = item.clone();
        problems.push(PulseRecordProblem::Order { item, side });
    }
    series.sums = row.sums.into_iter().map(Tally::from).collect();
    for number in wrong_sums(&series, better, least) {
        let item = item.clone();
        problems.push(PulseRecordProblem::Sum { item, side, number });
    }
    let (sums, mut astray) = (series.sums.len(), false);
    for (person, theirs) in &series.people {
        astray |= theirs.iter().any(|given| given.sum as usize > sums);
        if theirs.iter().any(|given| given.sum == 0) {
            let is_in = theirs.iter().any(|given| given.sum > 0);
            let waiting = if is_in {
                &mut series.again
            } else {
                &mut series.new
            };
            waiting.insert(*person);
        }
    }
    if astray || series.new.len() >= least || series.again.len() >= least {
        problems.push(PulseRecordProblem::NoSum { item, side });
    }
    series
}

impl From<SumRow> for Tally {
    fn from(row: SumRow) -> Self {
        Self {
            on: row.on,
            people: row.people,
            before: row.before,
            now: row.now,
        }
    }
}
