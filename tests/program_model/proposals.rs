//! Commands that propose.

use super::*;

impl Run {
    pub(crate) fn propose(&mut self, a: u8, b: u8, c: u8, stamp: (i64, i64)) {
        // Now and then somebody is asked about as if everybody were exempted.
        let exempted = match a % 16 {
            12 => (0..PEOPLE).collect(),
            _ => self.model.exempted.keys().copied().collect(),
        };
        let mut now = self.model.world.eligible(&exempted);
        if a % 4 == 3
            && now
                .iter()
                .any(|&(a, b)| self.model.world.far(a, b).is_some())
        {
            now.retain(|&(a, b)| self.model.world.far(a, b).is_some());
        }
        let then = self.model.before.eligible(&exempted);
        let pick = |list: &[(usize, usize)], k: u8| {
            let at = usize::from(b) + usize::from(k) * usize::from(c);
            (!list.is_empty()).then(|| list[at % list.len()])
        };
        let other = self.model.before.roster.fingerprint() != self.model.world.roster.fingerprint();
        let stale = other && a % 16 == 15;
        let mixed = other && a % 16 == 14;
        let mut pairs = Vec::new();
        for k in 0..=(a / 16 % 3) {
            let old = stale || (mixed && k == 0);
            let (world, list) = if old {
                (&self.model.before, &then)
            } else {
                (&self.model.world, &now)
            };
            pairs.extend(pick(list, k).map(|pair| (pair, world.proof(pair), old)));
        }
        if pairs.is_empty() {
            return;
        }
        let wanted: Vec<_> = pairs.iter().map(|(pair, ..)| *pair).collect();
        let fresh = !pairs.iter().any(|(.., old)| *old);
        let people = |pair: &(usize, usize)| {
            [pair.0, pair.1].map(|n| self.model.world.people[n].side.is_some()) == [true, true]
        };
        let excused = |&(a, b): &(usize, usize)| {
            let since = self.model.exempted.get(&b);
            self.model.world.far(a, b).is_none() || since.is_some_and(|since| *since <= stamp.0)
        };
        let excused: Vec<bool> = wanted.iter().map(excused).collect();
        let excused_all = excused.iter().all(|excused| *excused);
        let passes = fresh
            && excused_all
            && wanted.iter().all(people)
            && self.model.fits(&wanted)
            && self.model.take_part(&wanted, stamp.0);
        let proofs: Vec<_> = pairs.into_iter().map(|(_, proof, _)| proof).collect();
        let by_hand = a % 16 == 13;
        let agreed = Agreed {
            weekly: by_hand,
            until: (!by_hand)
                .then(|| 3653.min(stamp.0 + 180))
                .filter(|end| *end > stamp.0),
            terms: [false, false],
        };
        let mut by = stamp.0 + 180;
        by = agreed.until.unwrap_or(by);
        let ids = if by_hand {
            // By hand, with an id that may be taken.
            let reused = self.model.paired.get(usize::from(b % 4)).map(|p| p.id);
            let id = reused.unwrap_or(pairing_id(1000 + self.model.paired.len() as u32));
            // Not always in time.
            by = stamp.0 + [180, 0, 30, -1][usize::from(c % 4)];
            let goals = TwoWayGoals::draft(&proofs[0], day(by));
            let agreement = Agreement::standard(Cadence::WEEKLY);
            let passes = reused.is_none()
                && fresh
                && excused[0]
                && self.model.fits(&wanted[..1])
                && self.model.take_part(&wanted[..1], stamp.0);
            let passes = passes && by >= stamp.0;
            let done = self.verb(passes, stamp, |p, s, _| {
                p.propose(id, &proofs[0], goals, agreement, coordinator(), s)
            });
            if done { vec![id] } else { vec![] }
        } else {
            let template = if stale {
                &self.model.before
            } else {
                &self.model.world
            };
            if template.eligible(&BTreeSet::new()).is_empty() {
                return;
            }
            let plan = plan_of(&template.roster, &proofs).approve(coordinator());
            let mut ids = self.ids.clone();
            let done = self.verb(passes, stamp, |p, s, ids| {
                p.propose_all(&plan, Cadence::MONTHLY, s, ids)
            });
            let new = wanted.iter().map(|_| PairingId::from_source(&mut ids));
            if done { new.collect() } else { vec![] }
        };
        for (id, (mentor, mentee)) in ids.into_iter().zip(wanted) {
            let far = self.model.world.far(mentor, mentee);
            let (cohort, _) = self.model.enrolled[&mentor];
            self.model.paired.push(Paired {
                id,
                cohort,
                mentor,
                mentee,
                now: Now::Open(Then::Proposed(false, false)),
                proposed: stamp.0,
                changed: stamp.0,
                accepted: None,
                began: None,
                ended: None,
                link_gone: true,
                far: far
                    .map(|levels| (stamp.0, Some(levels)))
                    .into_iter()
                    .collect(),
                introduced: None,
                settled: None,
                versions: vec![(stamp.0, agreed)],
                reviewed: BTreeMap::new(),
                offer: None,
                holds: Vec::new(),
                sessions: BTreeMap::new(),
                plans: BTreeMap::new(),
                talk: goals::drafted(stamp.0, by),
            });
        }
    }
}
