//! Sessions that are over are forgotten, and acts that are long past.

use std::time::Duration;

use kernel::{Class, Job, JobCx, Result, SystemTx};

use crate::acts;

pub fn clear() -> Job {
    Job {
        name: "operators.clear",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(run(cx)),
    }
}

async fn run(cx: JobCx) -> Result<()> {
    let mut tx = SystemTx::begin(&cx.app).await?;
    let now = tx.now();
    sqlx::query("delete from operators.session where expires_at <= $1").bind(now).execute(tx.db()).await?;
    let days = acts::forget(&mut tx).await?;
    tx.commit().await?;
    acts::destroy_keys(&cx.app, days)
}
