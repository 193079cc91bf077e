//! The fields of the organisation: what a card and a form are made of.

use std::collections::HashMap;

use access::Permission;
use axum::http::HeaderMap;
use kernel::{Bucket, Cx, Error, Json, Path, Result, Tx};
pub use profiles::Field;
use profiles::{Audience, Definition, FieldCan, Rule};
use serde::Serialize;
use utoipa::ToSchema;

use super::{BuiltIn, FieldId, Rules, fill};
use crate::policy::Acting;

const KIND: &str = "directory.field";

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
            Field::of(id, rule.clone(), definition, can)
        })
        .collect();
    fields.sort_by_key(|field| (field.position, field.id));
    Ok(fields)
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
