//! What an organisation allows, and how much room it has.

use axum::http::StatusCode;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The largest file, unless the organisation says otherwise: 8 GiB.
pub const DEFAULT_MAX_FILE_BYTES: i64 = 8 << 30;
/// All files of an organisation together, unless it says otherwise: 1 TiB.
const DEFAULT_QUOTA_BYTES: i64 = 1 << 40;
const MAX_EXTENSIONS: usize = 200;
/// Names of files, in bytes: what file systems take.
const MAX_NAME: usize = 255;

/// What an organisation allows.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FilePolicy {
    /// The largest file, bytes.
    pub max_file_bytes: i64,
    /// All files together, bytes.
    pub quota_bytes: i64,
    /// What names may not end in, without the dot.
    pub refused_extensions: Vec<String>,
    /// Bytes in use or reserved.
    pub used_bytes: i64,
}

/// What to change; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFilePolicy {
    /// The largest file, bytes; at least 1.
    #[serde(default)]
    pub max_file_bytes: Option<i64>,
    /// All files together, bytes; less than is used now only refuses new ones.
    #[serde(default)]
    pub quota_bytes: Option<i64>,
    /// At most 200, letters and digits.
    #[serde(default)]
    pub refused_extensions: Option<Vec<String>>,
}

/// Show what files are allowed
#[utoipa::path(
    get, path = "/v1/file-policy", tag = "files", operation_id = "showFilePolicy",
    responses((status = 200, body = FilePolicy)),
    extensions(
        ("x-access" = json!("holder of content.files")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn show_file_policy(cx: Cx) -> Result<Json<FilePolicy>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::ContentFiles).await?;
    let policy = shown(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(policy))
}

/// Change what files are allowed
#[utoipa::path(
    patch, path = "/v1/file-policy", tag = "files", operation_id = "changeFilePolicy",
    request_body = ChangeFilePolicy,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("holder of content.files")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn change_file_policy(cx: Cx, Json(change): Json<ChangeFilePolicy>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentFiles).await?;
    set(&mut tx, &by, change).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is in force.
#[derive(Debug, Clone, Serialize, Deserialize, sqlx::FromRow)]
pub struct Policy {
    pub max_file_bytes: i64,
    pub quota_bytes: i64,
    pub refused_extensions: Vec<String>,
}

impl Policy {
    /// The organisation's, or the defaults.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let row = sqlx::query_as("select max_file_bytes, quota_bytes, refused_extensions from files.policy")
            .fetch_optional(tx.db())
            .await?;
        Ok(row.unwrap_or_else(|| Self {
            max_file_bytes: DEFAULT_MAX_FILE_BYTES,
            quota_bytes: DEFAULT_QUOTA_BYTES,
            refused_extensions: Vec::new(),
        }))
    }

    /// Whether a file of this name and length may come in.
    pub fn check(&self, name: &str, length: i64) -> Result<()> {
        if length > self.max_file_bytes {
            return Err(Error::TooLarge);
        }
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
        if extension.is_some_and(|extension| self.refused_extensions.contains(&extension)) {
            return Err(Error::Blocked("files.type_refused"));
        }
        Ok(())
    }
}

async fn shown(tx: &mut Tx) -> Result<FilePolicy> {
    let Policy { max_file_bytes, quota_bytes, refused_extensions } = Policy::load(tx).await?;
    let used: Option<i64> = sqlx::query_scalar("select bytes from files.usage").fetch_optional(tx.db()).await?;
    Ok(FilePolicy { max_file_bytes, quota_bytes, refused_extensions, used_bytes: used.unwrap_or(0) })
}

async fn set(tx: &mut Tx, _: &Permitted, change: ChangeFilePolicy) -> Result<()> {
    let before = Policy::load(tx).await?;
    let mut policy = before.clone();
    policy.max_file_bytes = change.max_file_bytes.unwrap_or(policy.max_file_bytes);
    policy.quota_bytes = change.quota_bytes.unwrap_or(policy.quota_bytes);
    if policy.max_file_bytes < 1 {
        return Err(Error::Invalid { field: "max_file_bytes", why: "not_positive" });
    }
    if policy.quota_bytes < 1 {
        return Err(Error::Invalid { field: "quota_bytes", why: "not_positive" });
    }
    if let Some(extensions) = change.refused_extensions {
        policy.refused_extensions = checked_extensions(extensions)?;
    }
    sqlx::query(
        "insert into files.policy (max_file_bytes, quota_bytes, refused_extensions) values ($1, $2, $3)
         on conflict on constraint policy_pkey do update
         set max_file_bytes = excluded.max_file_bytes, quota_bytes = excluded.quota_bytes,
             refused_extensions = excluded.refused_extensions",
    )
    .bind(policy.max_file_bytes)
    .bind(policy.quota_bytes)
    .bind(&policy.refused_extensions)
    .execute(tx.db())
    .await?;
    tx.emit(&crate::events::PolicyChanged { before: Some(before), after: Some(policy) })
}

fn checked_extensions(extensions: Vec<String>) -> Result<Vec<String>> {
    let mut checked: Vec<String> = extensions.iter().map(|e| e.trim().trim_start_matches('.').to_lowercase()).collect();
    checked.sort_unstable();
    checked.dedup();
    let is_fine = |e: &String| !e.is_empty() && e.len() <= 16 && e.chars().all(char::is_alphanumeric);
    if checked.len() > MAX_EXTENSIONS || !checked.iter().all(is_fine) {
        return Err(Error::Invalid { field: "refused_extensions", why: "not_extensions" });
    }
    Ok(checked)
}

/// The name without folders and without what cannot be seen or would mislead.
pub fn file_name(name: &str) -> Result<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !directory::is_unseen(*c)).collect();
    let kept = kept.trim();
    if kept.is_empty() || kept.chars().all(|c| c == '.') {
        return Err(Error::Invalid { field: "filename", why: "empty" });
    }
    if kept.len() > MAX_NAME {
        return Err(Error::Invalid { field: "filename", why: "too_long" });
    }
    Ok(kept.to_owned())
}

/// Takes room for so many bytes, or says that there is none.
pub async fn reserve(tx: &mut Tx, bytes: i64) -> Result<()> {
    let quota = Policy::load(tx).await?.quota_bytes;
    if occupy(tx, bytes).await? <= quota { Ok(()) } else { Err(Error::Conflict("files.quota_reached")) }
}

/// Counts so many bytes more; says how many there are now.
pub async fn occupy(tx: &mut Tx, bytes: i64) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "insert into files.usage as u (bytes) values ($1)
         on conflict on constraint usage_pkey do update set bytes = u.bytes + $1 returning bytes",
    )
    .bind(bytes)
    .fetch_one(tx.db())
    .await?)
}

/// Gives room back.
pub async fn release(tx: &mut Tx, bytes: i64) -> Result<()> {
    sqlx::query("update files.usage set bytes = greatest(bytes - $1, 0)").bind(bytes).execute(tx.db()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_has_no_folders_and_nothing_that_misleads() {
        assert_eq!(file_name("C:\\Users\\shen\\报告.pdf").unwrap(), "报告.pdf");
        assert_eq!(file_name("../../etc/passwd").unwrap(), "passwd");
        assert_eq!(file_name("invoice\u{202E}fdp.exe").unwrap(), "invoicefdp.exe");
        for name in ["", " ", "..", "a/", "\u{0}", &"x".repeat(256)] {
            assert!(file_name(name).is_err(), "{name:?}");
        }
    }
}
