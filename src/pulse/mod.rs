//! Pulses: short questions to the two of a pairing, and what may be told of the answers.
//!
//! In come [`Answer`]s to the [`Item`]s of a [`Round`], with the [`Member`] who gives them; out come one's own answers,
//! and sums over enough people. Trust, belonging, comfort, apprehension, energy, recognition and whatever a host adds are
//! items of this one mechanism. Never true inside: a way from a coordinator or a sponsor to one answer, or to what somebody has
//! not answered. Nothing of it is in the journal, and no status, note or suggestion about a pairing hangs on it.
//!
//! # Why a sum waits
//!
//! A figure over five people is no protection where another over six can be read beside it, or the same one a day later. So
//! there is one sum for an item and a side, and it moves only when at least as many people move it as a group must have
//! ([`Threshold`], set once, when the book is made): when so many have answered who are in no sum yet, their first answers
//! come in together; when so many of those who are in have answered again, their latest answers come in together. Until
//! then the last sum stands, with its day. No two sums, of whatever days, differ by the answers of fewer people, and since
//! every answer comes in once, no other way of subtracting them isolates fewer. The price: up to one less than the
//! threshold wait on either side.
//!
//! **What nobody can help.** Where all of a group answer alike, their sum says what each has said, to whoever knows who has
//! answered. And who can answer in the name of others can fill up a group: the host asks for the member of the
//! person who is there, and for nobody else's.

mod answer;
mod catalogue;
mod check;
mod item;
mod record;
mod round;
mod series;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

pub use answer::{Answer, NotOneToFive};
pub use item::{Better, Item, ItemTwice, Items, NobodyAsked};
pub use record::{PULSES_VERSION, PulseRecord, PulseRecordError, PulseRecordProblem};
pub use round::{Due, NoInterval, Round, RoundError, RoundProblem, Schedule};
pub use series::Tally;

use crate::ids::{PairingId, ParticipantId};
use crate::pair::{Role, Roles};
use crate::privacy::{Cell, Member, Threshold};
use crate::text::{Label, Quoted};
use series::{Given, Series};

/// Everything that was answered in a programme. One's own answers are read with a [`Member`], all others only as
/// [sums](Self::tally).
///
/// The threshold holds for every reader and for good, because two readings under two thresholds could be subtracted.
/// `Debug` shows nothing, and there is no `Serialize` and no `Clone`; the host stores it as a [`PulseRecord`].
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::pairing::Pairing;
/// use reverse_mentoring::privacy::{Cell, Threshold};
/// use reverse_mentoring::pulse::{Answer, Items, PulseBook, Schedule};
/// use reverse_mentoring::text::Label;
///
/// fn on_day_30(pairing: &Pairing, started: NaiveDate, today: NaiveDate, book: &mut PulseBook) {
///     let me = pairing.member(pairing.pair().mentor).unwrap();
///     let Some(due) = Schedule::DEFAULT.due(started, today) else { return };
///     let round = book.items().round(me.role(), due.number);
///     // Of three statements the mentor answers one, which is fine.
///     let answers = [(Label::new("trust").unwrap(), Answer::new(4).unwrap())];
///     book.answer(&me, &round, today, answers).unwrap();
///     assert_eq!(book.own(&me).next().unwrap().answer, Answer::new(4).unwrap());
///     assert_eq!(book.tally("trust", Role::Mentor, today), Some(Cell::Withheld)); // one answer tells nobody anything
/// }
///
/// let book = PulseBook::new(Items::standard(), Threshold::default());
/// assert_eq!(format!("{book:?}"), "PulseBook(..)");
/// ```
///
/// A coordinator and a sponsor have no way to an answer:
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::CoordinatorId;
/// # use reverse_mentoring::pulse::PulseBook;
/// fn as_a_coordinator(book: &PulseBook, me: CoordinatorId) {
///     book.own(&me);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::privacy::Audience;
/// # use reverse_mentoring::pulse::PulseBook;
/// fn as_a_sponsor(book: &PulseBook) {
///     book.own(&Audience::Sponsor);
/// }
/// ```
///
/// ```compile_fail,E0616
/// # use reverse_mentoring::pulse::PulseBook;
/// fn as_anybody(book: &PulseBook) {
///     for answers in &book.series {}
/// }
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::pulse::PulseBook;
/// fn out(book: &PulseBook) {
///     serde_json::to_string(book);
/// }
/// ```
///
/// Nor is there a copy on which to try what a guessed answer would change:
///
/// ```compile_fail,E0599
/// # use reverse_mentoring::privacy::Threshold;
/// # use reverse_mentoring::pulse::{Items, PulseBook};
/// let book = PulseBook::new(Items::standard(), Threshold::default());
/// let to_try_it_out = book.clone();
/// ```
pub struct PulseBook {
    threshold: Threshold,
    items: Items,
    series: BTreeMap<(Label, Role), Series>,
}

/// One's own answer. `Debug` shows neither it nor the item.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnAnswer<'b> {
    /// In which pairing.
    pub pairing: PairingId,
    /// To which item.
    pub item: &'b Label,
    /// In which role.
    pub side: Role,
    /// On which day.
    pub on: NaiveDate,
    /// What.
    pub answer: Answer,
}

/// Nothing, not even how much there is.
impl fmt::Debug for PulseBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PulseBook(..)")
    }
}

impl fmt::Debug for OwnAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnAnswer(..)")
    }
}

/// What stands against an answer. It repeats no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerProblem {
    /// The round does not ask it.
    #[error("the round does not ask {}", Quoted(.0.as_str()))]
    NotInRound(Label),
    /// The book has no such item, or another one under the code.
    #[error("{} is not among the items of the book", Quoted(.0.as_str()))]
    NotInBook(Label),
    /// The other side is asked.
    #[error("{} is not asked of the {side}", Quoted(.item.as_str()))]
    NotAsked {
        /// What.
        item: Label,
        /// Who answered.
        side: Role,
    },
    /// Two answers to the same.
    #[error("{} is answered twice", Quoted(.0.as_str()))]
    Twice(Label),
    /// Earlier than what they have answered before.
    #[error("an answer of {on} to {} comes after one of {latest}", Quoted(.item.as_str()))]
    Backdated {
        /// What.
        item: Label,
        /// The day of the answer.
        on: NaiveDate,
        /// The day of their latest answer.
        latest: NaiveDate,
    },
}

/// Answers that were not kept, none of them, with everything that stands against it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct AnswersRefused(
    /// In the order of the answers.
    pub Vec<AnswerProblem>,
);

impl PulseBook {
    /// An empty one for these items, of which nothing is told of fewer people than the threshold says.
    #[must_use]
    pub const fn new(items: Items, threshold: Threshold) -> Self {
        Self {
            threshold,
            items,
            series: BTreeMap::new(),
        }
    }

    /// What can be answered.
    #[must_use]
    pub const fn items(&self) -> &Items {
        &self.items
    }

    /// The smallest group of which anything is told.
    #[must_use]
    pub const fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// Adds an item, of the catalogue or of the host.
    ///
    /// # Errors
    ///
    /// [`ItemTwice`] where its code is taken; the book is as before.
    pub fn ask(&mut self, item: Item) -> Result<(), ItemTwice> {
        self.items = self.items.clone().with(item)?;
        Ok(())
    }

    /// Keeps what somebody answers to a round on a day: as many of its items as they like, or none.
    ///
    /// # Errors
    ///
    /// [`AnswersRefused`], and then none of it is kept: for what the round or the book does not ask, what is asked of the
    /// other side, two answers to the same, and a day before that of their latest answer to it.
    pub fn answer(
        &mut self,
        by: &Member,
        round: &Round,
        on: NaiveDate,
        answers: impl IntoIterator<Item = (Label, Answer)>,
    ) -> Result<(), AnswersRefused> {
        let answers: Vec<(Label, Answer)> = answers.into_iter().collect();
        let mut problems = Vec::new();
        for (at, (code, _)) in answers.iter().enumerate() {
            let asked = round.find(code);
            match asked {
                None => problems.push(AnswerProblem::NotInRound(code.clone())),
                Some(asked) if self.items.find(code.as_str()) != Some(asked) => {
                    problems.push(AnswerProblem::NotInBook(code.clone()));
                }
                Some(_) => problems.extend(self.against(by.role(), by.person(), code, on)),
            }
            if answers.iter().take(at).any(|(earlier, _)| earlier == code) {
                problems.push(AnswerProblem::Twice(code.clone()));
            }
        }
        if !problems.is_empty() {
            return Err(AnswersRefused(problems));
        }
        for (code, answer) in answers {
            self.keep(by.pairing(), by.role(), by.person(), code, on, answer);
        }
        Ok(())
    }

    /// What stands against an answer to one item.
    fn against(
        &self,
        side: Role,
        person: ParticipantId,
        code: &Label,
        on: NaiveDate,
    ) -> Option<AnswerProblem> {
        let item = code.clone();
        let Some(asked) = self.items.find(code.as_str()) else {
            return Some(AnswerProblem::NotInBook(item));
        };
        if !asked.asked().contains(side) {
            return Some(AnswerProblem::NotAsked { item, side });
        }
        let series = self.series.get(&(code.clone(), side))?;
        let latest = series.latest(person).filter(|latest| *latest > on)?;
        Some(AnswerProblem::Backdated { item, on, latest })
    }

    /// Keeps an answer from the log of another system, unless something stands against it.
    pub(crate) fn keep_logged(
        &mut self,
        pairing: PairingId,
        side: Role,
        person: ParticipantId,
        (code, on, answer): (Label, NaiveDate, Answer),
    ) -> Result<(), AnswerProblem> {
        if let Some(problem) = self.against(side, person, &code, on) {
            return Err(problem);
        }
        self.keep(pairing, side, person, code, on, answer);
        Ok(())
    }

    fn keep(
        &mut self,
        pairing: PairingId,
        side: Role,
        person: ParticipantId,
        code: Label,
        on: NaiveDate,
        answer: Answer,
    ) {
        let Some(better) = self.items.find(code.as_str()).map(Item::better) else {
            return;
        };
        let given = Given {
            pairing,
            on,
            answer,
            sum: 0,
        };
        let least = self.threshold.pairings() as usize;
        let series = self.series.entry((code, side)).or_default();
        series.take_in(person, given, better, least);
    }

    /// What somebody has answered in a pairing, read by themselves: item by item, by day.
    pub fn own(&self, reader: &Member) -> impl Iterator<Item = OwnAnswer<'_>> {
        let pairing = reader.pairing();
        self.of(reader.person())
            .filter(move |own| own.pairing == pairing)
    }

    /// Everything that somebody has answered.
    pub(crate) fn of(&self, person: ParticipantId) -> impl Iterator<Item = OwnAnswer<'_>> {
        self.series.iter().flat_map(move |((item, side), series)| {
            let theirs = series.people.get(&person).into_iter().flatten();
            theirs.map(move |given| OwnAnswer {
                pairing: given.pairing,
                item,
                side: *side,
                on: given.on,
                answer: given.answer,
            })
        })
    }

    /// The sum for an item and a side as it stood on a day; `None` where that side is not asked it.
    ///
    /// [Withheld](Cell::Withheld) until there is one, for every reader. [Why a sum waits](crate::pulse#why-a-sum-waits) says
    /// when there is a next. What is answered later never changes the sum of a day, nor does forgetting somebody.
    #[must_use]
    pub fn tally(&self, item: &str, side: Role, as_of: NaiveDate) -> Option<Cell<Tally>> {
        let asked = self.items.find(item)?;
        if !asked.asked().contains(side) {
            return None;
        }
        let series = self.series.get(&(asked.code().clone(), side));
        let tally = series.and_then(|series| series.tally(as_of));
        Some(tally.map_or(Cell::Withheld, Cell::Shown))
    }

    /// The sides that are asked an item.
    #[must_use]
    pub fn asked(&self, item: &str) -> Roles {
        self.items.find(item).map_or(Roles::NONE, Item::asked)
    }

    /// Forgets what somebody has answered. The sums stay.
    pub(crate) fn forget(&mut self, who: ParticipantId) {
        for series in self.series.values_mut() {
            series.forget(who);
        }
    }
}
