//! Goals by hand: what may be said of them and when, word for word, and what is read of them on a day.
//!
//! The random commands of `program_model` try the same rules against a model; here is what a reader would ask.

mod support;

use reverse_mentoring::charter::{Cohort, CohortDays};
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::{Ending, GoalBook, GoalState, GoalsReached, PairingFacts};
use reverse_mentoring::journal::{Entry, Stamp};
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::{
    DropReason, EndReason, Goal, GoalChange, GoalRef, NewGoal, Occasion, Priority, SharedGoal,
    Stage, Step, TwoWayGoals,
};
use reverse_mentoring::program::{Problem, Program, ProgramRecord, Refused, USUAL_DAYS};
use reverse_mentoring::roster::{Level, Roster, Skill};
use reverse_mentoring::text::Label;
use serde_json::{Value, json};
use support::*;

const WANTED: GoalChange = GoalChange::Dropped {
    reason: DropReason::NotWanted,
};

fn level(level: u8) -> Level {
    Level::new(level).unwrap()
}

fn at_level(n: u8) -> GoalChange {
    GoalChange::CheckedIn { level: level(n) }
}

fn of(learner: Role, skill: &str) -> GoalRef {
    GoalRef::learning(learner, Skill::new(skill).unwrap())
}

fn label(name: &str) -> Label {
    Label::new(name).unwrap()
}

fn learning(learner: Role, skill: &str, (from, to): (u8, u8), by: i64) -> NewGoal {
    let skill = Skill::new(skill).unwrap();
    let goal = Goal::new(skill, level(from), level(to), day(by)).unwrap();
    NewGoal::Learning { learner, goal }
}

fn together(name: &str, by: i64) -> NewGoal {
    let goal = SharedGoal::new(label(name), day(by));
    NewGoal::Shared { goal }
}

fn roster() -> Roster {
    Company::base().roster()
}

/// One pairing, proposed on day 1 with the drafted goals (budget 0 to 4 and video 1 to 3 on each side, by day 181), that
/// begins on day 10.
fn begun() -> Kept {
    let roster = roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 10);
    kept
}

trait Goals {
    fn say(&mut self, goal: GoalRef, change: GoalChange, stamp: Stamp) -> Result<Entry, Refused>;
    fn take_on(&mut self, goal: NewGoal, stamp: Stamp) -> Result<Entry, Refused>;
    fn book(&self) -> &GoalBook;
    fn facts(&self) -> &PairingFacts;
}

impl Goals for Kept {
    /// Says something of a goal of the first pairing; a refusal leaves no trace.
    fn say(&mut self, goal: GoalRef, change: GoalChange, stamp: Stamp) -> Result<Entry, Refused> {
        let before = self.program.clone();
        let said = self.program.change_goal(pairing_id(1), goal, change, stamp);
        match &said {
            Ok(entry) => self.journal.push(entry.clone()),
            Err(_) => assert_eq!(self.program, before),
        }
        said
    }

    fn take_on(&mut self, goal: NewGoal, stamp: Stamp) -> Result<Entry, Refused> {
        let before = self.program.clone();
        let said = self.program.add_goal(pairing_id(1), goal, stamp);
        match &said {
            Ok(entry) => self.journal.push(entry.clone()),
            Err(_) => assert_eq!(self.program, before),
        }
        said
    }

    fn book(&self) -> &GoalBook {
        self.program.goals(pairing_id(1)).unwrap()
    }

    fn facts(&self) -> &PairingFacts {
        self.program.history().pairing(pairing_id(1)).unwrap()
    }
}

fn why(refused: Result<Entry, Refused>) -> Vec<String> {
    let problems = refused.unwrap_err().0;
    problems.iter().map(Problem::to_string).collect()
}

#[test]
fn a_draft_has_a_day_and_normal_priority() {
    assert_eq!(USUAL_DAYS, 180);
    let kept = begun();
    let goals = kept.program.pairing(pairing_id(1)).unwrap().goals();
    for goal in goals.mentor().iter().chain(goals.mentee()) {
        assert_eq!((goal.by(), goal.priority()), (day(181), Priority::Normal));
    }
    assert!(goals.shared().is_empty());
    assert_eq!(kept.book().learning[0].due(day(1)), Some(day(181)));
    assert!(Priority::High > Priority::Normal && Priority::Normal > Priority::Low);
}

#[test]
fn a_draft_is_due_by_the_close_of_the_cohort_at_the_latest() {
    let roster = roster();
    let due = |close, proposed| {
        let mut kept = Kept::opened(&roster);
        let program = &mut kept.program;
        let people = everybody(&roster);
        let days = CohortDays::between(day(0), day(close)).unwrap();
        let cohort = Cohort::new(cohort_id(1), days);
        let enrolled = program.enrol(cohort_id(1), people, at(0)).unwrap();
        let launched = program.launch(charter(), cohort, at(0)).unwrap();
        kept.journal.extend([enrolled, launched]);
        kept.propose(&roster, &[("ada", "cto")], proposed);
        let goals = kept.program.pairing(pairing_id(1)).unwrap().goals();
        goals.mentor()[0].by()
    };
    assert_eq!(due(400, 20), day(200));
    assert_eq!(due(201, 20), day(200));
    assert_eq!(due(199, 20), day(199));
    assert_eq!(due(100, 99), day(100));
    // A cohort that runs over its days.
    assert_eq!(due(100, 100), day(280));
    assert_eq!(due(100, 101), day(281));
}

#[test]
fn no_shared_goal_is_there_twice() {
    let draft = TwoWayGoals::draft(&proof(&roster(), "ada", "cto"), day(90));
    let talk = |by| SharedGoal::new(label("a talk"), day(by));
    let error = draft.clone().with_shared([talk(1), talk(2)]).unwrap_err();
    assert_eq!(error.to_string(), "there are two shared goals `a talk`");
    let goals = draft.with_shared([talk(1)]).unwrap();
    assert_eq!(goals.shared(), [talk(1)]);
    let text = serde_json::to_string(&goals).unwrap();
    assert_eq!(serde_json::from_str::<TwoWayGoals>(&text).unwrap(), goals);
}

#[test]
fn a_goal_is_not_proposed_for_a_day_that_is_past() {
    let roster = roster();
    let mut kept = Kept::open(&roster);
    let proof = proof(&roster, "ada", "cto");
    let talk = SharedGoal::new(label("a talk"), day(4));
    let goals = TwoWayGoals::draft(&proof, day(4)).with_shared([talk]);
    let agreement = reverse_mentoring::pairing::Agreement::standard(
        reverse_mentoring::cadence::Cadence::MONTHLY,
    );
    let mut propose = |on| {
        let (goals, agreement) = (goals.clone().unwrap(), agreement.clone());
        let program = &mut kept.program;
        program.propose(
            pairing_id(1),
            &proof,
            goals,
            agreement,
            coordinator(),
            at(on),
        )
    };
    let late = "it would be due on 2026-01-05, before 2026-01-06";
    assert_eq!(
        why(propose(5)),
        [
            format!("the mentor's goal in `budget`: {late}"),
            format!("the mentor's goal in `video`: {late}"),
            format!("the mentee's goal in `budget`: {late}"),
            format!("the mentee's goal in `video`: {late}"),
            format!("the shared goal `a talk`: {late}"),
        ]
    );
    // On its very day it can be reached.
    propose(4).unwrap();
}

#[test]
fn a_learning_goal_is_achieved_when_a_check_in_says_so() {
    let mut kept = begun();
    let video = || of(Mentee, "video");
    let not_yet = kept.say(video(), GoalChange::Achieved, at(12));
    assert_eq!(
        why(not_yet),
        [
            "the mentee's goal in `video`: level 1 is reached and 3 aimed at: check in at the target first, or revise it"
        ]
    );
    kept.say(video(), at_level(3), at(14)).unwrap();
    // Not on a day on which nobody knew.
    let early = kept.say(video(), GoalChange::Achieved, late(13, 15));
    assert_eq!(
        early.unwrap_err().to_string(),
        "the mentee's goal in `video`: level 1 is reached and 3 aimed at: check in at the target first, or revise it"
    );
    kept.say(video(), GoalChange::Achieved, at(14)).unwrap();
    // Beyond the target is at it, and so is a target that was brought down.
    kept.say(of(Mentor, "video"), at_level(5), at(15)).unwrap();
    kept.say(of(Mentor, "video"), GoalChange::Achieved, at(15))
        .unwrap();
    kept.say(of(Mentor, "budget"), at_level(2), at(15)).unwrap();
    let to = GoalChange::revised_to;
    kept.say(of(Mentor, "budget"), to(level(2)), at(16))
        .unwrap();
    kept.say(of(Mentor, "budget"), GoalChange::Achieved, at(16))
        .unwrap();
    // A level that is found wrong later: reopened, and the new one counts.
    kept.say(video(), GoalChange::Reopened, at(20)).unwrap();
    kept.say(video(), at_level(2), at(20)).unwrap();
    let again = kept.say(video(), GoalChange::Achieved, at(20));
    assert_eq!(
        why(again),
        [
            "the mentee's goal in `video`: level 2 is reached and 3 aimed at: check in at the target first, or revise it"
        ]
    );
}

#[test]
fn what_a_state_does_not_allow_in_words() {
    let mut kept = begun();
    let budget = || of(Mentor, "budget");
    let by = GoalChange::revised_by(day(90));
    assert_eq!(
        why(kept.say(budget(), GoalChange::Reopened, at(11))),
        [
            "the mentor's goal in `budget`: a goal that is `open` cannot be `reopened`; possible: `checked_in`, `achieved`, `revised`, `dropped`"
        ]
    );
    kept.say(budget(), WANTED, at(11)).unwrap();
    for (change, code) in [
        (at_level(2), "checked_in"),
        (GoalChange::Achieved, "achieved"),
        (by, "revised"),
        (WANTED, "dropped"),
    ] {
        assert_eq!(change.as_str(), code);
        assert_eq!(
            why(kept.say(budget(), change, at(12))),
            [format!(
                "the mentor's goal in `budget`: a goal that is `dropped` cannot be `{code}`; possible: `reopened`"
            )]
        );
    }
    kept.say(budget(), GoalChange::Reopened, at(12)).unwrap();
    kept.say(budget(), at_level(4), at(12)).unwrap();
    kept.say(budget(), GoalChange::Achieved, at(12)).unwrap();
    for change in [at_level(2), GoalChange::Achieved, by, WANTED] {
        let code = change.as_str();
        assert_eq!(
            why(kept.say(budget(), change, at(13))),
            [format!(
                "the mentor's goal in `budget`: a goal that is `achieved` cannot be `{code}`; possible: `reopened`"
            )]
        );
    }
    // A shared goal has no levels, and is achieved by word.
    let talk = || GoalRef::shared(label("a talk"));
    kept.take_on(together("a talk", 60), at(13)).unwrap();
    let none = ["the shared goal `a talk`: a shared goal has no levels"];
    assert_eq!(why(kept.say(talk(), at_level(1), at(13))), none);
    let to = GoalChange::revised_to(level(3));
    assert_eq!(why(kept.say(talk(), to, at(13))), none);
    assert_eq!(
        why(kept.say(talk(), GoalChange::Reopened, at(13))),
        [
            "the shared goal `a talk`: a goal that is `open` cannot be `reopened`; possible: `achieved`, `revised`, `dropped`"
        ]
    );
    kept.say(talk(), GoalChange::Achieved, at(13)).unwrap();
}

#[test]
fn every_problem_of_a_revision() {
    let mut kept = begun();
    kept.say(of(Mentee, "video"), WANTED, at(11)).unwrap();
    let all = GoalChange::Revised {
        to: Some(level(1)),
        by: Some(day(11)),
        priority: Some(Priority::High),
    };
    let goal = "the mentee's goal in `video`";
    assert_eq!(
        why(kept.say(of(Mentee, "video"), all, at(12))),
        [
            format!("{goal}: a goal that is `dropped` cannot be `revised`; possible: `reopened`"),
            format!("{goal}: a goal from level 1 to level 1 does not rise"),
            format!("{goal}: it would be due on 2026-01-12, before 2026-01-13"),
        ]
    );
    let nothing = GoalChange::Revised {
        to: None,
        by: None,
        priority: None,
    };
    assert_eq!(
        why(kept.say(of(Mentee, "budget"), nothing, at(12))),
        ["the mentee's goal in `budget`: the revision names nothing"]
    );
    // What is not named stays.
    let budget = of(Mentee, "budget");
    kept.say(budget.clone(), GoalChange::revised_to(level(5)), at(12))
        .unwrap();
    kept.say(budget.clone(), GoalChange::revised_by(day(13)), at(13))
        .unwrap();
    let low = GoalChange::revised_priority(Priority::Low);
    kept.say(budget, low, at(14)).unwrap();
    let goal = &kept.book().learning[2];
    let read = |on| {
        let on = day(on);
        let due = goal.due(on).unwrap();
        (goal.target(on).as_u8(), due, goal.priority_on(on).as_str())
    };
    assert_eq!(read(11), (4, day(181), "normal"));
    assert_eq!(read(12), (5, day(181), "normal"));
    assert_eq!(read(13), (5, day(13), "normal"));
    assert_eq!(read(14), (5, day(13), "low"));
    assert_eq!((goal.to.as_u8(), goal.by), (4, Some(day(181))));
}

#[test]
fn goals_stay_two_way_on_every_day() {
    let mut kept = begun();
    kept.say(of(Mentor, "budget"), WANTED, at(20)).unwrap();
    assert_eq!(
        why(kept.say(of(Mentor, "video"), WANTED, at(21))),
        ["the mentor would have no learning goal on 2026-01-22: goals go both ways"]
    );
    // Nor on a day before, recorded late: from the day of the other on there would be none.
    assert_eq!(
        why(kept.say(of(Mentor, "video"), WANTED, late(15, 22))),
        ["the mentor would have no learning goal on 2026-01-21: goals go both ways"]
    );
    // A goal of both is nobody's lesson.
    kept.take_on(together("a talk", 60), at(22)).unwrap();
    assert!(kept.say(of(Mentor, "video"), WANTED, at(22)).is_err());
    // One that takes its place makes room, on the same day, too; and so does one that is achieved.
    kept.take_on(learning(Mentor, "sql", (0, 1), 90), at(23))
        .unwrap();
    kept.say(of(Mentor, "video"), WANTED, at(23)).unwrap();
    // Not before it was there.
    kept.say(of(Mentor, "video"), GoalChange::Reopened, at(24))
        .unwrap();
    assert_eq!(
        why(kept.say(of(Mentor, "video"), WANTED, late(22, 24))),
        [
            "the mentor's goal in `video`: what is on record of 2026-01-24 could not stand: a goal that is `dropped` cannot be `dropped`; possible: `reopened`"
        ]
    );
    kept.say(of(Mentee, "video"), at_level(3), at(25)).unwrap();
    kept.say(of(Mentee, "video"), GoalChange::Achieved, at(25))
        .unwrap();
    kept.say(of(Mentee, "budget"), WANTED, at(25)).unwrap();
}

#[test]
fn a_late_entry_stands_where_it_is_dated() {
    let mut kept = begun();
    let video = || of(Mentee, "video");
    kept.say(video(), at_level(3), at(20)).unwrap();
    kept.say(video(), GoalChange::Achieved, at(22)).unwrap();
    // A level of day 21 that says otherwise would take the ground from under day 22.
    assert_eq!(
        why(kept.say(video(), at_level(2), late(21, 25))),
        [
            "the mentee's goal in `video`: what is on record of 2026-01-23 could not stand: level 2 is reached and 3 aimed at: check in at the target first, or revise it"
        ]
    );
    // One of day 15 does not.
    kept.say(video(), at_level(2), late(15, 25)).unwrap();
    // Two of one day: the one recorded last.
    kept.say(of(Mentee, "budget"), at_level(3), at(26)).unwrap();
    kept.say(of(Mentee, "budget"), at_level(1), late(26, 27))
        .unwrap();
    let book = kept.book();
    let levels = |at: usize| {
        let goal = &book.learning[at];
        [14, 15, 19, 20, 26].map(|on| goal.level(day(on)).as_u8())
    };
    assert_eq!(levels(3), [1, 2, 2, 3, 3]);
    assert_eq!(levels(2), [0, 0, 0, 0, 1]);
    let found: Vec<_> = book.learning[3].found().map(|(on, _)| on).collect();
    assert_eq!(found, [day(15), day(20)]);
    let states = [21, 22].map(|on| book.learning[3].state(day(on)));
    assert_eq!(states, [Some(GoalState::Open), Some(GoalState::Achieved)]);
    assert_eq!(book.learning[3].state(day(0)), None);
    // A revision of day 19 up to 4 would, too.
    let up = kept.say(video(), GoalChange::revised_to(level(4)), late(19, 28));
    assert_eq!(
        why(up),
        [
            "the mentee's goal in `video`: what is on record of 2026-01-23 could not stand: level 3 is reached and 4 aimed at: check in at the target first, or revise it"
        ]
    );
}

#[test]
fn a_skill_that_was_dropped_can_begin_anew() {
    let mut kept = begun();
    let video = || of(Mentee, "video");
    let anew = |by| learning(Mentee, "video", (2, 5), by);
    let there = ["the mentee's goal in `video`: there is one already: revise it, or drop it first"];
    assert_eq!(why(kept.take_on(anew(90), at(12))), there);
    kept.say(video(), at_level(2), at(15)).unwrap();
    kept.say(video(), WANTED, at(20)).unwrap();
    // Not for the days on which the first was there.
    assert_eq!(why(kept.take_on(anew(90), late(19, 21))), there);
    assert_eq!(
        why(kept.take_on(anew(20), at(21))),
        ["the mentee's goal in `video`: it would be due on 2026-01-21, before 2026-01-22"]
    );
    kept.take_on(anew(90), at(22)).unwrap();
    assert_eq!(why(kept.take_on(anew(90), at(30))), there);
    // From its day on the words mean the second, before it the first.
    kept.say(video(), at_level(4), at(25)).unwrap();
    kept.say(video(), at_level(1), late(12, 25)).unwrap();
    let book = kept.book();
    let (first, second) = (&book.learning[3], &book.learning[4]);
    assert_eq!((first.since, second.since), (day(1), day(22)));
    let read = |on| (first.level(day(on)).as_u8(), second.level(day(on)).as_u8());
    assert_eq!([read(12), read(15), read(25)], [(1, 2), (2, 2), (2, 4)]);
    assert_eq!(second.state(day(21)), None);
    let reason = DropReason::NotWanted;
    assert_eq!(first.state(day(25)), Some(GoalState::Dropped { reason }));
    // The first cannot come back beside the second.
    assert_eq!(
        why(kept.say(video(), GoalChange::Reopened, late(21, 26))),
        there
    );
    // A shared goal likewise, and the names of both kinds do not meet.
    let talk = || GoalRef::shared(label("video"));
    kept.take_on(together("video", 90), at(26)).unwrap();
    assert_eq!(
        why(kept.take_on(together("video", 90), at(26))),
        ["the shared goal `video`: there is one already: revise it, or drop it first"]
    );
    kept.say(talk(), WANTED, at(27)).unwrap();
    kept.take_on(together("video", 95), at(27)).unwrap();
    let dues = [26, 27].map(|on| {
        let mut there = kept.book().shared.iter().rev();
        there.find(|g| g.since <= day(on)).unwrap().due(day(on))
    });
    assert_eq!(dues, [day(90), day(95)]);
    kept.say(talk(), GoalChange::Achieved, at(28)).unwrap();
    let states = kept.book().shared.iter().map(|g| g.state(day(28)));
    let states: Vec<_> = states.flatten().map(GoalState::as_str).collect();
    assert_eq!(states, ["dropped", "achieved"]);
    // What was dropped stays dropped for a goal that another follows on the very day.
    kept.say(of(Mentee, "budget"), WANTED, at(28)).unwrap();
    kept.take_on(learning(Mentee, "budget", (0, 1), 90), at(28))
        .unwrap();
    kept.say(of(Mentee, "budget"), at_level(1), at(28)).unwrap();
    assert_eq!(kept.book().learning[5].level(day(28)), level(1));
}

#[test]
fn goals_change_from_the_acceptance_until_the_record_closes() {
    let roster = roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    let by = GoalChange::revised_by(day(90));
    let budget = || of(Mentor, "budget");
    kept.step(1, Step::Accept { by: Mentee }, 2);
    let stands = ["the goals stand as proposed until both have accepted"];
    assert_eq!(why(kept.say(budget(), by, at(3))), stands);
    assert_eq!(why(kept.take_on(together("a talk", 60), at(3))), stands);
    assert_eq!(
        why(kept.say(budget(), at_level(1), at(3))),
        ["the pairing has not begun, so there can be no session"]
    );
    kept.step(1, Step::Accept { by: Mentor }, 5);
    assert_eq!(
        why(kept.say(budget(), by, late(4, 6))),
        [
            "2026-01-05 is before both had accepted on 2026-01-06: until then the goals stand as proposed"
        ]
    );
    assert_eq!(
        why(kept.take_on(together("a talk", 60), late(4, 6))),
        [
            "2026-01-05 is before both had accepted on 2026-01-06: until then the goals stand as proposed"
        ]
    );
    // Before the two meet they can settle what they want, and what they leave out.
    kept.say(budget(), by, at(5)).unwrap();
    kept.say(budget(), WANTED, at(6)).unwrap();
    kept.state(1, 10);
    for step in [
        Step::Prepare,
        Step::Sign { by: Mentor },
        Step::Sign { by: Mentee },
        Step::Begin,
    ] {
        kept.step(1, step, 10);
    }
    // Levels are found while they meet, everything else also in a pause and afterwards.
    kept.say(of(Mentor, "video"), at_level(3), at(12)).unwrap();
    kept.step(1, Step::Pause, 12);
    let paused = kept.say(of(Mentor, "video"), at_level(2), at(14));
    assert_eq!(why(paused), ["the pairing was held up on 2026-01-15"]);
    kept.say(budget(), GoalChange::Reopened, at(14)).unwrap();
    kept.step(1, END, 20);
    let ended = kept.say(of(Mentor, "video"), at_level(2), at(21));
    assert_eq!(
        why(ended),
        ["2026-01-22 is outside the days of the pairing, 2026-01-11 to 2026-01-21"]
    );
    let last = 20 + 92;
    kept.say(of(Mentor, "video"), GoalChange::Achieved, at(last))
        .unwrap();
    let closed = [format!(
        "pairing {} ended on 2026-01-21, and its record is closed",
        pairing_id(1)
    )];
    assert_eq!(why(kept.say(budget(), WANTED, at(last + 1))), closed);
    assert_eq!(
        why(kept.take_on(together("a talk", 200), at(last + 1))),
        closed
    );
    let none = [format!("there is no pairing {}", pairing_id(7))];
    let other = kept
        .program
        .change_goal(pairing_id(7), budget(), WANTED, at(last));
    assert_eq!(why(other), none);
    let other = kept
        .program
        .add_goal(pairing_id(7), together("a talk", 200), at(last));
    assert_eq!(why(other), none);
}

#[test]
fn of_a_pairing_that_nobody_accepted_goals_do_not_change() {
    let roster = roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.step(1, Step::Decline { by: Mentee }, 2);
    let by = GoalChange::revised_by(day(90));
    assert_eq!(
        why(kept.say(of(Mentor, "budget"), by, at(3))),
        ["the goals stand as proposed until both have accepted"]
    );
}

#[test]
fn every_problem_of_an_entry_at_once() {
    let mut kept = begun();
    assert_eq!(
        why(kept.say(of(Mentee, "sql"), at_level(3), late(9, 12))),
        [
            "the mentee has no goal in `sql`",
            "2026-01-10 is outside the days of the pairing, 2026-01-11 to now"
        ]
    );
    assert_eq!(
        why(kept.say(GoalRef::shared(label("a talk")), WANTED, late(9, 12))),
        [
            "there is no shared goal `a talk`",
            "2026-01-10 is before both had accepted on 2026-01-11: until then the goals stand as proposed"
        ]
    );
    kept.take_on(together("a talk", 60), at(13)).unwrap();
    assert_eq!(
        why(kept.say(GoalRef::shared(label("a talk")), WANTED, late(12, 13))),
        ["there is no shared goal `a talk`"]
    );
    assert_eq!(
        why(kept.take_on(learning(Mentor, "video", (0, 1), 5), late(8, 13))),
        [
            "2026-01-09 is before both had accepted on 2026-01-11: until then the goals stand as proposed",
            "the mentor's goal in `video`: there is one already: revise it, or drop it first",
            "the mentor's goal in `video`: it would be due on 2026-01-06, before 2026-01-09"
        ]
    );
}

#[test]
fn no_pause_and_no_end_before_a_check_in() {
    let mut kept = begun();
    kept.say(of(Mentor, "video"), at_level(2), at(20)).unwrap();
    let complete = |kept: &mut Kept, step, stamp| kept.program.advance(pairing_id(1), step, stamp);
    for step in [Step::Pause, END] {
        assert_eq!(
            why(complete(&mut kept, step, late(19, 25))),
            ["2026-01-20 is before a check-in on record, that of 2026-01-21"]
        );
    }
    // What else is said of a goal holds nothing up.
    kept.say(
        of(Mentor, "video"),
        GoalChange::revised_to(level(4)),
        at(24),
    )
    .unwrap();
    let mut other = kept.clone();
    complete(&mut other, END, late(20, 25)).unwrap();
    complete(&mut kept, Step::Pause, late(20, 25)).unwrap();

    // Both a session and a check-in: both are said.
    let mut kept = begun();
    kept.say(of(Mentor, "video"), at_level(2), at(20)).unwrap();
    kept.record(&session(1, 1, 18, MISSED), at(20));
    assert_eq!(
        why(complete(&mut kept, END, late(17, 25))),
        [
            "2026-01-18 is before a session on record, that of 2026-01-19: correct or void it first",
            "2026-01-18 is before a check-in on record, that of 2026-01-21"
        ]
    );
}

#[test]
fn a_reorganisation_known_late_ends_nothing_before_a_check_in() {
    let run = |company: &Company| {
        let mut kept = begun();
        kept.say(of(Mentor, "video"), at_level(2), at(20)).unwrap();
        let entry = kept.program.reorganise(&company.roster(), late(12, 30));
        kept.journal.push(entry.unwrap());
        let gate = Program::restore(&kept.program.to_record()).unwrap();
        assert_eq!(gate, Program::replay_with((), &kept.journal).unwrap());
        kept
    };
    let kept = run(&Company::base().side("ada", None));
    assert_eq!(
        kept.facts().ended,
        Some((day(20), Ending::Ended(EndReason::Left)))
    );
    let kept = run(&Company::base().reports("ada", "cto"));
    assert_eq!(kept.facts().holds[0].from, day(20));
    let stage = kept.program.stage(pairing_id(1)).unwrap();
    assert!(matches!(stage, Stage::Suspended { .. }));
}

/// A pairing that is under way from day 10 and settled on day 75; each side's goal in budget is given up.
fn settled() -> Kept {
    let mut kept = begun();
    kept.say(of(Mentor, "budget"), WANTED, at(11)).unwrap();
    kept.say(of(Mentee, "budget"), WANTED, at(11)).unwrap();
    kept.step(1, Step::Settle, 75);
    kept
}

fn achieve(kept: &mut Kept, learner: Role, on: i64) {
    kept.say(of(learner, "video"), at_level(3), at(on)).unwrap();
    let video = of(learner, "video");
    kept.say(video, GoalChange::Achieved, at(on)).unwrap();
}

#[test]
fn win_win_is_completed_with_the_goals_of_both_reached() {
    // Nobody's, one side's, both.
    let ways: [(&[Role], GoalsReached); 4] = [
        (&[], GoalsReached::Neither),
        (&[Mentor], GoalsReached::Only(Mentor)),
        (&[Mentee], GoalsReached::Only(Mentee)),
        (&[Mentor, Mentee], GoalsReached::Both),
    ];
    for (achieved, expected) in ways {
        let mut kept = settled();
        // A goal of both that is left open is neither's.
        kept.take_on(together("a talk", 90), at(76)).unwrap();
        for learner in achieved {
            achieve(&mut kept, *learner, 80);
        }
        assert_eq!(kept.facts().goals_reached(day(99)), None);
        kept.step(1, Step::Complete, 100);
        let facts = kept.facts();
        assert_eq!(facts.goals_reached(day(99)), None);
        assert_eq!(facts.goals_reached(day(100)), Some(expected));
        let both = expected == GoalsReached::Both;
        assert_eq!(facts.win_win(day(100)), Some(both));
        assert_eq!(expected.is_win_win(), both);
    }
    // One of two goals open is one open.
    let mut kept = settled();
    achieve(&mut kept, Mentor, 80);
    achieve(&mut kept, Mentee, 80);
    kept.say(of(Mentee, "budget"), GoalChange::Reopened, at(81))
        .unwrap();
    kept.step(1, Step::Complete, 100);
    assert_eq!(kept.facts().win_win(day(100)), Some(false));
    // Given up in the closing review: win-win from that day on. Reopened: no more.
    kept.say(of(Mentee, "budget"), WANTED, at(105)).unwrap();
    kept.say(of(Mentor, "video"), GoalChange::Reopened, at(110))
        .unwrap();
    let wins = [104, 105, 109, 110].map(|on| kept.facts().win_win(day(on)));
    assert_eq!(wins, [Some(false), Some(true), Some(true), Some(false)]);
    // Where there is no goal, none is reached.
    assert!(!GoalBook::default().reached(Mentor, day(100)));
    // An end before the planned one is not asked.
    let mut kept = settled();
    achieve(&mut kept, Mentor, 80);
    achieve(&mut kept, Mentee, 80);
    kept.step(1, END, 100);
    assert_eq!(kept.facts().win_win(day(120)), None);
}

#[test]
fn progress_counts_by_the_target_of_the_day_and_without_what_was_dropped() {
    let mut kept = begun();
    // Once the chemistry period is over: on the second session.
    for (n, on) in [(1, 14), (2, 18)] {
        let session = session(n, 1, on, held());
        kept.record(&session, at(on));
    }
    kept.step(1, Step::Settle, 18);
    kept.say(of(Mentor, "budget"), at_level(2), at(20)).unwrap();
    kept.say(of(Mentor, "video"), at_level(2), at(20)).unwrap();
    kept.say(
        of(Mentor, "budget"),
        GoalChange::revised_to(level(5)),
        at(30),
    )
    .unwrap();
    kept.say(of(Mentor, "video"), WANTED, at(40)).unwrap();
    kept.say(of(Mentor, "video"), GoalChange::Reopened, at(50))
        .unwrap();
    kept.take_on(learning(Mentor, "sql", (1, 4), 90), at(60))
        .unwrap();
    let reading = |on| {
        let health = ProgramHealth::assess(kept.program.history(), &Metrics::standard(), day(on));
        let ratio = health.unwrap().reading("mentor_goal_progress").unwrap();
        (ratio.part(), ratio.whole())
    };
    // budget 0 to 4 and video 1 to 3; then budget to 5; then without video; then with it; then with sql.
    let readings = [17, 19, 20, 30, 40, 50, 60].map(reading);
    let expected = [(0, 0), (0, 6), (3, 6), (3, 7), (2, 5), (3, 7), (3, 10)];
    assert_eq!(readings, expected);
}

#[test]
fn an_adopted_goal_has_no_day() {
    let roster = roster();
    let mut log = logged(&roster, "a", ("ada", "cto"), 3);
    log.goals = vec![reverse_mentoring::history::LoggedGoal {
        learner: Mentee,
        skill: Skill::new("video").unwrap(),
        from: level(1),
        to: level(3),
        now: level(3),
    }];
    let (_, adopted) = health_of(&[log], &roster, 10);
    let (_, facts) = adopted.history.pairings().next().unwrap();
    let goal = &facts.goals.learning[0];
    assert_eq!((goal.by, goal.due(day(5))), (None, None));
    assert_eq!((goal.since, goal.priority), (day(3), Priority::Normal));
    assert_eq!(goal.state(day(5)), Some(GoalState::Open));
    assert_eq!(goal.level(day(5)), level(3));
    assert_eq!(facts.accepted, Some(day(3)));
}

#[test]
fn a_goal_that_came_back_later_was_there() {
    let mut kept = begun();
    let video = || of(Mentee, "video");
    kept.say(video(), WANTED, at(20)).unwrap();
    kept.say(video(), GoalChange::Reopened, at(30)).unwrap();
    kept.say(video(), WANTED, at(31)).unwrap();
    let anew = || learning(Mentee, "video", (2, 5), 90);
    // On day 25 it was dropped, and on day 30 it came back.
    assert_eq!(
        why(kept.take_on(anew(), late(25, 32))),
        ["the mentee's goal in `video`: there is one already: revise it, or drop it first"]
    );
    kept.take_on(anew(), late(31, 32)).unwrap();
}

#[test]
fn one_day_without_a_goal_is_enough() {
    let mut kept = begun();
    kept.say(of(Mentor, "budget"), WANTED, at(20)).unwrap();
    kept.say(of(Mentor, "budget"), GoalChange::Reopened, at(25))
        .unwrap();
    kept.take_on(learning(Mentor, "sql", (0, 1), 90), at(26))
        .unwrap();
    kept.say(of(Mentor, "sql"), WANTED, at(28)).unwrap();
    // Today there would be one; from day 20 to day 25 there would have been none.
    assert_eq!(
        why(kept.say(of(Mentor, "video"), WANTED, late(15, 30))),
        ["the mentor would have no learning goal on 2026-01-21: goals go both ways"]
    );
    kept.say(of(Mentor, "video"), WANTED, late(25, 30)).unwrap();
}

#[test]
fn every_later_entry_that_could_not_stand() {
    let mut kept = begun();
    let video = || of(Mentee, "video");
    kept.say(video(), at_level(3), at(20)).unwrap();
    kept.say(video(), GoalChange::Achieved, at(22)).unwrap();
    kept.say(video(), GoalChange::Reopened, at(24)).unwrap();
    let what =
        |on| format!("the mentee's goal in `video`: what is on record of {on} could not stand: ");
    // Had it not been achieved, there would be nothing to reopen.
    assert_eq!(
        why(kept.say(video(), at_level(2), late(21, 25))),
        [
            what("2026-01-23")
                + "level 2 is reached and 3 aimed at: check in at the target first, or revise it",
            what("2026-01-25")
                + "a goal that is `open` cannot be `reopened`; possible: `checked_in`, `achieved`, `revised`, `dropped`",
        ]
    );
}

#[test]
fn the_acceptance_is_the_first() {
    let roster = roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.step(1, Step::Accept { by: Mentor }, 2);
    kept.step(1, Step::Accept { by: Mentee }, 3);
    // Held up by a reorganisation that is taken back; they go on as accepted.
    let linked = Company::base().reports("ada", "cto");
    kept.reorganise(&linked.roster(), 5);
    kept.reorganise(&roster, 7);
    kept.step(1, Step::Reinstate { by: Mentor }, 8);
    kept.step(1, Step::Reinstate { by: Mentee }, 8);
    assert_eq!(kept.facts().accepted, Some(day(3)));
    kept.say(of(Mentor, "budget"), WANTED, late(4, 9)).unwrap();
}

#[test]
fn an_achieved_goal_may_be_told_while_it_is_one() {
    let told = |kept: &Kept| kept.program.celebrations().count();
    let celebrate = |kept: &mut Kept, on| {
        for by in [Mentor, Mentee] {
            let occasion = Occasion::GoalAchieved;
            let entry = kept
                .program
                .celebrate(pairing_id(1), occasion, by, true, at(on))?;
            kept.journal.push(entry);
        }
        Ok::<(), Refused>(())
    };
    let mut kept = begun();
    // The level alone is no achievement: the two say when it is.
    kept.say(of(Mentee, "video"), at_level(3), at(20)).unwrap();
    assert!(celebrate(&mut kept, 20).is_err());
    let mut shared = kept.clone();
    kept.say(of(Mentee, "video"), GoalChange::Achieved, at(21))
        .unwrap();
    celebrate(&mut kept, 21).unwrap();
    assert_eq!(told(&kept), 1);
    kept.say(of(Mentee, "video"), GoalChange::Reopened, at(22))
        .unwrap();
    assert_eq!(told(&kept), 0);
    // One of both counts as well.
    shared.take_on(together("a talk", 60), at(20)).unwrap();
    let talk = GoalRef::shared(label("a talk"));
    shared.say(talk, GoalChange::Achieved, at(21)).unwrap();
    celebrate(&mut shared, 21).unwrap();
    assert_eq!(told(&shared), 1);
}

/// One of everything.
fn rich() -> Kept {
    let mut kept = begun();
    kept.say(of(Mentee, "video"), at_level(3), at(15)).unwrap();
    kept.say(of(Mentee, "video"), GoalChange::Achieved, at(16))
        .unwrap();
    kept.say(of(Mentor, "video"), WANTED, at(17)).unwrap();
    kept.take_on(learning(Mentor, "video", (0, 2), 90), at(18))
        .unwrap();
    let all = GoalChange::Revised {
        to: Some(level(4)),
        by: Some(day(80)),
        priority: Some(Priority::Low),
    };
    kept.say(of(Mentor, "video"), all, at(19)).unwrap();
    kept.say(of(Mentee, "budget"), WANTED, at(19)).unwrap();
    kept.take_on(together("a talk", 60), at(20)).unwrap();
    kept.say(GoalRef::shared(label("a talk")), WANTED, at(21))
        .unwrap();
    kept.say(
        GoalRef::shared(label("a talk")),
        GoalChange::Reopened,
        at(22),
    )
    .unwrap();
    kept
}

#[test]
fn goals_come_back_from_the_record_and_the_journal() {
    let mut kept = rich();
    let text = serde_json::to_string(&kept.program.to_record()).unwrap();
    let record: ProgramRecord = serde_json::from_str(&text).unwrap();
    let mut gate = Program::restore(&record).unwrap();
    assert_eq!(gate, Program::replay_with((), &kept.journal).unwrap());
    assert_eq!(Program::replay(&kept.journal).unwrap(), kept.program);
    assert_eq!(gate.goals(pairing_id(1)), Some(kept.book()));
    // And goes on alike.
    for (goal, change, on) in [
        (of(Mentor, "video"), GoalChange::Achieved, 30),
        (of(Mentor, "video"), at_level(4), 30),
        (of(Mentor, "video"), GoalChange::Achieved, 30),
        (of(Mentor, "budget"), WANTED, 31),
        (of(Mentee, "video"), GoalChange::Reopened, 31),
        (of(Mentee, "video"), WANTED, 31),
    ] {
        let whole = kept.say(goal.clone(), change, at(on));
        assert_eq!(gate.change_goal(pairing_id(1), goal, change, at(on)), whole);
    }
    assert_eq!(gate.to_record(), kept.program.to_record());
}

/// What is wrong with a record in which some values are others.
fn spoilt(changes: &[(&str, Value)]) -> Vec<String> {
    let mut record = serde_json::to_value(rich().program.to_record()).unwrap();
    for (place, value) in changes {
        let place = format!("/pairings/0/{place}");
        *record.pointer_mut(&place).unwrap() = value.clone();
    }
    let record: ProgramRecord = match serde_json::from_value(record) {
        Ok(record) => record,
        Err(error) => return vec![error.to_string()],
    };
    let before = format!("pairing {}: ", pairing_id(1));
    let problems = Program::restore(&record).unwrap_err().0.into_iter();
    let problems = problems.map(|p| p.to_string());
    problems
        .map(|p| p.strip_prefix(&before).map_or(p.clone(), str::to_owned))
        .collect()
}

#[test]
fn what_a_record_cannot_say_of_goals() {
    // In order: the mentor's budget and video (dropped), the mentee's budget (dropped) and video (achieved), the mentor's
    // second video; then the talk.
    let change = |on: &str, change: Value| json!({"on": on, "change": change});
    let dropped = || json!({"change": "dropped", "reason": "other"});
    let cases: Vec<(&str, Value, &[&str])> = vec![
        (
            "goals/learning/3/changes/0/change/level",
            json!(2),
            &[
                "the mentee's goal in `video`: what is on record of 2026-01-17 could not stand: level 2 is reached and 3 aimed at: check in at the target first, or revise it",
            ],
        ),
        (
            "goals/learning/3/changes/0/on",
            json!("2026-01-18"),
            &["the mentee's goal in `video`: what is on record of it is out of order"],
        ),
        (
            "goals/learning/3/changes/0/on",
            json!("2026-01-10"),
            &["the mentee's goal in `video`: nothing can be on record of 2026-01-10"],
        ),
        (
            "goals/learning/3/changes/1",
            change("2026-01-17", dropped()),
            &["the mentee has no learning goal on 2026-01-20: goals go both ways"],
        ),
        (
            "goals/learning/1/changes",
            json!([]),
            &["the mentor's goal in `video`: there is one already: revise it, or drop it first"],
        ),
        (
            "goals/learning/1/added_on",
            json!("2026-01-12"),
            &[
                "the mentee's goal in `budget` is of the proposal, and stands after one that was added",
                "the mentee's goal in `video` is of the proposal, and stands after one that was added",
            ],
        ),
        (
            "goals/learning/4/added_on",
            json!("2026-01-10"),
            &[
                "the mentor's goal in `video`: there is one already: revise it, or drop it first",
                "the mentor's goal in `video`: nothing can be on record of 2026-01-10",
            ],
        ),
        (
            "goals/learning/4/added_on",
            json!("2026-01-21"),
            &["the mentor's goal in `video`: nothing can be on record of 2026-01-20"],
        ),
        (
            "goals/learning/4/added_on",
            json!(null),
            &[
                "as proposed, the mentor has two goals in `video`",
                "the mentor's goal in `video`: there is one already: revise it, or drop it first",
            ],
        ),
        (
            "goals/learning/4/changes/0/change/to",
            json!(0),
            &[
                "the mentor's goal in `video`: what is on record of 2026-01-20 could not stand: a goal from level 0 to level 0 does not rise",
            ],
        ),
        (
            "goals/learning/4/changes/0/change/by",
            json!("2026-01-19"),
            &[
                "the mentor's goal in `video`: what is on record of 2026-01-20 could not stand: it would be due on 2026-01-19, before 2026-01-20",
            ],
        ),
        (
            "goals/learning/0/goal/by",
            json!("2026-01-01"),
            &["the mentor's goal in `budget`: it would be due on 2026-01-01, before 2026-01-02"],
        ),
        (
            "goals/learning/0/goal/to",
            json!(0),
            &["a wish from level 0 to level 0 does not rise"],
        ),
        (
            "goals/shared/0/added_on",
            json!("2026-01-10"),
            &["the shared goal `a talk`: nothing can be on record of 2026-01-10"],
        ),
        (
            "goals/shared/0/changes/0/change",
            json!({"change": "checked_in", "level": 2}),
            &[
                "the shared goal `a talk`: what is on record of 2026-01-22 could not stand: a shared goal has no levels",
                "the shared goal `a talk`: what is on record of 2026-01-23 could not stand: a goal that is `open` cannot be `reopened`; possible: `achieved`, `revised`, `dropped`",
            ],
        ),
        (
            "goals/shared/0/changes/1/on",
            json!("2026-01-25"),
            &["the shared goal `a talk`: nothing can be on record of 2026-01-25"],
        ),
        (
            "accepted_on",
            json!("2026-01-12"),
            &["the beginning on 2026-01-11 is before the acceptance on 2026-01-12"],
        ),
        (
            "accepted_on",
            json!("2026-01-01"),
            &["the acceptance on 2026-01-01 is before the proposal on 2026-01-02"],
        ),
        (
            "accepted_on",
            json!(null),
            &[
                "it is `chemistry`, and has no day of the acceptance",
                "both have not accepted, and its goals have changed",
            ],
        ),
    ];
    for (place, value, expected) in cases {
        assert_eq!(
            spoilt(&[(place, value.clone())]),
            expected,
            "{place} as {value}"
        );
    }
    // All of them.
    let found = spoilt(&[
        ("goals/learning/3/changes/0/change/level", json!(2)),
        ("goals/learning/4/changes/0/change/to", json!(0)),
        ("goals/shared/0/changes/1/on", json!("2026-01-25")),
    ]);
    assert_eq!(found.len(), 3, "{found:?}");
}

/// The word for a reason is the code by which it is stored.
#[test]
fn codes_of_reasons_are_what_is_written() {
    for (reason, code) in [
        (DropReason::NotWanted, "not_wanted"),
        (DropReason::Replaced, "replaced"),
        (DropReason::OutOfReach, "out_of_reach"),
        (DropReason::Other, "other"),
    ] {
        assert_eq!(reason.as_str(), code);
        assert_eq!(serde_json::to_value(reason).unwrap(), code);
    }
}
