//! Follow what changes: everything from the beginning, then what is new since a cursor.

use std::collections::{BTreeMap, HashMap};

use directory::{Department, DepartmentId, Member, Permission, Permitted, State};
use kernel::{Agent, Json, Limit, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::events::DirectoryRead;
use crate::fields;
use crate::link::{self, Kind};
use crate::note;

/// How far one has read.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The `cursor` of the answer before; everything from the beginning when absent.
    #[serde(default)]
    #[param(minimum = 0)]
    pub after: u32,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// What is new.
#[derive(Serialize, ToSchema)]
pub struct DirectoryChanges {
    /// Each person and department once, the newest change last, as they are now.
    pub items: Vec<DirectoryChange>,
    /// Give it as `after` the next time.
    pub cursor: i64,
    /// Whether there is more already.
    pub has_more: bool,
    /// Whether everything comes from here on: at the beginning, and when something may have been missed since `after`. What
    /// has not come again once there is no more is gone.
    pub begins_anew: bool,
}

/// A person or a department that is not what it was.
#[derive(Serialize, ToSchema)]
pub struct DirectoryChange {
    /// Which of the two.
    pub kind: Kind,
    /// Its id here.
    pub id: Uuid,
    /// What the program that wrote it calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// It is not here any more, or not within reach: `person` and `department` are absent then.
    pub is_gone: bool,
    /// What is kept of the person is not to be used for a while, by whoever has it either (GDPR 19): `person` is absent, and nothing is to be
    /// deleted. It comes again once it is used.
    pub is_restricted: bool,
    /// The person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<ProvisionedPerson>,
    /// The department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<ProvisionedDepartment>,
}

/// A person, as far as a program is told.
#[derive(Serialize, ToSchema)]
pub struct ProvisionedPerson {
    /// As colleagues see it.
    pub name: String,
    /// What one signs in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// With country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Unique in the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_number: Option<String>,
    /// What one is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// What stands in the other fields: built-in ones by name (`post`, `work_address`), the organisation's own by id, each value in
    /// the form its kind has.
    pub fields: BTreeMap<String, String>,
    /// Where they stand.
    pub state: State,
    /// The departments they are in, the main one first.
    pub department_ids: Vec<DepartmentId>,
    /// Those of them they lead.
    pub leads: Vec<DepartmentId>,
}

/// A department.
#[derive(Serialize, ToSchema)]
pub struct ProvisionedDepartment {
    /// What it is called.
    pub name: String,
    /// The one above; absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<DepartmentId>,
    /// Whether it is out of use: nobody is in it, and nobody comes in.
    pub is_archived: bool,
}

/// List what changed in the directory
#[utoipa::path(
    get, path = "/v1/provisioning/changes", tag = "provisioning", operation_id = "listDirectoryChanges", params(Since),
    responses((status = 200, body = DirectoryChanges)),
    extensions(
        ("x-application" = json!("provisioning")),
        ("x-access" = json!("holder of people.see, or a service token that lends it; of people within its reach")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_directory_changes(agent: Agent, Query(since): Query<Since>) -> Result<Json<DirectoryChanges>> {
    let mut tx = agent.begin().await?;
    let by = Permitted::load(&mut tx, Permission::PeopleSee).await?;
    note::fill(&mut tx).await?;
    let changes = read(&mut tx, &by, since).await?;
    tell(&mut tx, &changes)?;
    tx.commit().await?;
    Ok(Json(changes))
}

/// That people were read stands in the audit log; that there was nothing new does not.
fn tell(tx: &mut Tx, changes: &DirectoryChanges) -> Result<()> {
    let people = changes.items.iter().filter(|change| change.person.is_some()).count();
    if people == 0 {
        return Ok(());
    }
    tx.record(&DirectoryRead { people: u32::try_from(people).map_err(anyhow::Error::from)? })
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: Kind,
    object_id: Uuid,
    pos: i64,
}

async fn read(tx: &mut Tx, by: &Permitted, since: Since) -> Result<DirectoryChanges> {
    let (after, limit, org) = (i64::from(since.after), since.limit.get(), tx.org());
    let clock: Option<(i64, i64)> =
        sqlx::query_as("select pos, begun from provisioning.clock").fetch_optional(tx.db()).await?;
    let (newest, begun) = clock.unwrap_or_default();
    // A cursor that this database has not given out: it was set back to an older state since.
    let after = if after > newest { 0 } else { after };
    let mut rows: Vec<Row> = sqlx::query_as(
        "select kind, object_id, pos from provisioning.change where org_id = $1 and pos > $2 order by pos limit $3",
    )
    .bind(org)
    .bind(after)
    .bind(i64::try_from(limit + 1).map_err(anyhow::Error::from)?)
    .fetch_all(tx.db())
    .await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let known = Known::load(tx, by, &rows).await?;
    let cursor = rows.last().map_or(after, |row| row.pos);
    let items = rows.iter().filter_map(|row| known.change(row)).collect();
    Ok(DirectoryChanges { items, cursor, has_more, begins_anew: after <= begun })
}

/// What there is to say of the rows of a page.
struct Known {
    people: HashMap<Uuid, Member>,
    departments: HashMap<Uuid, Department>,
    external: HashMap<(Kind, Uuid), String>,
}

impl Known {
    async fn load(tx: &mut Tx, by: &Permitted, rows: &[Row]) -> Result<Self> {
        let ids =
            |kind| rows.iter().filter(move |row| row.kind == kind).map(|row| row.object_id).collect::<Vec<Uuid>>();
        let mut external = HashMap::new();
        for kind in [Kind::Person, Kind::Department] {
            let named = link::external_ids(tx, kind, &ids(kind)).await?;
            external.extend(named.into_iter().map(|(id, name)| ((kind, id), name)));
        }
        let people = within_reach(tx, by, ids(Kind::Person)).await?;
        let departments = match ids(Kind::Department) {
            none if none.is_empty() => Vec::new(),
            _ => directory::departments_with_archived(tx, None).await?,
        };
        let departments = departments.into_iter().map(|one| (one.id.0, one)).collect();
        Ok(Self { people, departments, external })
    }

    /// Nothing of who is gone and was never linked: nobody who reads this knew them.
    fn change(&self, row: &Row) -> Option<DirectoryChange> {
        let external_id = self.external.get(&(row.kind, row.object_id)).cloned();
        let person = self.people.get(&row.object_id).filter(|_| row.kind == Kind::Person);
        let is_restricted = person.is_some_and(|person| person.restricted_at.is_some());
        let person = person.filter(|_| !is_restricted).map(shown);
        let department = self.departments.get(&row.object_id).filter(|_| row.kind == Kind::Department);
        let department = department.map(|one| ProvisionedDepartment {
            name: one.name.clone(),
            parent_id: one.parent_id,
            is_archived: one.is_archived,
        });
        let is_gone = person.is_none() && department.is_none() && !is_restricted;
        if is_gone && external_id.is_none() && row.kind == Kind::Person {
            return None;
        }
        Some(DirectoryChange {
            kind: row.kind,
            id: row.object_id,
            external_id,
            is_gone,
            is_restricted,
            person,
            department,
        })
    }
}

async fn within_reach(tx: &mut Tx, by: &Permitted, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Member>> {
    let ids: Vec<MemberId> = ids.into_iter().map(MemberId).collect();
    let mut reached = HashMap::new();
    for member in directory::members(tx, &ids).await? {
        if by.holds_everywhere() || by.check_places(tx, &member.department_ids).await.is_ok() {
            reached.insert(member.id.0, member);
        }
    }
    Ok(reached)
}

fn shown(member: &Member) -> ProvisionedPerson {
    ProvisionedPerson {
        name: member.name.clone(),
        user_id: member.user_id.clone(),
        phone: member.phone.clone(),
        email: member.email.clone(),
        staff_number: member.staff_number.clone(),
        position: member.position.clone(),
        fields: fields::shown(member),
        state: member.state,
        department_ids: member.department_ids.clone(),
        leads: member.leads.clone(),
    }
}
