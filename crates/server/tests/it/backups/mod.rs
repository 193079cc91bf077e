//! Backups of the real program, put back and looked into (`ENC-01`, `ENC-02`, `OPS-02`).

mod bucket;
mod cut;
mod damage;
mod older;
mod whole;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use vault::Vault;

use crate::house::House;
use crate::people::{Person, client_id};

/// The program with these arguments, which succeeds; what it said.
pub fn done(house: &House, arguments: &[&str]) -> String {
    let (succeeded, said) = house.run(arguments);
    assert!(succeeded, "{arguments:?}: {said}");
    said
}

/// The same, refused, in words that have these in them.
pub fn refused(house: &House, arguments: &[&str], words: &str) {
    let (succeeded, said) = house.run(arguments);
    assert!(!succeeded && said.contains(words), "{arguments:?}: {said}");
}

/// A backup; its name.
pub fn back_up(house: &House, folder: &Path, more: &[&str]) -> (String, String) {
    let said = done(house, &[&["backup", folder.to_str().unwrap()], more].concat());
    let id = said.split("Backup ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    (id, said)
}

/// Another machine, on which there is only the master key.
pub fn other_machine(house: &House) -> House {
    let other = House::new();
    fs::create_dir(other.data()).unwrap();
    fs::copy(house.data().join("master.key"), other.data().join("master.key")).unwrap();
    other
}

/// Somebody says it.
pub async fn say(who: &Person, conversation: &str, text: &str) {
    let body = json!({"client_id": client_id(), "body": {"kind": "text", "v": 1, "text": text}});
    who.done("POST", &format!("/v1/conversations/{conversation}/messages"), body).await;
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The keys of a house in which nothing runs.
pub fn vault_of(house: &House) -> Vault {
    Vault::open_dir(&house.data().join("keys"), &house.data().join("master.key")).unwrap()
}
