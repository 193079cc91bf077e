//! What this domain tells the rest of the program: each step of a request, by ids. What was written stands in none.

use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::model::{Ground, Kind, Lateness, Proof, State, SubjectRequestId};

/// Somebody asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubjectRequestReceived {
    /// Which request.
    pub subject_request: SubjectRequestId,
    /// For what.
    pub kind: Kind,
}

impl Event for SubjectRequestReceived {
    const NAME: &'static str = "requests.subject_request_received";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// It is known who asks.
#[derive(Debug, Serialize, Deserialize)]
pub struct IdentityChecked {
    /// Which request.
    pub subject_request: SubjectRequestId,
    /// By what.
    pub proof: Proof,
}

impl Event for IdentityChecked {
    const NAME: &'static str = "requests.identity_checked";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody deals with it.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubjectRequestTakenUp {
    /// Which request.
    pub subject_request: SubjectRequestId,
}

impl Event for SubjectRequestTakenUp {
    const NAME: &'static str = "requests.subject_request_taken_up";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Whoever asked was told why it takes longer.
#[derive(Debug, Serialize, Deserialize)]
pub struct DelayExplained {
    /// Which request.
    pub subject_request: SubjectRequestId,
}

impl Event for DelayExplained {
    const NAME: &'static str = "requests.delay_explained";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// It was not answered in time.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubjectRequestOverdue {
    /// Which request.
    pub subject_request: SubjectRequestId,
    /// Which time is over.
    pub lateness: Lateness,
}

impl Event for SubjectRequestOverdue {
    const NAME: &'static str = "requests.subject_request_overdue";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// It was answered, refused, forwarded, or taken back by whoever asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubjectRequestEnded {
    /// Which request.
    pub subject_request: SubjectRequestId,
    /// How.
    pub state: State,
    /// Of a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Whether it was in time.
    pub lateness: Lateness,
}

impl Event for SubjectRequestEnded {
    const NAME: &'static str = "requests.subject_request_ended";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
