//! Commands that change the company.

use super::*;

impl Run {
    pub(crate) fn reorganise(&mut self, a: u8, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let world = self.model.world.changed(a, b, c);
        let gone = |n: usize| world.people[n].side.is_none();
        let mut next = self.model.paired.clone();
        for p in next.iter_mut().filter(|p| p.now.is_open()) {
            let far = world.far(p.mentor, p.mentee);
            let excused = far.is_some() && self.model.exempted.contains_key(&p.mentee);
            let linked = world.linked(p.mentor, p.mentee) && !excused;
            if far != p.far_now() && !gone(p.mentor) && !gone(p.mentee) {
                p.far.push((on, far));
            }
            let suspended = matches!(p.now, Now::Suspended(..));
            if gone(p.mentor) || gone(p.mentee) {
                p.enter(Now::Ended(EndReason::Left), p.not_before(on));
            } else if linked && !suspended {
                let (Now::Open(then) | Now::Paused(then)) = p.now else {
                    unreachable!()
                };
                p.enter(Now::Suspended(then, false, false), p.not_before(on));
                p.link_gone = false;
            } else if suspended {
                p.link_gone = !linked;
                if let (true, Now::Suspended(then, ..)) = (linked, p.now) {
                    p.now = Now::Suspended(then, false, false);
                }
            }
        }
        if self.verb(true, stamp, |p, s, _| p.reorganise(&world.roster, s)) {
            self.model.before = std::mem::replace(&mut self.model.world, world);
            self.model.paired = next;
            let here = |n: &usize| self.model.world.people[*n].side.is_some();
            self.model.enrolled.retain(|n, _| here(n));
            self.model.trained.retain(|n, _| here(n));
            self.model.exempted.retain(|n, _| here(n));
        }
    }
}
