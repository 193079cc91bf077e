//! What a second decided about a mass export.

use directory::events::{SensitiveActApproved, SensitiveActEnded};
use directory::{approved, settle};
use kernel::{Error, Result, Subscriber, Tx, subscriber};

use crate::create::{Asked, KIND};
use crate::model::LASTS;

pub fn subscribers() -> Vec<Subscriber> {
    let on_approved = subscriber::<SensitiveActApproved>("people_exports.make_ready", |tx, approval| {
        Box::pin(async move {
            let Some(Asked { export, .. }) = approved(tx, &approval, KIND).await? else { return Ok(()) };
            let until = tx.now() + LASTS;
            let ready = sqlx::query(
                "update people_exports.people_export set is_ready = true, until = $2 where id = $1 and not is_ready",
            )
            .bind(export)
            .bind(until)
            .execute(tx.db())
            .await?;
            let is_there = ready.rows_affected() > 0;
            settle(tx, &approval, if is_there { Ok(()) } else { Err(Error::NotFound("people_export")) }).await
        })
    });
    let on_ended = subscriber::<SensitiveActEnded>("people_exports.forget_refused", |tx, ended| {
        Box::pin(async move {
            if ended.state == "done" || ended.kind != KIND { Ok(()) } else { drop_refused(tx, &ended).await }
        })
    });
    vec![on_approved, on_ended]
}

/// Emits nothing: that it was refused, the act said.
async fn drop_refused(tx: &mut Tx, ended: &SensitiveActEnded) -> Result<()> {
    sqlx::query("delete from people_exports.people_export where act_id = $1").bind(ended.act).execute(tx.db()).await?;
    Ok(())
}
