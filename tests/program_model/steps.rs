//! Commands that take steps.

use super::*;

impl Run {
    /// Often the step that comes next, else any.
    pub(crate) fn step(&self, which: usize, b: u8, c: u8) -> Step {
        use Then::{Accepted, Active, Chemistry, Preparing, Proposed};
        let by = if c % 2 == 0 {
            Role::Mentor
        } else {
            Role::Mentee
        };
        let reason = [EndReason::Exit, EndReason::Link, EndReason::Left][usize::from(c % 3)];
        let next = self.model.paired.get(which).map(|p| p.now);
        match next {
            Some(Now::Open(then)) if b < 220 => match then {
                Proposed(mentor, _) => {
                    let by = if mentor { Role::Mentee } else { by };
                    Step::Accept { by }
                }
                Accepted => Step::Prepare,
                Preparing(true, true) => Step::Begin,
                Preparing(mentor, _) => {
                    let by = if mentor { Role::Mentee } else { by };
                    Step::Sign { by }
                }
                Chemistry if b < 150 => Step::Settle,
                Active if b < 20 => Step::Complete,
                _ if b < 100 => Step::Settle,
                _ => Step::Pause,
            },
            Some(Now::Paused(_)) if b < 150 => Step::Resume,
            Some(Now::Suspended(_, mentor, mentee)) if b < 200 => {
                let by = if mentor {
                    Role::Mentee
                } else if mentee {
                    Role::Mentor
                } else {
                    by
                };
                Step::Reinstate { by }
            }
            _ => match b % 13 {
                0 => Step::Accept { by },
                1 => Step::Decline { by },
                2 => Step::Prepare,
                3 => Step::Sign { by },
                4 => Step::Begin,
                5 => Step::Settle,
                6 => Step::Pause,
                7 => Step::Resume,
                8 => Step::Suspend,
                9 => Step::Reinstate { by },
                10 => Step::Complete,
                11 => Step::Introduce,
                _ => Step::End { reason },
            },
        }
    }
}
