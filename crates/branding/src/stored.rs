//! The one row of an organisation.

use kernel::{Bucket, Result, Tx};
use uuid::Uuid;

use crate::events::BrandChanged;

pub const NAME: &str = "branding.name";
pub const LOGO: &str = "branding.logo";

/// The brand, the logo left where it is.
#[derive(Debug, Default, Clone, sqlx::FromRow)]
pub struct Row {
    pub name: Option<Vec<u8>>,
    pub accent: Option<String>,
    pub logo_type: Option<String>,
    pub logo_version: i64,
    pub revision: i64,
}

/// As it is; all of it absent when nobody decided anything.
pub async fn load(tx: &mut Tx) -> Result<Row> {
    let row: Option<Row> = sqlx::query_as("select name, accent, logo_type, logo_version, revision from branding.brand")
        .fetch_optional(tx.db())
        .await?;
    Ok(row.unwrap_or_default())
}

/// The same; two who change it wait for each other.
pub async fn lock(tx: &mut Tx) -> Result<Row> {
    sqlx::query("insert into branding.brand default values on conflict on constraint brand_pkey do nothing")
        .execute(tx.db())
        .await?;
    let row = sqlx::query_as("select name, accent, logo_type, logo_version, revision from branding.brand for update")
        .fetch_one(tx.db())
        .await?;
    Ok(row)
}

/// Seals what belongs to the organisation.
pub fn seal(tx: &Tx, kind: &str, plain: &[u8]) -> Result<Vec<u8>> {
    tx.seal(Bucket::Organisation, kind, object(tx), plain)
}

/// Opens what [`seal`] sealed.
pub fn open(tx: &Tx, kind: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    tx.open(Bucket::Organisation, kind, object(tx), sealed)
}

fn object(tx: &Tx) -> Uuid {
    tx.org().0
}

/// Says what is different.
pub fn tell(tx: &mut Tx, fields: &[&str], accents: (Option<String>, Option<String>)) -> Result<()> {
    let (before, after) = accents;
    let fields = fields.iter().map(|&field| field.to_owned()).collect();
    tx.emit(&BrandChanged { fields, before, after })
}
