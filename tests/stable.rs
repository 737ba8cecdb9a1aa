//! Stable plans before judges that work from the definition.

#[path = "stable/judge.rs"]
mod judge;
#[path = "eligibility/oracle.rs"]
mod oracle;
#[path = "stable/people.rs"]
mod people;
#[path = "stable/pinned.rs"]
mod pinned;
#[path = "stable/places.rs"]
mod places;
#[path = "stable/profiles.rs"]
mod profiles;

use oracle::cases;
