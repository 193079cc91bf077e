//! Ask an organisation for something about one's data: for anybody, with an account or without (`DSR-12`).

use axum::http::StatusCode;
use kernel::{Error, Json, Result, Tx, Visitor};
use serde::{Deserialize, Serialize};
use texts::{Language, one_line};
use tokens::{LinkToken, readable};
use utoipa::ToSchema;

use crate::clock::Clock;
use crate::events::{IdentityChecked, SubjectRequestReceived};
use crate::follow::shown;
use crate::model::{Kind, Lateness, OwnSubjectRequest, Proof, State, SubjectRequestId};
use crate::policy::Applicant;
use crate::stored;
use crate::tell;
use crate::written::{SAID, Said, seal, several_lines};

const LONGEST_NAME: usize = 100;
const LONGEST_CONTACT: usize = 200;
/// More from outside than that at once nobody can look at.
const MOST_WAITING: i64 = 500;

/// What is asked, of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeSubjectRequest {
    /// The organisation: its short name in addresses.
    pub organisation: String,
    /// For what.
    pub kind: Kind,
    /// In which language to be answered.
    pub language: Language,
    /// How one is called; at most 100 characters.
    pub name: Option<String>,
    /// A phone number or an address under which one is reached; at most 200 characters. Needed of whoever is not signed in there.
    pub contact: Option<String>,
    /// What one wants; at most 4,000 characters.
    pub words: String,
}

/// The request, and the one time that its link is told.
#[derive(Serialize, ToSchema)]
pub struct MadeSubjectRequest {
    /// What stands at the end of the link by which it is followed. Whoever holds it sees the answer.
    pub token: String,
    /// As it is now.
    pub request: OwnSubjectRequest,
}

/// Ask an organisation for something about one's data
///
/// Whoever is signed in there is known by that; who else asks is found out by what the organisation holds of them.
#[utoipa::path(
    post, path = "/v1/subject-requests", tag = "requests", operation_id = "makeSubjectRequest",
    request_body = MakeSubjectRequest,
    responses((status = 201, body = MadeSubjectRequest)),
    extensions(
        ("x-access" = json!("anybody")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["not_found", "requests.too_many"])),
    ),
)]
pub async fn make_subject_request(
    visitor: Visitor,
    Json(input): Json<MakeSubjectRequest>,
) -> Result<(StatusCode, Json<MadeSubjectRequest>)> {
    let (mut tx, by) = Applicant::load(&visitor, &input.organisation).await?;
    let (id, token) = make(&mut tx, &by, input).await?;
    let made = stored::one(&mut tx, id).await?;
    let request = shown(&mut tx, &made).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(MadeSubjectRequest { token: token.text(), request })))
}

/// Takes it down and tells the desk.
pub async fn make(tx: &mut Tx, by: &Applicant, input: MakeSubjectRequest) -> Result<(SubjectRequestId, LinkToken)> {
    let MakeSubjectRequest { organisation: _, kind, language, name, contact, words } = input;
    let name = one_line("name", &name.unwrap_or_default(), LONGEST_NAME)?;
    let contact = one_line("contact", &contact.unwrap_or_default(), LONGEST_CONTACT)?;
    let said = Said { name, contact, words: several_lines("words", &words)? };
    // Of whoever is known nothing more is kept.
    let said = if by.member().is_some() { said.unnamed() } else { said };
    if by.member().is_none() {
        if said.contact.is_none() {
            return Err(Error::Invalid { field: "contact", why: "is_empty" });
        }
        check_room(tx).await?;
    }
    let (id, token, now) = (SubjectRequestId(tx.new_id()), LinkToken::new(tx.app(), tx.org()), tx.now());
    let (number, goes_at) = (readable(2, || tx.app().random::<16>()), Clock::load(tx).await?.goes_at(now));
    let sealed = seal(tx, id, SAID, &said)?;
    let proof = by.member().map(|_| Proof::Session);
    let state = if proof.is_some() { State::IdentityChecked } else { State::Received };
    sqlx::query(
        "insert into requests.subject_request
             (id, number, kind, language, state, member_id, identity_how, token_hash, said, received_at, identity_at, goes_at, told)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id)
    .bind(number)
    .bind(kind)
    .bind(language)
    .bind(state)
    .bind(by.member())
    .bind(proof)
    .bind(token.hash())
    .bind(sealed)
    .bind(now)
    .bind(proof.map(|_| now))
    .bind(goes_at)
    .bind(Lateness::OnTime)
    .execute(tx.db())
    .await?;
    tell::desk(tx, id, "subject_request_received").await?;
    tx.emit(&SubjectRequestReceived { subject_request: id, kind })?;
    if let Some(proof) = proof {
        tx.emit(&IdentityChecked { subject_request: id, proof })?;
    }
    Ok((id, token))
}

/// `Conflict` when as many wait from outside as anybody can look at.
async fn check_room(tx: &mut Tx) -> Result<()> {
    const WAITING: &str = "select count(*) from requests.subject_request where state = 'received' and ended_at is null";
    let waiting: i64 = sqlx::query_scalar(WAITING).fetch_one(tx.db()).await?;
    if waiting >= MOST_WAITING { Err(Error::Conflict("requests.too_many")) } else { Ok(()) }
}
