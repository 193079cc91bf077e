//! Accept the statement; declare to be an adult, or to have the right to what an organisation brings.

use std::net::IpAddr;

use axum::http::StatusCode;
use kernel::{Bucket, Error, Json, MemberId, Result, SignedIn, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{text, versions};
use crate::events::{DeclarationMade, StatementAccepted};
use texts::Language;

/// What is accepted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StatementAcceptance)]
pub struct Input {
    /// The version one has read: the one in force.
    pub version: String,
    /// Whether one declares to be an adult.
    pub is_adult: bool,
    /// In which language one read it; English when absent.
    pub language: Option<String>,
}

/// Accept the statement in force
///
/// Without it, nothing in the organisation is open but this, the account and signing out (`ACC-16`, `ACC-17`).
#[utoipa::path(
    post, path = "/v1/statement/acceptance", tag = "privacy", operation_id = "acceptStatement",
    request_body = Input,
    responses((status = 204, description = "Accepted")),
    extensions(("x-access" = json!("member of the organisation, before anything else"))),
)]
pub async fn accept_statement(caller: SignedIn, Json(input): Json<Input>) -> Result<StatusCode> {
    let mut tx = caller.begin().await?;
    let device = kernel::device_name(&caller.user_agent);
    let language = input.language.as_deref().unwrap_or("en");
    let acceptance = Acceptance { version: &input.version, language, device: &device, address: caller.address };
    let member = tx.member()?;
    accept(&mut tx, member, &acceptance).await?;
    if input.is_adult {
        affirm_adult(&mut tx, member).await?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What somebody accepted, and where.
pub struct Acceptance<'a> {
    /// Must be the one in force.
    pub version: &'a str,
    /// The one it was read in.
    pub language: &'a str,
    /// As people recognise it.
    pub device: &'a str,
    /// Where from (`ACC-14`).
    pub address: IpAddr,
}

/// What a member has still to do before the organisation is open to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    /// The version in force is accepted, or one since which nothing has changed that matters (`ACC-16`, `DOC-03`).
    pub has_accepted: bool,
    /// They declared to be an adult (`ACC-18`).
    pub is_adult: bool,
}

/// Where a member stands.
pub async fn standing(tx: &mut Tx, member: MemberId) -> Result<Standing> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select exists (select from privacy.acceptance
                        where org_id = $1 and member_id = $2 and version = any($3)) as has_accepted,
                exists (select from privacy.attestation
                        where org_id = $1 and kind = 'adult' and member_id = $2) as is_adult",
    )
    .bind(org)
    .bind(member)
    .bind(versions::standing()?)
    .fetch_one(tx.db())
    .await?)
}

/// Records that the member accepts the version in force; accepting it again changes nothing.
pub async fn accept(tx: &mut Tx, member: MemberId, acceptance: &Acceptance<'_>) -> Result<()> {
    if acceptance.version != text::version()? {
        return Err(Error::Invalid { field: "version", why: "not_in_force" });
    }
    let language = Language::nearest(acceptance.language).unwrap_or(Language::English).tag();
    let (id, now) = (tx.new_id(), tx.now());
    let device = tx.seal(Bucket::Member(member.0), "privacy.device", id, acceptance.device.as_bytes())?;
    let address = acceptance.address.to_string();
    let address = tx.seal(Bucket::Member(member.0), "privacy.address", id, address.as_bytes())?;
    let written = sqlx::query(
        "insert into privacy.acceptance (id, member_id, version, language, accepted_at, device, address)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint acceptance_once do nothing",
    )
    .bind(id)
    .bind(member)
    .bind(acceptance.version)
    .bind(language)
    .bind(now)
    .bind(device)
    .bind(address)
    .execute(tx.db())
    .await?;
    if written.rows_affected() == 1 {
        tx.emit(&StatementAccepted { member, version: acceptance.version.to_owned() })?;
    }
    Ok(())
}

/// Records that the member declares to be an adult.
pub async fn affirm_adult(tx: &mut Tx, member: MemberId) -> Result<()> {
    attest(tx, member, "adult").await
}

/// Records that whoever founds the organisation accepts the statement for it (`ORG-10`) and declares that it has the right
/// to the personal data it will bring (`ORG-11`).
pub async fn attest_for_organisation(tx: &mut Tx, member: MemberId) -> Result<()> {
    attest(tx, member, "statement").await?;
    attest(tx, member, "control").await
}

async fn attest(tx: &mut Tx, member: MemberId, kind: &'static str) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    let written = sqlx::query(
        "insert into privacy.attestation (id, kind, member_id, version, attested_at) values ($1, $2, $3, $4, $5)
         on conflict on constraint attestation_once do nothing",
    )
    .bind(id)
    .bind(kind)
    .bind(member)
    .bind(text::version()?)
    .bind(now)
    .execute(tx.db())
    .await?;
    if written.rows_affected() == 1 {
        tx.emit(&DeclarationMade { member, kind: kind.to_owned() })?;
    }
    Ok(())
}
