//! Whether an installation is whole: the structure of its database, the seals of what stands in it, and the bytes of its files.

mod bytes;
mod seals;
mod structure;

use anyhow::Result;
use kernel::App;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Every table and index, some rows of each table, the first and the last piece of each file.
    Some,
    /// Everything.
    All,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// What was looked at, with how much there is.
    pub lines: Vec<String>,
    /// What is wrong, by name.
    pub faults: Vec<String>,
}

/// Most faults that are told one by one.
const MOST_TOLD: usize = 100;

impl Found {
    fn fault(&mut self, fault: String) {
        if self.faults.len() < MOST_TOLD {
            self.faults.push(fault);
        } else if self.faults.len() == MOST_TOLD {
            self.faults.push("… and more".to_owned());
        }
    }
}

/// Looks. It writes nothing, and may be done while people work.
pub async fn verify(app: &App, depth: Depth) -> Result<Found> {
    let mut found = Found::default();
    structure::look(app, depth, &mut found).await?;
    seals::look(app, depth, &mut found).await?;
    bytes::look(app, depth, &mut found).await?;
    let keys = app.vault().facts();
    found.lines.push(format!("key ring: {} keys, {} destroyed, {} slots torn", keys.keys, keys.destroyed, keys.torn));
    Ok(found)
}
