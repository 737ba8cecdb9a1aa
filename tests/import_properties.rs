//! Rosters from CSV against a judge that works on the raw cells, in any order of rows and columns, and on any bytes.
#![cfg(feature = "import")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{Faults, OnFault, QuarantineReason, RosterImport, read_roster};

fn read(csv: &[u8], on_fault: OnFault) -> Result<RosterImport, Faults> {
    read_roster(csv, on_fault, &mut SequentialIds::new(1))
}

const COLUMNS: [&str; 6] = ["id", "manager", "dotted", "grade", "side", "offers"];

#[derive(Debug, Clone)]
struct Raw {
    cells: [String; 6],
    /// The last field is missing.
    short: bool,
}

impl Raw {
    fn id(&self) -> &str {
        &self.cells[0]
    }

    fn managers(&self) -> Vec<&str> {
        let solid = Some(self.cells[1].as_str()).filter(|m| *m != "-");
        let dotted = self.cells[2].split(';').filter(|d| !d.is_empty());
        solid.into_iter().chain(dotted).collect()
    }

    fn grade(&self) -> Option<i32> {
        self.cells[3].parse().ok().filter(|_| !self.short)
    }
}

fn csv(rows: &[Raw], columns: &[usize]) -> String {
    let line = |cells: &[String]| {
        columns
            .iter()
            .map(|c| cells[*c].clone())
            .collect::<Vec<_>>()
            .join(",")
    };
    let mut text = line(&COLUMNS.map(str::to_owned));
    for row in rows {
        text.push('\n');
        let whole = line(&row.cells);
        text.push_str(if row.short {
            whole.rsplit_once(',').unwrap().0
        } else {
            &whole
        });
    }
    text
}

/// The rows at fault, the rows to leave out, by place; `None` where the file as a whole is at fault.
fn judge(rows: &[Raw]) -> Option<(BTreeSet<usize>, BTreeSet<usize>)> {
    rows.iter().find_map(Raw::grade)?;
    let usable = |id: &str| !id.is_empty() && id != "-";
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, r)| usable(r.id())) {
        rows_of.entry(row.id()).or_default().push(at);
    }
    let mut faulty = BTreeSet::new();
    for (at, row) in rows.iter().enumerate() {
        let [id, manager, _, grade, side, offers] = &row.cells;
        let stranger = |m: &&str| !rows_of.contains_key(m) || *m == id;
        let sound = usable(id)
            && rows_of[id.as_str()].len() == 1
            && !row.short
            && !manager.is_empty()
            && !row.managers().iter().any(stranger)
            && (grade.is_empty() || row.grade().is_some())
            && side != "boss"
            && (side.is_empty() || row.grade().is_some())
            && ["", "sql:3", "sql:5;law:1"].contains(&offers.as_str());
        if !sound {
            faulty.insert(at);
        }
        // On a circle: back at one's own row after some steps up, each key standing for its first row.
        let mut up = at;
        for steps in 1..=rows.len() {
            let next = &rows[up].cells[1];
            if rows[up].short || next == rows[up].id() {
                break;
            }
            match rows_of.get(next.as_str()) {
                Some(first) => up = first[0],
                None => break,
            }
            if up == at && steps > 1 {
                faulty.insert(at);
            }
        }
    }
    let mut out = faulty.clone();
    loop {
        let unknown: BTreeSet<&str> = out
            .iter()
            .map(|at| rows[*at].id())
            .filter(|id| usable(id))
            .collect();
        let below = |r: &Raw| !r.short && r.managers().iter().any(|m| unknown.contains(m));
        let before = out.len();
        out.extend((0..rows.len()).filter(|at| below(&rows[*at])));
        if out.len() == before {
            return Some((faulty, out));
        }
    }
}

fn people() -> impl Strategy<Value = Vec<Raw>> {
    let key = |n: usize| format!("p{n}");
    let row = (
        (0..40usize, any::<prop::sample::Index>(), 0..30usize),
        proptest::collection::vec(0..18usize, 0..2),
        select(vec!["", "", "3", "3", "4", "5", "9", "9", "-1", "x"]),
        select(vec!["", "", "mentor", "mentor", "mentee", "either", "boss"]),
        select(vec![
            "",
            "",
            "",
            "",
            "",
            "",
            "sql:3",
            "sql:5;law:1",
            "sql:6",
            "law",
        ]),
        0..30usize,
    );
    proptest::collection::vec(row, 1..16).prop_map(move |rows| {
        rows.into_iter()
            .enumerate()
            .map(
                |(at, ((odd, above, stray), dotted, grade, side, offers, short))| {
                    let id = match odd {
                        0 => String::new(),
                        1 => "-".to_owned(),
                        2 => key(0),
                        _ => key(at),
                    };
                    let manager = match stray {
                        0 => String::new(),
                        1 => "ghost".to_owned(),
                        2 => key(at),
                        3 | 4 => key(above.index(16)),
                        _ if at == 0 => "-".to_owned(),
                        _ => key(above.index(at)),
                    };
                    let dotted: Vec<String> =
                        dotted.into_iter().filter(|d| d % 3 == 0).map(key).collect();
                    // Most people are sound, or nothing would be left to load.
                    let cell = |cell: &str, spare: &str| {
                        if (odd + stray) % 4 == 0 { cell } else { spare }.to_owned()
                    };
                    let side = cell(side, if at % 2 == 0 { "mentor" } else { "" });
                    let cells = [
                        id,
                        manager,
                        dotted.join(";"),
                        cell(grade, "4"),
                        side,
                        cell(offers, "sql:3"),
                    ];
                    Raw {
                        cells,
                        short: short == 0,
                    }
                },
            )
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn quarantine_agrees_with_a_judge_of_the_raw_cells(rows in people()) {
        let csv = csv(&rows, &[0, 1, 2, 3, 4, 5]);
        let refused = read(csv.as_bytes(), OnFault::Refuse);
        let loaded = read(csv.as_bytes(), OnFault::Quarantine);
        let Some((faulty, out)) = judge(&rows) else {
            prop_assert!(refused.is_err() && loaded.is_err());
            return Ok(());
        };
        prop_assert_eq!(refused.is_ok(), faulty.is_empty());
        let loaded = loaded.unwrap();
        let place = |line: u64| usize::try_from(line).unwrap() - 2;
        let left_out: BTreeSet<usize> = loaded.quarantined.iter().map(|q| place(q.line)).collect();
        prop_assert_eq!(&left_out, &out, "{}", csv);
        prop_assert_eq!(left_out.len(), loaded.quarantined.len());
        for quarantined in &loaded.quarantined {
            let row = &rows[place(quarantined.line)];
            match &quarantined.reason {
                QuarantineReason::Faulty(_) => prop_assert!(faulty.contains(&place(quarantined.line))),
                QuarantineReason::BelowAFault(above) => {
                    prop_assert!(!faulty.contains(&place(quarantined.line)));
                    prop_assert!(row.managers().contains(&above.as_str()));
                    prop_assert!(out.iter().any(|at| rows[*at].id() == above.as_str()));
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let kept: BTreeSet<&str> = (0..rows.len()).filter(|at| !out.contains(at)).map(|at| rows[at].id()).collect();
        let people: BTreeSet<&str> = loaded.roster.lines().people().map(|(_, k)| k.as_str()).collect();
        prop_assert_eq!(&people, &kept);
        let takes_part = |id: &&str| rows.iter().any(|r| r.id() == *id && !r.cells[4].is_empty());
        let sides: Vec<&str> = kept.iter().copied().filter(takes_part).collect();
        let participants: Vec<&str> = loaded.roster.participants().iter().map(|p| p.key().as_str()).collect();
        prop_assert_eq!(participants, sides);
        let lines_at_fault: BTreeSet<usize> = loaded.faults.iter().map(|f| place(f.line)).collect();
        prop_assert!(lines_at_fault.is_subset(&faulty));
        if let Ok(refused) = refused {
            prop_assert_eq!(refused.roster.fingerprint(), loaded.roster.fingerprint());
        }
    }

    #[test]
    fn the_order_of_rows_and_columns_is_nothing(
        (rows, turned) in people().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        columns in Just(vec![0, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        // A short row says something else when its last field is another.
        let whole = |rows: Vec<Raw>| -> Vec<Raw> { rows.into_iter().filter(|r| !r.short).collect() };
        let (rows, turned) = (whole(rows), whole(turned));
        let one = read(csv(&rows, &[0, 1, 2, 3, 4, 5]).as_bytes(), OnFault::Quarantine);
        let other = read(csv(&turned, &columns).as_bytes(), OnFault::Quarantine);
        prop_assert_eq!(one.is_ok(), other.is_ok());
        if let (Ok(one), Ok(other)) = (one, other) {
            prop_assert_eq!(one.roster.fingerprint(), other.roster.fingerprint());
            let keys = |read: &RosterImport| {
                let mut keys: Vec<_> = read.quarantined.iter().map(|q| q.key.clone()).collect();
                keys.sort();
                keys
            };
            prop_assert_eq!(keys(&one), keys(&other));
        }
    }

    #[test]
    fn no_bytes_panic(
        edits in proptest::collection::vec(
            (any::<prop::sample::Index>(), 0..3u8, prop_oneof![select(b"\",;:\r\n\xef\xbb\xbf-> \xff\x00".to_vec()), any::<u8>()]),
            0..12,
        ),
    ) {
        let mut bytes = b"\xef\xbb\xbfid,manager,dotted,grade,side,offers,wants,note\r\nceo,-,,9,,,,\r\n\
            cfo,ceo,,7,mentee,law:5,sql:3,\"a, \"\"b\"\"\"\r\nada,ceo,cfo,2,mentor,sql:4;a:b:1,law:1>3,\r\n".to_vec();
        for (at, kind, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
        }
        let last = 1 + bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64;
        for on_fault in [OnFault::Refuse, OnFault::Quarantine] {
            let faults = match read(&bytes, on_fault) {
                Ok(read) => read.faults,
                Err(Faults(faults)) => {
                    prop_assert!(!faults.is_empty());
                    faults
                }
            };
            prop_assert!(faults.is_sorted_by_key(|f| f.line));
            for fault in faults {
                prop_assert!((1..=last).contains(&fault.line));
                let text = fault.to_string();
                prop_assert!(text.lines().count() == 1 && !text.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn wholly_arbitrary_bytes_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, OnFault::Refuse);
        let _ = read(&bytes, OnFault::Quarantine);
    }
}
