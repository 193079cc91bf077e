//! Keep messages longer: only with a second, since it keeps what people were told would be gone (`RET-09`).

use directory::events::SensitiveActApproved;
use directory::{Assured, NewAct, Permission, SensitiveAct, approved, ask as ask_second, settle};
use kernel::{Error, Result, SessionId, Subscriber, Tx, subscriber};
use serde::{Deserialize, Serialize};

use crate::shortening::Shortening;

/// What a second approves. It was the directory's once: acts and the place in the outbox go by this name.
const LENGTHEN: &str = "directory.lengthen_retention";

#[derive(Serialize, Deserialize)]
struct Lengthening {
    from: i32,
    to: i32,
}

/// Asks for it; `Blocked` when the password was not typed again.
pub async fn ask(tx: &mut Tx, from: i32, to: i32, session: SessionId) -> Result<SensitiveAct> {
    let assured = Assured::load(tx, session).await?;
    ask_second(tx, &assured, NewAct { kind: LENGTHEN, about: None, params: Lengthening { from, to } }).await
}

/// Does what was approved, when nothing else was decided meanwhile.
pub fn subscriber_to_approvals() -> Subscriber {
    subscriber::<SensitiveActApproved>(LENGTHEN, |tx, approval| {
        Box::pin(async move {
            let Some(Lengthening { from, to }) = approved(tx, &approval, LENGTHEN).await? else { return Ok(()) };
            let outcome = lengthen(tx, &approval, from, to).await;
            settle(tx, &approval, outcome).await
        })
    })
}

async fn lengthen(tx: &mut Tx, approval: &SensitiveActApproved, from: i32, to: i32) -> Result<()> {
    let holders = directory::holders(tx, Permission::ContentRetention).await?;
    if !holders.contains(&approval.asked_by) {
        return Err(Error::Forbidden);
    }
    if Shortening::lock(tx).await?.is_some() {
        return Err(Error::Conflict("retention.shortening_waits"));
    }
    if directory::organisation(tx).await?.chat_retention_days != from {
        return Err(Error::Conflict("directory.changed_meanwhile"));
    }
    directory::keep_chat(tx, to).await
}
