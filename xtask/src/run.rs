//! Other programs, and what they say when they fail.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Runs a program to its end and shows what it prints.
pub fn show(dir: &Path, line: &[&str]) -> Result<()> {
    let status = command(dir, line)?.status().with_context(|| format!("starting {}", line.join(" ")))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line.join(" "));
    }
    Ok(())
}

/// Runs a program and returns what it printed.
pub fn output(dir: &Path, line: &[&str]) -> Result<String> {
    let mut command = command(dir, line)?;
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("starting {}", line.join(" ")))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line.join(" "), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("the output of {}", line.join(" ")))
}

fn command(dir: &Path, line: &[&str]) -> Result<Command> {
    let [program, arguments @ ..] = line else { bail!("nothing to run") };
    let mut command = Command::new(program);
    command.args(arguments).current_dir(dir);
    Ok(command)
}
