//! Say in which order fields stand on cards and in forms.

use std::collections::BTreeSet;

use access::Permission;
use axum::http::StatusCode;
use editions::Edition;
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{FieldId, Rules, edit};
use crate::events::{FieldsChanged, FieldsOrdered};
use crate::policy::Permitted;

/// All fields, the first one first.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldOrder {
    /// Each field once.
    pub field_ids: Vec<FieldId>,
}

/// Order the fields
#[utoipa::path(
    put, path = "/v1/field-order", tag = "directory", operation_id = "orderFields",
    params(("If-Match" = String, Header, description = "the `order` of the list that is changed")),
    request_body = FieldOrder,
    responses((status = 204)),
    extensions(("x-access" = json!("holder of organisation.edit")), ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"]))),
)]
pub async fn order_fields(cx: Cx, seen: Edition, Json(input): Json<FieldOrder>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    order(&mut tx, &by, &seen, &input.field_ids).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Invalid` unless each field is named once: a field somebody made meanwhile is not lost.
pub async fn order(tx: &mut Tx, _by: &Permitted, seen: &Edition, wanted: &[FieldId]) -> Result<()> {
    // Two who order them wait for each other.
    sqlx::query("select from directory.organisation where id = $1 for update").bind(tx.org()).execute(tx.db()).await?;
    let rules = Rules::load(tx).await?;
    let known: BTreeSet<(i32, FieldId)> = rules.iter().map(|(id, rule)| (rule.position, id)).collect();
    seen.check(editions::of_order(known.iter().map(|(_, id)| id.0.as_u128())))?;
    if wanted.len() != known.len() || known.iter().any(|(_, id)| !wanted.contains(id)) {
        return Err(Error::Invalid { field: "field_ids", why: "twice_or_unknown" });
    }
    for (id, rule) in rules.iter() {
        edit::insert(tx, id, rule, None).await?;
    }
    sqlx::query(
        "update directory.field f set position = wanted.place::integer
         from unnest($1::uuid[]) with ordinality as wanted (id, place) where f.id = wanted.id",
    )
    .bind(wanted)
    .execute(tx.db())
    .await?;
    tx.emit(&FieldsOrdered {})?;
    tx.emit(&FieldsChanged {})
}
