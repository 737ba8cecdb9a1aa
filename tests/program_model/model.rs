//! The programme as the model has it: the company, the pairings, and counts.

use super::*;

pub(crate) struct Model {
    pub(crate) world: World,
    pub(crate) before: World,
    pub(crate) paired: Vec<Paired>,
    /// Since when.
    pub(crate) exempted: BTreeMap<usize, i64>,
    /// By place and occasion: who agrees that it is told.
    pub(crate) celebrated: BTreeMap<(usize, reverse_mentoring::pairing::Occasion), BTreeSet<Role>>,
    /// By number, the days of the milestones that a cohort has come to.
    pub(crate) cohorts: BTreeMap<u32, Vec<i64>>,
    /// In which cohort somebody is, and since when.
    pub(crate) enrolled: BTreeMap<usize, (u32, i64)>,
    /// Since when somebody has finished the curriculum.
    pub(crate) trained: BTreeMap<usize, i64>,
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

    /// Whether all of these people are in one cohort that runs.
    pub(crate) fn take_part(&self, pairs: &[(usize, usize)], on: i64) -> bool {
        let people = pairs.iter().flat_map(|(a, b)| [a, b]);
        let theirs = people.map(|n| self.enrolled.get(n).copied());
        let Some(theirs) = theirs.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let (cohort, _) = theirs[0];
        let reached = &self.cohorts[&cohort];
        theirs.iter().all(|t| t.0 == cohort && t.1 <= on)
            && (2..4).contains(&reached.len())
            && reached[1] <= on
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
