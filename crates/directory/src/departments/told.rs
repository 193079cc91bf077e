//! What the audit log is told of a department: which of its settings are not what they were, what they were and what they
//! are, each by the right it rests on (`ADM-06`). Of the name only that it is another.

use std::collections::BTreeMap;

use access::Sees;
use kernel::{Result, Tx};
use serde_json::{Value, json};

use super::tree::open_name;
use crate::events::DepartmentWritten;
use crate::model::DepartmentId;
use crate::policy::ManageableDepartment;

const NAME: &str = "name";
/// Who sees whom.
const SIGHT: [&str; 3] = ["is_hidden", "sees", "sees_also"];

/// By name; none of a department that is not there.
pub(super) type Settings = BTreeMap<&'static str, Value>;

#[derive(sqlx::FromRow)]
struct Row {
    parent_id: Option<DepartmentId>,
    name: Vec<u8>,
    position: i32,
    is_archived: bool,
    is_hidden: bool,
    sees: Sees,
    sees_also: Vec<DepartmentId>,
}

/// As they stand.
pub(super) async fn of(tx: &mut Tx, id: DepartmentId) -> Result<Settings> {
    let row: Row = sqlx::query_as(
        "select d.parent_id, d.name, d.position, d.archived_at is not null as is_archived, d.is_hidden, d.sees,
                array(select s.seen_id from directory.department_sight s where s.department_id = d.id
                      order by s.seen_id) as sees_also
         from directory.department d where d.id = $1",
    )
    .bind(id)
    .fetch_one(tx.db())
    .await?;
    Ok(Settings::from([
        (NAME, json!(open_name(tx, id, &row.name)?)),
        ("parent_id", json!(row.parent_id)),
        ("order", json!(row.position)),
        ("is_archived", json!(row.is_archived)),
        ("is_hidden", json!(row.is_hidden)),
        ("sees", json!(row.sees)),
        ("sees_also", json!(row.sees_also)),
    ]))
}

/// Tells what is not what it was: what rests on managing the department first, then who sees whom.
pub(super) async fn follow(tx: &mut Tx, managed: &ManageableDepartment, before: &Settings) -> Result<()> {
    let after = of(tx, managed.id()).await?;
    let differing = after.iter().filter(|(name, value)| before.get(*name) != Some(*value)).map(|(name, _)| *name);
    let (sight, rest): (Vec<_>, Vec<_>) = differing.partition(|name| SIGHT.contains(name));
    if !rest.is_empty() {
        tell(tx, managed.id(), (before, &after), &rest)?;
    }
    if !sight.is_empty() {
        managed.rest_on_sight(tx)?;
        tell(tx, managed.id(), (before, &after), &sight)?;
    }
    Ok(())
}

/// Tells that these are the settings, or were.
pub(super) fn tell_all(tx: &mut Tx, id: DepartmentId, before: &Settings, after: &Settings) -> Result<()> {
    let names: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    tell(tx, id, (before, after), &names)
}

fn tell(tx: &mut Tx, department: DepartmentId, (before, after): (&Settings, &Settings), names: &[&str]) -> Result<()> {
    let kept = |of: &Settings| {
        let told = of.iter().filter(|(name, _)| **name != NAME && names.contains(*name));
        told.map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    let fields = names.iter().filter(|name| **name == NAME).map(|name| (*name).to_owned()).collect();
    tx.emit(&DepartmentWritten { department, fields, before: kept(before), after: kept(after) })
}
