//! Many pairs at once, as rules and criteria see them: one mentor and a run of mentees.

use super::{Filled, PairView};
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::roster::{PersonRef, Profile, ReportingLines, Roster};

/// A person, their place in the lines, and what a default exchange fills in of them in their role.
pub(crate) type Person<'a> = (&'a Profile, PersonRef, Option<&'a Filled>);

/// A property of a person that is compared as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Attribute {
    /// The organisational unit.
    Unit,
    /// The place of work.
    Site,
    /// The time zone's name.
    TimeZone,
}

impl Attribute {
    pub(crate) const ALL: [Self; 3] = [Self::Unit, Self::Site, Self::TimeZone];
}

/// One mentor and a run of mentees: the pairs that a rule or criterion looks at in one go.
///
/// Looking at one pair after another costs a call for each. What is known of a whole run lies here in slices with an
/// entry for every mentee, so that a plug-in can be one plain loop, which compilers turn into code that works on eight
/// pairs at a time. Only the pairs that are [asked](Self::asked) about count; whatever a plug-in says of the others is
/// ignored, and it may as well work them out.
///
/// ```
/// use std::ops::RangeInclusive;
/// use reverse_mentoring::matching::{Assessment, Bound, Criterion};
/// use reverse_mentoring::policy::{Attribute, PairView, PluginId, RowView};
///
/// /// Ten points for working at one site.
/// #[derive(Debug)]
/// struct SameSite;
///
/// impl Criterion for SameSite {
///     fn id(&self) -> PluginId {
///         PluginId::new("same-site", 1)
///     }
///
///     fn range(&self) -> RangeInclusive<u32> {
///         0..=10
///     }
///
///     fn assess(&self, pair: &PairView<'_>) -> Assessment {
///         let same = pair.mentor().site().is_some() && pair.mentor().site() == pair.mentee().site();
///         Assessment::new(if same { 10 } else { 0 })
///     }
///
///     // The same, a whole row at a time.
///     fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
///         let (ours, theirs) = row.attribute(Attribute::Site);
///         for (points, &site) in points.iter_mut().zip(theirs) {
///             *points = if site == ours && site != 0 { 10 } else { 0 };
///         }
///     }
///
///     fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
///         self.assess_row(row, points);
///         Bound::Exact
///     }
/// }
///
/// # let company = reverse_mentoring::testing::Company::sample()?;
/// # reverse_mentoring::testing::check_criterion(&SameSite, &company)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    pub(crate) mentor: Person<'a>,
    pub(crate) mentees: &'a [Person<'a>],
    pub(crate) asked: &'a [bool],
    /// What the mentor, the mentee learns.
    pub(crate) learned: [&'a [u16]; 2],
    pub(crate) attributes: [(u32, &'a [u32]); 3],
    pub(crate) lines: &'a ReportingLines,
    /// What the plug-in that is asked has noted of each mentee; empty where nobody has asked it to.
    pub(crate) noted: &'a [u32],
    pub(crate) whereabouts: Whereabouts<'a>,
}

/// Which mentee stands where in a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whereabouts<'a> {
    pub(crate) roster: &'a Roster,
    /// By place in the roster: the column, or `u32::MAX`.
    pub(crate) columns: &'a [u32],
    /// The first column of the run.
    pub(crate) first: u32,
}

impl<'a> RowView<'a> {
    /// How many mentees the run has; every slice is that long.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.mentees.len()
    }

    /// Whether the run is empty, which the library never asks about.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.mentees.is_empty()
    }

    /// The junior, who would teach.
    #[must_use]
    pub const fn mentor(&self) -> &'a Profile {
        self.mentor.0
    }

    /// The mentee at a place in the run.
    #[must_use]
    pub fn mentee(&self, at: usize) -> Option<&'a Profile> {
        self.mentees.get(at).map(|(profile, ..)| *profile)
    }

    /// Which of the pairs are asked about.
    #[must_use]
    pub const fn asked(&self) -> &'a [bool] {
        self.asked
    }

    /// The pairs asked about, with their places in the run.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, PairView<'a>)> + '_ {
        let run = self.asked.iter().zip(self.mentees).enumerate();
        run.filter(|(_, (asked, _))| **asked)
            .map(|(at, (_, mentee))| (at, self.with(mentee)))
    }

    /// The pair at a place in the run, whether it is asked about or not.
    #[must_use]
    pub fn pair(&self, at: usize) -> Option<PairView<'a>> {
        self.mentees.get(at).map(|mentee| self.with(mentee))
    }

    const fn with(&self, &(mentee, mentee_at, filled): &Person<'a>) -> PairView<'a> {
        PairView {
            mentor: self.mentor.0,
            mentee,
            mentor_at: self.mentor.1,
            mentee_at,
            lines: self.lines,
            filled: [self.mentor.2, filled],
        }
    }

    /// Where in the run a mentee stands; `None` where they are not in it.
    ///
    /// For what is known of a few pairs only: it costs a look-up for each of those, and nothing for the others.
    ///
    /// ```
    /// use reverse_mentoring::pair::Pair;
    /// use reverse_mentoring::policy::{Context, PairView, PluginId, RowView, Rule, Violation};
    ///
    /// /// Two who have asked not to be paired.
    /// #[derive(Debug)]
    /// struct RatherNot(Pair);
    ///
    /// impl Rule for RatherNot {
    ///     fn id(&self) -> PluginId {
    ///         PluginId::new("rather-not", 1)
    ///     }
    ///
    ///     fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
    ///         if pair.pair() == self.0 {
    ///             return Err(Violation::new("rather-not", "one of the two has asked not to be paired"));
    ///         }
    ///         Ok(())
    ///     }
    ///
    ///     fn check_row(&self, row: &RowView<'_>, _: &Context, consents: &mut [bool]) {
    ///         consents.fill(true);
    ///         if row.mentor().id() == self.0.mentor {
    ///             if let Some(at) = row.place_of(self.0.mentee) {
    ///                 consents[at] = false;
    ///             }
    ///         }
    ///     }
    /// }
    ///
    /// # let company = reverse_mentoring::testing::Company::sample()?;
    /// let find = |key| company.roster().by_key(key).map(|p| p.id()).ok_or("nobody");
    /// let rule = RatherNot(Pair { mentor: find("ada")?, mentee: find("gus")? });
    /// reverse_mentoring::testing::check_rule(&rule, &company)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn place_of(&self, mentee: ParticipantId) -> Option<usize> {
        let Whereabouts {
            roster,
            columns,
            first,
        } = self.whereabouts;
        let column = *columns.get(roster.place(mentee)?)?;
        let at = column.checked_sub(first)? as usize;
        (at < self.len()).then_some(at)
    }

    /// What the plug-in that is asked has noted of each mentee, by [`Criterion::note`](crate::matching::Criterion::note)
    /// or [`Rule::note`](super::Rule::note).
    #[must_use]
    pub const fn noted(&self) -> &'a [u32] {
        self.noted
    }

    /// The same row for a plug-in that has noted this.
    pub(crate) const fn with_noted<'b>(&self, noted: &'b [u32]) -> RowView<'b>
    where
        'a: 'b,
    {
        RowView { noted, ..*self }
    }

    /// What somebody notes of each mentee.
    pub(crate) fn notes(&self, note: impl Fn(&Profile) -> u32) -> impl Iterator<Item = u32> {
        self.mentees.iter().map(move |(mentee, ..)| note(mentee))
    }

    /// How far the other side takes the wishes of the learner in a role, pair by pair, in thousandths: 0 to 1000.
    ///
    /// Each wish counts for the share of its way that the teacher's level covers: a wish from 1 to 5 served by a
    /// teacher of level 3 counts ½. The mean over all wishes of the learner; each share, and the mean, rounded down.
    #[must_use]
    pub const fn learned(&self, learner: Role) -> &'a [u16] {
        let [mentor, mentee] = self.learned;
        match learner {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// A property of the mentor, and of each mentee, as numbers: 0 where it is not known; equal numbers are equal texts.
    #[must_use]
    pub const fn attribute(&self, attribute: Attribute) -> (u32, &'a [u32]) {
        let [unit, site, zone] = self.attributes;
        match attribute {
            Attribute::Unit => unit,
            Attribute::Site => site,
            Attribute::TimeZone => zone,
        }
    }

    /// The reporting lines of the whole company.
    #[must_use]
    pub const fn lines(&self) -> &'a ReportingLines {
        self.lines
    }
}
