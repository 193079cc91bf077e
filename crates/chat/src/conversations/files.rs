//! The files and pictures of a conversation, newest first: as far back as the reader may read.

use chrono::{DateTime, Utc};
use files::{FileAddresses, FileId, FileKind, FileRef, Listing};
use kernel::{Cx, Error, Json, Limit, MemberId, Page, Path, Query, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::ConversationId;
use crate::policy::ReadableConversation;
use crate::settings::Windows;

/// Which files.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FileQuery {
    /// `picture`: pictures only; another kind: everything else.
    pub kind: Option<FileKind>,
    /// `next` of the page before.
    pub before: Option<String>,
    /// 1 to 100; 50 when absent.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit<100>,
}

/// A file with the message that carries it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationFile {
    /// The file.
    pub file: FileRef,
    /// Number of the message.
    pub seq: i64,
    /// Who sent it.
    pub author_id: MemberId,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// It goes with its message then (`RET-09`).
    pub kept_until: DateTime<Utc>,
    /// Where it is to be had.
    pub addresses: FileAddresses,
}

/// List the files of a conversation
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}/files", tag = "chat", operation_id = "listConversationFiles",
    params(("conversation" = ConversationId, Path), FileQuery),
    responses((status = 200, body = Page<ConversationFile>)),
    extensions(("x-access" = json!("member of the conversation, as far back as they may read"))),
)]
pub async fn list_conversation_files(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Query(query): Query<FileQuery>,
) -> Result<Json<Page<ConversationFile>>> {
    let limit = query.limit.get();
    let before = query.before.as_deref().map(place).transpose()?;
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let windows = Windows::load(&mut tx).await?;
    let listing = Listing {
        scope: conversation.id().0,
        kind: query.kind,
        after_seq: conversation.seat().hidden_until(),
        attached_after: windows.hidden_before(tx.now()),
        before,
        limit: i64::try_from(limit).unwrap_or(i64::MAX) + 1,
    };
    let placed = files::list(&mut tx, listing).await?;
    let reader = files::Reader::load(&mut tx).await?;
    tx.commit().await?;
    let found = placed.into_iter().map(|placed| ConversationFile {
        addresses: files::addresses(cx.app(), reader, &placed.file, windows.kept_until(placed.attached_at)),
        seq: placed.seq,
        author_id: placed.owner_id,
        sent_at: placed.attached_at,
        kept_until: windows.kept_until(placed.attached_at),
        file: placed.file,
    });
    Ok(Json(Page::of(found.collect(), limit, |last| format!("{}.{}", last.seq, last.file.id))))
}

/// A place of the list, as `next` says it.
fn place(text: &str) -> Result<(i64, FileId)> {
    let (seq, id) = text.split_once('.').ok_or(Error::Invalid { field: "before", why: "not_a_place" })?;
    match (seq.parse(), id.parse()) {
        (Ok(seq), Ok(id)) => Ok((seq, id)),
        _ => Err(Error::Invalid { field: "before", why: "not_a_place" }),
    }
}
