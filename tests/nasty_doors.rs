//! The two hundred nastiest strings through the doors that have no file of their own: what is refused is refused with a fault, what is
//! taken comes out as it went in, and what people read of it moves nothing on their screen.
//!
//! Other doors are beside what they belong to: `spreadsheet`, `import_tables`, `import_feed`, `import_scim`, `import_skills`, `fleet`,
//! `calendar`, `schema`, `sqlite`, `postgres`, `http_service`, and at random in `round_trips`.
#![cfg(all(feature = "import", feature = "report"))]

#[path = "nasty_doors/files.rs"]
mod files;
#[path = "nasty_doors/judge.rs"]
mod judge;
#[path = "report/markup.rs"]
#[allow(
    dead_code,
    reason = "the pages of names are not held to everything that pages are"
)]
mod markup;
#[path = "support/nasty.rs"]
mod nasty;
#[path = "nasty_doors/pages.rs"]
mod pages;
#[path = "nasty_doors/private.rs"]
mod private;
mod support;
#[path = "nasty_doors/words.rs"]
mod words;
