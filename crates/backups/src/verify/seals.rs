//! The seals of what stands in rows: each value opens under the key, the kind and the id that the data map says, or its key was
//! destroyed. What it says is thrown away at once.

use anyhow::{Error, Result};
use directory::every_organisation;
use futures_util::TryStreamExt;
use kernel::data_map::{Column, DataMap, Opens, Table};
use kernel::{Actor, App, Bucket, INSTALLATION, OrgId, SystemTx, VaultError};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{Depth, Found};

/// Values of a column in an organisation that are opened when not all are.
const SOME: i64 = 500;

/// A sealed column of the data map.
struct Sealed {
    name: String,
    statement: String,
    kind: String,
    key: Key,
    is_of_organisation: bool,
}

#[derive(Clone, Copy)]
enum Key {
    Organisation,
    Member,
    Object,
    /// That of an account, which belongs to no organisation.
    OfInstallation,
    /// That of what its author said on a day.
    Said,
}

/// A row, as far as it says how the value opens.
#[derive(sqlx::FromRow)]
struct Row {
    object: Uuid,
    bucket: Option<Uuid>,
    day: Option<i32>,
    value: Vec<u8>,
}

#[derive(Default)]
struct Counts {
    whole: u64,
    forgotten: u64,
}

/// Opens some of them, or all.
pub async fn look(app: &App, depth: Depth, found: &mut Found) -> Result<()> {
    let columns = columns(app.data_map());
    let most = if depth == Depth::All { i64::MAX } else { SOME };
    let mut counts = Counts::default();
    let mut outside = SystemTx::begin(app).await.map_err(Error::new)?;
    for column in columns.iter().filter(|column| !column.is_of_organisation) {
        open(app, (INSTALLATION, column, most), outside.db(), (&mut counts, found)).await?;
    }
    let counted = directory::organisation_count(&mut outside).await.map_err(Error::new)?;
    outside.commit().await.map_err(Error::new)?;
    let organisations = every_organisation(app).await.map_err(Error::new)?;
    for OrgId(org) in &organisations {
        if app.vault().is_organisation_destroyed(*org) {
            continue;
        }
        let mut tx = app.begin(OrgId(*org), Actor::System).await.map_err(Error::new)?;
        for column in columns.iter().filter(|column| column.is_of_organisation) {
            open(app, (*org, column, most), tx.db(), (&mut counts, found)).await?;
        }
        tx.commit().await.map_err(Error::new)?;
    }
    let Counts { whole, forgotten } = counts;
    let places = columns.len();
    found.lines.push(format!("organisations: {counted}"));
    found.lines.push(format!("seals: {whole} values open, the keys of {forgotten} were destroyed, at {places} places"));
    Ok(())
}

async fn open(
    app: &App,
    (org, column, most): (Uuid, &Sealed, i64),
    db: &mut PgConnection,
    (counts, found): (&mut Counts, &mut Found),
) -> Result<()> {
    let query = sqlx::query_as::<_, Row>(AssertSqlSafe(column.statement.clone())).bind(org).bind(most);
    let mut rows = query.persistent(false).fetch(db);
    while let Some(row) = rows.try_next().await? {
        match value(app, org, column, &row) {
            Ok(_) => counts.whole += 1,
            Err(VaultError::Destroyed) => counts.forgotten += 1,
            Err(VaultError::Tampered) => {
                found.fault(format!("{} of {}: it is not what was sealed", column.name, row.object));
            }
            Err(VaultError::Missing | VaultError::UnknownOrganisation) => {
                found.fault(format!("{} of {}: the key ring never had its key", column.name, row.object));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn value(app: &App, org: Uuid, column: &Sealed, row: &Row) -> Result<Vec<u8>, VaultError> {
    let (vault, id) = (app.vault(), row.bucket.unwrap_or_default());
    let (owner, bucket) = match column.key {
        Key::Organisation => (org, Bucket::Organisation),
        Key::Member => (org, Bucket::Member(id)),
        Key::Object => (org, Bucket::Object(id)),
        Key::OfInstallation => (INSTALLATION, Bucket::Object(id)),
        Key::Said => return vault.open_message(org, row.day.unwrap_or_default(), id, row.object, &row.value),
    };
    vault.open(owner, bucket, &column.kind, row.object, &row.value)
}

fn columns(map: &DataMap) -> Vec<Sealed> {
    let of_table = |(table, declared): (&String, &Table)| {
        let sealed = |(column, what): (&String, &Column)| match what {
            Column::Personal(personal) => column_of(table, declared, (column, personal.opens.as_ref()?)),
            _ => None,
        };
        declared.columns.iter().filter_map(sealed).collect::<Vec<_>>()
    };
    map.table.iter().flat_map(of_table).collect()
}

/// None where the row itself does not say under which key it is: the log names people by pseudonyms.
fn column_of(table: &str, declared: &Table, (column, opens): (&str, &Opens)) -> Option<Sealed> {
    let subject = declared.subject.as_deref().unwrap_or_default();
    let (kind, named) = declared.bucket.as_deref()?.split_once('(').unwrap_or((declared.bucket.as_deref()?, ""));
    let named = named.trim_end_matches(')');
    let is_of_organisation = declared.columns.contains_key("org_id");
    let is_of_account = subject == "account_id" || !is_of_organisation;
    let (key, by) = match kind {
        "organisation" => (Key::Organisation, ""),
        "member" if named.is_empty() => (Key::Member, subject),
        "member" => (Key::Member, named),
        "object" if is_of_account => (Key::OfInstallation, named),
        "object" => (Key::Object, named),
        "day" => (Key::Said, subject),
        _ => return None,
    };
    if !by.is_empty() && by != "id" && !by.ends_with("_id") {
        return None;
    }
    let bucket = if by.is_empty() { "null::uuid".to_owned() } else { format!("t.\"{by}\"::uuid") };
    let day = match key {
        Key::Said => format!("floor(extract(epoch from t.\"{named}\") / 86400)::int"),
        _ => "null::int".to_owned(),
    };
    let within = if is_of_organisation { "t.org_id = $1" } else { "$1::uuid is not null" };
    let statement = format!(
        "select t.\"{}\"::uuid as object, {bucket} as bucket, {day} as day, t.\"{column}\" as value
         from {table} t where {within} and t.\"{column}\" is not null limit $2",
        opens.object
    );
    Some(Sealed { name: format!("{table}.{column}"), statement, kind: opens.kind.clone(), key, is_of_organisation })
}
