//! Random lives of a programme, in which all parts happen, late and out of turn.
#![allow(dead_code, reason = "each test file uses a part")]

#[path = "dice.rs"]
mod dice;

use crate::support::*;
pub(crate) use dice::Dice;

use chrono::DateTime;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::charter::{Budget, Charter, Curriculum, Milestone, Readiness, Sponsor};
use reverse_mentoring::eligibility::{Eligibility, ExemptionReason};
use reverse_mentoring::history::{LoggedGoal, LoggedPairing};
use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
use reverse_mentoring::journal::Entry;
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{
    Agreement, Decision as About, DropReason, EndReason, GoalChange, Occasion, Step, TwoWayGoals,
};
use reverse_mentoring::policy::Policy;
use reverse_mentoring::program::{Program, Refused};
use reverse_mentoring::roster::{Level, Roster, Side, Skill};
use reverse_mentoring::session::{
    Minutes, Outcome, PlannedSession, Response, Session, TaughtBy, Venue,
};
use reverse_mentoring::text::Label;
use std::collections::BTreeMap;

pub(crate) const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

pub(crate) const KEYS: [&str; 8] = ["ceo", "ada", "ben", "cleo", "cto", "cfo", "ops", "dot"];

/// `dot` stands three levels below the `ceo`, who takes part.
pub(crate) fn company() -> Company {
    let mut base = Company::base()
        .side("ceo", Some(Side::Mentee))
        .places("ceo", 2);
    let staff = |key: &str, id, side, grade, manager: &str| Staff {
        key: key.to_owned(),
        id,
        side,
        grade,
        places: 2,
        manager: Some(manager.to_owned()),
        dotted: Vec::new(),
    };
    base.0.push(staff("lead", 8, None, 4, "ops"));
    base.0.push(staff("dot", 7, Some(Side::Mentor), 1, "lead"));
    base
}

pub(crate) fn number(key: &str) -> u32 {
    let company = company();
    company.0.iter().find(|s| s.key == key).unwrap().id
}

pub(crate) struct Life {
    pub(crate) program: Program,
    pub(crate) journal: Vec<Entry>,
    pub(crate) roster: Roster,
    pub(crate) ids: SequentialIds,
    pub(crate) known: Vec<PairingId>,
    pub(crate) sessions: Vec<(PairingId, SessionId)>,
    pub(crate) cohorts: u32,
    pub(crate) seen: BTreeMap<&'static str, usize>,
}

impl Life {
    pub(crate) fn new() -> Self {
        let roster = company().roster();
        let kept = Kept::open(&roster);
        Self {
            program: kept.program,
            journal: kept.journal,
            roster,
            ids: SequentialIds::new(77),
            known: vec![],
            sessions: vec![],
            cohorts: 1,
            seen: BTreeMap::new(),
        }
    }

    pub(crate) fn take(
        &mut self,
        name: &'static str,
        before: &Program,
        result: Result<Entry, Refused>,
    ) {
        match result {
            Ok(entry) => {
                *self.seen.entry(name).or_default() += 1;
                self.journal.push(entry);
            }
            Err(refused) => {
                assert!(!refused.0.is_empty());
                assert_eq!(&self.program, before, "a refusal left a trace");
            }
        }
    }

    pub(crate) fn pairing(&self, dice: &mut Dice) -> PairingId {
        let open: Vec<_> = self.program.open_pairings().map(|p| p.id()).collect();
        let open = if open.is_empty() || dice.roll(6) == 0 {
            self.known.clone()
        } else {
            open
        };
        if open.is_empty() {
            return pairing_id(999);
        }
        dice.of(&open)
    }

    /// One thing is tried; `false` where the turn is for something else.
    pub(crate) fn turn(&mut self, dice: &mut Dice, today: i64) -> bool {
        let on = today - dice.of(&[0, 0, 0, 0, 0, 1, 4, 15, 40]);
        let stamp = late(on.max(0), today);
        let before = self.program.clone();
        let id = self.pairing(dice);
        let by = dice.of(&ROLES);
        let who = person_id(number(dice.of(&KEYS)));
        let what = dice.roll(40);
        if matches!(what, 25 | 27 | 28 | 29 | 30 | 31)
            && dice.roll(if what == 27 { 12 } else { 5 }) > 0
        {
            return true;
        }
        match what {
            // All the way to the beginning.
            34..=38 => {
                for step in BEGIN {
                    let before = self.program.clone();
                    let result = advance(&mut self.program, id, step, stamp);
                    self.take(step.as_str(), &before, result);
                    for by in ROLES.into_iter().filter(|_| step == Step::Prepare) {
                        let before = self.program.clone();
                        let result = self.program.state(id, by, terms(), stamp);
                        self.take("state", &before, result);
                    }
                }
            }
            0..=2 => {
                let (a, b) = (
                    dice.of(&["ada", "ben", "cleo", "dot", "ops"]),
                    dice.of(&["ceo", "cto", "cfo", "ops"]),
                );
                let context = self.program.context(day(on.max(0)));
                let policy = Policy::core_only();
                let may = Eligibility::new(&self.roster, &policy, &context);
                let Ok(verdict) = may.check_keys(a, b) else {
                    return true;
                };
                let Some(proof) = verdict.eligible() else {
                    return true;
                };
                let id = PairingId::from_source(&mut self.ids);
                let goals = TwoWayGoals::draft(&proof, day(today + 200));
                let agreement = Agreement::standard(Cadence::FORTNIGHTLY).until(day(today + 90));
                let result =
                    self.program
                        .propose(id, &proof, goals, agreement, coordinator(), stamp);
                if result.is_ok() {
                    self.known.push(id);
                }
                self.take("propose", &before, result);
            }
            3..=10 => {
                let stage = self.program.stage(id);
                let legal: Vec<Step> = stage.map(|s| s.legal().collect()).unwrap_or_default();
                let legal: Vec<Step> = legal
                    .into_iter()
                    .filter(|s| {
                        !matches!(s, Step::End { .. } | Step::Decline { .. } | Step::Suspend)
                    })
                    .collect();
                let step = if legal.is_empty() || dice.roll(20) == 0 {
                    dice.of(&Step::KINDS)
                } else {
                    dice.of(&legal)
                };
                let step = match step {
                    Step::Accept { .. } if dice.roll(4) == 0 => Step::Decline { by },
                    Step::Accept { .. } => Step::Accept { by },
                    Step::Sign { .. } => Step::Sign { by },
                    Step::Reinstate { .. } => Step::Reinstate { by },
                    step => step,
                };
                let result = advance(&mut self.program, id, step, stamp);
                self.take(step.as_str(), &before, result);
            }
            11 | 12 => {
                let result = self.program.state(id, by, terms(), stamp);
                self.take("state", &before, result);
            }
            13 => {
                let Some(pairing) = self.program.pairing(id) else {
                    return true;
                };
                let cadence = dice.of(&[Cadence::WEEKLY, Cadence::MONTHLY]);
                let agreement = pairing.agreement().clone().with_cadence(cadence);
                let agreement = agreement.until(day(today + dice.roll(60) as i64));
                let result = self.program.offer(id, by, agreement, stamp);
                self.take("offer", &before, result);
            }
            14 => {
                let result = self.program.answer(id, by, dice.roll(3) > 0, stamp);
                self.take("answer", &before, result);
            }
            15..=17 => {
                let mut session = SessionId::from_source(&mut self.ids);
                if dice.roll(3) == 0 && !self.sessions.is_empty() {
                    session = dice.of(&self.sessions).1;
                }
                let long = held_for(1440, TaughtBy::Mentee);
                let outcome = dice.of(&[
                    held(),
                    held(),
                    held(),
                    held_for(60, TaughtBy::Both),
                    long,
                    Outcome::Cancelled { by: Some(by) },
                    Outcome::Missed { by: Some(by) },
                    MISSED,
                ]);
                let mut fact = Session::new(session, id, day(on), outcome);
                if dice.roll(2) == 0 {
                    let noon = stamp_noon(on);
                    fact = fact.with_start(noon);
                }
                if dice.roll(2) == 0 {
                    fact = fact.with_venue(dice.of(&[Venue::Workplace, Venue::Online]));
                }
                if dice.roll(3) == 0 {
                    fact = fact.with_feedback_from(by);
                }
                let correct = dice.roll(4) == 0;
                let result = if correct {
                    self.program.correct(&fact, late(today, today))
                } else {
                    self.program.record(&fact, late(today, today))
                };
                if result.is_ok() {
                    self.sessions.push((id, session));
                }
                self.take(if correct { "correct" } else { "record" }, &before, result);
            }
            18 => {
                if self.sessions.is_empty() {
                    return true;
                }
                let (id, session) = dice.of(&self.sessions);
                let (result, name) = if dice.roll(3) == 0 {
                    (self.program.void(id, session, stamp), "void")
                } else {
                    let response = dice.of(&[Response::Feedback, Response::Recognition]);
                    (
                        self.program.respond(id, session, by, response, stamp),
                        "respond",
                    )
                };
                self.take(name, &before, result);
            }
            19 | 20 => {
                let date = today + dice.roll(30) as i64;
                let mut session = SessionId::from_source(&mut self.ids);
                let moved = dice.roll(3) == 0 && !self.sessions.is_empty();
                let mut of = id;
                if moved {
                    (of, session) = dice.of(&self.sessions);
                }
                let mut plan = PlannedSession::new(session, of, day(date));
                if dice.roll(2) == 0 {
                    plan = plan.at(stamp_noon(date), Minutes::new(60).unwrap());
                }
                let result = if moved {
                    self.program.move_session(&plan, stamp)
                } else {
                    self.program.plan_session(&plan, stamp)
                };
                if result.is_ok() {
                    self.sessions.push((of, session));
                }
                self.take(if moved { "move" } else { "plan" }, &before, result);
            }
            21 | 22 => {
                let Some(book) = self.program.goals(id) else {
                    return true;
                };
                let goals: Vec<_> = book
                    .learning
                    .iter()
                    .map(|g| (g.named(), g.target(stamp.on)))
                    .collect();
                if goals.is_empty() {
                    return true;
                }
                if dice.roll(2) == 0 {
                    // What is aimed at is reached.
                    for (goal, level) in goals {
                        let done = [GoalChange::CheckedIn { level }, GoalChange::Achieved];
                        for change in done.into_iter().filter(|_| dice.roll(5) > 0) {
                            let before = self.program.clone();
                            let result = self.program.change_goal(id, goal.clone(), change, stamp);
                            self.take("goal", &before, result);
                        }
                    }
                    return true;
                }
                let goal = goals[dice.roll(goals.len() as u64) as usize].0.clone();
                let level = Level::new(dice.roll(6) as u8).unwrap();
                let change = dice.of(&[
                    GoalChange::CheckedIn { level },
                    GoalChange::CheckedIn { level },
                    GoalChange::Achieved,
                    GoalChange::Achieved,
                    GoalChange::Reopened,
                    GoalChange::Dropped {
                        reason: DropReason::NotWanted,
                    },
                    GoalChange::revised_to(level),
                ]);
                let result = self.program.change_goal(id, goal, change, stamp);
                self.take("goal", &before, result);
            }
            23 => {
                let result = self.program.review(id, by, stamp);
                self.take("review", &before, result);
            }
            24 => {
                let occasion = dice.of(&Occasion::ALL);
                let agrees = dice.roll(4) > 0;
                let result = self.program.celebrate(id, occasion, by, agrees, stamp);
                self.take("celebrate", &before, result);
            }
            25 => {
                let result = self.program.withdraw(who, stamp);
                self.take("withdraw", &before, result);
            }
            26 => {
                let answer = [(who, Readiness::confirmed())];
                let n = 1 + dice.roll(u64::from(self.cohorts) + 1) as u32;
                let result = self.program.enrol(cohort_id(n), answer, stamp);
                if result.is_ok() {
                    self.cohorts = self.cohorts.max(n);
                }
                self.take("enrol", &before, result);
            }
            27 => {
                let n = 1 + dice.roll(u64::from(self.cohorts)) as u32;
                if dice.roll(2) == 0 {
                    let result = self.program.launch(chartered(n), cohort(n), stamp);
                    self.take("launch", &before, result);
                } else if dice.roll(3) == 0 {
                    let milestone = self.program.next_milestone(cohort_id(n));
                    let milestone = milestone.unwrap_or(Milestone::Midpoint);
                    let result = self.program.reach(cohort_id(n), milestone, stamp);
                    self.take("reach", &before, result);
                }
            }
            28 => {
                let training = chartered(dice.of(&[1, 1, 2])).curriculum().training();
                let result = self.program.trained(training, [who], stamp);
                self.take("trained", &before, result);
            }
            29 | 30 => {
                let exempted = self.program.exemptions().next().is_some();
                let ceo = person_id(0);
                let (result, name) = if exempted {
                    (
                        self.program.revoke_exemption(ceo, coordinator(), stamp),
                        "revoke",
                    )
                } else {
                    let reason = ExemptionReason::OneTree;
                    (
                        self.program.exempt(ceo, reason, coordinator(), stamp),
                        "exempt",
                    )
                };
                self.take(name, &before, result);
            }
            31 => {
                let boss = ["ops", "cto", "cfo", "lead"];
                let mut company = company()
                    .reports("ada", dice.of(&boss))
                    .reports("ben", dice.of(&boss))
                    .reports("lead", dice.of(&["ops", "ops", "cto", "ceo"]));
                if dice.roll(4) == 0 {
                    company = company.side(dice.of(&KEYS[1..]), None);
                }
                let roster = company.roster();
                let result = self.program.reorganise(&roster, stamp);
                if result.is_ok() {
                    self.roster = roster;
                }
                self.take("reorganise", &before, result);
            }
            32 => {
                let (a, b) = (
                    dice.of(&["ada", "ben", "cleo", "dot", "ops", "cto"]),
                    dice.of(&["ceo", "cto", "cfo", "ops"]),
                );
                let mut log = logged(&self.roster, &format!("k{today}"), (a, b), today - 30);
                log.sessions = logged_sessions(&[(today - 20, held()), (today - 10, MISSED)]);
                if dice.roll(2) == 0 {
                    log.goals = ROLES
                        .map(|learner| LoggedGoal {
                            learner,
                            skill: Skill::new("budget").unwrap(),
                            from: Level::new(0).unwrap(),
                            to: Level::new(4).unwrap(),
                            now: Level::new(1).unwrap(),
                        })
                        .to_vec();
                }
                let logs: Vec<LoggedPairing> = vec![log];
                let deadline = day(today + 40);
                let roster = self.roster.clone();
                let ids = &mut self.ids;
                let result =
                    self.program
                        .adopt(&logs, &roster, deadline, coordinator(), stamp, ids);
                if let Ok(adoption) = &result {
                    self.known.extend(adoption.keys.keys());
                }
                match result.map(|a| a.entry) {
                    Ok(Some(entry)) => self.take("adopt", &before, Ok(entry)),
                    Ok(None) => {}
                    Err(refused) => self.take("adopt", &before, Err(refused)),
                }
            }
            33 => {
                let adopted: Vec<_> = self.program.adoptions(day(today)).collect();
                if adopted.is_empty() {
                    return true;
                }
                let one = &adopted[dice.roll(adopted.len() as u64) as usize];
                if dice.roll(3) == 0 {
                    let decision = dice.of(&[
                        About::GoOn,
                        About::End {
                            reason: EndReason::Exit,
                        },
                    ]);
                    let result = self
                        .program
                        .decide(one.pairing, decision, coordinator(), stamp);
                    self.take("decide", &before, result);
                    return true;
                }
                let context = self.program.context_beside(one.pairing, stamp.on).unwrap();
                let policy = Policy::core_only();
                let may = Eligibility::new(&self.roster, &policy, &context);
                let key = |id| {
                    self.roster
                        .participant(id)
                        .unwrap()
                        .key()
                        .as_str()
                        .to_owned()
                };
                let keys = (key(one.pair.mentor), key(one.pair.mentee));
                let Ok(verdict) = may.check_keys(&keys.0, &keys.1) else {
                    return true;
                };
                let Some(proof) = verdict.eligible() else {
                    return true;
                };
                let goals = TwoWayGoals::draft(&proof, day(today + 200));
                let agreement = Agreement::standard(Cadence::FORTNIGHTLY);
                let result = self.program.regularise(
                    one.pairing,
                    &proof,
                    goals,
                    agreement,
                    coordinator(),
                    stamp,
                );
                self.take("regularise", &before, result);
            }
            _ => return false,
        }
        true
    }
}

/// What a cohort is launched with: all but the first have a sponsor who means to take part, every second another training, every third less
/// time.
pub(crate) fn chartered(n: u32) -> Charter {
    let mut draft = draft();
    if n > 1 {
        let sponsor = draft.sponsor.unwrap();
        let person = person_id(1 + 3 * n % 7);
        draft.sponsor = Some(Sponsor::new(sponsor.id()).taking_part_as(person));
    }
    if n % 2 == 0 {
        let label = |text: &str| Label::new(text).unwrap();
        draft.curriculum = Some(Curriculum::new(label("basics"), label("2")));
    }
    if n % 3 == 0 {
        let hours = |text: &str| text.parse().unwrap();
        draft.budget = Some(Budget::new(hours("2"), hours("2"), hours("1")).unwrap());
    }
    Charter::new(draft).unwrap()
}

pub(crate) fn stamp_noon(on: i64) -> DateTime<chrono::Utc> {
    day(on).and_hms_opt(12, 0, 0).unwrap().and_utc()
}
