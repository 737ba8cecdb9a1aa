//! What names a user elsewhere, and whose key that is.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::ManagerBy;
use crate::roster::Roster;
use crate::text::Key;

/// What no key is.
const NOBODY: &str = "\u{1}";

/// What stands before an `id` where managers are named by something else; no key begins with it.
const BY_ID: char = '\u{1}';

/// Names and the keys of those who have them.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) by_id: HashMap<String, String>,
    by_bulk_id: HashMap<String, String>,
}

impl Ids {
    /// Notes whose key it is. Of a name that two people have nobody could say whose manager it is: then that is a fault.
    pub(super) fn note(&mut self, id: Option<&str>, bulk_id: Option<&str>, key: &str) -> bool {
        let named = [(id, &mut self.by_id), (bulk_id, &mut self.by_bulk_id)];
        let mut once = true;
        for (name, by) in named {
            // A blank name is nobody's.
            let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
                continue;
            };
            let before = by.insert(name.to_owned(), key.to_owned());
            once &= before.is_none_or(|before| before == key);
        }
        once
    }
}

impl Ids {
    /// The ids of everybody in a roster: those of the file, and of those `known` who are not in it.
    pub(super) fn of_roster(
        self,
        known: Option<&BTreeMap<String, Key>>,
        roster: &Roster,
    ) -> BTreeMap<String, Key> {
        let mut pairs: Vec<(Key, String)> = Vec::with_capacity(self.by_id.len());
        if let Some(known) = known {
            let renamed: HashSet<&str> = self.by_id.values().map(String::as_str).collect();
            let stay = known.iter().filter(|(id, key)| {
                !self.by_id.contains_key(*id) && !renamed.contains(key.as_str())
            });
            pairs.extend(stay.map(|(id, key)| (key.clone(), id.clone())));
        }
        let here = self.by_id.into_iter();
        pairs.extend(here.filter_map(|(id, key)| Some((Key::new(key).ok()?, id))));
        pairs.sort_unstable();
        let mut people = roster.lines().people().map(|(_, key)| key).peekable();
        pairs.retain(|(key, _)| {
            while people.next_if(|person| *person < key).is_some() {}
            people.peek() == Some(&key)
        });
        pairs.into_iter().map(|(key, id)| (id, key)).collect()
    }
}

/// A manager who is named by their `id`, whatever else managers are named by.
pub(super) fn by_id(id: &str) -> String {
    format!("{BY_ID}{id}")
}

/// A manager who is named by a text of the file.
pub(super) fn by_text(text: String) -> String {
    match text.starts_with(BY_ID) {
        true => NOBODY.to_owned(),
        false => text,
    }
}

/// Who managers are.
pub(super) struct Managers<'a> {
    pub(super) ids: &'a Ids,
    /// Of an earlier file, those who may have no row in this one.
    pub(super) known: Option<&'a BTreeMap<String, Key>>,
    pub(super) by: ManagerBy,
    /// Whether an `id` is a key.
    pub(super) key_is_id: bool,
}

impl Managers<'_> {
    /// A function from names to keys.
    pub(super) fn keys(&self) -> impl FnMut(&str) -> String {
        // Somebody who has another id now is not found by the one they had.
        let known = self.known.filter(|known| !known.is_empty());
        let renamed: HashSet<&str> = match known {
            Some(_) => self.ids.by_id.values().map(String::as_str).collect(),
            None => HashSet::new(),
        };
        let of_id = move |id: &str| {
            let here = self.ids.by_id.get(id).map(String::as_str);
            let before = || {
                let key = known?.get(id)?.as_str();
                (!renamed.contains(key)).then_some(key)
            };
            here.or_else(before).map(str::to_owned)
        };
        move |name| {
            let (marked, name) = match name.strip_prefix(BY_ID) {
                Some(id) => (true, id),
                None => (false, name),
            };
            let key = match name.strip_prefix("bulkId:") {
                Some(bulk_id) => self.ids.by_bulk_id.get(bulk_id).cloned(),
                None if self.key_is_id => Some(name.to_owned()),
                None if marked || self.by == ManagerBy::Id => of_id(name),
                None => Some(name.to_owned()),
            };
            key.unwrap_or_else(|| NOBODY.to_owned())
        }
    }
}
