//! docs/privacy/restriction.md: what a restriction of somebody's data does, purpose by purpose, out of the data map.

use std::fmt::Write;

use anyhow::Result;
use kernel::data_map::Restricted;

use super::data_map::{map_of, word};
use crate::tree::Tree;

const OPENING: &str = "# What freezing somebody's data does

Somebody may ask that what is kept of them is kept and not used otherwise (PIPL 44, GDPR 18, `DSR-04`): they do it themselves under
**Settings → Privacy statement**, or an administrator does at their word. It stays as it is, it is not shown, found, exported, changed or erased, and they
themselves read, write, and use their rights as before. The rules are those of [`crates/restrictions`](../../crates/restrictions/README.md).

Every purpose of the data map says what becomes of it (`restricted`); a purpose that says nothing does not compose. It stops, or it goes on for one of
five reasons: `storage` (it is no more than keeping), `legal_duty` (a law says so), `security` (safety, and that it can be seen who did what),
`rights_of_others` (others have a right to it, such as a message they received), `own_act` (the person does or asks it: that is their consent, GDPR 18 (2)).
What stops asks the directory: a proof by which nobody else changes what is known of whoever is restricted (`EditableMember`), who sees what of whom (`Sight`,
`directory::seen_members`), or `directory::restricted`.

* **Who sees what.** Nobody finds them, in lists, search, departments, groups, address books or by a code, sees whether they are there, or learns what they
  have read. Whoever looks after people finds them by the name, sees where they are and that their data is frozen. To whoever heard of them already, in a
  conversation, the name is left, so that it is known who wrote what.
* **What they may do** is decided as before, and so is whether they come in: roles, suspending and removing are about security. What the organisation does
  with a department as a whole, such as merging it, concerns those in it too.

* **Erasure waits.** Whoever was sent away is not erased while it lasts: they may need what is kept for a claim (GDPR 18 (1) (c)). What an organisation erases
  of everybody, the values of a field, goes of them once their data is used again. Who leaves of their own accord asks for erasure; the restriction ends with
  that. An organisation that is dissolved goes as a whole.
* **Periods go on.** Messages keep their own period: they belong to others too. Logs go when their time by law is over.
* **Others are told.** A program that follows the directory reads `is_restricted` instead of the person, and that nothing is to be deleted (GDPR 19).
* **It ends** at the person's word at once; at an administrator's three days after the person was told (GDPR 18 (3)); by no time of its own. After thirty days
  those who look after people are reminded. Whoever cannot come in, because they were suspended or removed, is told by you.
* **Backups** are kept, and no more. One that is put back knows what was frozen when it was made: freeze again what was frozen since.

Generated from the `data_map.toml` of the crates by `cargo xtask gen`.

| purpose | what for | while it lasts |
| --- | --- | --- |
";

pub fn document(tree: &Tree) -> Result<String> {
    let map = map_of(tree)?;
    let mut page = OPENING.to_owned();
    let mut purposes: Vec<_> = map.purpose.iter().collect();
    purposes.sort_by_key(|(id, purpose)| (purpose.restricted, (*id).clone()));
    for (id, purpose) in purposes {
        let becomes = match purpose.restricted {
            Restricted::Stops => "**stops**".to_owned(),
            goes_on => format!("goes on: `{}`", word(&goes_on)?),
        };
        writeln!(page, "| {id} | {} | {becomes} |", purpose.sentence.en)?;
    }
    Ok(page)
}
