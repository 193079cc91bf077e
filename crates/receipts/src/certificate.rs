//! Take a certificate away: a file that proves an erasure to whoever has it, without asking this server.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::forget::KEPT;
use crate::log::{Log, damaged};
use crate::merkle::Tree;
use crate::receipt::Class;
use crate::verify::verify;

/// What the file is, and how it is written.
pub const KIND: &str = "tulou.erasure-certificate/1";

/// Proves that something was erased. `tulou verify erasure FILE` checks it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = ErasureCertificate)]
pub struct Certificate {
    /// `tulou.erasure-certificate/1`.
    pub kind: String,
    /// What was erased, as JSON: the text itself is what was hashed.
    pub receipt: String,
    /// Its place in the log, from 0.
    pub position: i64,
    /// The hashes beside the way from the receipt to the top of the log, in Base64 (RFC 9162, 2.1.3).
    pub inclusion: Vec<String>,
    /// How far the log reached, signed (C2SP `tlog-checkpoint`).
    pub checkpoint: String,
    /// The key of the log (C2SP `signed-note`): whoever has it from elsewhere needs not believe the file.
    pub key: String,
}

/// Take a certificate of an erasure away
#[utoipa::path(
    get, path = "/v1/erasure/receipts/{position}/certificate", tag = "receipts", operation_id = "showErasureCertificate",
    params(("position" = i64, Path, description = "the place of the receipt")),
    responses((status = 200, body = Certificate)),
    extensions(("x-access" = json!("holder of audit.read")), ("x-errors" = json!(["forbidden", "not_found"]))),
)]
pub async fn show_erasure_certificate(cx: Cx, Path(position): Path<i64>) -> Result<Json<Certificate>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let certificate = certificate(&mut tx, position).await?;
    tx.commit().await?;
    Ok(Json(certificate))
}

/// The certificate of the end of the organisation of `tx`, which nobody in it can ask for; `None` when it has not ended, or that is
/// more than 180 days ago.
pub async fn certificate_of_end(tx: &mut Tx) -> Result<Option<Certificate>> {
    let org = tx.org();
    let end: Option<i64> =
        sqlx::query_scalar("select min(position) from receipts.receipt where org_id = $1 and class = $2")
            .bind(org)
            .bind(Class::Organisation)
            .fetch_one(tx.db())
            .await?;
    match end {
        Some(position) => certificate(tx, position).await.map(Some),
        None => Ok(None),
    }
}

/// It is handed out only when it proves something.
async fn certificate(tx: &mut Tx, position: i64) -> Result<Certificate> {
    let log = Log::hold(tx).await?;
    let (org, kept_from) = (tx.org(), tx.now() - KEPT);
    let said: Option<String> =
        sqlx::query_scalar("select said from receipts.receipt where org_id = $1 and position = $2 and at > $3")
            .bind(org)
            .bind(position)
            .bind(kept_from)
            .fetch_optional(tx.db())
            .await?;
    let receipt = said.ok_or(Error::NotFound("receipt"))?;
    let leaves = log.leaves(tx).await?;
    let proof = Tree::new(&log.past, &leaves).inclusion(position.cast_unsigned(), log.size()).ok_or_else(damaged)?;
    let certificate = Certificate {
        kind: KIND.to_owned(),
        receipt,
        position,
        inclusion: proof.iter().map(|hash| STANDARD.encode(hash)).collect(),
        checkpoint: log.signed(tx.app())?,
        key: log.key.to_string(),
    };
    if verify(&certificate, Some(&log.key)).is_err() { Err(damaged()) } else { Ok(certificate) }
}
