//! Journals and records that claim of adopted pairings what cannot be.
