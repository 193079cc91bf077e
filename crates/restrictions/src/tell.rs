//! The bell rings for the person, and for whoever looks after people.

use directory::Permission;
use inbox::{Kind, New, Target};
use kernel::{MemberId, Result, Tx};

fn target(member: MemberId) -> Target {
    Target { kind: "restrictions.restriction".into(), id: member.0, seq: None }
}

/// Tells whoever it is about.
pub async fn person(tx: &mut Tx, member: MemberId, text: &str) -> Result<()> {
    let new = New::by_actor(tx, Kind::System, Some(target(member)), text.to_owned());
    inbox::notify(tx, &[member], new).await
}

/// Tells those who look after people everywhere that it is to be looked at again.
pub async fn review(tx: &mut Tx, member: MemberId) -> Result<()> {
    let mut holders = directory::holders(tx, Permission::PeopleEdit).await?;
    holders.retain(|holder| *holder != member);
    let new = New::by_actor(tx, Kind::System, Some(target(member)), "restriction_review".to_owned());
    inbox::notify(tx, &holders, new).await
}

/// Takes back what anybody was told of it.
pub async fn take_back(tx: &mut Tx, member: MemberId) -> Result<()> {
    inbox::retract(tx, &target(member)).await
}
