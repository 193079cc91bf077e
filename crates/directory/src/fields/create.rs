//! Make a field of the organisation's own (`DIR-02`).

use access::Permission;
use axum::http::{HeaderMap, StatusCode};
use kernel::{Cx, Error, Json, Result, Tx};
use profiles::{Audience, Choice, Definition, Kind, Names, Rule};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::{self, Field};
use super::{FieldId, MOST, edit};
use crate::events::{FieldWritten, FieldsChanged};
use crate::policy::Permitted;

/// A new field.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateField {
    /// What its values are; not a picture.
    pub kind: Kind,
    /// What it is called.
    pub names: Names,
    /// Fields of the same group stand together.
    pub group: Option<Names>,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Characters a text may have: 1 to 500.
    pub longest: Option<u16>,
    /// The smallest number.
    pub least: Option<f64>,
    /// The greatest number.
    pub most: Option<f64>,
    /// What is offered for a text, in its order.
    #[serde(default)]
    pub listed: Vec<String>,
    /// Whether a text has to be one of these.
    #[serde(default)]
    pub only_listed: bool,
    /// Who sees it.
    pub seen_by: Vec<Audience>,
    /// Who changes it: administrators, oneself, or both.
    pub edited_by: Vec<Audience>,
    /// Whether most of a value is hidden until somebody asks.
    #[serde(default)]
    pub is_masked: bool,
}

/// Make a field
#[utoipa::path(
    post, path = "/v1/fields", tag = "directory", operation_id = "createField",
    request_body = CreateField,
    responses((status = 201, body = Field)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.too_many_fields"])),
    ),
)]
pub async fn create_field(cx: Cx, Json(input): Json<CreateField>) -> Result<(StatusCode, HeaderMap, Json<Field>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let id = create(&mut tx, &by, input).await?;
    let (edition, field) = list::one(&mut tx, id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, edition, field))
}

/// Makes the field, after the others; it is collected from now on.
pub async fn create(tx: &mut Tx, _by: &Permitted, input: CreateField) -> Result<FieldId> {
    if input.kind == Kind::Picture {
        return Err(Error::Invalid { field: "kind", why: "unknown" });
    }
    let CreateField { kind, names, group, choices, longest, least, most, listed, only_listed, .. } = input;
    let definition = Definition { names, group, choices, longest, least, most, listed, only_listed };
    let definition = definition.checked(kind, || tx.new_id())?;
    definition.check_unlike(&Definition::default(), list::definitions(tx).await?.values())?;
    let (seen_by, edited_by) = (input.seen_by, input.edited_by);
    let is_masked = input.is_masked;
    let mut rule = Rule { kind, position: 0, is_collected: true, seen_by, edited_by, is_masked, revision: 1 };
    rule.check()?;
    let (count, last): (i64, Option<i32>) =
        sqlx::query_as("select count(*) filter (where definition is not null), max(position) from directory.field")
            .fetch_one(tx.db())
            .await?;
    if count >= MOST {
        return Err(Error::Conflict("directory.too_many_fields"));
    }
    rule.position = last.unwrap_or(0).max(100) + 1;
    let id = FieldId(tx.new_id());
    let sealed = list::seal(tx, id, &definition)?;
    edit::insert(tx, id, &rule, Some(sealed)).await?;
    tx.emit(&FieldWritten { field: id, before: Default::default(), after: rule.told(), erased: 0 })?;
    tx.emit(&FieldsChanged {})?;
    Ok(id)
}
