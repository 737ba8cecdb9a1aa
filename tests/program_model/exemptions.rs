//! Commands that exempt mentees, and take that back.

use super::*;

impl Run {
    pub(crate) fn exemption(&mut self, a: u8, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let revokes = c % 2 == 0;
        // Mostly a mentee of a pairing over a far link, exempted or not.
        let far = self.model.paired.iter();
        let far = far.filter(|p| p.now.is_open() && p.far_now().is_some());
        let named = |p: &&Paired| self.model.exempted.contains_key(&p.mentee) == revokes;
        let far: Vec<usize> = far.filter(named).map(|p| p.mentee).collect();
        let n = match far.get(usize::from(b) % far.len().max(1)) {
            Some(&mentee) if a < 200 => mentee,
            _ if a < 240 => [1, 1, 0, 2][usize::from(b) % 4],
            _ => usize::from(b) % PEOPLE,
        };
        let (person, by) = (person_id(n as u32), coordinator());
        let since = self.model.exempted.get(&n).copied();
        let mut next = self.model.paired.clone();
        let hangs = |p: &&mut Paired| p.now.is_open() && p.mentee == n && p.far_now().is_some();
        if revokes {
            for p in next.iter_mut().filter(hangs) {
                if let Now::Open(then) | Now::Paused(then) = p.now {
                    p.enter(Now::Suspended(then, false, false), p.not_before(on));
                }
                // Whoever wanted to go on is asked anew.
                if let Now::Suspended(then, ..) = p.now {
                    p.now = Now::Suspended(then, false, false);
                }
                p.link_gone = false;
            }
            let passes = since.is_some_and(|since| since <= on);
            if self.verb(passes, stamp, |p, s, _| p.revoke_exemption(person, by, s)) {
                self.model.exempted.remove(&n);
                self.model.paired = next;
            }
            return;
        }
        for p in next.iter_mut().filter(hangs) {
            p.link_gone = true;
        }
        let reason = ExemptionReason::OneTree;
        let passes = since.is_none() && self.model.world.people[n].side.is_some();
        if self.verb(passes, stamp, |p, s, _| p.exempt(person, reason, by, s)) {
            self.model.exempted.insert(n, on);
            self.model.paired = next;
        }
    }

    pub(crate) fn compare_exemptions(&self) {
        let (model, program) = (&self.model, &self.program);
        let exempted = program
            .exemptions()
            .map(|e| (e.mentee, Self::days(e.since)));
        let expected = model.exempted.iter();
        let expected = expected.map(|(n, since)| (person_id(*n as u32), *since));
        assert_eq!(exempted.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        let rest = program.exempted_pairings();
        let rest: BTreeMap<_, _> = rest.map(|(id, levels)| (id, levels.as_u32())).collect();
        let open = model.paired.iter().filter(|p| p.now.is_open());
        let expected = open.filter(|p| model.exempted.contains_key(&p.mentee));
        let expected = expected.filter_map(|p| Some((p.id, model.world.far(p.mentor, p.mentee)?)));
        assert_eq!(rest, expected.collect::<BTreeMap<_, _>>());
    }
}

/// What of exemptions was in a journal: pairs proposed over a link, pairings cleared and held up by one, far links found.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    proposed: usize,
    cleared: usize,
    suspended: usize,
    far_links: usize,
}

impl Seen {
    pub(crate) fn look(&mut self, event: &Event) {
        match event {
            Event::Proposed { pairings, .. } => {
                self.proposed += pairings.iter().filter(|p| p.levels.is_some()).count();
            }
            Event::Exempted { cleared, .. } => self.cleared += cleared.len(),
            Event::ExemptionRevoked { suspended, .. } => self.suspended += suspended.len(),
            Event::Reorganised { far_links, .. } => self.far_links += far_links.len(),
            _ => {}
        }
    }

    pub(crate) fn is_worth_trying(&self) -> bool {
        let all = [self.proposed, self.cleared, self.suspended, self.far_links];
        all.into_iter().all(|n| n > 0)
    }
}
