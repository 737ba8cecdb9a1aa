//! Every truncated profile of a small market with one place each, every matching there is, and what is stable: by
//! definition, in bits, without a line of the library.

/// Who has whom: the row of each column and the column of each row.
#[derive(Clone, Debug)]
pub struct Matching {
    /// The partner of each agent, rows first; indices of the other side.
    pub partner: Vec<Option<usize>>,
    /// The edges (row · columns + column) as bits.
    pub edges: u32,
}

/// A market of so many rows and columns, with every order that an agent may state and every matching.
///
/// Agents are rows, then columns. A profile is a number: one digit for each agent, which of the lists of its side.
pub struct Judge {
    pub rows: usize,
    pub columns: usize,
    /// Every list of acceptable partners, best first: of rows, of columns.
    lists: [Vec<Vec<usize>>; 2],
    pub matchings: Vec<Matching>,
    strides: Vec<usize>,
    pub profiles: usize,
    /// `[side][list][partner]`, the last partner being nobody: how good, lower is better.
    values: [Vec<Vec<u8>>; 2],
    /// `[row][list][column]`, `[column][list][row]`: matchings in which the agent would rather have the partner.
    rather: [Vec<Vec<Vec<u64>>>; 2],
    /// `[agent][list]`: matchings in which the agent accepts its partner.
    content: Vec<Vec<u64>>,
    /// `[agent][partner]`: matchings in which they are paired.
    has: Vec<Vec<u64>>,
}

impl Judge {
    /// The value of nobody: worse than anybody on a list, better than anybody else.
    pub const ALONE: u8 = 100;
    pub const UNWANTED: u8 = 200;

    pub fn new(rows: usize, columns: usize) -> Self {
        let lists = [orders(columns), orders(rows)];
        let matchings = matchings(rows, columns);
        assert!(matchings.len() <= 64);
        let (mut strides, mut profiles) = (Vec::new(), 1);
        for agent in 0..rows + columns {
            strides.push(profiles);
            profiles *= lists[usize::from(agent >= rows)].len();
        }
        let values = |side: usize| {
            let partners = [columns, rows][side];
            let of = |list: &Vec<usize>| {
                let mut values = vec![Self::UNWANTED; partners];
                for (place, &partner) in list.iter().enumerate() {
                    values[partner] = place as u8 + 1;
                }
                values.push(Self::ALONE);
                values
            };
            lists[side].iter().map(of).collect()
        };
        let mut judge = Self {
            rows,
            columns,
            values: [values(0), values(1)],
            lists,
            matchings,
            strides,
            profiles,
            rather: [Vec::new(), Vec::new()],
            content: Vec::new(),
            has: Vec::new(),
        };
        for agent in 0..rows + columns {
            let (side, partners) = (judge.side(agent), [columns, rows][judge.side(agent)]);
            let lists = 0..judge.lists[side].len();
            let mask = |holds: &dyn Fn(Option<usize>) -> bool| {
                let all = judge.matchings.iter().enumerate();
                let all = all.filter(|(_, m)| holds(m.partner[agent]));
                all.fold(0, |mask, (k, _)| mask | 1u64 << k)
            };
            let value = |list, partner| judge.value(agent, list, partner);
            let rather = lists.clone().map(|list| {
                let would =
                    |p| mask(&|now| value(list, Some(p)) < value(list, now).min(Self::ALONE));
                (0..partners).map(would).collect()
            });
            let rather: Vec<Vec<u64>> = rather.collect();
            let content = lists
                .map(|list| mask(&|now| value(list, now) <= Self::ALONE))
                .collect();
            let has = (0..partners).map(|p| mask(&|now| now == Some(p))).collect();
            judge.rather[side].push(rather);
            judge.content.push(content);
            judge.has.push(has);
        }
        judge
    }

    pub fn agents(&self) -> usize {
        self.rows + self.columns
    }

    /// 0 for a row, 1 for a column.
    pub fn side(&self, agent: usize) -> usize {
        usize::from(agent >= self.rows)
    }

    pub fn lists(&self, agent: usize) -> usize {
        self.lists[self.side(agent)].len()
    }

    /// Which list an agent states in a profile.
    pub fn list(&self, profile: usize, agent: usize) -> usize {
        profile / self.strides[agent] % self.lists(agent)
    }

    /// How good a partner is to an agent by a list: lower is better, the rank for whoever is on it.
    pub fn value(&self, agent: usize, list: usize, partner: Option<usize>) -> u8 {
        let side = self.side(agent);
        let nobody = [self.columns, self.rows][side];
        self.values[side][list][partner.unwrap_or(nobody)]
    }

    /// The rank of a partner in a list, from 1.
    pub fn rank(&self, agent: usize, list: usize, partner: usize) -> Option<u32> {
        Some(self.value(agent, list, Some(partner)))
            .filter(|v| *v < Self::ALONE)
            .map(u32::from)
    }

    /// The matchings that are stable in a profile, as bits.
    pub fn stable(&self, profile: usize) -> u64 {
        let mut ok = u64::MAX >> (64 - self.matchings.len());
        for agent in 0..self.agents() {
            ok &= self.content[agent][self.list(profile, agent)];
        }
        for row in 0..self.rows {
            let by_row = &self.rather[0][row][self.list(profile, row)];
            for (column, would) in by_row.iter().enumerate() {
                let by_column = &self.rather[1][column][self.list(profile, self.rows + column)];
                ok &= !(would & by_column[row]);
            }
        }
        ok
    }

    /// The best partner that an agent has in any of some matchings, by the list that it states.
    pub fn best(&self, profile: usize, agent: usize, among: u64) -> Option<usize> {
        let list = &self.lists[self.side(agent)][self.list(profile, agent)];
        list.iter()
            .copied()
            .find(|&p| self.has[agent][p] & among != 0)
    }

    /// Whether an agent, its true list being the one of the profile, does better by stating another.
    pub fn can_gain(&self, profile: usize, agent: usize, outcomes: &[u8]) -> bool {
        let truth = self.list(profile, agent);
        let others = profile - truth * self.strides[agent];
        let value = |list: usize| {
            let outcome = outcomes[others + list * self.strides[agent]];
            let partner = self.matchings[usize::from(outcome)].partner[agent];
            self.value(agent, truth, partner)
        };
        let honest = value(truth);
        (0..self.lists(agent)).any(|lie| value(lie) < honest)
    }
}

/// Every ordered choice of some of `0..n`.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while at < all.len() {
        for next in (0..n).filter(|p| !all[at].contains(p)).collect::<Vec<_>>() {
            let longer = [all[at].as_slice(), &[next]].concat();
            all.push(longer);
        }
        at += 1;
    }
    all
}

fn matchings(rows: usize, columns: usize) -> Vec<Matching> {
    let edge = |bit: usize| (bit / columns, bit % columns);
    let all = (0..1u32 << (rows * columns)).filter_map(|edges| {
        let mut partner = vec![None; rows + columns];
        for (row, column) in (0..rows * columns)
            .filter(|bit| edges >> bit & 1 == 1)
            .map(edge)
        {
            let ends = [(row, column), (rows + column, row)];
            for (agent, other) in ends {
                if partner[agent].replace(other).is_some() {
                    return None;
                }
            }
        }
        Some(Matching { partner, edges })
    });
    all.collect()
}
