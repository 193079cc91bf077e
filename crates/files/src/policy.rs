//! What an organisation allows, and how much room it has.

use axum::http::HeaderMap;
use directory::{Edition, Permission, Permitted, edition_tag};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
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
    /// All files together, bytes, as the organisation decided.
    pub quota_bytes: i64,
    /// The most that whoever runs the installation lets it have; absent without such a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_bytes: Option<i64>,
    /// The smaller of the two: from here on nothing more comes in.
    pub room_bytes: i64,
    /// What names may not end in, without the dot.
    pub refused_extensions: Vec<String>,
    /// Bytes in use or reserved.
    pub used_bytes: i64,
    /// Rises with every change: what `If-Match` names.
    pub revision: i64,
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
pub async fn show_file_policy(cx: Cx) -> Result<(HeaderMap, Json<FilePolicy>)> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::ContentFiles).await?;
    let policy = Policy::load(&mut tx).await?;
    let shown = shown(&mut tx, policy).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Change what files are allowed
#[utoipa::path(
    patch, path = "/v1/file-policy", tag = "files", operation_id = "changeFilePolicy",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    request_body = ChangeFilePolicy,
    responses((status = 200, body = FilePolicy)),
    extensions(
        ("x-access" = json!("holder of content.files")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn change_file_policy(
    cx: Cx,
    edition: Edition,
    Json(change): Json<ChangeFilePolicy>,
) -> Result<(HeaderMap, Json<FilePolicy>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentFiles).await?;
    let policy = set(&mut tx, &by, &edition, change).await?;
    let shown = shown(&mut tx, policy).await?;
    tx.commit().await?;
    Ok(shown)
}

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Policy {
    pub max_file_bytes: i64,
    pub quota_bytes: i64,
    pub refused_extensions: Vec<String>,
    /// Rises with every change; no fact of the audit log.
    #[serde(skip)]
    pub revision: i64,
}

impl Policy {
    /// The organisation's, or the defaults.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let row = sqlx::query_as("select max_file_bytes, quota_bytes, refused_extensions, revision from files.policy")
            .fetch_optional(tx.db())
            .await?;
        Ok(row.unwrap_or_else(|| Self {
            max_file_bytes: DEFAULT_MAX_FILE_BYTES,
            quota_bytes: DEFAULT_QUOTA_BYTES,
            refused_extensions: Vec::new(),
            revision: 0,
        }))
    }

    /// The same; two who change it wait for each other.
    async fn lock(tx: &mut Tx) -> Result<Self> {
        sqlx::query(
            "insert into files.policy (max_file_bytes, quota_bytes, refused_extensions) values ($1, $2, '{}')
             on conflict on constraint policy_pkey do nothing",
        )
        .bind(DEFAULT_MAX_FILE_BYTES)
        .bind(DEFAULT_QUOTA_BYTES)
        .execute(tx.db())
        .await?;
        let row = sqlx::query_as(
            "select max_file_bytes, quota_bytes, refused_extensions, revision from files.policy for update",
        )
        .fetch_one(tx.db())
        .await?;
        Ok(row)
    }

    /// Whether a file of this name and length may come in.
    pub fn check(&self, name: &str, length: i64) -> Result<()> {
        if length > self.max_file_bytes {
            return Err(Error::TooLarge);
        }
        if endings(name).any(|ending| self.refused_extensions.contains(&ending)) {
            return Err(Error::Blocked("files.type_refused"));
        }
        Ok(())
    }
}

/// What a name ends in where it may be saved: whatever the width of its letters, and also where a colon begins the name
/// of a stream (`a.exe::$DATA` is written to `a.exe`). A dot or space at the end is not kept by every system.
fn endings(name: &str) -> impl Iterator<Item = String> {
    let name: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let ending = |piece: &str| Some(piece.trim_end_matches(is_dropped).rsplit_once('.')?.1.trim().to_owned());
    name.split(':').filter_map(ending).collect::<Vec<_>>().into_iter()
}

/// What some systems leave out at the end of a name.
fn is_dropped(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// With how much of it is used, and its `ETag`.
async fn shown(tx: &mut Tx, policy: Policy) -> Result<(HeaderMap, Json<FilePolicy>)> {
    let Policy { max_file_bytes, quota_bytes, refused_extensions, revision } = policy;
    let (used_bytes, most_bytes) = (used_bytes(tx).await?, hosting::most_bytes(tx).await?);
    let room_bytes = most_bytes.map_or(quota_bytes, |most| most.min(quota_bytes));
    let policy =
        FilePolicy { max_file_bytes, quota_bytes, most_bytes, room_bytes, refused_extensions, used_bytes, revision };
    Ok((edition_tag(revision), Json(policy)))
}

/// Bytes in use or reserved.
pub async fn used_bytes(tx: &mut Tx) -> Result<i64> {
    let used: Option<i64> = sqlx::query_scalar("select bytes from files.usage").fetch_optional(tx.db()).await?;
    Ok(used.unwrap_or(0))
}

/// Changes it; silent when it is so already.
async fn set(tx: &mut Tx, _: &Permitted, edition: &Edition, change: ChangeFilePolicy) -> Result<Policy> {
    let before = Policy::lock(tx).await?;
    edition.check(before.revision)?;
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
    if policy == before {
        return Ok(before);
    }
    policy.revision += 1;
    sqlx::query(
        "update files.policy set max_file_bytes = $1, quota_bytes = $2, refused_extensions = $3, revision = $4",
    )
    .bind(policy.max_file_bytes)
    .bind(policy.quota_bytes)
    .bind(&policy.refused_extensions)
    .bind(policy.revision)
    .execute(tx.db())
    .await?;
    tx.emit(&crate::events::PolicyChanged { before: Some(before), after: Some(policy.clone()) })?;
    Ok(policy)
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

/// The name without folders, without what cannot be seen or would mislead, and without dots and spaces at its end.
pub fn file_name(name: &str) -> Result<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !directory::is_unseen(*c)).collect();
    let kept = kept.trim().trim_end_matches(is_dropped);
    if kept.is_empty() {
        return Err(Error::Invalid { field: "filename", why: "empty" });
    }
    if kept.len() > MAX_NAME {
        return Err(Error::Invalid { field: "filename", why: "too_long" });
    }
    Ok(kept.to_owned())
}

/// Takes room for so many bytes, or says that there is none: by the operator's limit, or by the organisation's own.
pub async fn reserve(tx: &mut Tx, bytes: i64) -> Result<()> {
    let (quota, most) = (Policy::load(tx).await?.quota_bytes, hosting::most_bytes(tx).await?);
    let used = occupy(tx, bytes).await?;
    if most.is_some_and(|most| used > most) {
        return Err(Error::Conflict("hosting.storage_limit"));
    }
    if used <= quota { Ok(()) } else { Err(Error::Conflict("files.quota_reached")) }
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
    use super::{Policy, file_name};

    #[test]
    fn a_refused_ending_is_refused_however_it_is_written() {
        let policy = Policy {
            max_file_bytes: 10,
            quota_bytes: 10,
            refused_extensions: vec!["exe".into(), "ps1".into()],
            revision: 0,
        };
        for name in [
            "a.exe",
            "a.EXE",
            "a.exe.",
            "a.exe . .",
            "a.exe::$DATA",
            "a.exe:b.txt",
            "notes.txt:a.exe",
            "a.ｅｘｅ",
            "a．ｅｘｅ",
            "a.exe\u{3000}",
            "a. exe",
            ".ps1",
        ] {
            assert!(policy.check(name, 1).is_err(), "{name}");
        }
        for name in ["exe", "a.exe.txt", "a.exes", "会议 12:30.txt", "（合同）.pdf", "a.ex", ""] {
            assert!(policy.check(name, 1).is_ok(), "{name}");
        }
        assert_eq!(file_name("a.exe. .").unwrap(), "a.exe");
    }

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
