//! Criteria beyond skills: for a programme's first week, when nobody has levels yet, and for whoever wants more than skills
//! to count.
//!
//! None is among the [standard](super::Criteria::standard) ones; a programme adds those that it asked people about.
//! All are symmetric, and all give what is **not known** of one of the two the points in the middle of the range: it is
//! no advantage to leave a cell blank, and none to fill it in.

mod common_ground;
mod outlook;
mod site;
mod time_zone;

pub use common_ground::{SharedInterest, SharedLanguage};
pub use outlook::{DifferentBackground, SimilarValues};
pub use site::{DifferentSite, SameSite};
pub use time_zone::NearbyTimeZone;

use super::{Assessment, Bound};

/// The points of a criterion of 0 to 100 where one of the two stated nothing.
const UNKNOWN: Assessment = Assessment::new(50);

/// The highest of a range as the bound of every pair: what costs as much as the points is not worked out twice.
fn at_most(points: &mut [u32], highest: u32) -> Bound {
    points.fill(highest);
    Bound::Upper
}

/// All or nothing of 0 to 100; the middle for what is not known.
fn yes_or_no(answer: Option<bool>) -> Assessment {
    match answer {
        Some(true) => Assessment::new(100),
        Some(false) => Assessment::new(0),
        None => UNKNOWN,
    }
}
