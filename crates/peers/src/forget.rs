//! That one was declined is forgotten when it can ask again: it is hidden at the second, and deleted within the hour.

use std::time::Duration;

use kernel::{Actor, Class, Job, JobCx, Result, Tx};

use crate::list::WAIT;

pub fn job() -> Job {
    Job {
        name: "peers.forget_declined",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    for org in directory::every_organisation(&cx.app).await? {
        let mut tx = cx.app.begin(org, Actor::System).await?;
        forget(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Emits nothing: it was hidden before.
async fn forget(tx: &mut Tx) -> Result<()> {
    let oldest = tx.now() - WAIT;
    sqlx::query("delete from peers.connection where state = 'declined' and changed_at <= $1")
        .bind(oldest)
        .execute(tx.db())
        .await?;
    Ok(())
}
