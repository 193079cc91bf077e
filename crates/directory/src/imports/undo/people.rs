//! People as they were before an import: where they were, what was known of them, or not here at all.

use std::collections::{HashMap, HashSet};

use access::State;
use import_plans::{Deed, Kept, Owners, Placement, ProfileBack, ProfilesBack};
use kernel::{AccountId, Bucket, MemberId, Result, Tx};
use lists::Field;

use super::Now;
use crate::fields::{Audience, Rules};
use crate::imports::lines::{tell_place, tell_profile};
use crate::imports::plan::people::place_of;
use crate::imports::write::place;
use crate::model::{DepartmentId, Profile};
use crate::people::columns::{let_go, rewrite};
use crate::people::handles::{self, HandleKind, NewHandle};
use crate::people::index;
use crate::people::person::Person;

/// People stand where they stood and lead what they led, where they are still where the import put them.
pub async fn place_back(tx: &mut Tx, now: &Now<'_>, deeds: &[&Deed], kept: &mut Kept) -> Result<()> {
    let in_use: HashSet<DepartmentId> =
        now.departments.iter().filter(|one| !one.is_archived).map(|one| one.id).collect();
    let mut places: HashMap<MemberId, Placement> = HashMap::new();
    for (at, deed) in deeds.iter().enumerate() {
        let (Deed::Placed { member, .. } | Deed::Rewritten { member, .. }) = deed else { continue };
        let Some(person) = now.matched.people.get(member) else {
            kept.insert(at, "is_gone");
            continue;
        };
        let place = places.get(member).cloned().unwrap_or_else(|| place_of(person));
        match import_plans::placed_back(deed, &place, &in_use) {
            // Where they were already.
            Ok(None) => {}
            _ if now.refusal(*member).is_some() || !now.by.may_move() => {
                kept.insert(at, now.refusal(*member).unwrap_or("not_allowed"));
            }
            Ok(Some(back)) if !now.by.may_place(*member, &place, &back) => drop(kept.insert(at, "not_allowed")),
            Ok(Some(back)) if !now.by.may_bring(*member, &place.departments, &back.departments) => {
                kept.insert(at, "not_allowed");
            }
            Ok(Some(back)) => drop(places.insert(*member, back)),
            Err(code) => drop(kept.insert(at, code)),
        }
    }
    for (member, back) in &places {
        let person = now.matched.people.get(member);
        person.map_or(Ok(()), |person| tell_place(tx, *member, (&place_of(person), back)))?;
    }
    place(tx, &places.into_iter().collect::<Vec<_>>()).await
}

/// Takes out the new people who are as the import made them and never came in; who is gone.
pub async fn take_out(
    tx: &mut Tx,
    now: &Now<'_>,
    deeds: &[&Deed],
    (came_in, kept): (&HashSet<MemberId>, &mut Kept),
) -> Result<HashSet<MemberId>> {
    let mut gone: Vec<(MemberId, AccountId)> = Vec::new();
    let leaders: Vec<MemberId> =
        sqlx::query_scalar("select distinct member_id from directory.dotted_leader").fetch_all(tx.db()).await?;
    for (at, deed) in deeds.iter().enumerate().filter(|(at, _)| !kept.contains_key(at)).collect::<Vec<_>>() {
        let Deed::Added { member, account, state, profile, places } = deed else { continue };
        // Roles, a picture: somebody has done something about them.
        let is_as_made = |person: &&Person| {
            let is_bare = person.avatar.is_none()
                && !person.is_hidden
                && person.restricted_at.is_none()
                && !now.theirs.contains_key(&person.id);
            is_bare
                && !leaders.contains(&person.id)
                && person.state == *state
                && person.profile == *profile
                && places.is_same(&place_of(person))
        };
        let stays = match now.matched.people.get(member) {
            None => Some("is_gone"),
            Some(_) if came_in.contains(member) => Some("came_in"),
            Some(person) if *state == State::Invited && person.state == State::Active => Some("came_in"),
            found => found.filter(is_as_made).is_none().then_some("changed_meanwhile"),
        };
        match stays {
            Some(code) => drop(kept.insert(at, code)),
            None => gone.push((*member, *account)),
        }
    }
    for some in gone.chunks(1_000) {
        remove(tx, some).await?;
    }
    Ok(gone.into_iter().map(|(member, _)| member).collect())
}

/// As if they had never been here: nobody waits fourteen days for the end of somebody who never came.
async fn remove(tx: &mut Tx, people: &[(MemberId, AccountId)]) -> Result<()> {
    let (org, members) = (tx.org(), people.iter().map(|(member, _)| *member).collect::<Vec<_>>());
    let nothing = Profile::default();
    let none = |(member, account): &(MemberId, AccountId)| NewHandle::of(*account, *member, &nothing);
    handles::set(tx, &people.iter().flat_map(none).collect::<Vec<_>>()).await?;
    sqlx::query("update directory.member set state = 'erased' where id = any($1)")
        .bind(&members)
        .execute(tx.db())
        .await?;
    index::follow(tx, &members).await?;
    sqlx::query("delete from directory.member where id = any($1)").bind(&members).execute(tx.db()).await?;
    sqlx::query("delete from directory.membership where org_id = $1 and member_id = any($2)")
        .bind(org)
        .bind(&members)
        .execute(tx.db())
        .await?;
    tx.on_commit(move |app| {
        let keys: Vec<Bucket> = members.iter().map(|member| Bucket::Member(member.0)).collect();
        if app.vault().destroy(org.0, &keys).is_err() {
            tracing::warn!("the keys of people of an undone import could not be destroyed");
        }
    });
    Ok(())
}

/// Each field in which still stands what the import wrote says again what it said before; what is kept stays whole.
pub async fn write_back(
    tx: &mut Tx,
    now: &Now<'_>,
    deeds: &[&Deed],
    (gone, kept): (&HashSet<MemberId>, &mut Kept),
) -> Result<()> {
    // Whose sign-in names they are by now.
    let holders = handles::holders(tx, deeds.iter().flat_map(|deed| old_names(deed)).collect()).await?;
    let rules = Rules::load(tx).await?;
    let mut backs = Vec::new();
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Rewritten { member, before, after, .. } = deed else { continue };
        let stays = match now.matched.people.get(member) {
            _ if kept.contains_key(&at) => continue,
            None => "is_gone",
            Some(person) if matches!(person.state, State::Disabled | State::Leaving) => "is_leaving",
            Some(person) => {
                if let Some(why) = now.refusal(*member) {
                    kept.insert(at, why);
                    continue;
                }
                let may_write = |field| rules.check_write(field, &[Audience::Administrators]).is_ok();
                let (who, profile) = ((at, *member, person.account), person.profile.clone());
                backs.push(ProfileBack::of(who, profile, (before, after), may_write));
                continue;
            }
        };
        kept.insert(at, stays);
    }
    let back = together(tx, now, &backs, (gone, &holders));
    kept.extend(back.kept);
    let_go(tx, &back.givers).await?;
    let mut names = Vec::new();
    for some in back.profiles.chunks(1_000) {
        let profiles: Vec<(MemberId, &Profile)> = some.iter().map(|(at, one)| (backs[*at].member, one)).collect();
        rewrite(tx, &profiles).await?;
        for (member, profile) in profiles {
            let Some(person) = now.matched.people.get(&member) else { continue };
            tell_profile(tx, &rules, member, (&person.profile, profile))?;
            let person = Some(person).filter(|person| names_follow(now, person));
            names.extend(person.into_iter().flat_map(|person| NewHandle::of(person.account, person.id, profile)));
        }
    }
    handles::set(tx, &names).await
}

/// All of them as they will be together: people who exchanged something have it back.
fn together(
    tx: &Tx,
    now: &Now<'_>,
    backs: &[ProfileBack],
    (gone, holders): (&HashSet<MemberId>, &HashMap<(HandleKind, String), AccountId>),
) -> ProfilesBack {
    let member = |field: Field, value: &str| now.members.find(tx, field, value).filter(|one| !gone.contains(one));
    let account = |field: Field, value: &str| holders.get(&(handles::kind_of(field)?, value.to_owned())).copied();
    let names_follow = |one: MemberId| now.matched.people.get(&one).is_some_and(|person| names_follow(now, person));
    let owners = Owners { member: &member, account: &account, names_follow: &names_follow };
    import_plans::profiles_back(backs, &owners)
}

/// The phone number and the e-mail address from before.
fn old_names(deed: &Deed) -> Vec<(HandleKind, String)> {
    let Deed::Rewritten { before, .. } = deed else { return Vec::new() };
    let names = [(HandleKind::Phone, &before.phone), (HandleKind::Email, &before.email)];
    names.into_iter().filter_map(|(kind, value)| Some((kind, value.clone()?))).collect()
}

/// What one signs in with here follows only when the account belongs to nobody else.
fn names_follow(now: &Now<'_>, person: &Person) -> bool {
    person.state != State::Invited && !now.matched.elsewhere.contains(&person.account)
}
