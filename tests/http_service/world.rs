//! A company of six, and a programme of theirs brought as far as a test needs.

use serde_json::{Value, json};

use crate::wire::{Answer, Request, Server};

pub const ROSTER: &str = "\
id,manager,grade,side,offers,wants
ceo,-,9,,,
cfo,ceo,8,mentee,budgeting:5,short video:3
cto,ceo,8,mentee,negotiation:5,accessibility:3
ada,cto,2,mentor,short video:4,budgeting:1>3
bo,cfo,3,mentor,accessibility:4,negotiation:0>3
";

pub const COORDINATOR: &str = "coordinator c0000000-0000-8000-8000-000000000001";
pub const OTHER_COORDINATOR: &str = "coordinator c0000000-0000-8000-8000-000000000002";
pub const SPONSOR: &str = "sponsor d0000000-0000-8000-8000-000000000001";
pub const OTHER_SPONSOR: &str = "sponsor d0000000-0000-8000-8000-000000000002";
pub const STRANGER: &str = "member e0000000-0000-8000-8000-000000000001";
pub const FIRST: &str = "2026-01-05";

pub const READY: &str = r#"{"confirms":["voluntary","purpose","time","open_mind"]}"#;
pub const TERMS: &str = r#"{"communication":["video"],"curiosity":["experience"]}"#;
pub const MET: &str =
    r#"{"on":"2026-01-20","result":{"outcome":"held","minutes":50,"taught_by":"both"}}"#;

pub fn charter() -> Value {
    json!({
        "purpose": "trying things out",
        "sponsor": "d0000000-0000-8000-8000-000000000001",
        "starts": FIRST,
        "ends": "2026-07-03",
        "curriculum": { "curriculum": "basics", "version": "1" },
        "budget": { "month": "1.5", "training": "2", "preparation": "1" },
        "cadence": { "interval_days": 30, "grace_days": 7, "minutes": 60 },
    })
}

/// A programme of a service, and who is in it.
pub struct World<'s> {
    pub server: &'s Server,
    pub program: String,
    /// The callers, by key.
    pub people: Vec<(String, String)>,
    pub plan: String,
    /// That of ada and the cfo.
    pub pairing: String,
}

impl<'s> World<'s> {
    /// Opened, and no more.
    pub fn opened(server: &'s Server, roster: &str) -> Self {
        let mut world = Self {
            server,
            program: String::new(),
            people: Vec::new(),
            plan: String::new(),
            pairing: String::new(),
        };
        let opened = world.ask(COORDINATOR, "POST /programs", roster);
        assert_eq!(opened.status, 201, "{opened:?}");
        world.program = opened.body["program"].as_str().unwrap().to_owned();
        world.find_people();
        world
    }

    fn find_people(&mut self) {
        let people = self.ask(COORDINATOR, "GET /people", "");
        assert_eq!(people.status, 200, "{people:?}");
        let people = people.body["people"].as_array().unwrap().clone();
        self.people = people
            .iter()
            .map(|person| {
                let id = person["participant"].as_str().unwrap();
                (
                    person["key"].as_str().unwrap().to_owned(),
                    format!("member {id}"),
                )
            })
            .collect();
    }

    /// With everybody enrolled.
    pub fn enrolled(server: &'s Server) -> Self {
        let world = Self::opened(server, ROSTER);
        for (_, caller) in &world.people {
            world.granted(caller, "POST /enrolment", READY, 200);
        }
        world
    }

    /// Launched, everybody trained, a plan drawn.
    pub fn launched(server: &'s Server) -> Self {
        let mut world = Self::enrolled(server);
        world.granted(COORDINATOR, "POST /launch", &charter().to_string(), 200);
        let ids: Vec<&str> = world
            .people
            .iter()
            .map(|(_, c)| &c["member ".len()..])
            .collect();
        let trained = json!({ "participants": ids }).to_string();
        world.granted(COORDINATOR, "POST /trainings", &trained, 200);
        let drawn = world.granted(COORDINATOR, "POST /plans", "", 201);
        world.plan = drawn.body["plan"].as_str().unwrap().to_owned();
        world
    }

    /// Proposed.
    pub fn proposed(server: &'s Server) -> Self {
        let mut world = Self::launched(server);
        let path = format!("POST /plans/{}/approval", world.plan);
        let proposed = world.granted(COORDINATOR, &path, "", 201);
        let ada = world.caller("ada")["member ".len()..].to_owned();
        let pairings = proposed.body["pairings"].as_array().unwrap();
        let hers = pairings.iter().find(|p| p["mentor"] == *ada).unwrap();
        world.pairing = hers["pairing"].as_str().unwrap().to_owned();
        world
    }

    /// Begun: ada and the cfo meet.
    pub fn begun(server: &'s Server) -> Self {
        let world = Self::proposed(server);
        let (ada, cfo) = (world.caller("ada"), world.caller("cfo"));
        for (who, step) in [(ada, "accept"), (cfo, "accept"), (ada, "prepare")] {
            world.step(who, step);
        }
        for who in [ada, cfo] {
            world.granted(who, &world.of("POST", "/terms"), TERMS, 200);
        }
        for (who, step) in [(cfo, "sign"), (ada, "sign"), (ada, "begin")] {
            world.step(who, step);
        }
        world
    }

    pub fn step(&self, who: &str, step: &str) -> Answer {
        let body = json!({ "step": step }).to_string();
        self.granted(who, &self.of("POST", "/steps"), &body, 200)
    }

    pub fn caller(&self, key: &str) -> &str {
        let found = self.people.iter().find(|(known, _)| known == key);
        &found.unwrap().1
    }

    /// A line about the pairing.
    pub fn of(&self, method: &str, path: &str) -> String {
        format!("{method} /pairings/{}{path}", self.pairing)
    }

    /// A line whose path is that within the programme, but for `/programs` itself.
    pub fn line(&self, line: &str) -> String {
        match line.split_once(' ').unwrap() {
            (_, path) if path.starts_with("/programs") => line.to_owned(),
            (method, path) => format!("{method} /programs/{}{path}", self.program),
        }
    }

    pub fn ask(&self, caller: &str, line: &str, body: &str) -> Answer {
        self.ask_on(FIRST, caller, line, body)
    }

    pub fn ask_on(&self, today: &str, caller: &str, line: &str, body: &str) -> Answer {
        self.server.ask(&Request {
            line: &self.line(line),
            caller,
            today,
            body: body.as_bytes(),
        })
    }

    pub fn granted(&self, caller: &str, line: &str, body: &str, status: u16) -> Answer {
        let answer = self.ask(caller, line, body);
        assert_eq!(answer.status, status, "{line} {body}: {answer:?}");
        answer
    }

    /// The entries of the journal; that they stand in their places without a gap is part of it.
    pub fn journal(&self) -> Vec<Value> {
        let journal = self.granted(COORDINATOR, "GET /journal", "", 200);
        let entries = journal.body["entries"].as_array().unwrap();
        let entries: Vec<Value> = entries.iter().map(|e| e["entry"].clone()).collect();
        for (at, entry) in entries.iter().enumerate() {
            assert_eq!(entry["sequence"], at, "a gap");
        }
        entries
    }
}
