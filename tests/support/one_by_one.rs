//! A criterion or a rule without its row forms.

use std::ops::RangeInclusive;

use reverse_mentoring::matching::{Assessment, Criterion};
use reverse_mentoring::policy::{Context, PairView, PluginId, Rule, Violation};

/// Looks at one pair at a time, whatever is inside knows to do.
#[derive(Debug)]
pub(crate) struct OneByOne<T>(pub(crate) T);

impl<C: Criterion> Criterion for OneByOne<C> {
    fn id(&self) -> PluginId {
        self.0.id()
    }

    fn range(&self) -> RangeInclusive<u32> {
        self.0.range()
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        self.0.assess(pair)
    }
}

impl<R: Rule> Rule for OneByOne<R> {
    fn id(&self) -> PluginId {
        self.0.id()
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        self.0.check(pair, context)
    }
}
