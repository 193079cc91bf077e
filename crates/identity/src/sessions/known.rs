//! The sessions this process has looked up already. What is remembered here can only be a right that has not been taken
//! away: every taking away reaches it, by the commit that does it or by the revocations every node reads.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Caller, MemberId, OrgId, SessionId};

/// Looked up again after so long even if nothing was heard: other rights may have been given.
const FRESH: TimeDelta = TimeDelta::seconds(60);
const MOST: usize = 50_000;

/// A session and where it may act without anything left to do first.
#[derive(Debug, Clone)]
pub struct Known {
    pub session: SessionId,
    pub expires_at: DateTime<Utc>,
    pub read_at: DateTime<Utc>,
    /// What was asked for, and what came of it: one or two, for everybody who is there, so no table of hashes.
    pub callers: Vec<(Option<String>, Caller)>,
}

/// One for each process.
#[derive(Default)]
pub struct Cache(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    known: HashMap<[u8; 32], Known>,
    /// Rises with everything that is forgotten, so that what was read before is not put back after.
    forgotten: u64,
}

impl Cache {
    /// The caller, if this very question has been answered lately.
    pub fn find(&self, token: &[u8; 32], organisation: &Option<String>, now: DateTime<Utc>) -> Option<Caller> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = inner.known.get(token)?;
        let is_fresh = now < known.expires_at && now >= known.read_at && now - known.read_at < FRESH;
        let answer = known.callers.iter().find(|(asked, _)| is_fresh && asked == organisation)?;
        Some(answer.1.clone())
    }

    /// To be read before the database is, and given to [`Cache::keep`].
    pub fn mark(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).forgotten
    }

    /// Keeps what was read, unless something was forgotten since `mark`.
    pub fn keep(&self, token: [u8; 32], known: Known, mark: u64) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.forgotten != mark {
            return;
        }
        if inner.known.len() >= MOST {
            inner.known.clear();
        }
        let is_same_reading = |old: &Known| known.read_at - old.read_at < FRESH;
        match inner.known.get_mut(&token) {
            Some(old) if is_same_reading(old) => {
                old.callers.retain(|(asked, _)| known.callers.iter().all(|(again, _)| again != asked));
                old.callers.extend(known.callers);
            }
            _ => {
                inner.known.insert(token, known);
            }
        }
    }

    pub fn forget_session(&self, session: SessionId) {
        self.forget(|known| known.session == session);
    }

    pub fn forget_member(&self, org: OrgId, member: MemberId) {
        self.forget(|known| known.callers.iter().any(|(_, caller)| caller.member == Some((org, member))));
    }

    pub fn forget_org(&self, org: OrgId) {
        self.forget(|known| known.callers.iter().any(|(_, caller)| caller.member.is_some_and(|(at, _)| at == org)));
    }

    fn forget(&self, is_meant: impl Fn(&Known) -> bool) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.forgotten += 1;
        inner.known.retain(|_, known| !is_meant(known));
    }
}
