//! Quarantine: who is left out with a faulty row, and why, and what it does not save.

use std::collections::BTreeSet;

use super::{quarantine, refuse};

#[test]
fn quarantine_names_everybody_left_out() {
    let csv = "\
id,manager,dotted,side,grade
ceo,-,,,9
bob,ceo,,mentee,5
ada,bob,,mentor,2
b2,ceo,,mentor,x
c2,b2,,mentor,2
d2,bob,c2,mentor,2
dup,ceo,,mentor,2
dup,bob,,mentor,2
under,dup,,mentor,2
x,z,,mentor,1
y,x,,mentor,1
z,y,,mentor,1
,ceo,,mentor,1
w,ceo,ghost,,
v,,,,
me,ceo,me,,
u,ceo,,mentor,
";
    let read = quarantine(csv).unwrap();
    let out: Vec<_> = read.quarantined.iter().map(ToString::to_string).collect();
    assert_eq!(
        out,
        [
            "5: bad-grade: `b2` is in quarantine",
            "6: below-a-fault: `c2` stands below `b2`, who is in quarantine",
            "7: below-a-fault: `d2` stands below `c2`, who is in quarantine",
            "8: duplicate-id: `dup` is in quarantine",
            "9: duplicate-id: `dup` is in quarantine",
            "10: below-a-fault: `under` stands below `dup`, who is in quarantine",
            "11: cycle: `x` is in quarantine",
            "12: cycle: `y` is in quarantine",
            "13: cycle: `z` is in quarantine",
            "14: blank-id: a row without a key is in quarantine",
            "15: unknown-manager: `w` is in quarantine",
            "16: blank-manager: `v` is in quarantine",
            "17: self-report: `me` is in quarantine",
            "18: missing-grade: `u` is in quarantine",
        ]
    );
    let kept: Vec<_> = read
        .roster
        .lines()
        .people()
        .map(|(_, k)| k.as_str())
        .collect();
    assert_eq!(kept, ["ada", "bob", "ceo"]);
    let takes_part: Vec<_> = read
        .roster
        .participants()
        .iter()
        .map(|p| p.key().as_str())
        .collect();
    assert_eq!(takes_part, ["ada", "bob"]);
    let faults: BTreeSet<_> = refuse(csv)
        .unwrap_err()
        .0
        .into_iter()
        .map(|f| f.to_string())
        .collect();
    assert_eq!(
        read.faults
            .iter()
            .map(ToString::to_string)
            .collect::<BTreeSet<_>>(),
        faults
    );
    assert!(read.faults.is_sorted_by_key(|f| f.line));
}

#[test]
fn quarantine_does_not_save_a_file_that_is_faulty_as_a_whole() {
    for csv in [
        "",
        "id,manager,side,grade\n",
        "id,manager,side\na,-,\n",
        "id,manager,grade\na,-,3\n",
        "id,id,manager,side,grade\na,a,-,,3\n",
    ] {
        assert_eq!(quarantine(csv).unwrap_err(), refuse(csv).unwrap_err());
    }
    // Everybody at fault is still a roster, of nobody.
    let read = quarantine("id,manager,side,grade\na,b,,3\n").unwrap();
    assert!(read.roster.lines().is_empty() && read.quarantined.len() == 1);
}
