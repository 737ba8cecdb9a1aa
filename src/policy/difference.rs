//! A rule against pairs of two of the same kind.

use super::{Attribute, Context, PairView, PluginId, RowView, Rule, Violation};
use crate::roster::Profile;
use crate::summary::count;

/// `different-profile`: the two differ in at least so many of three respects: the unit, the site, and what they teach.
///
/// | respect | the two differ where |
/// |---|---|
/// | `unit` | both units are known, and not the same |
/// | `site` | both sites are known, and not the same |
/// | `offers` | both stated what they offer, and no skill is among the offers of both |
///
/// What is not known of one of the two is no difference. A default exchange says nothing of a person and is left aside.
/// How far apart the two are in experience is asked by [`MinimumGap`](super::MinimumGap). Background, values and
/// interests are not among the respects, since the plain yes or no of a rule would give them away:
/// [`DifferentBackground`](crate::matching::DifferentBackground) scores the first.
///
/// ```
/// use reverse_mentoring::policy::{DifferentProfile, Policy};
///
/// let policy = Policy::standard().with(DifferentProfile::IN_TWO_RESPECTS);
/// assert_eq!(policy.rules().count(), 4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DifferentProfile {
    least: u8,
}

impl DifferentProfile {
    /// They differ in one respect at least.
    pub const IN_ONE_RESPECT: Self = Self { least: 1 };
    /// They differ in two respects at least.
    pub const IN_TWO_RESPECTS: Self = Self { least: 2 };
    /// They differ in every respect.
    pub const IN_EVERY_RESPECT: Self = Self { least: 3 };
}

impl Rule for DifferentProfile {
    fn id(&self) -> PluginId {
        PluginId::new("different-profile", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let (a, b) = (pair.mentor(), pair.mentee());
        let respects = [
            ("unit", differ(a.unit(), b.unit())),
            ("site", differ(a.site(), b.site())),
            ("offers", teach_different(a, b)),
        ];
        let different = respects.iter().filter(|(_, differ)| *differ);
        let different: Vec<String> = different.map(|(name, _)| (*name).to_owned()).collect();
        let found = different.len() as u8;
        if found >= self.least {
            return Ok(());
        }
        let (found, needed) = (count(found, "respect"), self.least);
        let verb = if needed == 1 { "is" } else { "are" };
        let message =
            format!("the two are known to differ in {found} of 3, {needed} {verb} needed");
        Err(Violation::new("different-profile", message)
            .parameter("different", super::Parameter::List(different))
            .number("needed", needed)
            .advise(
                "look in another unit, at another site, or among those who teach something else",
            ))
    }
    fn check_row(&self, row: &RowView<'_>, _: &Context, consents: &mut [bool]) {
        let [(unit, units), (site, sites)] =
            [Attribute::Unit, Attribute::Site].map(|attribute| row.attribute(attribute));
        let differ = |ours: u32, theirs: u32| (ours != 0) & (theirs != 0) & (ours != theirs);
        let each = consents.iter_mut().zip(units.iter().zip(sites));
        for (at, (consents, (&theirs, &there))) in each.enumerate() {
            let found = u8::from(differ(unit, theirs)) + u8::from(differ(site, there));
            // What they teach is compared only where it decides.
            *consents = found >= self.least
                || found + 1 == self.least
                    && row.asked().get(at) == Some(&true)
                    && row
                        .mentee(at)
                        .is_some_and(|b| teach_different(row.mentor(), b));
        }
    }
}

fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

fn teach_different(a: &Profile, b: &Profile) -> bool {
    let (ours, theirs) = (a.offers(), b.offers());
    let also_theirs = |skill| theirs.binary_search_by(|o| o.skill().cmp(skill)).is_ok();
    let both_stated = !ours.is_empty() && !theirs.is_empty();
    both_stated && !ours.iter().any(|offer| also_theirs(offer.skill()))
}
