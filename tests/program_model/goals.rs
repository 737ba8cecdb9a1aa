//! Goals, as the model has them: one list of everything that was said, played from the beginning for each question.

use super::*;

/// A side, 0 the mentor's and 1 the mentee's, 2 both; and a name.
pub(crate) type Key = (u8, &'static str);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Said {
    /// From, to, by, how much it matters.
    Set(u8, u8, i64, u8),
    CheckIn(u8),
    Achieve,
    Revise(Option<u8>, Option<i64>, Option<u8>),
    Drop(DropReason),
    Reopen,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Goal {
    pub(crate) state: Option<GoalState>,
    pub(crate) from: u8,
    pub(crate) level: u8,
    pub(crate) to: u8,
    pub(crate) by: i64,
    pub(crate) priority: u8,
}

/// Everything that was said: the day, which goal, what. In the order of recording.
pub(crate) type Talk = Vec<(i64, Key, Said)>;

/// What the roster's wishes and offers come to, by hand.
pub(crate) fn drafted(on: i64, by: i64) -> Talk {
    let one = |side, name, from, to| (on, (side, name), Said::Set(from, to, by, 1));
    vec![
        one(0, "budget", 0, 4),
        one(0, "video", 1, 3),
        one(1, "budget", 0, 4),
        one(1, "video", 1, 3),
    ]
}

/// The goals at the end of a day; `None` where something was said that could not be.
pub(crate) fn goals_on(talk: &Talk, until: i64) -> Option<BTreeMap<Key, Goal>> {
    let mut goals: BTreeMap<Key, Goal> = BTreeMap::new();
    let mut days: Vec<i64> = talk.iter().map(|(on, ..)| *on).collect();
    days.sort_unstable();
    days.dedup();
    for day in days.into_iter().filter(|day| *day <= until) {
        for (_, key, said) in talk.iter().filter(|(on, ..)| *on == day) {
            let there = goals.get_mut(key);
            let shared = key.0 == 2;
            if let Said::Set(from, to, by, priority) = *said {
                let gone = |g: &Goal| matches!(g.state, Some(GoalState::Dropped { .. }));
                if there.is_some_and(|g| !gone(g)) || by < day {
                    return None;
                }
                let state = Some(GoalState::Open);
                let goal = Goal {
                    state,
                    from,
                    level: from,
                    to,
                    by,
                    priority,
                };
                goals.insert(*key, goal);
                continue;
            }
            let goal = there?;
            let open = goal.state == Some(GoalState::Open);
            match *said {
                Said::CheckIn(level) if open && !shared => goal.level = level,
                Said::Achieve if open && (shared || goal.level >= goal.to) => {
                    goal.state = Some(GoalState::Achieved);
                }
                Said::Revise(to, by, priority) if open => {
                    let nothing = (to, by, priority) == (None, None, None);
                    let flat = to.is_some_and(|to| shared || to <= goal.from);
                    if nothing || flat || by.is_some_and(|by| by < day) {
                        return None;
                    }
                    goal.to = to.unwrap_or(goal.to);
                    goal.by = by.unwrap_or(goal.by);
                    goal.priority = priority.unwrap_or(goal.priority);
                }
                Said::Drop(reason) if open => goal.state = Some(GoalState::Dropped { reason }),
                Said::Reopen if !open => goal.state = Some(GoalState::Open),
                _ => return None,
            }
        }
        for side in [0, 1] {
            let mut mine = goals.iter().filter(|((of, _), _)| *of == side);
            if mine.all(|(_, g)| matches!(g.state, Some(GoalState::Dropped { .. }))) {
                return None;
            }
        }
    }
    Some(goals)
}

fn role(side: u8) -> Role {
    [Role::Mentor, Role::Mentee][usize::from(side)]
}

pub(crate) fn named((side, name): Key) -> GoalRef {
    match side {
        2 => GoalRef::shared(Label::new(name).unwrap()),
        _ => GoalRef::learning(role(side), Skill::new(name).unwrap()),
    }
}

const PRIORITIES: [Priority; 3] = [Priority::Low, Priority::Normal, Priority::High];
const REASONS: [DropReason; 4] = [
    DropReason::NotWanted,
    DropReason::Replaced,
    DropReason::OutOfReach,
    DropReason::Other,
];
const KEYS: [Key; 8] = [
    (0, "budget"),
    (0, "video"),
    (1, "budget"),
    (1, "video"),
    (1, "budget"),
    (1, "video"),
    (0, "sql"),
    (2, "talk"),
];

impl Paired {
    /// The day of the latest check-in.
    pub(crate) fn checked_in(&self) -> Option<i64> {
        let days = self.talk.iter();
        let days = days.filter(|(.., said)| matches!(said, Said::CheckIn(_)));
        days.map(|(on, ..)| *on).max()
    }
}

impl Run {
    /// Something about a goal, often something that could be.
    pub(crate) fn goal(&mut self, which: usize, id: PairingId, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, recorded) = stamp;
        let key = KEYS[usize::from(b % 8)];
        let level = b / 8 % 6;
        let by = on + [0, 60, 400, -1][usize::from(b / 64)];
        let priority = b / 32 % 3;
        let some = |bit: u8| c & bit != 0;
        let paired = self.model.paired.get(which);
        let now = paired.and_then(|p| goals_on(&p.talk, on)?.get(&key).copied());
        let open = now.is_none_or(|goal| goal.state == Some(GoalState::Open));
        // What could be, more often than not.
        let reached = now.is_some_and(|goal| goal.level >= goal.to);
        let likely = match c % 16 {
            0..=9 if now.is_none() && key.0 == 2 => Some(Said::Set(0, 5, by, priority)),
            0..=4 if !open => Some(Said::Reopen),
            5..=9 if !open => Some(Said::Set(level.min(4), 5, by, priority)),
            5..=9 if reached => Some(Said::Achieve),
            0..=6 if some(48) && key.0 < 2 => now.map(|goal| Said::CheckIn(goal.to)),
            _ => None,
        };
        let said = likely.unwrap_or(match c % 16 {
            0..=3 => Said::CheckIn(level),
            4..=6 => Said::Achieve,
            7..=9 => Said::Revise(
                some(32).then_some(level),
                some(64).then_some(by),
                some(128).then_some(priority),
            ),
            10 | 11 => Said::Drop(REASONS[usize::from(b / 8 % 4)]),
            12 | 13 => Said::Reopen,
            _ => Said::Set(level.min(4), 5, by, priority),
        });
        let passes = paired.is_some_and(|p| {
            let mut talk = p.talk.clone();
            talk.push((on, key, said));
            let in_time = match said {
                Said::CheckIn(_) => p.ran_on(on),
                _ => p.accepted.is_some_and(|accepted| accepted <= on),
            };
            in_time && !p.closed(recorded) && goals_on(&talk, i64::MAX).is_some()
        });
        let level_of = |level| Level::new(level).unwrap();
        let priority_of = |n: u8| PRIORITIES[usize::from(n)];
        let done = self.verb(passes, stamp, |p, s, _| {
            let change = match said {
                Said::Set(from, to, by, priority) => {
                    let (by, priority) = (day(by), priority_of(priority));
                    let goal = match key {
                        (2, name) => {
                            let goal = SharedGoal::new(Label::new(name).unwrap(), by);
                            let goal = goal.with_priority(priority);
                            NewGoal::Shared { goal }
                        }
                        (side, name) => {
                            let skill = Skill::new(name).unwrap();
                            let (from, to) = (level_of(from), level_of(to));
                            let goal = pairing::Goal::new(skill, from, to, by).unwrap();
                            let (learner, goal) = (role(side), goal.with_priority(priority));
                            NewGoal::Learning { learner, goal }
                        }
                    };
                    return p.add_goal(id, goal, s);
                }
                Said::CheckIn(level) if key.0 < 2 => {
                    let (skill, level) = (Skill::new(key.1).unwrap(), level_of(level));
                    return p.progress(id, role(key.0), skill, level, s);
                }
                Said::CheckIn(level) => GoalChange::CheckedIn {
                    level: level_of(level),
                },
                Said::Achieve => GoalChange::Achieved,
                Said::Revise(to, by, priority) => GoalChange::Revised {
                    to: to.map(level_of),
                    by: by.map(day),
                    priority: priority.map(priority_of),
                },
                Said::Drop(reason) => GoalChange::Dropped { reason },
                Said::Reopen => GoalChange::Reopened,
            };
            p.change_goal(id, named(key), change, s)
        });
        if done {
            self.model.paired[which].talk.push((on, key, said));
            *self.said.entry(said_as(said)).or_default() += 1;
            self.compare_goals(&self.model.paired[which]);
        }
    }

    /// Every goal on every day on which something was said, and the day before.
    pub(crate) fn compare_goals(&self, p: &Paired) {
        let facts = self.program.history().pairing(p.id).unwrap();
        let known = (!p.closed(self.model.last)).then_some(&facts.goals);
        assert_eq!(self.program.goals(p.id), known);
        assert_eq!(facts.accepted.map(Self::days), p.accepted);
        let days = p.talk.iter().flat_map(|(on, ..)| [*on - 1, *on]);
        let ended = p.ended.into_iter().flat_map(|on| [on - 1, on]);
        let days: BTreeSet<i64> = days.chain(ended).collect();
        for on in days {
            let expected = goals_on(&p.talk, on).expect("the model let it pass");
            let date = day(on);
            for key in KEYS {
                let found = match key.0 {
                    2 => {
                        let mut goals = facts.goals.shared.iter().rev();
                        let goal = goals.find(|g| g.named() == named(key) && g.since <= date);
                        goal.map(|g| {
                            let (state, by) = (g.state(date), Self::days(g.due(date)));
                            (state, by, g.priority_on(date), None)
                        })
                    }
                    side => {
                        let mut goals = facts.goals.learning.iter().rev();
                        let goal = goals.find(|g| g.named() == named(key) && g.since <= date);
                        goal.map(|g| {
                            assert_eq!(g.learner, role(side));
                            let (state, by) = (g.state(date), Self::days(g.due(date).unwrap()));
                            let levels = [g.from, g.level(date), g.target(date)];
                            (
                                state,
                                by,
                                g.priority_on(date),
                                Some(levels.map(Level::as_u8)),
                            )
                        })
                    }
                };
                let expected = expected.get(&key).map(|g| {
                    let priority = PRIORITIES[usize::from(g.priority)];
                    let levels = (key.0 < 2).then_some([g.from, g.level, g.to]);
                    (g.state, g.by, priority, levels)
                });
                assert_eq!(found, expected, "{key:?} on {on} of {p:?}");
            }
            let over = p.now == Now::Completed && p.ended.is_some_and(|ended| ended <= on);
            let won = |side| {
                let mut mine = expected.iter().filter(|((of, _), _)| *of == side);
                mine.all(|(_, goal)| goal.state != Some(GoalState::Open))
            };
            assert_eq!(facts.win_win(date), over.then(|| won(0) && won(1)));
        }
        let found: usize = facts.goals.learning.iter().map(|g| g.found().count()).sum();
        let levels = p.talk.iter();
        let levels = levels.filter(|(.., said)| matches!(said, Said::CheckIn(_)));
        assert_eq!(found, levels.count());
    }
}

fn said_as(said: Said) -> &'static str {
    match said {
        Said::Set(..) => "set",
        Said::CheckIn(_) => "check in",
        Said::Achieve => "achieve",
        Said::Revise(..) => "revise",
        Said::Drop(_) => "drop",
        Said::Reopen => "reopen",
    }
}
