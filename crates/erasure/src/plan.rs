//! What goes with somebody, read from the data map.

use kernel::data_map::{DataMap, Erasure, Table};
use kernel::{Result, Tx};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// The table that *is* the member, and the one that *is* the account: their subject is their own `id`.
const MEMBER: &str = "directory.member";
const ACCOUNT: &str = "identity.account";
/// Stays until all the others are gone.
const RUN: &str = "erasure.run";

/// The stores about a member, and those about the account behind several.
pub struct Plan {
    /// Of one organisation.
    pub member: Vec<Store>,
    /// Of the installation; they go when no organisation has the account any more.
    pub account: Vec<Store>,
}

/// A table out of which the rows about somebody go. Its names are those of the data map, which the tests compare with the
/// database: no text of anybody's reaches a statement.
pub struct Store {
    /// `schema.table`.
    pub table: String,
    /// Columns of which one points at them.
    columns: Vec<String>,
    is_of_organisation: bool,
    /// The column that names the key of each row, where it has one of its own.
    key: Option<String>,
}

impl Plan {
    /// Everything that is declared to go with its subject.
    pub fn of(map: &DataMap) -> Self {
        let (mut member, mut account) = (Vec::new(), Vec::new());
        for (name, table) in &map.table {
            let Some(subject) = table.subject.as_deref().filter(|subject| *subject != "conversation") else { continue };
            if table.erasure != Erasure::Delete || name == RUN {
                continue;
            }
            let is_account = name == ACCOUNT || subject == "account_id";
            let stores = if is_account { &mut account } else { &mut member };
            stores.push(Store::of(name, subject, table));
        }
        // What others hang from goes last, so that each is counted where it stands.
        for stores in [&mut member, &mut account] {
            stores.sort_by_key(|store| [MEMBER, ACCOUNT].contains(&store.table.as_str()));
        }
        Self { member, account }
    }
}

impl Store {
    fn of(name: &str, subject: &str, table: &Table) -> Self {
        let of = table.bucket.as_deref().and_then(|bucket| bucket.strip_prefix("object(")?.strip_suffix(')'));
        Self {
            table: name.to_owned(),
            columns: std::iter::once(subject).chain(table.also.iter().map(String::as_str)).map(str::to_owned).collect(),
            is_of_organisation: table.columns.contains_key("org_id"),
            key: of.filter(|column| *column != subject).map(str::to_owned),
        }
    }

    fn whose(&self) -> String {
        let points: Vec<String> = self.columns.iter().map(|column| format!("{column} = $1")).collect();
        let within = if self.is_of_organisation { "org_id = $2" } else { "$2::uuid is not null" };
        format!("from {} where ({}) and {within}", self.table, points.join(" or "))
    }

    /// The names of the keys that seal one row each.
    pub async fn keys(&self, tx: &mut Tx, subject: Uuid) -> Result<Vec<Uuid>> {
        let Some(key) = &self.key else { return Ok(Vec::new()) };
        let org = tx.org();
        let keys = sqlx::query_scalar(AssertSqlSafe(format!("select {key} {}", self.whose())));
        Ok(keys.bind(subject).bind(org).fetch_all(tx.db()).await?)
    }

    /// Deletes the rows about them; says how many.
    pub async fn delete(&self, tx: &mut Tx, subject: Uuid) -> Result<u64> {
        let org = tx.org();
        let delete = sqlx::query(AssertSqlSafe(format!("delete {}", self.whose())));
        Ok(delete.bind(subject).bind(org).execute(tx.db()).await?.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    const MAP: &str = r#"
[table.member]
subject = "id"
rule = "RET-08"
erasure = "delete"
bucket = "member(id)"
[table.member.columns]
org_id = "technical"
id = "technical"

[table.pair]
subject = "low_id"
also = ["high_id"]
rule = "membership"
erasure = "delete"
[table.pair.columns]
org_id = "technical"
low_id = "technical"
high_id = "technical"

[table.upload]
subject = "member_id"
rule = "P1D"
erasure = "delete"
bucket = "object(blob_id)"
[table.upload.columns]
member_id = "technical"
blob_id = "technical"

[table.device]
scope = "installation"
subject = "account_id"
rule = "P1D"
erasure = "delete"
bucket = "object(account_id)"
[table.device.columns]
account_id = "technical"

[table.kept]
subject = "member_id"
rule = "organisation"
erasure = "keep"
[table.kept.columns]
member_id = "technical"

[table.word]
subject = "conversation"
rule = "RET-09"
erasure = "delete"
[table.word.columns]
org_id = "technical"
"#;

    #[test]
    fn what_is_declared_to_go_goes_and_nothing_else() {
        let plan = Plan::of(&kernel::data_map::parse("directory", MAP).unwrap());
        let said = |stores: &[super::Store]| -> Vec<String> {
            stores.iter().map(|store| format!("{} {:?}", store.whose(), store.key)).collect()
        };
        assert_eq!(
            said(&plan.member),
            [
                "from directory.pair where (low_id = $1 or high_id = $1) and org_id = $2 None",
                "from directory.upload where (member_id = $1) and $2::uuid is not null Some(\"blob_id\")",
                "from directory.member where (id = $1) and org_id = $2 None",
            ]
        );
        assert_eq!(
            said(&plan.account),
            ["from directory.device where (account_id = $1) and $2::uuid is not null None"]
        );
    }
}
