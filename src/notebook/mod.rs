//! The notebook of a programme: everything confidential that two people write, kept for them, and for the host to store.
//!
//! In come words with the [`Member`] who writes them, or a [`Concern`]; out they come again to whom they are for, and as a
//! [`SealedRecord`] for the host's store. Never true inside: words without a pairing, an answer revealed before its
//! counterpart, a page whose author is not one of the two.
//!
//! Nothing here is on record in the journal, and nothing in the journal hangs on it: a notebook can be lost or
//! [erased](crate::subject) and the programme goes on.

mod page;
mod record;
mod skills;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

pub use page::{Kind, Page};
pub use record::{NotebookError, NotebookProblem, SEALED_VERSION, SealedRecord};
pub use skills::ReferenceError;

use crate::ids::{PairingId, ParticipantId, SessionId};
use crate::pair::Role;
use crate::privacy::{AnswerError, Ballot, Concern, Confidential, Contact, Decision, Exchange};
use crate::privacy::{Member, Report};
use crate::roster::Skill;
use page::Kept;
use skills::Skills;

/// Everything confidential of a programme.
///
/// Pages are read by the two of a pairing, [insights](Kind::Insight) by their author alone; feedback when both have given
/// it; votes by nobody else; concerns by their contact. There is no way in without a [`Member`] or a [`Contact`], no
/// `Serialize`, and `Debug` shows nothing.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::notebook::{Kind, Notebook};
/// use reverse_mentoring::pairing::Pairing;
///
/// fn after_a_session(pairing: &Pairing, notebook: &mut Notebook, today: NaiveDate) {
///     let [mentor, mentee] = [pairing.pair().mentor, pairing.pair().mentee].map(|person| pairing.member(person).unwrap());
///     notebook.write(&mentee, Kind::Difficulty, None, today, "I cannot read a cash-flow statement");
///     let pages: Vec<&str> = notebook.pages(&mentor).map(|page| page.words).collect();
///     assert_eq!(pages, ["I cannot read a cash-flow statement"]);
///
///     notebook.give_feedback(&mentor, None, "asks good questions").unwrap();
///     assert!(notebook.feedback(&mentee, None).unwrap().theirs(&mentee).is_none()); // not before the mentee has said it too
///     let reference = pairing.goals().mentor()[0].skill();
///     assert!(notebook.skill(&mentee, pairing, reference).is_none()); // it goes by its name, not by a reference
/// }
/// ```
///
/// A coordinator and a sponsor have no way to it, nor has who makes a member up:
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::CoordinatorId;
/// # use reverse_mentoring::notebook::Notebook;
/// fn as_a_coordinator(notebook: &Notebook, me: CoordinatorId) {
///     notebook.pages(&me);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::{CoordinatorId, SessionId};
/// # use reverse_mentoring::notebook::Notebook;
/// fn as_a_coordinator(notebook: &Notebook, me: CoordinatorId) {
///     notebook.feedback(&me, None);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::CoordinatorId;
/// # use reverse_mentoring::notebook::Notebook;
/// # use reverse_mentoring::pairing::Pairing;
/// # use reverse_mentoring::roster::Skill;
/// fn as_a_coordinator(notebook: &Notebook, me: CoordinatorId, pairing: &Pairing, reference: &Skill) {
///     notebook.skill(&me, pairing, reference);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::notebook::Notebook;
/// # use reverse_mentoring::privacy::Audience;
/// fn as_a_sponsor(notebook: &Notebook) {
///     notebook.pages(&Audience::Sponsor);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::notebook::Notebook;
/// # use reverse_mentoring::privacy::Audience;
/// fn as_a_sponsor(notebook: &Notebook) {
///     notebook.feedback(&Audience::Sponsor, None);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::notebook::Notebook;
/// # use reverse_mentoring::pairing::Pairing;
/// # use reverse_mentoring::privacy::Audience;
/// # use reverse_mentoring::roster::Skill;
/// fn as_a_sponsor(notebook: &Notebook, pairing: &Pairing, reference: &Skill) {
///     notebook.skill(&Audience::Sponsor, pairing, reference);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::notebook::Notebook;
/// # use reverse_mentoring::privacy::Member;
/// fn as_one_of_the_two(notebook: &Notebook, me: &Member) {
///     notebook.concerns(me);
/// }
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::notebook::Notebook;
/// serde_json::to_string(&Notebook::new());
/// ```
#[derive(Default)]
pub struct Notebook {
    /// Of one pairing, in the order of writing.
    pages: BTreeMap<PairingId, Vec<Kept>>,
    /// On a session, or on the whole.
    feedback: BTreeMap<(PairingId, Option<SessionId>), Exchange<String>>,
    ballots: BTreeMap<PairingId, Ballot>,
    skills: Skills,
    concerns: Vec<Concern>,
}

/// Nothing, not even how much there is.
impl fmt::Debug for Notebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notebook(..)")
    }
}

impl Notebook {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a page into the notebook of the pairing whose member writes.
    pub fn write(
        &mut self,
        by: &Member,
        kind: Kind,
        session: Option<SessionId>,
        on: NaiveDate,
        words: impl Into<String>,
    ) {
        let pages = self.pages.entry(by.pairing()).or_default();
        pages.push(Kept {
            kind,
            author: by.role(),
            session,
            on,
            words: Confidential::seal(by.pairing(), words.into()),
        });
    }

    /// The pages that a member may read, in the order of writing.
    pub fn pages(&self, reader: &Member) -> impl Iterator<Item = Page<'_>> {
        let pages = self.pages.get(&reader.pairing()).into_iter().flatten();
        pages.filter_map(|page| page.read(reader))
    }

    /// Strikes those of one's own pages that `which` chooses; how many they were.
    pub fn strike(&mut self, by: &Member, mut which: impl FnMut(&Page<'_>) -> bool) -> usize {
        let Some(pages) = self.pages.get_mut(&by.pairing()) else {
            return 0;
        };
        let before = pages.len();
        pages.retain(|page| {
            let own = page.read(by).filter(|page| page.author == by.role());
            !own.is_some_and(|page| which(&page))
        });
        before - pages.len()
    }

    /// Says what one thinks of a session, or, without one, of the pairing as a whole: for the partner, once they have said
    /// it too.
    ///
    /// # Errors
    ///
    /// [`AnswerError::Revealed`] once both have.
    pub fn give_feedback(
        &mut self,
        by: &Member,
        session: Option<SessionId>,
        words: impl Into<String>,
    ) -> Result<(), AnswerError> {
        let pairing = by.pairing();
        let exchange = self.feedback.entry((pairing, session));
        let exchange = exchange.or_insert_with(|| Exchange::of(pairing));
        exchange.answer(by, words.into())
    }

    /// What the two said of a session, or of the pairing as a whole, as far as it is revealed to its reader.
    #[must_use]
    pub fn feedback(
        &self,
        reader: &Member,
        session: Option<SessionId>,
    ) -> Option<&Exchange<String>> {
        self.feedback.get(&(reader.pairing(), session))
    }

    /// Says whether one wants to go on after the chemistry period. A pairing has one [`Ballot`] in its life.
    ///
    /// # Errors
    ///
    /// [`AnswerError::Revealed`] once both have answered.
    pub fn vote(&mut self, by: &Member, go_on: bool) -> Result<(), AnswerError> {
        let pairing = by.pairing();
        let ballot = self.ballots.entry(pairing);
        let ballot = ballot.or_insert_with(|| Ballot::of(pairing));
        ballot.vote(by, go_on)
    }

    /// One's own vote.
    #[must_use]
    pub fn own_vote(&self, reader: &Member) -> Option<bool> {
        self.ballots.get(&reader.pairing())?.own(reader)
    }

    /// What the two of a pairing have decided, once both have answered.
    #[must_use]
    pub fn decision(&self, pairing: PairingId) -> Option<Decision> {
        self.ballots.get(&pairing)?.decision()
    }

    /// Keeps a concern for its contact.
    pub fn file(&mut self, concern: Concern) {
        self.concerns.push(concern);
    }

    /// The concerns told to a contact, in the order in which they were kept.
    pub fn concerns(&self, reader: &Contact) -> impl Iterator<Item = Report<'_>> {
        let reader = *reader;
        self.concerns
            .iter()
            .filter_map(move |concern| concern.read(&reader))
    }

    /// Strikes those of a contact's concerns that `which` chooses, because they are settled; how many they were.
    pub fn settle(&mut self, by: &Contact, mut which: impl FnMut(&Report<'_>) -> bool) -> usize {
        let before = self.concerns.len();
        self.concerns
            .retain(|concern| !concern.read(by).is_some_and(|report| which(&report)));
        before - self.concerns.len()
    }

    /// The sessions on which somebody of a pairing has given feedback; `None` is the pairing as a whole.
    pub(crate) fn feedback_on(&self, pairing: PairingId) -> Vec<Option<SessionId>> {
        let all = self.feedback.keys().filter(|(id, _)| *id == pairing);
        all.map(|(_, session)| *session).collect()
    }

    /// The concerns that somebody signed.
    pub(crate) fn signed(&self, by: ParticipantId) -> impl Iterator<Item = Report<'_>> {
        let all = self.concerns.iter().map(|concern| concern.stored().1);
        all.filter(move |report| report.reporter == Some(by))
    }

    /// The sensitive skills that somebody stated, by reference.
    pub(crate) fn stated(&self, by: ParticipantId) -> impl Iterator<Item = (&Skill, &Skill)> {
        let all = self.skills.0.iter();
        all.filter(move |(_, named)| named.stated_by.contains(&by))
            .map(|(reference, named)| (reference, &named.name))
    }

    /// Forgets what is about the two of a pairing of whom one is forgotten: every page that both could read and what the
    /// forgotten wrote for themselves, all feedback and the ballot. Only the partner's own insights stay.
    pub(crate) fn forget_in(&mut self, pairing: PairingId, forgotten: Role) {
        if let Some(pages) = self.pages.get_mut(&pairing) {
            pages.retain(|page| !page.kind.is_shared() && page.author != forgotten);
        }
        self.feedback.retain(|(id, _), _| *id != pairing);
        self.ballots.remove(&pairing);
    }

    /// Forgets what somebody stated and told by themselves.
    pub(crate) fn forget(&mut self, who: ParticipantId) {
        self.skills.forget(who);
        self.concerns
            .retain(|concern| concern.stored().1.reporter != Some(who));
    }

    /// How many concerns there are about a pairing.
    pub(crate) fn concerns_about(&self, pairing: PairingId) -> usize {
        let all = self.concerns.iter().map(|concern| concern.stored().1);
        all.filter(|report| report.pairing == pairing).count()
    }
}
