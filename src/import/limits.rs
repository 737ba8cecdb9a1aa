//! How large a file may be, and each of its parts.

/// How much of a file is taken in, whoever wrote it.
///
/// Each limit is checked while the file is read: what is above one is never kept whole. What is exactly at a limit passes.
///
/// | limit | of | default | above it |
/// |---|---|--:|---|
/// | `rows` | rows below the header, or users | 5,000,000 | `too-many-rows`, and reading stops |
/// | `row_bytes` | a row or a user in bytes, quotes included, the end of its line not | 1 MiB | `row-too-long`, and reading stops |
/// | `field_bytes` | a cell, or a text of a user, in bytes, without its quotes | 64 KiB | `field-too-long` |
/// | `fields` | cells of a row, or values of a user | 1,024 | `too-many-fields` |
/// | `nesting` | lists and objects within each other around a value of a user | 16 | `too-deep`, and reading stops |
/// | `faults` | faults of a file | 100,000 | `too-many-faults` as the last of them, and no more are looked for |
///
/// A file with more faults than that is refused under [`OnFault::Quarantine`](super::OnFault::Quarantine), too: nobody knows who else is
/// at fault.
///
/// ```
/// use reverse_mentoring::import::Limits;
///
/// let limits = Limits::STANDARD.with_rows(10_000).with_row_bytes(4096);
/// assert_eq!((limits.rows, limits.fields), (10_000, 1024));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Rows below the header.
    pub rows: u64,
    /// Bytes of a row.
    pub row_bytes: u64,
    /// Bytes of a cell.
    pub field_bytes: usize,
    /// Cells of a row.
    pub fields: usize,
    /// Lists and objects within each other.
    pub nesting: usize,
    /// Faults that are told.
    pub faults: usize,
}

impl Limits {
    /// The defaults.
    pub const STANDARD: Self = Self {
        rows: 5_000_000,
        row_bytes: 1 << 20,
        field_bytes: 64 << 10,
        fields: 1024,
        nesting: 16,
        faults: 100_000,
    };

    /// No limit but that of memory: for bytes that are all there already.
    pub const NONE: Self = Self {
        rows: u64::MAX,
        row_bytes: u64::MAX,
        field_bytes: usize::MAX,
        fields: usize::MAX,
        nesting: usize::MAX,
        faults: usize::MAX,
    };

    /// For bytes that are all there: what is told of them is more than they are.
    pub(super) const BYTES: Self = Self::NONE.with_faults(Self::STANDARD.faults);

    /// The same with another limit on rows.
    #[must_use]
    pub const fn with_rows(mut self, rows: u64) -> Self {
        self.rows = rows;
        self
    }

    /// The same with another limit on the bytes of a row.
    #[must_use]
    pub const fn with_row_bytes(mut self, bytes: u64) -> Self {
        self.row_bytes = bytes;
        self
    }

    /// The same with another limit on the bytes of a cell.
    #[must_use]
    pub const fn with_field_bytes(mut self, bytes: usize) -> Self {
        self.field_bytes = bytes;
        self
    }

    /// The same with another limit on the cells of a row.
    #[must_use]
    pub const fn with_fields(mut self, fields: usize) -> Self {
        self.fields = fields;
        self
    }

    /// The same with another limit on lists and objects within each other.
    #[must_use]
    pub const fn with_nesting(mut self, nesting: usize) -> Self {
        self.nesting = nesting;
        self
    }

    /// The same with another limit on faults.
    #[must_use]
    pub const fn with_faults(mut self, faults: usize) -> Self {
        self.faults = faults;
        self
    }
}

impl Limits {
    pub(super) fn too_many_fields(&self) -> String {
        format!("the row has more than {} fields", self.fields)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}
