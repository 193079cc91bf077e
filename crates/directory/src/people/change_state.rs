//! Move a member from one state to another, by the one table of ways (crate `access`).

use access::{Ends, Second, State, WayBack, keeps_an_owner};
use chrono::{DateTime, Utc};
use kernel::{AccountId, Error, MemberId, Result, Tx};

use super::index;
use crate::events::{MemberChanged, MemberDisabled, MemberLeaving, MemberResumed, MemberSuspended};
use crate::model::Role;
use crate::policy::TurnableMember;

/// Moves the member; `Conflict` when there is no such way, or when no active owner would be left.
///
/// Whoever calls this is the program itself: what people do takes a proof, see [`turn`].
pub async fn set_state(tx: &mut Tx, member: MemberId, to: State) -> Result<()> {
    go(tx, member, Step { from: None, to, back: WayBack::People, months: 1 }).await
}

/// Takes the way of the proof. Whoever is disabled is so for `months` (`ACC-11`), 1 to 12. When the member is shut out, their
/// sockets on this node and service tokens end with the commit; what else the way ends is the caller's to end in the same
/// transaction, or ends by comparing with [`crate::member_state_since`].
pub async fn turn(tx: &mut Tx, member: &TurnableMember, months: u32) -> Result<()> {
    if !(1..=12).contains(&months) {
        return Err(Error::Invalid { field: "months", why: "not_1_to_12" });
    }
    let (way, back) = (member.way(), member.way_back());
    if way.from == way.to {
        return make_own(tx, member.id(), way.to).await;
    }
    go(tx, member.id(), Step { from: Some(way.from), to: way.to, back, months }).await
}

/// Everybody whose time where they stand is over, longest first (`DEL-01`, `DEL-02`). Nobody is erased whose data is restricted: they
/// may need it (GDPR 18 (1) (c)).
pub async fn overdue(tx: &mut Tx) -> Result<Vec<MemberId>> {
    const OVERDUE: &str = "select id from directory.member
        where state_until <= $1 and (state <> 'leaving' or restricted_at is null) order by state_until, id";
    Ok(sqlx::query_scalar(OVERDUE).bind(tx.now()).fetch_all(tx.db()).await?)
}

/// Has somebody go on whose time is over; says where to and whose account it is, `None` when it is not over (any more).
pub async fn run_out(tx: &mut Tx, member: MemberId) -> Result<Option<(State, AccountId)>> {
    // In the order in which [`go`] locks.
    other_owners(tx, member).await?;
    let overdue: Option<(State, AccountId)> = sqlx::query_as(
        "select state, account_id from directory.member where id = $1 and state_until <= $2
            and (state <> 'leaving' or restricted_at is null) for update",
    )
    .bind(member)
    .bind(tx.now())
    .fetch_optional(tx.db())
    .await?;
    let Some((from, account)) = overdue else { return Ok(None) };
    let Some(way) = from.way_out() else { return Ok(None) };
    go(tx, member, Step { from: Some(from), to: way.to, back: WayBack::People, months: 1 }).await?;
    Ok(Some((way.to, account)))
}

/// Where somebody is to go; `from` here, if that was asked for.
struct Step {
    from: Option<State>,
    to: State,
    back: WayBack,
    months: u32,
}

async fn go(tx: &mut Tx, member: MemberId, Step { from: is_at, to, back, months }: Step) -> Result<()> {
    drop(index::load(tx).await?);
    // Owners are locked before the member, always in one order, so that two of these wait instead of failing.
    let others = other_owners(tx, member).await?;
    let (from, role): (State, Role) =
        sqlx::query_as("select state, role from directory.member where id = $1 for update")
            .bind(member)
            .fetch_optional(tx.db())
            .await?
            .ok_or(Error::NotFound("member"))?;
    // Who may depends on where they stood when that was asked.
    let way = from.way(to).filter(|_| is_at.is_none_or(|is_at| is_at == from));
    let way = way.ok_or(Error::Conflict("directory.no_such_state_change"))?;
    if role == Role::Owner && from == State::Active && !keeps_an_owner(others, role, to) {
        return Err(Error::Conflict("directory.last_owner"));
    }
    if role == Role::Owner && way.second == Second::OfOwners {
        return Err(Error::Conflict("directory.owner_needs_second"));
    }
    let zone: chrono_tz::Tz = crate::settings(tx).await?.time_zone.parse().map_err(anyhow::Error::from)?;
    let now = tx.now();
    let until = way.clock.ends_at(now, months, zone);
    sqlx::query(
        "update directory.member set state = $2, state_at = $3, state_until = $4, way_back = $5, revision = revision + 1
         where id = $1",
    )
    .bind(member)
    .bind(to)
    .bind(now)
    .bind(until)
    .bind(back)
    .execute(tx.db())
    .await?;
    index::follow(tx, &[member]).await?;
    if way.ends == Ends::Access {
        let org = tx.org();
        tx.on_commit(move |app| app.hub().cut_member(org, member, "suspended"));
    }
    if way.ends == Ends::Access || from.is_shut_out() {
        // What is left when somebody is let in again ends with an "off" of before, which was another's.
        let by = if way.ends == Ends::Access { tx.member().ok() } else { None };
        tokens::end_all_of(tx, member, by).await?;
    }
    tell(tx, member, (from, to), until).await
}

/// Whom only a call shut out stays where they are, since and until when that was, and only people let them in again from now on.
async fn make_own(tx: &mut Tx, member: MemberId, state: State) -> Result<()> {
    const OWN: &str = "update directory.member set way_back = 'people', revision = revision + 1
        where id = $1 and state = $2 and way_back = 'calls' returning state_until";
    drop(index::load(tx).await?);
    let until: Option<Option<DateTime<Utc>>> =
        sqlx::query_scalar(OWN).bind(member).bind(state).fetch_optional(tx.db()).await?;
    let until = until.ok_or(Error::Conflict("directory.no_such_state_change"))?;
    index::follow(tx, &[member]).await?;
    tell(tx, member, (state, state), until).await
}

async fn tell(tx: &mut Tx, member: MemberId, (from, to): (State, State), until: Option<DateTime<Utc>>) -> Result<()> {
    let by = tx.member().ok();
    match (to, until) {
        (State::Suspended, _) => return tx.emit(&MemberSuspended { member }),
        (State::Active, _) if from.is_shut_out() => return tx.emit(&MemberResumed { member }),
        (State::Disabled, Some(until)) => tx.emit(&MemberDisabled { member, until, by })?,
        (State::Leaving, Some(until)) => tx.emit(&MemberLeaving { member, until, by })?,
        _ => {}
    }
    let fields = if to.is_shut_out() { Vec::new() } else { vec!["state".into()] };
    tx.emit(&MemberChanged { member, fields, role: None })
}

/// How many active owners there are besides this member. Their rows stay locked until the transaction ends, so that two
/// owners cannot take each other away at the same time.
pub(crate) async fn other_owners(tx: &mut Tx, member: MemberId) -> Result<i64> {
    let owners: Vec<MemberId> = sqlx::query_scalar(
        "select id from directory.member where role = 'owner' and state = 'active' order by id for update",
    )
    .fetch_all(tx.db())
    .await?;
    let others = owners.into_iter().filter(|owner| *owner != member).count();
    Ok(i64::try_from(others).map_err(anyhow::Error::from)?)
}
