//! Which account is who in which organisation: what sign-in knows before it enters one (`ORG-14`).

use kernel::{AccountId, Error, MemberId, OrgId, Result, SystemTx, Tx};

/// An account in one organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Membership {
    /// Where.
    pub org: OrgId,
    /// As whom.
    pub member: MemberId,
    /// The organisation's short name in addresses.
    pub slug: String,
}

/// Every organisation of the account that is not erased, the oldest membership first.
pub async fn memberships_of(tx: &mut SystemTx, account: AccountId) -> Result<Vec<Membership>> {
    Ok(sqlx::query_as(
        "select m.org_id as org, m.member_id as member, o.slug
         from directory.membership m join directory.organisation o on o.id = m.org_id
         where m.account_id = $1 and o.state <> 'erased' order by m.created_at, m.org_id",
    )
    .bind(account)
    .fetch_all(tx.db())
    .await?)
}

/// The account behind a member of any organisation.
pub async fn account_of_member(tx: &mut SystemTx, org: OrgId, member: MemberId) -> Result<Option<AccountId>> {
    const ACCOUNT: &str = "select account_id from directory.membership where org_id = $1 and member_id = $2";
    Ok(sqlx::query_scalar(ACCOUNT).bind(org).bind(member).fetch_optional(tx.db()).await?)
}

/// Nobody comes to belong to an organisation with this account, nor is it erased, until the transaction ends.
async fn hold(tx: &mut Tx, account: AccountId) -> Result<()> {
    const LOCK: &str = "select pg_advisory_xact_lock(hashtextextended($1::text, 0))";
    Ok(sqlx::query(LOCK).bind(account).execute(tx.db()).await.map(drop)?)
}

/// Whether the account belongs to another organisation than that of `tx` too; that stays so until `tx` ends.
pub async fn is_elsewhere(tx: &mut Tx, account: AccountId) -> Result<bool> {
    hold(tx, account).await?;
    Ok(!elsewhere(tx, &[account]).await?.is_empty())
}

/// Those of `accounts` that belong to another organisation too.
pub(crate) async fn elsewhere(tx: &mut Tx, accounts: &[AccountId]) -> Result<Vec<AccountId>> {
    const ELSEWHERE: &str =
        "select distinct account_id from directory.membership where account_id = any($1) and org_id <> $2";
    let org = tx.org();
    Ok(sqlx::query_scalar(ELSEWHERE).bind(accounts).bind(org).fetch_all(tx.db()).await?)
}

pub(crate) async fn remember(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<()> {
    const REMEMBER: &str =
        "insert into directory.membership (account_id, org_id, member_id, created_at) values ($1, $2, $3, $4)";
    hold(tx, account).await?;
    let (org, now) = (tx.org(), tx.now());
    sqlx::query(REMEMBER).bind(account).bind(org).bind(member).bind(now).execute(tx.db()).await?;
    check_room(tx).await
}

/// How many people belong to the organisation of `tx`: everybody who is not erased.
pub async fn people_count(tx: &mut Tx) -> Result<i64> {
    const COUNT: &str = "select count(*) from directory.membership where org_id = $1";
    let org = tx.org();
    Ok(sqlx::query_scalar(COUNT).bind(org).fetch_one(tx.db()).await?)
}

/// `Conflict` when more belong to it by now than the operator lets it have.
pub(crate) async fn check_room(tx: &mut Tx) -> Result<()> {
    match hosting::most_people(tx).await? {
        Some(most) if people_count(tx).await? > most => Err(Error::Conflict("hosting.people_limit")),
        _ => Ok(()),
    }
}
