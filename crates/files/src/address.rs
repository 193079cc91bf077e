//! Addresses that open one file for some minutes, to whoever has them: what a picture, a player or a download needs,
//! which cannot send headers. They lead to this server, name nothing that could be guessed, and end for good with the access
//! of whoever they were made for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, App, Error, MemberId, OrgId, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{FileId, FileRef};

/// An address opens at least so long, and at most a round longer; never beyond the end of what carries the file.
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

/// Somebody who is let in. What was made for them before they were let in again is of another reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    org: OrgId,
    member: MemberId,
    since: DateTime<Utc>,
}

impl Reader {
    /// Whoever acts in `tx`. `NotFound` when they are not let in.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let member = tx.member()?;
        Self::find(tx, member).await
    }

    /// That nobody has shut them out since: `NotFound` otherwise, also while the organisation lets nobody in.
    pub(crate) async fn check(self, app: &App) -> Result<()> {
        let mut tx = app.begin(self.org, Actor::System).await?;
        let is_closed = !hosting::closed(tx.db(), &[self.org]).await?.is_empty();
        if is_closed || Self::find(&mut tx, self.member).await? != self {
            return Err(Error::NotFound("file"));
        }
        Ok(())
    }

    async fn find(tx: &mut Tx, member: MemberId) -> Result<Self> {
        match directory::member_state_since(tx, member).await {
            Ok((directory::State::Active, since)) => Ok(Self { org: tx.org(), member, since }),
            Ok(_) | Err(Error::NotFound(_)) => Err(Error::NotFound("file")),
            Err(error) => Err(error),
        }
    }
}

/// Addresses of a file for a member who has been proven to be allowed to open it, until what carries the file goes.
pub fn addresses(app: &App, reader: Reader, file: &FileRef, kept_until: DateTime<Utc>) -> FileAddresses {
    let Reader { org, member, since } = reader;
    let since = since.timestamp_micros();
    let round = (app.now().timestamp() / ROUND_S + 1) * ROUND_S;
    let usual = round + LIFE.num_seconds();
    let expires_at = DateTime::from_timestamp(usual.min(kept_until.timestamp()), 0).unwrap_or_default();
    let address = |variant| {
        let (word, expires) = (word(variant), expires_at.timestamp());
        let signature = sign(app, reader, file.id, (word, expires));
        format!("/v1/files/{org}/{}/{word}?for={member}&since={since}&expires={expires}&signature={signature}", file.id)
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
    /// Whom it was made for; it opens nothing once they were let in no more, also when they are let in again.
    #[serde(rename = "for")]
    pub member: MemberId,
    /// Since when they were let in, in microseconds of Unix time: what is checked is signed, so that a forged address is known
    /// without a look at the database.
    pub since: i64,
    /// Unix time, seconds: from then on it opens nothing.
    pub expires: i64,
    /// Ours.
    pub signature: String,
}

/// For whom we made this address, if we did and it has not ended; whether they still are let in, [`Reader::check`] says.
pub fn made_for(app: &App, org: OrgId, file: FileId, variant: Variant, proof: &Signature) -> Option<Reader> {
    let reader = Reader { org, member: proof.member, since: DateTime::from_timestamp_micros(proof.since)? };
    let expected = sign(app, reader, file, (word(variant), proof.expires));
    let (ours, theirs) = (expected.as_bytes(), proof.signature.as_bytes());
    let is_ours = aws_lc_rs::constant_time::verify_slices_are_equal(ours, theirs).is_ok();
    (is_ours && proof.expires > app.now().timestamp()).then_some(reader)
}

fn sign(app: &App, reader: Reader, file: FileId, (variant, expires): (&str, i64)) -> String {
    let (member, since) = (reader.member, reader.since.timestamp_micros());
    let signed = format!("{file}/{member}/{since}/{variant}/{expires}");
    URL_SAFE_NO_PAD.encode(app.vault().lookup("files.address", Some(reader.org.0), &signed))
}

fn word(variant: Variant) -> &'static str {
    match variant {
        Variant::Content => "content",
        Variant::Download => "download",
        Variant::Thumbnail => "thumbnail",
    }
}
