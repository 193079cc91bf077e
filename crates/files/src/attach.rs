//! Putting files where others can find them. The feature that carries them proves that its people may; this module
//! proves that the file is its owner's to give and nowhere else yet.

use kernel::{Bucket, Error, Result, Tx};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::SENDING_FILES;
use crate::model::{FileId, FileKind, FileRef, FileRow, FileState, NAME, Placed};

/// One file, if it is there.
pub async fn find(tx: &mut Tx, id: FileId) -> Result<Option<FileRow>> {
    Ok(sqlx::query_as(
        "select id, owner_id, blob_id, thumbnail_id, name, size, media_type, kind, width, height, state, scope_seq, attached_at
         from files.file where id = $1",
    )
    .bind(id)
    .fetch_optional(tx.db())
    .await?)
}

/// What carries a file.
#[derive(Debug, Clone, Copy)]
pub struct Carrier {
    /// The crate whose retention it follows.
    pub feature: &'static str,
    /// The place there: a conversation.
    pub scope: Uuid,
    /// The id under which the carrier is sent; the same one again is the same carrier.
    pub id: Uuid,
}

/// Gives the caller's own files to a carrier, all of them or none.
///
/// # Errors
/// `file_ids` is `unknown`, `not_ready` or `taken`; `Blocked("applications.off")` while sending files is off for the caller. A
/// carrier that was written with its files is the same one sent again, and keeps them.
pub async fn attach(tx: &mut Tx, ids: &[FileId], carrier: Carrier) -> Result<Vec<FileRef>> {
    let (me, now) = (tx.member()?, tx.now());
    let refuse = |why| Error::Invalid { field: "file_ids", why };
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        let row = find(tx, *id).await?.filter(|row| row.owner_id == me).ok_or(refuse("unknown"))?;
        if row.state != FileState::Ready {
            return Err(refuse("not_ready"));
        }
        // Attached is not sent: its message may have been refused since.
        if row.scope_seq.is_none() {
            applications::check(tx, SENDING_FILES).await?;
        }
        let done = sqlx::query(
            "update files.file
             set feature = $2, scope_id = $3, carrier_id = $4, attached_at = coalesce(attached_at, $5)
             where id = $1 and (scope_id is null or (scope_id = $3 and carrier_id = $4))",
        )
        .bind(id)
        .bind(carrier.feature)
        .bind(carrier.scope)
        .bind(carrier.id)
        .bind(now)
        .execute(tx.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(refuse("taken"));
        }
        files.push(row.open(tx)?);
    }
    Ok(files)
}

/// Says which number the carrier of each file got, in the transaction that writes the carrier.
pub async fn place(db: &mut PgConnection, files: &[(FileId, i64)]) -> sqlx::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let (ids, seqs): (Vec<FileId>, Vec<i64>) = files.iter().copied().unzip();
    sqlx::query(
        "update files.file f set scope_seq = t.seq from unnest($1::uuid[], $2::bigint[]) as t(id, seq)
         where f.id = t.id and f.scope_seq is null",
    )
    .bind(ids)
    .bind(seqs)
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a carrier files of its own with the same bytes, owned by the caller: what happens to the first ones does not
/// reach them. What somebody else uploaded stays marked as theirs. Whoever calls has proven that the caller may open the first ones.
pub async fn copy(tx: &mut Tx, files: &[FileRef], carrier: Carrier) -> Result<Vec<FileRef>> {
    let (me, now) = (tx.member()?, tx.now());
    let mut copies = Vec::with_capacity(files.len());
    for file in files {
        let row = find(tx, file.id).await?.ok_or(Error::NotFound("file"))?;
        let id = FileId(tx.new_id());
        let name = tx.seal(Bucket::Object(row.blob_id), NAME, id.0, file.name.as_bytes())?;
        sqlx::query(
            "insert into files.file (id, owner_id, blob_id, thumbnail_id, name, size, media_type, kind, width, height, state,
                                     created_at, attached_at, feature, scope_id, carrier_id, is_of_others)
             select $2, $3, blob_id, thumbnail_id, $4, size, media_type, kind, width, height, state, $5, $5, $6, $7, $8,
                    is_of_others or owner_id <> $3
             from files.file where id = $1",
        )
        .bind(file.id)
        .bind(id)
        .bind(me)
        .bind(name)
        .bind(now)
        .bind(carrier.feature)
        .bind(carrier.scope)
        .bind(carrier.id)
        .execute(tx.db())
        .await?;
        copies.push(FileRef { id, ..file.clone() });
    }
    Ok(copies)
}

/// Which files of a scope to list.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// Where.
    pub scope: Uuid,
    /// Pictures only, or everything else only.
    pub kind: Option<FileKind>,
    /// Carried by something after this number: what came before is not the reader's to see.
    pub after_seq: i64,
    /// Attached after this instant: what came before is past the time it is kept.
    pub attached_after: chrono::DateTime<chrono::Utc>,
    /// Before this place of the list.
    pub before: Option<(i64, FileId)>,
    /// At most so many.
    pub limit: i64,
}

/// Files of a scope, newest first.
pub async fn list(tx: &mut Tx, listing: Listing) -> Result<Vec<Placed>> {
    let (before_seq, before_id) = listing.before.unwrap_or((i64::MAX, FileId(Uuid::max())));
    let rows: Vec<FileRow> = sqlx::query_as(
        "select id, owner_id, blob_id, thumbnail_id, name, size, media_type, kind, width, height, state, scope_seq, attached_at
         from files.file
         where scope_id = $1 and scope_seq > $2 and attached_at > $3 and (scope_seq, id) < ($4, $5)
           and ($6::text is null or ($6 = 'picture') = (kind = 'picture'))
         order by scope_seq desc, id desc limit $7",
    )
    .bind(listing.scope)
    .bind(listing.after_seq)
    .bind(listing.attached_after)
    .bind(before_seq)
    .bind(before_id)
    .bind(listing.kind)
    .bind(listing.limit)
    .fetch_all(tx.db())
    .await?;
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        if let (Some(seq), Some(attached_at)) = (row.scope_seq, row.attached_at) {
            placed.push(Placed { file: row.open(tx)?, seq, owner_id: row.owner_id, attached_at });
        }
    }
    Ok(placed)
}
