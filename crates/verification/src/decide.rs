//! The operator's side: who asks, what they show, the decision. Each act leaves a line in the organisation's audit log.

use chrono::{DateTime, Utc};
use directory::Edition;
use hosting::OperatorAct;
use kernel::{Error, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::claim::Claim;
use crate::disclosures::{Disclosure, disclosures};
use crate::events::{DocumentOpened, VerificationDecided};
use crate::model::{Document, DocumentId, VerificationState};
use crate::stored::{BYTES, KEPT, NAME, Request, documents, keep_documents, open, seal_reason};
use crate::tell::tell_standing;

/// Characters of a reason.
const LONGEST_REASON: usize = 500;

/// What the operator sees of an organisation that asks, or asked.
#[derive(Serialize, ToSchema)]
pub struct Asked {
    /// Where it stands.
    pub state: VerificationState,
    /// Which request this is: what `If-Match` names. Another one when it is withdrawn and asked again.
    pub revision: i64,
    /// What it says it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<DateTime<Utc>>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// What is to prove it; none of an organisation that has not asked.
    pub documents: Vec<Document>,
    /// What was handed to authorities, the newest first.
    pub disclosures: Vec<Disclosure>,
}

/// The request of the organisation of `tx`.
pub async fn asked(tx: &mut Tx, _: &OperatorAct) -> Result<Asked> {
    let request = Request::load(tx).await?;
    let revision = request.revision();
    let Request { state, claim, reason, asked_at, decided_at, .. } = request;
    let mut documents = documents(tx).await?;
    documents.retain(|document| asked_at.is_some_and(|asked_at| document.added_at <= asked_at));
    let claim = claim.filter(|_| asked_at.is_some());
    let disclosures = disclosures(tx).await?;
    Ok(Asked { state, revision, claim, reason, asked_at, decided_at, documents, disclosures })
}

/// A document with its bytes.
pub struct OpenDocument {
    /// What its file is called.
    pub name: String,
    /// What its first bytes say.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Opens one; `NotFound` for one nobody has asked by.
pub async fn open_document(tx: &mut Tx, by: &OperatorAct, document: DocumentId) -> Result<OpenDocument> {
    let not_found = || Error::NotFound("document");
    let asked_at = Request::load(tx).await?.asked_at;
    const ASKED_BY: &str =
        "select name, media_type, bytes from verification.document where id = $1 and added_at <= $2 and goes_at > $3";
    let now = tx.now();
    let (name, media_type, bytes): (Vec<u8>, String, Vec<u8>) = sqlx::query_as(ASKED_BY)
        .bind(document)
        .bind(asked_at)
        .bind(now)
        .fetch_optional(tx.db())
        .await?
        .ok_or_else(not_found)?;
    let name = open(tx, document, NAME, &name)?.ok_or_else(not_found)?;
    let name = String::from_utf8(name).map_err(anyhow::Error::from)?;
    let bytes = open(tx, document, BYTES, &bytes)?.ok_or_else(not_found)?;
    tx.emit(&DocumentOpened { document, operator: by.operator() })?;
    Ok(OpenDocument { name, media_type, bytes })
}

/// It is what it says, in the request the operator has seen.
pub async fn verify(tx: &mut Tx, by: &OperatorAct, seen: &Edition) -> Result<()> {
    decide(tx, by, seen, None).await
}

/// It has not shown that it is; the organisation reads the reason.
pub async fn refuse(tx: &mut Tx, by: &OperatorAct, seen: &Edition, reason: &str) -> Result<()> {
    let (reason, wrong) = (reason.trim(), |why| Err(Error::Invalid { field: "reason", why }));
    match reason.chars().count() {
        0 => wrong("is_empty"),
        length if length > LONGEST_REASON => wrong("too_long"),
        _ => decide(tx, by, seen, Some(reason)).await,
    }
}

async fn decide(tx: &mut Tx, by: &OperatorAct, seen: &Edition, reason: Option<&str>) -> Result<()> {
    let request = Request::lock(tx).await?;
    if request.state != VerificationState::Asked {
        return Err(Error::Conflict("verification.not_asked"));
    }
    seen.check(request.revision())?;
    let state = if reason.is_some() { VerificationState::Refused } else { VerificationState::Verified };
    let (sealed, now) = (reason.map(|reason| seal_reason(tx, reason)).transpose()?, tx.now());
    sqlx::query("update verification.request set state = $1, reason = $2, decided_at = $3")
        .bind(state)
        .bind(sealed)
        .bind(now)
        .execute(tx.db())
        .await?;
    keep_documents(tx, now + KEPT).await?;
    tell_standing(tx, if reason.is_none() { "organisation_verified" } else { "organisation_not_verified" }).await?;
    tx.emit(&VerificationDecided { operator: by.operator(), is_verified: reason.is_none() })
}
