//! Take a document away again.

use axum::http::StatusCode;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Path, Result, Tx};

use crate::events::DocumentRemoved;
use crate::model::{DocumentId, VerificationState};
use crate::stored::{Request, documents, erase};

/// Remove a document
#[utoipa::path(
    delete, path = "/v1/verification/documents/{document}", tag = "verification",
    operation_id = "removeVerificationDocument", params(("document" = DocumentId, Path)),
    responses((status = 204, description = "Erased, with its key")),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "verification.asked_already"])),
    ),
)]
pub async fn remove_verification_document(cx: Cx, Path(document): Path<DocumentId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    remove(&mut tx, &by, document).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Erases it, unless somebody is to decide by it.
pub async fn remove(tx: &mut Tx, _: &Permitted, document: DocumentId) -> Result<()> {
    let state = Request::lock(tx).await?.state;
    if documents(tx).await?.iter().all(|one| one.id != document) {
        return Err(Error::NotFound("document"));
    }
    if state == VerificationState::Asked {
        return Err(Error::Conflict("verification.asked_already"));
    }
    erase(tx, &[document]).await?;
    tx.emit(&DocumentRemoved { document })
}
