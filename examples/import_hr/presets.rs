//! What three kinds of systems call their columns, and SCIM. Look at your own export and change them: administrators rename columns.

use reverse_mentoring::import::{
    BlankManager, ENTERPRISE_USER, ManagerBy, Mapping, MappingError, OwnManager, RosterColumn as C,
    ScimKey,
};

/// A mapping by the name of a preset; nothing for a name that is none.
pub fn preset(name: &str) -> Option<Result<Mapping, MappingError>> {
    match name {
        "workday" => Some(workday()),
        "bamboo" => Some(bamboo()),
        "together" => Some(together()),
        "scim" => Some(scim()),
        _ => None,
    }
}

/// How the managers of the SCIM preset are named.
pub const MANAGERS: ManagerBy = ManagerBy::Id;

/// A worker report as Workday's are usually headed: levels in words, a matrix manager beside the manager, and at the top a worker who is
/// their own manager.
fn workday() -> Result<Mapping, MappingError> {
    Ok(Mapping::standard()
        .with_names(C::Id, ["Employee ID", "Worker ID"])?
        .with_names(C::Manager, ["Manager ID", "Worker's Manager ID"])?
        .with_names(C::Dotted, ["Matrix Manager ID", "Matrix Managers"])?
        .with_names(C::Grade, ["Management Level", "Job Level"])?
        .with_words(C::Grade, levels())?
        .with_names(C::Side, ["Reverse Mentoring Role"])?
        .with_words(C::Side, roles())?
        .with_names(
            C::Unit,
            ["Supervisory Organization", "Supervisory Organisation"],
        )?
        .with_names(C::Site, ["Location", "Work Location"])?
        .with_names(C::Offers, ["Can Teach"])?
        .with_names(C::Wants, ["Wants To Learn"])?
        .with_own_manager(OwnManager::IsARoot))
}

/// A report as BambooHR's are usually headed: numbers of employees, and a blank supervisor at the top. Where others may be blank by a slip,
/// leave the last line out and say by `--root` who is at the top.
fn bamboo() -> Result<Mapping, MappingError> {
    Ok(Mapping::standard()
        .with_names(C::Id, ["Employee #", "EEID"])?
        .with_names(C::Manager, ["Supervisor EID", "Reports To #"])?
        .with_names(C::Grade, ["Job Level", "Level"])?
        .with_words(C::Grade, levels())?
        .with_names(C::Side, ["Reverse Mentoring"])?
        .with_words(C::Side, roles())?
        .with_names(C::Unit, ["Department"])?
        .with_names(C::Site, ["Location"])?
        .with_names(C::Languages, ["Languages"])?
        .with_list_separator(',')?
        .with_blank_manager(BlankManager::IsARoot))
}

/// A list of users as mentoring platforms such as Together take and give it: addresses are the keys, and months of service stand for grades.
fn together() -> Result<Mapping, MappingError> {
    Ok(Mapping::standard()
        .with_names(C::Id, ["Email", "Work Email"])?
        .with_names(C::Manager, ["Manager Email", "Manager's Email"])?
        .with_names(C::Grade, Vec::<String>::new())?
        .with_names(
            C::ExperienceMonths,
            ["Tenure (months)", "Months of service"],
        )?
        .with_names(C::Side, ["Role"])?
        .with_words(C::Side, roles())?
        .with_names(C::Capacity, ["Max pairings"])?
        .with_names(C::Unit, ["Department"])?
        .with_names(C::Site, ["Office", "Location"])?
        .with_root_words(["none", "None"]))
}

/// Users of a directory: everybody may take either side, and a title says how senior somebody is. Who is at the top is to be said by
/// `--root`: a directory has users without a manager for many a reason, and each would be the top of a company of their own.
fn scim() -> Result<Mapping, MappingError> {
    Mapping::scim(ScimKey::EmployeeNumber)
        .with_names(C::Grade, ["title"])?
        .with_words(C::Grade, levels())?
        .with_names(C::Site, [format!("{ENTERPRISE_USER}:division")])?
        .with_constant(C::Side, "either")
}

/// Levels in words, in the order of seniority.
fn levels() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("Apprentice", "1"),
        ("Analyst", "2"),
        ("Manager", "5"),
        ("Director", "7"),
        ("Executive", "8"),
        ("Chief Executive", "9"),
    ]
    .into_iter()
}

/// Who takes part, in words. In reverse mentoring it is the junior who mentors.
fn roles() -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("Mentor", "mentor"),
        ("Mentee", "mentee"),
        ("Both", "either"),
        ("No", ""),
        ("Not participating", ""),
    ]
    .into_iter()
}
