//! Who asks, what for, and on which day.

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use axum::body::{Bytes, HttpBody as _};
use axum::extract::{FromRequest as _, Request};
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use reverse_mentoring::prelude::*;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::problem::Problem;

/// How long somebody may take to send a body.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who asks.
///
/// **The header `Caller` stands for the login of your product**: `member`, `coordinator` or `sponsor`, and the id that your
/// product has for whoever is logged in. Take it from your session or token, and never from the client: who may send this
/// header is whoever they like. What the service does check is what each of the three may then ask.
#[derive(Debug, Clone, Copy)]
pub enum Caller {
    /// Somebody who takes part, or could.
    Member(ParticipantId),
    /// Somebody who runs programmes.
    Coordinator(CoordinatorId),
    /// Somebody who pays for one.
    Sponsor(SponsorId),
}

impl Caller {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let mut said = headers.get_all("caller").iter();
        let said = said.next().filter(|_| said.next().is_none())?; // two contradict each other
        let said = said.to_str().ok()?;
        let (role, id) = said.split_once(' ')?;
        match role {
            "member" => id.parse().map(Self::Member).ok(),
            "coordinator" => id.parse().map(Self::Coordinator).ok(),
            "sponsor" => id.parse().map(Self::Sponsor).ok(),
            _ => None,
        }
    }
}

/// A request that has come in whole.
#[derive(Debug)]
pub struct Asked {
    pub caller: Caller,
    path: String,
    body: Bytes,
    /// The day by the header `Today`, in a rehearsal.
    today: Option<NaiveDate>,
}

impl Asked {
    /// Reads a request to its end. In a rehearsal the day is what the header `Today` says.
    pub async fn read(request: Request, rehearsal: bool) -> Result<Self, Problem> {
        let Some(caller) = Caller::of(request.headers()) else {
            let detail = "the header `Caller` says who asks: `member`, `coordinator` or `sponsor`, and an id";
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "who-asks", detail));
        };
        let today = match request.headers().get("today") {
            Some(day) if rehearsal => {
                let day = day.to_str().ok().and_then(|day| day.parse().ok());
                Some(day.ok_or_else(|| Problem::invalid("today", "the header `Today` is no day"))?)
            }
            _ => None,
        };
        let path = request.uri().path().to_owned();
        // Said beforehand, it need not be waited for.
        if request.body().size_hint().lower() > crate::BODY as u64 {
            let large = "the body is too large";
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body", large));
        }
        let body = tokio::time::timeout(PATIENCE, Bytes::from_request(request, &())).await;
        let slow = "the body did not come";
        let body = body.map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", slow))?;
        // Over the limit, or broken off.
        let body = body.map_err(|error| Problem::new(error.status(), "body", error.body_text()))?;
        Ok(Self {
            caller,
            path,
            body,
            today,
        })
    }

    /// The id in a place of the path, counted from 0.
    pub fn id<T: FromStr>(&self, place: usize, what: &str) -> Result<T, Problem> {
        let segment = self.path.split('/').skip(1).nth(place);
        let id = segment.and_then(|segment| segment.parse().ok());
        id.ok_or_else(|| Problem::unknown(what))
    }

    /// The body as it came.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as a JSON object: 400 where it is no JSON, 422 where it is another object or none.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let no_json = |error| Problem::new(StatusCode::BAD_REQUEST, "json", error);
        let IgnoredAny = serde_json::from_slice(&self.body).map_err(no_json)?;
        // A list would read as well, its fields in their order: nobody should come to rely on that.
        if !self.body.trim_ascii_start().starts_with(b"{") {
            return Err(Problem::invalid("body", "the body is no JSON object"));
        }
        let read = serde_json::from_slice(&self.body);
        read.map_err(|error| Problem::invalid("body", in_words(&error.to_string())))
    }

    /// Now. Asked for anew at each attempt, so that who was late is recorded after who was first.
    ///
    /// The programme's calendar is that of Greenwich here; a product has its own.
    pub fn stamp(&self) -> Stamp {
        match self.today {
            Some(day) => Stamp::midnight(day),
            None => {
                let now = DateTime::<Utc>::from(SystemTime::now());
                Stamp::new(now, now.date_naive())
            }
        }
    }

    /// The member who asks; nobody else may.
    pub fn member(&self) -> Result<ParticipantId, Problem> {
        match self.caller {
            Caller::Member(id) => Ok(id),
            _ => Err(forbidden("only a member may ask this, for themselves")),
        }
    }

    /// The coordinator who asks; nobody else may.
    pub fn coordinator(&self) -> Result<CoordinatorId, Problem> {
        match self.caller {
            Caller::Coordinator(id) => Ok(id),
            _ => Err(forbidden("only a coordinator may ask this")),
        }
    }
}

/// What serde says of a value, with a word for what it has a name of Rust's for: `an object` for `struct Terms`.
fn in_words(error: &str) -> String {
    let error = error.replacen("unknown variant ", "unknown word ", 1);
    let Some((before, after)) = error.rsplit_once("expected ") else {
        return error;
    };
    let (kind, place) = after.split_once(" at line ").unwrap_or((after, ""));
    let word = match kind.split_once(' ').map_or(kind, |(word, _)| word) {
        "struct" | "internally" | "adjacently" | "map" => "an object",
        "enum" | "variant" => "one of the known words",
        "tuple" | "sequence" | "unit" => "a list",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "nonzero" => "a whole number from 1 on",
        _ => kind,
    };
    let place = match place {
        "" => String::new(),
        place => format!(" at line {place}"),
    };
    format!("{before}expected {word}{place}")
}

/// Somebody may not ask this, whatever the answer is.
pub fn forbidden(detail: &str) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
}
