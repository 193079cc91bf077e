//! The part for programs, `data.json`: described, with an example, in `docs/api/personal-export.md`.

use directory::Organisation;
use kernel::Result;
use kernel::data_map::{DataMap, Export};
use serde::Serialize;
use serde_json::json;

use super::plan::Place;
use super::read::Records;
use super::words;
use crate::model::Row;

/// Its place in the archive.
pub const PATH: &str = "data.json";
/// After the last place.
pub const END: &str = "\n}}\n";
const VERSION: u8 = 1;

/// What stands before the places: whose copy it is.
pub fn begin(row: &Row, organisation: &Organisation, name: &str) -> Result<String> {
    let head = json!({
        "format": "tulou.personal_export",
        "version": VERSION,
        "language": row.language,
        "asked_at": row.asked_at,
        "organisation": { "id": organisation.id, "name": organisation.name },
        "member": { "id": row.member_id, "name": name },
        "account": { "id": row.account_id },
    });
    let head = text(&head)?;
    let open = head.strip_suffix('}').unwrap_or(&head);
    Ok(format!("{open},\n\"places\":{{"))
}

/// Some records of a place, with what comes before the first and after the last of them.
pub fn add(map: &DataMap, row: &Row, place: &Place<'_>, records: &Records) -> Result<String> {
    let mut written = String::new();
    if row.cursor.is_empty() {
        let comma = if row.done.is_empty() { "" } else { "," };
        let title = words::place(place.id).map_or(place.id, |title| row.language.of(title));
        let purposes = place.purposes().into_iter().filter_map(|id| map.purpose.get(id));
        let purposes: Vec<&str> = purposes.map(|purpose| words::named(row.language, &purpose.sentence)).collect();
        let is_own = place.table.export == Export::Own;
        let head = json!({
            "title": title,
            "what": if is_own { "own" } else { "about_me" },
            "purposes": purposes,
            "kept": place.table.rule,
            "columns": records.columns,
        });
        let head = text(&head)?;
        let open = head.strip_suffix('}').unwrap_or(&head);
        written.push_str(&format!("{comma}\n{}:{open},\"records\":[", text(&place.id)?));
    }
    // A page in between may have had none.
    let mut is_first = row.so_far(place.id) == 0;
    for record in &records.rows {
        written.push_str(if is_first { "\n" } else { ",\n" });
        written.push_str(&text(record)?);
        is_first = false;
    }
    if records.next.is_none() {
        written.push_str("]}");
    }
    Ok(written)
}

fn text(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value).map_err(anyhow::Error::from)?)
}
