//! Another display name of the organisation: what the operator saw, or is to decide on, was of the one before.

use directory::events::OrganisationChanged;
use kernel::{Result, Subscriber, Tx, subscriber};

use crate::events::VerificationEnded;
use crate::model::VerificationState;
use crate::stored::{KEPT, Request, keep_documents};

pub fn subscriber_to_names() -> Subscriber {
    subscriber::<OrganisationChanged>("verification.names_changed", |tx, event| {
        Box::pin(async move { if event.fields.iter().any(|field| field == "names") { end(tx).await } else { Ok(()) } })
    })
}

/// Neither verified nor asked any more. What was said and shown stays, to be asked by again under the new name.
async fn end(tx: &mut Tx) -> Result<()> {
    const NONE: &str = "update verification.request set state = 'none', asked_at = null, decided_at = null";
    let before = Request::lock(tx).await?.state;
    if !matches!(before, VerificationState::Asked | VerificationState::Verified) {
        return Ok(());
    }
    sqlx::query(NONE).execute(tx.db()).await?;
    if before == VerificationState::Asked {
        let goes_at = tx.now() + KEPT;
        keep_documents(tx, goes_at).await?;
    }
    tx.emit(&VerificationEnded {})
}
