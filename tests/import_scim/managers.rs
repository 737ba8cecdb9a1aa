//! Whoever has a manager has a line, or there is a fault: nobody becomes a root because nothing could be read of who is above them.

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    BlankManager, ENTERPRISE_USER, Feed, FeedError, FeedImport, ManagerBy, Mapping, OnFault,
    OwnManager, RosterColumn, ScimKey,
};
use serde_json::{Value, json};

use crate::enterprise;

fn mapping() -> Mapping {
    Mapping::scim(ScimKey::EmployeeNumber)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .unwrap()
}

fn read(users: &Value, mapping: &Mapping, by: ManagerBy) -> Result<FeedImport, FeedError> {
    let text = users.to_string();
    Feed::new(mapping).read_scim(text.as_bytes(), by, &mut SequentialIds::new(1))
}

/// Who is above somebody: a key, `root`, or the codes of the faults.
fn above(users: &Value, mapping: &Mapping, by: ManagerBy, key: &str) -> String {
    match read(users, mapping, by) {
        Ok(read) => {
            let lines = read.roster.lines();
            let person = lines.find(key).expect("they are there");
            match lines.manager(person).and_then(|m| lines.key(m)) {
                Some(manager) => format!("below {manager}"),
                None => "root".to_owned(),
            }
        }
        Err(FeedError::Faults(faults)) => {
            let codes: Vec<&str> = faults.0.iter().map(|f| f.code.as_str()).collect();
            codes.join(" ")
        }
        Err(error) => panic!("{error}"),
    }
}

/// The head of all, `1` with the id `b1`, and `2`, whose manager is as given.
fn under(manager: Option<Value>) -> Value {
    json!([
        {"id": "b1", "title": "9", ENTERPRISE_USER: enterprise("1", None)},
        {"id": "a1", "title": "2", ENTERPRISE_USER: enterprise("2", manager)},
    ])
}

#[test]
fn every_form_of_a_manager() {
    let cases = [
        ("below 1", json!("b1")),
        ("below 1", json!({"value": "b1"})),
        ("below 1", json!({"VALUE": "b1", "displayName": "Boss"})),
        ("below 1", json!({"value": "b1", "$ref": "../Users/zz"})),
        ("below 1", json!({"value": "b1", "$ref": null})),
        ("below 1", json!({"$ref": "../Users/b1"})),
        ("below 1", json!({"$REF": "b1"})),
        (
            "below 1",
            json!({"$ref": "https://x.example/scim/v2/Users/b1/"}),
        ),
        ("below 1", json!({"$ref": "https://x.example/Users/b1?a=1"})),
        (
            "below 1",
            json!({"$ref": "https://x.example/Users/b1/?a=/zz/"}),
        ),
        ("below 1", json!({"$ref": "https://x.example/Users/b1#/zz"})),
        ("below 1", json!({"$ref": "https://x.example/Users/b1#?zz"})),
        ("below 1", json!({"value": "", "$ref": "../Users/b1"})),
        ("below 1", json!({"value": null, "$ref": "../Users/b1?x=1"})),
        ("below 1", json!({"value": " \t", "$ref": "../Users/b1"})),
        ("root", json!(null)),
        ("root", json!("")),
        ("unnamed-manager", json!(" ")),
        ("unnamed-manager", json!({})),
        ("unnamed-manager", json!({"value": null})),
        ("unnamed-manager", json!({"value": ""})),
        ("unnamed-manager", json!({"value": "\t", "$ref": " "})),
        ("unnamed-manager", json!({"$ref": ""})),
        ("unnamed-manager", json!({"$ref": "//"})),
        ("unnamed-manager", json!({"$ref": "?id=b1"})),
        ("unnamed-manager", json!({"managerId": "b1"})),
        ("unnamed-manager", json!({"displayName": "Boss"})),
        ("unnamed-manager", json!({"value ": "b1"})),
        ("bad-attribute", json!({"value": {}})),
        ("bad-attribute", json!({"value": {"value": "b1"}})),
        ("bad-attribute", json!({"value": ["b1"]})),
        ("bad-attribute", json!({"value": [], "$ref": "../Users/b1"})),
        ("bad-attribute", json!({"value": "b1", "$ref": {}})),
        (
            "bad-attribute",
            json!({"value": "b1", "$ref": ["../Users/b1"]}),
        ),
        ("bad-attribute", json!([])),
        ("bad-attribute", json!([{"value": "b1"}])),
        ("attribute-twice", json!({"value": "b1", "Value": "b1"})),
        ("unknown-manager", json!("zz")),
        ("unknown-manager", json!("B1")),
        ("unknown-manager", json!(7)),
        ("unknown-manager", json!(false)),
        ("unknown-manager", json!({"value": "1"})),
        ("unknown-manager", json!({"value": "\u{1}b1"})),
        ("unknown-manager", json!({"value": "\u{200b}"})),
    ];
    let blank_is_a_root = mapping().with_blank_manager(BlankManager::IsARoot);
    let roots = mapping().with_roots(["1".parse().unwrap()]);
    for (expected, manager) in cases {
        let users = under(Some(manager.clone()));
        let found = above(&users, &blank_is_a_root, ManagerBy::Id, "2");
        assert_eq!(found, expected, "{manager}");
        // One fault of one manager, also where a blank one would be another.
        let strict = match expected {
            "root" => "blank-manager",
            other => other,
        };
        let found = above(&users, &roots, ManagerBy::Id, "2");
        assert_eq!(found, strict, "{manager}");
        // Who is declared a root is one, whatever the file says that can be read at all.
        let declared = mapping().with_roots(["1".parse().unwrap(), "2".parse().unwrap()]);
        let found = above(&users, &declared, ManagerBy::Id, "2");
        let twice = expected == "attribute-twice";
        assert_eq!(found, if twice { expected } else { "root" }, "{manager}");
    }
    assert_eq!(
        above(&under(None), &blank_is_a_root, ManagerBy::Id, "2"),
        "root"
    );
    assert_eq!(
        above(&under(None), &roots, ManagerBy::Id, "2"),
        "blank-manager"
    );
    let told = |manager: Value| read(&under(Some(manager)), &roots, ManagerBy::Id).map(|_| ());
    assert_eq!(
        told(json!({"managerId": "b1"})).unwrap_err().to_string(),
        format!(
            "1: unnamed-manager: column `{ENTERPRISE_USER}:manager`: there is a manager, and nothing that can be read says who"
        )
    );
    assert_eq!(
        told(json!({"value": "b1", "Value": "b1"}))
            .unwrap_err()
            .to_string(),
        format!(
            "1: attribute-twice: column `{ENTERPRISE_USER}:manager`: an attribute of a user is there twice, in whatever case, or under two of its names"
        )
    );
    assert_eq!(
        told(json!({"value": ["b1"]})).unwrap_err().to_string(),
        format!(
            "1: bad-attribute: column `{ENTERPRISE_USER}:manager`: an attribute that is read is a list or an object, or is looked for within one that is no object"
        )
    );
}

/// The extension itself, and attributes named in one piece.
#[test]
fn around_and_within_the_manager() {
    let mapping = Mapping::scim(ScimKey::Id)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot);
    let cases = [
        ("root", json!({})),
        ("root", json!({ENTERPRISE_USER: null})),
        ("root", json!({ENTERPRISE_USER: {}})),
        (
            "bad-attribute",
            json!({ENTERPRISE_USER: [{"manager": "b1"}]}),
        ),
        ("bad-attribute", json!({ENTERPRISE_USER: "b1"})),
        (
            "below b1",
            json!({format!("{ENTERPRISE_USER}:manager"): "b1"}),
        ),
        (
            "below b1",
            json!({format!("{ENTERPRISE_USER}:manager"): {"value": "b1"}}),
        ),
        (
            "below b1",
            json!({format!("{ENTERPRISE_USER}:manager.value"): "b1"}),
        ),
        (
            "unnamed-manager",
            json!({format!("{ENTERPRISE_USER}:manager.displayName"): "b1"}),
        ),
        (
            "unnamed-manager",
            json!({ENTERPRISE_USER: {"manager.displayName": "b1"}}),
        ),
        (
            "attribute-twice",
            json!({format!("{ENTERPRISE_USER}:manager"): "b1", ENTERPRISE_USER: {"manager": "b1"}}),
        ),
        // By a longer name as well as by what is around it.
        (
            "attribute-twice",
            json!({format!("{ENTERPRISE_USER}:manager.value"): "b1", ENTERPRISE_USER: {"manager": null}}),
        ),
        (
            "attribute-twice unknown-manager",
            json!({format!("{ENTERPRISE_USER}:manager.value"): "b1", format!("{ENTERPRISE_USER}:manager"): "b2"}),
        ),
    ];
    for (expected, more) in cases {
        let mut user = json!({"id": "a1", "title": "2"});
        user.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let users = json!([{"id": "b1", "title": "9"}, user]);
        // What is around the manager is around the unit too.
        let found = above(&users, &mapping, ManagerBy::Id, "a1");
        let found = found.replace("bad-attribute bad-attribute", "bad-attribute");
        assert_eq!(found, expected, "{more}");
    }
}

/// A mapping may say another path, as of SCIM 1.1; and where dotted lines stand.
#[test]
fn other_paths_of_managers() {
    let mapping = mapping()
        .with_names(
            RosterColumn::Manager,
            [format!("{ENTERPRISE_USER}:manager.managerId")],
        )
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot);
    for (expected, manager) in [
        ("below 1", json!({"managerId": "b1", "displayName": "Boss"})),
        ("root", json!(null)),
        ("root", json!("")),
        ("unnamed-manager", json!({"value": "b1"})),
        ("unnamed-manager", json!({"managerId": null})),
        ("unnamed-manager", json!({"managerId": ""})),
        ("bad-attribute", json!({"managerId": ["b1"]})),
        ("below 1", json!({"managerId": {"value": "b1"}})),
        ("unnamed-manager", json!({"managerId": {"managerId": "b1"}})),
        ("bad-attribute", json!("b1")),
        ("bad-attribute", json!([{"managerId": "b1"}])),
    ] {
        let found = above(&under(Some(manager.clone())), &mapping, ManagerBy::Id, "2");
        assert_eq!(found, expected, "{manager}");
    }
    let dotted = self::mapping()
        .with_names(RosterColumn::Dotted, ["matrix.number"])
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot);
    for (expected, matrix) in [
        (Ok(true), json!({"number": "1"})),
        (Ok(false), json!(null)),
        (Err("unnamed-manager"), json!({})),
        (Err("unnamed-manager"), json!({"number": null})),
        (Err("unnamed-manager"), json!({"number": " "})),
        (Err("bad-attribute"), json!({"number": ["1"]})),
        (Err("bad-attribute"), json!(["1"])),
        (Err("bad-attribute"), json!("1")),
    ] {
        let mut users = under(None);
        users[1]["matrix"] = matrix.clone();
        match (read(&users, &dotted, ManagerBy::Id), expected) {
            (Ok(read), Ok(linked)) => {
                let lines = read.roster.lines();
                let person = lines.find("2").unwrap();
                assert_eq!(
                    lines.dotted_managers(person).count() == 1,
                    linked,
                    "{matrix}"
                );
            }
            (Err(FeedError::Faults(faults)), Err(code)) => {
                assert_eq!(faults.0.len(), 1, "{matrix}");
                assert_eq!(faults.0[0].code.as_str(), code, "{matrix}");
            }
            (read, _) => panic!("{matrix}: {:?}", read.map(|_| ())),
        }
    }
}

/// What a manager's address ends in is an `id`, also where managers are named by key: `1` is one person's key and another's id.
#[test]
fn an_address_is_an_id_and_no_key() {
    let users = |manager: Value| {
        json!([
            {"id": "b1", "title": "9", ENTERPRISE_USER: enterprise("1", None)},
            {"id": "1", "title": "9", ENTERPRISE_USER: enterprise("3", None)},
            {"id": "a1", "title": "2", ENTERPRISE_USER: enterprise("2", Some(manager))},
        ])
    };
    let roots = mapping().with_blank_manager(BlankManager::IsARoot);
    for (expected, manager, by) in [
        (
            "below 1",
            json!({"value": "1", "$ref": "../Users/1"}),
            ManagerBy::Key,
        ),
        ("below 3", json!({"$ref": "../Users/1"}), ManagerBy::Key),
        ("below 3", json!({"$ref": "../Users/1"}), ManagerBy::Id),
        ("below 1", json!({"$ref": "../Users/b1"}), ManagerBy::Key),
        (
            "unknown-manager",
            json!({"$ref": "../Users/3"}),
            ManagerBy::Key,
        ),
        (
            "unknown-manager",
            json!({"value": "\u{1}b1"}),
            ManagerBy::Key,
        ),
        ("unknown-manager", json!("\u{1}b1"), ManagerBy::Key),
        (
            "self-report",
            json!({"$ref": "../Users/a1"}),
            ManagerBy::Key,
        ),
        ("self-report", json!({"$ref": "../Users/a1"}), ManagerBy::Id),
    ] {
        let found = above(&users(manager.clone()), &roots, by, "2");
        assert_eq!(found, expected, "{manager} {by:?}");
    }
    let own = roots.with_own_manager(OwnManager::IsARoot);
    for by in [ManagerBy::Id, ManagerBy::Key] {
        let found = above(&users(json!({"$ref": "../Users/a1"})), &own, by, "2");
        assert_eq!(found, "root", "{by:?}");
    }
    // An id that is blank names nobody, of however many.
    let mut blank = users(json!({"$ref": "../Users/b1"}));
    blank[1]["id"] = json!("");
    blank[2]["id"] = json!("");
    assert_eq!(above(&blank, &own, ManagerBy::Id, "2"), "below 1");
}

#[test]
fn whoever_has_no_readable_manager_is_left_out_with_all_below() {
    let users = json!([
        {"id": "b1", "title": "9", ENTERPRISE_USER: enterprise("1", None)},
        {"id": "a1", "title": "5", ENTERPRISE_USER: enterprise("2", Some(json!({"displayName": "Boss"})))},
        {"id": "a2", "title": "2", ENTERPRISE_USER: enterprise("3", Some(json!("a1")))},
        {"id": "a3", "title": "2", ENTERPRISE_USER: enterprise("4", Some(json!("b1")))},
    ]);
    let mapping = mapping().with_blank_manager(BlankManager::IsARoot);
    let feed = Feed::new(&mapping).on_fault(OnFault::Quarantine);
    let text = users.to_string();
    let read = feed
        .read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1))
        .unwrap();
    let keys: Vec<&str> = read
        .roster
        .lines()
        .people()
        .map(|(_, key)| key.as_str())
        .collect();
    assert_eq!(keys, ["1", "4"]);
    let left_out: Vec<String> = read.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(
        left_out,
        [
            "1: unnamed-manager: in quarantine",
            "1: below-a-fault: below somebody in quarantine"
        ]
    );
    assert!(read.scim_ids.keys().eq(["a3", "b1"]));
}
