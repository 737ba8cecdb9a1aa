//! Users of SCIM 2.0 (RFC 7643, 7644) with the enterprise extension, as servers really send them.
//!
//! A list response, a bulk request, an array, one user, or users one after the other: each is read user by user, and of the text
//! one user at a time is kept. Names of attributes and of schemas count in any case.

mod cells;
mod envelope;
mod flat;
mod ids;
mod operation;
mod pick;
mod scan;
mod take;
mod users;
mod walk;

use std::collections::BTreeMap;
use std::io::Read;

use super::feed::{Coverage, Feed, FeedError, FeedImport};
use super::mapping::{Mapping, RosterColumn};
use super::seal::{Called, FeedFaults};
use super::window::TableError;
use crate::ids::IdSource;
use crate::text::Key;
use ids::Ids;
use users::{Terms, Users};

/// The schema of the enterprise extension, whose attributes are named by it, a colon, and their own name.
pub const ENTERPRISE_USER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Which attribute of a user is their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScimKey {
    /// `employeeNumber` of the enterprise extension.
    EmployeeNumber,
    /// `externalId`.
    ExternalId,
    /// `id`, which the server gave.
    Id,
    /// `userName`.
    UserName,
}

/// What the manager of a user is named by. One named by a `bulkId` is found by that in either case; dotted managers are always named by
/// their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ManagerBy {
    /// The manager's `id`, as the RFC has it.
    #[default]
    Id,
    /// What is the key here, as some servers send it.
    Key,
}

impl Mapping {
    /// The attributes of SCIM users: names are paths, such as `title`, `name.familyName`, `emails[type eq "work"].value`, and
    /// [`ENTERPRISE_USER`] with `:department`. After the name of any schema stands a colon, whatever it ends in.
    ///
    /// Read are the key, the enterprise `manager`, `department` as the unit, and `timezone`. SCIM knows neither sides nor grades: say with
    /// [`with_names`](Self::with_names), [`with_words`](Self::with_words) and [`with_constant`](Self::with_constant) where yours stand;
    /// without one for the side the feed is refused.
    #[must_use]
    pub fn scim(key: ScimKey) -> Self {
        let enterprise = |name: &str| vec![format!("{ENTERPRISE_USER}:{name}")];
        let key = match key {
            ScimKey::EmployeeNumber => enterprise("employeeNumber"),
            ScimKey::ExternalId => vec!["externalId".to_owned()],
            ScimKey::Id => vec!["id".to_owned()],
            ScimKey::UserName => vec!["userName".to_owned()],
        };
        let names = |column| match column {
            RosterColumn::Id => key.clone(),
            RosterColumn::Manager => enterprise("manager"),
            RosterColumn::Unit => enterprise("department"),
            RosterColumn::Timezone => vec!["timezone".to_owned()],
            _ => Vec::new(),
        };
        Self::standard().named(names)
    }
}

impl<'a> Feed<'a> {
    /// Says whose `id` of a SCIM server is whose: [`scim_ids`](FeedImport::scim_ids) of the file read before.
    ///
    /// In an additive feed under [`ManagerBy::Id`] a manager may then be somebody who stays and is not in the file. Without, the roster that
    /// stands knows keys alone, and such a manager is [`UnknownManager`](super::FaultCode::UnknownManager). What the file says of an `id` counts
    /// before this, and in a full sync nothing but the file does.
    #[must_use]
    pub const fn with_scim_ids(mut self, known: &'a BTreeMap<String, Key>) -> Self {
        self.scim_ids = Some(known);
        self
    }

    /// Reads SCIM users. Whoever is not `active` is not in the company: they leave, whatever the [coverage](super::Coverage).
    ///
    /// A fault's line is that on which its user begins, its column the path of the attribute as the mapping has it. An attribute that is there
    /// twice, in whatever case, is a fault, as is one of the mapping's that is a list or within one; of a list one item may be named, as by
    /// `emails[type eq "work"].value`. Of a manager blank is an attribute alone that is not there, null or an empty text: any other that names
    /// nobody, as `{"value": null}` or `{"displayName": "…"}`, is a fault. Name those at the top by [`with_roots`](Mapping::with_roots).
    ///
    /// But in an additive feed all that a list response speaks of must be in the source, where pages stand one after the other.
    ///
    /// ```
    /// use reverse_mentoring::ids::SequentialIds;
    /// use reverse_mentoring::import::{ENTERPRISE_USER, Feed, ManagerBy, Mapping, RosterColumn, ScimKey};
    ///
    /// let mapping = Mapping::scim(ScimKey::EmployeeNumber)
    ///     .with_names(RosterColumn::Grade, ["title"])?
    ///     .with_words(RosterColumn::Grade, [("Director", "8"), ("Analyst", "2")])?
    ///     .with_names(RosterColumn::Side, ["userType"])?
    ///     .with_roots(["1".parse()?]);
    /// let users = format!(r#"{{"totalResults": 2, "Resources": [
    ///     {{"id": "a1", "title": "Analyst", "userType": "mentor", "active": "True",
    ///      "{ENTERPRISE_USER}": {{"employeeNumber": "007", "manager": {{"value": "b2"}}}}}},
    ///     {{"id": "b2", "TITLE": "Director", "usertype": "mentee", "{ENTERPRISE_USER}": {{"employeeNumber": "1"}}}}
    /// ]}}"#);
    /// let read = Feed::new(&mapping).read_scim(users.as_bytes(), ManagerBy::Id, &mut SequentialIds::new(1))?;
    /// assert_eq!(read.roster.participants().len(), 2);
    /// let lines = read.roster.lines();
    /// assert!(lines.find("007").zip(lines.find("1")).is_some_and(|(ada, boss)| lines.is_above(boss, ada)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FeedError`], as for [`read`](Self::read).
    pub fn read_scim(
        &self,
        source: impl Read,
        managers: ManagerBy,
        ids: &mut impl IdSource,
    ) -> Result<FeedImport, FeedError> {
        let mut seen = Ids::default();
        let terms = Terms {
            limits: self.limits,
            mapping: self.mapping,
            managers,
            is_additive: matches!(self.previous, Some((_, Coverage::Additive))),
            known: self.scim_ids,
        };
        let mut read = match Users::open(source, terms, &mut seen) {
            Ok(users) => self.take(users, ids)?,
            Err(TableError::Io(error)) => return Err(FeedError::Io(error)),
            Err(TableError::Fault(fault)) => {
                let faults = Called::default().faults(vec![fault]);
                return Err(FeedFaults(faults).into());
            }
        };
        let known = terms.known.filter(|_| terms.is_additive);
        read.scim_ids = seen.of_roster(known, &read.roster);
        Ok(read)
    }
}
