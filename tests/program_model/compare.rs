//! The model and the programme, thing by thing.

use super::*;

impl Run {
    pub(crate) fn days(date: chrono::NaiveDate) -> i64 {
        (date - day(0)).num_days()
    }

    /// One pairing, fact by fact.
    pub(crate) fn compare_facts(&self, p: &Paired) {
        let facts = self.program.history().pairing(p.id).unwrap();
        assert_eq!(facts.pair, pair(p.mentor as u32, p.mentee as u32));
        assert_eq!(Self::days(facts.proposed), p.proposed);
        assert_eq!(Self::days(facts.latest_step), p.changed);
        assert_eq!(facts.started.map(Self::days), p.began);
        assert_eq!(facts.ended.map(|(d, _)| Self::days(d)), p.ended);
        assert_eq!(facts.introduced.map(Self::days), p.introduced);
        let reviewed = facts.reviewed.iter().map(|(by, on)| (*by, Self::days(*on)));
        assert_eq!(reviewed.collect::<BTreeMap<_, _>>(), p.reviewed);
        assert_eq!(facts.settled.map(Self::days), p.settled);
        let versions = facts.agreements.iter();
        let versions = versions.map(|v| (Self::days(v.from), v.cadence, v.until.map(Self::days)));
        let expected = p
            .versions
            .iter()
            .map(|(from, a)| (*from, a.cadence(), a.until));
        assert_eq!(versions.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        if let Some((on, ending)) = facts.ended {
            let early = p.versions.iter().rfind(|(from, _)| *from <= Self::days(on));
            let early = early
                .and_then(|(_, a)| a.until)
                .is_some_and(|end| Self::days(on) < end);
            assert_eq!(
                ending,
                match p.now {
                    Now::Completed if early => Ending::Early,
                    Now::Completed => Ending::OnTime,
                    Now::Ended(reason) => Ending::Ended(reason),
                    _ => panic!("{:?} has an end", p.now),
                }
            );
        }
        let holds = facts.holds.iter();
        let holds = holds.map(|h| (Self::days(h.from), h.until.map(Self::days), h.suspended));
        assert_eq!(holds.collect::<Vec<_>>(), p.holds);
        let sessions = facts.sessions.iter();
        let sessions = sessions.map(|s| (s.id.unwrap(), Self::met_of(s)));
        assert_eq!(sessions.collect::<BTreeMap<_, _>>(), p.sessions);
        let plans = facts.planned.iter().map(|s| (s.id, Self::plan_of(s)));
        assert_eq!(plans.collect::<BTreeMap<_, _>>(), p.plans);
        assert_eq!(facts.planned.len(), p.plans.len());
        assert!(facts.planned.is_sorted_by_key(|s| s.date));
        assert_eq!(facts.sessions.len(), p.sessions.len());
        assert!(facts.sessions.is_sorted_by_key(|s| s.date));
        if let Some(open) = self.program.pairing(p.id) {
            assert_eq!(*open.agreement(), p.agreed().agreement());
            assert_eq!(open.version() as usize, p.versions.len());
            let last = self.program.history().stages(p.id).last().unwrap();
            let found = (last.phase, last.agreed, last.link_gone);
            let expected = match open.stage() {
                Stage::Suspended { before, agreed } => (before, agreed, open.link_gone()),
                Stage::Open { now: phase } | Stage::Paused { before: phase } => {
                    (phase, Consent::Nobody, false)
                }
                over => panic!("{over:?} is not open"),
            };
            assert_eq!(found, expected);
            let offer = p.offer.map(|(by, a)| (by, a.agreement()));
            let offered = self.program.offered(p.id);
            assert_eq!(offered.map(|(by, a)| (by, a.clone())), offer);
            assert_eq!(open.held() as usize, p.held_by(i64::MAX));
            assert_eq!(open.began_on().map(Self::days), p.began);
            assert_eq!(Self::days(open.changed_on()), p.changed);
            assert_eq!(open.link_gone(), p.link_gone);
        }
        let far = facts.far_links.iter();
        let far = far.map(|(on, levels)| (Self::days(*on), levels.map(Levels::as_u32)));
        assert_eq!(far.collect::<Vec<_>>(), p.far);
    }

    pub(crate) fn compare(&self, which: usize) {
        let (model, program) = (&self.model, &self.program);
        assert_eq!(program.next_sequence(), model.entries);
        assert_eq!(program.roster(), model.world.roster.fingerprint());
        let mut open = 0;
        for p in &model.paired {
            let known = (!p.closed(model.last)).then_some(p.now);
            assert_eq!(program.stage(p.id).map(Now::of), known);
            assert_eq!(program.pairing(p.id).is_some(), p.now.is_open());
            open += usize::from(p.now.is_open());
            // The core invariants, on the world of today.
            if p.now.is_open() {
                let far = model.world.far(p.mentor, p.mentee);
                let excused = far.is_some() && model.exempted.contains_key(&p.mentee);
                let linked = model.world.linked(p.mentor, p.mentee) && !excused;
                assert!(!linked || matches!(p.now, Now::Suspended(..)), "{p:?}");
            }
        }
        assert_eq!(program.open_pairings().count(), open);
        self.compare_exemptions();
        self.compare_cohorts();
        self.compare_told();
        if let Some(p) = model.paired.get(which) {
            self.compare_facts(p);
        }
        self.compare_coming(which);
    }

    pub(crate) fn seats(&self) -> BTreeMap<(usize, Role), u32> {
        let roles = [Role::Mentor, Role::Mentee];
        let seats = (0..PEOPLE).flat_map(|n| roles.map(|r| (n, r)));
        seats
            .map(|(n, r)| ((n, r), self.model.open(n, r)))
            .collect()
    }

    /// Nobody gets beyond their places: a count above them can only be one that a reorganisation left.
    pub(crate) fn check_places(&self, before: &BTreeMap<(usize, Role), u32>) {
        let mut counted: BTreeMap<(usize, Role), u32> = BTreeMap::new();
        for pairing in self.program.open_pairings() {
            assert!(!pairing.goals().mentor().is_empty() && !pairing.goals().mentee().is_empty());
            let Pair { mentor, mentee } = pairing.pair();
            assert_ne!(mentor, mentee);
            for (person, role) in [(mentor, Role::Mentor), (mentee, Role::Mentee)] {
                let number = (0..PEOPLE).find(|n| person_id(*n as u32) == person);
                *counted.entry((number.unwrap(), role)).or_default() += 1;
            }
        }
        for (seat, n) in self.seats() {
            assert_eq!(counted.get(&seat).copied().unwrap_or(0), n);
            let places = self.model.world.places(seat.0, seat.1);
            assert!(
                n <= places || n <= before[&seat],
                "{seat:?} has {n} of {places}"
            );
        }
    }

    pub(crate) fn finish(&self) {
        for p in &self.model.paired {
            self.compare_facts(p);
            self.compare_goals(p);
        }
        let enrolled = self.program.people();
        let enrolled = enrolled.map(|e| (e.participant, e.as_mentor, e.as_mentee));
        let world = &self.model.world;
        let expected = (0..PEOPLE)
            .filter(|n| world.people[*n].side.is_some())
            .map(|n| {
                let places = |role| world.places(n, role);
                (
                    person_id(n as u32),
                    places(Role::Mentor),
                    places(Role::Mentee),
                )
            });
        assert_eq!(enrolled.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        let text = self
            .journal
            .iter()
            .map(|e| serde_json::to_string(e).unwrap());
        let read = text.map(|t| serde_json::from_str(&t).unwrap());
        let read: Vec<Entry> = read.collect();
        assert_eq!(read, self.journal);
        assert_eq!(Program::replay(&read).unwrap(), self.program);
        // The gate alone, from the journal and from its record, is the same gate.
        let gate = Program::replay_with((), &read).unwrap();
        assert_eq!(gate.to_record(), self.program.to_record());
        let record = serde_json::to_string(&gate.to_record()).unwrap();
        let record: ProgramRecord = serde_json::from_str(&record).unwrap();
        assert_eq!(Program::restore(&record).unwrap(), gate);
        let reopened = Program::reopen(&read, &world.roster, at(self.model.last)).unwrap();
        assert_eq!(
            (reopened.program, reopened.entry),
            (self.program.clone(), None)
        );
    }
}
