//! Commands about what two people agree on.

use super::*;

/// An agreement, as far as the model tells one from another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Agreed {
    pub(crate) weekly: bool,
    pub(crate) until: Option<i64>,
    /// Of mentor and mentee: whether they have said what they bring in.
    pub(crate) terms: [bool; 2],
}

impl Agreed {
    pub(crate) fn cadence(&self) -> Cadence {
        if self.weekly {
            Cadence::WEEKLY
        } else {
            Cadence::MONTHLY
        }
    }

    pub(crate) fn agreement(&self) -> Agreement {
        let mut agreement = Agreement::standard(self.cadence());
        if let Some(until) = self.until {
            agreement = agreement.until(day(until));
        }
        for (by, said) in [Role::Mentor, Role::Mentee].into_iter().zip(self.terms) {
            if said {
                agreement = agreement.with_terms(by, terms());
            }
        }
        agreement
    }

    /// Whether its end is to come, and within the charter.
    fn ends_well(&self, on: i64) -> bool {
        self.until.is_none_or(|until| on < until && until <= 3653)
    }
}

impl Paired {
    pub(crate) fn agreed(&self) -> &Agreed {
        &self.versions.last().unwrap().1
    }

    fn prepares(&self) -> bool {
        matches!(self.now, Now::Open(Then::Accepted | Then::Preparing(..)))
    }

    fn may_agree(&self) -> bool {
        match self.now {
            Now::Open(then) => !matches!(then, Then::Proposed(..)),
            Now::Paused(_) => true,
            _ => false,
        }
    }

    /// Who has signed another text signs again.
    fn sign_anew(&mut self) {
        if let Now::Open(Then::Preparing(..)) = self.now {
            self.now = Now::Open(Then::Preparing(false, false));
        }
    }
}

impl Run {
    /// Whether it is time for the two to say what they bring in.
    pub(crate) fn speaks(&self, which: usize) -> bool {
        let paired = self.model.paired.get(which);
        paired.is_some_and(|p| {
            matches!(p.now, Now::Open(Then::Preparing(..)))
                && p.offer.is_none()
                && p.agreed().terms != [true; 2]
        })
    }

    pub(crate) fn state(&mut self, which: usize, id: PairingId, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let paired = self.model.paired.get(which);
        let said = paired.is_some_and(|p| p.agreed().terms[0]);
        let by = if c % 8 == 7 || !said {
            Role::Mentor
        } else {
            Role::Mentee
        };
        let passes = paired.is_some_and(|p| p.prepares() && p.offer.is_none() && on >= p.changed);
        if self.verb(passes, stamp, |p, s, _| p.state(id, by, terms(), s)) {
            let paired = &mut self.model.paired[which];
            paired.versions.last_mut().unwrap().1.terms[usize::from(by == Role::Mentee)] = true;
            paired.sign_anew();
            paired.changed = paired.changed.max(on);
        }
    }

    pub(crate) fn agree(&mut self, which: usize, id: PairingId, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let by = if c % 2 == 0 {
            Role::Mentor
        } else {
            Role::Mentee
        };
        let paired = self.model.paired.get(which).cloned();
        let open = paired.as_ref().filter(|p| p.may_agree() && on >= p.changed);
        match b % 4 {
            0 => return self.state(which, id, c, stamp),
            1 | 2 => {
                let now = paired.as_ref().map(|p| *p.agreed());
                let until = [None, Some(on + 30), Some(on + 400), Some(on), Some(3654)];
                let offered = Agreed {
                    weekly: c / 2 % 2 == 0,
                    until: match c / 8 {
                        n @ 0..5 => until[usize::from(n)],
                        _ => now.and_then(|a| a.until),
                    },
                    terms: if c / 4 % 8 == 7 {
                        [false, true]
                    } else {
                        now.map_or([true; 2], |a| a.terms)
                    },
                };
                let passes = offered.ends_well(on)
                    && open.is_some_and(|p| {
                        p.offer.is_none()
                            && offered != *p.agreed()
                            && (p.prepares() || offered.terms == [true; 2])
                    });
                let agreement = offered.agreement();
                if self.verb(passes, stamp, |p, s, _| p.offer(id, by, agreement, s)) {
                    let paired = &mut self.model.paired[which];
                    paired.offer = Some((by, offered));
                    paired.changed = paired.changed.max(on);
                }
            }
            _ => {
                let accepted = c % 16 < 12;
                let offer = open.and_then(|p| p.offer);
                let passes = offer.is_some_and(|(from, offered)| {
                    !accepted || (from != by && offered.ends_well(on))
                });
                if self.verb(passes, stamp, |p, s, _| p.answer(id, by, accepted, s)) {
                    let paired = &mut self.model.paired[which];
                    let (_, offered) = paired.offer.take().unwrap();
                    paired.changed = paired.changed.max(on);
                    if accepted {
                        paired.versions.push((on, offered));
                        paired.sign_anew();
                    }
                }
            }
        }
    }
}
