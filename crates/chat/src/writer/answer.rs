//! After the commit: the sender is told, then everybody who follows the conversation.

use std::collections::HashMap;

use kernel::{App, Error, Frame, Result};

use super::batch::{Batch, Fate, Place};
use super::{Job, Outcome, Reply};
use crate::index::follow;
use crate::live::frames::{self, MessageFrame};
use crate::mentions;
use crate::model::{Message, MessageState};
use crate::nodes::Said;

/// Tells everybody of the batch what became of their message.
pub fn tell(app: &App, batch: Batch, result: Result<HashMap<usize, Fate>>) {
    let mut fates = match result {
        Ok(fates) => fates,
        Err(error) => return fail_all(batch, &error),
    };
    let (mut leaders, mut said) = (HashMap::new(), Said::new(app));
    for (place, job) in batch.jobs.into_iter().enumerate() {
        let answer = match fates.remove(&place) {
            Some(Fate::Written(at)) => Ok(Outcome::Written(written(&job, at))),
            Some(Fate::Known(row)) => known(app, &job, row),
            Some(Fate::Refused(error)) => Err(error),
            None => Err(Error::NotFound("conversation")),
        };
        if batch.followers.iter().any(|(leader, _)| *leader == place) {
            leaders.insert(place, shared(&answer));
        }
        if let Ok(Outcome::Written(message)) = &answer {
            said.add(job.org, message);
        }
        one(app, job, answer);
    }
    for (leader, job) in batch.followers {
        let answer = leaders.get(&leader).map_or(Err(Error::Unavailable("chat.slow_down")), shared);
        one(app, job, answer);
    }
    said.tell(app);
}

fn fail_all(batch: Batch, error: &Error) {
    for job in batch.jobs.into_iter().chain(batch.followers.into_iter().map(|(_, job)| job)) {
        let client_id = job.client_id;
        match job.reply {
            Reply::Socket(socket) => socket.send(frames::refused(client_id, &again(error))),
            Reply::Caller(caller) => drop(caller.send(Err(again(error)))),
        }
    }
}

/// The same error for one more waiter.
fn again(error: &Error) -> Error {
    match error {
        Error::Unavailable(code) => Error::Unavailable(code),
        _ => Error::Unavailable("chat.not_written"),
    }
}

fn one(app: &App, job: Job, answer: Result<Outcome>) {
    if let Ok(Outcome::Written(message)) = &answer {
        if let Reply::Socket(socket) = &job.reply {
            socket.send(frames::sent(job.client_id, message));
        }
        let except = match &job.reply {
            Reply::Socket(socket) => Some(socket.id),
            Reply::Caller(_) => None,
        };
        let frame = Frame::new(&MessageFrame::new("message", message));
        app.hub().to_topic(job.org, message.conversation_id.0, &frame, except);
        mentions::wake(app, job.org, &job.body);
        follow::wake(app, job.org, message.conversation_id);
    }
    match (job.reply, answer) {
        // A caller that has gone away meanwhile learns of it by its next synchronisation.
        (Reply::Caller(caller), answer) => drop(caller.send(answer)),
        (Reply::Socket(_), Ok(Outcome::Written(_))) => {}
        (Reply::Socket(socket), Ok(Outcome::Known(message))) => socket.send(frames::sent(job.client_id, &message)),
        (Reply::Socket(socket), Err(error)) => socket.send(frames::refused(job.client_id, &error)),
    }
}

fn written(job: &Job, at: Place) -> Message {
    Message {
        id: at.id,
        conversation_id: job.conversation,
        seq: at.seq,
        n: at.n,
        author_id: job.author,
        sent_at: at.sent_at,
        client_id: None,
        state: MessageState::Sent,
        edited_at: None,
        body: Some(job.body.clone()),
        kept_until: job.windows.kept_until(at.sent_at),
        edit_until: Some(job.windows.edit_until(at.sent_at)),
        recall_until: Some(job.windows.recall_until(at.sent_at)),
    }
}

/// The same client id again is the same message; in another conversation it is a mistake, and nothing is swallowed.
fn known(app: &App, job: &Job, row: crate::messages::rows::MessageRow) -> Result<Outcome> {
    if row.conversation_id != job.conversation {
        return Err(Error::Conflict("chat.client_id_reused"));
    }
    let message = row.open(app, job.org, &job.windows)?;
    message.map(Outcome::Known).ok_or(Error::Gone("chat.message_gone"))
}

/// What the second of two equal messages is told: that it was there already, or the same refusal.
fn shared(answer: &Result<Outcome>) -> Result<Outcome> {
    match answer {
        Ok(Outcome::Written(message) | Outcome::Known(message)) => Ok(Outcome::Known(message.clone())),
        Err(Error::NotFound(noun)) => Err(Error::NotFound(noun)),
        Err(Error::Conflict(code)) => Err(Error::Conflict(code)),
        Err(Error::Forbidden) => Err(Error::Forbidden),
        Err(_) => Err(Error::Unavailable("chat.not_written")),
    }
}
