//! How people behave: what is asked of a behaviour, and the standard answers.

use std::fmt;

use chrono::NaiveDate;

use super::chance::Chance;
use super::parameter::{Model, Parameter};
use super::standard;
use crate::pair::Role;
use crate::policy::PluginId;
use crate::roster::Profile;
use crate::session::TaughtBy;

/// Somebody, as a behaviour sees them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Person<'a> {
    /// The day of the question.
    pub today: NaiveDate,
    /// What the roster says of them.
    pub profile: &'a Profile,
    /// By how many thousandths they keep appointments more, or less, than most: drawn once a replicate.
    pub steadiness: i32,
    /// In how many pairings they are.
    pub open: u32,
    /// How apprehensive of being taught they are, in thousandths: of mentees alone.
    pub apprehension: u32,
}

/// Two who have been proposed to each other, as a behaviour sees them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Two<'a> {
    /// The day of the question: what hangs on the season hangs on it.
    pub today: NaiveDate,
    /// Who teaches, the less experienced.
    pub mentor: Person<'a>,
    /// Who is taught, the more experienced.
    pub mentee: Person<'a>,
    /// How well they get on, in thousandths: asked [once](Behaviour::chemistry), 0 before.
    pub chemistry: u32,
    /// How much they trust each other, in thousandths.
    pub trust: u32,
    /// Sessions held so far.
    pub held: u32,
    /// Sessions held in a row by now.
    pub held_in_a_row: u32,
    /// Sessions in a row that were not.
    pub not_held_in_a_row: u32,
    /// Days since the last session held, or since the beginning.
    pub idle_days: u32,
    /// Whether the sponsor is a participant who has not left the company by today.
    pub sponsor: bool,
    /// Who taught in the last session held; `None` before the first.
    pub taught_last: Option<TaughtBy>,
    /// Sessions held in a row by now in which the mentor alone taught.
    pub mentor_in_a_row: u32,
}

impl<'a> Two<'a> {
    /// One of the two.
    #[must_use]
    pub const fn person(&self, role: Role) -> &Person<'a> {
        match role {
            Role::Mentor => &self.mentor,
            Role::Mentee => &self.mentee,
        }
    }
}

/// What somebody is about to be taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lesson {
    /// Who learns.
    pub learner: Role,
    /// Their level, 0 to 5.
    pub level: u8,
    /// That of the other, 0 to 5.
    pub teacher: u8,
}

impl Lesson {
    /// How much of what the teacher knows the learner knows already, in thousandths; a thousand where it is all of it.
    #[must_use]
    pub fn overlap(self) -> u32 {
        let share = (1000 * u32::from(self.level)).checked_div(u32::from(self.teacher));
        share.unwrap_or(1000).min(1000)
    }
}

/// How people behave. Each answer is a chance, or a number of thousandths or of days; the library draws.
///
/// Every method has the standard answer, which goes by a [`Model`], so that a vendor replaces what it has data on and leaves the rest. Pure: the same
/// two, the same answer, or two runs of one seed part.
///
/// ```
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::policy::PluginId;
/// use reverse_mentoring::simulation::{Behaviour, Chance, Model, Two};
///
/// /// Executives of ours keep four appointments of five, whoever asks.
/// #[derive(Debug)]
/// struct Ours;
///
/// impl Behaviour for Ours {
///     fn id(&self) -> PluginId {
///         PluginId::new("ours", 1)
///     }
///
///     fn keeps(&self, model: &Model, two: &Two<'_>, who: Role) -> Chance {
///         match who {
///             Role::Mentee => Chance::permille(800),
///             Role::Mentor => reverse_mentoring::simulation::standard::keeps(model, two, who),
///         }
///     }
/// }
/// ```
pub trait Behaviour: fmt::Debug + Send + Sync {
    /// Name, in snake_case, and version.
    fn id(&self) -> PluginId;

    /// How well two who are proposed to each other get on, in thousandths; a thousand at most counts. `luck` is what nobody knows of it, from −1000
    /// to 1000, the middle being likelier: drawn once for the two, and the same in every programme of a seed.
    fn chemistry(&self, model: &Model, two: &Two<'_>, luck: i32) -> u32 {
        standard::chemistry(model, two, luck)
    }

    /// That somebody accepts a proposal.
    fn accepts(&self, model: &Model, two: &Two<'_>, who: Role) -> Chance {
        standard::accepts(model, two, who)
    }

    /// That somebody who accepted gets trained and signs.
    fn prepares(&self, model: &Model, two: &Two<'_>, who: Role) -> Chance {
        let _ = (two, who);
        Chance::permille(1000u32.saturating_sub(model.value(Parameter::Unprepared)))
    }

    /// That somebody keeps an appointment. It is held where both do.
    fn keeps(&self, model: &Model, two: &Two<'_>, who: Role) -> Chance {
        standard::keeps(model, two, who)
    }

    /// Days after which they try again where a session was not held, or after which they meet once they are no longer suspended; one at least counts.
    fn retries_after(&self, model: &Model, two: &Two<'_>) -> u32 {
        let _ = two;
        model.value(Parameter::RetryDays)
    }

    /// That both teach in a session.
    fn both_teach(&self, model: &Model, two: &Two<'_>) -> Chance {
        let _ = two;
        Chance::permille(model.value(Parameter::Both))
    }

    /// That the mentee teaches alone where not both do; the mentor does otherwise.
    fn mentee_teaches(&self, model: &Model, two: &Two<'_>) -> Chance {
        standard::mentee_teaches(model, two)
    }

    /// That somebody who was taught rises a level.
    fn rises(&self, model: &Model, two: &Two<'_>, lesson: Lesson) -> Chance {
        standard::rises(model, two, lesson)
    }

    /// That somebody falls a level in a goal within the next 30 days.
    fn forgets(&self, model: &Model, two: &Two<'_>, learner: Role) -> Chance {
        let _ = learner;
        standard::forgets(model, two)
    }

    /// The trust of the two after a session that was held, or was not, in thousandths; a thousand at most counts.
    fn trust_after(&self, model: &Model, two: &Two<'_>, held: bool) -> u32 {
        standard::trust_after(model, two, held)
    }

    /// How apprehensive the mentee is after a session that was held, in thousandths; a thousand at most counts.
    fn apprehension_after(&self, model: &Model, two: &Two<'_>) -> u32 {
        standard::apprehension_after(model, two)
    }

    /// That the two take the no-fault exit when the chemistry period has run.
    fn parts(&self, model: &Model, two: &Two<'_>) -> Chance {
        standard::parts(model, two)
    }

    /// That the two give up within the next 30 days.
    fn gives_up(&self, model: &Model, two: &Two<'_>) -> Chance {
        standard::gives_up(model, two)
    }

    /// That somebody who has completed the pairing recommends the programme.
    fn recommends(&self, model: &Model, two: &Two<'_>, who: Role) -> Chance {
        let _ = who;
        standard::recommends(model, two)
    }

    /// That somebody leaves the company within the next 30 days.
    fn quits(&self, model: &Model, person: &Person<'_>, role: Role) -> Chance {
        standard::quits(model, person, role)
    }
}

/// The standard model and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standard;

impl Behaviour for Standard {
    fn id(&self) -> PluginId {
        PluginId::new("standard", 3)
    }
}
