//! How many values stand in a field: told before it is switched off (`DIR-03`).

use access::Permission;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::{BuiltIn, FieldId, Rules};
use crate::model::Profile;
use crate::policy::Permitted;

/// Profiles that are opened at a time.
const STEP: i64 = 1_000;

/// What stands in a field.
#[derive(Serialize, ToSchema)]
pub struct FieldValues {
    /// People of whom something stands there.
    pub count: i64,
    /// Those of them who have nothing else to sign in with: as long as there are any, the values cannot be erased.
    pub needed_to_sign_in: i64,
}

/// Count what stands in a field
#[utoipa::path(
    get, path = "/v1/fields/{field}/values", tag = "directory", operation_id = "countFieldValues",
    params(("field" = FieldId, Path)),
    responses((status = 200, body = FieldValues)),
    extensions(("x-access" = json!("holder of organisation.edit")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn count_field_values(cx: Cx, Path(field): Path<FieldId>) -> Result<Json<FieldValues>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    Rules::load(&mut tx).await?.get(field).ok_or(Error::NotFound("field"))?;
    let count = count(&mut tx, field).await?;
    Ok(Json(FieldValues { count, needed_to_sign_in: needed_to_sign_in(&mut tx, field).await? }))
}

/// People of whom something stands in the field.
pub(super) async fn count(tx: &mut Tx, field: FieldId) -> Result<i64> {
    if BuiltIn::of(field) == Some(BuiltIn::Avatar) {
        return Ok(sqlx::query_scalar("select count(*) from directory.avatar").fetch_one(tx.db()).await?);
    }
    count_where(tx, |profile| profile.has(field)).await
}

/// People whose profile is like that.
pub(super) async fn count_where(tx: &mut Tx, is_meant: impl Fn(&Profile) -> bool) -> Result<i64> {
    let (mut count, mut after) = (0, None);
    loop {
        let some = profiles(tx, after).await?;
        let Some((last, _)) = some.last() else { return Ok(count) };
        after = Some(*last);
        count += i64::try_from(some.iter().filter(|(_, profile)| is_meant(profile)).count()).unwrap_or(i64::MAX);
    }
}

/// The next people and what is known of them; nobody changes them until the transaction ends.
pub(super) async fn profiles(tx: &mut Tx, after: Option<MemberId>) -> Result<Vec<(MemberId, Profile)>> {
    let rows: Vec<(MemberId, Vec<u8>)> = sqlx::query_as(
        "select id, profile from directory.member
         where profile is not null and state <> 'erased' and ($1::uuid is null or id > $1)
         order by id limit $2 for update",
    )
    .bind(after)
    .bind(STEP)
    .fetch_all(tx.db())
    .await?;
    tokio::task::yield_now().await;
    rows.into_iter().map(|(id, sealed)| Ok((id, Profile::open(tx, id, &sealed)?))).collect()
}

/// People who could not sign in any more without what stands in the field (`ACC-01`).
pub(super) async fn needed_to_sign_in(tx: &mut Tx, field: FieldId) -> Result<i64> {
    let name = match BuiltIn::of(field) {
        Some(field) if field.signs_in() => field.name(),
        _ => return Ok(0),
    };
    Ok(sqlx::query_scalar(
        "select count(*) from directory.member
         where state <> 'erased'
             and case $1 when 'user_id' then user_id_hmac when 'phone' then phone_hmac else email_hmac end is not null
             and num_nonnulls(user_id_hmac, phone_hmac, email_hmac) = 1",
    )
    .bind(name)
    .fetch_one(tx.db())
    .await?)
}
