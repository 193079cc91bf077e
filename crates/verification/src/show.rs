//! See where the organisation stands (`ORG-05`).

use chrono::{DateTime, Utc};
use directory::OrganisationEditor;
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::claim::Claim;
use crate::disclosures::{Disclosure, disclosures};
use crate::model::{Document, VerificationState};
use crate::stored::{Request, documents};

/// Where the organisation stands.
#[derive(Serialize, ToSchema)]
pub struct Verification {
    /// In a word.
    pub state: VerificationState,
    /// The full name the operator saw; for everybody once it is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// The rest, for whoever may ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<VerificationRequest>,
    /// What the caller may do.
    pub can: VerificationCan,
}

/// What whoever may ask sees.
#[derive(Serialize, ToSchema)]
pub struct VerificationRequest {
    /// What was said last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// Why it was refused, in the operator's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<DateTime<Utc>>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// When another name of the organisation ended what was asked or seen; until one asks again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
    /// What is to prove it.
    pub documents: Vec<Document>,
    /// What the operator handed to authorities because the law says so, the newest first.
    pub disclosures: Vec<Disclosure>,
}

/// What the caller may do.
#[derive(Serialize, ToSchema)]
pub struct VerificationCan {
    /// Add documents, ask, withdraw.
    pub ask: bool,
}

/// Show whether the organisation is verified
#[utoipa::path(
    get, path = "/v1/verification", tag = "verification", operation_id = "showVerification",
    responses((status = 200, body = Verification)),
    extensions(("x-access" = json!("member of the organisation; claim and documents, holder of organisation.edit"))),
)]
pub async fn show_verification(cx: Cx) -> Result<Json<Verification>> {
    let mut tx = cx.begin().await?;
    shown(&mut tx).await.map(Json)
}

/// As the caller may see it.
pub async fn shown(tx: &mut Tx) -> Result<Verification> {
    let ask = match OrganisationEditor::load(tx).await {
        Ok(editor) => editor.can().edit,
        Err(kernel::Error::Forbidden) => false,
        Err(error) => return Err(error),
    };
    let Request { state, claim, reason, asked_at, decided_at, ended_at } = Request::load(tx).await?;
    let is_verified = state == VerificationState::Verified;
    let legal_name = claim.as_ref().filter(|_| is_verified).map(|claim| claim.legal_name.clone());
    let request = if ask {
        let (documents, disclosures) = (documents(tx).await?, disclosures(tx).await?);
        Some(VerificationRequest { claim, reason, asked_at, decided_at, ended_at, documents, disclosures })
    } else {
        None
    };
    Ok(Verification { state, legal_name, request, can: VerificationCan { ask } })
}
