//! The programme as the model has it: the company, the pairings, and counts.

use super::*;

pub(crate) struct Model {
    pub(crate) world: World,
    pub(crate) before: World,
    pub(crate) paired: Vec<Paired>,
    /// Since when.
    pub(crate) exempted: BTreeMap<usize, i64>,
    pub(crate) entries: u64,
    pub(crate) last: i64,
    pub(crate) today: i64,
    pub(crate) sessions: u32,
    /// Every session id that was ever on record, and whose it was last.
    pub(crate) used: BTreeMap<SessionId, usize>,
}

impl Model {
    pub(crate) fn open(&self, person: usize, role: Role) -> u32 {
        let mine = |p: &&Paired| {
            p.now.is_open()
                && person
                    == if role == Role::Mentor {
                        p.mentor
                    } else {
                        p.mentee
                    }
        };
        self.paired.iter().filter(mine).count() as u32
    }

    /// Whether all of these pairs may be added.
    pub(crate) fn fits(&self, pairs: &[(usize, usize)]) -> bool {
        let mut seats: BTreeMap<(usize, Role), u32> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for &(a, b) in pairs {
            *seats.entry((a, Role::Mentor)).or_default() += 1;
            *seats.entry((b, Role::Mentee)).or_default() += 1;
            let open = |p: &Paired| p.now.is_open() && (p.mentor, p.mentee) == (a, b);
            if !seen.insert((a, b)) || self.paired.iter().any(open) {
                return false;
            }
        }
        let fits = |((person, role), new): (&(usize, Role), &u32)| {
            self.open(*person, *role) + new <= self.world.places(*person, *role)
        };
        !pairs.is_empty() && seats.iter().all(fits)
    }
}
