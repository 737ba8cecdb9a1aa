//! Which part of a long enumeration this run takes.

use std::fmt;

/// Part `part` of `parts`, counted from 0: every `parts`-th case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shard {
    part: u64,
    parts: u64,
}

impl Shard {
    pub(crate) const ALL: Self = Self { part: 0, parts: 1 };

    /// What `ASSIGNMENT_SHARD` says, as in `3/16`; everything where it is not set.
    pub(crate) fn from_environment() -> Self {
        match std::env::var("ASSIGNMENT_SHARD") {
            Ok(text) => Self::read(&text).unwrap_or_else(|| {
                panic!("ASSIGNMENT_SHARD is `{text}`, not one like `3/16`, counted from 0")
            }),
            Err(_) => Self::ALL,
        }
    }

    /// One case in so many of these.
    pub(crate) fn thinned(self, by: u64) -> Self {
        Self {
            parts: self.parts * by,
            ..self
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (part, parts) = text.split_once('/')?;
        let (part, parts) = (part.parse().ok()?, parts.parse().ok()?);
        (part < parts).then_some(Self { part, parts })
    }

    pub(crate) fn has(self, case: u64) -> bool {
        case % self.parts == self.part
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shard {}/{}", self.part, self.parts)
    }
}

#[test]
fn the_shards_together_have_every_case_once() {
    for parts in 1..5 {
        let shards = (0..parts).map(|part| Shard::read(&format!("{part}/{parts}")).unwrap());
        let shards: Vec<Shard> = shards.collect();
        for case in 0..40 {
            assert_eq!(shards.iter().filter(|shard| shard.has(case)).count(), 1);
        }
    }
    for bad in ["", "1", "1/1", "0/0", "-1/2", "a/b", "1/2/3"] {
        assert!(Shard::read(bad).is_none(), "{bad}");
    }
}
