//! Where an attribute is looked for: schemas of any name, items of lists, and no more memory than a user is long.

use std::fmt::Write as _;

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    BlankManager, ENTERPRISE_USER, Feed, FeedError, Limits, ManagerBy, Mapping, RosterColumn,
    ScimKey,
};
use serde_json::{Value, json};

fn mapping(column: RosterColumn, names: &[&str]) -> Mapping {
    Mapping::scim(ScimKey::Id)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .and_then(|m| m.with_names(column, names.iter().copied()))
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot)
}

/// The site of one user with more attributes; or the faults.
fn site(names: &[&str], more: &str) -> Result<Option<String>, Vec<String>> {
    let text = format!("{{\"id\": \"1\", \"title\": \"3\", {more}}}");
    let mapping = mapping(RosterColumn::Site, names);
    match Feed::new(&mapping).read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1))
    {
        Ok(read) => {
            let person = read.roster.by_key("1").unwrap();
            Ok(person.profile().site().map(ToString::to_string))
        }
        Err(FeedError::Faults(faults)) => Err(faults.0.iter().map(ToString::to_string).collect()),
        Err(error) => panic!("{error}"),
    }
}

fn is(text: &str) -> Result<Option<String>, Vec<String>> {
    Ok(Some(text.to_owned()))
}

/// RFC 7644, 3.10: after the name of a schema stands a colon.
#[test]
fn schemas_of_any_name() {
    for (path, more) in [
        (
            "urn:x:2.0:CustomUser:dept",
            r#""urn:x:2.0:CustomUser": {"dept": "q"}"#,
        ),
        (
            "urn:x:2.0:CustomUser:dept",
            r#""URN:X:2.0:customuser": {"DEPT": "q"}"#,
        ),
        (
            "urn:x:2.0:CustomUser:dept",
            r#""urn:x:2.0:CustomUser:dept": "q""#,
        ),
        (
            "urn:x:2.0:CustomUser:dept.name",
            r#""urn:x:2.0:CustomUser": {"dept": {"name": "q"}}"#,
        ),
        (
            "urn:x:2.0:CustomUser:dept.name",
            r#""urn:x:2.0:CustomUser:dept": {"name": "q"}"#,
        ),
        (
            "urn:x:2.0:CustomUser:dept.name",
            r#""urn:x:2.0:CustomUser:dept.name": "q""#,
        ),
        (
            "urn:x:2.0:Ext:user:dept",
            r#""urn:x:2.0:Ext:user": {"dept": "q"}"#,
        ),
        (
            "urn:x:ext:user.dept",
            r#""urn:x:ext": {"user": {"dept": "q"}}"#,
        ),
        ("urn:x:ext:user.dept", r#""urn:x:ext:user": {"dept": "q"}"#),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:x",
            r#""x": "q""#,
        ),
        (
            "x",
            r#""urn:ietf:params:scim:schemas:core:2.0:User": {"x": "q"}"#,
        ),
        (
            "x.y",
            r#""urn:ietf:params:scim:schemas:core:2.0:User:x.y": "q""#,
        ),
        ("x.y", r#""x.y": "q""#),
    ] {
        assert_eq!(site(&[path], more), is("q"), "{path} {more}");
    }
    let twice = r#""urn:x:2.0:Custom": {"dept": "q"}, "urn:x:2.0:custom:Dept": "q""#;
    let told = site(&["urn:x:2.0:Custom:dept"], twice).unwrap_err();
    assert_eq!(
        told,
        [
            "1: attribute-twice: column `urn:x:2.0:Custom:dept`: an attribute of a user is there twice, in whatever case, or under two of its names"
        ]
    );
}

const BAD: &str = "an attribute that is read is a list or an object, or is looked for within one that is no object";

#[test]
fn within_a_list_nothing_is_guessed() {
    for (path, more) in [
        ("emails.value", r#""emails": [{"value": "q"}]"#),
        ("emails.value", r#""emails": []"#),
        ("addresses.locality", r#""addresses": [{"locality": "q"}]"#),
        ("emails", r#""emails": [{"value": "q"}]"#),
        ("emails", r#""emails": {"value": "q"}"#),
        ("emails.value", r#""emails": "q""#),
        ("a.b.c", r#""a": {"b": ["c"]}"#),
        ("urn:x:ext:dept", r#""urn:x:ext": [{"dept": "q"}]"#),
        ("urn:x:ext:dept", r#""urn:x:ext": "dept""#),
    ] {
        let told = site(&[path], more).unwrap_err();
        assert_eq!(
            told,
            [format!("1: bad-attribute: column `{path}`: {BAD}")],
            "{more}"
        );
    }
    for more in [
        r#""emails": null"#,
        r#""emails": """#,
        r#""emails": {}"#,
        r#""x": 1"#,
    ] {
        assert_eq!(site(&["emails.value"], more), Ok(None), "{more}");
    }
}

/// The text, or a code and its meaning.
type Picked = Result<Option<&'static str>, (&'static str, &'static str)>;

#[test]
fn one_item_of_a_list() {
    let work = "emails[type eq \"work\"].value";
    let twice =
        "an attribute of a user is there twice, in whatever case, or under two of its names";
    let cases: [(&str, &str, Picked); 22] = [
        (
            work,
            r#"[{"type": "home", "value": "h"}, {"type": "work", "value": "q"}]"#,
            Ok(Some("q")),
        ),
        (
            work,
            r#"[{"TYPE": " Work", "Value": "q"}, null, {}]"#,
            Ok(Some("q")),
        ),
        (
            "Emails[ Type  eq \"WORK\" ]",
            r#"[{"type": "work", "value": "q"}]"#,
            Ok(Some("q")),
        ),
        (
            "emails[type eq \"work\"].display",
            r#"[{"type": "work", "value": "v", "display": "q"}]"#,
            Ok(Some("q")),
        ),
        (
            "emails[type eq \"work\"].a.b",
            r#"[{"type": "work", "a": {"b": "q"}}]"#,
            Ok(Some("q")),
        ),
        (
            "emails[primary eq true].value",
            r#"[{"primary": false, "value": "h"}, {"primary": true, "value": "q"}]"#,
            Ok(Some("q")),
        ),
        (
            "emails[primary eq true].value",
            r#"[{"value": "h"}, {"primary": "True", "value": "q"}]"#,
            Ok(Some("q")),
        ),
        (
            "emails[n eq 7].value",
            r#"[{"n": 7, "value": "q"}, {"n": 70, "value": "h"}]"#,
            Ok(Some("q")),
        ),
        (work, "[]", Ok(None)),
        (work, "null", Ok(None)),
        (work, r#"[{"type": "home", "value": "h"}]"#, Ok(None)),
        (work, r#"[{"type": "work", "value": null}]"#, Ok(None)),
        (work, r#"[{"type": "work"}]"#, Ok(None)),
        (
            work,
            r#"[{"type": "work", "value": "q"}, {"type": "work", "value": "q"}]"#,
            Err(("attribute-twice", twice)),
        ),
        (
            work,
            r#"[{"type": "work", "value": "q", "Value": "q"}]"#,
            Err(("attribute-twice", twice)),
        ),
        (
            work,
            r#"[{"type": "work", "value": ["q"]}]"#,
            Err(("bad-attribute", BAD)),
        ),
        (
            work,
            r#"[{"type": ["work"], "value": "q"}]"#,
            Err(("bad-attribute", BAD)),
        ),
        (work, r#"["work"]"#, Err(("bad-attribute", BAD))),
        (work, r#"[["work"]]"#, Err(("bad-attribute", BAD))),
        (
            work,
            r#"{"type": "work", "value": "q"}"#,
            Err(("bad-attribute", BAD)),
        ),
        (work, r#""q""#, Err(("bad-attribute", BAD))),
        (
            "emails[type eq \"work\"].a.b",
            r#"[{"type": "work", "a": "b"}]"#,
            Err(("bad-attribute", BAD)),
        ),
    ];
    for (path, emails, expected) in cases {
        let found = site(&[path], &format!("\"emails\": {emails}"));
        let told = |(code, text)| vec![format!("1: {code}: column `{path}`: {text}")];
        let expected = expected.map(|text| text.map(str::to_owned)).map_err(told);
        assert_eq!(found, expected, "{path} {emails}");
    }
    // Two paths of one list are two names of one column.
    let two = [work, "emails[type eq \"home\"].value"];
    let told = site(&two, r#""emails": [{"type": "home", "value": "h"}]"#).unwrap_err();
    assert_eq!(
        told,
        [format!("1: attribute-twice: column `{work}`: {twice}")]
    );
    for bad in [
        "emails[",
        "emails]",
        "emails[]",
        "emails[type]",
        "emails[type eq]",
        "emails[type eq work]",
        "emails[type eq \"work\"]value",
        "emails[type eq \"work\"].",
        "emails[type eq \"work\"].a[0]",
        "emails[type ne \"work\"].value",
        "emails[type eq null].value",
        "emails[type eq [1]].value",
        "emails[type eq \"a\" and primary eq true].value",
        "[type eq \"work\"].value",
        "emails[0].value",
    ] {
        let told = site(&[bad], r#""x": 1"#).unwrap_err();
        assert_eq!(
            told,
            [format!(
                "1: bad-path: column `{bad}`: a name of the mapping is no path of an attribute"
            )],
            "{bad}"
        );
    }
}

/// Of a list of managers, too, whoever is there has a name.
#[test]
fn a_manager_in_a_list() {
    let mapping = mapping(
        RosterColumn::Manager,
        &["managers[type eq \"solid\"].value"],
    );
    for (expected, managers) in [
        (
            Ok(true),
            json!([{"type": "dotted", "value": "x"}, {"type": "solid", "value": "1"}]),
        ),
        (Ok(false), json!([])),
        (Ok(false), json!(null)),
        (
            Err("unnamed-manager"),
            json!([{"type": "dotted", "value": "1"}]),
        ),
        (Err("unnamed-manager"), json!([{"type": "solid"}])),
        (
            Err("unnamed-manager"),
            json!([{"type": "solid", "value": " "}]),
        ),
        (Err("unnamed-manager"), json!([null])),
        (Err("bad-attribute"), json!({"type": "solid", "value": "1"})),
        (Err("bad-attribute"), json!("1")),
    ] {
        let users =
            json!([{"id": "1", "title": "9"}, {"id": "2", "title": "3", "managers": managers}]);
        let text = users.to_string();
        let read = Feed::new(&mapping).read_scim(
            text.as_bytes(),
            ManagerBy::Id,
            &mut SequentialIds::new(1),
        );
        match (read, expected) {
            (Ok(read), Ok(below)) => {
                let lines = read.roster.lines();
                let person = lines.find("2").unwrap();
                assert_eq!(lines.manager(person).is_some(), below, "{managers}");
            }
            (Err(FeedError::Faults(faults)), Err(code)) => {
                let codes: Vec<&str> = faults.0.iter().map(|f| f.code.as_str()).collect();
                assert_eq!(codes, [code], "{managers}");
            }
            (read, _) => panic!("{managers}: {:?}", read.map(|_| ())),
        }
    }
}

/// The most memory that this process has had, in MB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kb| kb >> 10)
}

/// A long name around many short ones: once every one of these had the long one before it.
#[test]
fn memory_grows_as_a_user_does() {
    let name = "n".repeat(400 << 10);
    let mut inner = String::new();
    let mut count = 0;
    while inner.len() < 400 << 10 {
        write!(inner, "\"{count:x}\":1,").unwrap();
        count += 1;
    }
    inner.push_str("\"last\":[]");
    let dots = ".".repeat(100 << 10);
    let users = [
        format!("{{\"id\":\"1\",\"title\":\"3\",\"{name}\":{{{inner}}}}}"),
        format!("{{\"id\":\"1\",\"title\":\"3\",\"urn:{name}:user\":{{{inner}}}}}"),
        format!("{{\"id\":\"1\",\"title\":\"3\",\"{name}\":{{\"a\":{{{inner}}}}}}}"),
        format!("{{\"id\":\"1\",\"title\":\"3\",\"{dots}\":1}}"),
    ];
    let mapping = mapping(RosterColumn::Site, &["site"]);
    let few = Limits::STANDARD.with_row_bytes(u64::MAX);
    for user in &users {
        for (limits, fits) in [(few, false), (Limits::NONE, true)] {
            let feed = Feed::new(&mapping).with_limits(limits);
            let read = feed.read_scim(user.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1));
            match read {
                Ok(_) => assert!(fits),
                Err(FeedError::Faults(faults)) => {
                    assert!(!fits);
                    let told: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
                    let many = "1: too-many-fields: a row has more cells than the limit allows";
                    assert!(told.iter().any(|fault| fault == many), "{told:?}");
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    if let Some(peak) = peak() {
        assert!(peak < 600, "{peak} MB");
    }
}

/// How many attributes a user may have: each place counts once, also one that is only around another.
#[test]
fn attributes_are_counted_once() {
    let count = |user: Value, fields: usize| {
        let mapping = mapping(RosterColumn::Site, &["site"]);
        let feed = Feed::new(&mapping).with_limits(Limits::STANDARD.with_fields(fields));
        let text = user.to_string();
        feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1))
            .is_ok()
    };
    for (user, most) in [
        (json!({"id": "1", "title": "3"}), 2),
        (json!({"id": "1", "title": "3", "name.familyName": 1}), 4),
        (
            json!({"id": "1", "title": "3", "name": {"familyName": 1, "givenName": [1, 2, 3]}}),
            5,
        ),
        (
            json!({"id": "1", "title": "3", ENTERPRISE_USER: {"x": 1}}),
            4,
        ),
    ] {
        assert!(count(user.clone(), most), "{user}");
        assert!(!count(user.clone(), most - 1), "{user}");
    }
}

/// What names a user elsewhere is a text of theirs, and kept as long as the file is read.
#[test]
fn ids_are_bounded_as_cells_are() {
    let mapping = Mapping::scim(ScimKey::UserName)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_constant(RosterColumn::Side, "either"))
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot);
    let told = |text: &str, most: usize| {
        let feed = Feed::new(&mapping).with_limits(Limits::STANDARD.with_field_bytes(most));
        let read = feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1));
        read.map(|_| ()).map_err(|error| error.to_string())
    };
    let long = Err("1: field-too-long: a cell has more bytes than the limit allows".to_owned());
    let user = json!({"id": "1234567890", "userName": "a", "title": "3"});
    let put = json!({"method": "PUT", "path": "/Users/1234567890", "data": {"userName": "a", "title": "3"}});
    let post = json!({"method": "POST", "path": "/Users", "bulkId": "1234567890", "data": {"userName": "a", "title": "3"}});
    for text in [
        user,
        json!({"Operations": [put]}),
        json!({"Operations": [post]}),
    ] {
        let text = text.to_string();
        assert_eq!(told(&text, 10), Ok(()), "{text}");
        assert_eq!(told(&text, 9), long, "{text}");
    }
    let key_is_id = self::mapping(RosterColumn::Site, &["site"]);
    let put = json!({"Operations": [{"method": "PUT", "path": "/Users/1", "bulkId": "1234567890", "data": {"title": "3"}}]});
    let feed = Feed::new(&key_is_id).with_limits(Limits::STANDARD.with_field_bytes(9));
    let text = put.to_string();
    let read = feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1));
    assert_eq!(read.map(|_| ()).map_err(|error| error.to_string()), long);
}
