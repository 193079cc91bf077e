//! See where a link leads, before deciding.

use chrono::{DateTime, Utc};
use directory::Organisation;
use kernel::{Json, Path, Result, Visitor};
use serde::Serialize;
use utoipa::ToSchema;

use super::link::OpenInvitation;

/// Who asks one in.
#[derive(Serialize, ToSchema)]
pub struct ShownInvitation {
    /// Where to.
    pub organisation: InvitingOrganisation,
    /// Who made the link.
    pub inviter_name: String,
    /// It does not work any more then.
    pub expires_at: DateTime<Utc>,
    /// The statement to read and accept.
    pub statement_version: String,
}

/// As much of an organisation as an invitation tells.
#[derive(Serialize, ToSchema)]
pub struct InvitingOrganisation {
    /// What it is called.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Its name in addresses.
    pub slug: String,
}

/// Show where a link leads
#[utoipa::path(
    get, path = "/v1/invitations/by-token/{token}", tag = "identity", operation_id = "showInvitation",
    params(("token" = String, Path)),
    responses((status = 200, description = "Who asks one in", body = ShownInvitation)),
    extensions(
        ("x-access" = json!("anybody with the link")),
        ("x-errors" = json!([
            "identity.invitation_used_up", "identity.invitation_expired", "identity.invitation_revoked",
            "hosting.organisation_suspended", "hosting.organisation_dissolving"
        ])),
    ),
)]
pub async fn show_invitation(visitor: Visitor, Path(token): Path<String>) -> Result<Json<ShownInvitation>> {
    let (mut tx, invitation) = OpenInvitation::load(visitor.app(), &token).await?;
    let Organisation { name, name_zh, name_en, slug, .. } = directory::organisation(&mut tx).await?;
    let inviter = invitation.row().created_by;
    let inviter_name = directory::names(&mut tx, &[inviter]).await?.remove(&inviter).unwrap_or_default();
    Ok(Json(ShownInvitation {
        organisation: InvitingOrganisation { name, name_zh, name_en, slug },
        inviter_name,
        expires_at: invitation.row().expires_at,
        statement_version: privacy::statement_version()?.to_owned(),
    }))
}
