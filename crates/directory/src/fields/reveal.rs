//! Look at a masked value. It is recorded, and the person sees who looked.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::FieldId;
use crate::events::FieldRevealed;
use crate::people::person;
use crate::people::sight::Sight;
use crate::policy::Acting;

/// The value as it is.
#[derive(Serialize, ToSchema)]
pub struct RevealedValue {
    /// All of it.
    pub value: String,
}

/// Look at a masked value
///
/// Recorded in the audit log and for the person.
#[utoipa::path(
    post, path = "/v1/members/{member}/fields/{field}/reveal", tag = "directory", operation_id = "revealField",
    params(("member" = MemberId, Path), ("field" = FieldId, Path)),
    responses((status = 201, body = RevealedValue)),
    extensions(
        ("x-access" = json!("member of the organisation, whoever sees the field of the person")),
        ("x-errors" = json!(["directory.is_restricted"])),
    ),
)]
pub async fn reveal_field(
    cx: Cx,
    Path((member, field)): Path<(MemberId, FieldId)>,
) -> Result<(StatusCode, Json<RevealedValue>)> {
    let mut tx = cx.begin().await?;
    let value = reveal(&mut tx, member, field).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(RevealedValue { value })))
}

/// The value, and a line about it unless it is one's own.
pub async fn reveal(tx: &mut Tx, member: MemberId, field: FieldId) -> Result<String> {
    let acting = Acting::load(tx).await?;
    let sight = Sight::of(tx, &acting, Some(&[member])).await?;
    let person = person::load(tx, member).await?;
    if !sight.finds(member) {
        return Err(Error::NotFound("member"));
    }
    if sight.is_kept_from(member) {
        return Err(Error::Blocked("directory.is_restricted"));
    }
    let is_seen = sight.sees(field, member) && !sight.has_lost(member, person.state);
    let value = person.profile.get(field).filter(|_| is_seen).ok_or(Error::NotFound("field"))?;
    if acting.id != member {
        let (id, now) = (tx.new_id(), tx.now());
        sqlx::query(
            "insert into directory.reveal (id, member_id, field_id, revealed_by, revealed_at) values ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(member)
        .bind(field)
        .bind(acting.id)
        .bind(now)
        .execute(tx.db())
        .await?;
        tx.emit(&FieldRevealed { field, member })?;
    }
    Ok(value)
}
