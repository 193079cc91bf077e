//! What is written of a copy: pieces of its parts, each sealed under the key of whose copy it is.

use kernel::{Bucket, Error, Result, Tx};
use uuid::Uuid;

use crate::model::{PersonalExportId, Row};

const KIND: &str = "personal_exports.piece";
/// Bytes of a piece: so much is opened and packed at a time.
const LONGEST: usize = 256 * 1024;

/// Where a piece stands: in which part, and the how manieth of the copy.
#[derive(sqlx::FromRow)]
pub struct Place {
    pub path: String,
    pub n: i32,
}

/// Adds a text to a part of the copy.
pub async fn add(tx: &mut Tx, row: &mut Row, path: &str, text: &str) -> Result<()> {
    for piece in text.as_bytes().chunks(LONGEST) {
        row.pieces += 1;
        let id = tx.new_id();
        let sealed = tx.seal(Bucket::Member(row.member_id.0), KIND, id, piece)?;
        sqlx::query(
            "insert into personal_exports.piece (export_id, path, n, member_id, id, sealed) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(row.id)
        .bind(path)
        .bind(row.pieces)
        .bind(row.member_id)
        .bind(id)
        .bind(sealed)
        .execute(tx.db())
        .await?;
    }
    Ok(())
}

/// All of them, part by part, in the order in which they were written.
pub async fn places(tx: &mut Tx, export: PersonalExportId) -> Result<Vec<Place>> {
    Ok(sqlx::query_as("select path, n from personal_exports.piece where export_id = $1 order by path, n")
        .bind(export)
        .fetch_all(tx.db())
        .await?)
}

/// One of them, opened.
pub async fn read(tx: &mut Tx, row: &Row, place: &Place) -> Result<Vec<u8>> {
    let found: Option<(Uuid, Vec<u8>)> =
        sqlx::query_as("select id, sealed from personal_exports.piece where export_id = $1 and path = $2 and n = $3")
            .bind(row.id)
            .bind(&place.path)
            .bind(place.n)
            .fetch_optional(tx.db())
            .await?;
    let (id, sealed) = found.ok_or(Error::NotFound("personal_export"))?;
    tx.open(Bucket::Member(row.member_id.0), KIND, id, &sealed)
}
