//! The code one shows to be found (`QR-01`): a signed link that says nothing about its member, ends by itself, and can be
//! ended at once.

pub mod open;
pub mod renew;
pub mod show;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{MemberId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A link lives so long; the page that shows it takes a new one every hour.
const LIVES: TimeDelta = TimeDelta::hours(24);
const KIND: &str = "contacts.code";
const MAC: usize = 16;

/// The code to be shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactCode {
    /// The whole link, to be drawn as a QR code.
    pub link: String,
    /// It leads nowhere from then on.
    pub ends_at: DateTime<Utc>,
}

/// The code of the member, made when there is none.
async fn current(tx: &mut Tx, member: MemberId) -> Result<ContactCode> {
    let (new, now) = (Uuid::from_bytes(tx.app().random::<16>()), tx.now());
    let id: Uuid = sqlx::query_scalar(
        "insert into contacts.code as c (member_id, id, made_at) values ($1, $2, $3)
         on conflict on constraint code_pkey do update set made_at = c.made_at returning c.id",
    )
    .bind(member)
    .bind(new)
    .bind(now)
    .fetch_one(tx.db())
    .await?;
    let ends_at = now + LIVES;
    let link = format!("{}/card/{}", tx.app().settings().public_url, signed(tx, id, ends_at.timestamp()));
    Ok(ContactCode { link, ends_at })
}

/// Who shows this code; nobody when it is none of ours, has ended or was ended.
async fn shown_by(tx: &mut Tx, code: &str) -> Result<Option<MemberId>> {
    let Some((id, ends_at)) = parse(code) else { return Ok(None) };
    if signed(tx, id, ends_at) != code || ends_at <= tx.now().timestamp() {
        return Ok(None);
    }
    let org = tx.org();
    Ok(sqlx::query_scalar("select member_id from contacts.code where org_id = $1 and id = $2")
        .bind(org)
        .bind(id)
        .fetch_optional(tx.db())
        .await?)
}

fn signed(tx: &Tx, id: Uuid, ends_at: i64) -> String {
    let mac = tx.app().vault().lookup(KIND, Some(tx.org().0), &format!("{id} {ends_at}"));
    let mut bytes = id.as_bytes().to_vec();
    bytes.extend_from_slice(&ends_at.to_be_bytes());
    bytes.extend_from_slice(&mac[..MAC]);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn parse(code: &str) -> Option<(Uuid, i64)> {
    let bytes = URL_SAFE_NO_PAD.decode(code).ok().filter(|bytes| bytes.len() == 24 + MAC)?;
    let id = Uuid::from_slice(&bytes[..16]).ok()?;
    let ends_at = i64::from_be_bytes(bytes[16..24].try_into().ok()?);
    Some((id, ends_at))
}
