//! A domain as small as can be, to prove the kernel with: notes that are counted, not read.

use kernel::{Audience, Cx, Error, Event, Json, Module, Path, Result, TopicChange, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub struct NoteWritten {
    pub note: Uuid,
    #[serde(skip)]
    pub topics: Vec<TopicChange>,
}

impl Event for NoteWritten {
    const NAME: &'static str = "notes.note_written";
    fn audience(&self) -> Audience {
        Audience::Org
    }
    fn topics(&self) -> Vec<TopicChange> {
        self.topics.clone()
    }
}

pub fn module() -> Module {
    let routes = OpenApiRouter::new().routes(routes!(write_note)).routes(routes!(burn_note));
    Module::new("notes", routes, sqlx::migrate::Migrator::DEFAULT, "")
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    pub text: String,
    /// Characters of paper that come back with the note.
    #[serde(default)]
    pub paper: usize,
}

/// Write a note
#[utoipa::path(post, path = "/v1/notes", tag = "notes", operation_id = "writeNote", request_body = WriteNote,
    responses((status = 201)), extensions(("x-access" = json!("member"))))]
async fn write_note(cx: Cx, Json(input): Json<WriteNote>) -> Result<Json<serde_json::Value>> {
    let mut tx = cx.begin().await?;
    if input.text.is_empty() {
        return Err(Error::Invalid { field: "text", why: "is_empty" });
    }
    let note = write(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(json!({ "note": note, "paper": "x".repeat(input.paper) })))
}

/// Burn a note
#[utoipa::path(delete, path = "/v1/notes/{note}", tag = "notes", operation_id = "burnNote",
    params(("note" = Uuid, Path)), responses((status = 204)), extensions(("x-access" = json!("owner")), ("x-errors" = json!(["forbidden"]))))]
async fn burn_note(_cx: Cx, Path(_note): Path<Uuid>) -> Result<()> {
    Err(Error::Forbidden)
}

pub async fn write(tx: &mut Tx) -> Result<Uuid> {
    let note = tx.new_id();
    tx.emit(&NoteWritten { note, topics: Vec::new() })?;
    Ok(note)
}
