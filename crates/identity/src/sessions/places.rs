//! Where an account may act: its organisations, and where it stands in each.

use directory::{Membership, Role, State};
use kernel::{AccountId, Actor, MemberId, OrgId, Result, SystemTx};

/// An organisation of an account.
pub struct Place {
    pub org: OrgId,
    pub member: MemberId,
    pub slug: String,
    pub role: Role,
    pub state: State,
}

/// What is open to an account in the organisation it asks for.
pub enum Choice {
    /// It may act there.
    Open(OrgId, MemberId),
    /// It was shut out, and is told so by this code.
    ShutOut(&'static str),
    /// There is no such organisation for this account.
    Nowhere,
}

/// Every organisation of the account, the oldest membership first.
pub async fn all(mut tx: SystemTx, account: AccountId) -> Result<(SystemTx, Vec<Place>)> {
    let memberships = directory::memberships_of(&mut tx, account).await?;
    let mut places = Vec::with_capacity(memberships.len());
    for Membership { org, member, slug } in memberships {
        let mut inside = tx.enter(org, Actor::Member(member)).await?;
        let standing = directory::standing(&mut inside, member).await?;
        tx = inside.leave().await?;
        places.push(Place { org, member, slug, role: standing.role, state: standing.state });
    }
    places.retain(|place| place.state != State::Erased);
    Ok((tx, places))
}

/// The organisation asked for by id or slug; when none is asked for, the one joined last in which the account is active.
pub fn choose(places: &[Place], asked: Option<&str>) -> Choice {
    let is_asked = |place: &&Place| asked.is_none_or(|asked| place.slug == asked || place.org.to_string() == asked);
    let candidates = || places.iter().rev().filter(is_asked);
    if let Some(place) = candidates().find(|place| place.state == State::Active) {
        return Choice::Open(place.org, place.member);
    }
    candidates().find_map(|place| place.state.told()).map_or(Choice::Nowhere, Choice::ShutOut)
}
