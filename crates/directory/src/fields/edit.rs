//! Decide about a field: whether it is collected, who sees it, who changes it (`DIR-03`, `DIR-10`).

use access::Permission;
use axum::http::HeaderMap;
use kernel::{Cx, Error, Json, Path, Result, Tx};
use profiles::{Audience, Choice, Definition, Names, Rule};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::{self, Field};
use super::{BuiltIn, FieldId, Rules, erase, stored};
use crate::events::{FieldWritten, FieldsChanged};
use crate::people::index;
use crate::policy::Permitted;
use editions::{Edition, Given, given};

/// What happens to the values that stand in a field that is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoredValues {
    /// They stay where they are and nobody sees them; they are back when the field is.
    Kept,
    /// They are gone for good.
    Erased,
}

/// What is to be different; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditField {
    /// What it is called.
    pub names: Option<Names>,
    /// Fields of the same group stand together; `null` takes it out of its group.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Names>)]
    pub group: Given<Names>,
    /// All that can be chosen.
    pub choices: Option<Vec<Choice>>,
    /// Characters a text may have.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u16>)]
    pub longest: Given<u16>,
    /// The smallest number.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    pub least: Given<f64>,
    /// The greatest number.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    pub most: Given<f64>,
    /// What is offered for a text, in its order; what people have stays as it is.
    pub listed: Option<Vec<String>>,
    /// Whether a text has to be one of these from now on.
    pub only_listed: Option<bool>,
    /// Whether it is collected.
    pub is_collected: Option<bool>,
    /// What happens to what stands in it, when it is not collected.
    pub stored: Option<StoredValues>,
    /// Who sees it.
    pub seen_by: Option<Vec<Audience>>,
    /// Who changes it: administrators, oneself, or both.
    pub edited_by: Option<Vec<Audience>>,
    /// Whether most of a value is hidden until somebody asks.
    pub is_masked: Option<bool>,
}

/// Decide about a field
///
/// Switched off, it is not collected from this moment on; what stands in it is kept out of sight or erased, as `stored` says.
#[utoipa::path(
    patch, path = "/v1/fields/{field}", tag = "directory", operation_id = "editField",
    params(("field" = FieldId, Path), ("If-Match" = String, Header, description = "the revision that is changed")),
    request_body = EditField,
    responses((status = 200, body = Field)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!([
            "forbidden", "directory.changed_meanwhile", "directory.say_what_happens_to_values",
            "directory.needed_to_sign_in", "directory.choice_in_use"
        ])),
    ),
)]
pub async fn edit_field(
    cx: Cx,
    Path(field): Path<FieldId>,
    edition: Edition,
    Json(input): Json<EditField>,
) -> Result<(HeaderMap, Json<Field>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    edit(&mut tx, &by, (field, &edition), input).await?;
    let shown = list::one(&mut tx, field).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Changes the field; silent when nothing is different.
///
/// `Conflict` when it is switched off without a word about the values in it, when erasing them would leave people with
/// nothing to sign in with, and when a choice goes that somebody has.
pub async fn edit(tx: &mut Tx, _by: &Permitted, (id, edition): (FieldId, &Edition), input: EditField) -> Result<()> {
    drop(index::load(tx).await?);
    let old = hold(tx, id).await?;
    edition.check(old.revision)?;
    let new = Rule {
        is_collected: input.is_collected.unwrap_or(old.is_collected),
        seen_by: input.seen_by.clone().unwrap_or_else(|| old.seen_by.clone()),
        edited_by: input.edited_by.clone().unwrap_or_else(|| old.edited_by.clone()),
        is_masked: input.is_masked.unwrap_or(old.is_masked),
        ..old.clone()
    };
    new.check()?;
    let definition = redefined(tx, id, &new, &input).await?;
    let erased = if new.is_collected { 0 } else { settle(tx, id, &old, input.stored).await? };
    if new == old && definition.is_none() && erased == 0 {
        return Ok(());
    }
    let sealed = definition.map(|definition| list::seal(tx, id, &definition)).transpose()?;
    sqlx::query(
        "update directory.field set definition = coalesce($2, definition), is_collected = $3, seen_by = $4,
                edited_by = $5, is_masked = $6, revision = revision + 1
         where id = $1",
    )
    .bind(id)
    .bind(sealed)
    .bind(new.is_collected)
    .bind(Audience::names(&new.seen_by))
    .bind(Audience::names(&new.edited_by))
    .bind(new.is_masked)
    .execute(tx.db())
    .await?;
    tx.emit(&FieldWritten { field: id, before: old.told(), after: new.told(), erased })?;
    tx.emit(&FieldsChanged {})
}

/// The rule as it stands; nobody else changes it until the transaction ends.
async fn hold(tx: &mut Tx, id: FieldId) -> Result<Rule> {
    if let Some(built_in) = BuiltIn::of(id) {
        insert(tx, id, &built_in.rule(), None).await?;
    }
    sqlx::query("select from directory.field where id = $1 for update").bind(id).execute(tx.db()).await?;
    Rules::load(tx).await?.get(id).cloned().ok_or(Error::NotFound("field"))
}

/// Writes the field when it does not stand there yet.
pub(super) async fn insert(tx: &mut Tx, id: FieldId, rule: &Rule, definition: Option<Vec<u8>>) -> Result<()> {
    sqlx::query(
        "insert into directory.field
             (id, kind, definition, position, is_collected, seen_by, edited_by, is_masked, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint field_pkey do nothing",
    )
    .bind(id)
    .bind(rule.kind)
    .bind(definition)
    .bind(rule.position)
    .bind(rule.is_collected)
    .bind(Audience::names(&rule.seen_by))
    .bind(Audience::names(&rule.edited_by))
    .bind(rule.is_masked)
    .bind(rule.revision)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// What it is called and may hold from now on; `None` when that stays.
async fn redefined(tx: &mut Tx, id: FieldId, rule: &Rule, input: &EditField) -> Result<Option<Definition>> {
    let mut others = list::definitions(tx).await?;
    let written = others.remove(&id);
    if let Some(built_in) = BuiltIn::of(id) {
        return relisted(built_in, &written.unwrap_or_default(), input);
    }
    let old = written.ok_or(Error::NotFound("field"))?;
    let new = Definition {
        names: input.names.clone().unwrap_or_else(|| old.names.clone()),
        group: input.group.clone().unwrap_or_else(|| old.group.clone()),
        choices: input.choices.clone().unwrap_or_else(|| old.choices.clone()),
        longest: input.longest.unwrap_or(old.longest),
        least: input.least.unwrap_or(old.least),
        most: input.most.unwrap_or(old.most),
        ..old.clone().with_list(input.listed.clone(), input.only_listed)
    };
    if new == old {
        return Ok(None);
    }
    let new = new.checked(rule.kind, || tx.new_id())?;
    new.check_unlike(&old, others.values())?;
    let is_gone = |choice: &&Choice| new.choices.iter().all(|other| other.id != choice.id);
    let gone: Vec<&str> = old.choices.iter().filter(is_gone).map(|choice| choice.id.as_str()).collect();
    let is_used = |value: Option<&String>| value.is_some_and(|value| gone.contains(&value.as_str()));
    if !gone.is_empty() && stored::count_where(tx, |profile| is_used(profile.values.get(&id))).await? > 0 {
        return Err(Error::Conflict("directory.choice_in_use"));
    }
    Ok(Some(new))
}

/// What is offered for a built-in field from now on: positions and posts have a list, the others none.
fn relisted(built_in: BuiltIn, old: &Definition, input: &EditField) -> Result<Option<Definition>> {
    let new = old.clone().with_list(input.listed.clone(), input.only_listed);
    if new == *old {
        return Ok(None);
    }
    if built_in.has_list() {
        new.with_checked_list(built_in.kind()).map(Some)
    } else {
        Err(Error::Invalid { field: "listed", why: "not_of_this_kind" })
    }
}

/// What becomes of the values in a field that is not collected; how many were erased.
async fn settle(tx: &mut Tx, id: FieldId, old: &Rule, wanted: Option<StoredValues>) -> Result<u64> {
    match wanted {
        Some(StoredValues::Erased) => erase::values(tx, id).await,
        Some(StoredValues::Kept) => Ok(0),
        None if !old.is_collected || stored::count(tx, id).await? == 0 => Ok(0),
        None => Err(Error::Conflict("directory.say_what_happens_to_values")),
    }
}
