//! Rosters and logs from CSV.
