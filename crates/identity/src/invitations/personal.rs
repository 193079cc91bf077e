//! Organisations that ask for an account one has already: the person decides (`ORG-14`).

use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use directory::{HandleKind, Organisation, State};
use kernel::{AccountId, Actor, Error, Json, MemberId, OrgId, Path, Result, SignedIn, SystemTx, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::onlookers;
use crate::events::InvitationAccepted;
use crate::model::{InvitationId, Session};
use crate::sessions::current;
use crate::sessions::known::Cache;

/// An administrator's wish is open for so long.
const OPEN: TimeDelta = TimeDelta::days(30);

/// An organisation that asks for one.
#[derive(Serialize, ToSchema)]
pub struct PersonalInvitation {
    /// Names it.
    pub id: InvitationId,
    /// What it is called.
    pub organisation: AskingOrganisation,
    /// Which administrator asked.
    pub inviter_name: String,
    /// It is gone then.
    pub expires_at: DateTime<Utc>,
}

/// As much of it as an invitation tells.
#[derive(Serialize, ToSchema)]
pub struct AskingOrganisation {
    /// What it is called.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
}

/// All of them.
#[derive(Serialize, ToSchema)]
pub struct PersonalInvitations {
    /// The newest first.
    pub items: Vec<PersonalInvitation>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: InvitationId,
    org_id: OrgId,
    member_id: MemberId,
    inviter_id: MemberId,
    expires_at: DateTime<Utc>,
}

/// List the organisations that ask for one
#[utoipa::path(
    get, path = "/v1/session/invitations", tag = "identity", operation_id = "listPersonalInvitations",
    responses((status = 200, description = "Those that are still open", body = PersonalInvitations)),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn list_personal_invitations(caller: SignedIn) -> Result<Json<PersonalInvitations>> {
    let mut tx = SystemTx::begin(caller.app()).await?;
    let now = tx.now();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, org_id, member_id, inviter_id, expires_at from identity.account_invitation
         where account_id = $1 and expires_at > $2 order by id desc",
    )
    .bind(caller.caller.account)
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let mut inside = tx.enter(row.org_id, Actor::Visitor).await?;
        let Organisation { name, name_zh, name_en, .. } = directory::organisation(&mut inside).await?;
        let inviter_name =
            directory::names(&mut inside, &[row.inviter_id]).await?.remove(&row.inviter_id).unwrap_or_default();
        let Row { id, expires_at, .. } = row;
        let organisation = AskingOrganisation { name, name_zh, name_en };
        items.push(PersonalInvitation { id, organisation, inviter_name, expires_at });
        tx = inside.leave().await?;
    }
    Ok(Json(PersonalInvitations { items }))
}

/// Join an organisation that asks for one
#[utoipa::path(
    post, path = "/v1/session/invitations/{invitation}/accept", tag = "identity",
    operation_id = "acceptPersonalInvitation", params(("invitation" = InvitationId, Path)),
    responses((status = 201, description = "Joined", body = Session)),
    extensions(("x-access" = json!("signed in, of oneself")), ("x-errors" = json!(["directory.no_such_state_change", "hosting.organisation_suspended", "hosting.organisation_dissolving"]))),
)]
pub async fn accept_personal_invitation(caller: SignedIn, Path(invitation): Path<InvitationId>) -> Result<Response> {
    let (app, account) = (caller.app(), caller.caller.account);
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let row: Option<Row> = sqlx::query_as(
        "delete from identity.account_invitation where id = $1 and account_id = $2 and expires_at > $3
         returning id, org_id, member_id, inviter_id, expires_at",
    )
    .bind(invitation)
    .bind(account)
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    let row = row.ok_or(Error::NotFound("invitation"))?;
    let org = row.org_id;
    come_in(tx, account, row).await?.commit().await?;
    app.state::<Cache>().forget_session(caller.caller.session);
    current::show(app, &caller.caller, Some(org)).await
}

/// The organisation of `tx` may have asked for the account already: then whoever comes by a link comes in as the one an
/// administrator wrote down, and this says who that is.
pub async fn come_in_if_asked(tx: Tx, account: AccountId) -> Result<(Tx, Option<MemberId>)> {
    let (org, actor, now) = (tx.org(), tx.actor(), tx.now());
    let mut outside = tx.leave().await?;
    let row: Option<Row> = sqlx::query_as(
        "delete from identity.account_invitation where org_id = $1 and account_id = $2 and expires_at > $3
         returning id, org_id, member_id, inviter_id, expires_at",
    )
    .bind(org)
    .bind(account)
    .bind(now)
    .fetch_optional(outside.db())
    .await?;
    let Some(row) = row else { return Ok((outside.enter(org, actor).await?, None)) };
    let member = row.member_id;
    Ok((come_in(outside, account, row).await?, Some(member)))
}

async fn come_in(tx: SystemTx, account: AccountId, row: Row) -> Result<Tx> {
    let Row { id: invitation, org_id, member_id: member, inviter_id, .. } = row;
    let mut tx = tx.enter(org_id, Actor::Member(member)).await?;
    hosting::check_open(&mut tx).await?;
    directory::set_state(&mut tx, member, State::Active).await?;
    let mut tx = keep_handles(tx, account, member).await?;
    let administrators = onlookers(&mut tx, Some(inviter_id)).await?;
    tx.emit(&InvitationAccepted { invitation, member, administrators })?;
    Ok(tx)
}

/// What the account signs in with already it goes on signing in with as long as it is here; what only the administrator
/// wrote is no way in.
async fn keep_handles(mut tx: Tx, account: AccountId, member: MemberId) -> Result<Tx> {
    let profile = directory::person(&mut tx, member).await?.profile;
    for (kind, value) in [(HandleKind::Phone, profile.phone), (HandleKind::Email, profile.email)] {
        let Some(value) = value else { continue };
        let (org, actor) = (tx.org(), tx.actor());
        let mut outside = tx.leave().await?;
        let holder = directory::account_of_handle(&mut outside, kind, &value).await?;
        tx = outside.enter(org, actor).await?;
        if holder == Some(account) {
            directory::set_handle(&mut tx, account, member, kind, Some(&value)).await?;
        }
    }
    Ok(tx)
}

/// Asks for an account; asking again begins the time anew.
pub async fn ask(tx: &mut Tx, account: AccountId, member: MemberId, inviter: MemberId) -> Result<DateTime<Utc>> {
    let (id, org, now) = (InvitationId(tx.new_id()), tx.org(), tx.now());
    let expires_at = now + OPEN;
    sqlx::query(
        "insert into identity.account_invitation
             (id, account_id, org_id, member_id, inviter_id, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint account_invitation_once do update
             set id = excluded.id, member_id = excluded.member_id, inviter_id = excluded.inviter_id,
                 created_at = excluded.created_at, expires_at = excluded.expires_at",
    )
    .bind(id)
    .bind(account)
    .bind(org)
    .bind(member)
    .bind(inviter)
    .bind(now)
    .bind(expires_at)
    .execute(tx.db())
    .await?;
    Ok(expires_at)
}

/// Asks for many accounts at once, each as the member beside it.
pub async fn ask_all(tx: &mut Tx, asked: &[(AccountId, MemberId)], inviter: MemberId) -> Result<()> {
    let ids: Vec<InvitationId> = asked.iter().map(|_| InvitationId(tx.new_id())).collect();
    let (accounts, members): (Vec<AccountId>, Vec<MemberId>) = asked.iter().copied().unzip();
    let (org, now) = (tx.org(), tx.now());
    sqlx::query(
        "insert into identity.account_invitation
             (id, account_id, org_id, member_id, inviter_id, created_at, expires_at)
         select n.id, n.account_id, $4, n.member_id, $5, $6, $7
         from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n (id, account_id, member_id)
         on conflict on constraint account_invitation_once do update
             set id = excluded.id, member_id = excluded.member_id, inviter_id = excluded.inviter_id,
                 created_at = excluded.created_at, expires_at = excluded.expires_at",
    )
    .bind(&ids)
    .bind(&accounts)
    .bind(&members)
    .bind(org)
    .bind(inviter)
    .bind(now)
    .bind(now + OPEN)
    .execute(tx.db())
    .await?;
    Ok(())
}
