//! What they give each other for a session: feedback and recognition. On record is that they did, never in which words.
//! No target: nobody has named one.

use super::started;
use crate::health::metric::{Contribution, Metric, UnitKind, UnitView};
use crate::pair::Role;
use crate::policy::PluginId;
use crate::session::Response;

/// `mentor_feedback`, `mentee_feedback`, `mentor_recognition` or `mentee_recognition`: for how many of the sessions held one
/// side gave the other feedback, or recognised what the other can do.
///
/// With the record of the session or later, by the day. Sessions that another system has recorded say nothing of it and are
/// left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseRate {
    response: Response,
    from: Role,
}

impl ResponseRate {
    /// What a side gave.
    #[must_use]
    pub const fn of(response: Response, from: Role) -> Self {
        Self { response, from }
    }
}

impl Metric for ResponseRate {
    fn id(&self) -> PluginId {
        let name = match (self.response, self.from) {
            (Response::Feedback, Role::Mentor) => "mentor_feedback",
            (Response::Feedback, Role::Mentee) => "mentee_feedback",
            (Response::Recognition, Role::Mentor) => "mentor_recognition",
            (Response::Recognition, Role::Mentee) => "mentee_recognition",
        };
        PluginId::new(name, 1)
    }

    fn definition(&self) -> &str {
        match (self.response, self.from) {
            (Response::Feedback, Role::Mentor) => {
                "sessions for which the mentor gave the mentee feedback / sessions held"
            }
            (Response::Feedback, Role::Mentee) => {
                "sessions for which the mentee gave the mentor feedback / sessions held"
            }
            (Response::Recognition, Role::Mentor) => {
                "sessions for which the mentor recognised the mentee / sessions held"
            }
            (Response::Recognition, Role::Mentee) => {
                "sessions for which the mentee recognised the mentor / sessions held"
            }
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn tells(&self) -> &[&str] {
        &[super::COMPLETION]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let tally = started(unit)?.tally();
        let given = match self.response {
            Response::Feedback => &tally.feedback,
            Response::Recognition => &tally.recognition,
        };
        Some(Contribution::new(given.of(self.from), tally.held_here))
    }
}

/// `no_recognition`: in how many of the pairings nobody has recognised the other for any session. The lower the better.
///
/// Of those [past their chemistry period](crate::history::PairingFacts::is_past_chemistry), open or not, with a session held
/// that this programme has recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoRecognition;

impl Metric for NoRecognition {
    fn id(&self) -> PluginId {
        PluginId::new("no_recognition", 1)
    }

    fn definition(&self) -> &str {
        "pairings in which neither recognised the other for any session / pairings with a session held"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    // Where it is all, neither has recognised anybody.
    fn tells(&self) -> &[&str] {
        &["mentor_recognition", "mentee_recognition"]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = started(unit)?;
        let tally = pairing.tally();
        let judged = tally.held_here > 0 && pairing.facts().is_past_chemistry(pairing.as_of());
        judged.then(|| Contribution::whether(tally.recognised == 0))
    }
}
