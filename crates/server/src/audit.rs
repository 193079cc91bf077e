//! `tulou audit verify`: whether the audit logs are what was written.

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use kernel::audit::{self, Fault, Flaw, Head, Verified};
use kernel::{Actor, App, SystemTx};

/// Reads the logs of one organisation, or of all; an error, naming the lines, when one is not what was written.
pub async fn verify(app: &App, organisation: Option<&str>, noted: Option<&str>) -> Result<String> {
    let noted = noted.map(parsed).transpose()?;
    let mut outside = SystemTx::begin(app).await?;
    let mut logs = Vec::new();
    for org in directory::organisations(&mut outside).await? {
        let mut tx = app.begin(org, Actor::Operator).await?;
        logs.push((org, directory::organisation(&mut tx).await?.slug));
    }
    // The log of an organisation that was dissolved outlives its name.
    logs.extend(dissolution::with_a_log(&mut outside).await?.into_iter().map(|org| (org, org.to_string())));
    logs.retain(|(_, name)| organisation.is_none_or(|wanted| wanted == name));
    let is_found = !logs.is_empty() || organisation.is_none();
    ensure!(is_found, "there is no organisation {}", organisation.unwrap_or_default());
    let (mut said, mut is_intact) = (String::new(), true);
    for (org, name) in logs {
        let mut tx = app.begin(org, Actor::Operator).await?;
        let found = audit::verify(&mut tx, noted.as_ref()).await?;
        is_intact &= found.faults.is_empty();
        tell(&mut said, &name, &found)?;
    }
    if is_intact { Ok(said.trim_end().to_owned()) } else { bail!("{}", said.trim_end()) }
}

fn tell(said: &mut String, name: &str, found: &Verified) -> Result<()> {
    let Head { line, link } = &found.head;
    let link: String = link.iter().map(|byte| format!("{byte:02x}")).collect();
    if found.faults.is_empty() {
        writeln!(said, "{name}: {line} lines, as they were written. Note elsewhere: {line}:{link}")?;
        return Ok(());
    }
    writeln!(said, "{name}: {line} lines, NOT as they were written:")?;
    for Fault { line, flaw } in &found.faults {
        let what = match flaw {
            Flaw::Changed => "is not what was written there",
            Flaw::Missing => "is missing",
            Flaw::Surplus => "stands behind the end or before the beginning",
            Flaw::NotAsNoted => "is not the one that was noted",
            Flaw::Misattributed => "a pseudonym is attributed to somebody else",
        };
        if *line == 0 { writeln!(said, "  {what}")? } else { writeln!(said, "  line {line} {what}")? }
    }
    Ok(())
}

fn parsed(noted: &str) -> Result<Head> {
    let wrong = "what was noted reads LINE:LINK, as an earlier run printed it";
    let (line, link) = noted.split_once(':').context(wrong)?;
    ensure!(link.len() == 64 && link.is_ascii(), wrong);
    let bytes = (0..64).step_by(2).map(|at| u8::from_str_radix(&link[at..at + 2], 16));
    Ok(Head { line: line.parse().context(wrong)?, link: bytes.collect::<Result<_, _>>().context(wrong)? })
}
