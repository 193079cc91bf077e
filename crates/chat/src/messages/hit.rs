//! Whether a message is what somebody looks for, and what is shown of it.

use chrono::{DateTime, Utc};
use files::{FileAddresses, FileKind, FileRef, Reader};
use kernel::{MemberId, Result, Tx};
use search::{Cursor, Mark, Query, Snippet};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rows::MessageRow;
use crate::body::{Body, Text};
use crate::model::{ConversationId, Message};
use crate::plain::plain;
use crate::settings::Windows;

/// Where in a message it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// In its words.
    Text,
    /// In the name of a file that is no picture.
    File,
    /// In the name of a picture.
    Picture,
}

/// A message in which something was found.
#[derive(Serialize, ToSchema)]
pub struct MessageHit {
    /// The message.
    pub message: Message,
    /// Where it was said.
    pub conversation_id: ConversationId,
    /// A piece of its words as they are read, without marks and on one line, around what was found in them; `…` where something is left out.
    pub snippet: String,
    /// What was found in the snippet.
    pub marks: Vec<Mark>,
    /// Its files in whose names it was found.
    pub files: Vec<FileHit>,
}

/// A file in whose name something was found.
#[derive(Serialize, ToSchema)]
pub struct FileHit {
    /// The file.
    pub file: FileRef,
    /// What was found in its name.
    pub marks: Vec<Mark>,
    /// Where it is to be had.
    pub addresses: FileAddresses,
}

impl MessageHit {
    /// Its place in the order of what is found.
    pub fn place(&self) -> Cursor {
        Cursor { at: self.message.sent_at, scope: self.conversation_id.0, place: self.message.seq }
    }
}

/// What somebody looks for.
pub struct Wish {
    pub query: Query,
    pub from: Option<MemberId>,
    pub kind: Option<HitKind>,
    /// For whom addresses of files are made.
    pub reader: Reader,
}

impl Wish {
    /// The hit, if the message is one; whether the reader may see it is decided before.
    pub fn judge(&self, tx: &Tx, row: MessageRow, windows: &Windows) -> Result<Option<MessageHit>> {
        if self.from.is_some_and(|from| row.author_id != from) {
            return Ok(None);
        }
        let Some(message) = row.open(tx.app(), tx.org(), windows)? else { return Ok(None) };
        let Some(Body::Text(text)) = &message.body else { return Ok(None) };
        let read = plain(&text.text);
        let in_words = self.of_words().then(|| self.query.places(&read)).flatten();
        let files = self.files(tx, text, message.kept_until)?;
        if in_words.is_none() && files.is_empty() {
            return Ok(None);
        }
        let Snippet { text: snippet, marks } = Snippet::of(&read, &in_words.unwrap_or_default());
        Ok(Some(MessageHit { conversation_id: message.conversation_id, snippet, marks, files, message }))
    }

    fn of_words(&self) -> bool {
        matches!(self.kind, None | Some(HitKind::Text))
    }

    fn files(&self, tx: &Tx, text: &Text, kept_until: DateTime<Utc>) -> Result<Vec<FileHit>> {
        let mut found = Vec::new();
        for file in text.files.iter().filter(|file| self.is_of(file.kind)) {
            if let Some(places) = self.query.places(&file.name) {
                let addresses = files::addresses(tx.app(), self.reader, file, kept_until);
                found.push(FileHit { marks: Mark::all(&file.name, &places), addresses, file: file.clone() });
            }
        }
        Ok(found)
    }

    fn is_of(&self, kind: FileKind) -> bool {
        match self.kind {
            None => !self.query.is_empty(),
            Some(HitKind::Text) => false,
            Some(HitKind::File) => kind != FileKind::Picture,
            Some(HitKind::Picture) => kind == FileKind::Picture,
        }
    }
}
