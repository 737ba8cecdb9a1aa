//! Who is paired with whom, and why.

pub mod assignment;
