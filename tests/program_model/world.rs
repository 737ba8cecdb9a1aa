//! The company as plain rows, and who may be paired in it.

use super::*;

/// One person as the files would say it; everybody reports to somebody with a smaller number.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) side: Option<Side>,
    pub(crate) grade: i32,
    pub(crate) places: u32,
    pub(crate) manager: Option<usize>,
    pub(crate) dotted: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) people: Vec<Raw>,
    pub(crate) roster: Roster,
}

impl World {
    pub(crate) fn first() -> Self {
        let sides = [
            None,
            Some(Side::Mentee),
            Some(Side::Either),
            Some(Side::Mentor),
        ];
        let raw = |n: usize| Raw {
            side: sides[[0, 1, 1, 2, 2, 3, 3, 3, 3][n]],
            grade: [9, 8, 7, 5, 4, 2, 1, 1, 0][n],
            places: [1, 2, 1, 1, 2, 1, 2, 1, 1][n],
            manager: [
                None,
                Some(0),
                Some(0),
                Some(0),
                Some(1),
                Some(3),
                Some(3),
                Some(4),
                Some(7),
            ][n],
            dotted: BTreeSet::new(),
        };
        Self::of((0..PEOPLE).map(raw).collect())
    }

    pub(crate) fn of(people: Vec<Raw>) -> Self {
        let key = |n: usize| format!("p{n}");
        let staff = people.iter().enumerate().map(|(n, raw)| Staff {
            key: key(n),
            id: n as u32,
            side: raw.side,
            grade: raw.grade,
            places: raw.places,
            manager: raw.manager.map(key),
            dotted: raw.dotted.iter().copied().map(key).collect(),
        });
        let roster = Company(staff.collect()).roster();
        Self { people, roster }
    }

    /// The next world: one thing changes.
    pub(crate) fn changed(&self, what: u8, who: u8, how: u8) -> Self {
        let mut people = self.people.clone();
        let n = usize::from(who) % PEOPLE;
        let other = usize::from(how) % PEOPLE;
        match what % 8 {
            0 | 1 if n > 0 => people[n].manager = Some(other % n),
            2 | 3 if other != n => {
                people[n].dotted.insert(other);
            }
            4 => people[n].dotted.clear(),
            5 => people[n].grade = i32::from(how % 10),
            6 => people[n].places = 1 + u32::from(how % 3),
            7 => {
                let sides = [
                    None,
                    Some(Side::Mentor),
                    Some(Side::Mentee),
                    Some(Side::Either),
                ];
                people[n].side = sides[usize::from(how) % 4];
            }
            _ => {}
        }
        Self::of(people)
    }

    pub(crate) fn above(&self, person: usize) -> BTreeSet<usize> {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![person]);
        while let Some(at) = todo.pop() {
            let raw = &self.people[at];
            for up in raw.manager.iter().chain(&raw.dotted) {
                if seen.insert(*up) {
                    todo.push(*up);
                }
            }
        }
        seen
    }

    pub(crate) fn linked(&self, a: usize, b: usize) -> bool {
        self.above(a).contains(&b) || self.above(b).contains(&a)
    }

    /// Lines on the shortest way up, where they are three or more and there is no way back.
    pub(crate) fn far(&self, mentor: usize, mentee: usize) -> Option<u32> {
        if self.above(mentee).contains(&mentor) {
            return None;
        }
        let (mut reached, mut steps) = (BTreeSet::from([mentor]), 0);
        while !reached.contains(&mentee) && steps <= PEOPLE as u32 {
            let raw = reached.iter().map(|&n| &self.people[n]);
            let up = raw.flat_map(|raw| raw.manager.iter().chain(&raw.dotted).copied());
            reached = up.collect();
            steps += 1;
        }
        (3..=PEOPLE as u32).contains(&steps).then_some(steps)
    }

    pub(crate) fn places(&self, person: usize, role: Role) -> u32 {
        let raw = &self.people[person];
        let offered = match (raw.side, role) {
            (None, _) => false,
            (Some(Side::Either), _) => true,
            (Some(Side::Mentor), role) => role == Role::Mentor,
            (Some(Side::Mentee), role) => role == Role::Mentee,
            _ => unreachable!(),
        };
        if offered { raw.places } else { 0 }
    }

    /// Pairs that may be proposed, as the model sees it, where these mentees are exempted.
    pub(crate) fn eligible(&self, exempted: &BTreeSet<usize>) -> Vec<(usize, usize)> {
        let all = (0..PEOPLE).flat_map(|a| (0..PEOPLE).map(move |b| (a, b)));
        let may = |&(a, b): &(usize, usize)| {
            a != b
                && self.places(a, Role::Mentor) > 0
                && self.places(b, Role::Mentee) > 0
                && self.people[a].grade < self.people[b].grade
                && (!self.linked(a, b) || exempted.contains(&b) && self.far(a, b).is_some())
        };
        all.filter(may).collect()
    }

    pub(crate) fn proof(&self, (a, b): (usize, usize)) -> EligiblePair {
        let proof = proof_where(
            &self.roster,
            &format!("p{a}"),
            &format!("p{b}"),
            |context| context.with_exempt([person_id(b as u32)]),
        );
        assert_eq!(proof.exempted().map(Levels::as_u32), self.far(a, b));
        proof
    }
}
