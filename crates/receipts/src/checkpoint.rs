//! Take a checkpoint away, for witnesses outside: whoever keeps one notices when the log does not go on from it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Json, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::log::Log;
use crate::merkle::Tree;

/// What is to be shown.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedCheckpoint {
    /// The size of a checkpoint that was kept: the answer proves that the log goes on from it. Of one that is older than 180 days
    /// that may not be possible.
    pub since: Option<i64>,
}

/// How far the log of erasures reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureCheckpoint {
    /// How many receipts it has had.
    pub size: i64,
    /// The same and the hash of all of them, signed (C2SP `tlog-checkpoint`).
    pub checkpoint: String,
    /// The key of the log (C2SP `signed-note`).
    pub key: String,
    /// The hashes that prove that it begins with the log of size `since`, in Base64 (RFC 9162, 2.1.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consistency: Option<Vec<String>>,
}

/// Show how far the log of erasures reaches
#[utoipa::path(
    get, path = "/v1/erasure/checkpoint", tag = "receipts", operation_id = "showErasureCheckpoint",
    params(WantedCheckpoint),
    responses((status = 200, body = ErasureCheckpoint)),
    extensions(("x-access" = json!("holder of audit.read")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_erasure_checkpoint(
    cx: Cx,
    Query(wanted): Query<WantedCheckpoint>,
) -> Result<Json<ErasureCheckpoint>> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let checkpoint = checkpoint(&mut tx, &by, &wanted).await?;
    tx.commit().await?;
    Ok(Json(checkpoint))
}

async fn checkpoint(tx: &mut Tx, _by: &Permitted, wanted: &WantedCheckpoint) -> Result<ErasureCheckpoint> {
    let log = Log::hold(tx).await?;
    let consistency = match wanted.since {
        None => None,
        Some(since) => {
            let leaves = log.leaves(tx).await?;
            let proof = Tree::new(&log.past, &leaves).consistency(since.cast_unsigned(), log.size());
            let proof = proof.ok_or(Error::Invalid { field: "since", why: "unknown" })?;
            Some(proof.iter().map(|hash| STANDARD.encode(hash)).collect())
        }
    };
    let (size, key) = (log.size().cast_signed(), log.key.to_string());
    Ok(ErasureCheckpoint { size, checkpoint: log.signed(tx.app())?, key, consistency })
}
