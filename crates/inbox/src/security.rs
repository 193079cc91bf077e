//! The owner of an account learns when somebody signs in with it from a device it has not been seen with.

use kernel::{MemberId, Result, SessionId, Subscriber, Tx, subscriber_to};
use serde::Deserialize;

use crate::model::{Kind, Target};
use crate::notifications::notify::{New, notify};

/// What the inbox reads of a sign-in.
#[derive(Deserialize)]
struct SessionStarted {
    member: MemberId,
    session: SessionId,
    is_new_device: bool,
}

pub(crate) fn tell_of_new_device() -> Subscriber {
    subscriber_to("inbox.new_device", "identity.session_started", |tx, started| Box::pin(tell(tx, started)))
}

/// Nobody is the actor: whoever signed in may be somebody else, and the owner is to hear of it.
async fn tell(tx: &mut Tx, started: SessionStarted) -> Result<()> {
    let SessionStarted { member, session, is_new_device } = started;
    if !is_new_device {
        return Ok(());
    }
    let target = Target { kind: "identity.session".into(), id: session.0, seq: None };
    let new = New { kind: Kind::Security, target: Some(target), actor: None, text: "new_device".into() };
    notify(tx, &[member], new).await
}
