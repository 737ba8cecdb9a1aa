//! What a journal says about one person.

use std::collections::BTreeSet;

use crate::history::pairing_of;
use crate::ids::{PairingId, ParticipantId};
use crate::journal::{Enrolment, Entry, Event};

/// The entries about somebody, each without what it says about others but their partners.
pub(super) fn about<'e>(
    person: ParticipantId,
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Vec<Entry> {
    let mut theirs = BTreeSet::new();
    let entries = entries.into_iter();
    entries
        .filter_map(|entry| {
            let event = part(person, &mut theirs, &entry.event)?;
            Some(Entry {
                event,
                ..entry.clone()
            })
        })
        .collect()
}

/// The part of an event that is about somebody; `theirs` are their pairings up to there.
fn part(person: ParticipantId, theirs: &mut BTreeSet<PairingId>, event: &Event) -> Option<Event> {
    let enrolled = |people: &[Enrolment]| -> Vec<Enrolment> {
        let own = people.iter().filter(|e| e.participant == person);
        own.copied().collect()
    };
    match event {
        Event::Opened {
            program,
            roster,
            load,
            people,
        } => {
            let people = enrolled(people);
            (!people.is_empty()).then(|| Event::Opened {
                program: *program,
                roster: *roster,
                load: *load,
                people,
            })
        }
        Event::Proposed {
            approved_by,
            matcher,
            evidence,
            pairings,
        } => {
            let own = |pair: crate::pair::Pair| [pair.mentor, pair.mentee].contains(&person);
            let own: Vec<_> = pairings.iter().filter(|new| own(new.pair)).collect();
            theirs.extend(own.iter().map(|new| new.id));
            (!own.is_empty()).then(|| Event::Proposed {
                approved_by: *approved_by,
                matcher: matcher.clone(),
                evidence: evidence.clone(),
                pairings: own.into_iter().cloned().collect(),
            })
        }
        Event::Reorganised {
            roster,
            people,
            left,
            suspended,
            cleared,
            ended,
        } => {
            let theirs = |ids: &[PairingId]| -> Vec<PairingId> {
                let own = ids.iter().filter(|id| theirs.contains(id));
                own.copied().collect()
            };
            let (suspended, cleared, ended) = (theirs(suspended), theirs(cleared), theirs(ended));
            let people = enrolled(people);
            let left: Vec<_> = left.iter().filter(|id| **id == person).copied().collect();
            let pairings = [&suspended, &cleared, &ended];
            let silent = pairings.iter().all(|ids| ids.is_empty());
            (!(silent && people.is_empty() && left.is_empty())).then(|| Event::Reorganised {
                roster: *roster,
                people,
                left,
                suspended,
                cleared,
                ended,
            })
        }
        Event::Advanced { .. }
        | Event::SessionRecorded(_)
        | Event::SessionCorrected(_)
        | Event::SessionVoided { .. }
        | Event::Progressed { .. } => {
            let pairing = pairing_of(event)?;
            theirs.contains(&pairing).then(|| event.clone())
        }
    }
}
