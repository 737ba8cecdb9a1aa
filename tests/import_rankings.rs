//! Rankings from CSV: every fault word for word, and what a sound file says.
#![cfg(feature = "import")]

use reverse_mentoring::import::{RankingsImport, read_rankings};
use reverse_mentoring::matching::{Choice, Rankings};
use reverse_mentoring::pair::Role;
use reverse_mentoring::testing::Company;

/// What the rows say, or every fault.
fn read(rows: &str) -> Result<RankingsImport, Vec<String>> {
    whole(&format!("mentor,mentee,by,rank\n{rows}"))
}

fn whole(file: &str) -> Result<RankingsImport, Vec<String>> {
    let company = Company::sample().unwrap();
    read_rankings(file.as_bytes(), company.roster())
        .map_err(|faults| faults.0.iter().map(ToString::to_string).collect())
}

fn faults(rows: &str) -> Vec<String> {
    read(rows).unwrap_err()
}

#[test]
fn a_sound_file_says_what_its_rows_say() {
    let company = Company::sample().unwrap();
    let choices = Choice::list(Role::Mentor, "ada", [vec!["gus"], vec!["hal", "flo"]])
        .chain(Choice::list(Role::Mentee, "gus", [["ada"]]))
        .chain(Choice::list(Role::Mentee, "flo", [["ada"]]));
    let expected = Rankings::new(company.roster(), choices).unwrap();
    // In another order, with gaps, white space and a column of their own.
    let read = whole(
        "\u{feff}rank,by,mentee,mentor,note\r\n2,mentor,flo,ada,\r\n 1 , mentee ,gus,ada,yes\r\n2,mentor,hal,ada,\r\n\
         4294967295,mentee,flo,ada,\r\n1,mentor,gus,ada,\r\n",
    )
    .unwrap();
    assert_eq!(read.rankings.rankers(Role::Mentee), 2);
    let notices: Vec<String> = read.notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        ["1: unknown-column: the column `note` is not read"]
    );
    assert_ne!(read.rankings, expected, "ranks are kept as they are given");
    let read = self::read(
        "ada,flo,mentor,2\nada,gus,mentee,1\nada,hal,mentor,2\nada,flo,mentee,1\nada,gus,mentor,1\n",
    );
    assert_eq!(read.unwrap().rankings, expected);
    assert_eq!(
        self::read("").unwrap().rankings.rankers(Role::Mentor),
        0,
        "nobody has to rank"
    );
}

#[test]
fn every_fault_of_a_row_at_once() {
    assert_eq!(
        faults(
            "ada,GUS,mentor,1\nzoe,,mentee,0\nkim,ada,mentor,-1\neli,eli,both,x\nada,gus,mentor,1\nada,gus,mentee,1\n\
             ada,gus,mentor,2\nada,gus,,\nada,gus,mentor\n\"ada\"x,gus,mentor,1\nada,gus,mentor,1.5\n"
        ),
        [
            "2: unknown-person: `mentee` is `GUS`, whom the roster does not know; did you mean `gus`?",
            "3: bad-rank: `rank` is `0`, not a whole number from 1 to 4294967295",
            "3: unknown-person: `mentor` is `zoe`, whom the roster does not know",
            "3: unknown-person: `mentee` is blank",
            "4: bad-rank: `rank` is `-1`, not a whole number from 1 to 4294967295",
            "4: not-on-side: `mentor` is `kim`, who does not take part as mentor",
            "4: not-on-side: `mentee` is `ada`, who does not take part as mentee",
            "5: bad-side: `by` is `both`, not `mentor` or `mentee`",
            "5: bad-rank: `rank` is `x`, not a whole number from 1 to 4294967295",
            "5: ranks-oneself: `mentee` is `eli`, the same person as the mentor",
            "8: ranked-twice: `by` is `mentor`, who ranks the other on line 6 already",
            "9: bad-side: `by` is blank",
            "9: bad-rank: `rank` is blank",
            "10: field-count: the row has 3 fields and the header 4",
            "11: bad-quote: `mentor` is unclear: text follows a closing quote",
            "12: bad-rank: `rank` is `1.5`, not a whole number from 1 to 4294967295",
            "12: ranked-twice: `by` is `mentor`, who ranks the other on line 6 already",
        ]
    );
}

/// A row that does not say who ranks is nobody's first word.
#[test]
fn a_row_of_nobody_is_not_the_first_of_two() {
    assert_eq!(
        faults("ada,gus,x,1\nada,gus,mentor,1\nada,gus,mentor,1\nada,gus,y,1\n"),
        [
            "2: bad-side: `by` is `x`, not `mentor` or `mentee`",
            "4: ranked-twice: `by` is `mentor`, who ranks the other on line 3 already",
            "5: bad-side: `by` is `y`, not `mentor` or `mentee`",
        ]
    );
}

#[test]
fn a_file_that_is_none() {
    assert_eq!(whole("").unwrap_err(), ["1: empty-file: the file is empty"]);
    assert_eq!(
        whole("mentor,mentee,By\nada,zoe,mentor\n").unwrap_err(),
        [
            "1: missing-column: there is no column `by`, only `By`; did you mean `by`?",
            "1: missing-column: there is no column `rank`",
            "2: unknown-person: `mentee` is `zoe`, whom the roster does not know",
        ]
    );
}
