//! What pulses say, as exact ratios before and after.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::metric::Ratio;
use crate::pair::Role;
use crate::privacy::Cell;
use crate::pulse::{PulseBook, Tally};
use crate::text::{Label, shown};

/// A figure at the beginning and now, of the same people. Written as `on`, `people`, `before`, `now` and the `whole` of both,
/// which are exact numbers and no decimals.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(from = "BeforeAfterWire", into = "BeforeAfterWire")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BeforeAfter {
    /// The day of the figure.
    pub on: NaiveDate,
    /// How many people it rests on.
    pub people: u64,
    /// At the beginning.
    pub before: Ratio,
    /// Now.
    pub now: Ratio,
}

impl BeforeAfter {
    /// By how much the part has grown, of the whole that both have. Exact: ratios of one whole differ by their parts.
    ///
    /// ```
    /// use reverse_mentoring::health::PulseReading;
    /// use reverse_mentoring::privacy::Cell;
    ///
    /// fn fades(apprehension: &PulseReading) -> Option<bool> {
    ///     // Favourable answers to it are those of people who are hardly apprehensive.
    ///     apprehension.reading.shown().map(|reading| reading.change() > 0)
    /// }
    /// ```
    #[must_use]
    pub fn change(&self) -> i128 {
        i128::from(self.now.part()) - i128::from(self.before.part())
    }

    /// Between two levels or counts of one whole; `None` where that is the smaller.
    pub(super) fn of(
        on: NaiveDate,
        people: u64,
        [before, now]: [u64; 2],
        whole: u64,
    ) -> Option<Self> {
        Some(Self {
            on,
            people,
            before: Ratio::new(before, whole)?,
            now: Ratio::new(now, whole)?,
        })
    }

    fn of_tally(tally: &Tally) -> Option<Self> {
        let Tally { on, people, .. } = *tally;
        Self::of(on, people, [tally.before, tally.now], people)
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct BeforeAfterWire {
    on: NaiveDate,
    people: u64,
    before: u64,
    now: u64,
    whole: u64,
}

impl Serialize for BeforeAfter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = BeforeAfterWire {
            on: self.on,
            people: self.people,
            before: self.before.part(),
            now: self.now.part(),
            whole: self.now.whole(),
        };
        wire.serialize(serializer)
    }
}

impl fmt::Display for BeforeAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |ratio: Ratio| ratio.percent().unwrap_or_else(|| "no data".to_owned());
        let (before, now) = (percent(self.before), percent(self.now));
        let change = self.change();
        let (people, whole, on) = (self.people, self.now.whole(), self.on);
        write!(
            f,
            "{before} before, {now} now ({change:+} of {whole}), of {people} people, on {on}"
        )
    }
}

/// What one side has answered to one item: favourable answers / people who answered, by the first answer of each and by the
/// latest.
///
/// Favourable is 4 or 5, and 1 or 2 where low is good news; 4 of 5 is Mentorloop's target for an answer. Withheld under the
/// threshold of the book for every reader, coordinators too, and never of a pairing. It moves when
/// [enough people move it](crate::pulse#why-a-sum-waits), so its day may be before the one that was asked about.
///
/// Written with `reading` null where it is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PulseReading {
    /// The item's code.
    pub item: Label,
    /// The statement.
    pub wording: Label,
    /// Who was asked.
    pub side: Role,
    /// The figure, unless it is withheld.
    pub reading: Cell<BeforeAfter>,
}

impl PulseReading {
    /// Of one item and one side on a day; `None` where that side is not asked it.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::health::PulseReading;
    /// use reverse_mentoring::pair::Role;
    /// use reverse_mentoring::privacy::{Cell, Threshold};
    /// use reverse_mentoring::pulse::{Items, PulseBook};
    ///
    /// let book = PulseBook::new(Items::standard(), Threshold::default());
    /// let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    /// let belonging = PulseReading::of(&book, "belonging", Role::Mentor, day).unwrap();
    /// assert_eq!(belonging.reading, Cell::Withheld);
    /// assert_eq!(belonging.to_string(), "belonging of mentors, favourable: withheld");
    /// assert!(PulseReading::of(&book, "belonging", Role::Mentee, day).is_none());
    /// ```
    #[must_use]
    pub fn of(book: &PulseBook, item: &str, side: Role, as_of: NaiveDate) -> Option<Self> {
        let asked = book.items().find(item)?;
        let reading = match book.tally(item, side, as_of)? {
            Cell::Shown(tally) => Cell::Shown(BeforeAfter::of_tally(&tally)?),
            Cell::Withheld => Cell::Withheld,
        };
        Some(Self {
            item: asked.code().clone(),
            wording: asked.wording().clone(),
            side,
            reading,
        })
    }

    /// Of every item and side that is asked, in the order of the book's items, mentors first.
    #[must_use]
    pub fn all(book: &PulseBook, as_of: NaiveDate) -> Vec<Self> {
        let items = book.items().iter();
        let asked = items.flat_map(|item| item.asked().iter().map(move |side| (item, side)));
        asked
            .filter_map(|(item, side)| Self::of(book, item.code().as_str(), side, as_of))
            .collect()
    }
}

pub(super) fn words(reading: &Cell<BeforeAfter>) -> String {
    match reading {
        Cell::Shown(reading) => reading.to_string(),
        Cell::Withheld => "withheld".to_owned(),
    }
}

impl fmt::Display for PulseReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (item, side) = (shown(self.item.as_str()), self.side);
        write!(f, "{item} of {side}s, favourable: {}", words(&self.reading))
    }
}
