//! Answers to pulses. A simulated year has none: these are made up, so that there is something to read.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use reverse_mentoring::history::History;
use reverse_mentoring::prelude::*;
use reverse_mentoring::pulse::{Answer, Better, Items, PulseBook};
use reverse_mentoring::roster::Skill;
use reverse_mentoring::text::Label;

use super::support::fail;

/// Skills that this company calls digital.
const DIGITAL: [&str; 6] = [
    "automation scripting",
    "data visualisation",
    "digital collaboration",
    "generative AI",
    "prompt writing",
    "short video",
];

/// The skills that the nine benefits are told apart by.
pub fn digital() -> BTreeSet<Skill> {
    let skills = DIGITAL.iter().map(|skill| Skill::new(skill));
    skills
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| fail(error))
}

/// A book in which the people of each pairing that began were asked every two weeks, answered most of it, and were a little
/// happier each time.
pub fn made_up(program: &Program, history: &History, last: NaiveDate) -> PulseBook {
    let mut rounds: Vec<(NaiveDate, u32, PairingId, ParticipantId)> = Vec::new();
    for (id, facts) in history.pairings() {
        let Some((start, end)) = facts.run(last) else {
            continue;
        };
        let days = (1..).map(|number: u32| (start + Days::new(14 * u64::from(number)), number));
        for (day, number) in days.take_while(|(day, _)| *day <= end) {
            rounds.push((day, number, id, facts.pair.mentor));
            rounds.push((day, number, id, facts.pair.mentee));
        }
    }
    // As the days go by, since nobody answers what was asked before.
    rounds.sort_unstable();
    let mut book = PulseBook::new(Items::catalogue(), Threshold::default());
    for (day, number, pairing, person) in rounds {
        let Some(me) = program.member(pairing, person) else {
            continue;
        };
        let round = book.items().round(me.role(), number);
        let answers = round.items().zip(0u8..).filter_map(|(item, at)| {
            let mood = person.as_uuid().as_bytes()[15].wrapping_add(at);
            let score = (2 + mood % 3 + u8::try_from(number / 5).ok()?).min(5);
            let low = item.better() == Better::Low;
            let answer = Answer::new(if low { 6 - score } else { score }).ok()?;
            (mood % 5 > 0).then(|| (item.code().clone(), answer))
        });
        let answers: Vec<(Label, Answer)> = answers.collect();
        book.answer(&me, &round, day, answers)
            .unwrap_or_else(|error| fail(error));
    }
    book
}
