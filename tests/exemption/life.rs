//! An exemption in the life of a programme.

use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::journal::Event;
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{Consent, EndReason, Phase, Stage, Step};
use reverse_mentoring::privacy::Threshold;

use super::*;

fn stage(kept: &Kept, n: u32) -> Stage {
    kept.program.stage(pairing_id(n)).unwrap()
}

fn suspended(before: Phase) -> Stage {
    let agreed = Consent::Nobody;
    Stage::Suspended { before, agreed }
}

fn chemistry() -> Phase {
    Phase::Chemistry
}

fn rests(kept: &Kept) -> Vec<(u32, u32)> {
    let rests = kept.program.exempted_pairings();
    let number = |id| (0..20).find(|n| pairing_id(*n) == id).unwrap();
    rests
        .map(|(id, levels)| (number(id), levels.as_u32()))
        .collect()
}

fn health(kept: &Kept, on: i64) -> ProgramHealth {
    let history = kept.program.history();
    ProgramHealth::assess(history, &Metrics::standard(), day(on)).unwrap()
}

/// Pairing, levels, reason.
fn shown(kept: &Kept, on: i64) -> Vec<(u32, u32, String)> {
    let health = health(kept, on);
    let number = |id| (0..20).find(|n| pairing_id(*n) == id).unwrap();
    let rows = health.exempted.iter();
    rows.map(|e| (number(e.pairing), e.levels.as_u32(), e.reason.to_string()))
        .collect()
}

/// `ceo` exempted on day 2; 1 is ada with the ceo, 2 is ben with the ceo, 3 is ada's colleague lead with the cfo; all in
/// their chemistry period from day 4.
fn running() -> Kept {
    let roster = one_tree().roster();
    let mut kept = Kept::open(&roster);
    kept.exempt(CEO, 2);
    for (id, mentor, mentee) in [(1, "ada", "ceo"), (2, "ben", "ceo"), (3, "lead", "cfo")] {
        let proof = exempted(&roster, &[CEO], mentor, mentee);
        kept.propose_one(id, &proof, 3).unwrap();
    }
    for id in 1..=3 {
        kept.begin(id, 4);
    }
    kept
}

/// By the names that the host gives, which may run against the ids.
#[test]
fn the_record_lists_who_rests_on_an_exemption_by_name() {
    let health = health(&running(), 10);
    for names in [["a", "b"], ["b", "a"]] {
        let name = |id| names[usize::from(id != pairing_id(1))].to_owned();
        let record = serde_json::to_value(health.to_record(name)).unwrap();
        let rows = record["exempted"].as_array().unwrap();
        let rows: Vec<_> = rows.iter().map(|row| row["pairing"].as_str()).collect();
        assert_eq!(rows, [Some("a"), Some("b")]);
    }
}

#[test]
fn the_chief_executive_is_exempted_matched_and_visible() {
    let roster = one_tree().roster();
    let mut kept = Kept::open(&roster);
    let proof = exempted(&roster, &[CEO], "ada", "ceo");
    let bare = format!(
        "participant {} is not exempted from links of management on ",
        person_id(CEO)
    );
    // A host that hands the question an exemption of its own gets no further than that.
    assert_eq!(
        kept.propose_one(1, &proof, 1),
        Err(format!("{bare}{}", day(1)))
    );
    kept.exempt(CEO, 2);
    let entry = serde_json::to_value(kept.journal.last().unwrap()).unwrap();
    assert_eq!(
        entry["event"],
        serde_json::json!({
            "event": "exempted",
            "mentee": person_id(CEO),
            "reason": "one_tree",
            "approved_by": coordinator(),
            "cleared": [],
        })
    );
    // Nor does a proposal that is dated before it.
    let refused = kept.program.propose(
        pairing_id(1),
        &proof,
        TwoWayGoals::draft(&proof, day(300)),
        Agreement::standard(reverse_mentoring::cadence::Cadence::MONTHLY),
        coordinator(),
        late(1, 2),
    );
    assert_eq!(said(&refused.unwrap_err()), format!("{bare}{}", day(1)));
    kept.propose_one(1, &proof, 2).unwrap();
    let entry = serde_json::to_value(kept.journal.last().unwrap()).unwrap();
    assert_eq!(entry["event"]["pairings"][0]["levels"], 3);

    // The programme's context names who is exempted; one without an exemption names nobody.
    let context = kept.program.context(day(3));
    assert!(context.is_exempt(person_id(CEO)) && !context.is_exempt(person_id(CTO)));
    let policy = Policy::core_only();
    let may = Eligibility::new(&roster, &policy, &context);
    let proof = may.check_keys("ben", "ceo").unwrap().eligible().unwrap();
    kept.propose_one(2, &proof, 3).unwrap();
    kept.propose_one(3, &exempted(&roster, &[], "lead", "cfo"), 3)
        .unwrap();
    let entry = serde_json::to_value(kept.journal.last().unwrap()).unwrap();
    assert_eq!(entry["event"]["pairings"][0].get("levels"), None);
    assert_eq!(rests(&kept), [(1, 3), (2, 4)]);
    let exemptions: Vec<_> = kept.program.exemptions().copied().collect();
    assert_eq!(exemptions.len(), 1);
    assert_eq!(
        (exemptions[0].mentee, exemptions[0].since),
        (person_id(CEO), day(2))
    );
    assert_eq!(exemptions[0].approved_by, coordinator());
    kept.agrees(&roster, 3);

    // Health shows it to the coordinator from the proposal on, and to the sponsor nothing of single pairings.
    kept.begin(1, 4);
    let one_tree = || "one_tree".to_owned();
    assert_eq!(shown(&kept, 1), []);
    assert_eq!(shown(&kept, 2), [(1, 3, one_tree())]);
    assert_eq!(shown(&kept, 5), [(1, 3, one_tree()), (2, 4, one_tree())]);
    let health = health(&kept, 5);
    assert!(
        health
            .to_string()
            .contains("\n  2 pairings by an exemption\n  no data: "),
        "{health}"
    );
    let record = serde_json::to_value(health.to_record(|id| id.to_string())).unwrap();
    assert_eq!(
        record["exempted"],
        serde_json::json!([
            {"pairing": pairing_id(1), "levels": 3, "reason": "one_tree"},
            {"pairing": pairing_id(2), "levels": 4, "reason": "one_tree"},
        ])
    );
    let sponsor = health.release(Threshold::default());
    let sponsor = serde_json::to_value(sponsor.to_record()).unwrap();
    assert_eq!(sponsor.get("exempted"), None);
    // What has ended rests on nothing.
    kept.step(1, END, 6);
    kept.step(2, END, 6);
    assert_eq!(rests(&kept), []);
    assert_eq!(shown(&kept, 6), []);
    assert_eq!(shown(&kept, 5).len(), 2);
    let record = self::health(&kept, 6).to_record(|id| id.to_string());
    assert_eq!(serde_json::to_value(record).unwrap().get("exempted"), None);
}

#[test]
fn refusals_in_words() {
    let mut kept = running();
    let before = kept.program.clone();
    let (ceo, nobody) = (person_id(CEO), person_id(99));
    let heads = ExemptionReason::HeadsAllMentors;
    let mut said_of = |mentee, on| {
        let refused = kept.program.exempt(mentee, heads, coordinator(), at(on));
        said(&refused.unwrap_err())
    };
    assert_eq!(
        said_of(ceo, 5),
        format!("participant {ceo} is exempted from links of management already")
    );
    assert_eq!(
        said_of(nobody, 5),
        format!("participant {nobody} is not in the roster")
    );
    let mut said_of = |mentee, on| {
        let refused = kept
            .program
            .revoke_exemption(mentee, coordinator(), late(on, 9));
        said(&refused.unwrap_err())
    };
    let (cto, on) = (person_id(CTO), day(5));
    assert_eq!(
        said_of(cto, 5),
        format!("participant {cto} is not exempted from links of management on {on}")
    );
    // Not before it was given.
    let on = day(1);
    assert_eq!(
        said_of(ceo, 1),
        format!("participant {ceo} is not exempted from links of management on {on}")
    );
    assert_eq!(kept.program, before);
}

#[test]
fn revoking_suspends_what_rests_on_it_in_the_same_entry() {
    let roster = one_tree().roster();
    let mut kept = running();
    // ben and the ceo have met since: they are held up from that day on.
    kept.record(&session(1, 2, 12, held()), at(12));
    let entry = kept
        .program
        .revoke_exemption(person_id(CEO), coordinator(), late(10, 13));
    let entry = entry.unwrap();
    assert_eq!(
        serde_json::to_value(&entry).unwrap()["event"],
        serde_json::json!({
            "event": "exemption_revoked",
            "mentee": person_id(CEO),
            "approved_by": coordinator(),
            "suspended": [pairing_id(1), pairing_id(2)],
        })
    );
    kept.journal.push(entry);
    let before = chemistry();
    assert_eq!(stage(&kept, 1), suspended(before));
    assert_eq!(stage(&kept, 2), suspended(before));
    assert_eq!(stage(&kept, 3), Stage::Open { now: before });
    let since = |n| kept.program.history().pairing(pairing_id(n)).unwrap().holds[0].from;
    assert_eq!((since(1), since(2)), (day(10), day(12)));
    assert_eq!(rests(&kept), []);
    // Shown as long as it held.
    assert_eq!((shown(&kept, 9).len(), shown(&kept, 10).len()), (2, 0));
    assert!(!kept.program.context(day(13)).is_exempt(person_id(CEO)));
    kept.agrees(&roster, 13);
    let refused = kept
        .program
        .advance(pairing_id(1), Step::Reinstate { by: Role::Mentor }, at(14));
    assert_eq!(
        said(&refused.unwrap_err()),
        "the line of management between the two is still there"
    );

    // Exempted again: both could go on, and the entry says so.
    kept.exempt(CEO, 15);
    let Event::Exempted { cleared, .. } = &kept.journal.last().unwrap().event else {
        panic!()
    };
    assert_eq!(*cleared, [pairing_id(1), pairing_id(2)]);
    assert_eq!(rests(&kept), [(1, 3), (2, 4)]);
    kept.reinstate(1, 16);
    assert_eq!(stage(&kept, 1), Stage::Open { now: chemistry() });
    kept.agrees(&roster, 16);

    // Revoked while one of them waits: it is held up again, without being suspended a second time.
    kept.revoke(CEO, 17);
    let Event::ExemptionRevoked { suspended, .. } = &kept.journal.last().unwrap().event else {
        panic!()
    };
    assert_eq!(*suspended, [pairing_id(1)]);
    let refused = kept
        .program
        .advance(pairing_id(2), Step::Reinstate { by: Role::Mentor }, at(18));
    assert!(refused.is_err());
    assert_eq!(
        kept.program
            .history()
            .pairing(pairing_id(2))
            .unwrap()
            .holds
            .len(),
        1
    );
    kept.agrees(&roster, 18);
    // The link is a reason to end it.
    let reason = EndReason::Link;
    kept.step(2, Step::End { reason }, 18);
    kept.agrees(&roster, 18);
}

fn reorganised(kept: &Kept) -> serde_json::Value {
    let mut event = serde_json::to_value(&kept.journal.last().unwrap().event).unwrap();
    let event = event.as_object_mut().unwrap();
    for key in ["event", "roster", "people", "left"] {
        event.remove(key);
    }
    serde_json::to_value(event).unwrap()
}

#[test]
fn a_reorganisation_knows_of_the_exemption() {
    let mut kept = running();
    // ada comes nearer, by a dotted line to the cto; ben goes one level farther; lead moves below the cfo's own peer.
    let near = one_tree()
        .dotted("ada", "cto")
        .reports("ben", "ada")
        .roster();
    kept.reorganise(&near, 10);
    // ben is now 3 levels below the ceo: ben, ada, over her dotted line cto, ceo.
    assert_eq!(
        reorganised(&kept),
        serde_json::json!({
            "suspended": [pairing_id(1)],
            "cleared": [],
            "ended": [],
            "far_links": [
                {"pairing": pairing_id(1), "levels": null},
                {"pairing": pairing_id(2), "levels": 3},
            ],
        })
    );
    assert_eq!(rests(&kept), [(2, 3)]);
    assert_eq!(stage(&kept, 1), suspended(chemistry()));
    assert_eq!(stage(&kept, 2), Stage::Open { now: chemistry() });
    let one_tree_code = || "one_tree".to_owned();
    assert_eq!(
        shown(&kept, 9),
        [(1, 3, one_tree_code()), (2, 4, one_tree_code())]
    );
    assert_eq!(shown(&kept, 10), [(2, 3, one_tree_code())]);
    kept.agrees(&near, 10);

    // Back to three levels: cleared, and resting on the exemption again.
    let far = one_tree().roster();
    kept.reorganise(&far, 20);
    assert_eq!(
        reorganised(&kept),
        serde_json::json!({
            "suspended": [],
            "cleared": [pairing_id(1)],
            "ended": [],
            "far_links": [
                {"pairing": pairing_id(1), "levels": 3},
                {"pairing": pairing_id(2), "levels": 4},
            ],
        })
    );
    assert_eq!(rests(&kept), [(1, 3), (2, 4)]);
    kept.agrees(&far, 20);

    // A link that comes into being over three levels or more suspends nothing of an exempted mentee, and all of another.
    kept.reinstate(1, 21);
    let below = one_tree()
        .reports("cfo", "ceo")
        .reports("lead", "cfo")
        .roster();
    kept.reorganise(&below, 30);
    assert_eq!(stage(&kept, 3), suspended(chemistry()));
    let deeper = Company(one_tree().0).reports("ops", "cfo").roster();
    kept.reorganise(&deeper, 40);
    // lead is 2 levels below the cfo still, and held up; ada and ben are as far from the ceo as before.
    assert_eq!(stage(&kept, 3), suspended(chemistry()));
    assert_eq!(rests(&kept), [(1, 3), (2, 4)]);
    kept.agrees(&deeper, 40);
}

#[test]
fn a_far_link_without_an_exemption_is_known_and_held_up() {
    // ben and the cto: no link at first, then three levels.
    let apart = one_tree().reports("ops", "cfo").roster();
    let mut kept = Kept::open(&apart);
    kept.propose_one(1, &exempted(&apart, &[], "ben", "cto"), 1)
        .unwrap();
    kept.begin(1, 2);
    let together = one_tree().roster();
    kept.reorganise(&together, 10);
    assert_eq!(
        reorganised(&kept),
        serde_json::json!({
            "suspended": [pairing_id(1)],
            "cleared": [],
            "ended": [],
            "far_links": [{"pairing": pairing_id(1), "levels": 3}],
        })
    );
    assert_eq!(rests(&kept), []);
    assert_eq!(shown(&kept, 10), []);
    kept.agrees(&together, 10);
    // Suspended already when the exemption comes: it is cleared.
    kept.exempt(CTO, 11);
    assert_eq!(rests(&kept), [(1, 3)]);
    kept.reinstate(1, 12);
    kept.agrees(&together, 12);
    // The same company again says nothing new.
    kept.reorganise(&together, 13);
    assert_eq!(reorganised(&kept).get("far_links"), None);
    assert_eq!(stage(&kept, 1), Stage::Open { now: chemistry() });
    // Without a link the exemption excuses nothing, and revoking it holds nothing up.
    kept.reorganise(&apart, 14);
    assert_eq!(rests(&kept), []);
    kept.revoke(CTO, 15);
    assert_eq!(stage(&kept, 1), Stage::Open { now: chemistry() });
    kept.agrees(&apart, 15);
}

#[test]
fn whoever_leaves_takes_no_exemption_along() {
    let mut kept = running();
    kept.reorganise(&one_tree().side("ceo", None).roster(), 10);
    assert_eq!(kept.program.exemptions().count(), 0);
    assert_eq!(
        stage(&kept, 1),
        Stage::Ended {
            reason: EndReason::Left
        }
    );
    let back = one_tree().roster();
    kept.reorganise(&back, 20);
    assert!(!kept.program.context(day(20)).is_exempt(person_id(CEO)));
    let person = |on| {
        kept.program
            .history()
            .person(person_id(CEO))
            .unwrap()
            .exempted(day(on))
    };
    assert_eq!(person(9), Some(ExemptionReason::OneTree));
    assert_eq!((person(1), person(10), person(20)), (None, None, None));
    let proof = exempted(&back, &[CEO], "ada", "ceo");
    assert!(kept.propose_one(9, &proof, 21).is_err());
    kept.agrees(&back, 21);
}
