//! See one's own sign-ins, with device and address (`ACC-13`).

use chrono::{DateTime, Utc};
use kernel::{Json, Limit, Page, Query, Result, SignedIn, SystemTx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::device::Sealed;
use crate::model::{Outcome, SignInId};

/// One attempt to sign in to one's account.
#[derive(Serialize, ToSchema)]
pub struct SignIn {
    /// Names it; pages go by it.
    pub id: SignInId,
    /// When.
    pub at: DateTime<Utc>,
    /// How it ended.
    pub outcome: Outcome,
    /// With what.
    pub device: String,
    /// Where from.
    pub address: String,
    /// Whether the account had not been seen with the device before.
    pub is_new_device: bool,
}

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The `next` of the page before; the newest when absent.
    pub before: Option<SignInId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SignInId,
    at: DateTime<Utc>,
    outcome: Outcome,
    is_new_device: bool,
    #[sqlx(flatten)]
    sealed: Sealed,
}

/// List one's own sign-ins, the newest first
#[utoipa::path(
    get, path = "/v1/sign-ins", tag = "identity", operation_id = "listSignIns",
    params(Wanted),
    responses((status = 200, description = "A page of the history", body = Page<SignIn>)),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn list_sign_ins(caller: SignedIn, Query(wanted): Query<Wanted>) -> Result<Json<Page<SignIn>>> {
    let (app, account) = (caller.app(), caller.caller.account);
    let limit = wanted.limit.get();
    let mut tx = SystemTx::begin(app).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select id, at, outcome, is_new_device, device, address from identity.sign_in
         where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3",
    )
    .bind(account)
    .bind(wanted.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let (device, address) = row.sealed.open(app, account, row.id.0)?;
        let Row { id, at, outcome, is_new_device, .. } = row;
        items.push(SignIn { id, at, outcome, device, address, is_new_device });
    }
    Ok(Json(Page::of(items, limit, |item| item.id.to_string())))
}
