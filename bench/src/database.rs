//! The private database of a server under measurement, for rows that nobody wants to wait for.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Asks the private database as the role that owns the schema, inside the one organisation.
pub fn ask(data: &Path, sql: &str) -> Result<String> {
    let socket = data.join("run");
    let inside = "select set_config('app.org', (select id::text from directory.organisation limit 1), false)";
    let mut psql = Command::new("psql");
    psql.args(["-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h"]).arg(socket).args(["-p", "5432", "-U", "tulou_owner"]);
    psql.args(["-d", "tulou", "-c", inside, "-c", sql]);
    let output = psql.output().context("psql is not installed")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().next_back().unwrap_or_default().to_owned())
}
