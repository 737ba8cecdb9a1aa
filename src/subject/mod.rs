//! What the people of a programme may ask of it as data subjects: everything that is held about them, and that it be
//! forgotten.
//!
//! In come a roster, a history, a journal, a notebook, a book of pulses; out come an [`Export`] for one person, or the same things without
//! them. Never true inside: an erasure that changes an answer about somebody else, a count, or an entry of the journal.
//!
//! The journal and a programme's record need no erasure. They hold ids, dates, numbers, codes and the names of skills;
//! whose an id is, only the roster says, and that is where it is forgotten.

mod erasure;
mod export;
mod journal;
mod parts;
mod person;
mod planned;
mod pulses;

pub use erasure::{Erasure, ErasureError, ErasureListError, Standing};
pub use export::Export;
