//! "May they be paired?", asked of whole rows: one mentor with a run of mentees at a time.
//!
//! The same answers as [`Eligibility::first_objection`], which stays the judge; the counts of first objections too.
//! What decides a pair lies in lanes, one for each mentee of a run, and every invariant is a loop over them.

mod lanes;
mod linked;
mod pass;
mod run;
mod shares;

pub(crate) use lanes::Lanes;
pub(crate) use linked::Linked;

use super::{CORE, EXPERIENCE_ORDER, Eligibility, NO_LINK, NOT_ONESELF, PLACES, SIDES, TWO_WAY};
use crate::pair::Role;
use crate::policy::{Person, RowView, Whereabouts};
use crate::roster::Links;
use linked::lanes_of;
use run::{Divisor, Run};
pub(super) use shares::{offer, share, wish};

/// Mentees in a run, at most: few enough that the tables of a run stay in the fast part of a processor's memory.
pub(crate) const RUN: usize = 256;

/// Wishes of one person up to which their shares add up within 16 bits. Whoever has more is looked at one by one.
const WIDE: usize = 65;

/// The people of both sides, compiled for being asked row by row.
#[derive(Debug)]
pub(crate) struct Rows<'e> {
    eligibility: &'e Eligibility<'e>,
    /// Place in the roster of each row and column.
    mentors: Vec<usize>,
    mentees: Vec<usize>,
    profiles: Vec<Person<'e>>,
    runs: Vec<Run>,
    links: Links<'e>,
    /// The columns of mentees who are exempted from far links, sorted.
    exempt: Vec<u32>,
    /// (row, column) of pairings that are open, sorted.
    open: Vec<(u32, u32)>,
    /// By place in the roster: the column, or `u32::MAX`.
    columns: Vec<u32>,
    /// By rule: what it has noted of each mentee.
    noted: Vec<Vec<u32>>,
}

/// How many pairs each rule is the first to object to.
#[derive(Debug, Clone)]
pub(crate) struct Losses(Vec<u64>);

impl Losses {
    fn add(&mut self, rule: usize, pairs: u32) {
        if let Some(lost) = self.0.get_mut(rule) {
            *lost += u64::from(pairs);
        }
    }
}

impl<'e> Rows<'e> {
    /// Compiles the people at these places of the roster, rows and columns in this order.
    pub(crate) fn new(
        eligibility: &'e Eligibility<'_>,
        mentors: Vec<usize>,
        mentees: Vec<usize>,
    ) -> Self {
        let seats = &eligibility.seats;
        let mut used = [(); 2].map(|()| vec![0u64; eligibility.skills]);
        let [wished, offered] = &mut used;
        for seat in mentors.iter().filter_map(|&at| seats.get(at)) {
            let mark = |all: &mut Vec<u64>, skill: u32, code: u8| {
                if let Some(codes) = all.get_mut(skill as usize) {
                    *codes |= 1 << code;
                }
            };
            let skills = seat.skills(Role::Mentor);
            for &(skill, from, to) in &skills.wishes {
                mark(wished, skill, wish(from, to));
            }
            for &(skill, level) in &skills.offers {
                mark(offered, skill, offer(level));
            }
        }
        let runs = mentees.chunks(RUN).map(|run| {
            let people = run.iter().filter_map(|&at| seats.get(at));
            Run::new(people, &used)
        });
        let runs = runs.collect();
        let people = mentees.iter().filter_map(|&at| seats.get(at));
        let profiles: Vec<_> = people
            .map(|seat| (seat.profile, seat.at, seat.filled(Role::Mentee)))
            .collect();
        let people = profiles.iter().map(|&(_, at, _)| at).collect();
        let number = |list: &[usize]| -> Vec<Option<u32>> {
            let mut number = vec![None; seats.len()];
            for (n, &at) in (0u32..).zip(list) {
                if let Some(slot) = number.get_mut(at) {
                    *slot = Some(n);
                }
            }
            number
        };
        let (row, column) = (number(&mentors), number(&mentees));
        let find = |numbers: &[Option<u32>], id| {
            let at = eligibility.roster.place(id)?;
            numbers.get(at).copied().flatten()
        };
        let open = eligibility.context.open_pairs();
        let open = open.filter_map(|p| Some((find(&row, p.mentor)?, find(&column, p.mentee)?)));
        let mut open: Vec<_> = open.collect();
        open.sort_unstable();
        let exempt = eligibility.context.exempt();
        let mut exempt: Vec<_> = exempt.filter_map(|id| find(&column, id)).collect();
        exempt.sort_unstable();
        let noted = eligibility.policy.rules().map(|rule| {
            let each = profiles.iter();
            each.map(|(mentee, ..)| rule.note(mentee, eligibility.context))
                .collect()
        });
        Self {
            noted: noted.collect(),
            columns: column.iter().map(|n| n.unwrap_or(u32::MAX)).collect(),
            eligibility,
            links: eligibility.roster.lines().links_among(people),
            exempt,
            mentors,
            mentees,
            profiles,
            runs,
            open,
        }
    }

    /// The question that was compiled.
    pub(crate) const fn eligibility(&self) -> &'e Eligibility<'e> {
        self.eligibility
    }

    /// Place in the roster of each row.
    pub(crate) fn mentors(&self) -> &[usize] {
        &self.mentors
    }

    /// Place in the roster of each column.
    pub(crate) fn mentees(&self) -> &[usize] {
        &self.mentees
    }

    /// How many runs the mentees make; run `n` begins with column `n` × [`RUN`].
    pub(crate) fn runs(&self) -> usize {
        self.runs.len()
    }

    /// No losses yet.
    pub(crate) fn no_losses(&self) -> Losses {
        Losses(vec![0; self.eligibility.rules().len()])
    }

    /// The losses of all rows with all runs, completed by the pairs that are in no row: oneself, and whoever is not on
    /// the side. They and the eligible pairs add up to everybody with everybody.
    pub(crate) fn complete(&self, losses: Losses) -> Vec<u64> {
        let Losses(mut lost) = losses;
        let everybody = self.eligibility.seats.len() as u64;
        let asked = self.mentors.len() as u64 * self.mentees.len() as u64;
        let mut both = vec![0u8; self.eligibility.seats.len()];
        for &at in self.mentors.iter().chain(&self.mentees) {
            if let Some(sides) = both.get_mut(at) {
                *sides += 1;
            }
        }
        let with_oneself = both.iter().filter(|sides| **sides == 2).count() as u64;
        let mut change = |rule, by: &dyn Fn(u64) -> u64| {
            if let Some(lost) = lost.get_mut(rule) {
                *lost = by(*lost);
            }
        };
        change(NOT_ONESELF, &|_| everybody);
        change(SIDES, &|_| {
            everybody * everybody.saturating_sub(1) - (asked - with_oneself)
        });
        // In a row, nobody is more experienced than themselves.
        change(EXPERIENCE_ORDER, &|lost| lost - with_oneself);
        lost
    }

    fn seat(&self, row: u32) -> Option<&super::Seat<'e>> {
        let at = *self.mentors.get(row as usize)?;
        self.eligibility.seats.get(at)
    }

    /// Asks the core about a row and a run: `lanes.asked` are the pairs to which it has no objection, and so many are
    /// they.
    pub(crate) fn ask_core(
        &self,
        row: u32,
        run: usize,
        linked: &Linked,
        lanes: &mut Lanes,
        losses: &mut Losses,
    ) -> u32 {
        let (Some(seat), Some(mentees)) = (self.seat(row), self.runs.get(run)) else {
            return 0;
        };
        let len = mentees.len as u32;
        if mentees.highest <= seat.rank {
            losses.add(EXPERIENCE_ORDER, len);
            return 0;
        }
        let seniors = lanes.seniors(mentees, seat.rank);
        losses.add(EXPERIENCE_ORDER, len - seniors);
        let mut barred = 0;
        for lane in lanes_of(linked.of(row), run) {
            if let Some(open) = lanes.open.get_mut(lane).filter(|open| **open > 0) {
                *open = 0;
                barred += 1;
            }
        }
        losses.add(NO_LINK, barred);
        if seniors == barred {
            return 0;
        }
        mentees.sum(seat, lanes);
        let (learn, mut fit) = lanes.two_way(mentees, seat.free[0]);
        losses.add(TWO_WAY, seniors - barred - learn);
        let from = self.open.partition_point(|&(r, _)| r < row);
        let open = self.open.get(from..).unwrap_or_default();
        for &(_, column) in open.iter().take_while(|&&(r, _)| r == row) {
            let lane = (column as usize).checked_sub(run * RUN);
            let asked = lane.and_then(|lane| lanes.asked.get_mut(lane));
            if let Some(asked) = asked.filter(|asked| **asked) {
                *asked = false;
                fit -= 1;
            }
        }
        losses.add(PLACES, learn - fit);
        if fit > 0 {
            self.divide(row, run, lanes);
        }
        fit
    }

    /// Marks every pair of a row and a run as asked about, whatever stands against it; nobody with themselves.
    pub(crate) fn ask_about_all(&self, row: u32, run: usize, lanes: &mut Lanes) {
        let (Some(seat), Some(mentees)) = (self.seat(row), self.runs.get(run)) else {
            return;
        };
        mentees.sum(seat, lanes);
        self.divide(row, run, lanes);
        let people = self.profiles.get(run * RUN..).unwrap_or_default();
        for (asked, (mentee, ..)) in lanes.asked.iter_mut().zip(people) {
            *asked = mentee.id() != seat.profile.id();
        }
    }

    /// The means of the sums.
    fn divide(&self, row: u32, run: usize, lanes: &mut Lanes) {
        let (Some(seat), Some(mentees)) = (self.seat(row), self.runs.get(run)) else {
            return;
        };
        let wishes = seat.skills(Role::Mentor).wishes.len();
        lanes.divide(mentees, Divisor::of(wishes));
        if mentees.wide || wishes > WIDE {
            self.divide_one_by_one(row, run, lanes);
        }
    }

    /// The means where 16 bits may not hold the sum.
    fn divide_one_by_one(&self, row: u32, run: usize, lanes: &mut Lanes) {
        let from = run * RUN;
        let Some(mentor) = self.seat(row) else { return };
        let mentees = self.mentees.iter().skip(from);
        let mentees = mentees.filter_map(|&at| self.eligibility.seats.get(at));
        let [of_mentor, of_mentee] = &mut lanes.learned;
        let learned = of_mentor.iter_mut().zip(of_mentee);
        let mentor = mentor.skills(Role::Mentor);
        for (mentee, (of_mentor, of_mentee)) in mentees.zip(learned) {
            let mentee = mentee.skills(Role::Mentee);
            *of_mentor = mentor.learn_from(mentee);
            *of_mentee = mentee.learn_from(mentor);
        }
    }

    /// Asks the rules of the policy about the pairs that are still asked about; how many are left.
    pub(crate) fn ask_rules(
        &self,
        row: u32,
        run: usize,
        lanes: &mut Lanes,
        losses: &mut Losses,
    ) -> u32 {
        let mut left = lanes.asked.iter().filter(|asked| **asked).count() as u32;
        for (at, rule) in self.eligibility.policy.rules().enumerate() {
            if left == 0 {
                break;
            }
            let mut consent = [true; RUN];
            if let Some(view) = self.view(row, run, lanes) {
                let noted = self.noted.get(at).and_then(|all| all.get(run * RUN..));
                let noted = noted.and_then(|all| all.get(..view.len()));
                let view = view.with_noted(noted.unwrap_or_default());
                let consent = consent.get_mut(..view.len()).unwrap_or_default();
                rule.check_row(&view, self.eligibility.context, consent);
            }
            let mut lost = 0;
            for (asked, consents) in lanes.asked.iter_mut().zip(&consent) {
                lost += u32::from(*asked & !consents);
                *asked &= consents;
            }
            losses.add(CORE.len() + at, lost);
            left -= lost;
        }
        left
    }

    /// A row and a run as plug-ins see them.
    pub(crate) fn view<'l>(
        &'l self,
        row: u32,
        run: usize,
        lanes: &'l Lanes,
    ) -> Option<RowView<'l>> {
        let (seat, mentees) = (self.seat(row)?, self.runs.get(run)?);
        let (from, len) = (run * RUN, mentees.len);
        let [of_mentor, of_mentee] = &lanes.learned;
        let [unit, site, zone] = &mentees.attributes;
        let [ours, here, now] = seat.attributes;
        Some(RowView {
            mentor: (seat.profile, seat.at, seat.filled(Role::Mentor)),
            mentees: self.profiles.get(from..from + len)?,
            asked: lanes.asked.get(..len)?,
            learned: [of_mentor.get(..len)?, of_mentee.get(..len)?],
            attributes: [
                (ours, unit.get(..len)?),
                (here, site.get(..len)?),
                (now, zone.get(..len)?),
            ],
            lines: self.eligibility.roster.lines(),
            noted: &[],
            whereabouts: Whereabouts {
                roster: self.eligibility.roster,
                columns: &self.columns,
                first: from as u32,
            },
        })
    }

    /// Places left to each row or each column.
    pub(crate) fn places(&self, role: Role) -> Vec<u32> {
        let side = match role {
            Role::Mentor => &self.mentors,
            Role::Mentee => &self.mentees,
        };
        let left = side.iter();
        left.map(|&at| self.eligibility.places_left(at, role))
            .collect()
    }
}
