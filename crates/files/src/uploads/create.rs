//! Announce a file: its name and how long it is. The room it needs is reserved at once.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Bucket, Cx, Error, Result, Tx};

use super::finish;
use super::rows::UploadRow;
use super::tus;
use crate::model::{FileId, NAME};
use crate::policy::{self, Policy};

/// How long an upload can be gone on with.
const LIFE: TimeDelta = TimeDelta::days(1);
/// Unfinished uploads of one person at a time.
const MOST: i64 = 100;

/// Begin an upload
///
/// tus 1.0.0 creation: `Upload-Length` in bytes, `Upload-Metadata` with `filename`. The address of the upload is in
/// `Location`; its last part is the id of the file that it becomes.
#[utoipa::path(
    post, path = "/v1/uploads", tag = "files", operation_id = "createUpload",
    params(
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = i64, Header, description = "Bytes"),
        ("Upload-Metadata" = String, Header, description = "`filename` and its name in Base64"),
    ),
    responses((status = 201, description = "`Location`, `Upload-Expires`")),
    extensions(
        ("x-application" = json!("sending_files")),
        ("x-access" = json!("active member of the organisation")),
        ("x-errors" = json!(["files.tus_version", "files.type_refused", "files.quota_reached", "hosting.storage_limit", "files.too_many_uploads", "too_large"])),
    ),
)]
pub async fn create_upload(cx: Cx, headers: HeaderMap) -> Result<Response> {
    tus::check_version(&headers)?;
    let length = tus::length(&headers)?;
    let name = tus::metadata(&headers, "filename")?.ok_or(Error::Invalid { field: "filename", why: "missing" })?;
    let mut tx = cx.begin().await?;
    let (upload, expires_at) = begin(&mut tx, &name, length).await?;
    tx.commit().await?;
    if length == 0 {
        finish::finish(&cx, &upload).await?;
    }
    let headers = tus::answer([
        ("location", format!("/v1/uploads/{}", upload.id)),
        ("upload-expires", expires_at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
    ])?;
    Ok((StatusCode::CREATED, headers).into_response())
}

async fn begin(tx: &mut Tx, name: &str, length: i64) -> Result<(UploadRow, DateTime<Utc>)> {
    let name = policy::file_name(name)?;
    Policy::load(tx).await?.check(&name, length)?;
    not_too_many(tx).await?;
    policy::reserve(tx, length).await?;
    let (id, blob_id, member, now) = (FileId(tx.new_id()), tx.new_id(), tx.member()?, tx.now());
    sqlx::query("insert into files.blob (id, size, created_at) values ($1, $2, $3)")
        .bind(blob_id)
        .bind(length)
        .bind(now)
        .execute(tx.db())
        .await?;
    let sealed = tx.seal(Bucket::Object(blob_id), NAME, id.0, name.as_bytes())?;
    let expires_at = now + LIFE;
    sqlx::query(
        "insert into files.upload (id, member_id, blob_id, name, length, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(member)
    .bind(blob_id)
    .bind(&sealed)
    .bind(length)
    .bind(now)
    .bind(expires_at)
    .execute(tx.db())
    .await?;
    let upload = UploadRow { id, blob_id, name: sealed, length, segments: 0, completed_at: None };
    Ok((upload, expires_at))
}

async fn not_too_many(tx: &mut Tx) -> Result<()> {
    let (member, now) = (tx.member()?, tx.now());
    let open: i64 = sqlx::query_scalar(
        "select count(*) from files.upload where member_id = $1 and completed_at is null and expires_at > $2",
    )
    .bind(member)
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    if open < MOST { Ok(()) } else { Err(Error::Conflict("files.too_many_uploads")) }
}
