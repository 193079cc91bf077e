//! Bring people and departments in line with another program: all rows, or none.

mod departments;
mod people;
mod problem;
mod shape;

use std::collections::HashMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use directory::{DepartmentId, State};
use kernel::{Agent, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::departments::UpsertDepartment;
use self::people::Turn;
pub use self::people::UpsertPerson;
use self::problem::Problems;
pub use self::problem::RowsProblem;
use crate::events::DirectoryUpserted;
use crate::link::Kind;
use crate::policy::Provisioner;

const MOST_ROWS: usize = 1000;

/// So many rows with everything in them.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// What is to be so. What is not named stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpsertDirectory {
    /// Departments, in any order.
    #[serde(default)]
    pub departments: Vec<UpsertDepartment>,
    /// People; with the departments at most 1,000 rows.
    #[serde(default)]
    pub people: Vec<UpsertPerson>,
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub struct UpsertedDirectory {
    /// For each department, in the order of the rows.
    pub departments: Vec<UpsertedRow>,
    /// For each person, in the order of the rows.
    pub people: Vec<UpsertedRow>,
}

/// What became of a row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UpsertedRow {
    /// As it was given.
    pub external_id: String,
    /// The id here; absent for somebody who left and is not here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<uuid::Uuid>,
    /// What was done.
    pub outcome: Outcome,
    /// Where a person stays who does not come to stand where the row says: somebody here shut them out, and only people here let
    /// them in again, or they are on another way that no call turns. Absent where the row's `state` holds, or it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stays: Option<State>,
}

/// What was done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UpsertOutcome)]
pub enum Outcome {
    /// It is new.
    Created,
    /// Something is not what it was.
    Changed,
    /// All was so already.
    Unchanged,
}

/// Bring people and departments in line
///
/// All rows are written, or none: then the answer names what is wrong, by row. Sending the same again changes nothing.
#[utoipa::path(
    post, path = "/v1/provisioning/upsert", tag = "provisioning", operation_id = "upsertDirectory",
    request_body = UpsertDirectory,
    responses(
        (status = 200, body = UpsertedDirectory),
        (status = 422, description = "Nothing was written", body = RowsProblem, content_type = "application/problem+json"),
    ),
    extensions(
        ("x-application" = json!("provisioning")),
        ("x-access" = json!("holder of departments.manage, people.add, people.edit, people.place, people.suspend, people.remove, of what the rows change, or a service token that lends them")),
        ("x-rate" = json!("heavy")),
        ("x-most-bytes" = json!(MOST_BYTES)),
        ("x-errors" = json!(["forbidden", "hosting.people_limit", "provisioning.rows_wrong"])),
    ),
)]
pub async fn upsert_directory(agent: Agent, Json(input): Json<UpsertDirectory>) -> Result<Response> {
    let mut tx = agent.begin().await?;
    let by = Provisioner::load(&mut tx).await?;
    if input.departments.len() + input.people.len() > MOST_ROWS {
        return Err(Error::Invalid { field: "body", why: "too_many_rows" });
    }
    let (mut problems, mut work) = (Problems::default(), Work::default());
    write(&mut tx, &by, &input, &mut work, &mut problems).await?;
    let tx = people::turn(tx, std::mem::take(&mut work.turns), &mut problems).await?;
    let (Some(mut tx), true) = (tx, problems.is_empty()) else { return refused(problems) };
    let counts = work.counts();
    if counts != DirectoryUpserted::default() {
        tx.emit(&counts)?;
    }
    tx.commit().await?;
    Ok(Json(UpsertedDirectory { departments: work.departments, people: work.people }).into_response())
}

/// Departments first, since people go into them; out of use last, since people leave them.
async fn write(
    tx: &mut Tx,
    by: &Provisioner,
    input: &UpsertDirectory,
    work: &mut Work,
    problems: &mut Problems,
) -> Result<()> {
    departments::write(tx, by, &input.departments, work, problems).await?;
    shape::order(tx, by, &input.departments, work, problems).await?;
    people::write(tx, by, &input.people, work, problems).await?;
    shape::archive(tx, by, work, problems).await
}

fn refused(problems: Problems) -> Result<Response> {
    let refusal = problems.refusal();
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, Json(problems.into_answer())).into_response();
    if let Some(refusal) = refusal {
        response.extensions_mut().insert(refusal);
    }
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    Ok(response)
}

/// What has been done so far.
#[derive(Default)]
struct Work {
    departments: Vec<UpsertedRow>,
    people: Vec<UpsertedRow>,
    /// Departments by their external ids.
    places: HashMap<String, DepartmentId>,
    /// Departments that are to be out of use, each with its row.
    archives: Vec<(usize, DepartmentId)>,
    /// Whose state is to be another one.
    turns: Vec<Turn>,
}

impl Work {
    /// Of a department something is not what it was.
    fn note_changed(&mut self, department: DepartmentId) {
        let mut rows = self.departments.iter_mut();
        let row = rows.find(|row| row.id == Some(department.0) && row.outcome == Outcome::Unchanged);
        if let Some(row) = row {
            row.outcome = Outcome::Changed;
        }
    }

    fn counts(&self) -> DirectoryUpserted {
        let count = |rows: &[UpsertedRow], outcome| {
            u32::try_from(rows.iter().filter(|row| row.outcome == outcome).count()).unwrap_or(u32::MAX)
        };
        DirectoryUpserted {
            people_created: count(&self.people, Outcome::Created),
            people_changed: count(&self.people, Outcome::Changed),
            departments_created: count(&self.departments, Outcome::Created),
            departments_changed: count(&self.departments, Outcome::Changed),
        }
    }
}

/// What a row says of a value: nothing, that it goes, or what it is to be.
type Given<T> = Option<Option<T>>;

/// Tells `null` from absent; goes with `#[serde(default)]`.
fn given<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(value: D) -> Result<Given<T>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// One row cannot spoil the transaction for the ones after it, so that all that is wrong is found at once.
async fn begin_row(tx: &mut Tx) -> Result<()> {
    sqlx::query("savepoint provisioning_row").execute(tx.db()).await?;
    Ok(())
}

/// Keeps what the row did, or notes what is wrong with it.
async fn end_row<T>(tx: &mut Tx, outcome: Result<T>, at: (Kind, usize), problems: &mut Problems) -> Result<Option<T>> {
    match outcome {
        Ok(done) => {
            sqlx::query("release savepoint provisioning_row").execute(tx.db()).await?;
            Ok(Some(done))
        }
        Err(error) => {
            problems.note(at, error)?;
            sqlx::query("rollback to savepoint provisioning_row").execute(tx.db()).await?;
            Ok(None)
        }
    }
}
