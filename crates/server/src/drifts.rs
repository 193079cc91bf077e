//! Where the database differs from the data map, for whoever runs the installation: by place and number, never by content.

use std::fmt::Write;

use anyhow::Result;
use kernel::{App, SystemTx};
use reality::{Drift, DriftKind, Standing};

use crate::checks::CheckState;

const OTHERWISE: &str = "not what the data map says";
const OVERDUE: &str = "the last look";

/// By the last look, or by one now.
pub async fn say(app: &App, now: bool) -> Result<String> {
    if now {
        reality::look(app).await?;
    }
    let mut tx = SystemTx::begin(app).await?;
    let at = tx.now();
    let found = reality::standing(tx.db(), (None, at)).await?;
    tx.commit().await?;
    let mut said = summary(&found);
    for Drift { kind, place, found, first_at, .. } in &found.drifts {
        write!(said, "\n{place}  {}: {found}, since {}", words(*kind), first_at.format("%Y-%m-%d %H:%M"))?;
    }
    Ok(said)
}

/// One line of it.
pub fn summary(found: &Standing) -> String {
    let Some(at) = found.looked_at else { return "nobody has looked yet: that is done once a day".to_owned() };
    let when = at.format("%Y-%m-%d %H:%M");
    match (found.drifts.len(), found.is_overdue) {
        (0, false) => format!("as the data map says, by {} columns and {} rows at {when}", found.places, found.rows),
        (0, true) => format!("{OVERDUE} was at {when}: does the job reality.look run?"),
        (1, _) => format!("1 place is {OTHERWISE}, by the look of {when}"),
        (number, _) => format!("{number} places are {OTHERWISE}, by the look of {when}"),
    }
}

/// How bad such a line is, also one that another program has said.
pub fn state_of(summary: &str) -> CheckState {
    if summary.contains(OTHERWISE) {
        CheckState::Bad
    } else if summary.starts_with(OVERDUE) {
        CheckState::Warn
    } else {
        CheckState::Ok
    }
}

fn words(kind: DriftKind) -> &'static str {
    match kind {
        DriftKind::Undeclared => "is not in the data map",
        DriftKind::Absent => "is in the data map only",
        DriftKind::Unguarded => "has another boundary than is declared",
        DriftKind::NotSealed => "is not sealed",
        DriftKind::ContactInClear => "has contact data in clear",
        DriftKind::Canary => "has words of the canaries in clear",
    }
}
