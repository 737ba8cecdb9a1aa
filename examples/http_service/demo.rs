//! A programme played over HTTP against the service beside it: each request worth reading, and what came back.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};

use crate::support::print;

/// Ada reports to a technician of the chief technology officer, Bo and Cy to the chief financial officer.
const ROSTER: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cfo,ceo,8,mentee,budgeting:5;strategy:4,short video:3
cto,ceo,8,mentee,negotiation:5,accessibility:3
ada,cto,2,mentor,short video:4,budgeting:1>3
bo,cfo,3,mentor,accessibility:4,negotiation:0>3
cy,cfo,2,mentor,short video:4,strategy:0>2
";

const COORDINATOR: &str = "coordinator c0000000-0000-8000-8000-000000000001";
const SPONSOR: &str = "sponsor d0000000-0000-8000-8000-000000000001";

/// Somebody with a browser, so to speak.
struct Client {
    address: SocketAddr,
    today: &'static str,
    /// Ids that have come up, and what to print for them.
    names: Vec<(String, String)>,
}

impl Client {
    /// Says something as somebody, prints it with the answer, and gives the body of the answer.
    fn say(
        &mut self,
        who: (&str, &str),
        request: &str,
        body: &str,
    ) -> Result<Value, Box<dyn Error>> {
        let (name, caller) = who;
        let mut stream = TcpStream::connect(self.address)?;
        let (method, path) = request.split_once(' ').ok_or("no request")?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCaller: {caller}\r\n\
             Today: {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.today,
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        // What stands in a roster or a charter is above.
        let sent = match body.starts_with('{') && body.len() <= 100 {
            true => format!(" {body}"),
            false => String::new(),
        };
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let status = head.split(' ').nth(1).ok_or("no status")?;
        let body: Value = match body {
            "" => Value::Null,
            body => serde_json::from_str(body)?,
        };
        let mut told = format!("{} {name:<11} {request}{sent}\n", self.today);
        told += &format!("           {status}{}\n", summary(&body));
        for violation in body["violations"].as_array().into_iter().flatten() {
            let said = [&violation["code"], &violation["message"]].map(|text| text.as_str());
            told += &format!(
                "             {}: {}\n",
                said[0].unwrap_or(""),
                said[1].unwrap_or("")
            );
        }
        for (id, name) in &self.names {
            told = told.replace(id, name);
        }
        print(&told);
        Ok(body)
    }

    /// From now on this id is printed as a name.
    fn name(&mut self, id: &Value, name: &str) -> String {
        let id = id.as_str().unwrap_or_default().to_owned();
        self.names.push((id.clone(), format!("{{{name}}}")));
        id
    }
}

/// What is worth reading of an answer: all that is not long.
fn summary(body: &Value) -> String {
    if let Some(detail) = body["detail"].as_str() {
        return format!(" {}: {detail}", body["code"].as_str().unwrap_or_default());
    }
    if let Some(summary) = body["is"]["summary"].as_str() {
        return format!(" {summary}");
    }
    let text = body.to_string();
    match body {
        Value::Null => String::new(),
        _ if text.len() <= 320 => format!(" {text}"),
        _ => format!(" {} bytes of JSON", text.len()),
    }
}

/// Plays it. An answer that is not there where it should be is an error; what is refused is part of the play.
pub fn play(address: SocketAddr) -> Result<(), Box<dyn Error>> {
    let mut client = Client {
        address,
        today: "2026-01-05",
        names: Vec::new(),
    };
    let c = &mut client;
    let coordinator = ("coordinator", COORDINATOR);
    let sponsor = ("sponsor", SPONSOR);

    // A roster with a fault, and one without.
    let mistyped = ROSTER
        .replace("ada,cto", "ada,coo")
        .replace("bo,cfo,3", "bo,cfo,three");
    c.say(coordinator, "POST /programs", &mistyped)?;
    let opened = c.say(coordinator, "POST /programs", ROSTER)?;
    let program = c.name(&opened["program"], "program");
    let on = |verb: &str, path: &str| format!("{verb} /programs/{program}{path}");
    let people = c.say(coordinator, &on("GET", "/people"), "")?;
    let mut members = Vec::new();
    for person in people["people"].as_array().ok_or("no people")? {
        let key = person["key"].as_str().ok_or("no key")?.to_owned();
        let id = c.name(&person["participant"], &key);
        members.push((key, format!("member {id}")));
    }
    let member = |key: &str| -> Result<(&str, &str), Box<dyn Error>> {
        let found = members.iter().find(|(known, _)| known == key);
        let (key, caller) = found.ok_or("no such member")?;
        Ok((key, caller))
    };

    // Everybody for themselves, and of their own wish.
    let halfway = json!({ "confirms": ["voluntary", "purpose"] }).to_string();
    let ready = json!({ "confirms": ["voluntary", "purpose", "time", "open_mind"] }).to_string();
    c.say(member("ada")?, &on("POST", "/enrolment"), &halfway)?;
    for (key, caller) in &members {
        let card = json!({ "name": format!("{} Example", key.to_uppercase()) }).to_string();
        c.say((key, caller), &on("PUT", "/card"), &card)?;
        c.say((key, caller), &on("POST", "/enrolment"), &ready)?;
    }

    // Nobody is paired before a launch, and a charter that leaves something open is none.
    let drawn = c.say(coordinator, &on("POST", "/plans"), "")?;
    let plan = c.name(&drawn["plan"], "plan");
    let approval = on("POST", &format!("/plans/{plan}/approval"));
    c.say(coordinator, &approval, "")?;
    c.say(
        coordinator,
        &on("POST", "/launch"),
        r#"{"starts":"2026-01-05"}"#,
    )?;
    let charter = json!({
        "purpose": "digital fluency, 2026",
        "sponsor": SPONSOR.split_once(' ').map(|(_, id)| id),
        "starts": "2026-01-05",
        "ends": "2026-07-03",
        "curriculum": { "curriculum": "basics", "version": "2026" },
        "budget": { "month": "1.5", "training": "2", "preparation": "1" },
        "cadence": { "interval_days": 30, "grace_days": 7, "minutes": 60 },
    });
    c.say(coordinator, &on("POST", "/launch"), &charter.to_string())?;
    let id = |caller: &str| caller.split_once(' ').map(|(_, id)| id.to_owned());
    let everybody: Vec<_> = members.iter().map(|(_, caller)| id(caller)).collect();
    let trained = json!({ "participants": everybody }).to_string();
    c.say(coordinator, &on("POST", "/trainings"), &trained)?;

    // A pair that may not be, the plan that may, and the same once more.
    let pair = r#"{"mentor":"cy","mentee":"cfo"}"#;
    c.say(coordinator, &on("POST", "/pairings"), pair)?;
    let proposed = c.say(coordinator, &approval, "")?;
    let two = &proposed["pairings"][0];
    let pairing = c.name(&two["pairing"], "pairing");
    c.name(&proposed["pairings"][1]["pairing"], "other pairing");
    c.say(coordinator, &approval, "")?;
    let named = |id: &Value| {
        members
            .iter()
            .find(|(_, c)| c.ends_with(id.as_str().unwrap_or("-")))
    };
    let mentor = named(&two["mentor"]).ok_or("no mentor")?;
    let mentee = named(&two["mentee"]).ok_or("no mentee")?;
    let (mentor, mentee) = ((&*mentor.0, &*mentor.1), (&*mentee.0, &*mentee.1));

    // The two, step by step.
    c.today = "2026-01-07";
    let of =
        |verb: &str, path: &str| format!("{verb} /programs/{program}/pairings/{pairing}{path}");
    let step = |name: &str| json!({ "step": name }).to_string();
    let terms = json!({ "communication": ["video", "direct"], "curiosity": ["experience"] });
    c.say(mentor, &of("POST", "/steps"), &step("begin"))?;
    for (who, what) in [
        (mentor, "accept"),
        (mentee, "accept"),
        (mentor, "prepare"),
        (mentee, "sign"),
    ] {
        c.say(who, &of("POST", "/steps"), &step(what))?;
    }
    for who in [mentor, mentee] {
        c.say(who, &of("POST", "/terms"), &terms.to_string())?;
    }
    for (who, what) in [(mentor, "sign"), (mentee, "sign"), (mentor, "begin")] {
        c.say(who, &of("POST", "/steps"), &step(what))?;
    }
    c.today = "2026-01-21";
    let met = json!({ "on": "2026-01-20", "result": { "outcome": "held", "minutes": 50, "taught_by": "both" } });
    c.say(mentee, &of("POST", "/sessions"), &met.to_string())?;
    let note = json!({ "kind": "difficulty", "words": "I cannot read a storyboard" });
    c.say(mentee, &of("POST", "/notes"), &note.to_string())?;

    // Who may read it, and who may not.
    c.say(mentor, &of("GET", "/notes"), "")?;
    c.say(member("cy")?, &of("GET", "/notes"), "")?;
    c.say(coordinator, &of("GET", "/notes"), "")?;
    c.say(mentor, &of("GET", ""), "")?;
    c.say(coordinator, &of("GET", ""), "")?;

    // How it goes.
    c.today = "2026-02-02";
    c.say(coordinator, &on("GET", "/health"), "")?;
    c.say(sponsor, &on("GET", "/health"), "")?;
    let month = r#"{"year":2026,"month":1}"#;
    c.say(coordinator, &on("POST", "/releases"), month)?;
    c.say(coordinator, &on("POST", "/releases"), month)?;
    let told = c.say(sponsor, &on("GET", "/health"), "")?;
    let figures = told["releases"][0]["metrics"]
        .as_array()
        .ok_or("no figures")?;
    let withheld = figures.iter().filter(|f| f["total"]["withheld"] == true);
    let (withheld, all) = (withheld.count(), figures.len());
    print(&format!(
        "of {all} figures {withheld} are withheld: they would tell of two pairings\n"
    ));
    Ok(())
}
