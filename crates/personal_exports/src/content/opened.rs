//! Opens what is sealed in a row, as the data map says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use kernel::data_map::{Holds, Opens};
use kernel::{Bucket, INSTALLATION, Result, Tx, VaultError};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::about::About;
use super::plan::{Place, Whose};

/// Under which key a row is sealed.
enum Key {
    /// The owner, the organisation or the installation, and the bucket.
    Of(Uuid, Bucket),
    /// That of what its author said on a day.
    Said(i32),
}

/// What a body repeats when it is somebody else's.
const REPEATED: [&str; 2] = ["text", "files"];

/// The row with what is sealed opened: where it is about them, but somebody else's, or in words of somebody else, nothing stands instead.
pub fn open(
    tx: &Tx,
    place: &Place<'_>,
    about: &About,
    stands_as: &str,
    mut row: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let subject = place.table.subject.as_deref().unwrap_or_default();
    let is_theirs = place.table.through.is_some() || row.get(subject).and_then(Value::as_str) == Some(stands_as);
    let sealed: Vec<(String, &Opens)> =
        row.keys().filter_map(|name| Some((name.clone(), place.opens(name)?))).collect();
    for (name, opens) in sealed {
        let is_own = is_theirs && are_own_words(about, opens, &row);
        let plain = match row.get(&name).and_then(Value::as_str).and_then(bytes).filter(|_| is_own) {
            Some(sealed) => plain(tx, place, about, &row, (opens, &sealed))?,
            None => Value::Null,
        };
        row.insert(name, plain);
    }
    Ok(row)
}

/// Whether nobody else is named as the one whose words they are.
fn are_own_words(about: &About, opens: &Opens, row: &Map<String, Value>) -> bool {
    match opens.unless_from.as_ref().and_then(|column| row.get(column)) {
        None | Some(Value::Null | Value::Bool(false)) => true,
        Some(from) => from.as_str().and_then(|id| id.parse().ok()).is_some_and(|id| about.is(id)),
    }
}

/// Nothing once the key is gone: that is the end of it. Nothing either where it is not what was sealed: one such value keeps nobody from all
/// the others.
fn plain(
    tx: &Tx,
    place: &Place<'_>,
    about: &About,
    row: &Map<String, Value>,
    (opens, sealed): (&Opens, &[u8]),
) -> Result<Value> {
    let (Some(object), Some(key)) = (id(row, &opens.object), key(tx, place, about, row)) else {
        return Ok(Value::Null);
    };
    let vault = tx.app().vault();
    let opened = match key {
        Key::Of(owner, bucket) => vault.open(owner, bucket, &opens.kind, object, sealed),
        Key::Said(day) => vault.open_message(tx.org().0, day, about.member.0, object, sealed),
    };
    let plain = match opened {
        Ok(plain) => plain,
        Err(VaultError::Destroyed | VaultError::Missing) => return Ok(Value::Null),
        Err(VaultError::Tampered) => return Ok(unread(place, object)),
        Err(error) => return Err(error.into()),
    };
    Ok(match opens.holds {
        Holds::Text => Value::String(String::from_utf8_lossy(&plain).into_owned()),
        Holds::Json => match serde_json::from_slice(&plain) {
            Ok(body) => without_repeated(about, opens, body),
            Err(_) => unread(place, object),
        },
        Holds::Bytes => Value::String(STANDARD.encode(&plain)),
    })
}

fn unread(place: &Place<'_>, object: Uuid) -> Value {
    tracing::warn!(place = place.id, row = %object, "a value cannot be read and is missing in a copy");
    Value::Null
}

/// The body without what it repeats of somebody else's.
fn without_repeated(about: &About, opens: &Opens, mut body: Value) -> Value {
    let repeated = opens.repeats.as_deref().and_then(|member| body.get(member));
    let author = repeated.and_then(|repeated| repeated.get("author_id")).and_then(Value::as_str);
    let is_others = author.is_some_and(|author| !author.parse().is_ok_and(|id| about.is(id)));
    if let Some(body) = body.as_object_mut().filter(|_| is_others) {
        body.retain(|name, _| !REPEATED.contains(&name.as_str()));
    }
    body
}

fn key(tx: &Tx, place: &Place<'_>, about: &About, row: &Map<String, Value>) -> Option<Key> {
    let org = tx.org().0;
    let bucket = place.table.bucket.as_deref()?;
    let (kind, column) = bucket.split_once('(').unwrap_or((bucket, ""));
    let column = column.trim_end_matches(')');
    match kind {
        "organisation" => Some(Key::Of(org, Bucket::Organisation)),
        "member" => Some(Key::Of(org, Bucket::Member(about.member.0))),
        "object" if place.whose() == Whose::Account => Some(Key::Of(INSTALLATION, Bucket::Object(about.account.0))),
        "object" => Some(Key::Of(org, Bucket::Object(id(row, column)?))),
        "day" => Some(Key::Said(day(row.get(column)?.as_str()?)?)),
        _ => None,
    }
}

fn id(row: &Map<String, Value>, column: &str) -> Option<Uuid> {
    row.get(column)?.as_str()?.parse().ok()
}

/// The UTC day of an instant, counted from 1970-01-01.
fn day(at: &str) -> Option<i32> {
    i32::try_from(DateTime::parse_from_rfc3339(at).ok()?.timestamp().div_euclid(86_400)).ok()
}

/// Bytes as the database writes them into JSON: `\x` and hexadecimal digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    digits.chunks(2).map(|pair| Some((digit(*pair.first()?)? << 4) | digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use kernel::data_map::Opens;
    use kernel::{AccountId, MemberId};
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::{About, are_own_words, bytes, day, without_repeated};

    fn opens(declared: Value) -> Opens {
        serde_json::from_value(declared).unwrap()
    }

    #[test]
    fn dsr_01_words_of_somebody_else_are_told_from_ones_own() {
        let (me, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let about = About::new(MemberId(me), AccountId(Uuid::from_u128(3)), None);
        let told = opens(json!({ "kind": "k", "object": "id", "unless_from": "from" }));
        let are_own = |from: Value| are_own_words(&about, &told, json!({ "from": from }).as_object().unwrap());
        assert!(are_own(json!(me)) && are_own(Value::Null) && are_own(json!(false)));
        assert!(!are_own(json!(other)) && !are_own(json!(true)) && !are_own(json!("?")));

        let said = opens(json!({ "kind": "k", "object": "id", "holds": "json", "repeats": "forwarded" }));
        let body = |author: Uuid| json!({ "text": "t", "files": [1], "forwarded": { "author_id": author }, "v": 1 });
        assert_eq!(without_repeated(&about, &said, body(me)), body(me));
        let left = json!({ "forwarded": { "author_id": other }, "v": 1 });
        assert_eq!(without_repeated(&about, &said, body(other)), left);
    }

    #[test]
    fn what_the_database_writes_into_json_is_read() {
        assert_eq!(bytes("\\x00ff1a"), Some(vec![0, 255, 26]));
        assert_eq!((bytes("\\x0"), bytes("00"), bytes("\\xzz")), (None, None, None));
        assert_eq!(day("1970-01-02T00:00:00+00:00"), Some(1));
        assert_eq!(day("1970-01-02T01:00:00.123456+08:00"), Some(0));
    }
}
