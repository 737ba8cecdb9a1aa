//! Commands about the end: closing reviews, and what may be told.

use reverse_mentoring::pairing::Occasion;

use super::*;

impl Paired {
    fn came_to(&self, occasion: Occasion, on: i64) -> bool {
        match occasion {
            Occasion::FirstSession => self.held_by(on) > 0,
            Occasion::GoalAchieved => {
                let goals = goals::goals_on(&self.talk, on).unwrap();
                let mut states = goals.values().map(|goal| goal.state);
                states.any(|state| state == Some(GoalState::Achieved))
            }
            _ => self.now == Now::Completed && self.ended.is_some_and(|ended| ended <= on),
        }
    }
}

impl Run {
    pub(crate) fn close(&mut self, which: usize, id: PairingId, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, recorded) = stamp;
        let by = if c % 2 == 0 {
            Role::Mentor
        } else {
            Role::Mentee
        };
        let paired = self.model.paired.get(which);
        let open = paired.filter(|p| !p.closed(recorded));
        if b % 2 == 0 {
            let since = |p: &Paired| p.began.and(p.settled.or(p.ended));
            let passes = open.is_some_and(|p| {
                since(p).is_some_and(|since| since <= on) && !p.reviewed.contains_key(&by)
            });
            if self.verb(passes, stamp, |p, s, _| p.review(id, by, s)) {
                self.model.paired[which].reviewed.insert(by, on);
            }
            return;
        }
        let (occasion, agrees) = (Occasion::ALL[usize::from(b / 2 % 3)], c % 4 < 3);
        let key = (which, occasion);
        let words = self.model.celebrated.get(&key);
        let agreed = words.is_some_and(|words| words.contains(&by));
        let passes = agreed != agrees && (!agrees || open.is_some_and(|p| p.came_to(occasion, on)));
        if self.verb(passes, stamp, |p, s, _| {
            p.celebrate(id, occasion, by, agrees, s)
        }) {
            let words = self.model.celebrated.entry(key).or_default();
            if agrees {
                words.insert(by);
            } else {
                words.remove(&by);
            }
        }
    }

    pub(crate) fn compare_told(&self) {
        let model = &self.model;
        let told = model
            .celebrated
            .iter()
            .filter(|((which, occasion), words)| {
                let p = &model.paired[*which];
                words.len() == 2 && (p.closed(model.last) || p.came_to(*occasion, i64::MAX))
            });
        let told = told.map(|((which, occasion), _)| {
            let p = &model.paired[*which];
            (p.id, pair(p.mentor as u32, p.mentee as u32), *occasion)
        });
        let told: BTreeSet<_> = told.collect();
        assert_eq!(self.program.celebrations().collect::<BTreeSet<_>>(), told);
    }
}
