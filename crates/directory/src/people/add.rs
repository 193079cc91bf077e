//! Somebody joins the organisation.

use access::{Belonging, Held, Holder, Holdings, Scope};
use kernel::{AccountId, Actor, Error, MemberId, Result, Tx};

use super::columns::insert;
use super::handles::{self, NewHandle};
use super::{index, memberships};
use crate::departments::place::{Places, place};
use crate::events::MemberAdded;
use crate::fields::{Rules, fill::check_listed};
use crate::model::{DepartmentId, Profile, Role};
use crate::policy::Acting;
use crate::roles::holding::lineage;
use crate::roles::written;
use access::State;

/// Who joins, and as what.
pub struct NewMember {
    /// How they sign in.
    pub account: AccountId,
    /// What is known of them.
    pub profile: Profile,
    /// What they may do.
    pub role: Role,
    /// `Invited` or `Active`.
    pub state: State,
    /// The departments they are in.
    pub department_ids: Vec<DepartmentId>,
}

/// `Conflict` when something stands in a field that the organisation does not collect (`DIR-03`), `Invalid` when it is
/// none of those that alone may stand there.
pub async fn check_collected(tx: &mut Tx, profile: &Profile) -> Result<()> {
    let rules = Rules::load(tx).await?;
    let is_collected = profile.fields().into_iter().all(|field| rules.is_collected(field));
    if !is_collected {
        return Err(Error::Conflict("directory.field_not_collected"));
    }
    check_listed(tx, profile, &profile.fields().into_iter().collect::<Vec<_>>()).await
}

/// Adds a person with profile, look-up codes, membership and sign-in names.
///
/// What the organisation does not collect is left out (`DIR-03`). A member, or a program in their name, who adds somebody
/// gives no more than they hold, and makes no owner. Whoever is only invited gets no sign-in names from what an
/// administrator wrote: the account is theirs, and they have not agreed yet.
pub async fn add_member(tx: &mut Tx, new: NewMember) -> Result<MemberId> {
    if matches!(tx.actor(), Actor::Member(_) | Actor::Application(_)) {
        check(tx, &new).await?;
    }
    drop(index::load(tx).await?);
    let settings = crate::settings(tx).await?;
    let mut profile = new.profile;
    let rules = Rules::load(tx).await?;
    profile.fields().into_iter().filter(|field| !rules.is_collected(*field)).for_each(|field| profile.take(field));
    let profile = profile.checked(&settings.region, tx.now().date_naive())?;
    let member = MemberId(tx.new_id());
    insert(tx, &[(member, &profile)], &[(new.account, new.state)]).await?;
    memberships::remember(tx, new.account, member).await?;
    if new.state == State::Active {
        handles::set(tx, &NewHandle::of(new.account, member, &profile)).await?;
    }
    if !new.department_ids.is_empty() {
        place(tx, member, &Places { departments: new.department_ids, leads: Vec::new() }).await?;
    }
    if let Some(role) = new.role.built_in() {
        written::insert(tx, member, role.id(), None).await?;
    }
    index::follow(tx, &[member]).await?;
    tx.emit(&MemberAdded { member })?;
    Ok(member)
}

/// The same rules as for placing somebody who is here, as whom one can sign in, and for giving them a role.
async fn check(tx: &mut Tx, new: &NewMember) -> Result<()> {
    let acting = Acting::load(tx).await?;
    if new.state == State::Active {
        let (who, there) = (MemberId(tx.new_id()), Belonging::of(new.department_ids.clone()));
        acting.check_sign_in_as(tx, who, &there).await?;
    }
    let Some(role) = new.role.built_in() else { return Ok(()) };
    let lineage = lineage(tx, new.department_ids.iter().copied()).await?;
    let nothing = Holdings::default();
    let target = Holder { id: MemberId(tx.new_id()), holdings: &nothing, places: &new.department_ids };
    let granted = Held { permissions: role.permissions(), scope: Scope::Organisation };
    access::may_give(&acting.holder(), granted, &target, &lineage).map_err(|_| Error::Forbidden)?;
    if new.role == Role::Owner { Err(Error::Conflict("directory.owner_needs_second")) } else { Ok(()) }
}
