//! What the columns of somebody else's file are called, and what their words mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::text::Key;

macro_rules! columns {
    ($($name:ident, $text:literal, $doc:literal;)*) => {
        /// A column of a roster, whatever a file calls it. What each holds is in [`read_roster`](super::read_roster).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum RosterColumn {
            $(#[doc = concat!("`", $text, "`: ", $doc)] $name,)*
        }

        impl RosterColumn {
            /// Every column.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the library's own files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

columns! {
    Id, "id", "the person's key.";
    Manager, "manager", "the key of the solid-line manager.";
    Dotted, "dotted", "keys of dotted-line managers.";
    Grade, "grade", "a whole number, larger is more senior.";
    ExperienceMonths, "experience_months", "a whole number.";
    Side, "side", "`mentor`, `mentee`, `either`, or blank for somebody who does not take part.";
    Capacity, "capacity", "pairings at a time.";
    HoursPerMonth, "hours_per_month", "a decimal number.";
    Offers, "offers", "a list of `skill:level`.";
    Wants, "wants", "a list of `skill:to` or `skill:from>to`.";
    Languages, "languages", "a list.";
    Unit, "unit", "a label.";
    Site, "site", "a label.";
    Timezone, "timezone", "a label.";
    Interests, "interests", "a list; sensitive.";
    Values, "values", "a list; sensitive.";
    Background, "background", "a list; sensitive.";
    Group, "group", "a label for aggregated reports.";
}

/// What stands between the columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Separator {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    pub(super) const ALL: [(Self, u8, &'static str); 3] = [
        (Self::Comma, b',', "`,`"),
        (Self::Semicolon, b';', "`;`"),
        (Self::Tab, b'\t', "a tab"),
    ];

    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// What a blank manager says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BlankManager {
    /// Nothing: it is a fault, as an empty cell may as well be a slip.
    #[default]
    IsAFault,
    /// That somebody reports to nobody. Every cell that was forgotten is then the top of a company of its own.
    IsARoot,
}

/// What it says where somebody is their own manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OwnManager {
    /// Nothing: it is a fault.
    #[default]
    IsAFault,
    /// That somebody reports to nobody.
    IsARoot,
}

/// Why a mapping cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MappingError {
    /// A name of a column is blank.
    #[error("a name of the column `{}` is blank", .0.as_str())]
    BlankName(RosterColumn),
    /// A word of a column has two meanings; words are compared in any case.
    #[error("a word of the column `{}` has two meanings", .0.as_str())]
    TwoMeanings(RosterColumn),
    /// Everybody would have the same key.
    #[error("the column `id` cannot be a constant")]
    ConstantId,
    /// What stands between the items of a list is a letter, a digit, white space, a control character, or one of `:`, `>` and `-`.
    #[error("a list cannot be separated by {0:?}")]
    ListSeparator(char),
}

/// How a file of another system is read: what it calls the columns of a roster, what its words mean, who is at the top.
///
/// Names are compared without outer white space and in any case. One of them may serve several columns; two names of a
/// column in one header are a fault, as is a required column (`id`, `manager`, `side`) without a name there. Other
/// columns of the file are not read. Keys are byte for byte as in the file.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{Feed, Mapping, RosterColumn};
///
/// let mapping = Mapping::standard()
///     .with_names(RosterColumn::Id, ["Worker ID", "Employee ID"])?
///     .with_names(RosterColumn::Manager, ["Manager ID"])?
///     .with_names(RosterColumn::Grade, ["Level"])?
///     .with_words(RosterColumn::Grade, [("Grade 7", "7"), ("SCS 1", "8")])?
///     .with_constant(RosterColumn::Side, "either")?
///     .with_roots(["00017".parse()?]);
/// let file = "Employee ID,MANAGER ID,Level,Home Address\n00017,,SCS 1,x\n00018,00017,Grade 7,y\n";
/// let read = Feed::new(&mapping).read(file.as_bytes(), &mut SequentialIds::new(1))?;
/// assert_eq!(read.roster.participants().len(), 2);
/// assert_eq!(read.notices[0].to_string(), "1: unknown-column: column 4: a column that is not read");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: BTreeMap<RosterColumn, Source>,
    words: BTreeMap<RosterColumn, BTreeMap<String, String>>,
    separator: Separator,
    list: char,
    roots: BTreeSet<Key>,
    root_words: BTreeSet<String>,
    pub(super) blank_manager: BlankManager,
    pub(super) own_manager: OwnManager,
}

/// Where the cells of a column come from.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A column of the file with one of these names.
    Names(Vec<String>),
    Constant(String),
}

/// Which columns have what, and how many: words, constants and keys are those of somebody's data.
impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources = self.columns.iter().filter_map(|(column, source)| {
            let said = match source {
                Source::Names(names) if names.is_empty() => return None,
                Source::Names(_) => "named",
                Source::Constant(_) => "constant",
            };
            Some((column.as_str(), said))
        });
        let words = self.words.iter();
        let words = words.map(|(column, words)| (column.as_str(), words.len()));
        f.debug_struct("Mapping")
            .field("columns", &sources.collect::<BTreeMap<_, _>>())
            .field("words", &words.collect::<BTreeMap<_, _>>())
            .field("separator", &self.separator)
            .field("list", &self.list)
            .field("roots", &self.roots.len())
            .field("root_words", &self.root_words.len())
            .field("blank_manager", &self.blank_manager)
            .field("own_manager", &self.own_manager)
            .finish()
    }
}

/// White space and case do not tell one name, or one word, from another.
pub(super) fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Mapping {
    /// The header of the library's own files: each column by its own name, `;` in lists, and `-` for a root.
    #[must_use]
    pub fn standard() -> Self {
        let own = |c: &RosterColumn| (*c, Source::Names(vec![c.as_str().to_owned()]));
        Self {
            columns: RosterColumn::ALL.iter().map(own).collect(),
            words: BTreeMap::new(),
            separator: Separator::Comma,
            list: ';',
            roots: BTreeSet::new(),
            root_words: BTreeSet::from(["-".to_owned()]),
            blank_manager: BlankManager::IsAFault,
            own_manager: OwnManager::IsAFault,
        }
    }

    /// Sets what a column is called, in place of what it was called before. Without names it is not read.
    ///
    /// # Errors
    ///
    /// [`MappingError::BlankName`].
    pub fn with_names<N: Into<String>>(
        mut self,
        column: RosterColumn,
        names: impl IntoIterator<Item = N>,
    ) -> Result<Self, MappingError> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.iter().any(|name| name.trim().is_empty()) {
            return Err(MappingError::BlankName(column));
        }
        self.columns.insert(column, Source::Names(names));
        Ok(self)
    }

    /// Says what stands in a column in every row, in place of a column of the file.
    ///
    /// # Errors
    ///
    /// [`MappingError::ConstantId`] for the column `id`.
    pub fn with_constant(
        mut self,
        column: RosterColumn,
        text: impl Into<String>,
    ) -> Result<Self, MappingError> {
        if column == RosterColumn::Id {
            return Err(MappingError::ConstantId);
        }
        self.columns.insert(column, Source::Constant(text.into()));
        Ok(self)
    }

    /// Says what words of a column mean: a cell that is one of them is read as if its meaning stood there, which may be
    /// blank; any other cell as it stands.
    ///
    /// Words are whole cells, compared without outer white space and in any case. A column has the words of every call. The words
    /// of the library itself, such as `mentor`, count in any case, too.
    ///
    /// # Errors
    ///
    /// [`MappingError::TwoMeanings`].
    pub fn with_words<W: AsRef<str>, M: Into<String>>(
        mut self,
        column: RosterColumn,
        words: impl IntoIterator<Item = (W, M)>,
    ) -> Result<Self, MappingError> {
        let known = self.words.entry(column).or_default();
        for (word, meaning) in words {
            let meaning = meaning.into();
            let before = known.insert(plain(word.as_ref()), meaning.clone());
            if before.is_some_and(|before| before != meaning) {
                return Err(MappingError::TwoMeanings(column));
            }
        }
        Ok(self)
    }

    /// Sets what stands between the columns of the file.
    #[must_use]
    pub const fn with_separator(mut self, separator: Separator) -> Self {
        self.separator = separator;
        self
    }

    /// Sets what stands between the items of a list; `;` unless said otherwise.
    ///
    /// # Errors
    ///
    /// [`MappingError::ListSeparator`] for a sign that items are made of.
    pub fn with_list_separator(mut self, sign: char) -> Result<Self, MappingError> {
        let bad = sign.is_alphanumeric() || sign.is_whitespace() || sign.is_control();
        if bad || matches!(sign, ':' | '>' | '-') {
            return Err(MappingError::ListSeparator(sign));
        }
        self.list = sign;
        Ok(self)
    }

    /// Declares people who report to nobody, whatever the file says of their managers, as where these stand in another
    /// company's file. A key without a row is a notice.
    #[must_use]
    pub fn with_roots(mut self, roots: impl IntoIterator<Item = Key>) -> Self {
        self.roots.extend(roots);
        self
    }

    /// Sets the texts in the manager's column that declare a root, byte for byte, in place of `-`. None of them is anybody's key.
    #[must_use]
    pub fn with_root_words<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.root_words = words.into_iter().map(Into::into).collect();
        self
    }

    /// Sets what a blank manager says.
    #[must_use]
    pub const fn with_blank_manager(mut self, blank: BlankManager) -> Self {
        self.blank_manager = blank;
        self
    }

    /// Sets what it says where somebody is their own manager.
    #[must_use]
    pub const fn with_own_manager(mut self, own: OwnManager) -> Self {
        self.own_manager = own;
        self
    }

    /// The same with other names of every column.
    #[cfg(feature = "scim")]
    pub(super) fn named(mut self, names: impl Fn(RosterColumn) -> Vec<String>) -> Self {
        let all = RosterColumn::ALL.iter();
        self.columns = all.map(|c| (*c, Source::Names(names(*c)))).collect();
        self
    }

    pub(super) fn column(&self, name: &str) -> Option<(RosterColumn, &Source)> {
        let mut all = self.columns.iter();
        let found = all.find(|(column, _)| column.as_str() == name);
        found.map(|(column, source)| (*column, source))
    }

    pub(super) fn constant(&self, column: RosterColumn) -> Option<&str> {
        match self.columns.get(&column) {
            Some(Source::Constant(text)) => Some(text),
            _ => None,
        }
    }

    /// What a cell of a column means, where it is one of the column's words.
    pub(super) fn meaning(&self, column: RosterColumn, cell: &str) -> Option<&str> {
        let words = self.words.get(&column)?;
        words.get(&plain(cell)).map(String::as_str)
    }

    pub(super) fn has_words(&self, column: RosterColumn) -> bool {
        self.words.contains_key(&column)
    }

    pub(super) const fn separator(&self) -> Separator {
        self.separator
    }

    pub(super) const fn list(&self) -> char {
        self.list
    }

    pub(super) const fn roots(&self) -> &BTreeSet<Key> {
        &self.roots
    }

    pub(super) fn is_root_word(&self, text: &str) -> bool {
        self.root_words.contains(text)
    }
}

impl Default for Mapping {
    fn default() -> Self {
        Self::standard()
    }
}
