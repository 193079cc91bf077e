//! Refused acts: a line in a transaction of its own, since the refused one rolls back.

use std::time::Duration;

use ::audit::{Counted, Refusals, Said, within};

use crate::{Actor, App, OrgId, Result, Tx};

type Caller = (OrgId, Actor);

/// How often is looked for what was counted of refusals.
const LOOK: Duration = Duration::from_secs(1);

/// Records beside the answer what was refused to whom (`ADM-02`): of many within ten seconds the first ten one by one, of the others
/// how many there were, when the ten seconds are over or the program is stopped.
pub(crate) fn refuse(app: &App, org: OrgId, actor: Actor, said: Said) {
    let (before, said) = app.state::<Refusals<Caller>>().take((org, actor), said, app.now());
    let app = app.clone();
    app.clone().follow_up("refusal", async move {
        if let Some(counted) = before {
            tell(&app, vec![((org, actor), counted)]).await;
        }
        if let Some(said) = said {
            warn(record(&app, org, actor, said).await);
        }
    });
}

/// Records what was refused to whom. Whoever calls this bounds how often.
pub async fn record(app: &App, org: OrgId, actor: Actor, said: Said) -> Result<()> {
    let mut tx = Tx::begin(app, org, actor).await?;
    tx.say(said);
    tx.commit().await
}

/// Looks by the clock for refusals that were only counted, and writes how many there were.
pub(crate) fn start(app: &App) {
    let app = app.clone();
    app.clone().spawn("audit.refusals", async move {
        while !app.is_stopping() {
            tell_counted(&app).await;
            tokio::select! {
                () = app.stopped() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    });
}

/// Writes how many refusals were only counted on this node, of whom the ten seconds are over.
pub async fn tell_counted(app: &App) {
    tell(app, app.state::<Refusals<Caller>>().over(app.now())).await;
}

/// The same of everybody, when nobody is answered any more.
pub(crate) async fn tell_all(app: &App) {
    tell(app, app.state::<Refusals<Caller>>().all()).await;
}

/// As part of the last of the requests: its address and device stand in the line.
async fn tell(app: &App, counted: Vec<(Caller, Counted)>) {
    for ((org, actor), mut counted) in counted {
        let request = counted.request.take();
        warn(within(request, record(app, org, actor, counted.said(app.new_id()))).await);
    }
}

fn warn(recorded: Result<()>) {
    if let Err(error) = recorded {
        tracing::warn!(code = error.code(), "refusals could not be recorded");
    }
}
