//! Where an account may act: its organisations, and where it stands in each.

use directory::{Membership, Role, State};
use hosting::Closed;
use kernel::{AccountId, Actor, MemberId, OrgId, Result, SystemTx};

/// An organisation of an account.
pub struct Place {
    pub org: OrgId,
    pub member: MemberId,
    pub slug: String,
    pub role: Role,
    pub state: State,
    /// Why nobody comes into the organisation, if nobody does.
    pub closed: Option<Closed>,
}

impl Place {
    fn is_open(&self) -> bool {
        self.state == State::Active && self.closed.is_none()
    }

    /// Whether one comes in to bring the organisation back, and for nothing else (`ORG-09`): also while it is suspended.
    fn is_closing(&self) -> bool {
        let is_dissolving = self.closed.is_some_and(|closed| closed.dissolves_at.is_some());
        is_dissolving && self.state == State::Active && self.role == Role::Owner
    }

    /// Why the account does not come in, if it once could.
    pub fn told(&self) -> Option<&'static str> {
        let closed = self.closed.filter(|_| self.state == State::Active);
        closed.map_or_else(|| self.state.told(), |closed| Some(closed.code()))
    }
}

/// What is open to an account in the organisation it asks for.
pub enum Choice {
    /// It may act there.
    Open(OrgId, MemberId),
    /// It owns an organisation that is being dissolved, and may bring it back.
    Closing(OrgId, MemberId),
    /// It was shut out, and is told so by this code.
    ShutOut(&'static str),
    /// There is no such organisation for this account.
    Nowhere,
}

/// Every organisation of the account, the oldest membership first.
pub async fn all(mut tx: SystemTx, account: AccountId) -> Result<(SystemTx, Vec<Place>)> {
    let memberships = directory::memberships_of(&mut tx, account).await?;
    let orgs: Vec<OrgId> = memberships.iter().map(|membership| membership.org).collect();
    let closed = hosting::closed(tx.db(), &orgs).await?;
    let mut places = Vec::with_capacity(memberships.len());
    for Membership { org, member, slug } in memberships {
        let mut inside = tx.enter(org, Actor::Member(member)).await?;
        let standing = directory::standing(&mut inside, member).await?;
        tx = inside.leave().await?;
        let closed = closed.iter().find(|closed| closed.org == org).copied();
        places.push(Place { org, member, slug, role: standing.role, state: standing.state, closed });
    }
    places.retain(|place| place.state != State::Erased);
    Ok((tx, places))
}

/// The organisation asked for by id or slug; when none is asked for, the one joined last that is open and in which the
/// account is active.
pub fn choose(places: &[Place], asked: Option<&str>) -> Choice {
    let is_asked = |place: &&Place| asked.is_none_or(|asked| place.slug == asked || place.org.to_string() == asked);
    let candidates = || places.iter().rev().filter(is_asked);
    if let Some(place) = candidates().find(|place| place.is_open()) {
        return Choice::Open(place.org, place.member);
    }
    if let Some(place) = candidates().find(|place| place.is_closing()) {
        return Choice::Closing(place.org, place.member);
    }
    candidates().find_map(Place::told).map_or(Choice::Nowhere, Choice::ShutOut)
}
