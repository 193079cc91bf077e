//! What people are called, from memory.

use std::collections::HashMap;
use std::sync::PoisonError;

use kernel::{MemberId, Result, Tx};

use super::{index, person};

/// The names of these members; whoever is erased or was never here is left out.
pub async fn names(tx: &mut Tx, members: &[MemberId]) -> Result<HashMap<MemberId, String>> {
    let mut names = HashMap::with_capacity(members.len());
    let mut unknown = Vec::new();
    {
        let index = index::load(tx).await?;
        let index = index.read().unwrap_or_else(PoisonError::into_inner);
        for id in members {
            match index.name(*id) {
                Some(name) => drop(names.insert(*id, name.to_owned())),
                None => unknown.push(*id),
            }
        }
    }
    // Somebody whom this very transaction added, or another node a moment ago.
    if !unknown.is_empty() {
        let people = person::load_all(tx, &unknown).await?;
        names.extend(people.into_iter().map(|person| (person.id, person.profile.name)));
    }
    Ok(names)
}
