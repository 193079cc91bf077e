//! See which programs may speak with the organisation.

use access::Permission;
use chrono::{DateTime, Utc};
use directory::{DepartmentId, Permitted, State};
use kernel::{Cx, Json, MemberId, Result, Tx};
use serde::Serialize;
use tokens::{TokenId, Why};
use utoipa::ToSchema;

/// A program that may, or might, speak with the organisation.
#[derive(Serialize, ToSchema)]
pub struct ServiceToken {
    /// Which.
    pub id: TokenId,
    /// What the program is.
    pub name: String,
    /// What it may do, as far as whoever made it still may.
    pub permissions: Vec<Permission>,
    /// For which departments; for the whole organisation when there are none.
    pub department_ids: Vec<DepartmentId>,
    /// Who made it.
    pub made_by: MemberId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether it works.
    pub state: ServiceTokenState,
    /// How it ended before its day, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<EndedServiceToken>,
}

/// How a token ended before its day.
#[derive(Serialize, ToSchema)]
pub struct EndedServiceToken {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom: whoever ended it or shut its maker out. Absent when a program did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// Why.
    pub why: Why,
}

/// Whether a token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceTokenState {
    /// It works.
    Open,
    /// Whoever made it is not active here, and so it opens nothing; when they are let in again it ends.
    Dormant,
    /// Its time is over.
    Expired,
    /// It ended before its day: `ended` says how.
    Revoked,
}

/// All of them.
#[derive(Serialize, ToSchema)]
pub struct ServiceTokens {
    /// The newest first.
    pub items: Vec<ServiceToken>,
}

/// List the service tokens
#[utoipa::path(
    get, path = "/v1/service-tokens", tag = "provisioning", operation_id = "listServiceTokens",
    responses((status = 200, body = ServiceTokens)),
    extensions(("x-access" = json!("holder of tokens.manage")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_service_tokens(cx: Cx) -> Result<Json<ServiceTokens>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::TokensManage).await?;
    let items = shown(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(ServiceTokens { items }))
}

pub async fn shown(tx: &mut Tx) -> Result<Vec<ServiceToken>> {
    let (mut items, now) = (Vec::new(), tx.now());
    for token in tokens::all(tx).await? {
        let state = if token.revoked_at.is_some() {
            ServiceTokenState::Revoked
        } else if token.expires_at <= now {
            ServiceTokenState::Expired
        } else if directory::member_state(tx, token.made_by).await? == State::Active {
            ServiceTokenState::Open
        } else {
            ServiceTokenState::Dormant
        };
        let why = token.ended_why.unwrap_or(Why::Revoked);
        let ended = token.revoked_at.map(|at| EndedServiceToken { at, by: token.ended_by, why });
        items.push(ServiceToken {
            id: token.id,
            name: token.name,
            permissions: token.permissions.iter().filter_map(|name| Permission::named(name)).collect(),
            department_ids: token.department_ids,
            made_by: token.made_by,
            made_at: token.made_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
            state,
            ended,
        });
    }
    Ok(items)
}
