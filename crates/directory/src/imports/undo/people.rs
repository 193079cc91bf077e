//! People as they were before an import: where they were, what was known of them, or not here at all.

use std::collections::{HashMap, HashSet};

use access::State;
use import_plans::{Deed, Kept, Placement};
use kernel::{AccountId, Bucket, MemberId, Result, Tx};
use lists::Field;

use super::Now;
use crate::fields::{Audience, BuiltIn, FieldId, Rules};
use crate::imports::plan::people::place_of;
use crate::imports::write::place;
use crate::model::{DepartmentId, Profile};
use crate::people::columns::rewrite;
use crate::people::handles::{self, HandleKind, NewHandle};
use crate::people::index;
use crate::people::person::Person;

/// People stand where they stood, where they are still where the import put them.
pub async fn place_back(tx: &mut Tx, now: &Now<'_>, deeds: &[&Deed], kept: &mut Kept) -> Result<()> {
    let in_use: HashSet<DepartmentId> =
        now.departments.iter().filter(|one| !one.is_archived).map(|one| one.id).collect();
    let mut places: Vec<(MemberId, Placement)> = Vec::new();
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Placed { member, before, after } = deed else { continue };
        let stays = match now.matched.people.get(member) {
            None => Some("is_gone"),
            // Where they were already.
            Some(person) if before.is_same(&place_of(person)) => continue,
            Some(_) if !now.may_change(*member) || !now.by.may_move() => Some("not_allowed"),
            Some(person) if !after.is_same(&place_of(person)) => Some("changed_meanwhile"),
            Some(_) if !before.departments.iter().all(|one| in_use.contains(one)) => Some("department_gone"),
            Some(_) => None,
        };
        match stays {
            Some(code) => drop(kept.insert(at, code)),
            None => places.push((*member, before.clone())),
        }
    }
    place(tx, &places).await
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
            let is_bare = person.avatar.is_none() && !person.is_hidden && !now.theirs.contains_key(&person.id);
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
    let none = |(member, account): &(MemberId, AccountId)| {
        let (member, account) = (*member, *account);
        [HandleKind::Phone, HandleKind::Email].map(|kind| NewHandle { kind, account, member, value: None })
    };
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

/// Each field in which still stands what the import wrote says again what it said before.
pub async fn write_back(
    tx: &mut Tx,
    now: &Now<'_>,
    deeds: &[&Deed],
    (gone, kept): (&HashSet<MemberId>, &mut Kept),
) -> Result<()> {
    let (rules, holders) = (Rules::load(tx).await?, holders(tx, deeds).await?);
    let (mut profiles, mut names) = (Vec::new(), Vec::new());
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Rewritten { member, before, after } = deed else { continue };
        let stays = match now.matched.people.get(member) {
            None => Some("is_gone"),
            Some(_) if !now.may_change(*member) => Some("not_allowed"),
            Some(person) if matches!(person.state, State::Disabled | State::Leaving) => Some("is_leaving"),
            Some(person) => {
                let mut back = Back { tx, now, gone, rules: &rules, holders: &holders, person, stays: None };
                let profile = back.profile(before, after);
                let code = back.stays;
                if profile != person.profile {
                    names.extend(new_names(now, person, &profile));
                    profiles.push((*member, profile));
                }
                code
            }
        };
        if let Some(code) = stays {
            kept.insert(at, code);
        }
    }
    for some in profiles.chunks(1_000) {
        rewrite(tx, &some.iter().map(|(member, profile)| (*member, profile)).collect::<Vec<_>>()).await?;
    }
    handles::set(tx, &names).await
}

/// Whose sign-in names the old phone numbers and e-mail addresses are by now.
async fn holders(tx: &mut Tx, deeds: &[&Deed]) -> Result<HashMap<(HandleKind, String), AccountId>> {
    let mut holders = HashMap::new();
    for kind in [HandleKind::Phone, HandleKind::Email] {
        let values: Vec<String> = deeds.iter().filter_map(|deed| old_name(deed, kind)).collect();
        let found = handles::holders(tx, kind, &values).await?;
        holders.extend(found.into_iter().map(|(value, account)| ((kind, value), account)));
    }
    Ok(holders)
}

fn old_name(deed: &Deed, kind: HandleKind) -> Option<String> {
    let Deed::Rewritten { before, .. } = deed else { return None };
    if kind == HandleKind::Phone { before.phone.clone() } else { before.email.clone() }
}

fn new_names(now: &Now<'_>, person: &Person, profile: &Profile) -> Vec<NewHandle> {
    // What one signs in with here follows only when the account belongs to nobody else.
    if person.state == State::Invited || now.matched.elsewhere.contains(&person.account) {
        return Vec::new();
    }
    let (account, member) = (person.account, person.id);
    let names = [(HandleKind::Phone, &profile.phone), (HandleKind::Email, &profile.email)];
    names.map(|(kind, value)| NewHandle { kind, account, member, value: value.clone() }).into()
}

/// One profile on its way back.
struct Back<'a> {
    tx: &'a Tx,
    now: &'a Now<'a>,
    gone: &'a HashSet<MemberId>,
    rules: &'a Rules,
    holders: &'a HashMap<(HandleKind, String), AccountId>,
    person: &'a Person,
    stays: Option<&'static str>,
}

impl Back<'_> {
    fn profile(&mut self, before: &Profile, after: &Profile) -> Profile {
        let mut profile = self.person.profile.clone();
        if before.name != profile.name && before.name != after.name {
            if profile.name == after.name {
                profile.name.clone_from(&before.name);
            } else {
                self.stays = Some("changed_meanwhile");
            }
        }
        for field in
            before.differing(after).into_iter().filter(|field| before.get(*field) != self.person.profile.get(*field))
        {
            match (self.why_not(field, &profile, (before, after)), before.get(field)) {
                (Some(code), _) => self.stays = Some(code),
                (None, None) => profile.take(field),
                (None, Some(text)) => drop(profile.put(field, text)),
            }
        }
        // Nobody is left without anything to sign in with.
        if profile.user_id.is_none() && profile.phone.is_none() && profile.email.is_none() {
            self.stays = Some("no_sign_in_left");
            let Profile { user_id, phone, email, .. } = self.person.profile.clone();
            (profile.user_id, profile.phone, profile.email) = (user_id, phone, email);
        }
        profile
    }

    fn why_not(
        &self,
        field: FieldId,
        profile: &Profile,
        (before, after): (&Profile, &Profile),
    ) -> Option<&'static str> {
        if profile.get(field) != after.get(field) {
            return Some("changed_meanwhile");
        }
        if self.rules.check_write(field, &[Audience::Administrators]).is_err() {
            return Some("field_not_collected");
        }
        let value = before.get(field)?;
        let (name, kind) = match BuiltIn::of(field)? {
            BuiltIn::UserId => (Field::UserId, None),
            BuiltIn::StaffNumber => (Field::StaffNumber, None),
            BuiltIn::Phone => (Field::Phone, Some(HandleKind::Phone)),
            BuiltIn::Email => (Field::Email, Some(HandleKind::Email)),
            _ => return None,
        };
        let is_gone = |member: &MemberId| self.gone.contains(member) || *member == self.person.id;
        let is_taken = self.now.members.find(self.tx, name, &value).is_some_and(|member| !is_gone(&member));
        let holder = kind.and_then(|kind| self.holders.get(&(kind, value)));
        let is_elsewhere = holder.is_some_and(|holder| *holder != self.person.account);
        (is_taken || is_elsewhere).then_some("belongs_to_somebody_else")
    }
}
