//! Another display name of the organisation: what the operator saw was of the one before.

use directory::events::OrganisationChanged;
use kernel::{Result, Subscriber, Tx, subscriber};

use crate::events::VerificationEnded;
use crate::model::VerificationState;
use crate::stored::Request;

pub fn subscriber_to_names() -> Subscriber {
    subscriber::<OrganisationChanged>("verification.names_changed", |tx, event| {
        Box::pin(async move { if event.fields.iter().any(|field| field == "names") { end(tx).await } else { Ok(()) } })
    })
}

async fn end(tx: &mut Tx) -> Result<()> {
    if Request::lock(tx).await?.state != VerificationState::Verified {
        return Ok(());
    }
    const NONE: &str = "update verification.request set state = 'none', asked_at = null, decided_at = null";
    sqlx::query(NONE).execute(tx.db()).await?;
    tx.emit(&VerificationEnded {})
}
