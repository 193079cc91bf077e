//! Who is told: whoever sees to leavers, the successors, and whoever is let in again.

use directory::Permission;
use directory::events::{MemberDisabled, MemberLeaving, MemberResumed};
use inbox::{Kind, New, Target};
use kernel::{MemberId, Result, Subscriber, Tx, subscriber};

use crate::kind::Thing;

/// What happens to people is told to whom it concerns.
pub(crate) fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber("handover.tell_of_disabled", |tx, event: MemberDisabled| {
            Box::pin(tell_overseers(tx, event.member, event.by, "member_disabled"))
        }),
        subscriber("handover.tell_of_leaving", |tx, event: MemberLeaving| {
            let text = if event.by == Some(event.member) { "member_left" } else { "member_removed" };
            Box::pin(tell_overseers(tx, event.member, event.by, text))
        }),
        subscriber("handover.begin_anew", |tx, event: MemberResumed| Box::pin(begin_anew(tx, event.member))),
    ]
}

/// Whoever may remove people of the whole organisation hears that something may have to be handed over.
async fn tell_overseers(tx: &mut Tx, member: MemberId, actor: Option<MemberId>, text: &str) -> Result<()> {
    let overseers = directory::holders(tx, Permission::PeopleRemove).await?;
    let target = Target { kind: "handover.member".into(), id: member.0, seq: None };
    inbox::notify(tx, &overseers, New { kind: Kind::System, target: Some(target), actor, text: text.into() }).await
}

/// They are told that they are in again, and what was decided about theirs is history of the audit log.
async fn begin_anew(tx: &mut Tx, member: MemberId) -> Result<()> {
    sqlx::query("delete from handover.decision where member_id = $1").bind(member).execute(tx.db()).await?;
    inbox::notify(tx, &[member], New { kind: Kind::System, target: None, actor: None, text: "let_in_again".into() })
        .await
}

/// The successor is told what is theirs now, and led there where there is a place for it.
pub(crate) async fn tell_successor(tx: &mut Tx, kind: &str, thing: &Thing, successor: MemberId) -> Result<()> {
    let target = (kind == "chat.group").then(|| Target { kind: "chat.conversation".into(), id: thing.id, seq: None });
    let text = format!("passed_{}", kind.replace('.', "_"));
    let new = New::by_actor(tx, Kind::System, target, text);
    inbox::notify(tx, &[successor], new).await
}
