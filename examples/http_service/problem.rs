//! Every way to say no, as `application/problem+json` (RFC 9457): a status, a stable code, a sentence, and each violation with
//! its own code, parameters and sentence.

use std::fmt::Display;

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use reverse_mentoring::policy::Violation;
use reverse_mentoring::prelude::*;
use reverse_mentoring::store::{
    AppendError, ChangeError, OpenError, PutError, SealError, StoreError,
};
use serde_json::{Map, Value, json};

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    violations: Vec<Violation>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Display) -> Self {
        Self {
            status,
            code,
            detail: detail.to_string(),
            violations: Vec::new(),
        }
    }

    /// Nothing is there, or nothing that is the caller's: the two look alike, so that nobody learns which.
    pub fn unknown(what: &str) -> Self {
        let detail = format!("there is no such {what} for who is asking");
        Self::new(StatusCode::NOT_FOUND, "unknown", detail)
    }

    /// What was sent reads, and cannot be.
    pub fn invalid(code: &'static str, detail: impl Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    /// Refuses a text of more than so many bytes.
    pub fn over(field: &'static str, text: &str, most: usize) -> Result<(), Self> {
        if text.len() <= most {
            return Ok(());
        }
        let detail = format!("`{field}` is longer than {most} bytes");
        let violation = Violation::new("too-long", detail.clone()).text("field", field);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Err(Self::invalid("too-long", detail).because(vec![violation.number("bytes", most)]))
    }

    pub fn because(mut self, violations: Vec<Violation>) -> Self {
        self.violations = violations;
        self
    }

    /// What nobody who asks can do anything about. The cause is for who runs the service, and not for who asks.
    fn ours(code: &'static str, cause: &dyn std::error::Error) -> Self {
        eprintln!("{code}: {cause}");
        let detail = "the service cannot answer; nothing was changed";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code, detail)
    }
}

/// What the gate refuses: the state is another than who asks believes.
impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let violations = refused.0.iter().map(|problem| problem.violation());
        let violations = violations.collect();
        Self::new(StatusCode::CONFLICT, "refused", &refused).because(violations)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        match error {
            StoreError::Busy(_) => Self::new(unavailable, "busy", "ask again in a moment"),
            StoreError::Unavailable(cause) => {
                eprintln!("store: {cause}");
                Self::new(unavailable, "store", "the store does not work just now")
            }
            error => Self::ours("damaged", &error),
        }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Nothing(_) => Self::unknown("programme"),
            OpenError::Store(error) => error.into(),
            // The file was taken back to a backup under the running service, which is to be started again.
            error @ (OpenError::Shorter { .. } | OpenError::Diverged { .. }) => {
                Self::ours("restored", &error)
            }
            error => Self::ours("damaged", &error),
        }
    }
}

impl From<AppendError> for Problem {
    fn from(error: AppendError) -> Self {
        match error {
            // Every attempt was lost to somebody else: a busy programme, and no fault. Asking again is right.
            AppendError::Conflict(lost) => {
                let found = i64::try_from(lost.found.entries()).unwrap_or(i64::MAX);
                let violation = Violation::new("version", lost.to_string()).number("found", found);
                Self::new(
                    StatusCode::CONFLICT,
                    "conflict",
                    "others were first: ask again",
                )
                .because(vec![violation])
            }
            AppendError::Store(error) => error.into(),
            error => Self::ours("ids", &error),
        }
    }
}

impl From<ChangeError<Problem>> for Problem {
    fn from(error: ChangeError<Problem>) -> Self {
        match error {
            ChangeError::Verb(problem) => problem,
            ChangeError::Append(error) => error.into(),
            ChangeError::CatchUp(error) => error.into(),
            _ => Self::ours("batch", &std::io::Error::other("a verb that is none")),
        }
    }
}

impl From<PutError> for Problem {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Store(error) => error.into(),
            PutError::Erased(_) => {
                let detail = "who is forgotten stays so: they come back under a new id";
                Self::new(StatusCode::CONFLICT, "erased", detail)
            }
            error => Self::new(StatusCode::CONFLICT, "key-taken", error),
        }
    }
}

impl From<SealError> for Problem {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Store(error) => error.into(),
            // Somebody was erased between reading and writing.
            _ => Self::new(
                StatusCode::CONFLICT,
                "conflict",
                "somebody was erased: ask again",
            ),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let violation = |violation: &Violation| {
            let parameters = violation.parameters().iter();
            let parameters: Map<String, Value> = parameters
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect();
            json!({
                "code": violation.code(),
                "parameters": parameters,
                "message": violation.message(),
                "advice": violation.advice(),
            })
        };
        let violations: Vec<Value> = self.violations.iter().map(violation).collect();
        let body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason(),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
            "violations": violations,
        });
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, json);
        match self.status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Caller"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}
