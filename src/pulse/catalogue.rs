//! The items that ship.

use super::item::{Better, Item};
use crate::pair::{Role, Roles};
use crate::text::Label;

/// One item that ships.
pub(super) struct Row {
    code: &'static str,
    wording: &'static str,
    better: Better,
    asked: Roles,
}

impl Row {
    /// The item. Always there: a test reads the whole catalogue.
    pub(super) fn item(&self) -> Option<Item> {
        let code = Label::new(self.code).ok()?;
        let wording = Label::new(self.wording).ok()?;
        Item::new(code, wording, self.better, self.asked).ok()
    }
}

const fn high(code: &'static str, asked: Roles, wording: &'static str) -> Row {
    Row {
        code,
        wording,
        better: Better::High,
        asked,
    }
}

const fn low(code: &'static str, asked: Roles, wording: &'static str) -> Row {
    Row {
        code,
        wording,
        better: Better::Low,
        asked,
    }
}

const BOTH: Roles = Roles::BOTH;
const MENTOR: Roles = Roles::NONE.with(Role::Mentor);
const MENTEE: Roles = Roles::NONE.with(Role::Mentee);

/// The standard six first, then what else the articles name, then the benefits of article B that are asked about.
#[rustfmt::skip]
pub(super) const CATALOGUE: [Row; 22] = [
    high("trust", BOTH, "I can say openly to the other what I think"),
    high("belonging", MENTOR, "I feel valued and included here"),
    high("comfort", MENTEE, "I am comfortable with learning from somebody less experienced"),
    low("apprehension", BOTH, "The thought of our next session makes me uneasy"),
    high("energy", BOTH, "Our sessions give me energy"),
    high("recognition", BOTH, "The other recognises what I know and can do"),
    high("stretch", BOTH, "I try things that I would not have tried before"),
    high("collaboration", BOTH, "We work with each other and not beside each other"),
    high("joy", BOTH, "I look forward to our sessions"),
    high("confidence", MENTOR, "I am confident when I speak to senior people"),
    high("security", MENTEE, "Learning from somebody junior does not put my position in question"),
    high("patience", BOTH, "The other is patient with me and listens"),
    high("respect", BOTH, "The other values what is different about me"),
    low("stereotypes", BOTH, "People of the other's generation are much alike"),
    low("conflict", BOTH, "There is a struggle between us over who is right"),
    high("perspective", BOTH, "I see things in ways in which I did not see them before"),
    high("staying", MENTOR, "I expect to be working here in two years"),
    high("culture", BOTH, "The way we work here is open to what is new"),
    high("ties", BOTH, "I can turn to people here whom I would not have met otherwise"),
    high("diversity", BOTH, "People who differ from each other get on well here"),
    high("voice", MENTOR, "My opinion counts here"),
    high("engagement", BOTH, "I am glad to put effort into my work here"),
];
