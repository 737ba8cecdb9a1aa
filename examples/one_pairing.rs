//! One pairing from the launch to the celebration, told day by day, with what the gate refuses on the way and why.
//!
//! `cargo run --example one_pairing`

use std::error::Error;

use chrono::{Days, NaiveDate};
use reverse_mentoring::ids::ContactId;
use reverse_mentoring::notebook::Notebook;
use reverse_mentoring::pairing::Occasion;
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::Concern;
use reverse_mentoring::program::Refused;
use reverse_mentoring::session::{PlannedSession, Response};
use reverse_mentoring::subject::Export;
use reverse_mentoring::testing;

type Done = Result<(), Box<dyn Error>>;

/// The programme, what a product stores of it, and the first day.
struct Chronicle {
    program: Program,
    journal: Vec<Entry>,
    first: NaiveDate,
}

impl Chronicle {
    fn at(&self, day: u64) -> Stamp {
        Stamp::midnight(self.first + Days::new(day))
    }

    /// Tries something on a day, and tells what came of it.
    fn tell(
        &mut self,
        day: u64,
        what: &str,
        verb: impl FnOnce(&mut Program, Stamp) -> Result<Entry, Refused>,
    ) {
        let stamp = self.at(day);
        println!("{}  {what}", stamp.on);
        match verb(&mut self.program, stamp) {
            Ok(entry) => self.journal.push(entry),
            Err(refused) => {
                for problem in refused.0 {
                    println!("            refused: {problem}");
                }
            }
        }
    }
}

fn roster(
    ids: &mut SequentialIds,
    ada_reports_to: &str,
    before: Option<&Roster>,
) -> Result<Roster, Box<dyn Error>> {
    let mut person =
        |key: &str, side, grade, teaches, learns| -> Result<Participant, Box<dyn Error>> {
            let known = before
                .and_then(|roster| roster.by_key(key))
                .map(Participant::id);
            let id = known.unwrap_or_else(|| ParticipantId::from_source(ids));
            Ok(
                Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                    .with_offers([Offer::new(teaches, 4)?])?
                    .with_wishes([Wish::new(learns, 0, 3)?])?,
            )
        };
    let people = [
        person("ada", Side::Mentor, 2, "short video", "budgeting")?,
        person("cfo", Side::Mentee, 8, "budgeting", "short video")?,
    ];
    let lines = ReportingLines::new([
        Line::root("ceo"),
        Line::new("cfo", "ceo"),
        Line::new("cto", "ceo"),
        Line::new("ada", ada_reports_to),
    ])?;
    Ok(Roster::new(people, lines)?)
}

fn main() -> Done {
    let mut ids = SequentialIds::new(1); // a product passes `&mut Uuid::now_v7`
    let company = roster(&mut ids, "cto", None)?;
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let id = ProgramId::from_source(&mut ids);
    let (program, opening) = Program::open(id, &company, Load::DEFAULT, Stamp::midnight(first))?;
    let mut c = Chronicle {
        program,
        journal: vec![opening],
        first,
    };
    println!("{first}  the programme opens");
    let (mentor, mentee) = (Role::Mentor, Role::Mentee);
    let everybody: Vec<_> = company.participants().iter().map(Participant::id).collect();

    // Nobody is paired before a launch.
    let (policy, context) = (Policy::core_only(), Context::new(first));
    let plan = plan(
        &Eligibility::new(&company, &policy, &context),
        &Criteria::standard(),
        &Optimal::most_pairs(),
    )?;
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    let mut source = SequentialIds::new(2);
    c.tell(0, "ada and the cfo are proposed", |p, s| {
        p.propose_all(&approved, Cadence::MONTHLY, s, &mut source)
    });
    let mut charter_ids = SequentialIds::new(3);
    let charter = testing::charter(first, &mut charter_ids)?; // yours says what your company decided
    let cohort = Cohort::new(
        CohortId::from_source(&mut ids),
        CohortDays::between(first, charter.ends())?,
    );
    let training = charter.curriculum().training();
    let answers = everybody
        .iter()
        .map(|person| (*person, Readiness::confirmed()));
    c.tell(0, "both enrol, of their own wish", |p, s| {
        p.enrol(cohort.id(), answers, s)
    });
    c.tell(0, "the cohort is launched with its charter", |p, s| {
        p.launch(charter, cohort, s)
    });
    c.tell(1, "ada and the cfo are proposed again", |p, s| {
        p.propose_all(&approved, Cadence::MONTHLY, s, &mut source)
    });
    let pairing = c.program.open_pairings().next().ok_or("no pairing")?.id();

    // Both accept, say what they bring in, sign, and are trained: in that order or not at all.
    for by in [mentor, mentee] {
        c.tell(3, &format!("the {by} accepts"), |p, s| {
            p.advance(pairing, Step::Accept { by }, s)
        });
    }
    c.tell(4, "they introduce themselves over a coffee", |p, s| {
        p.advance(pairing, Step::Introduce, s)
    });
    c.tell(7, "they prepare", |p, s| {
        p.advance(pairing, Step::Prepare, s)
    });
    c.tell(7, "the mentee signs", |p, s| {
        p.advance(pairing, Step::Sign { by: mentee }, s)
    });
    for (by, wants) in [(mentor, Area::Progression), (mentee, Area::Generation)] {
        let terms = Terms::new([Preference::InPerson, Preference::Direct], [wants])?;
        c.tell(8, &format!("the {by} says what they bring in"), |p, s| {
            p.state(pairing, by, terms, s)
        });
    }
    for by in [mentee, mentor] {
        c.tell(9, &format!("the {by} signs"), |p, s| {
            p.advance(pairing, Step::Sign { by }, s)
        });
    }
    c.tell(9, "they begin", |p, s| p.advance(pairing, Step::Begin, s));
    c.tell(10, "both finish the training", |p, s| {
        p.trained(training, everybody.clone(), s)
    });
    c.tell(10, "they begin", |p, s| p.advance(pairing, Step::Begin, s));

    // The chemistry period: sessions, and a question in private.
    let mut sessions = Vec::new();
    for (day, taught) in [
        (21, Taught::both(Minutes::new(50)?)),
        (49, Taught::split(15, 40)?),
    ] {
        let session = SessionId::from_source(&mut ids);
        let date = c.at(day).on;
        let noon = date.and_hms_opt(12, 0, 0).ok_or("no noon")?.and_utc();
        let planned = PlannedSession::new(session, pairing, date).at(noon, Minutes::new(60)?);
        c.tell(
            12,
            &format!("a session is planned for {date}, 12:00"),
            |p, s| p.plan_session(&planned, s),
        );
        let clash = PlannedSession::new(SessionId::from_source(&mut ids), pairing, date);
        let clash = clash.at(noon + chrono::TimeDelta::minutes(30), Minutes::new(30)?);
        if day == 21 {
            c.tell(12, "another for half past", |p, s| {
                p.plan_session(&clash, s)
            });
        }
        sessions.push((day, session, taught));
    }
    for (day, session, taught) in sessions {
        let met = Session::new(session, pairing, c.at(day).on, Outcome::Held(taught));
        let minutes = [mentor, mentee].map(|role| taught.half_minutes(role) / 2);
        let what = format!(
            "they meet: the mentor teaches {} minutes, the mentee {}",
            minutes[0], minutes[1]
        );
        c.tell(day, &what, |p, s| p.record(&met, s));
        c.tell(day, "the mentee says thank you", |p, s| {
            p.respond(pairing, session, mentee, Response::Recognition, s)
        });
    }
    let mut notebook = Notebook::new(); // stored by the host, sealed for the two
    let both = c.program.pairing(pairing).ok_or("no pairing")?.pair();
    for person in [both.mentor, both.mentee] {
        let member = c.program.member(pairing, person).ok_or("no member")?;
        notebook.vote(&member, true)?;
    }
    c.tell(50, "somebody presses `settle`", |p, s| {
        p.advance(pairing, Step::Settle, s)
    });
    let decision = notebook
        .decision(pairing)
        .ok_or("one of the two has not voted")?;
    c.tell(50, "their private votes are in: they go on", |p, s| {
        p.settle(decision, s)
    });

    // Life happens.
    let agreed = c
        .program
        .pairing(pairing)
        .ok_or("no pairing")?
        .agreement()
        .clone();
    let longer = agreed.until(c.at(240).on);
    c.tell(60, "the mentor offers two more months", |p, s| {
        p.offer(pairing, mentor, longer, s)
    });
    c.tell(63, "the mentor accepts the offer", |p, s| {
        p.answer(pairing, mentor, true, s)
    });
    c.tell(63, "the mentee accepts it", |p, s| {
        p.answer(pairing, mentee, true, s)
    });
    let linked = roster(&mut ids, "cfo", Some(&company))?;
    c.tell(
        80,
        "ada moves to the finance department, below the cfo",
        |p, s| p.reorganise(&linked, s),
    );
    c.tell(81, "the mentor wants to go on", |p, s| {
        p.advance(pairing, Step::Reinstate { by: mentor }, s)
    });
    c.tell(112, "ada moves back", |p, s| p.reorganise(&company, s));
    for by in [mentor, mentee] {
        c.tell(113, &format!("the {by} wants to go on"), |p, s| {
            p.advance(pairing, Step::Reinstate { by }, s)
        });
    }
    let contact = ContactId::from_source(&mut ids);
    let concern = Concern::about(
        pairing,
        contact,
        c.at(120).on,
        "she is asked to work through her holidays",
    );
    let stamp = c.at(120);
    if let Some(entry) = c.program.raise(&concern, stamp)? {
        println!("{}  a pause, and nothing says why", stamp.on);
        c.journal.push(entry);
    }
    notebook.file(concern); // for the contact, and nobody else
    c.tell(127, "they go on", |p, s| {
        p.advance(pairing, Step::Resume, s)
    });

    // Goals, the end, and what may be told of it.
    for (by, skill) in [(mentor, "budgeting"), (mentee, "short video")] {
        let goal = GoalRef::learning(by, Skill::new(skill)?);
        let what = format!("the {by}'s goal in {skill} is achieved");
        c.tell(200, &what, |p, s| {
            p.change_goal(pairing, goal.clone(), GoalChange::Achieved, s)
        });
        let level = GoalChange::CheckedIn {
            level: Level::new(3)?,
        };
        c.tell(200, &format!("the {by} is found at level 3"), |p, s| {
            p.change_goal(pairing, goal.clone(), level, s)
        });
        c.tell(200, &what, |p, s| {
            p.change_goal(pairing, goal, GoalChange::Achieved, s)
        });
    }
    c.tell(231, "they complete it", |p, s| {
        p.advance(pairing, Step::Complete, s)
    });
    for by in [mentor, mentee] {
        c.tell(232, &format!("the {by} looks back"), |p, s| {
            p.review(pairing, by, s)
        });
    }
    for by in [mentor, mentee] {
        let what = format!("the {by} agrees to have it told");
        c.tell(233, &what, |p, s| {
            p.celebrate(pairing, Occasion::Completed, by, true, s)
        });
    }
    let today = c.at(235).on;
    let facts = c.program.history().pairing(pairing).ok_or("no pairing")?;
    let (ended, how) = facts.ended.ok_or("it goes on")?;
    println!(
        "\nover on {ended}, {}; win-win: {}",
        how.as_str(),
        facts.win_win(today) == Some(true)
    );
    println!(
        "told of {} of the pairings",
        c.program.celebrations().count()
    );

    let replayed = Program::replay(&c.journal)?;
    println!(
        "replayed from {} entries, the same: {}",
        c.journal.len(),
        replayed == c.program
    );
    let export = Export::of(both.mentor)
        .with_roster(&company)
        .with_history(replayed.history());
    let export = export
        .with_journal(&c.journal)
        .with_notebook(&notebook, replayed.history());
    println!(
        "everything held about ada: {} bytes of JSON",
        serde_json::to_string(&export)?.len()
    );
    Ok(())
}
