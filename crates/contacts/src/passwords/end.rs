//! Passwords end for good with the access of whose they are: whoever is let in again makes new ones (`ACC-10`).

use directory::State;
use directory::events::{MemberDisabled, MemberLeaving, MemberResumed, MemberSuspended};
use kernel::{MemberId, Result, Subscriber, Tx, subscriber};

use crate::events::AppPasswordRevoked;
use crate::model::AppPasswordId;

/// From the commit that shuts somebody out [`crate::dav`] lets none of these in; here they go.
pub fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber("contacts.end_of_suspended", |tx, event: MemberSuspended| Box::pin(end(tx, event.member))),
        subscriber("contacts.end_of_disabled", |tx, event: MemberDisabled| Box::pin(end(tx, event.member))),
        subscriber("contacts.end_of_leaving", |tx, event: MemberLeaving| Box::pin(end(tx, event.member))),
        subscriber("contacts.end_of_resumed", |tx, event: MemberResumed| Box::pin(end(tx, event.member))),
    ]
}

/// Those that were made before they came to stand where they stand; they may be in again already.
async fn end(tx: &mut Tx, member: MemberId) -> Result<()> {
    let (state, since) = directory::member_state_since(tx, member).await?;
    let gone: Vec<AppPasswordId> = sqlx::query_scalar(
        "delete from contacts.app_password where member_id = $1 and (created_at < $2 or $3) returning id",
    )
    .bind(member)
    .bind(since)
    .bind(state != State::Active)
    .fetch_all(tx.db())
    .await?;
    gone.into_iter().try_for_each(|password| tx.emit(&AppPasswordRevoked { member, password }))
}
