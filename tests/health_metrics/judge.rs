//! A second reading of every metric, from the entries of a journal: day by day and case by case, without `History`, its
//! facts or the library's health. Slow, and in no order that matters.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use reverse_mentoring::charter::{Charter, Milestone, Training};
use reverse_mentoring::ids::{CohortId, PairingId, ParticipantId, SessionId};
use reverse_mentoring::journal::{Entry, Event};
use reverse_mentoring::pair::{Pair, Role, Roles};
use reverse_mentoring::pairing::{Decision, EndReason, GoalChange, GoalRef, Step, TwoWayGoals};
use reverse_mentoring::roster::{Level, Skill};
use reverse_mentoring::session::{Outcome, Response, SessionFacts, TaughtBy, Venue};

type Day = NaiveDate;
/// Part and whole by the name of the metric.
pub(crate) type Readings = BTreeMap<String, (u64, u64)>;

const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

struct Meeting {
    id: SessionId,
    date: Day,
    outcome: Outcome,
    venue: Option<Venue>,
    elsewhere: bool,
    feedback: Roles,
    recognition: Roles,
}

impl Meeting {
    fn of(facts: &SessionFacts, elsewhere: bool) -> Self {
        Self {
            id: facts.session,
            date: facts.date,
            outcome: facts.result,
            venue: facts.venue,
            elsewhere,
            feedback: facts.feedback_from,
            recognition: facts.recognition_from,
        }
    }

    fn held(&self) -> bool {
        matches!(self.outcome, Outcome::Held(_))
    }
}

struct Aim {
    learner: Role,
    skill: Skill,
    since: Day,
    from: Level,
    to: Level,
    changes: Vec<(Day, GoalChange)>,
}

impl Aim {
    /// Level, target, achieved and dropped on a day.
    fn on(&self, day: Day) -> (u8, u8, bool, bool) {
        let mut changes: Vec<_> = self.changes.iter().filter(|(on, _)| *on <= day).collect();
        changes.sort_by_key(|(on, _)| *on);
        let (mut level, mut target) = (self.from.as_u8(), self.to.as_u8());
        let (mut achieved, mut dropped) = (false, false);
        for (_, change) in changes {
            match change {
                GoalChange::CheckedIn { level: found } => level = found.as_u8(),
                GoalChange::Revised { to, .. } => target = to.map_or(target, Level::as_u8),
                GoalChange::Achieved => (achieved, dropped) = (true, false),
                GoalChange::Dropped { .. } => (achieved, dropped) = (false, true),
                GoalChange::Reopened => (achieved, dropped) = (false, false),
                other => panic!("the judge does not know {other:?}"),
            }
        }
        (level, target, achieved, dropped)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Completed,
    Closed,
    Other,
}

#[derive(Clone, Copy, PartialEq)]
enum Hold {
    Pause,
    Suspension,
    /// It was made elsewhere, is regularised and not begun again.
    Wait,
}

struct Story {
    pair: Pair,
    adopted: bool,
    cohort: Option<CohortId>,
    regularised: Option<Day>,
    proposed: Day,
    yes: Vec<Role>,
    accepted: Option<Day>,
    /// Who has signed, and that the text has changed, in the order of recording.
    signed: Vec<(Day, Option<Role>)>,
    started: Option<Day>,
    settled: Option<Day>,
    ended: Option<(Day, End)>,
    /// What it is, from when until when.
    holds: Vec<(Hold, Day, Option<Day>)>,
    /// Whether it has to be begun again.
    waits: bool,
    back: Vec<Role>,
    latest: Day,
    meetings: Vec<Meeting>,
    given_later: Vec<(SessionId, Role, Response, Day)>,
    aims: Vec<Aim>,
    /// The goals that it had elsewhere.
    aims_before: Vec<Aim>,
}

impl Story {
    fn new(pair: Pair, proposed: Day) -> Self {
        Self {
            pair,
            adopted: false,
            cohort: None,
            regularised: None,
            proposed,
            yes: vec![],
            accepted: None,
            signed: Vec::new(),
            started: None,
            settled: None,
            ended: None,
            holds: vec![],
            waits: false,
            back: vec![],
            latest: proposed,
            meetings: vec![],
            given_later: vec![],
            aims: vec![],
            aims_before: vec![],
        }
    }

    fn aim(&mut self, goals: &TwoWayGoals) {
        for learner in ROLES {
            for goal in goals.of(learner) {
                self.aims.push(Aim {
                    learner,
                    skill: goal.skill().clone(),
                    since: self.proposed,
                    from: goal.from(),
                    to: goal.to(),
                    changes: vec![],
                });
            }
        }
    }

    /// A day, or a later one on which something had happened that a reorganisation cannot undo.
    fn not_before(&self, on: Day) -> Day {
        let called_off = |m: &&Meeting| !matches!(m.outcome, Outcome::Cancelled { .. });
        let met = self.meetings.iter().filter(called_off).map(|m| m.date);
        let changes = self.aims.iter().flat_map(|aim| &aim.changes);
        let found = changes.filter(|(_, c)| matches!(c, GoalChange::CheckedIn { .. }));
        let all = met.chain(found.map(|(day, _)| *day));
        all.chain([self.latest, on]).max().unwrap()
    }

    fn go_on(&mut self, on: Day) {
        for hold in &mut self.holds {
            hold.2 = hold.2.or(Some(on));
        }
        self.back.clear();
    }

    fn hold(&mut self, what: Hold, on: Day) {
        self.go_on(on);
        self.holds.push((what, on, None));
        self.latest = self.latest.max(on);
    }

    fn end(&mut self, on: Day, end: End) {
        self.go_on(on);
        self.ended = Some((on, end));
        self.latest = self.latest.max(on);
    }

    fn step(&mut self, step: Step, on: Day) {
        self.latest = self.latest.max(on);
        match step {
            Step::Accept { by } => {
                self.yes.push(by);
                if self.yes.len() == 2 {
                    self.accepted = Some(on);
                }
            }
            Step::Sign { by } => {
                self.signed.push((on, Some(by)));
            }
            Step::Begin => {
                self.started = self.started.or(Some(on));
                self.waits = false;
                self.go_on(on);
            }
            Step::Settle => self.settled = Some(on),
            Step::Pause => self.hold(Hold::Pause, on),
            Step::Resume => self.go_on(on),
            Step::Reinstate { by } => {
                self.back.push(by);
                if self.back.len() == 2 {
                    self.go_on(on);
                }
            }
            Step::Complete => self.end(on, End::Completed),
            Step::Decline { .. } => self.end(on, End::Other),
            Step::End { reason } => self.end(on, how(reason)),
            Step::Introduce | Step::Prepare => {}
            other => panic!("the judge does not know {other:?}"),
        }
        self.waits_again(on);
    }

    fn waits_again(&mut self, on: Day) {
        let held_up = self.holds.iter().any(|(.., until)| until.is_none());
        if self.waits && !held_up && self.ended.is_none() {
            self.hold(Hold::Wait, on);
        }
    }

    fn over(&self, on: Day) -> bool {
        self.ended.is_some_and(|(day, _)| day <= on)
    }

    fn open(&self, on: Day) -> bool {
        self.proposed <= on && !self.over(on)
    }

    fn cohort_on(&self, on: Day) -> Option<CohortId> {
        match self.regularised {
            Some(day) if day > on => None,
            _ => self.cohort,
        }
    }

    /// Whether what came of it is judged.
    fn judged(&self, on: Day) -> bool {
        by(self.started, on) && (by(self.settled, on) || self.cohort_on(on).is_none())
    }

    fn meetings(&self, on: Day) -> Vec<&Meeting> {
        let mut all: Vec<_> = self.meetings.iter().filter(|m| m.date <= on).collect();
        all.sort_by_key(|m| m.date);
        all
    }

    fn gave(&self, meeting: &Meeting, response: Response, from: Role, on: Day) -> bool {
        let with = match response {
            Response::Feedback => meeting.feedback,
            Response::Recognition => meeting.recognition,
            other => panic!("the judge does not know {other:?}"),
        };
        let later = self.given_later.iter();
        let mut later =
            later.filter(|(id, by, what, _)| (*id, *by, *what) == (meeting.id, from, response));
        with.contains(from) || later.any(|(.., day)| *day <= on)
    }

    fn aims(&self, on: Day) -> &[Aim] {
        match self.regularised {
            Some(day) if day > on => &self.aims_before,
            _ => &self.aims,
        }
    }

    fn gained(&self, learner: Role, on: Day) -> (u64, u64) {
        let (mut gained, mut aimed) = (0, 0);
        for aim in self
            .aims(on)
            .iter()
            .filter(|a| a.learner == learner && a.since <= on)
        {
            let (level, target, _, dropped) = aim.on(on);
            if !dropped {
                let from = aim.from.as_u8();
                gained += u64::from(level.min(target).max(from) - from);
                aimed += u64::from(target.max(from) - from);
            }
        }
        (gained, aimed)
    }

    fn reached(&self, learner: Role, on: Day) -> bool {
        let all = self
            .aims(on)
            .iter()
            .filter(|a| a.learner == learner && a.since <= on);
        let states: Vec<_> = all.map(|aim| aim.on(on)).collect();
        states.iter().any(|s| s.2) && states.iter().all(|s| s.2 || s.3)
    }
}

fn how(reason: EndReason) -> End {
    match reason {
        EndReason::ProgramClosed => End::Closed,
        _ => End::Other,
    }
}

fn by(day: Option<Day>, on: Day) -> bool {
    day.is_some_and(|day| day <= on)
}

/// What happened to the places and the wish of a person, in the order of recording.
enum Turn {
    Places([u32; 2]),
    Gone,
    In(CohortId),
    Out,
    Trained(Training),
}

#[derive(Default)]
pub(crate) struct Naive {
    stories: BTreeMap<PairingId, Story>,
    people: BTreeMap<ParticipantId, Vec<(Day, Turn)>>,
    now_in: BTreeMap<ParticipantId, CohortId>,
    launched: Vec<(Day, CohortId, Charter)>,
    closed: BTreeMap<CohortId, Day>,
}

impl Naive {
    pub(crate) fn of(journal: &[Entry]) -> Self {
        let mut naive = Self::default();
        for entry in journal {
            naive.take(&entry.event, entry.stamp.on);
        }
        naive
    }

    fn turn(&mut self, person: ParticipantId, on: Day, turn: Turn) {
        self.people.entry(person).or_default().push((on, turn));
    }

    fn out(&mut self, person: ParticipantId, on: Day) {
        if self.now_in.remove(&person).is_some() {
            self.turn(person, on, Turn::Out);
        }
    }

    fn each(&mut self, ids: &[PairingId], on: Day, change: impl Fn(&mut Story, Day)) {
        for id in ids {
            let story = self.stories.get_mut(id).unwrap();
            change(story, story.not_before(on));
        }
    }

    fn take(&mut self, event: &Event, on: Day) {
        match event {
            Event::Opened { people, .. } => {
                for p in people {
                    self.turn(p.participant, on, Turn::Places([p.as_mentor, p.as_mentee]));
                }
            }
            Event::Enrolled { cohort, people } => {
                for p in people {
                    self.now_in.insert(p.participant, *cohort);
                    self.turn(p.participant, on, Turn::In(*cohort));
                }
            }
            Event::Withdrew { participant, ended } => {
                self.out(*participant, on);
                self.each(ended, on, |story, on| story.end(on, End::Other));
            }
            Event::Launched { charter, cohort } => {
                self.launched
                    .push((on, cohort.id(), charter.as_ref().clone()));
            }
            Event::Reached {
                cohort,
                milestone,
                ended,
            } => {
                if *milestone == Milestone::Close {
                    self.closed.insert(*cohort, on);
                    let theirs = self.now_in.iter().filter(|(_, c)| *c == cohort);
                    let theirs: Vec<_> = theirs.map(|(person, _)| *person).collect();
                    theirs.into_iter().for_each(|person| self.out(person, on));
                }
                self.each(ended, on, |story, on| story.end(on, End::Closed));
            }
            Event::Trained { training, people } => {
                for p in people {
                    self.turn(*p, on, Turn::Trained(training.clone()));
                }
            }
            Event::Proposed {
                cohort, pairings, ..
            } => {
                for new in pairings {
                    let mut story = Story::new(new.pair, on);
                    story.cohort = Some(*cohort);
                    story.aim(&new.goals);
                    self.stories.insert(new.id, story);
                }
            }
            Event::Reorganised {
                people,
                left,
                suspended,
                ended,
                ..
            } => {
                for p in people {
                    self.turn(p.participant, on, Turn::Places([p.as_mentor, p.as_mentee]));
                }
                for p in left {
                    self.turn(*p, on, Turn::Gone);
                    self.out(*p, on);
                }
                self.each(suspended, on, |story, on| story.hold(Hold::Suspension, on));
                self.each(ended, on, |story, on| story.end(on, End::Other));
            }
            Event::Exempted { cleared, .. } => {
                // Whose link is gone anew: both say anew that they go on.
                for id in cleared {
                    self.stories.get_mut(id).unwrap().back.clear();
                }
            }
            Event::ExemptionRevoked { suspended, .. } => {
                self.each(suspended, on, |story, on| story.hold(Hold::Suspension, on));
            }
            Event::Adopted { pairings, .. } => {
                for new in pairings {
                    let mut story = Story::new(new.pair, new.started);
                    (story.adopted, story.latest) = (true, on);
                    (story.accepted, story.started) = (Some(new.started), Some(new.started));
                    story.meetings = new.sessions.iter().map(|s| Meeting::of(s, true)).collect();
                    for goal in &new.goals {
                        story.aims.push(Aim {
                            learner: goal.learner,
                            skill: goal.skill.clone(),
                            since: new.started,
                            from: goal.from,
                            to: goal.to,
                            changes: vec![(new.started, GoalChange::CheckedIn { level: goal.now })],
                        });
                    }
                    let breaches = serde_json::to_string(&new.breaches).unwrap();
                    if breaches.contains("link") {
                        story.hold(Hold::Suspension, story.not_before(on));
                    }
                    self.stories.insert(new.id, story);
                }
            }
            Event::Decided {
                pairing, decision, ..
            } => {
                let story = self.stories.get_mut(pairing).unwrap();
                match decision {
                    Decision::End { reason } => story.end(on, how(*reason)),
                    _ => {
                        story.latest = story.latest.max(on);
                        story.go_on(on);
                    }
                }
            }
            Event::Regularised {
                cohort, pairing, ..
            } => {
                let story = self.stories.get_mut(&pairing.id).unwrap();
                (story.cohort, story.regularised) = (Some(*cohort), Some(on));
                story.aims_before = std::mem::take(&mut story.aims);
                story.aim(&pairing.goals);
                let now = story.holds.last().filter(|(.., until)| until.is_none());
                if now.is_none_or(|(what, ..)| *what != Hold::Pause) {
                    story.go_on(on);
                }
                story.waits = true;
                story.waits_again(on);
                story.latest = story.latest.max(on);
            }
            event => self.take_one(event, on),
        }
    }

    /// What is about one pairing.
    fn take_one(&mut self, event: &Event, on: Day) {
        match event {
            Event::Advanced { pairing, step } => {
                self.stories.get_mut(pairing).unwrap().step(*step, on);
            }
            Event::TermsStated { pairing, .. }
            | Event::AmendmentOffered { pairing, .. }
            | Event::AmendmentAnswered { pairing, .. } => {
                let story = self.stories.get_mut(pairing).unwrap();
                let offer = matches!(event, Event::AmendmentOffered { .. });
                let refused =
                    matches!(event, Event::AmendmentAnswered { accepted, .. } if !accepted);
                if story.waits && !offer && !refused {
                    story.signed.push((on, None));
                }
                story.latest = story.latest.max(on);
            }
            Event::SessionRecorded(facts) => {
                let story = self.stories.get_mut(&facts.pairing).unwrap();
                story.meetings.push(Meeting::of(facts, false));
            }
            Event::SessionCorrected(facts) => {
                let story = self.stories.get_mut(&facts.pairing).unwrap();
                let at = story.meetings.iter().position(|m| m.id == facts.session);
                let before = story.meetings.remove(at.unwrap());
                let mut meeting = Meeting::of(facts, before.elsewhere);
                meeting.feedback = meeting.feedback.or(before.feedback);
                meeting.recognition = meeting.recognition.or(before.recognition);
                story.meetings.push(meeting);
            }
            Event::SessionVoided { pairing, session } => {
                let story = self.stories.get_mut(pairing).unwrap();
                story.meetings.retain(|m| m.id != *session);
            }
            Event::Responded {
                pairing,
                session,
                from,
                response,
            } => {
                let story = self.stories.get_mut(pairing).unwrap();
                story.given_later.push((*session, *from, *response, on));
            }
            Event::GoalChanged {
                pairing,
                goal,
                change,
            } => {
                let GoalRef::Learning { learner, skill } = goal else {
                    return;
                };
                let story = self.stories.get_mut(pairing).unwrap();
                let mut aims = story.aims.iter_mut();
                let aim = aims.find(|a| a.learner == *learner && a.skill == *skill);
                aim.unwrap().changes.push((on, *change));
            }
            Event::GoalAdded { .. } => panic!("the judge knows no goals that are added"),
            _ => {}
        }
    }

    /// Places, cohort and whether a curriculum is finished, of a person on a day.
    fn person(
        &self,
        id: ParticipantId,
        on: Day,
    ) -> (Option<[u32; 2]>, Option<CohortId>, Vec<&Training>) {
        let (mut places, mut cohort, mut trained) = (None, None, vec![]);
        for (day, turn) in self.people.get(&id).into_iter().flatten() {
            if *day > on {
                continue;
            }
            match turn {
                Turn::Places(now) => places = Some(*now),
                Turn::Gone => (places, trained) = (None, vec![]),
                Turn::In(now) => cohort = Some(*now),
                Turn::Out => cohort = None,
                Turn::Trained(training) => trained.push(training),
            }
        }
        (places.filter(|_| cohort.is_some()), cohort, trained)
    }

    fn charter(&self, cohort: Option<CohortId>, on: Day) -> Option<&Charter> {
        let known = self
            .launched
            .iter()
            .filter(|(day, id, _)| *day <= on && cohort.is_none_or(|c| c == *id));
        known
            .max_by_key(|(day, ..)| *day)
            .map(|(.., charter)| charter)
    }

    fn trained(&self, person: ParticipantId, charter: &Charter, on: Day) -> bool {
        let (.., trained) = self.person(person, on);
        trained.into_iter().any(|t| charter.curriculum().accepts(t))
    }

    fn open(&self, person: ParticipantId, role: Role, on: Day) -> u32 {
        let with = |s: &&Story| s.pair.person(role) == person && s.open(on);
        self.stories.values().filter(with).count() as u32
    }

    /// Since when somebody has waited in a role.
    fn waits_since(&self, person: ParticipantId, role: Role, on: Day) -> Option<Day> {
        let has = |day| {
            self.person(person, day)
                .0
                .is_some_and(|p| p[usize::from(role == Role::Mentee)] > 0)
        };
        if !has(on) || self.open(person, role, on) > 0 {
            return None;
        }
        let mut since = on;
        while has(since - Days::new(1)) {
            since = since - Days::new(1);
        }
        let real = |s: &&Story| {
            s.pair.person(role) == person
                && s.over(on)
                && (s.settled.is_some() || s.cohort.is_none())
        };
        let ends = self
            .stories
            .values()
            .filter(real)
            .map(|s| s.ended.unwrap().0);
        Some(ends.chain([since]).max().unwrap())
    }

    pub(crate) fn read(&self, on: Day) -> Readings {
        let mut sums = Sums(BTreeMap::new());
        for story in self.stories.values() {
            self.pairing(story, on, &mut sums);
        }
        for id in self.people.keys() {
            self.human(*id, on, &mut sums);
        }
        for (day, id, charter) in &self.launched {
            if *day <= on {
                let person = charter.sponsor().takes_part_as();
                let last = match self.closed.get(id) {
                    // To the close is to the end; somebody who left on that very day was there to the end, too.
                    Some(close) if *close <= on => *close - Days::new(1),
                    _ => on,
                };
                let part = person.is_some_and(|p| self.person_in(p, *id, last, on));
                sums.add("sponsor_participation", part);
            }
        }
        sums.0
    }

    /// Whether somebody was in a cohort on a day; or came on the last day itself.
    fn person_in(&self, person: ParticipantId, cohort: CohortId, last: Day, on: Day) -> bool {
        let is_in = |day| self.person(person, day).1 == Some(cohort);
        let came = |(day, turn): &(Day, Turn)| {
            matches!(turn, Turn::In(c) if *c == cohort) && *day > last && *day <= on
        };
        is_in(last) || self.people.get(&person).into_iter().flatten().any(came)
    }

    fn human(&self, id: ParticipantId, on: Day, sums: &mut Sums) {
        let (Some(places), cohort, _) = self.person(id, on) else {
            return;
        };
        let open = ROLES.map(|role| self.open(id, role, on));
        sums.add("match_coverage", open != [0, 0]);
        if places[0] > 0 {
            sums.add("mentor_utilisation", open[0] > 0);
        }
        if places[0] > open[0] || places[1] > open[1] {
            let since = ROLES
                .iter()
                .filter_map(|role| self.waits_since(id, *role, on))
                .min();
            let long = since.is_some_and(|since| (on - since).num_days() > 30);
            sums.add("long_waits", open == [0, 0] && long);
        }
        let theirs = cohort.and_then(|cohort| self.charter(Some(cohort), on));
        if let Some(charter) = theirs.or_else(|| self.charter(None, on)) {
            sums.add("training_attendance", self.trained(id, charter, on));
        }
    }

    fn pairing(&self, story: &Story, on: Day, sums: &mut Sums) {
        if story.proposed > on {
            return;
        }
        dropouts(story, on, sums);
        let Some(started) = story.started.filter(|day| *day <= on) else {
            return;
        };
        sessions(story, started, on, sums);
        goals(story, on, sums);
        let charter = self.charter(story.cohort_on(on), on);
        if let Some(charter) = charter.filter(|_| story.open(on)) {
            let both = ROLES
                .iter()
                .all(|role| self.trained(story.pair.person(*role), charter, on));
            sums.add("training_coverage", both);
            let mut signed = BTreeSet::new();
            for (_, who) in story.signed.iter().filter(|(day, _)| *day <= on) {
                match who {
                    Some(role) => signed.extend([*role]),
                    None => signed.clear(),
                }
            }
            sums.add("agreement_coverage", signed.len() == 2);
        }
        if let (Some(_), Some(charter)) = (story.cohort_on(on), charter) {
            let hours: u64 = charter.budget().month().to_string().parse().unwrap();
            let last = story.ended.map_or(on, |(day, _)| day.min(on));
            let mut months = 0;
            let mut first = started;
            while first <= last {
                months += 1;
                first = first + Days::new(30);
            }
            let minutes = story
                .meetings(on)
                .into_iter()
                .filter_map(|m| m.outcome.taught());
            let minutes: u64 = minutes.map(|t| u64::from(t.minutes().as_u16())).sum();
            sums.add("load_within_budget", minutes <= hours * 60 * months);
        }
        for (at, (what, _, until)) in story.holds.iter().enumerate() {
            let mut until = *until;
            for (next, from, then) in &story.holds[at + 1..] {
                if *next == Hold::Pause || Some(*from) != until {
                    break;
                }
                until = *then;
            }
            if *what == Hold::Pause && by(until, on) {
                let ended = story.ended.map(|(day, _)| day) == until && story.over(on);
                sums.add("return_after_pause", !ended);
            }
        }
    }
}

pub(crate) struct Sums(Readings);

impl Sums {
    fn add(&mut self, name: &str, yes: bool) {
        self.more(name, u64::from(yes), 1);
    }

    fn more(&mut self, name: &str, part: u64, whole: u64) {
        let sum = self.0.entry(name.to_owned()).or_default();
        *sum = (sum.0 + part, sum.1 + whole);
    }
}

fn dropouts(story: &Story, on: Day, sums: &mut Sums) {
    let ended = story
        .ended
        .filter(|(day, _)| *day <= on)
        .map(|(_, end)| end);
    let completed = ended == Some(End::Completed);
    let left = ended == Some(End::Other);
    // How far it has come: 0 proposed, 1 accepted, 2 begun, 3 settled, 4 completed.
    let steps = [story.accepted, story.started, story.settled];
    let mut stage = steps
        .iter()
        .rposition(|day| by(*day, on))
        .map_or(0, |at| at + 1);
    if story.adopted {
        stage = 3;
        if !by(story.started, on) {
            return;
        }
    }
    stage += usize::from(completed);
    let names = [
        "dropout_proposed",
        "dropout_preparing",
        "dropout_chemistry",
        "dropout_active",
    ];
    for (at, name) in names.into_iter().enumerate() {
        if story.adopted && at < 3 {
            continue;
        }
        if at < stage {
            sums.add(name, false);
        } else if at == stage && left {
            sums.add(name, true);
        }
    }
}

fn sessions(story: &Story, started: Day, on: Day, sums: &mut Sums) {
    let meetings = story.meetings(on);
    for meeting in &meetings {
        sums.add("session_completion", meeting.held());
        let by_whom = match meeting.outcome {
            Outcome::Cancelled { by } | Outcome::Missed { by } => by,
            _ => None,
        };
        if meeting.held() || by_whom.is_some() {
            for role in ROLES {
                let cancelled = meeting.outcome == Outcome::Cancelled { by: Some(role) };
                sums.add(&format!("{role}_cancellations"), cancelled);
                let missed = meeting.outcome == Outcome::Missed { by: Some(role) };
                sums.add(&format!("{role}_no_shows"), missed);
            }
        }
        if let Some(taught) = meeting.outcome.taught() {
            let senior = taught.half_minutes(Role::Mentee);
            sums.more(
                "role_balance",
                senior,
                senior + taught.half_minutes(Role::Mentor),
            );
            if let Some(venue) = meeting.venue {
                sums.add("meetings_at_work", venue == Venue::Workplace);
            }
        }
    }
    let held: Vec<_> = meetings.iter().filter(|m| m.held()).collect();
    if started + Days::new(37) <= on {
        let soon = held.iter().any(|m| m.date <= started + Days::new(37));
        sums.add("first_session", soon);
    }
    let here: Vec<_> = held.iter().filter(|m| !m.elsewhere).collect();
    for meeting in &here {
        for role in ROLES {
            for (response, name) in [
                (Response::Feedback, "feedback"),
                (Response::Recognition, "recognition"),
            ] {
                sums.add(
                    &format!("{role}_{name}"),
                    story.gave(meeting, response, role, on),
                );
            }
        }
    }
    if story.judged(on) && !here.is_empty() {
        let given = |m| {
            ROLES
                .iter()
                .any(|role| story.gave(m, Response::Recognition, *role, on))
        };
        sums.add("no_recognition", !here.iter().any(|m| given(m)));
    }
    if story.judged(on) && story.open(on) && held.len() >= 3 {
        let last: Vec<_> = held[held.len() - 3..]
            .iter()
            .map(|m| m.outcome.taught().unwrap().taught_by())
            .collect();
        let alike = last == [TaughtBy::Mentor; 3] || last == [TaughtBy::Mentee; 3];
        sums.add("role_balance_alert", alike);
    }
}

fn goals(story: &Story, on: Day, sums: &mut Sums) {
    if story.judged(on) {
        for role in ROLES {
            let (gained, aimed) = story.gained(role, on);
            sums.more(&format!("{role}_goal_progress"), gained, aimed);
            if story.cohort_on(on).is_some() {
                for aim in story
                    .aims(on)
                    .iter()
                    .filter(|a| a.learner == role && a.since <= on)
                {
                    let (_, _, achieved, dropped) = aim.on(on);
                    if !dropped {
                        sums.add(&format!("{role}_goals_achieved"), achieved);
                    }
                }
            }
        }
        let gains = ROLES.map(|role| story.gained(role, on).0 > 0);
        if story.open(on) && gains != [false, false] {
            sums.add("one_sided_progress", gains[0] != gains[1]);
        }
    }
    if matches!(story.ended, Some((day, End::Completed)) if day <= on) {
        let reached = ROLES.map(|role| story.reached(role, on));
        sums.add("win_win", reached == [true, true]);
        sums.add("one_sided_win", reached[0] != reached[1]);
    }
}
