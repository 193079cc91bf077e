//! Suspend an organisation, let it go on, limit it. Each is an act of the operator, and stands in the organisation's log.

use kernel::{Actor, Bucket, Error, Result, Tx};

use crate::ask::{Limits, REASON, closed, locked_limits};
use crate::events::{LimitsChanged, OrganisationResumed, OrganisationSuspended};

/// Characters of a reason.
const LONGEST_REASON: usize = 500;

kernel::id!(
    /// Somebody who runs the installation.
    OperatorId
);

/// Proof that a transaction runs in the operator's name; with whom, unless it was done on the server's own machine.
#[derive(Debug, Clone, Copy)]
pub struct OperatorAct(Option<OperatorId>);

impl OperatorAct {
    /// The operator acts in the organisation of `tx`, and nobody else does.
    pub fn of(tx: &Tx, operator: Option<OperatorId>) -> Result<Self> {
        if tx.actor() == Actor::Operator { Ok(Self(operator)) } else { Err(Error::Forbidden) }
    }

    /// Who, for the log.
    pub fn operator(&self) -> Option<OperatorId> {
        self.0
    }
}

/// From now on nobody comes into the organisation; `Conflict` when it is so already, `NotFound` when it is being erased.
/// Sessions and sockets end by `identity::close_organisation`.
pub async fn suspend(tx: &mut Tx, by: &OperatorAct, reason: &str) -> Result<()> {
    let reason = checked_reason(reason)?;
    let (org, now) = (tx.org(), tx.now());
    let sealed = tx.seal(Bucket::Organisation, REASON, org.0, reason.as_bytes())?;
    let done = sqlx::query(
        "insert into hosting.decision as d (org_id, suspended_at, reason) values ($1, $2, $3)
         on conflict on constraint decision_pkey do update set suspended_at = $2, reason = $3
         where d.suspended_at is null and not d.is_erasing",
    )
    .bind(org)
    .bind(now)
    .bind(sealed)
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 {
        let is_suspended = closed(tx.db(), &[org]).await?.first().is_some_and(|closed| closed.is_suspended);
        let suspended = Error::Conflict("hosting.suspended_already");
        return Err(if is_suspended { suspended } else { Error::NotFound("organisation") });
    }
    tx.emit(&OrganisationSuspended { operator: by.0 })
}

/// Its people come in again; `Conflict` when they could already.
pub async fn resume(tx: &mut Tx, by: &OperatorAct) -> Result<()> {
    let org = tx.org();
    let done = sqlx::query(
        "update hosting.decision set suspended_at = null, reason = null where org_id = $1 and suspended_at is not null",
    )
    .bind(org)
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Conflict("hosting.not_suspended"));
    }
    tx.emit(&OrganisationResumed { operator: by.0 })
}

/// Sets both limits; silent when they are so already.
pub async fn limit(tx: &mut Tx, by: &OperatorAct, after: Limits) -> Result<()> {
    if after.most_people.is_some_and(|most| most < 1) {
        return Err(Error::Invalid { field: "most_people", why: "not_positive" });
    }
    if after.most_bytes.is_some_and(|most| most < 0) {
        return Err(Error::Invalid { field: "most_bytes", why: "not_positive" });
    }
    let (org, before) = (tx.org(), locked_limits(tx).await?.limits);
    if before == after {
        return Ok(());
    }
    sqlx::query(
        "update hosting.decision set most_people = $2, most_bytes = $3, limits_revision = limits_revision + 1
         where org_id = $1",
    )
    .bind(org)
    .bind(after.most_people)
    .bind(after.most_bytes)
    .execute(tx.db())
    .await?;
    tx.emit(&LimitsChanged { operator: by.0, before, after })
}

fn checked_reason(reason: &str) -> Result<&str> {
    let (reason, wrong) = (reason.trim(), |why| Err(Error::Invalid { field: "reason", why }));
    match reason.chars().count() {
        0 => wrong("is_empty"),
        length if length > LONGEST_REASON => wrong("too_long"),
        _ => Ok(reason),
    }
}
