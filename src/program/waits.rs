//! Who waits for a pairing, and since when.

use chrono::NaiveDate;

use super::Program;
use crate::matching::Wait;

impl Program {
    /// Everybody who waits for a pairing on a day, by id, then role, for [`Waiting`](crate::matching::Waiting).
    ///
    /// Somebody waits in a role who is enrolled, has a place in it and no open pairing: since they began to, or since
    /// their last pairing in the role ended, if that is later. A proposal that came to nothing does not set the clock
    /// back, and neither does a chemistry period after which one of the two did not go on: the partner keeps the time
    /// that they have waited. One that was adopted and ended without being regularised was no trial: it counts. Reads the history alone, so that what is dated after the day has not happened.
    ///
    /// ```
    /// use reverse_mentoring::matching::{Criteria, Waiting};
    /// use reverse_mentoring::prelude::*;
    /// # use chrono::NaiveDate;
    /// # use reverse_mentoring::testing::Company;
    /// # let company = Company::sample()?;
    /// # let mut ids = SequentialIds::new(9);
    /// # let start = Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    /// # let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), company.roster(), Load::default(), start)?;
    /// # reverse_mentoring::testing::launch(&mut program, company.roster(), start, &mut ids)?;
    /// # let today = NaiveDate::from_ymd_opt(2026, 4, 15).unwrap();
    ///
    /// // A hundred days after everybody enrolled: three points for each day that one of the two has waited.
    /// let waits = program.waits(today);
    /// let criteria = Criteria::standard().with(Waiting::on(today, waits), 3)?;
    /// # assert!(program.waits(today).iter().all(|wait| wait.since == start.on));
    /// # Ok::<(), reverse_mentoring::error::Error>(())
    /// ```
    #[must_use]
    pub fn waits(&self, today: NaiveDate) -> Vec<Wait> {
        self.view.waits(today)
    }
}
