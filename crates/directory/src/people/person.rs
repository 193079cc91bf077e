//! A person as the database holds them, opened; and as a colleague may see them.

use access::Permission;
use chrono::{DateTime, Utc};
use kernel::{AccountId, Error, MemberId, Result, Tx};

use super::viewer::Viewer;
use crate::model::{DepartmentId, Member, Profile, Role, colour};
use crate::state::State;

/// A row of `directory.member` with what belongs to it; the profile still sealed.
#[derive(sqlx::FromRow)]
struct Row {
    id: MemberId,
    account_id: AccountId,
    role: Role,
    state: State,
    joined_at: DateTime<Utc>,
    profile: Option<Vec<u8>>,
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
    /// Since when they are here.
    pub joined_at: DateTime<Utc>,
    /// What is known of them.
    pub profile: Profile,
    pub(crate) avatar: Option<i64>,
    pub(crate) department_ids: Vec<DepartmentId>,
    pub(crate) leads: Vec<DepartmentId>,
}

impl Person {
    /// As `viewer` may see them. Only whoever looks after them and the person know what somebody signs in with.
    pub(crate) fn seen_by(self, viewer: &Viewer) -> Member {
        let is_me = self.id == viewer.id();
        let shows_user_id = is_me || viewer.looks_after(Permission::PeopleSee, &self);
        let can = viewer.can(&self);
        let profile = self.profile;
        Member {
            id: self.id,
            name: profile.name,
            user_id: profile.user_id.filter(|_| shows_user_id),
            phone: profile.phone,
            email: profile.email,
            staff_number: profile.staff_number,
            position: profile.position,
            signature: profile.signature,
            role: self.role,
            state: self.state,
            department_ids: self.department_ids,
            leads: self.leads,
            avatar: self.avatar,
            colour: colour(self.id),
            is_me,
            can,
        }
    }
}

/// Those of `ids` that are here and not erased, in the order of `ids`.
pub(crate) async fn load_all(tx: &mut Tx, ids: &[MemberId]) -> Result<Vec<Person>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select m.id, m.account_id, m.role, m.state, m.joined_at, m.profile,
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

/// The person; `NotFound` when they are not here or erased.
pub(crate) async fn load(tx: &mut Tx, id: MemberId) -> Result<Person> {
    load_all(tx, &[id]).await?.pop().ok_or(Error::NotFound("member"))
}

/// Nobody else changes the person until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, id: MemberId) -> Result<()> {
    sqlx::query("select from directory.member where id = $1 for update").bind(id).execute(tx.db()).await?;
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
        joined_at: row.joined_at,
        profile,
        avatar: row.avatar,
        department_ids: row.department_ids,
        leads: row.leads,
    })
}
