//! Refused acts: a line in a transaction of its own, since the refused one rolls back.

use ::audit::Said;

use crate::{Actor, App, OrgId, Rates, Result, Tx};

/// Refusals of one caller that are written within ten seconds; more say nothing new and would fill the disk.
const REFUSALS_A_WHILE: u32 = 10;

/// Records beside the answer what was refused to whom.
pub(crate) fn refuse(app: &App, org: OrgId, actor: Actor, said: Said) {
    if !app.state::<Rates>().take(("refusal", actor), 10, REFUSALS_A_WHILE, app.now()) {
        return;
    }
    let app = app.clone();
    app.clone().follow_up("refusal", async move {
        if let Err(error) = record(&app, org, actor, said).await {
            tracing::warn!(code = error.code(), "a refusal could not be recorded");
        }
    });
}

/// Records what was refused to whom. Whoever calls this bounds how often.
pub async fn record(app: &App, org: OrgId, actor: Actor, said: Said) -> Result<()> {
    let mut tx = Tx::begin(app, org, actor).await?;
    tx.say(said);
    tx.commit().await
}
