//! One request at a time writes to an upload.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{App, Error, Result};

use crate::model::FileId;

/// Uploads that somebody is writing to just now, on this node.
#[derive(Default)]
struct Turns(Mutex<HashSet<FileId>>);

/// The right to write to an upload: one request at a time has it.
pub struct Turn {
    turns: Arc<Turns>,
    upload: FileId,
}

impl Turn {
    pub fn take(app: &App, upload: FileId) -> Result<Self> {
        let turns = app.state::<Turns>();
        let is_free = turns.0.lock().unwrap_or_else(PoisonError::into_inner).insert(upload);
        if is_free { Ok(Self { turns, upload }) } else { Err(Error::Protocol(423, "files.upload_busy")) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.upload);
    }
}
