//! Open a document an organisation uploaded to be verified, so that nothing in it can run.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{OrgId, Path, Result};
use verification::{DocumentId, OpenDocument};

use crate::acting::Acting;

/// Read a document
///
/// To be saved. The organisation sees in its audit log who opened it.
#[utoipa::path(
    get, path = "/v1/operator/organisations/{organisation}/verification/documents/{document}", tag = "operators",
    operation_id = "readVerificationDocument",
    params(("organisation" = OrgId, Path), ("document" = DocumentId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")),
    extensions(("x-access" = json!("operator")), ("x-errors" = json!(["operators.change_password"]))),
)]
pub async fn read_verification_document(
    acting: Acting,
    Path((organisation, document)): Path<(OrgId, DocumentId)>,
) -> Result<(HeaderMap, Vec<u8>)> {
    let OpenDocument { name, media_type, bytes } = acting.open_document(&organisation.to_string(), document).await?;
    let value = |text: &str| HeaderValue::from_str(text).map_err(anyhow::Error::from);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, value(&media_type)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&files::attachment(&name))?);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    Ok((headers, bytes))
}
