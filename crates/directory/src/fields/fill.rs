//! Put values into the fields of a profile, each in the form its kind has.

use std::collections::{BTreeMap, HashMap};

use kernel::{Error, MemberId, Result, Tx};
use profiles::{Definition, Kind};

use super::{BuiltIn, FieldId, Rules, list};
use crate::model::Profile;
use crate::people::sight::Sight;
use crate::policy::Acting;

/// Whether the writer may, `write_profile` says. `InvalidAt` with `values.<field>` for what does not fit.
pub async fn fill(tx: &mut Tx, profile: &mut Profile, values: BTreeMap<FieldId, Option<String>>) -> Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    let (rules, written) = (Rules::load(tx).await?, list::definitions(tx).await?);
    let region = crate::settings(tx).await?.region.clone();
    for (field, text) in values {
        let rule = rules.get(field).ok_or_else(|| wrong(field, "unknown"))?;
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            profile.take(field);
            continue;
        };
        if BuiltIn::of(field).is_some_and(|one| !one.is_among_values() && one != BuiltIn::Avatar) {
            profile.put(field, text)?;
            continue;
        }
        let value = profiles::checked(rule.kind, &definition(field, &written), &text, &region);
        let value = value.map_err(|error| of_value(field, error))?;
        if rule.kind == Kind::Person && profile.values.get(&field) != Some(&value) {
            check_person(tx, &value).await.map_err(|error| of_value(field, error))?;
        }
        profile.put(field, value)?;
    }
    Ok(())
}

/// Which of the values is not right.
fn wrong(field: FieldId, why: &'static str) -> Error {
    Error::InvalidAt(format!("values.{field}"), why)
}

fn of_value(field: FieldId, error: Error) -> Error {
    if let Error::Invalid { field: "values", why } = error { wrong(field, why) } else { error }
}

/// What the field is called and may hold.
pub async fn definition_of(tx: &mut Tx, field: FieldId) -> Result<Definition> {
    Ok(definition(field, &list::definitions(tx).await?))
}

/// With what the organisation wrote of it.
pub(crate) fn definition(field: FieldId, written: &HashMap<FieldId, Definition>) -> Definition {
    let own = written.get(&field).cloned().unwrap_or_default();
    BuiltIn::of(field).map_or(own.clone(), |one| Definition::of_built_in(one).with_list_of(&own))
}

/// `Invalid` of the position, `InvalidAt` of another field, in which none of those stands that alone may stand there.
pub(crate) async fn check_listed(tx: &mut Tx, profile: &Profile, fields: &[FieldId]) -> Result<()> {
    let written = list::definitions(tx).await?;
    let admits = |field: &FieldId| {
        let text = profile.get(*field);
        text.is_none_or(|text| written.get(field).is_none_or(|definition| definition.admits(&text)))
    };
    match fields.iter().find(|field| !admits(field)) {
        None => Ok(()),
        Some(field) if BuiltIn::of(*field) == Some(BuiltIn::Position) => {
            Err(Error::Invalid { field: "position", why: "not_listed" })
        }
        Some(field) => Err(wrong(*field, "not_listed")),
    }
}

/// Somebody who works here, and whom the writer sees.
async fn check_person(tx: &mut Tx, id: &str) -> Result<()> {
    let unknown = Error::Invalid { field: "values", why: "not_a_person" };
    let Ok(person) = id.parse::<MemberId>() else { return Err(unknown) };
    let acting = Acting::load(tx).await?;
    let is_seen = Sight::of(tx, &acting, Some(&[person])).await?.finds(person);
    let is_here = !crate::only_active_members(tx, &[person]).await?.is_empty();
    if is_seen && is_here { Ok(()) } else { Err(unknown) }
}
