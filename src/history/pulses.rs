//! The answers that logs bring, taken over into a book of pulses.

use std::collections::BTreeMap;

use super::History;
use super::log::LoggedPairing;
use crate::ids::PairingId;
use crate::pair::{Role, Roles};
use crate::pulse::{Answer, AnswerProblem, Better, Item, NotOneToFive, PulseBook};
use crate::text::{Key, Label};

/// An answer of a log that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PulseLeftOut {
    /// The other system's key of the pairing.
    pub key: Key,
    /// Who answered.
    pub side: Role,
    /// The question.
    pub question: Label,
    /// Why.
    pub why: WhyPulseLeftOut,
}

/// Why an answer of a log was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WhyPulseLeftOut {
    /// It is none.
    #[error(transparent)]
    NoAnswer(#[from] NotOneToFive),
    /// Something stands against it: the side is not asked the item, or has answered it later.
    #[error(transparent)]
    Refused(#[from] AnswerProblem),
}

/// Takes the answers of logs over into a book of pulses, so that they count in its sums like any others.
///
/// `keys` and `history` are those of [`adopt`](super::adopt()) or of
/// [`Program::adopt`](crate::program::Program::adopt): which pairing has which id, and who is in it. A question whose text is
/// the code of an item of the book is that item, and which answers are good news is the item's to say. Any other becomes
/// an item of both sides under its own text, of which high is good; a host that knows better [asks](PulseBook::ask) it before.
///
/// ```
/// use reverse_mentoring::cadence::Cadence;
/// use reverse_mentoring::history::{LoggedPairing, LoggedPulse, adopt, adopt_pulses};
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::privacy::Threshold;
/// use reverse_mentoring::pulse::{Items, PulseBook};
/// use reverse_mentoring::roster::Load;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let (roster, day) = (company.roster(), "2026-02-04".parse().unwrap());
/// let line = |key| roster.lines().find(key).unwrap();
/// let says = |question: &str, score| LoggedPulse { side: Role::Mentor, question: question.parse().unwrap(), date: day, score };
/// let log = LoggedPairing {
///     key: "17".parse()?, mentor: line("ada"), mentee: line("hal"), started: day, cadence: Cadence::MONTHLY, ended: None,
///     sessions: vec![], goals: vec![], pulses: vec![says("trust", 4), says("comfort", 3), says("canteen", 5)],
/// };
/// let logs = [log];
/// let adopted = adopt(&logs, roster, Load::default(), day, &mut SequentialIds::new(1));
/// let mut book = PulseBook::new(Items::standard(), Threshold::default());
/// let left_out = adopt_pulses(&logs, &adopted.keys, &adopted.history, &mut book);
/// assert_eq!(left_out[0].why.to_string(), "`comfort` is not asked of the mentor");
/// assert!(left_out.len() == 1 && book.items().find("canteen").is_some());
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
///
/// In the order of their days, those of a day by pairing, side and the order of the log. Once: what is taken over
/// again counts again. Returns what was left out, in that order.
pub fn adopt_pulses(
    logs: &[LoggedPairing],
    keys: &BTreeMap<PairingId, Key>,
    history: &History,
    book: &mut PulseBook,
) -> Vec<PulseLeftOut> {
    let by_key: BTreeMap<&Key, &LoggedPairing> = logs.iter().map(|log| (&log.key, log)).collect();
    let mut answers = Vec::new();
    for (id, key) in keys {
        let log = by_key.get(key);
        if let Some((log, facts)) = log.zip(history.pairing(*id)) {
            let theirs = log.pulses.iter();
            answers.extend(theirs.map(|pulse| (*id, key, facts.pair.person(pulse.side), pulse)));
        }
    }
    answers.sort_by_key(|(id, _, _, pulse)| (pulse.date, *id, pulse.side));
    let mut left_out = Vec::new();
    for (id, key, person, pulse) in answers {
        let question = pulse.question.clone();
        let answer = Answer::new(pulse.score).map_err(WhyPulseLeftOut::from);
        let taken = answer.and_then(|answer| {
            if book.items().find(question.as_str()).is_none() {
                let (code, wording) = (question.clone(), question.clone());
                // Both are asked, and the code is free.
                let _ =
                    Item::new(code, wording, Better::High, Roles::BOTH).map(|item| book.ask(item));
            }
            let given = (question.clone(), pulse.date, answer);
            Ok(book.keep_logged(id, pulse.side, person, given)?)
        });
        if let Err(why) = taken {
            left_out.push(PulseLeftOut {
                key: key.clone(),
                side: pulse.side,
                question,
                why,
            });
        }
    }
    left_out
}
