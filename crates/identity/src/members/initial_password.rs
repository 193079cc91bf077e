//! Give somebody who forgot theirs a new initial password (`ACC-06`).

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use directory::ResettableMember;
use kernel::{AccountId, Cx, Json, MemberId, Path, Result, SystemTx, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::events::InitialPasswordSet;
use crate::passwords::credential::{self, Initial};
use crate::sessions::revocation::{self, Why};

/// To be handed over.
#[derive(Serialize, ToSchema)]
pub struct InitialPassword {
    /// Shown this once.
    pub initial_password: String,
    /// It is no good any more then.
    pub expires_at: DateTime<Utc>,
}

/// Give a person a new initial password
///
/// Only for accounts that belong to this organisation alone; every sign-in of theirs ends.
#[utoipa::path(
    post, path = "/v1/members/{member}/initial-password", tag = "identity", operation_id = "setInitialPassword",
    params(("member" = MemberId, Path)),
    responses((status = 201, description = "The password, this once", body = InitialPassword)),
    extensions(
        ("x-access" = json!("holder of people.reset_password, of whoever holds no more")),
        ("x-errors" = json!(["forbidden", "directory.sight_exceeded", "directory.not_active", "directory.account_elsewhere"])),
    ),
)]
pub async fn set_initial_password(cx: Cx, Path(member): Path<MemberId>) -> Result<(StatusCode, Json<InitialPassword>)> {
    let mut tx = cx.begin().await?;
    let member = ResettableMember::load(&mut tx, member).await?;
    let (tx, initial) = set(tx, member.person().id, member.person().account).await?;
    tx.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(InitialPassword { initial_password: initial.password, expires_at: initial.expires_at }),
    ))
}

/// Gives the account an initial password and ends its sign-ins. Whoever calls this holds a [`ResettableMember`], or is the
/// operator.
pub(crate) async fn set(mut tx: Tx, member: MemberId, account: AccountId) -> Result<(SystemTx, Initial)> {
    tx.emit(&InitialPasswordSet { member })?;
    let mut tx = tx.leave().await?;
    let (app, now) = (tx.app().clone(), tx.now());
    let initial = credential::set_initial(tx.db(), &app, account, now).await?;
    revocation::end_sessions(&mut tx, account, None, Why::Revoked).await?;
    Ok((tx, initial))
}
