//! Take an import back, whole or one kind of what it did, for a day (`ACC-06`).

use axum::http::StatusCode;
use directory::imports::DeedKind;
use kernel::{Actor, Class, Cx, Error, Job, JobCx, Json, Limit, MemberId, Page, Path, Query, Result, within};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::model::{Import, ImportState, OwnImport, keep_request, load};
use super::{deeds, unmake, write};
use crate::events::ImportEnded;
use crate::model::ImportId;

const UNDO: &str = "identity.undo_import";
const ALL: [DeedKind; 4] = [DeedKind::Created, DeedKind::Changed, DeedKind::Moved, DeedKind::Left];

/// What is to be taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoImport {
    /// One kind of what it did; all four when absent.
    pub kind: Option<DeedKind>,
}

/// Undo an import
///
/// What is still as the import left it is as it was before; what somebody changed meanwhile stays, and `listImportKept` names it.
/// In the background; `showImport` tells when it is done. What could not be taken back can be tried again.
#[utoipa::path(
    post, path = "/v1/imports/{import}/undo", tag = "identity", operation_id = "undoImport",
    params(("import" = ImportId, Path)), request_body = UndoImport,
    responses((status = 202, description = "It is being taken back", body = Import)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["forbidden", "identity.import_not_written"]))
    ),
)]
pub async fn undo_import(
    cx: Cx,
    Path(import): Path<ImportId>,
    Json(input): Json<UndoImport>,
) -> Result<(StatusCode, Json<Import>)> {
    let mut tx = cx.begin().await?;
    let own = OwnImport::load(&mut tx, import).await?;
    if own.row.state != ImportState::Done {
        return Err(Error::Conflict("identity.import_not_written"));
    }
    write::set_state(&mut tx, import, "undoing", None).await?;
    keep_request(&mut tx, import).await?;
    let (kinds, now) = (input.kind.map_or(ALL.to_vec(), |kind| vec![kind]), tx.now());
    tx.schedule(UNDO, json!({ "import": import, "kinds": kinds }), now).await?;
    let shown = OwnImport::load(&mut tx, import).await?.row.shown(&mut tx).await?;
    tx.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(shown)))
}

/// Something an import did that could not be taken back.
#[derive(Serialize, ToSchema)]
pub struct ImportKept {
    /// Its place among all that the import did.
    pub n: i32,
    /// What kind of thing.
    pub kind: DeedKind,
    /// Of the person or the department; empty for the order of departments.
    pub name: String,
    /// The person, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_id: Option<MemberId>,
    /// Why: `changed_meanwhile`, `came_in`, `is_gone`, `department_not_empty`, …
    pub code: String,
}

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedKept {
    /// As `next` of the page before.
    pub after: Option<String>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List what of an import could not be undone
///
/// Nothing of it is lost: it is as somebody left it since.
#[utoipa::path(
    get, path = "/v1/imports/{import}/kept", tag = "identity", operation_id = "listImportKept",
    params(("import" = ImportId, Path), WantedKept),
    responses((status = 200, description = "In the order in which it was done", body = Page<ImportKept>)),
    extensions(
        ("x-access" = json!("holder of people.import, of what they began")),
        ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn list_import_kept(
    cx: Cx,
    Path(import): Path<ImportId>,
    Query(wanted): Query<WantedKept>,
) -> Result<Json<Page<ImportKept>>> {
    let mut tx = cx.begin().await?;
    OwnImport::load(&mut tx, import).await?;
    let limit = wanted.limit.get();
    let after = wanted.after.map(|after| after.parse::<i32>()).transpose();
    let after = after.map_err(|_| Error::Invalid { field: "after", why: "not_a_page" })?;
    let mut kept = deeds::kept(&mut tx, import, after, limit + 1).await?;
    let has_more = kept.len() > limit;
    kept.truncate(limit);
    let next = kept.last().filter(|_| has_more).map(|last| last.n.to_string());
    let shown = |one: deeds::KeptDeed| ImportKept {
        n: one.n,
        kind: one.done.deed.kind(),
        member_id: one.done.deed.member(),
        name: one.done.name,
        code: one.code.unwrap_or_default(),
    };
    Ok(Json(Page { items: kept.into_iter().map(shown).collect(), next }))
}

pub fn job() -> Job {
    Job { name: UNDO, class: Class::Heavy, every: None, run: |cx| Box::pin(run(cx)) }
}

async fn run(cx: JobCx) -> Result<()> {
    let import = serde_json::from_value::<ImportId>(cx.payload["import"].clone());
    let kinds = serde_json::from_value::<Vec<DeedKind>>(cx.payload["kinds"].clone());
    let (Some(org), Ok(import), Ok(kinds)) = (cx.org, import, kinds) else {
        return Err(Error::Conflict("identity.no_such_import"));
    };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    // Forgotten before its turn came, it stays as it is.
    let row = load(&mut tx, import).await?.filter(|row| row.state == ImportState::Undoing);
    let Some(row) = row else { return Ok(()) };
    let asked = row.request(&tx)?;
    drop(tx);
    let unmaking = async {
        let tx = cx.app.begin(org, Actor::Member(row.created_by)).await?;
        unmake::unmake(tx, import, &kinds).await
    };
    match within(asked, unmaking).await {
        Ok(()) => Ok(()),
        // Another attempt may succeed.
        Err(error @ Error::Unavailable(_)) => Err(error),
        Err(error) => {
            tracing::warn!(code = error.code(), import_id = %import, "an import was not taken back");
            let mut tx = cx.app.begin(org, Actor::System).await?;
            write::set_state(&mut tx, import, "done", Some(error.code())).await?;
            tx.emit(&ImportEnded { import, member: row.created_by, is_written: true })?;
            tx.commit().await
        }
    }
}
