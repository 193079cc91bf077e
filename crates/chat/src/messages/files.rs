//! Open a file that a message carries: whoever may read the message may.

use files::{FileAddresses, FileId};
use kernel::{Cx, Error, Json, Path, Result};

use super::rows;
use crate::body::Body;
use crate::model::ConversationId;
use crate::policy::ReadableConversation;
use crate::settings::Windows;

/// Open a file of a message
#[utoipa::path(
    get, path = "/v1/conversations/{conversation}/messages/{seq}/files/{file}", tag = "chat", operation_id = "openFile",
    params(("conversation" = ConversationId, Path), ("seq" = i64, Path), ("file" = FileId, Path)),
    responses((status = 200, body = FileAddresses)),
    extensions(("x-access" = json!("member of the conversation who may read the message"))),
)]
pub async fn open_file(
    cx: Cx,
    Path((conversation, seq, file)): Path<(ConversationId, i64, FileId)>,
) -> Result<Json<FileAddresses>> {
    let mut tx = cx.begin().await?;
    let conversation = ReadableConversation::load(&mut tx, conversation).await?;
    let windows = Windows::load(&mut tx).await?;
    let message = rows::find(&mut tx, conversation.seat(), seq, &windows).await?;
    let reader = files::Reader::load(&mut tx).await?;
    tx.commit().await?;
    let carried = message.body.as_ref().map(Body::files).unwrap_or_default();
    let file = carried.iter().find(|carried| carried.id == file).ok_or(Error::NotFound("file"))?;
    Ok(Json(files::addresses(cx.app(), reader, file, message.kept_until)))
}
