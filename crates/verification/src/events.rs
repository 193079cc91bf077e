//! What verification tells the rest of the program, and the organisation's audit log.

use hosting::OperatorId;
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::disclosures::DisclosedKind;
use crate::model::{DisclosureId, DocumentId};

/// The organisation asks to be verified.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerificationAsked {
    /// What was verified before is so no more.
    pub was_verified: bool,
}

impl Event for VerificationAsked {
    const NAME: &'static str = "verification.asked";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// It asks no more: somebody took the request back, or nobody decided it for too long.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerificationWithdrawn {}

impl Event for VerificationWithdrawn {
    const NAME: &'static str = "verification.withdrawn";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// The operator has decided.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerificationDecided {
    /// Who; nobody of them, on the server's own machine.
    pub operator: Option<OperatorId>,
    /// Whether it is what it says.
    pub is_verified: bool,
}

impl Event for VerificationDecided {
    const NAME: &'static str = "verification.decided";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// The organisation is called otherwise: what was seen holds no more, and what was asked is not decided.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerificationEnded {}

impl Event for VerificationEnded {
    const NAME: &'static str = "verification.ended";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// There is a document more.
#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentAdded {
    /// Which.
    pub document: DocumentId,
}

impl Event for DocumentAdded {
    const NAME: &'static str = "verification.document_added";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// There is a document less: somebody removed it, or its time was over.
#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentRemoved {
    /// Which.
    pub document: DocumentId,
}

impl Event for DocumentRemoved {
    const NAME: &'static str = "verification.document_removed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// The operator opened a document.
#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentOpened {
    /// Which.
    pub document: DocumentId,
    /// Who; nobody of them, on the server's own machine.
    pub operator: Option<OperatorId>,
}

impl Event for DocumentOpened {
    const NAME: &'static str = "verification.document_opened";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// The operator wrote down what was handed to an authority because the law says so (`ORG-07`). To whom and on what ground stands
/// with the verification.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerificationDisclosed {
    /// Which record.
    pub disclosure: DisclosureId,
    /// The record it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<DisclosureId>,
    /// Who wrote it down; nobody of them, on the server's own machine.
    pub operator: Option<OperatorId>,
    /// What was handed over.
    pub kinds: Vec<DisclosedKind>,
}

impl Event for VerificationDisclosed {
    const NAME: &'static str = "verification.disclosed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
