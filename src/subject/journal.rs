//! What a journal says about one person.

use std::collections::BTreeSet;

use crate::history::pairing_of;
use crate::ids::{PairingId, ParticipantId};
use crate::journal::{Entry, Event, Places};
use crate::pair::Pair;

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
    let seated = |people: &[Places]| -> Vec<Places> {
        let own = people.iter().filter(|e| e.participant == person);
        own.copied().collect()
    };
    let own_of = |ids: &[PairingId]| -> Vec<PairingId> {
        let own = ids.iter().filter(|id| theirs.contains(id));
        own.copied().collect()
    };
    let paired = |pair: Pair| [pair.mentor, pair.mentee].contains(&person);
    match event {
        Event::Opened {
            program,
            roster,
            load,
            people,
        } => {
            let people = seated(people);
            (!people.is_empty()).then_some(Event::Opened {
                program: *program,
                roster: *roster,
                load: *load,
                people,
            })
        }
        Event::Enrolled { cohort, people } => {
            let own = people.iter().filter(|e| e.participant == person);
            let people: Vec<_> = own.cloned().collect();
            let cohort = *cohort;
            (!people.is_empty()).then_some(Event::Enrolled { cohort, people })
        }
        Event::Withdrew { participant, ended } => {
            let ended = own_of(ended);
            let participant = *participant;
            let about = participant == person || !ended.is_empty();
            about.then_some(Event::Withdrew { participant, ended })
        }
        Event::Launched { charter, .. } => {
            let backs = charter.sponsor().takes_part_as() == Some(person);
            backs.then(|| event.clone())
        }
        Event::Reached {
            cohort,
            milestone,
            ended,
        } => {
            let ended = own_of(ended);
            (!ended.is_empty()).then_some(Event::Reached {
                cohort: *cohort,
                milestone: *milestone,
                ended,
            })
        }
        Event::Trained { training, people } => {
            let own = people.iter().filter(|id| **id == person);
            let people: Vec<_> = own.copied().collect();
            (!people.is_empty()).then(|| Event::Trained {
                training: training.clone(),
                people,
            })
        }
        Event::Proposed {
            cohort,
            approved_by,
            matcher,
            evidence,
            pairings,
        } => {
            let own: Vec<_> = pairings.iter().filter(|new| paired(new.pair)).collect();
            theirs.extend(own.iter().map(|new| new.id));
            (!own.is_empty()).then(|| Event::Proposed {
                cohort: *cohort,
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
            far_links,
        } => {
            let mut far_links = far_links.clone();
            far_links.retain(|link| theirs.contains(&link.pairing));
            let (suspended, cleared, ended) = (own_of(suspended), own_of(cleared), own_of(ended));
            let people = seated(people);
            let left: Vec<_> = left.iter().filter(|id| **id == person).copied().collect();
            let pairings = [&suspended, &cleared, &ended];
            let silent = pairings.iter().all(|ids| ids.is_empty()) && far_links.is_empty();
            (!(silent && people.is_empty() && left.is_empty())).then_some(Event::Reorganised {
                roster: *roster,
                people,
                left,
                suspended,
                cleared,
                ended,
                far_links,
            })
        }
        Event::Exempted {
            mentee,
            reason,
            approved_by,
            cleared,
        } => {
            let cleared = own_of(cleared);
            let about = *mentee == person || !cleared.is_empty();
            about.then_some(Event::Exempted {
                mentee: *mentee,
                reason: *reason,
                approved_by: *approved_by,
                cleared,
            })
        }
        Event::ExemptionRevoked {
            mentee,
            approved_by,
            suspended,
        } => {
            let suspended = own_of(suspended);
            let about = *mentee == person || !suspended.is_empty();
            about.then_some(Event::ExemptionRevoked {
                mentee: *mentee,
                approved_by: *approved_by,
                suspended,
            })
        }
        Event::Adopted {
            approved_by,
            roster,
            deadline,
            pairings,
        } => {
            let own: Vec<_> = pairings.iter().filter(|new| paired(new.pair)).collect();
            theirs.extend(own.iter().map(|new| new.id));
            (!own.is_empty()).then(|| Event::Adopted {
                approved_by: *approved_by,
                roster: *roster,
                deadline: *deadline,
                pairings: own.into_iter().cloned().collect(),
            })
        }
        // The others are about one pairing.
        _ => {
            let pairing = pairing_of(event)?;
            theirs.contains(&pairing).then(|| event.clone())
        }
    }
}
