//! The fields of the organisation: what a card and a form are made of.

use std::collections::HashMap;

use access::Permission;
use axum::http::HeaderMap;
use kernel::{Bucket, Cx, Error, Json, Path, Result, Tx};
use profiles::{Audience, Choice, Definition, Kind, Names, Rule};
use serde::Serialize;
use utoipa::ToSchema;

use super::{BuiltIn, FieldId, Rules, fill};
use crate::policy::Acting;

const KIND: &str = "directory.field";

/// A field.
#[derive(Serialize, ToSchema)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// Which of the built-in ones; absent when the organisation made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built_in: Option<BuiltIn>,
    /// What its values are.
    pub kind: Kind,
    /// What it is called; nothing for a built-in one.
    pub names: Names,
    /// Fields of the same group stand together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Names>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// Characters a text may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<u16>,
    /// The smallest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
    /// What is offered for a text, in its order.
    pub listed: Vec<String>,
    /// Whether a text has to be one of these.
    pub only_listed: bool,
    /// Order among the fields.
    pub position: i32,
    /// Whether it is collected.
    pub is_collected: bool,
    /// Who sees it.
    pub seen_by: Vec<Audience>,
    /// Who changes it.
    pub edited_by: Vec<Audience>,
    /// Whether most of a value is hidden until somebody asks, which is recorded.
    pub is_masked: bool,
    /// Rises with every change; goes into `If-Match`.
    pub revision: i64,
    /// What the caller may do to it.
    pub can: FieldCan,
}

/// What the caller may do to a field.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct FieldCan {
    /// Decide about it.
    pub edit: bool,
    /// Remove it with everything that stands in it.
    pub delete: bool,
}

/// The fields, in their order.
#[derive(Serialize, ToSchema)]
pub struct Fields {
    /// Those that are collected; for whoever decides about them the others too.
    pub items: Vec<Field>,
    /// Another one in another order: what `If-Match` of `orderFields` names.
    pub order: i64,
    /// Whether the caller may make one.
    pub can_create: bool,
}

/// List the fields
#[utoipa::path(
    get, path = "/v1/fields", tag = "directory", operation_id = "listFields",
    responses((status = 200, body = Fields)),
    extensions(("x-access" = json!("member of the organisation; fields that only administrators see, holder of people.see"))),
)]
pub async fn list_fields(cx: Cx) -> Result<Json<Fields>> {
    let mut tx = cx.begin().await?;
    let items = all(&mut tx).await?;
    let order = editions::of_order(items.iter().map(|field| field.id.0.as_u128()));
    Ok(Json(Fields { items, order, can_create: decides(&Acting::load(&mut tx).await?) }))
}

/// The fields that whoever `tx` runs for may know of, in their order.
pub async fn all(tx: &mut Tx) -> Result<Vec<Field>> {
    let acting = Acting::load(tx).await?;
    load(tx, &acting, None).await
}

/// Show a field
#[utoipa::path(
    get, path = "/v1/fields/{field}", tag = "directory", operation_id = "showField",
    params(("field" = FieldId, Path)),
    responses((status = 200, body = Field)),
    extensions(("x-access" = json!("member of the organisation; fields that only administrators see, holder of people.see"))),
)]
pub async fn show_field(cx: Cx, Path(field): Path<FieldId>) -> Result<(HeaderMap, Json<Field>)> {
    let mut tx = cx.begin().await?;
    one(&mut tx, field).await
}

/// The field as the caller sees it, with its edition.
pub(super) async fn one(tx: &mut Tx, field: FieldId) -> Result<(HeaderMap, Json<Field>)> {
    let acting = Acting::load(tx).await?;
    let found = load(tx, &acting, Some(field)).await?.pop().ok_or(Error::NotFound("field"))?;
    Ok((editions::tag(found.revision), Json(found)))
}

/// Whoever changes the organisation decides about its fields.
fn decides(acting: &Acting) -> bool {
    acting.holdings.everywhere().has(Permission::OrganisationEdit)
}

/// What only administrators see is not even named to others.
fn concerns(rule: &Rule, acting: &Acting) -> bool {
    decides(acting)
        || (rule.is_collected
            && (rule.seen_by.iter().any(|one| *one != Audience::Administrators)
                || acting.holdings.has(Permission::PeopleSee)
                || acting.holdings.has(Permission::PeopleEdit)))
}

/// The field, or all of them.
pub(super) async fn load(tx: &mut Tx, acting: &Acting, only: Option<FieldId>) -> Result<Vec<Field>> {
    let rules = Rules::load(tx).await?;
    let written = definitions(tx).await?;
    let decides = decides(acting);
    let wanted = rules.iter().filter(|(id, rule)| only.is_none_or(|only| only == *id) && concerns(rule, acting));
    let mut fields: Vec<Field> = wanted
        .map(|(id, rule)| {
            let built_in = BuiltIn::of(id);
            let definition = fill::definition(id, &written);
            let can = FieldCan { edit: decides, delete: decides && built_in.is_none() };
            shown(id, rule.clone(), definition, can)
        })
        .collect();
    fields.sort_by_key(|field| (field.position, field.id));
    Ok(fields)
}

fn shown(id: FieldId, rule: Rule, definition: Definition, can: FieldCan) -> Field {
    Field {
        id,
        built_in: BuiltIn::of(id),
        kind: rule.kind,
        names: definition.names,
        group: definition.group,
        choices: definition.choices,
        longest: definition.longest,
        least: definition.least,
        most: definition.most,
        listed: definition.listed,
        only_listed: definition.only_listed,
        position: rule.position,
        is_collected: rule.is_collected,
        seen_by: rule.seen_by,
        edited_by: rule.edited_by,
        is_masked: rule.is_masked,
        revision: rule.revision,
        can,
    }
}

/// What the fields of the organisation's own making may hold.
pub(crate) async fn definitions(tx: &mut Tx) -> Result<HashMap<FieldId, Definition>> {
    let rows: Vec<(FieldId, Vec<u8>)> =
        sqlx::query_as("select id, definition from directory.field where definition is not null")
            .fetch_all(tx.db())
            .await?;
    rows.into_iter().map(|(id, sealed)| Ok((id, open(tx, id, &sealed)?))).collect()
}

pub(super) fn seal(tx: &Tx, id: FieldId, definition: &Definition) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(definition).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Organisation, KIND, id.0, &plain)
}

fn open(tx: &Tx, id: FieldId, sealed: &[u8]) -> Result<Definition> {
    let plain = tx.open(Bucket::Organisation, KIND, id.0, sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}
