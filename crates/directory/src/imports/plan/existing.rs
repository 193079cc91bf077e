//! Who and what is there already, as far as an import asks.

use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;

use kernel::{AccountId, MemberId, Result, Tx};
use lists::Field;

use crate::departments::tree::open_name;
use crate::model::DepartmentId;
use crate::people::person::{self, Person};
use crate::people::{index, memberships};
use access::State;
use import_plans::Existing;
use profiles::look_up;
use texts::{fold, unspaced};

/// Look-up codes lead to members without opening a profile.
#[derive(sqlx::FromRow)]
struct Row {
    id: MemberId,
    account_id: AccountId,
    state: State,
    user_id_hmac: Option<Vec<u8>>,
    phone_hmac: Option<Vec<u8>>,
    email_hmac: Option<Vec<u8>>,
    staff_number_hmac: Option<Vec<u8>>,
}

/// Everybody, by what names them.
pub struct Members {
    by_code: HashMap<(Field, Vec<u8>), MemberId>,
    by_account: HashSet<AccountId>,
    called: HashMap<String, Vec<MemberId>>,
    /// Those who could leave.
    pub working: Vec<MemberId>,
}

impl Members {
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let rows: Vec<Row> = sqlx::query_as(
            "select id, account_id, state, user_id_hmac, phone_hmac, email_hmac, staff_number_hmac
             from directory.member where state <> 'erased' order by id",
        )
        .fetch_all(tx.db())
        .await?;
        let (by_code, called) = (HashMap::with_capacity(rows.len() * 3), HashMap::new());
        let mut members = Self { by_code, by_account: HashSet::new(), called, working: Vec::new() };
        for row in rows {
            members.by_account.insert(row.account_id);
            if matches!(row.state, State::Active | State::Suspended) {
                members.working.push(row.id);
            }
            let codes = [
                (Field::UserId, row.user_id_hmac),
                (Field::Phone, row.phone_hmac),
                (Field::Email, row.email_hmac),
                (Field::StaffNumber, row.staff_number_hmac),
            ];
            let named = codes.into_iter().filter_map(|(field, code)| Some(((field, code?), row.id)));
            members.by_code.extend(named);
        }
        Ok(members)
    }

    /// The member of whom this is the user id, the phone number, the e-mail address or the staff number.
    pub fn find(&self, tx: &Tx, field: Field, value: &str) -> Option<MemberId> {
        let code = match field {
            Field::UserId => look_up(tx, "directory.user_id", value),
            Field::Phone => look_up(tx, "directory.phone", value),
            Field::Email => look_up(tx, "directory.email", value),
            Field::StaffNumber => look_up(tx, "directory.staff_number", &value.to_lowercase()),
            _ => return None,
        };
        self.by_code.get(&(field, code)).copied()
    }

    /// Learns what those are called who are here.
    pub async fn learn_names(&mut self, tx: &mut Tx) -> Result<()> {
        let index = index::load(tx).await?;
        let index = index.read().unwrap_or_else(PoisonError::into_inner);
        let is_here = |state: State| matches!(state, State::Active | State::Invited | State::Suspended);
        for one in index.after(None).unwrap_or_default().iter().filter(|one| is_here(one.state)) {
            self.called.entry(fold(&unspaced(&one.name))).or_default().push(one.id);
        }
        Ok(())
    }

    /// Everybody who is called so.
    pub fn called(&self, name: &str) -> &[MemberId] {
        self.called.get(&fold(&unspaced(name))).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn has_account(&self, account: AccountId) -> bool {
        self.by_account.contains(&account)
    }
}

/// The people an import is about, opened, and whose account also belongs to another organisation.
pub struct Matched {
    pub people: HashMap<MemberId, Person>,
    pub elsewhere: HashSet<AccountId>,
}

impl Matched {
    pub async fn load(tx: &mut Tx, ids: &[MemberId]) -> Result<Self> {
        let mut people = HashMap::with_capacity(ids.len());
        for some in ids.chunks(1_000) {
            people.extend(person::load_all(tx, some).await?.into_iter().map(|person| (person.id, person)));
            tokio::task::yield_now().await;
        }
        let accounts: Vec<AccountId> = people.values().map(|person| person.account).collect();
        let elsewhere = memberships::elsewhere(tx, &accounts).await?.into_iter().collect();
        Ok(Self { people, elsewhere })
    }
}

#[derive(sqlx::FromRow)]
struct DepartmentRow {
    id: DepartmentId,
    parent_id: Option<DepartmentId>,
    name: Vec<u8>,
    number: Option<String>,
    is_archived: bool,
    position: i32,
}

pub async fn departments(tx: &mut Tx) -> Result<Vec<Existing>> {
    let rows: Vec<DepartmentRow> = sqlx::query_as(
        "select id, parent_id, name, number, archived_at is not null as is_archived, position
         from directory.department order by position, id",
    )
    .fetch_all(tx.db())
    .await?;
    let opened = |row: DepartmentRow| {
        let name = open_name(tx, row.id, &row.name)?;
        let DepartmentRow { id, parent_id: parent, number, is_archived, position, .. } = row;
        Ok(Existing { id, parent, name, number, is_archived, position })
    };
    rows.into_iter().map(opened).collect()
}
