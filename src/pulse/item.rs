//! Items: what is asked, of whom, and which answers are good news.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::catalogue::CATALOGUE;
use super::round::Round;
use crate::pair::{Role, Roles};
use crate::text::{Label, Quoted};

/// Which end of the scale is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// 5: 4 and 5 are favourable.
    High,
    /// 1, as for apprehension: 1 and 2 are favourable.
    Low,
}

impl Better {
    /// Whether an answer is favourable.
    #[must_use]
    pub const fn favours(self, answer: Answer) -> bool {
        match self {
            Self::High => answer.as_u8() >= 4,
            Self::Low => answer.as_u8() <= 2,
        }
    }
}

/// One thing that is asked: a statement to which people say from 1, not at all, to 5, fully.
///
/// The code is what answers are kept under and readings are told by. Keep it and what it stands for; put new words under a
/// new code, because answers to other words are answers to another question.
///
/// ```
/// use reverse_mentoring::pair::Roles;
/// use reverse_mentoring::pulse::{Better, Item};
/// use reverse_mentoring::text::Label;
///
/// let (code, wording) = (Label::new("canteen")?, Label::new("I eat with people I did not know before")?);
/// let item = Item::new(code, wording, Better::High, Roles::BOTH)?;
/// assert_eq!(item.code().as_str(), "canteen");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (asked): of at least one side. Kept by `new`; loading calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Item(Wire);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    code: Label,
    wording: Label,
    better: Better,
    #[cfg_attr(feature = "schema", schemars(extend("minItems" = 1)))]
    asked: Roles,
}

/// An item that nobody is asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("item {} is asked of neither side", Quoted(.0.as_str()))]
pub struct NobodyAsked(
    /// Its code.
    pub Label,
);

impl Item {
    /// An item under a code, with its wording, its good end and the sides that are asked.
    ///
    /// # Errors
    ///
    /// [`NobodyAsked`] without a side.
    pub fn new(
        code: Label,
        wording: Label,
        better: Better,
        asked: Roles,
    ) -> Result<Self, NobodyAsked> {
        if asked.is_empty() {
            return Err(NobodyAsked(code));
        }
        Ok(Self(Wire {
            code,
            wording,
            better,
            asked,
        }))
    }

    /// What it is kept under.
    #[must_use]
    pub const fn code(&self) -> &Label {
        &self.0.code
    }

    /// The statement.
    #[must_use]
    pub const fn wording(&self) -> &Label {
        &self.0.wording
    }

    /// Which end of the scale is good news.
    #[must_use]
    pub const fn better(&self) -> Better {
        self.0.better
    }

    /// Which sides are asked.
    #[must_use]
    pub const fn asked(&self) -> Roles {
        self.0.asked
    }
}

impl TryFrom<Wire> for Item {
    type Error = NobodyAsked;

    fn try_from(wire: Wire) -> Result<Self, NobodyAsked> {
        Self::new(wire.code, wire.wording, wire.better, wire.asked)
    }
}

impl From<Item> for Wire {
    fn from(item: Item) -> Self {
        item.0
    }
}

/// Items in the order in which they are asked, no code twice.
// INVARIANT (codes): `places` has the place of each code in `list`. Kept by `with`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Items {
    list: Vec<Item>,
    places: BTreeMap<Label, usize>,
}

/// A code that stands for two items.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are two items under the code {}", Quoted(.0.as_str()))]
pub struct ItemTwice(
    /// The code.
    pub Label,
);

impl Items {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The first six of the [catalogue](Self::catalogue): trust, belonging, comfort, apprehension, energy, recognition.
    #[must_use]
    pub fn standard() -> Self {
        Self::collect(CATALOGUE.iter().take(6).filter_map(|row| row.item()))
    }

    /// Everything that ships, for a host to choose from. The words are this library's own.
    ///
    #[doc = include_str!("catalogue.md")]
    #[must_use]
    pub fn catalogue() -> Self {
        Self::collect(CATALOGUE.iter().filter_map(|row| row.item()))
    }

    fn collect(items: impl Iterator<Item = Item>) -> Self {
        let mut all = Self::none();
        for item in items {
            // The codes of the catalogue differ; a test says so.
            all.push(item);
        }
        all
    }

    fn push(&mut self, item: Item) {
        self.places.insert(item.code().clone(), self.list.len());
        self.list.push(item);
    }

    /// The same with one more at the end.
    ///
    /// # Errors
    ///
    /// [`ItemTwice`] where its code is taken.
    pub fn with(mut self, item: Item) -> Result<Self, ItemTwice> {
        if self.places.contains_key(item.code()) {
            return Err(ItemTwice(item.code().clone()));
        }
        self.push(item);
        Ok(self)
    }

    /// The item under a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Item> {
        self.list.get(*self.places.get(code)?)
    }

    /// The items in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.list.iter()
    }

    /// What one side is asked in a round, counted from 1: three of their items at a time, in order, and from the start when
    /// they are through; fewer where they have fewer, and none in round 0.
    ///
    /// So an item comes again after as many rounds as it takes to ask them all, and its readings before and after are
    /// that far apart: few items tell more.
    ///
    /// ```
    /// use reverse_mentoring::pair::Role;
    /// use reverse_mentoring::pulse::Items;
    ///
    /// let asked = |round| -> Vec<String> {
    ///     let round = Items::standard().round(Role::Mentor, round);
    ///     round.items().map(|item| item.code().to_string()).collect()
    /// };
    /// assert_eq!(asked(1), ["trust", "belonging", "apprehension"]);
    /// assert_eq!(asked(2), ["energy", "recognition"]);
    /// assert_eq!(asked(3), asked(1));
    /// ```
    #[must_use]
    pub fn round(&self, side: Role, number: u32) -> Round {
        let theirs = self.list.iter().filter(|item| item.asked().contains(side));
        let theirs: Vec<&Item> = theirs.collect();
        let rounds = theirs.chunks(Round::MOST);
        let before = (number as usize).checked_sub(1);
        let nth = before.and_then(|before| before.checked_rem(rounds.len()));
        let asked = nth.and_then(|nth| theirs.chunks(Round::MOST).nth(nth));
        Round::of(asked.unwrap_or_default())
    }
}
