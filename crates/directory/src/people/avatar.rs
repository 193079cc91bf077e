//! A person's picture: small, checked by what it is and not by what it says it is, sealed like the rest of the profile.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use editions::Edition;
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
    /// Rises with every picture; part of its address, so that it may be cached, and what `If-Match` of a change names.
    pub version: i64,
}

type Shown = (HeaderMap, Json<Avatar>);

/// Set my picture
#[utoipa::path(
    put, path = "/v1/me/avatar", tag = "directory", operation_id = "setMyAvatar",
    params(("If-Match" = String, Header, description = "the version of the picture that is changed; 0 of none")),
    request_body(content = Vec<u8>, content_type = "image/png", description = "PNG, JPEG or WebP, at most 256 KiB and 2048 pixels a side, not animated"),
    responses((status = 200, body = Avatar)),
    extensions(
        ("x-access" = json!("active member of the organisation, about themselves")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.field_not_collected"])),
    ),
)]
pub async fn set_my_avatar(cx: Cx, seen: Edition, Raw(picture): Raw) -> Result<Shown> {
    let mut tx = cx.begin().await?;
    let myself = Myself::load(&mut tx).await?;
    let avatar = set(&mut tx, (myself.person(), Audience::Oneself), &seen, &picture).await?;
    tx.commit().await?;
    Ok(avatar)
}

/// Remove my picture
#[utoipa::path(
    delete, path = "/v1/me/avatar", tag = "directory", operation_id = "removeMyAvatar",
    params(("If-Match" = String, Header, description = "the version of the picture that is changed; 0 of none")), responses((status = 204)),
    extensions(
        ("x-access" = json!("active member of the organisation, about themselves")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn remove_my_avatar(cx: Cx, seen: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let myself = Myself::load(&mut tx).await?;
    remove(&mut tx, myself.person(), &seen).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Set a person's picture
#[utoipa::path(
    put, path = "/v1/members/{member}/avatar", tag = "directory", operation_id = "setAvatar",
    params(("member" = MemberId, Path), ("If-Match" = String, Header, description = "the version of the picture that is changed; 0 of none")), responses((status = 200, body = Avatar)),
    request_body(content = Vec<u8>, content_type = "image/png", description = "PNG, JPEG or WebP, at most 256 KiB and 2048 pixels a side, not animated"),
    extensions(("x-access" = json!("holder of people.edit, where administrators change pictures")), ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.field_not_collected", "directory.is_restricted"]))),
)]
pub async fn set_avatar(cx: Cx, Path(id): Path<MemberId>, seen: Edition, Raw(picture): Raw) -> Result<Shown> {
    let mut tx = cx.begin().await?;
    let member = EditableMember::load(&mut tx, id).await?;
    member.check_profile(&mut tx)?;
    let avatar = set(&mut tx, (member.person(), Audience::Administrators), &seen, &picture).await?;
    tx.commit().await?;
    Ok(avatar)
}

/// Remove a person's picture
#[utoipa::path(
    delete, path = "/v1/members/{member}/avatar", tag = "directory", operation_id = "removeAvatar",
    params(("member" = MemberId, Path), ("If-Match" = String, Header, description = "the version of the picture that is changed; 0 of none")), responses((status = 204)),
    extensions(("x-access" = json!("holder of people.edit, where administrators change pictures")), ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.field_not_collected", "directory.is_restricted"]))),
)]
pub async fn remove_avatar(cx: Cx, Path(member): Path<MemberId>, seen: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = EditableMember::load(&mut tx, member).await?;
    member.check_profile(&mut tx)?;
    Rules::load(&mut tx).await?.check_write(BuiltIn::Avatar.id(), &[Audience::Administrators])?;
    remove(&mut tx, member.person(), &seen).await?;
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

/// Replaces the picture that was `seen` of somebody out of a proof.
async fn set(tx: &mut Tx, (person, by): (&Person, Audience), seen: &Edition, picture: &[u8]) -> Result<Shown> {
    drop(index::load(tx).await?);
    seen.check(person.avatar.unwrap_or(0))?;
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
    Ok((editions::tag(version), Json(Avatar { version })))
}

/// Takes the picture that was `seen` of somebody out of a proof away.
async fn remove(tx: &mut Tx, person: &Person, seen: &Edition) -> Result<()> {
    drop(index::load(tx).await?);
    seen.check(person.avatar.unwrap_or(0))?;
    let member = person.id;
    let done = sqlx::query("delete from directory.avatar where member_id = $1").bind(member).execute(tx.db()).await?;
    let fields = if done.rows_affected() == 0 { Vec::new() } else { vec!["avatar".to_owned()] };
    announce(tx, member, fields, None).await
}
