//! What some messages bring along, written in the transaction that writes them: whom they mention, what they carry.

use files::FileId;
use kernel::MemberId;
use sqlx::PgConnection;

use super::Job;
use super::batch::Place;
use crate::body::Body;
use crate::mentions::{self, Mentioned};

/// Whether the message brings something along.
pub fn is_in(job: &Job) -> bool {
    !job.body.mentions().is_empty() || !job.body.files().is_empty()
}

/// Of the messages of one organisation.
#[derive(Default)]
pub struct More {
    mentioned: Vec<Mentioned>,
    /// Files, and the number of the message that carries each.
    carried: Vec<(FileId, i64)>,
}

impl More {
    /// Adds what this one brings along.
    pub fn add(&mut self, job: &Job, at: Place) {
        self.mentioned.extend(mentioned(job, at));
        self.carried.extend(job.body.files().iter().map(|file| (file.id, at.seq)));
    }

    /// Writes it, if there is any.
    pub async fn write(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        mentions::insert(db, &self.mentioned).await?;
        files::place(db, &self.carried).await
    }
}

fn mentioned(job: &Job, at: Place) -> Option<Mentioned> {
    let Body::Text(text) = &job.body else { return None };
    let mut members: Vec<MemberId> = text.mentions.iter().copied().filter(|m| *m != job.author).collect();
    if text.mentions_all {
        members.push(mentions::EVERYBODY);
    }
    let (conversation, author) = (job.conversation, job.author);
    (!members.is_empty()).then_some(Mentioned { conversation, seq: at.seq, author, sent_at: at.sent_at, members })
}
