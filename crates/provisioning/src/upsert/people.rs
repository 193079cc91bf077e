//! People: added, changed, placed, shut out and let in again.

use std::collections::{BTreeMap, HashMap, HashSet};

use directory::{
    DepartmentId, EditMember, EditableMember, Edition, FieldId, FieldRules, NewMember, Permission, Permitted, Profile,
    Role, State, TurnableMember,
};
use identity::SuspensionReason;
use kernel::{AccountId, Error, MemberId, Result, Tx};
use profiles::Audience;
use serde::Deserialize;
use utoipa::ToSchema;

use super::problem::over;
use super::{Given, Outcome, Problems, UpsertedRow, Work, begin_row, end_row, given};
use crate::fields;
use crate::link::{self, Kind, Link};
use crate::policy::Provisioner;

/// A person, as they are to be. What is absent stays, `null` takes the value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpsertPerson {
    /// What the program calls them, always the same.
    pub external_id: String,
    /// As colleagues see it.
    pub name: String,
    /// What they sign in with. Somebody who is here with this user id and has no external id yet is taken for this person.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub user_id: Given<String>,
    /// With country code, or as it is written where the organisation is.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub phone: Given<String>,
    /// An e-mail address.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub email: Given<String>,
    /// Unique in the organisation.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub staff_number: Given<String>,
    /// What they are called.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub position: Given<String>,
    /// What stands in other fields, by the keys of `listProvisionedFields`. What is absent stays, `null` takes a value away.
    #[serde(default)]
    pub fields: BTreeMap<String, Option<String>>,
    /// All departments they are in, by what the program calls them, the main one first.
    pub department_external_ids: Option<Vec<String>>,
    /// Those of them they lead.
    pub leads_external_ids: Option<Vec<String>>,
    /// Whether they may come in.
    pub state: Option<UpsertState>,
}

/// Whether somebody may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpsertState {
    /// They may, unless an administrator suspended them.
    Active,
    /// They are shut out, at once.
    Suspended,
    /// They are shut out, at once, and erased fourteen days later, as when an administrator removes them.
    Left,
}

impl UpsertState {
    /// As the directory calls it.
    fn state(self) -> State {
        match self {
            Self::Active => State::Active,
            Self::Suspended => State::Suspended,
            Self::Left => State::Leaving,
        }
    }
}

/// Somebody whose state is to be another one.
pub struct Turn {
    row: usize,
    member: MemberId,
    to: UpsertState,
}

/// Writes them; what is to become of their state is left in `work`.
pub async fn write(
    tx: &mut Tx,
    _by: &Provisioner,
    rows: &[UpsertPerson],
    work: &mut Work,
    problems: &mut Problems,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    learn_places(tx, rows, work).await?;
    let names: Vec<String> = rows.iter().map(|row| row.external_id.trim().to_owned()).collect();
    let links = link::find(tx, Kind::Person, &names).await?;
    let mut seen = HashSet::new();
    for (place, row) in rows.iter().enumerate() {
        begin_row(tx).await?;
        let outcome = match seen.insert(row.external_id.trim()) {
            true => upsert(tx, row, links.get(row.external_id.trim()).copied(), &work.places).await,
            false => Err(Error::Invalid { field: "external_id", why: "twice" }),
        };
        let Some((done, turn)) = end_row(tx, outcome, (Kind::Person, place), problems).await? else { continue };
        work.people.push(done);
        work.turns.extend(turn.map(|(member, to)| Turn { row: place, member, to }));
    }
    Ok(())
}

/// Departments of earlier calls.
async fn learn_places(tx: &mut Tx, rows: &[UpsertPerson], work: &mut Work) -> Result<()> {
    let named = rows.iter().flat_map(|row| row.department_external_ids.iter().chain(&row.leads_external_ids).flatten());
    let wanted: HashSet<String> =
        named.map(|id| id.trim().to_owned()).filter(|id| !work.places.contains_key(id)).collect();
    let found = link::find(tx, Kind::Department, &wanted.into_iter().collect::<Vec<_>>()).await?;
    for (id, link) in found {
        if directory::department_exists(tx, link.department()).await? {
            work.places.insert(id, link.department());
        }
    }
    Ok(())
}

type Places = HashMap<String, DepartmentId>;

fn placed(places: &Places, ids: Option<&Vec<String>>, field: &'static str) -> Result<Option<Vec<DepartmentId>>> {
    let found = |id: &String| places.get(id.trim()).copied().ok_or(Error::Invalid { field, why: "unknown" });
    ids.map(|ids| ids.iter().map(found).collect()).transpose()
}

async fn upsert(
    tx: &mut Tx,
    row: &UpsertPerson,
    link: Option<Link>,
    places: &Places,
) -> Result<(UpsertedRow, Option<(MemberId, UpsertState)>)> {
    let external_id = link::checked(&row.external_id)?;
    let known = match link {
        Some(link) => Some(link.member()),
        None => by_user_id(tx, row).await?,
    };
    // Nobody is brought in to leave, and whoever left once and was erased does not come back to leave again.
    if row.state == Some(UpsertState::Left) && is_gone(tx, known).await? {
        return Ok((UpsertedRow { external_id, id: None, outcome: Outcome::Unchanged, stays: None }, None));
    }
    let wanted = Wanted {
        row,
        departments: placed(places, row.department_external_ids.as_ref(), "department_external_ids")?,
        leads: placed(places, row.leads_external_ids.as_ref(), "leads_external_ids")?,
        values: fields::by_id(&row.fields)?,
    };
    let (id, outcome) = match known {
        Some(id) => (id, change(tx, id, wanted).await?),
        None => (add(tx, wanted).await?, Outcome::Created),
    };
    if link.is_none() {
        link::insert(tx, Kind::Person, &external_id, id.0).await?;
    }
    let (turn, stays) = turn_of(tx, row.state, id).await?;
    let outcome = if turn.is_some() && outcome == Outcome::Unchanged { Outcome::Changed } else { outcome };
    Ok((UpsertedRow { external_id, id: Some(id.0), outcome, stays }, turn.map(|to| (id, to))))
}

/// A row, with what its names stand for.
struct Wanted<'a> {
    row: &'a UpsertPerson,
    departments: Option<Vec<DepartmentId>>,
    leads: Option<Vec<DepartmentId>>,
    values: BTreeMap<FieldId, Option<String>>,
}

/// Whether they are not here, or not any more.
async fn is_gone(tx: &mut Tx, known: Option<MemberId>) -> Result<bool> {
    let Some(member) = known else { return Ok(true) };
    match directory::member_state(tx, member).await {
        Ok(state) => Ok(state == State::Erased),
        Err(Error::NotFound(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// What is to become of their state, or where they stay instead. A local "off" is never undone by a call: it lets in only whom a
/// call shut out, as long as nobody here has shut them out since.
async fn turn_of(
    tx: &mut Tx,
    wanted: Option<UpsertState>,
    id: MemberId,
) -> Result<(Option<UpsertState>, Option<State>)> {
    let Some(wanted) = wanted else { return Ok((None, None)) };
    let person = directory::person(tx, id).await?;
    let turns = match (wanted, person.state) {
        (UpsertState::Suspended, State::Active)
        | (UpsertState::Left, State::Active | State::Suspended | State::Disabled) => true,
        (UpsertState::Active, State::Suspended | State::Leaving) => person.is_let_in_by_calls(),
        _ => false,
    };
    let stays = (!turns && person.state != wanted.state()).then_some(person.state);
    Ok((turns.then_some(wanted), stays))
}

async fn by_user_id(tx: &mut Tx, row: &UpsertPerson) -> Result<Option<MemberId>> {
    let Some(Some(user_id)) = &row.user_id else { return Ok(None) };
    Ok(directory::member_by_user_id(tx, user_id).await?.map(|(member, _)| member))
}

/// Only what differs is written, so that the same call twice says nothing twice.
async fn change(tx: &mut Tx, id: MemberId, Wanted { row, departments, leads, values }: Wanted<'_>) -> Result<Outcome> {
    let person = EditableMember::load_held(tx, id).await?;
    let now = person.person();
    let other = |wanted: Option<Vec<DepartmentId>>, is: &[DepartmentId]| wanted.filter(|wanted| !same(wanted, is));
    let (department_ids, leads) = (other(departments, &now.department_ids), other(leads, &now.leads));
    let before = now.profile.clone();
    let is_placed = department_ids.is_some() || leads.is_some();
    let change = EditMember {
        name: Some(row.name.clone()),
        staff_number: row.staff_number.clone(),
        position: row.position.clone(),
        role: None,
        department_ids,
        leads,
        user_id: row.user_id.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        values,
        ..EditMember::default()
    };
    directory::edit_member(tx, &person, &Edition::any(), change).await?;
    let is_changed = is_placed || directory::person(tx, id).await?.profile != before;
    Ok(if is_changed { Outcome::Changed } else { Outcome::Unchanged })
}

/// The first is the main one; of the others the order says nothing.
fn same(wanted: &[DepartmentId], is: &[DepartmentId]) -> bool {
    let all = |ids: &[DepartmentId]| ids.iter().copied().collect::<HashSet<_>>();
    wanted.first() == is.first() && all(wanted) == all(is)
}

/// With an account that has nothing to sign in with yet: an administrator gives the initial password.
async fn add(tx: &mut Tx, Wanted { row, departments, leads, values }: Wanted<'_>) -> Result<MemberId> {
    let (departments, leads) = (departments.unwrap_or_default(), leads.unwrap_or_default());
    let by = Permitted::load(tx, Permission::PeopleAdd).await?;
    by.check_places(tx, &departments).await?;
    let (account, now) = (AccountId(tx.new_id()), tx.now());
    identity::create_account(tx.db(), account, now).await?;
    let text = |given: &Given<String>| given.clone().flatten();
    let mut profile = Profile {
        name: row.name.clone(),
        user_id: text(&row.user_id),
        phone: text(&row.phone),
        email: text(&row.email),
        staff_number: text(&row.staff_number),
        position: text(&row.position),
        ..Profile::default()
    };
    let keys: Vec<FieldId> = values.keys().copied().collect();
    directory::fill_fields(tx, &mut profile, values).await?;
    directory::check_collected(tx, &profile).await?;
    if !keys.is_empty() {
        let rules = FieldRules::load(tx).await?;
        for field in keys.into_iter().filter(|field| profile.has(*field)) {
            rules.check_write(field, &[Audience::Administrators])?;
        }
    }
    let new = NewMember { account, profile, role: Role::Member, state: State::Active, department_ids: departments };
    let id = directory::add_member(tx, new).await?;
    if !leads.is_empty() {
        let person = EditableMember::load_held(tx, id).await?;
        directory::edit_member(
            tx,
            &person,
            &Edition::any(),
            EditMember { leads: Some(leads), ..EditMember::default() },
        )
        .await?;
    }
    Ok(id)
}

/// Shuts out and lets in again, in the same transaction. `None`: something was wrong, and nothing is kept.
pub async fn turn(mut tx: Tx, turns: Vec<Turn>, problems: &mut Problems) -> Result<Option<Tx>> {
    if !problems.is_empty() {
        return Ok(None);
    }
    for Turn { row, member, to } in turns {
        let (org, actor) = (tx.org(), tx.actor());
        let turned = match TurnableMember::load_by_call(&mut tx, member, to.state()).await {
            Err(error) => Err(error),
            Ok(proof) => match to {
                UpsertState::Active => identity::resume(tx, &proof).await,
                UpsertState::Suspended => identity::suspend(tx, &proof, SuspensionReason::Other).await,
                UpsertState::Left => identity::shut_out(tx, &proof, 1).await,
            },
        };
        match turned {
            Ok(outside) => tx = outside.enter(org, actor).await?,
            Err(error) => {
                problems.note((Kind::Person, row), over("state")(error))?;
                return Ok(None);
            }
        }
    }
    Ok(Some(tx))
}
