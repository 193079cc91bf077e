//! What the server's tus can.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Result;

use super::tus;
use crate::policy::DEFAULT_MAX_FILE_BYTES;

/// Describe the upload protocol
#[utoipa::path(
    options, path = "/v1/uploads", tag = "files", operation_id = "describeUploads",
    responses((status = 204, description = "Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm")),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn describe_uploads() -> Result<Response> {
    let headers = tus::answer([
        ("tus-version", tus::VERSION.to_owned()),
        ("tus-extension", tus::EXTENSIONS.to_owned()),
        ("tus-max-size", DEFAULT_MAX_FILE_BYTES.to_string()),
        ("tus-checksum-algorithm", tus::CHECKSUMS.to_owned()),
    ])?;
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}
