//! Commands about cohorts: who is enrolled and trained, and how far a cohort has come.

use reverse_mentoring::charter::{Cohort, Milestone, Readiness, Training};
use reverse_mentoring::text::Label;

use super::*;

impl Model {
    pub(crate) fn are_trained(&self, pairing: &Paired, on: i64) -> bool {
        let both = [pairing.mentor, pairing.mentee];
        both.iter()
            .all(|n| self.trained.get(n).is_some_and(|since| *since <= on))
    }

    fn in_roster(&self, person: usize) -> bool {
        self.world.people[person].side.is_some()
    }

    /// Ends what is open of some pairings.
    fn end(&mut self, reason: EndReason, on: i64, which: impl Fn(&Paired) -> bool) {
        for p in self.paired.iter_mut().filter(|p| p.now.is_open()) {
            if which(p) {
                p.enter(Now::Ended(reason), p.not_before(on));
            }
        }
    }
}

impl Run {
    /// A cohort that is known, or the next one.
    fn any_cohort(&self, b: u8) -> u32 {
        u32::from(b / 8) % (self.model.cohorts.len() as u32 + 1) + 1
    }

    pub(crate) fn enrol(&mut self, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let number = self.any_cohort(b);
        let people: Vec<usize> = match c % 4 {
            0 => vec![],
            1 => vec![usize::from(b) % PEOPLE, usize::from(c / 4) % PEOPLE],
            _ => vec![usize::from(b) % PEOPLE],
        };
        let reached = self.model.cohorts.get(&number);
        let open = reached.is_none_or(|r| r.len() < 4 && r[0] <= on);
        let distinct = people.iter().collect::<BTreeSet<_>>().len() == people.len();
        let model = &self.model;
        let free = |n: &usize| model.in_roster(*n) && !model.enrolled.contains_key(n);
        let passes = open && distinct && !people.is_empty() && people.iter().all(free);
        let answers = people
            .iter()
            .map(|n| (person_id(*n as u32), Readiness::confirmed()));
        let answers: Vec<_> = answers.collect();
        if self.verb(passes, stamp, |p, s, _| {
            p.enrol(cohort_id(number), answers, s)
        }) {
            self.model.cohorts.entry(number).or_insert(vec![on]);
            for person in people {
                self.model.enrolled.insert(person, (number, on));
            }
        }
    }

    pub(crate) fn withdraw(&mut self, b: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let person = usize::from(b) % PEOPLE;
        let theirs = self.model.enrolled.get(&person);
        let passes = theirs.is_some_and(|(_, since)| *since <= on);
        let id = person_id(person as u32);
        if self.verb(passes, stamp, |p, s, _| p.withdraw(id, s)) {
            self.model.enrolled.remove(&person);
            self.model.end(EndReason::Left, on, |p| {
                [p.mentor, p.mentee].contains(&person)
            });
        }
    }

    pub(crate) fn launch(&mut self, b: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let number = self.any_cohort(b);
        let reached = self.model.cohorts.get(&number);
        let passes = reached.is_some_and(|r| r.len() == 1 && r[0] <= on);
        let cohort: Cohort = cohort(number);
        if self.verb(passes, stamp, |p, s, _| p.launch(charter(), cohort, s)) {
            self.model.cohorts.get_mut(&number).unwrap().push(on);
        }
    }

    pub(crate) fn milestone(&mut self, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let number = self.any_cohort(b);
        let which = usize::from(c) % 5;
        let reached = self.model.cohorts.get(&number);
        let next = |r: &Vec<i64>| which >= 2 && r.len() == which && r[which - 1] <= on;
        let passes = reached.is_some_and(next);
        if self.verb(passes, stamp, |p, s, _| {
            p.reach(cohort_id(number), Milestone::ALL[which], s)
        }) {
            self.model.cohorts.get_mut(&number).unwrap().push(on);
            if which == 3 {
                self.model
                    .enrolled
                    .retain(|_, (cohort, _)| *cohort != number);
                self.model
                    .end(EndReason::ProgramClosed, on, |p| p.cohort == number);
            }
        }
    }

    pub(crate) fn train(&mut self, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let person = usize::from(b) % PEOPLE;
        let passes = self.model.in_roster(person);
        let accepted = c % 4 != 0;
        let label = |text: &str| Label::new(text).unwrap();
        let training = Training {
            curriculum: label("basics"),
            version: label(if accepted { "1" } else { "0" }),
        };
        let who = [person_id(person as u32)];
        if self.verb(passes, stamp, |p, s, _| p.trained(training, who, s)) && accepted {
            let since = self.model.trained.entry(person).or_insert(on);
            *since = on.min(*since);
        }
    }

    pub(crate) fn compare_cohorts(&self) {
        let enrolled = self.program.enrolled();
        let expected = self.model.enrolled.iter();
        let expected = expected.map(|(n, (cohort, _))| (person_id(*n as u32), cohort_id(*cohort)));
        assert_eq!(enrolled.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        for (number, reached) in &self.model.cohorts {
            let id = cohort_id(*number);
            let next = Milestone::ALL.get(reached.len()).copied();
            assert_eq!(self.program.next_milestone(id), next);
            let facts = self.program.history().cohort(id).unwrap();
            let days = facts.reached.values().map(|day| Self::days(*day));
            assert_eq!(days.collect::<Vec<_>>(), *reached);
            let lasting = facts.enrolments.iter().filter(|e| e.until.is_none());
            let lasting: BTreeSet<_> = lasting.map(|e| e.participant).collect();
            let theirs = self.model.enrolled.iter().filter(|(_, e)| e.0 == *number);
            assert_eq!(lasting, theirs.map(|(n, _)| person_id(*n as u32)).collect());
        }
        let context = self.program.context(day(self.model.today));
        for n in 0..PEOPLE {
            let id = person_id(n as u32);
            assert_eq!(
                context.is_enrolled(id),
                self.model.enrolled.contains_key(&n)
            );
            let since = self.model.trained.get(&n);
            let trained = since.is_some_and(|since| *since <= self.model.today);
            assert_eq!(
                context.is_trained(id, &Label::new("basics").unwrap()),
                trained
            );
        }
    }
}
