//! The nouns of files.

use chrono::{DateTime, Utc};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

kernel::id!(
    /// A file: something with a name that was uploaded by somebody.
    FileId
);

/// What can be done with a file, as its first bytes say, never its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum FileKind {
    /// PNG, JPEG, WebP or GIF that could be read.
    Picture,
    /// MP4 or WebM.
    Video,
    /// MP3, Ogg, WAV or MPEG-4 audio.
    Audio,
    /// Anything else: it is only ever downloaded.
    File,
}

/// Whether a file has been looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum FileState {
    /// A picture that is being freed of what the camera wrote into it; some seconds.
    Processing,
    /// It can be attached.
    Ready,
}

/// A file as it stands in what carries it: enough to show it before it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileRef {
    /// Which.
    pub id: FileId,
    /// What its owner calls it, without folders.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// What it is, as its first bytes say; `application/octet-stream` when they say nothing.
    pub media_type: String,
    /// What can be done with it.
    pub kind: FileKind,
    /// Pixels across, of a picture; also of one that is too large to be shown, which has no small one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// Pixels down, of the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
    /// Whether there is a small picture of it.
    #[serde(default)]
    pub has_thumbnail: bool,
}

/// A file one has uploaded.
#[derive(Debug, Serialize, ToSchema)]
pub struct File {
    /// The file.
    #[serde(flatten)]
    pub file: FileRef,
    /// Whether it can be attached yet.
    pub state: FileState,
}

/// A file with the place it was put.
#[derive(Debug, Serialize, ToSchema)]
pub struct Placed {
    /// The file.
    pub file: FileRef,
    /// The number of what carries it, in its scope.
    pub seq: i64,
    /// Who put it there.
    pub owner_id: MemberId,
    /// When.
    pub attached_at: DateTime<Utc>,
}

/// A row of `files.file`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FileRow {
    pub id: FileId,
    pub owner_id: MemberId,
    pub blob_id: Uuid,
    pub thumbnail_id: Option<Uuid>,
    pub name: Vec<u8>,
    pub size: i64,
    pub media_type: String,
    pub kind: FileKind,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub state: FileState,
    pub scope_seq: Option<i64>,
    pub attached_at: Option<DateTime<Utc>>,
}

/// What names are sealed as.
pub const NAME: &str = "files.name";

impl FileRow {
    /// The file with its name opened.
    pub fn open(&self, tx: &kernel::Tx) -> kernel::Result<FileRef> {
        let name = tx.open(kernel::Bucket::Object(self.blob_id), NAME, self.id.0, &self.name)?;
        Ok(FileRef {
            id: self.id,
            name: String::from_utf8_lossy(&name).into_owned(),
            size: self.size,
            media_type: self.media_type.clone(),
            kind: self.kind,
            width: self.width,
            height: self.height,
            has_thumbnail: self.thumbnail_id.is_some(),
        })
    }
}
