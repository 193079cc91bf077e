//! Whoever leaves of their own accord asks for erasure, which a restriction would keep from them: it ends.

use directory::events::MemberLeaving;
use kernel::{Subscriber, subscriber};

use crate::lift::end;
use crate::model::EndedBy;

/// Whoever is sent away keeps theirs: what is kept of them is not erased while it lasts.
pub fn subscribers() -> Vec<Subscriber> {
    vec![subscriber("restrictions.left", |tx, event: MemberLeaving| {
        Box::pin(async move {
            if event.by != Some(event.member) {
                return Ok(());
            }
            end(tx, event.member, EndedBy::Leaving).await
        })
    })]
}
