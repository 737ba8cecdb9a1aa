//! What an operation of a bulk request says.

use super::super::code::FaultCode;
use super::flat::members;

/// An operation as it is taken.
pub(super) enum Operation<'a> {
    /// A whole user.
    User {
        raw: &'a str,
        bulk_id: Option<String>,
        /// Of a user who is put in another's place.
        id: Option<String>,
    },
    /// Of another kind of resource.
    Other,
    Fault(FaultCode),
}

/// Reads an operation.
pub(super) fn operation(text: &str) -> Operation<'_> {
    let Some(members) = members(text) else {
        return Operation::Fault(FaultCode::BadJson);
    };
    let of = |name: &str| {
        let mut named = members
            .0
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let first = named.next().map(|(_, raw)| *raw);
        (first, named.next().is_some())
    };
    if ["method", "path", "bulkId", "data"]
        .iter()
        .any(|name| of(name).1)
    {
        return Operation::Fault(FaultCode::AttributeTwice);
    }
    let said = |name: &str| serde_json::from_str::<String>(of(name).0?).ok();
    let path = said("path").unwrap_or_default();
    let (kind, id) = match path.trim_matches('/').split_once('/') {
        Some((kind, id)) => (kind, Some(id.to_owned())),
        None => (path.trim_matches('/'), None),
    };
    if kind.eq_ignore_ascii_case("groups") {
        return Operation::Other;
    }
    let method = said("method").unwrap_or_default().to_lowercase();
    let whole = matches!(method.as_str(), "post" | "put") && kind.eq_ignore_ascii_case("users");
    match of("data").0 {
        Some(raw) if whole => Operation::User {
            raw,
            bulk_id: said("bulkId"),
            id,
        },
        _ => Operation::Fault(FaultCode::BulkOperation),
    }
}
