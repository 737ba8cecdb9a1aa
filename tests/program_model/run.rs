//! Commands out of bytes, played on the model and on the programme.

use super::*;

/// The model, the programme and its journal, side by side.
pub(crate) struct Run {
    pub(crate) model: Model,
    pub(crate) program: Program,
    pub(crate) journal: Vec<Entry>,
    pub(crate) ids: SequentialIds,
    pub(crate) passed: usize,
    pub(crate) refused: usize,
    /// What was said of goals, and how often.
    pub(crate) said: BTreeMap<&'static str, usize>,
    /// What was refused for which reason, and what passed, by name.
    pub(crate) seen: BTreeMap<String, usize>,
}

impl Run {
    pub(crate) fn new() -> Self {
        let world = World::first();
        let opened = Program::open(program_id(), &world.roster, Load::DEFAULT, at(0));
        let (mut program, entry) = opened.unwrap();
        let mut journal = vec![entry];
        journal.extend(launch(&mut program, &world.roster));
        let ready = (0..PEOPLE).filter(|n| world.people[*n].side.is_some());
        let ready: Vec<usize> = ready.collect();
        let model = Model {
            before: world.clone(),
            world,
            paired: Vec::new(),
            exempted: BTreeMap::new(),
            celebrated: BTreeMap::new(),
            cohorts: BTreeMap::from([(1, vec![0, 0])]),
            enrolled: ready.iter().map(|n| (*n, (1, 0))).collect(),
            trained: ready.iter().map(|n| (*n, 0)).collect(),
            entries: 4,
            last: 0,
            today: 0,
            sessions: 0,
            used: BTreeMap::new(),
        };
        Self {
            model,
            program,
            journal,
            ids: SequentialIds::new(2),
            passed: 0,
            refused: 0,
            said: BTreeMap::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Runs a verb of which the model says whether it passes.
    pub(crate) fn verb(
        &mut self,
        passes: bool,
        (on, recorded): (i64, i64),
        verb: impl FnOnce(&mut Program, Stamp, &mut SequentialIds) -> Result<Entry, Refused>,
    ) -> bool {
        let passes = passes && recorded >= self.model.last && (0..=recorded + 1).contains(&on);
        let before = (!passes).then(|| self.program.clone());
        let result = verb(&mut self.program, late(on, recorded), &mut self.ids);
        match (&result, before) {
            (Ok(entry), None) => {
                let event = serde_json::to_value(&entry.event).unwrap();
                let event = event["event"].as_str().unwrap().to_owned();
                *self.seen.entry(event).or_default() += 1;
                self.journal.push(entry.clone());
                self.model.entries += 1;
                self.model.last = recorded;
                self.passed += 1;
            }
            (Err(refused), Some(before)) => {
                assert!(!refused.0.is_empty());
                for problem in &refused.0 {
                    let name = format!("{problem:?}");
                    let name = name.strip_prefix("Session(").unwrap_or(&name);
                    let name = name.split(|c: char| !c.is_alphanumeric()).next();
                    *self.seen.entry(name.unwrap().to_owned()).or_default() += 1;
                }
                assert_eq!(self.program, before, "a refusal left a trace");
                self.refused += 1;
            }
            (Ok(entry), Some(_)) => panic!("the model refuses {entry:?}"),
            (Err(refused), None) => panic!("the model lets pass: {refused:?}"),
        }
        passes
    }

    pub(crate) fn command(&mut self, [op, a, b, c, d]: [u8; 5]) {
        self.model.today += [0, 0, 1, 2, 20][usize::from(d % 5)];
        let today = self.model.today;
        let back = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 30, -1, -2][usize::from(d / 5 % 14)];
        let recorded = today - if d == 255 { 25 } else { 0 };
        let (on, stamp) = (today - back, (today - back, recorded));
        let count = self.model.paired.len();
        let open = (0..count).filter(|n| self.model.paired[*n].now.is_open());
        let open: Vec<usize> = open.collect();
        let which = if a < 230 && !open.is_empty() {
            open[usize::from(a) % open.len()]
        } else {
            usize::from(a) % (count + 1)
        };
        let id = self
            .model
            .paired
            .get(which)
            .map_or(pairing_id(99), |p| p.id);
        match op % 32 {
            _ if op >= 208 => self.goal(which, id, b, c, stamp),
            1..=5 => self.propose(a, b, c, stamp),
            17 => self.agree(which, id, b, c, stamp),
            6..=16 if b < 220 && self.speaks(which) => {
                self.state(which, id, c, stamp);
            }
            6..=16 => {
                let step = self.step(which, b, c);
                let paired = self.model.paired.get(which);
                let passes = paired.is_some_and(|p| {
                    let days = p.began.map_or(0, |began| on - began);
                    p.now.after(step).is_some()
                        && on >= p.changed
                        && (step != Step::Begin || self.model.are_trained(p, on))
                        && (!matches!(step, Step::Sign { .. } | Step::Begin) || p.offer.is_none())
                        && (step != Step::Settle || p.held_by(on) >= 2 || days >= 60)
                        && (!matches!(step, Step::Reinstate { .. }) || p.link_gone)
                        && (step != Step::Introduce || p.introduced.is_none())
                        && (!matches!(step, Step::Sign { .. }) || p.agreed().terms == [true; 2])
                        && (matches!(p.now.after(step), Some(Now::Open(_)))
                            || !p.happened_after(on))
                });
                if self.verb(passes, stamp, |p, s, _| advance(p, id, step, s)) {
                    let paired = &mut self.model.paired[which];
                    paired.enter(paired.now.after(step).unwrap(), on);
                    match step {
                        Step::Introduce => paired.introduced = Some(on),
                        Step::Settle => paired.settled = Some(on),
                        _ => {}
                    }
                }
            }
            // Half of the commands on sessions are on what is to come and on what was given for them.
            18..=25 if op & 0x40 != 0 => self.around(op % 32, which, id, b, c, stamp),
            18..=25 => self.session(op % 32, which, id, b, c, stamp),
            28 if c < 128 => self.exemption(a, b, c, stamp),
            26 => self.goal(which, id, b, c, stamp),
            27 | 28 => self.reorganise(a, b, c, stamp),
            29 => self.close(which, id, b, c, stamp),
            0 => self.enrol(b, c, stamp),
            30 => self.withdraw(b, stamp),
            31 if c < 20 => self.milestone(b, c, stamp),
            31 if c < 60 => self.launch(b, stamp),
            _ => self.train(b, c, stamp),
        }
        self.compare(which);
    }
}
