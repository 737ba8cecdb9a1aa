//! Who waits for a pairing in a programme, by hand.

mod support;

use chrono::NaiveDate;
use reverse_mentoring::matching::Wait;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::Step;
use reverse_mentoring::roster::Side;
use support::*;

/// The waits as (person, role, day since), by the numbers of the support company: ada 1, ben 2, cleo 3, cto 4, cfo 5, ops 6.
fn waits(kept: &Kept, on: i64) -> Vec<(u32, Role, i64)> {
    let number = |wait: &Wait| (1..10).find(|&n| person_id(n) == wait.person).unwrap();
    let waits = kept.program.waits(day(on));
    waits
        .iter()
        .map(|w| (number(w), w.role, (w.since - day(0)).num_days()))
        .collect()
}

#[test]
fn since_the_place_or_the_last_pairing() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let everybody = [
        (1, Mentor, 0),
        (2, Mentor, 0),
        (3, Mentor, 0),
        (4, Mentee, 0),
        (5, Mentee, 0),
        (6, Mentor, 0),
        (6, Mentee, 0),
    ];
    assert_eq!(waits(&kept, 0), everybody);
    assert_eq!(waits(&kept, -1), [], "nothing has happened yet");

    // A proposal takes the place, so that nobody waits; one that is declined does not set the clock back.
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 5);
    let proposed: Vec<_> = everybody
        .into_iter()
        .filter(|w| [3, 6].contains(&w.0))
        .collect();
    assert_eq!(waits(&kept, 5), proposed);
    assert_eq!(waits(&kept, 4), everybody, "nothing was proposed then");
    kept.step(2, Step::Decline { by: Mentee }, 7);
    assert!(waits(&kept, 7).contains(&(5, Mentee, 0)));
    assert!(waits(&kept, 7).contains(&(2, Mentor, 0)));

    // Neither does a chemistry period that leads nowhere: nobody is at fault, and both keep the time that they waited.
    kept.begin(1, 8);
    kept.step(1, END, 40);
    assert!(waits(&kept, 40).contains(&(1, Mentor, 0)));
    assert!(waits(&kept, 40).contains(&(4, Mentee, 0)));
    assert!(!waits(&kept, 39).iter().any(|w| w.0 == 1 || w.0 == 4));

    // A pairing that went on does; read on an earlier day, it has not ended.
    kept.propose(&roster, &[("ada", "cto")], 40);
    kept.begin(3, 41);
    kept.step(3, Step::Settle, 101);
    kept.step(3, END, 140);
    assert!(waits(&kept, 140).contains(&(1, Mentor, 140)));
    assert!(waits(&kept, 160).contains(&(4, Mentee, 140)));
    assert!(!waits(&kept, 139).iter().any(|w| w.0 == 1 || w.0 == 4));
}

#[test]
fn leaving_and_coming_back() {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("cleo", "cto")], 2);
    kept.begin(1, 3);
    kept.reorganise(&Company::base().side("cleo", None).roster(), 20); // ends the pairing
    assert!(!waits(&kept, 20).iter().any(|w| w.0 == 3));
    assert!(waits(&kept, 1).contains(&(3, Mentor, 0)));
    // Back, and on another side: from that day on. The others have waited all along.
    let back = Company::base().side("cleo", Some(Side::Either));
    kept.reorganise(&back.roster(), 30);
    assert!(!waits(&kept, 35).iter().any(|w| w.0 == 3)); // nobody waits who did not ask to
    kept.join(3, 30);
    assert!(waits(&kept, 35).contains(&(3, Mentor, 30)));
    assert!(waits(&kept, 35).contains(&(3, Mentee, 30)));
    assert!(waits(&kept, 35).contains(&(4, Mentee, 0)));
    assert!(waits(&kept, 35).contains(&(1, Mentor, 0)));
    assert!(kept.program.waits(NaiveDate::MIN).is_empty());
}
