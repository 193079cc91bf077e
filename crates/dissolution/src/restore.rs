//! Bring back an organisation that is being dissolved, until its last day.

use axum::http::StatusCode;
use directory::Assured;
use kernel::{Error, Result, SessionId, SignedIn, Tx};

use crate::events::OrganisationRestored;
use crate::policy::Owner;

/// Bring back an organisation that is being dissolved
///
/// It needs the password again. Everybody comes in as before.
#[utoipa::path(
    delete, path = "/v1/organisation/dissolution", tag = "dissolution", operation_id = "restoreOrganisation",
    responses((status = 204, description = "Open again")),
    extensions(
        ("x-access" = json!("owner of the organisation, while it is being dissolved too")),
        ("x-errors" = json!(["forbidden", "hosting.not_dissolving", "identity.prove_again"])),
    ),
)]
pub async fn restore_organisation(caller: SignedIn) -> Result<StatusCode> {
    let (mut tx, by) = Owner::enter(&caller).await?;
    restore(&mut tx, &by, caller.caller.session).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens it; `Conflict` when it is not being dissolved or its time is over.
async fn restore(tx: &mut Tx, _by: &Owner, session: SessionId) -> Result<()> {
    let ends_at = hosting::dissolves_at(tx).await?.ok_or(Error::Conflict("hosting.not_dissolving"))?;
    Assured::load(tx, session).await?;
    hosting::restore(tx).await?;
    identity::open_organisation(tx).await?;
    tx.emit(&OrganisationRestored { ends_at })
}
