//! What stands around users: totals, pages, errors in place of users, and who an additive feed is about.

use std::collections::BTreeMap;

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    BlankManager, Coverage, ENTERPRISE_USER, Feed, FeedError, FeedImport, ManagerBy, Mapping,
    OnFault, RosterColumn, ScimKey,
};
use reverse_mentoring::roster::Roster;
use reverse_mentoring::text::Key;
use serde_json::{Value, json};

use crate::enterprise;

fn mapping() -> Mapping {
    Mapping::scim(ScimKey::EmployeeNumber)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .unwrap()
        .with_roots(["1".parse().unwrap()])
}

fn user(id: &str, number: &str, manager: &str) -> Value {
    let manager = (!manager.is_empty()).then(|| json!({"value": manager}));
    json!({"id": id, "title": "3", ENTERPRISE_USER: enterprise(number, manager)})
}

fn try_read(
    text: &str,
    mapping: &Mapping,
    after: Option<(&Roster, Coverage)>,
) -> Result<FeedImport, FeedError> {
    let mut feed = Feed::new(mapping);
    if let Some((previous, coverage)) = after {
        feed = feed.after(previous, coverage);
    }
    feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1))
}

/// Everybody's key, or the faults.
fn people(text: &str, after: Option<(&Roster, Coverage)>) -> Result<Vec<String>, Vec<String>> {
    match try_read(text, &mapping(), after) {
        Ok(read) => {
            let people = read.roster.lines().people();
            Ok(people.map(|(_, key)| key.to_string()).collect())
        }
        Err(FeedError::Faults(faults)) => Err(faults.0.iter().map(ToString::to_string).collect()),
        Err(error) => panic!("{error}"),
    }
}

fn three() -> Roster {
    let users = json!([user("a", "1", ""), user("b", "2", "a"), user("c", "3", "a")]);
    try_read(&users.to_string(), &mapping(), None)
        .unwrap()
        .roster
}

const INCOMPLETE: &str = "incomplete-list: a list says that there are more users than were read";
const ENVELOPE: &str = "bad-envelope: what stands around users is no list response, or not of them; reading stopped there";
const TWICE: &str = "attribute-twice: an attribute of a user is there twice, in whatever case, or under two of its names";

#[test]
fn a_page_is_not_everybody() {
    let before = three();
    let (a, b) = (user("a", "1", ""), user("b", "2", "a"));
    let alone = [None, Some((&before, Coverage::Full))];
    let additive = Some((&before, Coverage::Additive));
    for list in [
        json!({"totalResults": 3, "Resources": [a, b]}),
        json!({"Resources": [a, b], "totalResults": 3}),
        json!({"TOTALRESULTS": "3", "resources": [a, b]}),
        json!({"totalResults": 3, "itemsPerPage": 2, "startIndex": 1, "Resources": [a, b]}),
        json!({"Resources": [a, b], "nextCursor": "x"}),
        json!({"totalResults": 2, "nextCursor": "x", "Resources": [a, b]}),
        json!({"totalResults": 18_446_744_073_709_551_615_u64, "Resources": [a, b]}),
    ] {
        let list = list.to_string();
        for after in alone {
            assert_eq!(
                people(&list, after),
                Err(vec![format!("1: {INCOMPLETE}")]),
                "{list}"
            );
        }
        assert_eq!(people(&list, additive).unwrap(), ["1", "2", "3"], "{list}");
        // Nobody is put in quarantine for what was not read.
        let mapping = mapping();
        let feed = Feed::new(&mapping)
            .on_fault(OnFault::Quarantine)
            .after(&before, Coverage::Full);
        let read = feed.read_scim(list.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1));
        assert!(matches!(read, Err(FeedError::Faults(_))), "{list}");
    }
    for list in [
        json!({"totalResults": 2, "Resources": [a, b]}),
        json!({"totalResults": 1, "Resources": [a, b]}),
        json!({"totalResults": null, "nextCursor": null, "Resources": [a, b]}),
        json!({"nextCursor": "", "Resources": [a, b]}),
        json!({"totalResults": 3, "Resources": [a, b, {"meta": {"resourceType": "Group"}}]}),
    ] {
        for after in alone {
            assert_eq!(
                people(&list.to_string(), after).unwrap(),
                ["1", "2"],
                "{list}"
            );
        }
    }
    for total in ["-1", "2.5", "[2]", "{}", "\"many\"", "true", "1e1"] {
        let list = json!({"totalResults": 0, "Resources": [a, b]}).to_string();
        let list = list.replace("\"totalResults\":0", &format!("\"totalResults\":{total}"));
        for after in [None, Some((&before, Coverage::Full)), additive] {
            assert_eq!(
                people(&list, after),
                Err(vec![format!("1: {ENVELOPE}")]),
                "{list}"
            );
        }
    }
}

/// The pages of a list one after the other, in any order; and lists that are no pages of one.
#[test]
fn pages_one_after_the_other() {
    let (a, b, c) = (user("a", "1", ""), user("b", "2", "a"), user("c", "3", "a"));
    let page = |start: u64, total: u64, users: &[&Value]| {
        json!({"totalResults": total, "startIndex": start, "Resources": users}).to_string()
    };
    let all = |pages: &[String]| people(&pages.join("\n"), None);
    let everybody = Ok(["1", "2", "3"].map(str::to_owned).to_vec());
    let (one, two) = (page(1, 3, &[&a, &b]), page(3, 3, &[&c]));
    assert_eq!(all(&[one.clone(), two.clone()]), everybody);
    assert_eq!(all(&[two.clone(), one.clone()]), everybody);
    let empty = "{\"totalResults\": 3, \"startIndex\": 4}".to_owned();
    assert_eq!(all(&[one.clone(), two.clone(), empty]), everybody);
    // Somebody came meanwhile, or went, so that another was passed over.
    let late = page(3, 4, &[&c]);
    assert_eq!(
        all(&[one.clone(), late]),
        Err(vec![format!("2: {INCOMPLETE}")])
    );
    let early = page(3, 2, &[]);
    assert_eq!(
        all(&[one.clone(), early]),
        Err(vec![format!("1: {INCOMPLETE}")])
    );
    // Two lists, of which the first is not whole.
    let lists = [page(1, 3, &[&a, &b]), page(1, 1, &[&c])];
    assert_eq!(all(&lists), Err(vec![format!("1: {INCOMPLETE}")]));
    let lists = [page(1, 2, &[&a, &b]), page(1, 1, &[&c])];
    assert_eq!(all(&lists), everybody);
    let lists = [page(0, 2, &[&a, &b]), page(0, 2, &[&c])];
    assert_eq!(all(&lists), Err(vec![format!("1: {INCOMPLETE}")]));
    // What stands beside a list is not in it.
    let list = json!({"totalResults": 3, "Resources": [a, b]}).to_string();
    let bulk = json!({"Operations": [{"method": "POST", "path": "/Users", "data": c}]}).to_string();
    for beside in [json!([c]).to_string(), bulk, c.to_string()] {
        let told = all(&[list.clone(), beside]);
        assert_eq!(told, Err(vec![format!("1: {INCOMPLETE}")]));
    }
    // By cursors each page says the same total, and all but the last that there are more.
    let cursor = |next: Value, users: &[&Value]| {
        json!({"totalResults": 3, "nextCursor": next, "Resources": users}).to_string()
    };
    let (one, two) = (cursor(json!("x"), &[&a, &b]), cursor(Value::Null, &[&c]));
    assert_eq!(all(&[one.clone(), two.clone()]), everybody);
    let unsaid = |page: &str| page.replace("\"totalResults\":3", "\"x\":3");
    assert_eq!(all(&[unsaid(&one), unsaid(&two)]), everybody);
    let more = cursor(json!("y"), &[&c]);
    assert_eq!(
        all(&[unsaid(&one), unsaid(&more)]),
        Err(vec![format!("2: {INCOMPLETE}")])
    );
}

#[test]
fn around_a_list_nothing_is_twice_and_all_is_sound() {
    let (a, b) = (
        user("a", "1", "").to_string(),
        user("b", "2", "a").to_string(),
    );
    let before = three();
    let additive = Some((&before, Coverage::Additive));
    for (text, code) in [
        (
            format!("{{\"Resources\":[{a}],\n\"Resources\":[{b}]}}"),
            TWICE,
        ),
        (format!("{{\"Resources\":[{a}],\n\"resources\":[]}}"), TWICE),
        (
            format!("{{\"Resources\":[{a}],\n\"resources\":null}}"),
            TWICE,
        ),
        (
            format!("\n{{\"Resources\":null,\"resources\":[{a}]}}"),
            TWICE,
        ),
        (
            format!("\n{{\"totalResults\":1,\"TotalResults\":1,\"resources\":[{a}]}}"),
            TWICE,
        ),
        (
            format!("{{\"totalResults\":1,\"resources\":[{a}],\n\"TotalResults\":1}}"),
            TWICE,
        ),
        (
            format!("{{\"Resources\":[{a}],\n\"Operations\":[]}}"),
            ENVELOPE,
        ),
        (
            format!("\n{{\"Operations\":{{}},\"Resources\":[{a}]}}"),
            ENVELOPE,
        ),
        (format!("\n{{\"id\":\"u\",\"Resources\":[{a}]}}"), ENVELOPE),
        (
            format!("{{\"Resources\":[{a}],\n\"userName\":\"u\"}}"),
            ENVELOPE,
        ),
        (
            format!("{{\"Resources\":[{a}],\n\"{ENTERPRISE_USER}\":{{\"x\":1}}}}"),
            ENVELOPE,
        ),
        (
            format!("\n{{\"totalResults\":1,\"Resources\":{a}}}"),
            ENVELOPE,
        ),
        ("\n{\"Operations\":\"x\"}".to_owned(), ENVELOPE),
    ] {
        for after in [None, additive] {
            let told = people(&text, after).unwrap_err();
            assert_eq!(told.last().unwrap(), &format!("2: {code}"), "{text}");
        }
    }
    let bad = "bad-json: not sound JSON; reading stopped there, unless it is within one user";
    for unsound in [
        "tru",
        "01",
        "\"\\x\"",
        "[1,]",
        "{\"a\"}",
        "\"\u{1}\"",
        "+1",
        "nul",
        "{,}",
    ] {
        for text in [
            format!("{{\"a\": {unsound}, \"Resources\": [{a}]}}"),
            format!("{{\"totalResults\": 1, \"a\": {unsound}, \"Resources\": [{a}]}}"),
            format!("{{\"Resources\": [{a}], \"a\": {unsound}}}"),
        ] {
            let told = people(&text, None).unwrap_err();
            assert_eq!(told, [format!("1: {bad}")], "{text}");
        }
    }
    for at in [
        "{\"a\": \"?\", \"Resources\": [A]}",
        "{\"Resources\": [A], \"a\": \"?\"}",
    ] {
        let mut bytes = at.replace('A', &a).into_bytes();
        let mark = bytes.iter().position(|b| *b == b'?').unwrap();
        bytes[mark] = 0xff;
        let mapping = mapping();
        let read = Feed::new(&mapping).read_scim(
            bytes.as_slice(),
            ManagerBy::Id,
            &mut SequentialIds::new(1),
        );
        assert_eq!(read.unwrap_err().to_string(), format!("1: {bad}"));
    }
}

/// Whatever a user has, they are a user.
#[test]
fn nobody_is_taken_for_a_list() {
    let mut odd = user("b", "2", "a");
    for name in ["totalResults", "Resources", "Operations"] {
        odd[name] = json!(1);
    }
    let a = user("a", "1", "");
    let both = Ok(["1", "2"].map(str::to_owned).to_vec());
    assert_eq!(people(&json!([a, odd]).to_string(), None), both);
    assert_eq!(
        people(&json!({"Resources": [a, odd]}).to_string(), None),
        both
    );
    assert_eq!(people(&format!("{a}\n{odd}"), None), both);
    odd.as_object_mut().unwrap().remove("id");
    assert_eq!(people(&format!("{a}\n{odd}"), None), both);
    let bulk = json!({"Operations": [
        {"method": "POST", "path": "/Users", "data": a},
        {"method": "POST", "path": "/Users", "data": odd},
    ]});
    assert_eq!(people(&bulk.to_string(), None), both);
    // And a list among users is no user.
    let before = three();
    let pages = json!([{"totalResults": 1, "Resources": [a]}]).to_string();
    for coverage in [Coverage::Full, Coverage::Additive] {
        let told = people(&pages, Some((&before, coverage)));
        assert_eq!(told, Err(vec![format!("1: {ENVELOPE}")]));
    }
}

#[test]
fn an_error_of_the_server_is_told_as_one() {
    let error = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "401", "detail": "no"});
    let told = Err(vec!["1: server-error: there is an error that a server answered with in place of users; reading stopped there".to_owned()]);
    let before = three();
    let list = json!({"totalResults": 1, "Resources": [user("a", "1", "")]});
    let shouted = error
        .to_string()
        .replace("urn:ietf", "URN:IETF")
        .replace("schemas", "SCHEMAS");
    for text in [
        error.to_string(),
        shouted,
        json!([error]).to_string(),
        json!({"Resources": [error]}).to_string(),
        json!({"schemas": error["schemas"], "Resources": []}).to_string(),
        format!("{list}{error}"),
    ] {
        for after in [
            None,
            Some((&before, Coverage::Full)),
            Some((&before, Coverage::Additive)),
        ] {
            assert_eq!(people(&text, after), told, "{text}");
        }
    }
}

#[test]
fn nobody_at_all() {
    let before = three();
    let full = [None, Some((&before, Coverage::Full))];
    let additive = Some((&before, Coverage::Additive));
    let gone = |number: &str| {
        let mut gone = user("c", number, "a");
        gone["active"] = json!(false);
        gone
    };
    for (text, stay) in [
        ("{\"totalResults\": 0}".to_owned(), &["1", "2", "3"][..]),
        (
            "{\"totalResults\": 0, \"Resources\": []}".to_owned(),
            &["1", "2", "3"],
        ),
        (
            "{\"totalResults\": 0, \"Resources\": null}".to_owned(),
            &["1", "2", "3"],
        ),
        ("[]".to_owned(), &["1", "2", "3"]),
        ("{\"Operations\": []}".to_owned(), &["1", "2", "3"]),
        (json!([gone("3")]).to_string(), &["1", "2"]),
        (
            json!({"totalResults": 1, "Resources": [gone("3")]}).to_string(),
            &["1", "2"],
        ),
        (
            json!([{"meta": {"resourceType": "Group"}}]).to_string(),
            &["1", "2", "3"],
        ),
    ] {
        let told = "1: no-users: nobody in the file is an active user".to_owned();
        for after in full {
            assert_eq!(people(&text, after), Err(vec![told.clone()]), "{text}");
        }
        assert_eq!(people(&text, additive).unwrap(), stay, "{text}");
    }
    // A list of which only the number is there says nothing of anybody.
    for after in [full[0], full[1], additive] {
        let counted = people("\n{\"totalResults\": 5}", after);
        assert_eq!(counted, Err(vec![format!("2: {INCOMPLETE}")]));
    }
    // Of a leaver without a key nobody knows who has left.
    for number in ["", " "] {
        let told = people(&json!([gone(number)]).to_string(), additive).unwrap_err();
        assert_eq!(
            told[0],
            format!(
                "1: blank-id: column `{ENTERPRISE_USER}:employeeNumber`: the cell that identifies the row, or one of its two people, is blank"
            )
        );
    }
}

/// A joiner whose manager stays and is not in the file.
#[test]
fn ids_of_the_file_before() {
    let users = json!([user("a", "1", ""), user("b", "2", "a"), user("c", "3", "a")]);
    let before = try_read(&users.to_string(), &mapping(), None).unwrap();
    let number = |text: &str| text.parse::<Key>().unwrap();
    let pairs = [("a", "1"), ("b", "2"), ("c", "3")];
    let ids: BTreeMap<String, Key> = pairs.map(|(id, key)| (id.to_owned(), number(key))).into();
    assert_eq!(before.scim_ids, ids);
    for key in ["\"1\"", "\"2\"", "\"a\""] {
        assert!(!format!("{before:?}").contains(key), "{before:?}");
    }
    let mapping = mapping();
    let delta = |users: &Value, known: Option<&BTreeMap<String, Key>>, coverage| {
        let mut feed = Feed::new(&mapping).after(&before.roster, coverage);
        if let Some(known) = known {
            feed = feed.with_scim_ids(known);
        }
        let text = users.to_string();
        let read = feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(9));
        read.map_err(|error| error.to_string())
    };
    let unknown = format!(
        "1: unknown-manager: column `{ENTERPRISE_USER}:manager`: a solid or dotted manager has no row"
    );
    let joiner = json!([user("d", "4", "b")]);
    let refused =
        |users: &Value, known, coverage| delta(users, known, coverage).map(|_| ()).unwrap_err();
    assert_eq!(refused(&joiner, None, Coverage::Additive), unknown);
    assert_eq!(refused(&joiner, Some(&ids), Coverage::Full), unknown);
    let read = delta(&joiner, Some(&ids), Coverage::Additive).unwrap();
    let lines = read.roster.lines();
    let at = |key: &str| lines.find(key).unwrap();
    assert!(lines.is_above(at("2"), at("4")) && lines.is_above(at("1"), at("4")));
    assert_eq!(lines.people().len(), 4);
    let mut next = ids.clone();
    next.insert("d".to_owned(), number("4"));
    assert_eq!(read.scim_ids, next);
    assert!(!format!("{read:?}").contains("\"4\""), "{read:?}");

    // The address of a manager, also where managers are named by key.
    let mut by_address = joiner.clone();
    by_address[0][ENTERPRISE_USER]["manager"] = json!({"$ref": "../Users/b"});
    let feed = Feed::new(&mapping)
        .after(&before.roster, Coverage::Additive)
        .with_scim_ids(&ids);
    let read = feed.read_scim(
        by_address.to_string().as_bytes(),
        ManagerBy::Key,
        &mut SequentialIds::new(9),
    );
    assert!(read.is_ok());

    // The file counts before what was known: here `b` is another, and `2` has another id.
    let renamed = json!([
        user("b", "5", "a"),
        user("x", "2", "a"),
        user("d", "4", "b")
    ]);
    let read = delta(&renamed, Some(&ids), Coverage::Additive).unwrap();
    let lines = read.roster.lines();
    let at = |key: &str| lines.find(key).unwrap();
    assert!(lines.is_above(at("5"), at("4")) && !lines.is_above(at("2"), at("4")));
    let named: Vec<String> = read
        .scim_ids
        .iter()
        .map(|(id, key)| format!("{id}={key}"))
        .collect();
    assert_eq!(named, ["a=1", "b=5", "c=3", "d=4", "x=2"]);
    // Somebody who has another key is not there under both: they leave under the old one, and whoever stays below it has no manager.
    let rekeyed = json!([user("c", "6", "a")]);
    let read = delta(&rekeyed, Some(&ids), Coverage::Additive).unwrap();
    let keys = |roster: &Roster| {
        let people = roster.lines().people();
        people.map(|(_, key)| key.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&read.roster), ["1", "2", "6"]);
    assert_eq!(read.scim_ids.get("c"), Some(&number("6")));
    let mut left = rekeyed.clone();
    left[0]["active"] = json!(false);
    let read = delta(&left, Some(&ids), Coverage::Additive).unwrap();
    assert_eq!(keys(&read.roster), ["1", "2"]);
    let above = json!([user("a", "7", "")]);
    let told = delta(&above, Some(&ids), Coverage::Additive);
    assert!(told.unwrap_err().contains("unknown-manager"));
    // Somebody who has a new id is not found by their old one.
    let moved = json!([user("x", "2", "a"), user("d", "4", "b")]);
    assert_eq!(refused(&moved, Some(&ids), Coverage::Additive), unknown);
    let read = delta(
        &json!([user("x", "2", "a")]),
        Some(&ids),
        Coverage::Additive,
    )
    .unwrap();
    assert!(read.scim_ids.keys().eq(["a", "c", "x"]));
    // Somebody without an id in the file: only where others may be missing too, what was known of them counts.
    let mut unnamed = json!([user("a", "1", ""), user("b", "2", "a"), user("d", "4", "b")]);
    unnamed[1].as_object_mut().unwrap().remove("id");
    assert!(delta(&unnamed, Some(&ids), Coverage::Additive).is_ok());
    assert_eq!(refused(&unnamed, Some(&ids), Coverage::Full), unknown);
    // Whoever leaves is neither a manager nor among the ids.
    let mut left = user("b", "2", "a");
    left["active"] = json!(false);
    let refused = refused(
        &json!([left, user("d", "4", "b")]),
        Some(&ids),
        Coverage::Additive,
    );
    assert_eq!(refused, unknown);
    let read = delta(&json!([left]), Some(&ids), Coverage::Additive).unwrap();
    assert!(read.scim_ids.keys().eq(["a", "c"]));
    let read = delta(&json!([user("a", "1", "")]), Some(&ids), Coverage::Full).unwrap();
    assert!(read.scim_ids.keys().eq(["a"]));
    // An id of somebody whom the roster does not have is no manager.
    let mut ghost = ids.clone();
    ghost.insert("g".to_owned(), number("99"));
    let below = json!([user("d", "4", "g")]);
    assert!(
        delta(&below, Some(&ghost), Coverage::Additive)
            .unwrap_err()
            .starts_with(&unknown)
    );
    let read = delta(&joiner, Some(&ghost), Coverage::Additive).unwrap();
    assert_eq!(read.scim_ids, next);
    // Where the key is the id, nothing need be known.
    let by_id = Mapping::scim(ScimKey::Id)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot);
    let first = try_read(&users.to_string(), &by_id, None).unwrap().roster;
    let feed = Feed::new(&by_id).after(&first, Coverage::Additive);
    let text = joiner.to_string();
    let read = feed
        .read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(9))
        .unwrap();
    let lines = read.roster.lines();
    assert!(lines.is_above(lines.find("b").unwrap(), lines.find("d").unwrap()));
}
