//! What is answered where all is well: a status, a body and, of something new, where it is.

use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use reverse_mentoring::program::Program;
use serde_json::{Value, json};

/// What is answered where all is well.
pub struct Reply {
    status: StatusCode,
    body: Value,
    location: Option<String>,
}

impl Reply {
    pub fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body,
            location: None,
        }
    }

    /// Something new, and where it is.
    pub fn created(location: String, body: Value) -> Self {
        Self {
            location: Some(location),
            ..Self::ok(body).status(StatusCode::CREATED)
        }
    }

    /// A change that is stored: the version after it is in the body.
    pub fn at(program: &Program, mut body: Value) -> Self {
        body["version"] = json!(program.next_sequence());
        Self::ok(body)
    }

    pub fn nothing() -> Self {
        Self::ok(Value::Null).status(StatusCode::NO_CONTENT)
    }

    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        if self.body.is_null() {
            return self.status.into_response();
        }
        let mut response = (self.status, self.body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let location = self.location.map(HeaderValue::try_from);
        if let Some(Ok(location)) = location {
            headers.insert(LOCATION, location);
        }
        response
    }
}
