//! What is private: pages, feedback, concerns, and what is handed to one person of everything that is held about them.

use reverse_mentoring::ids::{ContactId, SequentialIds};
use reverse_mentoring::notebook::{Kind, Notebook};
use reverse_mentoring::privacy::{Concern, Contact, Member};
use reverse_mentoring::subject::Export;

use crate::nasty::nasty;
use crate::support::*;

#[test]
fn words_come_out_as_they_went_in() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto")], 1);
    kept.begin(1, 2);
    let pairing = kept.program.pairing(pairing_id(1)).unwrap();
    let [ada, cto]: [Member; 2] = [1, 4].map(|n| pairing.member(person_id(n)).unwrap());
    let contact = Contact::recognised(ContactId::from_source(&mut SequentialIds::new(5)));
    let mut book = Notebook::new();
    for (n, text) in (0..).zip(nasty()) {
        book.write(&ada, Kind::Note, Some(session_id(n)), day(3), text.as_str());
        book.give_feedback(&ada, Some(session_id(n)), text.as_str())
            .unwrap();
        book.give_feedback(&cto, Some(session_id(n)), "seen")
            .unwrap();
        book.file(Concern::about(pairing_id(1), contact.id(), day(4), text).signed(ada.person()));
    }
    let stored = serde_json::to_vec(&book.to_record()).unwrap();
    assert!(stored.iter().all(|byte| *byte >= b' '));
    let back = Notebook::from_record(serde_json::from_slice(&stored).unwrap()).unwrap();
    for (n, text) in (0..).zip(nasty()) {
        let said = back.feedback(&cto, Some(session_id(n))).unwrap();
        assert_eq!(said.theirs(&cto), Some(&text));
    }
    let words = |all: Vec<&str>| assert_eq!(all, nasty());
    words(back.pages(&cto).map(|page| page.words).collect());
    words(back.concerns(&contact).map(|report| report.words).collect());
    // In what ada is given, as JSON.
    let export = Export::of(ada.person()).with_notebook(&back, kept.program.history());
    let text = serde_json::to_string(&export).unwrap();
    assert!(text.bytes().all(|byte| byte >= b' '));
    let told = serde_json::from_str::<serde_json::Value>(&text).unwrap();
    let mut found: Vec<&str> = Vec::new();
    let mut open = vec![&told];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::String(text) => found.push(text),
            serde_json::Value::Array(all) => open.extend(all),
            serde_json::Value::Object(all) => open.extend(all.values()),
            _ => {}
        }
    }
    for text in nasty() {
        let times = found.iter().filter(|found| **found == text).count();
        assert!(times >= 3, "{text:?} is there {times} times");
    }
    // Nothing of it is in a `Debug`.
    let debug = format!(
        "{book:?} {:?} {export:?} {:?}",
        book.to_record(),
        back.pages(&cto).next()
    );
    assert!(debug.len() < 500, "{debug}");
}
