//! The envelopes of `fleet`, as schemas alone: the feature of that name writes and reads them.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;

use crate::health::FigureRow;
use crate::journal::Entry;

const SOURCE: &str = r"^[A-Za-z][A-Za-z0-9+.-]*:.*[/:=][0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
const PROGRAM: &str = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
const ENTRY_ID: &str = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/entry/(0|[1-9][0-9]*)$";
const FIGURE_ID: &str = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/figure/[0-9a-f]{32}$";

macro_rules! envelope {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $schema:literal, $id:ident, $data:ty) => {
        $(#[$doc])*
        ///
        /// Attributes of other names are extensions, which CloudEvents lets those add who pass an event on.
        #[derive(JsonSchema)]
        #[schemars(extend("patternProperties" = {"^[a-z0-9]+$": true}, "additionalProperties" = false))]
        #[expect(dead_code, reason = "a schema has no values")]
        pub(super) struct $name {
            /// The version of CloudEvents.
            #[schemars(extend("const" = "1.0"))]
            specversion: String,
            /// One of its kind among those of its source.
            #[schemars(regex(pattern = $id))]
            id: String,
            /// The host's URI with the programme behind it.
            #[schemars(regex(pattern = SOURCE))]
            source: String,
            /// What it is.
            #[schemars(rename = "type", extend("const" = $kind))]
            kind: String,
            /// The programme.
            #[schemars(regex(pattern = PROGRAM))]
            subject: String,
            /// The instant of the data.
            time: DateTime<Utc>,
            /// The form of the data.
            #[schemars(extend("const" = "application/json"))]
            datacontenttype: String,
            /// The schema of the data.
            #[schemars(extend("const" = $schema))]
            dataschema: String,
            /// What happened, or a figure.
            data: $data,
        }
    };
}

envelope! {
    /// An entry of a journal as an event of CloudEvents 1.0.
    EntryEvent, "reverse-mentoring.entry", "urn:reverse-mentoring:schema:entry:1", ENTRY_ID, Entry
}
envelope! {
    /// A figure as an event of CloudEvents 1.0.
    FigureEvent, "reverse-mentoring.figure", "urn:reverse-mentoring:schema:figure-row:1", FIGURE_ID, FigureRow
}
