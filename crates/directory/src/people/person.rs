//! A person as the database holds them, opened; and as a colleague may see them.

use chrono::{DateTime, Utc};
use kernel::{AccountId, Error, MemberId, Result, Tx};
use profiles::{Kind, Rule, masked};

use super::viewer::Viewer;
use crate::fields::{BuiltIn, FieldId};
use crate::model::{DepartmentId, FieldValue, Member, Profile, Role, colour};
use access::{State, WayBack};

/// A row of `directory.member` with what belongs to it; the profile still sealed.
#[derive(sqlx::FromRow)]
struct Row {
    id: MemberId,
    account_id: AccountId,
    role: Role,
    state: State,
    state_at: DateTime<Utc>,
    state_until: Option<DateTime<Utc>>,
    way_back: WayBack,
    joined_at: DateTime<Utc>,
    profile: Option<Vec<u8>>,
    is_hidden: bool,
    restricted_at: Option<DateTime<Utc>>,
    revision: i64,
    avatar: Option<i64>,
    department_ids: Vec<DepartmentId>,
    leads: Vec<DepartmentId>,
}

/// A person, opened.
pub struct Person {
    /// Who.
    pub id: MemberId,
    /// How they sign in.
    pub account: AccountId,
    /// What they may do.
    pub role: Role,
    /// Where they stand.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// Until when, if that is set.
    pub state_until: Option<DateTime<Utc>>,
    pub(crate) way_back: WayBack,
    /// Since when they are here.
    pub joined_at: DateTime<Utc>,
    /// What is known of them.
    pub profile: Profile,
    pub(crate) is_hidden: bool,
    /// Since when what is kept of them is not used otherwise (`DSR-04`).
    pub restricted_at: Option<DateTime<Utc>>,
    pub(crate) revision: i64,
    pub(crate) avatar: Option<i64>,
    /// The departments they are in, the main one first.
    pub department_ids: Vec<DepartmentId>,
    /// Those of them they lead.
    pub leads: Vec<DepartmentId>,
}

impl Person {
    /// Whether a call of another program lets them in again: calls alone shut them out, and nobody here has said anything since.
    pub fn is_let_in_by_calls(&self) -> bool {
        self.state.is_shut_out() && self.way_back == WayBack::Calls
    }

    /// As `viewer` may see them: each field by its rule. A masked one is whole for the person and whoever changes it.
    pub(crate) fn seen_by(self, viewer: &Viewer) -> Member {
        let is_me = self.id == viewer.acting.id;
        let can = viewer.can(&self);
        let (id, sight) = (self.id, &viewer.sight);
        let is_gone = sight.has_lost(id, self.state);
        let is_name_alone = is_gone || (sight.is_kept_from(id) && !sight.looks_after(id) && !can.restrict);
        let is_masked = |field| sight.masks(field, id) && !can.edit;
        let sees = |field: BuiltIn| !is_gone && sight.sees(field.id(), id) && !is_masked(field.id());
        let is_apart = |field| BuiltIn::of(field).is_some_and(|one| !one.is_among_values());
        let shown = |(field, _): &(FieldId, &Rule)| sight.sees(*field, id) && (!is_apart(*field) || is_masked(*field));
        let fields = sight.rules.in_order().into_iter().filter(|field| !is_gone && shown(field));
        let values = fields.filter_map(|(field_id, rule)| {
            let value = self.profile.get(field_id)?;
            if rule.kind == Kind::Person && !value.parse().is_ok_and(|person| sight.finds(person)) {
                return None;
            }
            let is_masked = is_masked(field_id);
            Some(FieldValue { field_id, value: if is_masked { masked(rule.kind, &value) } else { value }, is_masked })
        });
        let values = values.collect();
        let shown_places = |places: Vec<DepartmentId>| {
            places.into_iter().filter(|one| !is_name_alone && sight.reach.shows(*one)).collect()
        };
        let profile = self.profile;
        Member {
            id: self.id,
            name: profile.name,
            user_id: profile.user_id.filter(|_| sees(BuiltIn::UserId)),
            phone: profile.phone.filter(|_| sees(BuiltIn::Phone)),
            email: profile.email.filter(|_| sees(BuiltIn::Email)),
            staff_number: profile.staff_number.filter(|_| sees(BuiltIn::StaffNumber)),
            position: profile.position.filter(|_| sees(BuiltIn::Position)),
            signature: profile.signature.filter(|_| sees(BuiltIn::Signature)),
            birthday: profile.birthday.filter(|_| sees(BuiltIn::Birthday)),
            values,
            role: if is_name_alone { Role::Member } else { self.role },
            state: if is_gone { State::Suspended } else { self.state },
            state_until: self.state_until.filter(|_| !is_name_alone),
            department_ids: shown_places(self.department_ids),
            leads: shown_places(self.leads),
            avatar: self.avatar.filter(|_| sees(BuiltIn::Avatar)),
            colour: colour(self.id),
            is_me,
            is_hidden: can.edit.then_some(self.is_hidden),
            restricted_at: self.restricted_at.filter(|_| !is_name_alone),
            revision: (is_me || can.edit || can.place || can.change_role).then_some(self.revision),
            can,
        }
    }
}

/// Those of `ids` that are here and not erased, in the order of `ids`.
pub(crate) async fn load_all(tx: &mut Tx, ids: &[MemberId]) -> Result<Vec<Person>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select m.id, m.account_id, m.role, m.state, m.state_at, m.state_until, m.way_back, m.joined_at, m.profile,
                m.is_hidden, m.restricted_at, m.revision,
                (select a.version from directory.avatar a where a.member_id = m.id) as avatar,
                array(select d.department_id from directory.department_member d where d.member_id = m.id
                      order by d.position, d.department_id) as department_ids,
                array(select d.department_id from directory.department_member d
                      where d.member_id = m.id and d.is_leader order by d.department_id) as leads
         from unnest($1::uuid[]) with ordinality as asked (id, place)
         join directory.member m on m.id = asked.id
         where m.state <> 'erased' order by asked.place",
    )
    .bind(ids)
    .fetch_all(tx.db())
    .await?;
    rows.into_iter().map(|row| opened(tx, row)).collect()
}

/// The profiles of those of `ids` that have one.
pub(crate) async fn profiles(tx: &mut Tx, ids: &[MemberId]) -> Result<Vec<(MemberId, Profile)>> {
    let rows: Vec<(MemberId, Vec<u8>)> =
        sqlx::query_as("select id, profile from directory.member where id = any($1) and profile is not null")
            .bind(ids)
            .fetch_all(tx.db())
            .await?;
    rows.into_iter().map(|(id, sealed)| Ok((id, Profile::open(tx, id, &sealed)?))).collect()
}

/// The person; `NotFound` when they are not here or erased.
pub(crate) async fn load(tx: &mut Tx, id: MemberId) -> Result<Person> {
    load_all(tx, &[id]).await?.pop().ok_or(Error::NotFound("member"))
}

/// Nobody else changes the person until the transaction ends.
pub async fn lock(tx: &mut Tx, id: MemberId) -> Result<()> {
    sqlx::query("select from directory.member where id = $1 for update").bind(id).execute(tx.db()).await?;
    Ok(())
}

/// They are not what they were: whoever has them open is told (`If-Match`).
pub(crate) async fn touch(tx: &mut Tx, members: &[MemberId]) -> Result<()> {
    sqlx::query(
        "with held as (select id from directory.member where id = any($1) order by id for update)
         update directory.member m set revision = m.revision + 1 from held where m.id = held.id",
    )
    .bind(members)
    .execute(tx.db())
    .await?;
    Ok(())
}

fn opened(tx: &Tx, row: Row) -> Result<Person> {
    let profile = match row.profile {
        Some(sealed) => Profile::open(tx, row.id, &sealed)?,
        None => Profile::default(),
    };
    Ok(Person {
        id: row.id,
        account: row.account_id,
        role: row.role,
        state: row.state,
        state_at: row.state_at,
        state_until: row.state_until,
        way_back: row.way_back,
        joined_at: row.joined_at,
        profile,
        is_hidden: row.is_hidden,
        restricted_at: row.restricted_at,
        revision: row.revision,
        avatar: row.avatar,
        department_ids: row.department_ids,
        leads: row.leads,
    })
}
