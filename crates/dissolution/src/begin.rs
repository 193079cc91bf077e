//! A second approved, or the day went by: the organisation is shut, and its sixty days begin.

use chrono::TimeDelta;
use directory::events::SensitiveActApproved;
use directory::{Permission, approved, settle};
use kernel::{Error, Result, Subscriber, Tx, subscriber};

use crate::ask::{Asked, KIND};
use crate::events::DissolutionBegun;

/// So long an owner may bring it back (`RET-02`, `RET-07`): days of twenty-four hours, from the instant.
const LASTS: TimeDelta = privacy::periods::DISSOLVING;

/// Does what was approved.
pub fn subscriber_to_approvals() -> Subscriber {
    subscriber::<SensitiveActApproved>("dissolution.dissolve_organisation", |tx, approval| {
        Box::pin(async move {
            let Some(Asked { .. }) = approved(tx, &approval, KIND).await? else { return Ok(()) };
            let outcome = begin(tx, &approval).await;
            settle(tx, &approval, outcome).await
        })
    })
}

/// Whoever asked still owns it, and the operator has not suspended it meanwhile: nobody was there to see it coming. What anybody
/// has open ends with the commit.
async fn begin(tx: &mut Tx, approval: &SensitiveActApproved) -> Result<()> {
    let owners = directory::holders(tx, Permission::OrganisationOwn).await?;
    if !owners.contains(&approval.asked_by) {
        return Err(Error::Forbidden);
    }
    hosting::check_open(tx).await?;
    let ends_at = tx.now() + LASTS;
    hosting::dissolve(tx, ends_at).await?;
    identity::close_organisation(tx).await?;
    tx.emit(&DissolutionBegun { act: approval.act, ends_at })
}
