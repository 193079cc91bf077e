//! Another display name of the organisation: what the operator saw, or is to decide on, was of the one before.

use directory::events::OrganisationChanged;
use kernel::{Result, Subscriber, Tx, subscriber};

use crate::events::VerificationEnded;
use crate::model::VerificationState;
use crate::stored::{KEPT, Request, keep_documents};
use crate::tell::tell_standing;

pub fn subscriber_to_names() -> Subscriber {
    subscriber::<OrganisationChanged>("verification.names_changed", |tx, event| {
        Box::pin(async move { if event.fields.iter().any(|field| field == "names") { end(tx).await } else { Ok(()) } })
    })
}

/// Neither verified nor asked any more. What was said and shown stays, to be asked by again under the new name.
async fn end(tx: &mut Tx) -> Result<()> {
    const NONE: &str =
        "update verification.request set state = 'none', asked_at = null, decided_at = null, ended_at = $1";
    let before = Request::lock(tx).await?.state;
    if !matches!(before, VerificationState::Asked | VerificationState::Verified) {
        return Ok(());
    }
    let now = tx.now();
    sqlx::query(NONE).bind(now).execute(tx.db()).await?;
    if before == VerificationState::Asked {
        keep_documents(tx, now + KEPT).await?;
        tell_standing(tx, "verification_sent_back").await?;
    } else {
        tell_standing(tx, "verification_ended").await?;
    }
    tx.emit(&VerificationEnded {})
}
