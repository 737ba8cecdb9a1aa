//! The exemption of named mentees from links of three levels or more: the answers against an oracle that climbs raw lines,
//! the gate by hand, and journals and records that claim one.

#[path = "exemption/asked.rs"]
mod asked;
#[path = "exemption/forged.rs"]
mod forged;
#[path = "exemption/life.rs"]
mod life;
#[path = "eligibility/oracle.rs"]
mod oracle;
mod support;

use reverse_mentoring::eligibility::{Eligibility, EligiblePair, ExemptionReason, Verdict};
use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::pairing::{Agreement, TwoWayGoals};
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{Levels, Roster, Side};
use support::*;

const CEO: u32 = 7;
const CTO: u32 = 4;

/// One tree: `ceo` over `cto` and `cfo`, `cto` over `ops`, `ops` over `ada` and `lead`, `lead` over `ben`. To the `ceo` it
/// is 3 levels from `ada` and `lead`, 4 from `ben`; to the `cto` it is 3 from `ben` alone.
fn one_tree() -> Company {
    let staff = |key: &str, id, side, grade, places, manager: Option<&str>| Staff {
        key: key.to_owned(),
        id,
        side: Some(side),
        grade,
        places,
        manager: manager.map(str::to_owned),
        dotted: Vec::new(),
    };
    Company(vec![
        staff("ceo", CEO, Side::Mentee, 10, 3, None),
        staff("cto", CTO, Side::Mentee, 8, 2, Some("ceo")),
        staff("cfo", 5, Side::Mentee, 8, 1, Some("ceo")),
        staff("ops", 6, Side::Either, 5, 1, Some("cto")),
        staff("lead", 8, Side::Mentor, 4, 2, Some("ops")),
        staff("ada", 1, Side::Mentor, 2, 1, Some("ops")),
        staff("ben", 2, Side::Mentor, 2, 2, Some("lead")),
    ])
}

fn asked(roster: &Roster, exempt: &[u32], mentor: &str, mentee: &str) -> Verdict {
    let context = Context::new(day(0)).with_exempt(exempt.iter().map(|&n| person_id(n)));
    let policy = Policy::core_only();
    let eligibility = Eligibility::new(roster, &policy, &context);
    eligibility.check_keys(mentor, mentee).unwrap()
}

fn exempted(roster: &Roster, exempt: &[u32], mentor: &str, mentee: &str) -> EligiblePair {
    asked(roster, exempt, mentor, mentee).eligible().unwrap()
}

impl Kept {
    fn exempt(&mut self, mentee: u32, on: i64) {
        let (mentee, reason) = (person_id(mentee), ExemptionReason::OneTree);
        let entry = self.program.exempt(mentee, reason, coordinator(), at(on));
        self.journal.push(entry.unwrap());
    }

    fn revoke(&mut self, mentee: u32, on: i64) {
        let mentee = person_id(mentee);
        let entry = self.program.revoke_exemption(mentee, coordinator(), at(on));
        self.journal.push(entry.unwrap());
    }

    fn propose_one(&mut self, id: u32, proof: &EligiblePair, on: i64) -> Result<(), String> {
        let entry = self.program.propose(
            pairing_id(id),
            proof,
            TwoWayGoals::draft(proof, day(300)),
            Agreement::standard(reverse_mentoring::cadence::Cadence::MONTHLY),
            coordinator(),
            at(on),
        );
        match entry {
            Ok(entry) => {
                self.journal.push(entry);
                Ok(())
            }
            Err(refused) => Err(said(&refused)),
        }
    }
}

fn ids(all: &[u32]) -> Vec<ParticipantId> {
    all.iter().map(|&n| person_id(n)).collect()
}
