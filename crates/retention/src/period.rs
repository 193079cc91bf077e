//! Which periods there are for messages: the ones the data map offers, and others within its bounds (`RET-09`).

use kernel::data_map::Rule;
use kernel::{App, Error, Result};

/// The rule that the organisation decides.
const RULE: &str = "RET-09";
/// Days that were never promised to anybody are meant: whoever keeps for less says so twice (`RET-09`).
pub const USUAL: i32 = 90;

/// What the map says of it.
pub fn rule(app: &App) -> Result<&Rule> {
    app.data_map().rule.get(RULE).ok_or_else(|| Error::Internal(anyhow::anyhow!("the data map has no rule {RULE}")))
}

/// One of these; `Invalid` with `below_floor` or `above_most` otherwise.
pub fn checked(app: &App, days: i32) -> Result<i32> {
    let rule = rule(app)?;
    if rule.allows(days) {
        return Ok(days);
    }
    let is_short = rule.own.is_some_and(|[least, _]| days < least);
    let why = if is_short { "below_floor" } else { "above_most" };
    Err(Error::Invalid { field: "chat_retention_days", why })
}
