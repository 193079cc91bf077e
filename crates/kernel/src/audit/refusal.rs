//! Refused acts: a line in a transaction of its own, since the refused one rolls back.

use std::sync::Arc;

use ::audit::Said;

use crate::http::trace::{self, Trace};
use crate::{Actor, App, OrgId, Result, Tx};

/// Refusals of one caller that are written within ten seconds; more say nothing new and would fill the disk.
const REFUSALS_A_WHILE: u32 = 10;

/// What was refused to whom.
pub(crate) struct Refusal {
    pub org: OrgId,
    pub actor: Actor,
    pub said: Said,
}

/// Records it, beside the answer.
pub(crate) fn refuse(app: &App, request: Arc<Trace>, refusal: Refusal) {
    if !app.state::<crate::http::Rates>().take(("refusal", refusal.actor), 10, REFUSALS_A_WHILE, app.now()) {
        return;
    }
    let app = app.clone();
    app.clone().follow_up("refusal", async move {
        if let Err(error) = trace::within(request, write(&app, refusal)).await {
            tracing::warn!(code = error.code(), "a refusal could not be recorded");
        }
    });
}

async fn write(app: &App, refusal: Refusal) -> Result<()> {
    let mut tx = Tx::begin(app, refusal.org, refusal.actor).await?;
    tx.say(refusal.said);
    tx.commit().await
}
