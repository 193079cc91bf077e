//! Everything that is sealed, by the data map: each value as it stands in the database, and whether a key opens it.

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{Column, Scope, Table};
use kernel::{Actor, Bucket, INSTALLATION, OrgId, SystemTx, VaultError};
use sqlx::AssertSqlSafe;
use testkit::TestApp;
use uuid::Uuid;
use vault::Vault;

/// Of columns of which the data map does not say how they open: as what they are sealed, and to what they are bound, as SQL.
const KINDS: &[(&str, &str, &str)] = &[
    ("branding.brand.name", "'branding.name'", "org_id"),
    ("branding.brand.logo", "'branding.logo'", "org_id"),
    ("directory.organisation.names", "'directory.organisation.names'", "id"),
    ("directory.organisation.contact", "'directory.organisation.contact'", "id"),
    ("directory.department.name", "'directory.department.name'", "id"),
    ("directory.field.definition", "'directory.field'", "id"),
    ("directory.role.name", "'directory.role.name'", "id"),
    ("directory.sensitive_act.params", "'directory.sensitive_act'", "id"),
    ("directory.act_reason.reason", "'directory.sensitive_act_reason'", "act_id"),
    ("files.upload.name", "'files.name'", "id"),
    ("hosting.decision.reason", "'hosting.reason'", "org_id"),
    ("identity.import.staged", "'identity.import.staged'", "id"),
    ("identity.import.report", "'identity.import.report'", "id"),
    ("identity.import.problems", "'identity.import.problems'", "id"),
    ("identity.import.told", "'identity.import.told'", "id"),
    ("identity.import.asked", "'identity.import.asked'", "id"),
    ("identity.import.result", "'identity.import.result'", "result_id"),
    ("identity.import_piece.bytes", "'identity.import.piece ' || t.file || ' ' || t.n", "import_id"),
    ("identity.import_deed.deed", "'identity.import.deed ' || t.n", "import_id"),
    ("kernel.idempotency.body", "'kernel.idempotency'", "account_id"),
    ("operators.act.address", "'operators.address'", "id"),
    ("peers.connection.contact", "'peers.contact'", "peer_id"),
    ("people_exports.people_export.wanted", "'people_exports.people_export'", "id"),
    ("people_groups.people_group.written", "'people_groups.people_group'", "id"),
    ("personal_exports.piece.sealed", "'personal_exports.piece'", "id"),
    ("verification.request.claim", "'verification.claim'", "org_id"),
    ("verification.request.reason", "'verification.reason'", "org_id"),
    ("verification.document.name", "'verification.document.name'", "id"),
    ("verification.document.bytes", "'verification.document'", "id"),
    ("verification.disclosure.said", "'verification.disclosure'", "id"),
];

/// No value: a code of one under a key of its own, which nothing opens again. That it is there is all that can be seen.
pub const CODES: [&str; 4] =
    ["contacts.app_password.hash", "directory.handle.hmac", "directory.handle_source.hmac", "search.entry.terms"];

/// Whose key it is where the table's own words do not name it as SQL.
const KEYS: &[(&str, &str)] = &[
    ("identity.import.result", "t.result_id"),
    // The name of an upload is sealed with the key of its bytes, which the file that is made of them keeps; with those of a picture that
    // was looked at it is gone.
    (
        "files.upload.name",
        "(select b.id from files.blob b where b.org_id = t.org_id and b.id = t.blob_id and b.dropped_at is null)",
    ),
    // Lines name people by pseudonyms; of who had not signed in, whom it concerns has the key.
    (
        "kernel.audit_entry.trace",
        "(select p.member_id from kernel.pseudonym p where p.org_id = t.org_id and p.pseudonym in (t.actor, t.target)
          order by p.pseudonym = t.actor desc limit 1)",
    ),
];

/// A value that is sealed, and all that is needed to open it but the key.
#[derive(Clone)]
pub struct Value {
    /// `schema.table.column`.
    pub place: String,
    /// What it is bound to, in most tables the id of its row.
    pub object: Uuid,
    org: Uuid,
    key: Key,
    kind: String,
    pub sealed: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Key {
    Of(Bucket),
    Said { day: i32, author: Uuid },
}

impl Value {
    /// Whether its key goes with this member.
    pub fn is_of(&self, member: Uuid) -> bool {
        matches!(self.key, Key::Of(Bucket::Member(id)) if id == member)
    }

    /// Whether it is the organisation's, not another's or an account's.
    pub fn is_in(&self, org: OrgId) -> bool {
        self.org == org.0
    }

    /// What it says, as long as its key is there.
    pub fn open(&self, vault: &Vault) -> Result<Vec<u8>, VaultError> {
        match self.key {
            Key::Of(bucket) => vault.open(self.org, bucket, &self.kind, self.object, &self.sealed),
            Key::Said { day, author } => vault.open_message(self.org, day, author, self.object, &self.sealed),
        }
    }
}

/// A column that is sealed.
struct Place<'a> {
    name: String,
    table: (&'a str, &'a Table),
    column: &'a str,
    /// As what it is sealed and to what it is bound, as SQL.
    kind: (String, String),
}

/// The columns that are sealed, by the data map.
pub fn places(t: &TestApp) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (name, table) in &t.app.data_map().table {
        let sealed = table.columns.iter().filter(|(_, what)| matches!(what, Column::Personal(one) if one.sealed));
        all.extend(sealed.map(|(column, _)| format!("{name}.{column}")));
    }
    all
}

/// Everything that is sealed now: of these organisations and of the installation.
pub async fn values(t: &TestApp, orgs: &[OrgId]) -> Vec<Value> {
    let mut all = Vec::new();
    for (name, table) in &t.app.data_map().table {
        for (column, what) in &table.columns {
            let Column::Personal(one) = what else { continue };
            let place = format!("{name}.{column}");
            if !one.sealed || CODES.contains(&place.as_str()) {
                continue;
            }
            let known = KINDS.iter().find(|(known, _, _)| *known == place);
            let known = known.map(|(_, kind, object)| ((*kind).to_owned(), (*object).to_owned()));
            let opens = one.opens.as_ref().map(|opens| (format!("'{}'", opens.kind), opens.object.clone()));
            let kind = opens.or(known).unwrap_or_else(|| panic!("{place}: nobody says how it opens"));
            all.extend(read(t, orgs, &Place { name: place, table: (name, table), column, kind }).await);
        }
    }
    all
}

/// How many rows have something in each of the columns that hold codes.
pub async fn codes(t: &TestApp, org: OrgId) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for place in CODES {
        let (table, column) = place.rsplit_once('.').unwrap();
        // Some of these tables are of no organisation, and of some the owner sees those of others too, such as the canaries'.
        let count = format!(
            "select count(*) from {table} t
             where {column} is not null and coalesce(to_jsonb(t) ->> 'org_id', $1) = $1"
        );
        // The program itself may not read all of them; the owner sees what is of the organisation that is named.
        let mut tx = t.admin.begin().await.unwrap();
        sqlx::query("select set_config('app.org', $1, true)").bind(org.to_string()).execute(&mut *tx).await.unwrap();
        let found = sqlx::query_scalar(AssertSqlSafe(count)).bind(org.to_string()).fetch_one(&mut *tx).await.unwrap();
        counts.insert(place, found);
    }
    counts
}

type Row = (Uuid, Option<Uuid>, Option<i32>, String, Vec<u8>);

async fn read(t: &TestApp, orgs: &[OrgId], place: &Place<'_>) -> Vec<Value> {
    let (statement, mut found) = (place.statement(), Vec::new());
    if place.table.1.scope == Scope::Installation {
        let mut tx = SystemTx::begin(&t.app).await.unwrap();
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(statement)).fetch_all(tx.db()).await.unwrap();
        return rows.into_iter().map(|row| place.value(INSTALLATION, row)).collect();
    }
    for org in orgs {
        let mut tx = t.app.begin(*org, Actor::System).await.unwrap();
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(statement.clone())).fetch_all(tx.db()).await.unwrap();
        // What belongs to an account belongs to no organisation.
        let owner = if place.table.1.subject.as_deref() == Some("account_id") { INSTALLATION } else { org.0 };
        found.extend(rows.into_iter().map(|row| place.value(owner, row)));
    }
    found
}

impl Place<'_> {
    /// The name of the key's kind, and in brackets which one.
    fn bucket(&self) -> (&str, &str) {
        let bucket = self.table.1.bucket.as_deref().unwrap_or_else(|| panic!("{} has no key", self.name));
        let (kind, named) = bucket.split_once('(').unwrap_or((bucket, ""));
        (kind, named.trim_end_matches(')'))
    }

    fn statement(&self) -> String {
        let ((bucket, named), (table, declared), column) = (self.bucket(), self.table, self.column);
        let subject = declared.subject.as_deref().unwrap_or("null");
        let day = if bucket == "day" {
            format!("floor(extract(epoch from t.\"{named}\") / 86400)::int")
        } else {
            "null::int".to_owned()
        };
        let key = match (KEYS.iter().find(|(place, _)| *place == self.name), bucket) {
            (Some((_, key)), _) => (*key).to_owned(),
            (None, "member" | "object") if !named.is_empty() => format!("t.{named}"),
            (None, "member" | "day") if subject != "null" => format!("t.{subject}"),
            _ => "null".to_owned(),
        };
        let (kind, object) = &self.kind;
        // Of who is erased no line tells any more whose key it was under.
        let is_named_by_a_row = ["kernel.audit_entry.trace", "files.upload.name"].contains(&self.name.as_str());
        let named_only = if is_named_by_a_row { format!(" and {key} is not null") } else { String::new() };
        format!(
            "select t.{object}::uuid, ({key})::uuid, {day}, {kind}, t.\"{column}\" from {table} t where t.\"{column}\" is not null{named_only}"
        )
    }

    fn value(&self, org: Uuid, (object, id, day, kind, sealed): Row) -> Value {
        let id = |what: &str| id.unwrap_or_else(|| panic!("{} of {object}: {what}", self.name));
        let kind_of_key = self.bucket().0;
        // Of what stands outside all organisations, what is about one is bound to it.
        let is_about_one = org == INSTALLATION && kind_of_key == "organisation";
        let org = if is_about_one { object } else { org };
        let key = match kind_of_key {
            "organisation" => Key::Of(Bucket::Organisation),
            "member" => Key::Of(Bucket::Member(id("whose key?"))),
            "object" => Key::Of(Bucket::Object(id("which key?"))),
            "day" if org == INSTALLATION => Key::Of(Bucket::Day(day.unwrap())),
            "day" => Key::Said { day: day.unwrap(), author: id("who said it?") },
            other => panic!("{}: {other} is no kind of key", self.name),
        };
        Value { place: self.name.clone(), object, org, key, kind, sealed }
    }
}
