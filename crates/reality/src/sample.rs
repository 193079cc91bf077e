//! The question to one table: how many of some of its rows are otherwise than declared. The database counts; nothing that stands
//! there reaches the program.

use kernel::data_map::{Category, Column, DataMap};

use crate::catalogue::RealTable;
use crate::drift::DriftKind;

/// Rows of each of two kinds that are looked at: the newest by the key, and any.
const ROWS: u32 = 200;
/// Of a long value its beginning.
const BYTES: u32 = 65_536;
/// What every sealed value begins with: the version of its form, and the cipher.
const HEADER: &str = "'\\x0101'::bytea";
/// The header, a nonce and a tag.
const SHORTEST: u32 = 30;
/// Look-up codes and hashes.
const CODE: u32 = 32;
/// An e-mail address; a phone number with its country, or as a word of its own.
pub const CONTACT: &str =
    r#"[[:alnum:]._%+-]+@[[:alnum:]-]+\.[[:alpha:]]{2,}|\+[1-9][0-9]{9,14}\y|"1[3-9][0-9]{9}"|^1[3-9][0-9]{9}$"#;

/// What is asked of one table.
pub struct Sample {
    /// As the data map calls it.
    pub table: String,
    /// Whether each organisation is asked for itself.
    pub is_guarded: bool,
    /// In the order of the answer, which begins with how many rows there were.
    pub questions: Vec<(String, DriftKind)>,
    /// Takes the organisation, the word of the canaries, and what contact data look like; answers with an array.
    pub statement: String,
    /// How many columns are looked into.
    pub places: i32,
}

enum Form {
    Text,
    Bytes,
    ManyBytes,
}

/// None for a table in which nothing can be told from outside: ids, numbers and instants alone.
pub fn of(map: &DataMap, (name, real): (&str, &RealTable)) -> Option<Sample> {
    let declared = map.table.get(name);
    let (mut questions, mut counts, mut columns) = (Vec::new(), vec!["count(*)".to_owned()], Vec::new());
    for (column, type_name) in &real.columns {
        let Some(form) = form(type_name) else { continue };
        columns.push(quoted(column));
        for (kind, condition) in conditions(&form, (column, declared.and_then(|table| table.columns.get(column)))) {
            counts.push(format!("count(*) filter (where {condition})"));
            questions.push((format!("{name}.{column}"), kind));
        }
    }
    if columns.is_empty() {
        return None;
    }
    let statement = format!("select array[{}] from ({}) s", counts.join(", "), rows(name, real, &columns.join(", ")));
    let places = i32::try_from(columns.len()).unwrap_or(i32::MAX);
    Some(Sample { table: name.to_owned(), is_guarded: real.is_guarded, questions, statement, places })
}

/// The newest by the key, and of a long table some from anywhere.
fn rows(name: &str, real: &RealTable, columns: &str) -> String {
    let table = name.split('.').map(quoted).collect::<Vec<_>>().join(".");
    let within = if real.is_guarded && real.columns.contains_key("org_id") { "where org_id = $1" } else { "" };
    let order = real.key.iter().map(|column| format!("{} desc", quoted(column))).collect::<Vec<_>>().join(", ");
    let order = if order.is_empty() { String::new() } else { format!("order by {order}") };
    let newest = format!("(select {columns} from {table} {within} {order} limit {ROWS})");
    let wanted = f64::from(ROWS) * 2.0;
    if real.rows <= wanted {
        return newest;
    }
    let share = 100.0 * wanted / real.rows;
    format!("{newest} union all (select {columns} from {table} tablesample system ({share:.6}) {within} limit {ROWS})")
}

fn form(type_name: &str) -> Option<Form> {
    match type_name {
        "text" | "character varying" | "json" | "jsonb" | "text[]" | "xml" | "name" => Some(Form::Text),
        "bytea" => Some(Form::Bytes),
        "bytea[]" => Some(Form::ManyBytes),
        _ => None,
    }
}

fn conditions(form: &Form, (name, declared): (&str, Option<&Column>)) -> Vec<(DriftKind, String)> {
    let personal = match declared {
        Some(Column::Personal(personal)) => Some(personal),
        _ => None,
    };
    let (is_sealed, is_identity) = (
        personal.is_some_and(|personal| personal.sealed),
        personal.is_some_and(|personal| personal.category == Category::Identity),
    );
    let value = format!("s.{}", quoted(name));
    let mut conditions = vec![(DriftKind::Canary, canary(form, &value))];
    if is_sealed {
        conditions.push((DriftKind::NotSealed, not_sealed(form, name, &value)));
    } else if matches!(form, Form::Text) && !is_identity {
        // Somebody may be called as they like, also by an address.
        conditions.push((DriftKind::ContactInClear, format!("left({value}::text, {BYTES}) ~ $3")));
    }
    conditions
}

fn canary(form: &Form, value: &str) -> String {
    let bytes = |value: &str| format!("position(convert_to($2, 'UTF8') in substring({value} from 1 for {BYTES})) > 0");
    match form {
        Form::Text => format!("position($2 in left({value}::text, {BYTES})) > 0"),
        Form::Bytes => bytes(value),
        Form::ManyBytes => format!("exists (select from unnest({value}) one where {})", bytes("one")),
    }
}

fn not_sealed(form: &Form, name: &str, value: &str) -> String {
    let is_code = name.ends_with("hmac") || name.ends_with("hash");
    let bytes = |value: &str| {
        if is_code {
            format!("length({value}) <> {CODE}")
        } else {
            format!(
                "length({value}) between 1 and {} or length({value}) > 0 and substring({value} from 1 for 2) <> {HEADER}",
                SHORTEST - 1
            )
        }
    };
    match form {
        Form::Text => format!("{value} is not null"),
        Form::Bytes => bytes(value),
        Form::ManyBytes => format!("exists (select from unnest({value}) one where {})", bytes("one")),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
