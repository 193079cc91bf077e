//! Whoever may be the second for a sensitive act hears that one waits; whoever asked hears what became of it.

use directory::SensitiveActId;
use directory::events::{SensitiveActAsked, SensitiveActEnded};
use kernel::{MemberId, Result, Subscriber, Tx, subscriber};

use crate::model::{Kind, Target};
use crate::notifications::notify::{New, notify};

pub(crate) fn subscribers() -> [Subscriber; 2] {
    [
        subscriber::<SensitiveActAsked>("inbox.sensitive_act_asked", |tx, asked| {
            Box::pin(async move { tell(tx, &asked.seconds, (asked.act, Some(asked.asked_by)), "act_asked").await })
        }),
        subscriber::<SensitiveActEnded>("inbox.sensitive_act_ended", |tx, ended| {
            let text = format!("act_{}", ended.state);
            Box::pin(async move { tell(tx, &[ended.asked_by], (ended.act, None), &text).await })
        }),
    ]
}

async fn tell(
    tx: &mut Tx,
    whom: &[MemberId],
    (act, actor): (SensitiveActId, Option<MemberId>),
    text: &str,
) -> Result<()> {
    let target = Target { kind: "directory.sensitive_act".into(), id: act.0, seq: None };
    notify(tx, whom, New { kind: Kind::System, target: Some(target), actor, text: text.into() }).await
}
