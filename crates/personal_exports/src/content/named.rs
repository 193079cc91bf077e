//! What those are called whom a row names, and the departments, roles and fields it names.

use std::collections::{BTreeMap, BTreeSet};

use directory::{BuiltIn, DepartmentId};
use kernel::{MemberId, Result, Tx};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::about::Owner;
use super::words;

/// Says of whom and what each row names what they are called, if the owner of the copy sees them in the directory; of others nothing but
/// what stands there. Numbers and addresses of others are in no row.
pub async fn name(tx: &mut Tx, owner: &Owner, rows: &mut [Map<String, Value>]) -> Result<()> {
    let mut named: Vec<BTreeSet<Uuid>> = Vec::with_capacity(rows.len());
    let mut columns = BTreeSet::new();
    for row in rows.iter() {
        let mut ids = BTreeSet::new();
        row.values().for_each(|value| find_ids(value, &mut ids));
        ids.retain(|id| !owner.about.is(*id));
        named.push(ids);
        columns.extend(row.keys().cloned());
    }
    let all: BTreeSet<Uuid> = named.iter().flatten().copied().collect();
    if all.is_empty() {
        return Ok(());
    }
    let mut names = people(tx, &all).await?;
    // Each of these is asked for where a row can name one: a page of messages names none.
    if ["department_id", "department_ids"].iter().any(|column| columns.contains(*column)) {
        names.extend(departments(tx, &all).await?);
    }
    if columns.contains("role_id") {
        names.extend(roles(owner));
    }
    if ["field_id", "profile"].iter().any(|column| columns.contains(*column)) {
        names.extend(fields(tx, owner).await?);
    }
    for (row, ids) in rows.iter_mut().zip(named) {
        let known: BTreeMap<String, &String> =
            ids.into_iter().filter_map(|id| Some((id.to_string(), names.get(&id)?))).collect();
        if !known.is_empty() {
            row.insert("names".into(), serde_json::to_value(known).map_err(anyhow::Error::from)?);
        }
    }
    Ok(())
}

async fn people(tx: &mut Tx, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>> {
    let seen = directory::seen_members(tx, ids.iter().copied().map(MemberId).collect()).await?;
    let names = directory::names(tx, &seen).await?;
    Ok(names.into_iter().map(|(member, name)| (member.0, name)).collect())
}

async fn departments(tx: &mut Tx, ids: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>> {
    let ids: Vec<DepartmentId> = ids.iter().copied().map(DepartmentId).collect();
    let seen = directory::departments_with_archived(tx, Some(&ids)).await?;
    Ok(seen.into_iter().map(|department| (department.id.0, department.name)).collect())
}

/// Those that every organisation has; what others are called, only those know who give them.
fn roles(owner: &Owner) -> BTreeMap<Uuid, String> {
    BuiltIn::ALL.into_iter().map(|role| (role.id().0, owner.language.of(words::role(role)).to_owned())).collect()
}

/// The fields that the owner sees, in the language of the copy where they have a name in it.
async fn fields(tx: &mut Tx, owner: &Owner) -> Result<BTreeMap<Uuid, String>> {
    let mut names = BTreeMap::new();
    for field in directory::fields(tx).await? {
        let built_in = serde_json::to_value(field.built_in).map_err(anyhow::Error::from)?;
        let written = [&field.names.zh_cn, &field.names.zh_tw, &field.names.en].map(|name| name.as_deref());
        let name = match built_in.as_str().and_then(words::column) {
            Some(name) => Some(owner.language.of(name)),
            None => owner.language.of_any(written),
        };
        names.extend(name.map(|name| (field.id.0, name.to_owned())));
    }
    Ok(names)
}

fn find_ids(value: &Value, ids: &mut BTreeSet<Uuid>) {
    // The written form with dashes: 36 characters.
    let id = |text: &str| (text.len() == 36).then(|| text.parse::<Uuid>().ok()).flatten();
    match value {
        Value::String(text) => ids.extend(id(text)),
        Value::Array(values) => values.iter().for_each(|value| find_ids(value, ids)),
        Value::Object(values) => {
            ids.extend(values.keys().filter_map(|name| id(name)));
            values.values().for_each(|value| find_ids(value, ids));
        }
        _ => {}
    }
}
