//! The logo: a small picture, sealed under the organisation's key.

use axum::http::HeaderMap;
use axum::response::Response;
use directory::{Edition, Permission, Permitted};
use kernel::{Cx, Error, Json, Query, Raw, Result, Tx};
use pictures::{Known, Picture};

use crate::show::{Brand, shown};
use crate::stored::{self, LOGO, Row};

/// Show the logo
#[utoipa::path(
    get, path = "/v1/brand/logo", tag = "branding", operation_id = "showLogo",
    params(Known),
    responses((status = 200, description = "PNG, JPEG or WebP", body = Vec<u8>, content_type = "image/png")),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_logo(cx: Cx, Query(known): Query<Known>) -> Result<Response> {
    let mut tx = cx.begin().await?;
    let found: Option<(Vec<u8>, String, i64)> =
        sqlx::query_as("select logo, logo_type, logo_version from branding.brand where logo is not null")
            .fetch_optional(tx.db())
            .await?;
    let (sealed, media_type, version) = found.ok_or(Error::NotFound("logo"))?;
    let logo = stored::open(&tx, LOGO, &sealed)?;
    tx.commit().await?;
    Ok(pictures::answer(&media_type, logo, known.v == Some(version)))
}

/// Set the logo
#[utoipa::path(
    put, path = "/v1/brand/logo", tag = "branding", operation_id = "setLogo",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    request_body(content = Vec<u8>, content_type = "image/png", description = "PNG, JPEG or WebP, at most 256 KiB and 2048 pixels a side, not animated"),
    responses((status = 200, body = Brand)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn set_logo(cx: Cx, edition: Edition, Raw(logo): Raw) -> Result<(HeaderMap, Json<Brand>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let row = set(&mut tx, &by, &edition, &logo).await?;
    let shown = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Remove the logo
#[utoipa::path(
    delete, path = "/v1/brand/logo", tag = "branding", operation_id = "removeLogo",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    responses((status = 200, body = Brand)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn remove_logo(cx: Cx, edition: Edition) -> Result<(HeaderMap, Json<Brand>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let row = remove(&mut tx, &by, &edition).await?;
    let shown = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Puts a picture there, whatever was there.
pub async fn set(tx: &mut Tx, _by: &Permitted, edition: &Edition, logo: &[u8]) -> Result<Row> {
    if logo.len() > pictures::MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let picture = Picture::read(logo).map_err(|why| Error::Invalid { field: "picture", why })?;
    let sealed = stored::seal(tx, LOGO, &picture.bytes)?;
    edition.check(stored::lock(tx).await?.revision)?;
    let row: Row = sqlx::query_as(
        "update branding.brand
         set logo = $1, logo_type = $2, logo_version = logo_version + 1, revision = revision + 1
         returning name, accent, logo_type, logo_version, revision",
    )
    .bind(sealed)
    .bind(picture.media_type)
    .fetch_one(tx.db())
    .await?;
    stored::tell(tx, &["logo"], (None, None))?;
    Ok(row)
}

/// Takes the logo away; silent when there is none.
pub async fn remove(tx: &mut Tx, _by: &Permitted, edition: &Edition) -> Result<Row> {
    let before = stored::lock(tx).await?;
    edition.check(before.revision)?;
    if before.logo_type.is_none() {
        return Ok(before);
    }
    let row: Row = sqlx::query_as(
        "update branding.brand set logo = null, logo_type = null, revision = revision + 1
         returning name, accent, logo_type, logo_version, revision",
    )
    .fetch_one(tx.db())
    .await?;
    stored::tell(tx, &["logo"], (None, None))?;
    Ok(row)
}
