//! Add a document (`ORG-05`).

use axum::http::StatusCode;
use directory::{Permission, Permitted};
use kernel::{Bucket, Cx, Error, Json, Query, Raw, Result, Tx};
use serde::Deserialize;
use texts::one_line;

use super::sniff;
use crate::events::DocumentAdded;
use crate::model::{Document, DocumentId, VerificationState};
use crate::stored::{BYTES, KEPT, NAME, Request, documents};

/// The largest document: 10 MiB.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// More prove no more.
const MOST: usize = 5;

/// What its file is called.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Called {
    /// Needed; at most 200 characters.
    pub name: Option<String>,
}

/// Add a document
///
/// The body is the file: PDF, JPEG or PNG, at most 10 MiB; at most five, and none while a decision is awaited.
#[utoipa::path(
    post, path = "/v1/verification/documents", tag = "verification", operation_id = "addVerificationDocument",
    params(Called),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "PDF, JPEG or PNG"),
    responses((status = 201, body = Document)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")), ("x-rate" = json!("heavy")),
        ("x-most-bytes" = json!(MAX_BYTES)),
        ("x-errors" = json!([
            "forbidden", "verification.asked_already", "verification.too_many_documents"
        ])),
    ),
)]
pub async fn add_verification_document(
    cx: Cx,
    Query(called): Query<Called>,
    Raw(bytes): Raw,
) -> Result<(StatusCode, Json<Document>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let document = add(&mut tx, &by, &called.name.unwrap_or_default(), &bytes).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(document)))
}

/// Seals and keeps it.
pub async fn add(tx: &mut Tx, _: &Permitted, name: &str, bytes: &[u8]) -> Result<Document> {
    let name = one_line("name", name, 200)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })?;
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let wrong = Error::Invalid { field: "file", why: "not_pdf_jpeg_png" };
    let media_type = sniff::media_type(bytes).ok_or(wrong)?;
    if Request::lock(tx).await?.state == VerificationState::Asked {
        return Err(Error::Conflict("verification.asked_already"));
    }
    if documents(tx).await?.len() >= MOST {
        return Err(Error::Conflict("verification.too_many_documents"));
    }
    let (id, now) = (DocumentId(tx.new_id()), tx.now());
    let (key, size, goes_at) = (Bucket::Object(id.0), i32::try_from(bytes.len()).unwrap_or(i32::MAX), now + KEPT);
    let sealed = (tx.seal(key, NAME, id.0, name.as_bytes())?, tx.seal(key, BYTES, id.0, bytes)?);
    sqlx::query(
        "insert into verification.document (id, name, media_type, size, bytes, added_at, goes_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(sealed.0)
    .bind(media_type)
    .bind(size)
    .bind(sealed.1)
    .bind(now)
    .bind(goes_at)
    .execute(tx.db())
    .await?;
    crate::erase::schedule(tx, goes_at).await?;
    tx.emit(&DocumentAdded { document: id })?;
    Ok(Document { id, name, media_type: media_type.to_owned(), size, added_at: now, goes_at })
}
