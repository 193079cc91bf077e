//! Whoever began an import hears when it is written, or could not be: its initial passwords wait for a day only.

use kernel::{MemberId, Result, Subscriber, Tx, subscriber_to};
use serde::Deserialize;
use uuid::Uuid;

use crate::model::{Kind, Target};
use crate::notifications::notify::{New, notify};

/// What the inbox reads of the end of an import.
#[derive(Deserialize)]
struct ImportEnded {
    import: Uuid,
    member: MemberId,
    is_written: bool,
}

pub(crate) fn tell_of_its_end() -> Subscriber {
    subscriber_to("inbox.import_ended", "identity.import_ended", |tx, ended| Box::pin(tell(tx, ended)))
}

/// Nobody is the actor: whoever confirmed it may have left the page long ago.
async fn tell(tx: &mut Tx, ended: ImportEnded) -> Result<()> {
    let ImportEnded { import, member, is_written } = ended;
    let target = Target { kind: "identity.import".into(), id: import, seq: None };
    let text = if is_written { "import_written" } else { "import_failed" };
    notify(tx, &[member], New { kind: Kind::System, target: Some(target), actor: None, text: text.into() }).await
}
