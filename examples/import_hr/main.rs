//! The export of an HR system as a roster: what is wrong with it, what it would change, and which pairings it would touch.
//!
//! `cargo run --features scim --example import_hr -- --preset workday staff.csv --previous roster.csv --pairs pairs.csv`
//!
//! Without arguments it reads four samples of one company: as Workday, BambooHR and Together head their columns, and as SCIM.

#[path = "../support/mod.rs"]
mod support;

mod presets;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use presets::{MANAGERS, preset};
use reverse_mentoring::dry_run::{Becomes, LineKind, RosterDifference, Who, forecast_pairs};
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::import::{
    Coverage, Feed, FeedError, FeedImport, Limits, Mapping, OnFault, Table, read_roster,
};
use reverse_mentoring::pair::Pair;
use reverse_mentoring::roster::Roster;
use reverse_mentoring::text::Key;
use support::{Args, fail, misuse, print, read};

const USAGE: &str = "\
import_hr [--preset NAME FILE [--root KEY] [--previous ROSTER] [--additive] [--pairs PAIRS]]

Reads the export of an HR system, and says what is wrong with it, what it would change, and what would become of pairings. Nothing
of what a faulty cell holds is printed. Without arguments it reads samples.

  --preset NAME        workday, bamboo, together or scim: what the columns are called, see examples/import_hr/presets.rs
  FILE                 the export
  --root KEY           who is at the top, whatever the export says of their manager
  --previous ROSTER    the roster that stands, a roster.csv: whoever is in it keeps their id
  --additive           whoever is not in the export stays; otherwise they leave
  --pairs PAIRS        pairings that run, a CSV file with the columns pairing, mentor and mentee; needs --previous

Exit 1 with every fault on standard error where there is no roster, 2 for a command line that cannot be used.";

fn main() {
    let args = Args::parse(
        USAGE,
        &["--preset", "--root", "--previous", "--pairs"],
        &["--additive"],
        1,
    );
    let Some(name) = args.text("--preset") else {
        if args.alone().is_empty()
            && args.text("--root").is_none()
            && args.text("--previous").is_none()
            && args.text("--pairs").is_none()
            && !args.has("--additive")
        {
            return samples();
        }
        misuse("`--preset` is missing; try `--help`");
    };
    let root = args.text("--root").map(|key| match Key::new(key) {
        Ok(key) => key,
        Err(error) => misuse(format!("`--root`: {error}")),
    });
    let mapping = match preset(name) {
        Some(Ok(mapping)) => mapping.with_roots(root),
        Some(Err(error)) => fail(error),
        None => misuse(format!(
            "`--preset {name}`: not workday, bamboo, together or scim"
        )),
    };
    let [path] = args.alone() else {
        misuse("a file is needed; try `--help`");
    };
    args.needs("--pairs", "--previous");
    if args.has("--additive") && args.text("--previous").is_none() {
        misuse("`--additive` needs `--previous`");
    }
    let coverage = if args.has("--additive") {
        Coverage::Additive
    } else {
        Coverage::Full
    };
    let previous = args
        .text("--previous")
        .map(|path| standing(path, &read(path)));
    let pairs = args.text("--pairs").map(|path| (path, read(path)));
    let file =
        File::open(path).unwrap_or_else(|error| fail(format!("{path}: cannot be read: {error}")));
    let (name, source) = ((name, path.as_str()), file);
    report(
        name,
        source,
        &mapping,
        previous.as_ref().map(|p| (p, coverage)),
        pairs.as_ref().map(|(p, b)| (*p, b.as_slice())),
    );
}

/// The same company four times, after a roster of the spring.
fn samples() {
    let spring = standing("spring.csv", include_bytes!("../data/hr/spring.csv"));
    let pairs = include_bytes!("../data/hr/pairs.csv").as_slice();
    let samples: [(&str, &str, &[u8], bool); 4] = [
        (
            "workday",
            "workday.csv",
            include_bytes!("../data/hr/workday.csv"),
            true,
        ),
        (
            "bamboo",
            "bamboo.csv",
            include_bytes!("../data/hr/bamboo.csv"),
            true,
        ),
        (
            "together",
            "together.csv",
            include_bytes!("../data/hr/together.csv"),
            false,
        ),
        (
            "scim",
            "users.json",
            include_bytes!("../data/hr/users.json"),
            false,
        ),
    ];
    for (name, path, bytes, after) in samples {
        let root = (name == "scim").then(|| "00001".parse());
        let mapping = match (preset(name), root.transpose()) {
            (Some(Ok(mapping)), Ok(root)) => mapping.with_roots(root),
            _ => fail(format!("the preset `{name}` does not stand")),
        };
        let previous = after.then_some((&spring, Coverage::Full));
        report(
            (name, path),
            bytes,
            &mapping,
            previous,
            after.then_some(("pairs.csv", pairs)),
        );
        print("\n");
    }
}

/// The roster that stands.
fn standing(path: &str, bytes: &[u8]) -> Roster {
    match read_roster(bytes, OnFault::Refuse, &mut SequentialIds::new(1)) {
        Ok(read) => read.roster,
        Err(faults) => {
            for fault in &faults.0 {
                support::tell_line(fault.located(path));
            }
            std::process::exit(1)
        }
    }
}

/// Reads one export and prints everything that there is to say of it.
fn report(
    (preset, path): (&str, &str),
    source: impl Read,
    mapping: &Mapping,
    previous: Option<(&Roster, Coverage)>,
    pairs: Option<(&str, &[u8])>,
) {
    let mut feed = Feed::new(mapping).on_fault(OnFault::Quarantine);
    if let Some((previous, coverage)) = previous {
        feed = feed.after(previous, coverage);
    }
    let ids = &mut SequentialIds::new(2); // a product passes `&mut Uuid::now_v7`
    let read = match preset {
        "scim" => feed.read_scim(source, MANAGERS, ids),
        _ => feed.read(source, ids),
    };
    let read = match read {
        Ok(read) => read,
        Err(FeedError::Faults(faults)) => {
            for fault in &faults.0 {
                support::tell_line(format_args!("{path}:{fault}"));
            }
            std::process::exit(1)
        }
        Err(error) => fail(format!("{path}: {error}")),
    };
    let (people, taking_part) = (read.roster.lines().len(), read.roster.participants().len());
    print(&format!(
        "{path}, as {preset}: {people} people, of whom {taking_part} take part\n"
    ));
    told(path, &read);
    let Some((previous, _)) = previous else {
        return;
    };
    let difference = RosterDifference::between(previous, &read.roster);
    print(&format!("against the roster that stands: {difference}\n"));
    let all = |what: &str, who: &[Who]| {
        let keys: Vec<&str> = who.iter().map(|w| w.key().as_str()).collect();
        if !keys.is_empty() {
            print(&format!("  {what}: {}\n", keys.join(", ")));
        }
    };
    all("joined", &difference.joined);
    all("left", &difference.left);
    for change in &difference.changed {
        let kinds: Vec<&str> = change.kinds.iter().map(|kind| kind.as_str()).collect();
        print(&format!("  {}: {}\n", change.who.key(), kinds.join(", ")));
    }
    if let Some((path, bytes)) = pairs {
        pairings(path, bytes, previous, &read.roster);
    }
}

fn told(path: &str, read: &FeedImport) {
    let faults = read.faults.iter().map(ToString::to_string);
    let left_out = read.left_out.iter().map(ToString::to_string);
    let notices = read.notices.iter().map(ToString::to_string);
    for line in faults.chain(left_out).chain(notices) {
        print(&format!("  {path}:{line}\n"));
    }
}

/// What would become of pairings that run.
fn pairings(path: &str, bytes: &[u8], previous: &Roster, next: &Roster) {
    let mut table = match Table::from_reader(bytes, Limits::STANDARD) {
        Ok(table) => table,
        Err(error) => fail(format!("{path}: {error}")),
    };
    let [name, mentor, mentee] =
        ["pairing", "mentor", "mentee"].map(|column| table.required(column));
    let mut faults = table.close_header();
    let (mut ids, mut pairs, mut names) = (SequentialIds::new(3), Vec::new(), BTreeMap::new());
    while let Some(row) = table.next_row(&mut faults) {
        let id = |column| previous.by_key(row.cell(column)?).map(|p| p.id());
        if let (Some(mentor), Some(mentee)) = (id(mentor), id(mentee)) {
            let pairing = PairingId::from_source(&mut ids);
            pairs.push((pairing, Pair { mentor, mentee }));
            names.insert(pairing, row.cell(name).unwrap_or_default().to_owned());
        } else {
            print(&format!(
                "  {path}:{}: one of the two takes no part in the roster that stands\n",
                row.line()
            ));
        }
    }
    if let Some(fault) = faults.first() {
        fail(fault.located(path));
    }
    let forecasts = forecast_pairs(pairs, previous, next);
    print(&format!(
        "of {} pairings, {} would be touched\n",
        names.len(),
        forecasts.len()
    ));
    for forecast in forecasts {
        let name = names.get(&forecast.pairing).map_or("", String::as_str);
        let becomes = match forecast.becomes {
            Becomes::Hierarchical { path, .. } => {
                let steps = path.iter().map(|step| match step.up {
                    Some(LineKind::Dotted) => format!("{} ⇢ ", step.who.key()),
                    Some(LineKind::Solid) => format!("{} → ", step.who.key()),
                    None => step.who.key().to_string(),
                });
                format!(
                    "would become hierarchical, and be suspended: {}",
                    steps.collect::<String>()
                )
            }
            Becomes::Cleared => "would be free of its line of management".to_owned(),
            Becomes::Ended {
                mentor_stays,
                mentee_stays,
            } => match (mentor_stays, mentee_stays) {
                (true, _) => "would end, as the mentee takes part no more".to_owned(),
                (_, true) => "would end, as the mentor takes part no more".to_owned(),
                _ => "would end, as neither takes part any more".to_owned(),
            },
            _ => "would change".to_owned(),
        };
        print(&format!("  {name} {becomes}\n"));
    }
}
