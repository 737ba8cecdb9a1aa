//! The one grade table: what departments call a grade, and its number in the roster.

use reverse_mentoring::roster::Side;

/// A number, larger being more senior, and every spelling of it that is known.
///
/// The first is the civil service's common name. The others are those of the returns of September 2013, each held against
/// the pay it is published with: HM Treasury's ranges (`Range D` spans HEO and SEO and is taken as HEO), DfID's bands,
/// the Home Office's immigration, information, research, scientific, technical, statistical and economic grades.
/// Spellings are compared byte for byte. What is not here, such as `Student`, `Specialist`, `Contractor` or `StO`, has
/// no known equivalent.
const GRADES: [(i32, &[&str]); 12] = [
    (1, &["AA", "C2 (AA)"]),
    (
        2,
        &["AO", "AIO", "C1 (AO)", "Personal Secretary", "Range B"],
    ),
    (
        3,
        &[
            "EO",
            "Assistant Information Officer",
            "B2 (EO)",
            "IO",
            "PTO",
            "Range C",
            "SO",
            "SPS",
        ],
    ),
    (
        4,
        &[
            "HEO",
            "Assistant Statistician",
            "B1 (HEO)",
            "B1D (Faststream)",
            "CIO",
            "Economic Assistant",
            "HEO Auditor",
            "HEO-D",
            "HPTO",
            "HSO",
            "Information Officer",
            "RO",
            "Range D",
        ],
    ),
    (
        SEO,
        &[
            "SEO",
            "A2(L) (SEO)",
            "Immigration Inspector",
            "SPTO",
            "SRO",
            "SSO",
            "Senior Information Officer",
            "Senior Stats Officer",
        ],
    ),
    (6, &["Grade 7", "A2 (G7)", "Grade 7 Economist", "Range E"]),
    (7, &["Grade 6", "A1 (G6)", "Range E2"]),
    (SCS1, &["SCS1"]),
    (9, &["SCS1A"]),
    (10, &["SCS2"]),
    (11, &["SCS3"]),
    (12, &["SCS4"]),
];

/// The first grade from which one has something to teach in either direction.
const SEO: i32 = 5;
/// The first of the senior civil service.
const SCS1: i32 = 8;

/// The number of a grade as it is published.
pub fn number(spelling: &str) -> Option<i32> {
    let found = GRADES.iter().find(|(_, known)| known.contains(&spelling));
    found.map(|(number, _)| *number)
}

/// Below SEO one is a mentor, in the senior civil service a mentee, between the two either.
pub fn side(number: i32) -> Side {
    match number {
        ..SEO => Side::Mentor,
        SEO..SCS1 => Side::Either,
        SCS1.. => Side::Mentee,
    }
}

/// The table as CSV.
pub fn table() -> String {
    let rows = GRADES
        .iter()
        .flat_map(|(number, known)| known.iter().map(move |name| format!("{number},{name}\n")));
    std::iter::once("grade,spelling\n".to_owned())
        .chain(rows)
        .collect()
}
