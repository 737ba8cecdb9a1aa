//! "Did you mean": keys that differ only in what people and spreadsheets get wrong. A hint, never a repair.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::text::Quoted;

/// Known keys by what is left of them without outer white space, case and leading zeros.
///
/// Built when it is first asked: a file without faults does not pay for it.
pub(super) struct Near<'a, F> {
    known: F,
    by_fold: OnceCell<HashMap<String, &'a str>>,
}

impl<'a, F, I> Near<'a, F>
where
    F: Fn() -> I,
    I: Iterator<Item = &'a str>,
{
    pub(super) const fn new(known: F) -> Self {
        Self {
            known,
            by_fold: OnceCell::new(),
        }
    }

    /// What to add to a message about an unknown text; empty where nothing is near.
    pub(super) fn hint(&self, unknown: &str) -> String {
        let by_fold = self.by_fold.get_or_init(|| {
            let mut by_fold = HashMap::new();
            for key in (self.known)() {
                // The smallest of several, whatever their order.
                let near = by_fold.entry(fold(key)).or_insert(key);
                *near = (*near).min(key);
            }
            by_fold
        });
        match by_fold.get(&fold(unknown)) {
            Some(near) => format!("; did you mean {}?", Quoted(near)),
            None => String::new(),
        }
    }
}

fn fold(key: &str) -> String {
    key.trim().trim_start_matches('0').to_lowercase()
}
