//! Addresses that open one file for some minutes, to whoever has them: what a picture, a player or a download needs,
//! which cannot send headers. They lead to this server, name nothing that could be guessed, and end with the access of
//! whoever they were made for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{App, MemberId, OrgId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{FileId, FileRef};

/// An address opens at least so long, and at most a round longer.
const LIFE: TimeDelta = TimeDelta::minutes(10);
/// Addresses made within one round are the same, so that a browser shows a picture from its memory.
const ROUND_S: i64 = 300;

/// How a file is given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// To be shown, as far as its kind is safe to show.
    Content,
    /// To be saved.
    Download,
    /// A small picture of it.
    Thumbnail,
}

/// Where a file is to be had.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileAddresses {
    /// To be shown.
    pub content: String,
    /// To be saved.
    pub download: String,
    /// A small picture of it, if there is one.
    #[schema(required)]
    pub thumbnail: Option<String>,
    /// They open nothing any more from then on.
    pub expires_at: DateTime<Utc>,
}

/// Addresses of a file for a member who has been proven to be allowed to open it.
pub fn addresses(app: &App, org: OrgId, member: MemberId, file: &FileRef) -> FileAddresses {
    let round = (app.now().timestamp() / ROUND_S + 1) * ROUND_S;
    let expires_at = DateTime::from_timestamp(round, 0).unwrap_or_default() + LIFE;
    let address = |variant| {
        let (word, expires) = (word(variant), expires_at.timestamp());
        let signature = sign(app, (org, member), file.id, (word, expires));
        format!("/v1/files/{org}/{}/{word}?for={member}&expires={expires}&signature={signature}", file.id)
    };
    FileAddresses {
        content: address(Variant::Content),
        download: address(Variant::Download),
        thumbnail: file.has_thumbnail.then(|| address(Variant::Thumbnail)),
        expires_at,
    }
}

/// The proof in an address.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Signature {
    /// Whom it was made for; it opens nothing once they are let in no more.
    #[serde(rename = "for")]
    pub member: MemberId,
    /// Unix time, seconds: from then on it opens nothing.
    pub expires: i64,
    /// Ours.
    pub signature: String,
}

/// Whether we made this address and it has not ended.
pub fn is_valid(app: &App, org: OrgId, file: FileId, variant: Variant, proof: &Signature) -> bool {
    let expected = sign(app, (org, proof.member), file, (word(variant), proof.expires));
    let (ours, theirs) = (expected.as_bytes(), proof.signature.as_bytes());
    let is_ours = aws_lc_rs::constant_time::verify_slices_are_equal(ours, theirs).is_ok();
    is_ours && proof.expires > app.now().timestamp()
}

fn sign(app: &App, (org, member): (OrgId, MemberId), file: FileId, (variant, expires): (&str, i64)) -> String {
    URL_SAFE_NO_PAD.encode(app.vault().lookup(
        "files.address",
        Some(org.0),
        &format!("{file}/{member}/{variant}/{expires}"),
    ))
}

fn word(variant: Variant) -> &'static str {
    match variant {
        Variant::Content => "content",
        Variant::Download => "download",
        Variant::Thumbnail => "thumbnail",
    }
}
