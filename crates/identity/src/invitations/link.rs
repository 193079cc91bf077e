//! The link of an invitation: where it leads, and whether it still does.

use chrono::{DateTime, Utc};
use directory::DepartmentId;
use kernel::{Actor, App, Error, MemberId, Result, SystemTx, Tx};
use serde::Serialize;
use tokens::LinkToken;
use utoipa::ToSchema;

use crate::model::InvitationId;

/// Whether a link works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// It does.
    Open,
    /// As many have come as may.
    UsedUp,
    /// Its time is over.
    Expired,
    /// An administrator took it back.
    Revoked,
}

/// A row of `identity.invitation`.
#[derive(Debug, sqlx::FromRow)]
pub struct Invitation {
    pub id: InvitationId,
    pub department_id: Option<DepartmentId>,
    pub created_by: MemberId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub max_uses: i32,
    pub uses: i32,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Invitation {
    pub fn state(&self, now: DateTime<Utc>) -> InvitationState {
        match () {
            () if self.revoked_at.is_some() => InvitationState::Revoked,
            () if self.expires_at <= now => InvitationState::Expired,
            () if self.uses >= self.max_uses => InvitationState::UsedUp,
            () => InvitationState::Open,
        }
    }

    /// Why it does not work any more, if it does not.
    fn check(&self, now: DateTime<Utc>) -> Result<()> {
        match self.state(now) {
            InvitationState::Open => Ok(()),
            InvitationState::UsedUp => Err(Error::Gone("identity.invitation_used_up")),
            InvitationState::Expired => Err(Error::Gone("identity.invitation_expired")),
            InvitationState::Revoked => Err(Error::Gone("identity.invitation_revoked")),
        }
    }
}

/// An invitation that works, by its link: whoever holds the link may use it (`ORG-08`).
pub struct OpenInvitation(Invitation);

impl OpenInvitation {
    /// Locked until the transaction ends, so that no more come in than may. `Blocked` while the organisation is suspended.
    pub async fn load(app: &App, token: &str) -> Result<(Tx, Self)> {
        let token = LinkToken::parse(token).ok_or(Error::NotFound("invitation"))?;
        let mut tx = SystemTx::begin(app).await?.enter(token.org, Actor::Visitor).await?;
        hosting::check_open(&mut tx).await?;
        let (org, now) = (tx.org(), tx.now());
        let invitation: Option<Invitation> = sqlx::query_as(
            "select id, department_id, created_by, created_at, expires_at, max_uses, uses, revoked_at
             from identity.invitation where org_id = $1 and token_hash = $2 for update",
        )
        .bind(org)
        .bind(token.hash())
        .fetch_optional(tx.db())
        .await?;
        let invitation = invitation.ok_or(Error::NotFound("invitation"))?;
        invitation.check(now)?;
        Ok((tx, Self(invitation)))
    }

    pub fn row(&self) -> &Invitation {
        &self.0
    }

    /// One more has come.
    pub async fn count(&self, tx: &mut Tx) -> Result<()> {
        let org = tx.org();
        sqlx::query("update identity.invitation set uses = uses + 1 where org_id = $1 and id = $2")
            .bind(org)
            .bind(self.0.id)
            .execute(tx.db())
            .await?;
        Ok(())
    }
}
