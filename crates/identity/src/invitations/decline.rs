//! Say no to an organisation that asks for the account one has already (`ORG-14`).

use axum::http::StatusCode;
use directory::Permission;
use kernel::{Actor, Error, MemberId, OrgId, Path, Result, SignedIn, SystemTx};

use crate::events::InvitationDeclined;
use crate::model::InvitationId;
use crate::sessions::known::Cache;

/// Decline an organisation that asks for one
#[utoipa::path(
    delete, path = "/v1/session/invitations/{invitation}", tag = "identity",
    operation_id = "declinePersonalInvitation", params(("invitation" = InvitationId, Path)),
    responses((status = 204, description = "Nothing of it is left there")),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn decline_personal_invitation(caller: SignedIn, Path(invitation): Path<InvitationId>) -> Result<StatusCode> {
    let app = caller.app();
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let asked: Option<(OrgId, MemberId)> = sqlx::query_as(
        "delete from identity.account_invitation where id = $1 and account_id = $2 and expires_at > $3
         returning org_id, member_id",
    )
    .bind(invitation)
    .bind(caller.caller.account)
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    let (org, member) = asked.ok_or(Error::NotFound("invitation"))?;
    let mut tx = tx.enter(org, Actor::Member(member)).await?;
    directory::forget_invited(&mut tx, member).await?;
    let administrators = directory::holders(&mut tx, Permission::PeopleAdd).await?;
    tx.emit(&InvitationDeclined { invitation, member, administrators })?;
    tx.commit().await?;
    app.state::<Cache>().forget_session(caller.caller.session);
    Ok(StatusCode::NO_CONTENT)
}
