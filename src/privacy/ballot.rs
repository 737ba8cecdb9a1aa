//! The private "continue?" at the end of the chemistry period.

use std::fmt;

use super::Member;
use super::exchange::{AnswerError, Exchange};
use crate::ids::PairingId;
use crate::pair::Role;

/// Whether the two want to go on, asked of each in private.
///
/// All that comes out is a [`Decision`]: the two go on if both want to, else they part. Nobody reads who said no, the
/// partner no more than a coordinator. Whoever said yes and sees them part knows it of course, and no ballot of two can
/// help that; whoever said no learns nothing about the other.
///
/// Nothing comes out before both have answered, though one "no" would settle it, because whose answer it was would then
/// be plain from the moment. A vote can be changed until then and stands afterwards. Somebody who does not
/// answer has not said no: the no-fault exit of a stage is open all the while.
///
/// ```
/// use reverse_mentoring::pairing::Pairing;
/// use reverse_mentoring::privacy::{AnswerError, Ballot};
///
/// fn at_the_end_of_the_chemistry_period(pairing: &Pairing) -> Result<(), AnswerError> {
///     let [mentor, mentee] = [pairing.pair().mentor, pairing.pair().mentee].map(|person| pairing.member(person).unwrap());
///     let mut ballot = Ballot::of(pairing.id());
///     ballot.vote(&mentee, false)?;
///     assert_eq!(ballot.decision(), None);
///     ballot.vote(&mentor, true)?;
///     let decision = ballot.decision().unwrap();
///     assert_eq!((decision.pairing(), decision.goes_on()), (pairing.id(), false));
///     Ok(())
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::{CoordinatorId, PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Ballot;
/// # let mut ids = SequentialIds::new(1);
/// # let (pairing, coordinator) = (PairingId::from_source(&mut ids), CoordinatorId::from_source(&mut ids));
/// let ballot = Ballot::of(pairing);
/// ballot.own(&coordinator);
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Ballot;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let ballot = Ballot::of(pairing);
/// serde_json::to_string(&ballot);
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Ballot;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let ballot = Ballot::of(pairing);
/// println!("{ballot}");
/// ```
///
/// ```compile_fail,E0599
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Ballot;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let ballot = Ballot::of(pairing);
/// let to_try_it_out = ballot.clone();
/// ```
pub struct Ballot(Exchange<bool>);

/// What a [`Ballot`] came to: the two go on, or they part, and not who wanted what. Only a ballot gives it.
///
/// ```
/// use reverse_mentoring::privacy::{Ballot, Decision};
///
/// fn of_a_ballot(ballot: &Ballot) -> Option<Decision> {
///     ballot.decision()
/// }
/// ```
///
/// ```compile_fail,E0451
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Decision;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let forged = Decision { pairing, goes_on: true };
/// ```
///
/// ```compile_fail,E0277
/// let forged: reverse_mentoring::privacy::Decision = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pairing: PairingId,
    goes_on: bool,
}

impl Decision {
    /// Of which pairing.
    #[must_use]
    pub const fn pairing(&self) -> PairingId {
        self.pairing
    }

    /// Whether both want to go on; else the two part, by nobody's fault.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        self.goes_on
    }
}

impl Ballot {
    /// The question to the two of a pairing.
    #[must_use]
    pub const fn of(pairing: PairingId) -> Self {
        Self(Exchange::of(pairing))
    }

    pub(crate) const fn stored(votes: Exchange<bool>) -> Self {
        Self(votes)
    }

    pub(crate) const fn votes(&self) -> &Exchange<bool> {
        &self.0
    }

    /// Says whether one wants to go on, or says otherwise as long as the other has not answered.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] for a member of another pairing, and once both have answered.
    pub fn vote(&mut self, by: &Member, go_on: bool) -> Result<(), AnswerError> {
        self.0.answer(by, go_on)
    }

    /// One's own vote. There is no way to the partner's.
    #[must_use]
    pub fn own(&self, reader: &Member) -> Option<bool> {
        self.0.own(reader).copied()
    }

    /// What came out, once both have answered.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let votes = (self.0.by(Role::Mentor)?, self.0.by(Role::Mentee)?);
        Some(Decision {
            pairing: self.0.pairing(),
            goes_on: votes == (&true, &true),
        })
    }
}

/// Nothing, not even who has answered.
impl fmt::Debug for Ballot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ballot(..)")
    }
}
