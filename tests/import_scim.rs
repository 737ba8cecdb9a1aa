//! SCIM users as servers send them, against the same people as CSV; on any bytes, at every limit, and with nothing repeated.
#![cfg(feature = "scim")]

#[path = "support/nasty.rs"]
mod nasty;

#[path = "import_scim/lists.rs"]
mod lists;
#[path = "import_scim/managers.rs"]
mod managers;
#[path = "import_scim/paths.rs"]
mod paths;

use std::io::{self, Read};

use nasty::nasty;
use proptest::prelude::*;
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{
    BlankManager, Coverage, ENTERPRISE_USER, Feed, FeedError, FeedImport, Limits, ManagerBy,
    Mapping, OnFault, OwnManager, RosterColumn, ScimKey,
};
use serde_json::{Value, json};

fn mapping(key: ScimKey) -> Mapping {
    Mapping::scim(key)
        .with_names(RosterColumn::Grade, ["title"])
        .and_then(|m| m.with_words(RosterColumn::Grade, [("Head", "9"), ("Analyst", "2")]))
        .and_then(|m| m.with_names(RosterColumn::Side, ["userType"]))
        .unwrap()
        .with_blank_manager(BlankManager::IsARoot)
}

fn read(text: &str, key: ScimKey, by: ManagerBy) -> Result<FeedImport, FeedError> {
    Feed::new(&mapping(key)).read_scim(text.as_bytes(), by, &mut SequentialIds::new(1))
}

fn faults(text: &str) -> Vec<String> {
    match read(text, ScimKey::EmployeeNumber, ManagerBy::Id) {
        Err(FeedError::Faults(faults)) => faults.0.iter().map(ToString::to_string).collect(),
        other => panic!("{:?}", other.map(|_| ())),
    }
}

fn enterprise(number: &str, manager: Option<Value>) -> Value {
    let mut enterprise = json!({"employeeNumber": number, "department": "unit 1"});
    if let Some(manager) = manager {
        enterprise["manager"] = manager;
    }
    enterprise
}

/// Two people: `007`, an analyst, under `1`, the head. `manager` is how the server names the head.
fn two(manager: Value) -> [Value; 2] {
    [
        json!({"id": "a1", "userName": "ada", "externalId": "x1", "title": "Analyst", "userType": "mentor", "active": "True",
               "emails": [{"value": "ada@example.com"}], ENTERPRISE_USER: enterprise("007", Some(manager))}),
        json!({"id": "b2", "userName": "bo", "externalId": "x2", "title": "Head", "userType": "mentee", "active": true,
               ENTERPRISE_USER: enterprise("1", None)}),
    ]
}

fn as_csv(keys: [&str; 2]) -> FeedImport {
    let [ada, bo] = keys;
    let csv =
        format!("id,manager,side,grade,unit\n{ada},{bo},mentor,2,unit 1\n{bo},-,mentee,9,unit 1\n");
    Feed::new(&Mapping::standard())
        .read(csv.as_bytes(), &mut SequentialIds::new(1))
        .unwrap()
}

/// Every envelope, every form of a manager, every key: the roster of the same people's CSV.
#[test]
fn the_same_people_as_from_csv() {
    let keys = [
        (ScimKey::EmployeeNumber, ["007", "1"]),
        (ScimKey::ExternalId, ["x1", "x2"]),
        (ScimKey::Id, ["a1", "b2"]),
        (ScimKey::UserName, ["ada", "bo"]),
    ];
    for (key, names) in keys {
        let expected = as_csv(names).roster.fingerprint();
        let managers = [
            (
                json!({"value": "b2", "$ref": "../Users/b2", "displayName": "x"}),
                ManagerBy::Id,
            ),
            (
                json!({"$ref": "https://example.com/v2/Users/b2/"}),
                ManagerBy::Id,
            ),
            (json!("b2"), ManagerBy::Id),
            (json!(names[1]), ManagerBy::Key),
            (json!({"Value": names[1]}), ManagerBy::Key),
        ];
        for (manager, by) in managers {
            let [ada, bo] = two(manager);
            let bulk = |method: &str, user: &Value| json!({"method": method, "path": "/Users", "bulkId": user["id"], "data": user});
            let texts = [
                json!({"schemas": ["x"], "totalResults": 2, "Resources": [ada, bo], "startIndex": 1}).to_string(),
                json!({"resources": [ada, bo]}).to_string(),
                json!([ada, bo]).to_string(),
                format!("\u{feff}{ada}\n{bo}\n"),
                serde_json::to_string_pretty(&json!([bo])).unwrap() + &ada.to_string(),
                json!({"failOnErrors": 1, "Operations": [bulk("POST", &ada), bulk("put", &bo)]}).to_string(),
                json!([ada, bo]).to_string().replace("employeeNumber", "EMPLOYEEnumber").replace("urn:ietf", "URN:IETF").replace("\"id\"", "\"ID\""),
            ];
            for text in texts {
                let read = read(&text, key, by).unwrap_or_else(|error| panic!("{error}: {text}"));
                assert_eq!(read.roster.fingerprint(), expected, "{text}");
                assert_eq!(read.notices, []);
            }
        }
    }
}

#[test]
fn a_bulk_reference_points_forwards() {
    let [ada, bo] = two(json!({"value": "bulkId:boss"}));
    let bulk = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [
        {"method": "POST", "path": "/Users", "bulkId": "first", "data": ada},
        {"method": "POST", "path": "/Groups", "bulkId": "group", "data": {"displayName": "x"}},
        {"method": "POST", "path": "/Users", "bulkId": "boss", "data": bo},
    ]});
    let read = read(&bulk.to_string(), ScimKey::EmployeeNumber, ManagerBy::Id).unwrap();
    assert_eq!(
        read.roster.fingerprint(),
        as_csv(["007", "1"]).roster.fingerprint()
    );
    assert_eq!(
        read.notices[0].to_string(),
        "1: not-a-user: a resource that is no user is not read"
    );
    let nobody = bulk.to_string().replace("bulkId:boss", "bulkId:bass");
    assert_eq!(
        faults(&nobody),
        [format!(
            "1: unknown-manager: column `{ENTERPRISE_USER}:manager`: a solid or dotted manager has no row"
        )]
    );
    let removed = json!({"Operations": [{"method": "DELETE", "path": "/Users/a1"}]});
    assert!(faults(&removed.to_string()).contains(
        &"1: bulk-operation: an operation of a bulk request gives no whole user".to_owned()
    ));
}

#[test]
fn who_is_not_active_has_left() {
    let [ada, bo] = two(json!("b2"));
    let spring = as_csv(["007", "1"]).roster;
    for active in [json!(false), json!("False"), json!(" FALSE ")] {
        let mut gone = ada.clone();
        gone["active"] = active;
        let text = json!([gone, bo]).to_string();
        for coverage in [Coverage::Full, Coverage::Additive] {
            let mapping = mapping(ScimKey::EmployeeNumber);
            let feed = Feed::new(&mapping).after(&spring, coverage);
            let read = feed
                .read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(2))
                .unwrap();
            assert!(read.roster.lines().find("007").is_none(), "{coverage:?}");
        }
    }
    let mut odd = ada;
    odd["active"] = json!("yes");
    assert!(faults(&json!([odd, bo]).to_string())[0].starts_with("1: bad-active: "));
}

#[test]
fn faults_by_line_and_path() {
    let user = |number: &str, more: &str| {
        format!(
            "{{\"title\": \"Head\", \"userType\": \"mentee\", {more} \"{ENTERPRISE_USER}\": {{\"employeeNumber\": \"{number}\"}}}}"
        )
    };
    let text = format!(
        "[\n{},\n\n{},\n{},\r\n{},\r{},{}]",
        user("1", ""),
        user("2", "\"TITLE\": \"Head\","),
        user(
            "3",
            "\"name\": {\"familyName\": \"x\", \"FamilyName\": \"y\"},"
        ),
        user("4", "\"usertype\": [\"mentor\"],").replace("\"userType\": \"mentee\",", ""),
        user("5", "\"x\": \"\\ud800\","),
        user("1", ""),
    );
    assert_eq!(
        faults(&text),
        [
            format!("2: duplicate-id: column `{ENTERPRISE_USER}:employeeNumber`: a person has more than one row; each of them is a fault; see line 7"),
            "4: attribute-twice: column `title`: an attribute of a user is there twice, in whatever case, or under two of its names".to_owned(),
            "5: attribute-twice: an attribute of a user is there twice, in whatever case, or under two of its names".to_owned(),
            "6: bad-attribute: column `userType`: an attribute that is read is a list or an object, or is looked for within one that is no object".to_owned(),
            "7: bad-json: not sound JSON; reading stopped there, unless it is within one user".to_owned(),
            format!("7: duplicate-id: column `{ENTERPRISE_USER}:employeeNumber`: a person has more than one row; each of them is a fault; see line 2"),
        ]
    );
    for bad in [
        "",
        "  \n",
        "7",
        "\"a\"",
        "{",
        "[",
        "[{}",
        "[{},]",
        "[{} {}]",
        "{\"a\" 1}",
        "{\"Resources\": [{}]",
        "{\"Resources\": [], \"x\": tru}",
        "[]]",
        "{]",
        "[1]",
        "\u{feff}",
        "{\"a\":1,}",
        "{,}",
    ] {
        assert!(
            read(bad, ScimKey::Id, ManagerBy::Id).is_err(),
            "{bad:?} is taken"
        );
    }
    let nobody = faults("{\"totalResults\": 0}");
    assert_eq!(
        nobody,
        ["1: no-users: nobody in the file is an active user"]
    );
    let [ada, bo] = two(json!("b2"));
    let mut stranger = bo.clone();
    stranger[ENTERPRISE_USER]["employeeNumber"] = json!("2");
    assert_eq!(
        faults(&json!([ada, bo, stranger]).to_string()),
        ["1: duplicate-id: a person has more than one row; each of them is a fault"]
    );
    let unmapped = Mapping::scim(ScimKey::Id);
    let refused = Feed::new(&unmapped).read_scim(
        "{\"id\": \"1\", \"title\": \"9\"}".as_bytes(),
        ManagerBy::Id,
        &mut SequentialIds::new(1),
    );
    let Err(FeedError::Faults(refused)) = refused else {
        panic!("nobody has a side")
    };
    assert_eq!(
        refused.0[0].to_string(),
        "1: missing-column: column `side`: a required column is not in the header"
    );
}

#[test]
fn ones_own_manager() {
    let own = json!([{"id": "a", "userType": "mentee", "title": "9", ENTERPRISE_USER: {"employeeNumber": "1", "manager": "a"}}]).to_string();
    assert_eq!(
        faults(&own),
        [format!(
            "1: self-report: column `{ENTERPRISE_USER}:manager`: somebody is their own solid or dotted manager"
        )]
    );
    let mapping = mapping(ScimKey::EmployeeNumber).with_own_manager(OwnManager::IsARoot);
    assert!(
        Feed::new(&mapping)
            .read_scim(own.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1))
            .is_ok()
    );
}

/// The code of the fault that is not about everybody.
fn limited(text: &str, limits: Limits) -> Option<String> {
    let mapping = mapping(ScimKey::Id);
    let feed = Feed::new(&mapping).with_limits(limits);
    match feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1)) {
        Ok(_) => None,
        Err(FeedError::Faults(faults)) => {
            let mut codes: Vec<&str> = faults.0.iter().map(|f| f.code.as_str()).collect();
            codes.retain(|code| *code != "no-experience");
            assert_eq!(codes.len(), 1, "{faults:?}");
            Some(codes[0].to_owned())
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn limits_at_their_edge() {
    let user =
        json!({"id": "12345678", "userType": "mentee", "title": "9", "a": {"b": {"c": [1]}}})
            .to_string();
    let (length, standard) = (user.len() as u64, Limits::STANDARD);
    let three = user.clone() + &user.replace("12345678", "2") + &user.replace("12345678", "3");
    let above = Some("too-many-rows".to_owned());
    assert_eq!(
        (
            limited(&three, standard.with_rows(3)),
            limited(&three, standard.with_rows(2))
        ),
        (None, above)
    );
    let list = format!("{{\"Resources\": [{user}]}}");
    for (text, depth) in [(&user, 4), (&format!("[{user}]"), 5), (&list, 6)] {
        assert_eq!(
            limited(text, standard.with_row_bytes(length)),
            None,
            "{text}"
        );
        assert_eq!(
            limited(text, standard.with_row_bytes(length - 1)).as_deref(),
            Some("row-too-long"),
            "{text}"
        );
        assert_eq!(limited(text, standard.with_nesting(depth)), None, "{text}");
        assert_eq!(
            limited(text, standard.with_nesting(depth - 1)).as_deref(),
            Some("too-deep"),
            "{text}"
        );
        assert_eq!(limited(text, standard.with_field_bytes(8)), None, "{text}");
        assert_eq!(
            limited(text, standard.with_field_bytes(7)).as_deref(),
            Some("field-too-long"),
            "{text}"
        );
        // id, userType, title, a, a.b, a.b.c
        assert_eq!(limited(text, standard.with_fields(6)), None, "{text}");
        assert_eq!(
            limited(text, standard.with_fields(5)).as_deref(),
            Some("too-many-fields"),
            "{text}"
        );
    }
    let deep = "[".repeat(1_000_000);
    assert_eq!(limited(&deep, standard).as_deref(), Some("too-deep"));
    assert_eq!(
        faults(&deep),
        [
            "1: too-deep: lists and objects are within each other more often than the limit allows; reading stopped there"
        ]
    );
    let none = Limits::NONE;
    let deep = format!(
        "{{\"id\": \"1\", \"userType\": \"mentee\", \"title\": \"9\", \"a\": {}{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    assert_eq!(limited(&deep, none), None);
}

/// A text, a user or white space without an end is not kept.
#[test]
fn what_has_no_end_is_not_kept() {
    struct Endless<'a>(&'a [u8], u8, usize);
    impl Read for Endless<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.0.read(into)?;
            if count > 0 {
                return Ok(count);
            }
            self.2 += into.len();
            assert!(self.2 < 400_000, "{} bytes were read", self.2);
            into.fill(self.1);
            Ok(into.len())
        }
    }
    let mapping = mapping(ScimKey::Id);
    for (first, again) in [
        ("{\"id\": \"", b'9'),
        ("[{", b'a'),
        ("", b'['),
        ("{\"", b'x'),
        ("[7", b'7'),
    ] {
        let feed = Feed::new(&mapping).with_limits(Limits::STANDARD.with_row_bytes(100_000));
        let read = feed.read_scim(
            Endless(first.as_bytes(), again, 0),
            ManagerBy::Id,
            &mut SequentialIds::new(1),
        );
        assert!(matches!(read, Err(FeedError::Faults(_))), "{first}");
    }
}

/// Whatever a cell holds, it comes out as it went in or not at all, and no message repeats it.
#[test]
fn nasty_texts() {
    const TOKEN: &str = "Qx7Zw";
    let mut kept = 0;
    for nasty in nasty() {
        let user = |key: &str, unit: &str, side: &str| json!({"id": key, "userType": side, "title": "9", TOKEN: TOKEN, ENTERPRISE_USER: {"department": unit}});
        let unit = format!("{TOKEN}{nasty}");
        let text = json!([user("1", &unit, "mentee"), user(&unit, "u", "mentor")]).to_string();
        let text = text
            + &json!([
                user("3", "u", &unit),
                user(&format!("{nasty}{TOKEN}"), &nasty, "")
            ])
            .to_string();
        let mapping = mapping(ScimKey::Id);
        let feed = Feed::new(&mapping).on_fault(OnFault::Quarantine);
        match feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1)) {
            Ok(read) => {
                if let Some(person) = read.roster.by_key("1") {
                    assert_eq!(person.profile().unit().unwrap().as_str(), unit);
                    kept += 1;
                }
                let mut told = format!("{read:?}");
                told.extend(read.faults.iter().map(ToString::to_string));
                told.extend(read.notices.iter().map(ToString::to_string));
                told.extend(read.left_out.iter().map(ToString::to_string));
                assert!(!told.contains(TOKEN), "{told}");
            }
            Err(error) => assert!(!format!("{error:?} {error}").contains(TOKEN), "{error:?}"),
        }
    }
    assert!(kept > 100, "{kept}");
}

/// Gives one byte at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(1);
        self.0.read(&mut into[..most])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// No text panics, pieces are read as the whole, and whatever is taken `serde_json` takes as values one after the other.
    #[test]
    fn any_text(text in "(\\[|\\{\"Resources\":\\[)?([\\[\\]{}\",: \n]|\"id\":\"[12]\"|\"title\":\"9\"|\"userType\":\"mentor\"|true|7|é|\\{\"id\":\"3\",\"title\":\"9\"\\}){0,14}(\\]\\}?)?") {
        let mapping = mapping(ScimKey::Id);
        let feed = Feed::new(&mapping);
        let told = |read: Result<FeedImport, FeedError>| match read {
            Ok(read) => format!("{:?} {:?}", read.roster, read.notices),
            Err(error) => format!("{error:?}"),
        };
        let whole = feed.read_scim(text.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1));
        if whole.is_ok() {
            let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&text).into_iter().collect();
            prop_assert!(values.is_ok(), "{}", text);
        }
        let drops = feed.read_scim(Drops(text.as_bytes()), ManagerBy::Id, &mut SequentialIds::new(1));
        prop_assert_eq!(told(whole), told(drops));
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let mapping = mapping(ScimKey::Id);
        let _ = Feed::new(&mapping).read_scim(bytes.as_slice(), ManagerBy::Id, &mut SequentialIds::new(1));
    }
}
