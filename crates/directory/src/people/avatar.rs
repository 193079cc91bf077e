//! A person's picture: small, checked by what it is and not by what it says it is, sealed like the rest of the profile.

use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Bucket, Cx, Error, Json, MemberId, Path, Query, Raw, Result, Tx};
use pictures::{Known, Picture};
use serde::Serialize;
use utoipa::ToSchema;

use super::edit::announce;
use super::index;
use super::person::Person;
use super::sight::Sight;
use crate::fields::{Audience, BuiltIn, Rules};
use crate::policy::{Acting, EditableMember, Myself};
use access::State;

const KIND: &str = "directory.avatar";

/// The picture as it now is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Avatar {
    /// Rises with every picture; part of its address, so that it may be cached.
    pub version: i64,
}

/// Set my picture
#[utoipa::path(
    put, path = "/v1/me/avatar", tag = "directory", operation_id = "setMyAvatar",
    request_body(content = Vec<u8>, content_type = "image/png", description = "PNG, JPEG or WebP, at most 256 KiB and 2048 pixels a side, not animated"),
    responses((status = 200, body = Avatar)),
    extensions(
        ("x-access" = json!("active member of the organisation, about themselves")),
        ("x-errors" = json!(["forbidden", "directory.field_not_collected"])),
    ),
)]
pub async fn set_my_avatar(cx: Cx, Raw(picture): Raw) -> Result<Json<Avatar>> {
    let mut tx = cx.begin().await?;
    let myself = Myself::load(&mut tx).await?;
    let version = set(&mut tx, (myself.person(), Audience::Oneself), &picture).await?;
    tx.commit().await?;
    Ok(Json(Avatar { version }))
}

/// Remove my picture
#[utoipa::path(
    delete, path = "/v1/me/avatar", tag = "directory", operation_id = "removeMyAvatar",
    responses((status = 204)),
    extensions(
        ("x-access" = json!("active member of the organisation, about themselves")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn remove_my_avatar(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let myself = Myself::load(&mut tx).await?;
    remove(&mut tx, myself.person()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Set a person's picture
#[utoipa::path(
    put, path = "/v1/members/{member}/avatar", tag = "directory", operation_id = "setAvatar",
    params(("member" = MemberId, Path)), responses((status = 200, body = Avatar)),
    request_body(content = Vec<u8>, content_type = "image/png", description = "PNG, JPEG or WebP, at most 256 KiB and 2048 pixels a side, not animated"),
    extensions(("x-access" = json!("holder of people.edit, where administrators change pictures")), ("x-errors" = json!(["forbidden", "directory.field_not_collected", "directory.is_restricted"]))),
)]
pub async fn set_avatar(cx: Cx, Path(id): Path<MemberId>, Raw(picture): Raw) -> Result<Json<Avatar>> {
    let mut tx = cx.begin().await?;
    let member = EditableMember::load(&mut tx, id).await?;
    member.check_profile(&mut tx)?;
    let version = set(&mut tx, (member.person(), Audience::Administrators), &picture).await?;
    tx.commit().await?;
    Ok(Json(Avatar { version }))
}

/// Remove a person's picture
#[utoipa::path(
    delete, path = "/v1/members/{member}/avatar", tag = "directory", operation_id = "removeAvatar",
    params(("member" = MemberId, Path)), responses((status = 204)),
    extensions(("x-access" = json!("holder of people.edit, where administrators change pictures")), ("x-errors" = json!(["forbidden", "directory.field_not_collected", "directory.is_restricted"]))),
)]
pub async fn remove_avatar(cx: Cx, Path(member): Path<MemberId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = EditableMember::load(&mut tx, member).await?;
    member.check_profile(&mut tx)?;
    Rules::load(&mut tx).await?.check_write(BuiltIn::Avatar.id(), &[Audience::Administrators])?;
    remove(&mut tx, member.person()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Show a person's picture
#[utoipa::path(
    get, path = "/v1/members/{member}/avatar", tag = "directory", operation_id = "showAvatar",
    params(("member" = MemberId, Path), Known),
    responses((status = 200, description = "PNG, JPEG or WebP", body = Vec<u8>, content_type = "image/png")),
    extensions(("x-access" = json!("member of the organisation, whoever sees pictures of the person"))),
)]
pub async fn show_avatar(cx: Cx, Path(member): Path<MemberId>, Query(known): Query<Known>) -> Result<Response> {
    let mut tx = cx.begin().await?;
    let acting = Acting::load(&mut tx).await?;
    let sight = Sight::of(&mut tx, &acting, Some(&[member])).await?;
    let found: Option<(State, i64, String, Vec<u8>)> = sqlx::query_as(
        "select m.state, a.version, a.media_type, a.picture
         from directory.avatar a join directory.member m on m.id = a.member_id where a.member_id = $1",
    )
    .bind(member)
    .fetch_optional(tx.db())
    .await?;
    let is_seen = |state| sight.sees(BuiltIn::Avatar.id(), member) && !sight.has_lost(member, state);
    let found = found.filter(|(state, ..)| is_seen(*state));
    let (_, version, media_type, sealed) = found.ok_or(Error::NotFound("avatar"))?;
    let picture = tx.open(Bucket::Member(member.0), KIND, member.0, &sealed)?;
    Ok(pictures::answer(&media_type, picture, known.v == Some(version)))
}

/// Replaces the picture of somebody out of a proof; says its version.
async fn set(tx: &mut Tx, (person, by): (&Person, Audience), picture: &[u8]) -> Result<i64> {
    drop(index::load(tx).await?);
    Rules::load(tx).await?.check_write(BuiltIn::Avatar.id(), &[by])?;
    if picture.len() > pictures::MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let picture = Picture::read(picture).map_err(|why| Error::Invalid { field: "picture", why })?;
    let member = person.id;
    let sealed = tx.seal(Bucket::Member(member.0), KIND, member.0, &picture.bytes)?;
    let now = tx.now().timestamp_millis();
    let version: i64 = sqlx::query_scalar(
        "insert into directory.avatar as a (member_id, version, media_type, picture) values ($1, $2, $3, $4)
         on conflict on constraint avatar_pkey
         do update set version = greatest(a.version + 1, excluded.version), media_type = excluded.media_type,
                       picture = excluded.picture
         returning version",
    )
    .bind(member)
    .bind(now)
    .bind(picture.media_type)
    .bind(sealed)
    .fetch_one(tx.db())
    .await?;
    announce(tx, member, vec!["avatar".to_owned()], None).await?;
    Ok(version)
}

/// Takes the picture of somebody out of a proof away.
async fn remove(tx: &mut Tx, person: &Person) -> Result<()> {
    drop(index::load(tx).await?);
    let member = person.id;
    let done = sqlx::query("delete from directory.avatar where member_id = $1").bind(member).execute(tx.db()).await?;
    let fields = if done.rows_affected() == 0 { Vec::new() } else { vec!["avatar".to_owned()] };
    announce(tx, member, fields, None).await
}
