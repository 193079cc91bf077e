//! What the passing of time does to people: disabled they come to leave, leaving they are erased.

use directory::State;
use kernel::{Actor, App, Error, MemberId, OrgId, Result};

use crate::finish;

/// Every organisation in turn. What one of them cannot do now keeps nobody else waiting; it is said at the end, so that the
/// job is tried again.
pub async fn turn(app: &App) -> Result<()> {
    let mut outcome = Ok(());
    for org in directory::every_organisation(app).await? {
        outcome = outcome.and(finish::all(app, org).await).and(run_out(app, org).await);
    }
    outcome
}

async fn run_out(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let overdue = directory::overdue(&mut tx).await?;
    tx.commit().await?;
    let mut outcome = Ok(());
    for member in overdue {
        match go_on(app, org, member).await {
            // Somebody let them in, or out, a moment ago.
            Ok(()) | Err(Error::Conflict(_)) => {}
            failed => outcome = failed,
        }
    }
    outcome
}

/// One step for one of them. From `erased` on nobody sees them and nothing leads back; what is theirs goes with the next turn.
async fn go_on(app: &App, org: OrgId, member: MemberId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    if let Some((State::Erased, account)) = directory::run_out(&mut tx, member).await? {
        finish::begin(&mut tx, member, account).await?;
    }
    tx.commit().await
}
