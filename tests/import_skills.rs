//! Catalogues of skills from CSV: every fault word for word, and what a sound file says.
#![cfg(feature = "import")]

use reverse_mentoring::import::{SkillsImport, read_skills};
use reverse_mentoring::roster::{Sensitivity, Skill};
use reverse_mentoring::text::Label;

#[path = "support/nasty.rs"]
mod nasty;

/// What the rows say, or every fault.
fn read(rows: &str) -> Result<SkillsImport, Vec<String>> {
    let file = format!("name,scheme,id,label,sensitive\n{rows}");
    read_skills(file.as_bytes())
        .map_err(|faults| faults.0.iter().map(ToString::to_string).collect())
}

#[test]
fn a_sound_file_says_what_its_rows_say() {
    let read = read(
        " SQL ,esco, uri:1 ,Structured Query Language,no\r\nsql,esco,uri:1,,\r\nold name,,,New Name,\r\n\
         grief,,,living with a loss,yes\r\nloss,,,living with a loss, yes \r\nplain,,,,\r\n",
    )
    .unwrap();
    let it = |name: &str| {
        let it = read.catalogue.by_name(name).unwrap();
        (
            it.skill().clone(),
            it.skill().as_str().to_owned(),
            it.sensitivity(),
        )
    };
    let sql = Skill::referenced("esco", "uri:1", "any").unwrap();
    let (ordinary, sensitive) = (Sensitivity::Ordinary, Sensitivity::Sensitive);
    assert_eq!(
        it("SQL"),
        (
            sql.clone(),
            "Structured Query Language".to_owned(),
            ordinary
        )
    );
    assert_eq!(it("sql"), (sql, "sql".to_owned(), ordinary));
    assert_eq!(
        it("old name"),
        (
            Skill::new("New Name").unwrap(),
            "New Name".to_owned(),
            ordinary
        )
    );
    assert_eq!(it("grief"), it("loss"));
    assert_eq!(it("loss").2, sensitive);
    assert_eq!(it("plain").0, Skill::new("plain").unwrap());
    assert_eq!(read.catalogue.names().len(), 6);
    assert!(read.notices.is_empty());
    let few = read_skills("label,name\nx,y\n".as_bytes()).unwrap();
    assert_eq!(
        few.catalogue.by_name("y").unwrap().skill(),
        &Skill::new("x").unwrap()
    );
    assert_eq!(
        read_skills(b"name\n").unwrap().catalogue.names().len(),
        0,
        "nobody needs one"
    );
}

#[test]
fn every_fault_word_for_word() {
    assert_eq!(
        read(
            "a,esco,,x,\nb,,1,x,maybe\n,esco,1,x,\nc,esco,2,\"x\ny\",\nd,esco,3,x,yes\ne,esco,3,x,\nf,esco,3,x,no\n\
             a,,,,\na,,,,\ng,esco,4\n"
        )
        .unwrap_err(),
        [
            "2: half-reference: `id` is blank, and `scheme` is not",
            "2: name-twice: `name` is given 3 times: lines 2, 10, 11",
            "3: half-reference: `scheme` is blank, and `id` is not",
            "3: bad-mark: `sensitive` is `maybe`, not `no` or `yes`",
            "4: bad-label: `name` is blank",
            "5: bad-label: `label` cannot be kept: the text has a control character",
            "8: bad-mark: `sensitive` is not what it is on line 7, for the same skill",
            "10: name-twice: `name` is given 3 times: lines 2, 10, 11",
            "11: name-twice: `name` is given 3 times: lines 2, 10, 11",
            "12: field-count: the row has 3 fields and the header 5",
        ]
    );
    let said = |file: &str| read_skills(file.as_bytes()).unwrap_err().0[0].to_string();
    assert_eq!(
        said("scheme,id\n"),
        "1: missing-column: there is no column `name`"
    );
}

/// Names of sensitive skills stand in the file: no fault repeats one, and what loads is byte for byte what was written.
#[test]
fn no_fault_repeats_a_cell_and_no_cell_is_changed() {
    for text in nasty::nasty() {
        let cell = format!("\"{}\"", text.replace('"', "\"\""));
        let token = format!("\"zq7{}\"", text.replace('"', "\"\""));
        let sound = Label::new(text.trim()).is_ok();
        let read = read(&format!("{cell},{cell},{cell},{cell},yes\n"));
        assert_eq!(read.is_ok(), sound, "{text:?}");
        if let Ok(read) = read {
            let it = read.catalogue.by_name(text.trim()).unwrap();
            let reference = it.skill().reference().unwrap();
            assert_eq!(
                [reference.scheme(), reference.id(), it.skill().as_str()],
                [text.trim(); 3]
            );
        }
        for row in [
            format!("{token},{token},,,\n{token},,{token},{token},\n"),
            format!("{token},,,{token},yes\nother,,,{token},no\n{token},x\n"),
        ] {
            let faults = self::read(&row).unwrap_err();
            assert!(
                !faults.iter().any(|fault| fault.contains("zq7")),
                "{faults:?}"
            );
        }
    }
}
