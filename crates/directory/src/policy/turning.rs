//! Proofs of who may bring whom to another state, by the table of ways (crate `access`), and give whom a new password.

use access::{Belonging, By, Permission, State, WAYS, Way, WayBack};
use kernel::{Error, MemberId, Result, Tx};

use super::{Acting, Pair};
use crate::acts::Assured;
use crate::departments::{pass, tree};
use crate::people::person::{self, Person};
use crate::people::viewer::Viewer;

/// A person whom the caller may bring from where they stand to another state.
pub struct TurnableMember {
    id: MemberId,
    way: &'static Way,
    back: WayBack,
}

impl TurnableMember {
    /// Who holds what the way asks for wherever the person is, and no less than the person; never oneself. `Conflict` when
    /// no way leads there that somebody else takes: `directory.not_active` on the way out, `not_suspended` on the way back. Whom
    /// only a call shut out is shut out by people as well.
    pub async fn load(tx: &mut Tx, id: MemberId, to: State) -> Result<Self> {
        Self::of(tx, id, to).await.map(|(member, _)| member)
    }

    /// The same for a call of another program. Whom it shuts out, a call lets in again, but for those whom people had shut out before;
    /// `Conflict` also where a call would let those in ([`Person::is_let_in_by_calls`]).
    pub async fn load_by_call(tx: &mut Tx, id: MemberId, to: State) -> Result<Self> {
        let (member, person) = Self::of(tx, id, to).await?;
        let (from, is_of_calls) = (member.way.from, person.is_let_in_by_calls());
        match to {
            _ if from == to => Err(Error::Conflict("directory.not_active")),
            State::Active if is_of_calls => Ok(member),
            State::Active => Err(Error::Conflict("directory.not_suspended")),
            _ if from == State::Active || is_of_calls => Ok(Self { back: WayBack::Calls, ..member }),
            _ => Ok(member),
        }
    }

    async fn of(tx: &mut Tx, id: MemberId, to: State) -> Result<(Self, Person)> {
        let pair = Pair::load(tx, id).await?;
        let way = pair.person.state.way_of_people(to, pair.person.way_back);
        let asked = way.or_else(|| WAYS.iter().find(|way| way.to == to && way.permission().is_some()));
        let permission = asked.and_then(Way::permission).ok_or(Error::Forbidden)?;
        pair.rest_on(tx, permission)?;
        pair.check_other()?;
        match way {
            Some(way) => Ok((Self { id, way, back: WayBack::People }, pair.person)),
            None if to == State::Active => Err(Error::Conflict("directory.not_suspended")),
            None => Err(Error::Conflict("directory.not_active")),
        }
    }

    /// Whoever works here and has just proven who they are goes by themselves, where the organisation lets its people.
    pub async fn oneself(tx: &mut Tx, _assured: &Assured) -> Result<Self> {
        let id = tx.member()?;
        let state = crate::member_state(tx, id).await?;
        let way = state.way(State::Leaving).filter(|way| way.by.contains(&By::Oneself)).ok_or(Error::Forbidden)?;
        let back = WayBack::People;
        if crate::settings(tx).await?.lets_people_leave { Ok(Self { id, way, back }) } else { Err(Error::Forbidden) }
    }

    /// Who lets them in again.
    pub(crate) fn way_back(&self) -> WayBack {
        self.back
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.id
    }

    /// From where to where, and what belongs to it.
    pub fn way(&self) -> &'static Way {
        self.way
    }
}

/// Somebody who is shut out, whose things the caller may hand over.
pub struct OverseenMember(Person);

impl OverseenMember {
    /// Who may remove people where they are, whoever holds no more than oneself, and not one's own. `Conflict` for people
    /// who are let in: they hand over themselves.
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        let pair = Pair::load(tx, id).await?;
        pair.rest_on(tx, Permission::PeopleRemove)?;
        pair.check_other()?;
        if pair.person.state.is_shut_out() {
            Ok(Self(pair.person))
        } else {
            Err(Error::Conflict("directory.is_let_in"))
        }
    }

    /// The same, to give theirs away: nobody lets them in, hangs departments elsewhere or gives roles meanwhile.
    pub async fn load_held(tx: &mut Tx, id: MemberId) -> Result<Self> {
        // In the order of everything else that holds these: the tree, the owners, the person.
        tree::lock(tx).await?;
        crate::people::change_state::other_owners(tx, id).await?;
        person::lock(tx, id).await?;
        Self::load(tx, id).await
    }

    /// All of them whom the caller oversees, in no order.
    pub async fn all(tx: &mut Tx) -> Result<Vec<Self>> {
        if !Acting::load(tx).await?.holdings.has(Permission::PeopleRemove) {
            return Err(Error::Forbidden);
        }
        const SHUT_OUT: &str = "select id from directory.member where state in ('suspended', 'disabled', 'leaving')";
        let ids: Vec<MemberId> = sqlx::query_scalar(SHUT_OUT).fetch_all(tx.db()).await?;
        let people = person::load_all(tx, &ids).await?;
        let viewer = Viewer::of(tx, &people).await?;
        Ok(people.into_iter().filter(|person| viewer.can(person).hand_over).map(Self).collect())
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }
}

/// A person whom the caller may give a new initial password.
pub struct ResettableMember(Person);

impl ResettableMember {
    /// Who may reset passwords where people are, of whoever holds and sees no more than oneself, not one's own, and only when the
    /// account belongs to nobody else.
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        let pair = Pair::load(tx, id).await?;
        pair.rest_on(tx, Permission::PeopleResetPassword)?;
        pair.check_other()?;
        let led = pass::led_by(tx, id).await?;
        let there = Belonging { leads: led, ..Belonging::of(pair.person.department_ids.clone()) };
        pair.by.check_sign_in_as(tx, id, &there).await?;
        if pair.person.state != State::Active {
            return Err(Error::Conflict("directory.not_active"));
        }
        if crate::people::memberships::is_elsewhere(tx, pair.person.account).await? {
            return Err(Error::Conflict("directory.account_elsewhere"));
        }
        Ok(Self(pair.person))
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }
}

/// Somebody whose data the caller may have kept and not used otherwise, or used again.
pub struct RestrictableMember(Person);

impl RestrictableMember {
    /// Who may change what is known of people where they are, of whoever holds no more than oneself, and not one's own. `Conflict`
    /// for people who have not come yet.
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        person::lock(tx, id).await?;
        let pair = Pair::load(tx, id).await?;
        pair.rest_on(tx, Permission::PeopleEdit)?;
        pair.check_other()?;
        if pair.person.state == State::Invited {
            Err(Error::Conflict("directory.not_active"))
        } else {
            Ok(Self(pair.person))
        }
    }

    /// Everybody who is active here, of themselves.
    pub async fn oneself(tx: &mut Tx) -> Result<Self> {
        Ok(Self(super::Myself::load(tx).await?.0))
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }
}
