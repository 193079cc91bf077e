//! `tulou verify`: whether an installation is whole; whether a certificate proves what it says, of which only the file is read.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use backups::{Depth, Found};
use clap::{Args, Subcommand};
use kernel::App;
use receipts::{Certificate, Class, Key, Proven};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Verify {
    /// Open every value and every file, not only some of them; it may take hours
    #[arg(long)]
    pub all: bool,
    #[command(subcommand)]
    pub what: Option<What>,
}

#[derive(Subcommand)]
pub enum What {
    /// Whether a certificate proves the erasure it speaks of. Ends with 0 when it does, 1 when not, 2 when it cannot be read
    Erasure {
        /// The certificate, as it was downloaded
        #[arg(value_name = "CERT")]
        certificate: PathBuf,
        /// The key of the log, kept from an earlier time or told by the organisation; else the one in the file is believed
        #[arg(long)]
        key: Option<String>,
    },
    /// Whether a backup is what was written, from its first byte to its last
    Backup {
        /// Where the backups lie; else in the bucket of backup.s3
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
        /// Which, as `tulou backup` named it; else the newest
        #[arg(long, value_name = "BACKUP")]
        at: Option<String>,
    },
}

/// No certificate is longer: a person with a hundred thousand files has one of some three megabytes.
const LONGEST: u64 = 64 << 20;
/// It proves nothing.
const FORGED: u8 = 1;
/// There is nothing to check.
const UNREADABLE: u8 = 2;

/// Looks whether the installation is whole; an error that names what is not.
pub async fn installation(app: &App, depth: Depth) -> Result<String> {
    let Found { lines, faults } = backups::verify(app, depth).await?;
    if faults.is_empty() { Ok(lines.join("\n")) } else { bail!("{}\n{}", faults.join("\n"), lines.join("\n")) }
}

/// Says what the certificate proves, or why it proves nothing.
pub fn erasure(path: &Path, key: Option<&str>) -> ExitCode {
    let (certificate, key) = match read(path, key) {
        Ok(read) => read,
        Err(error) => {
            eprintln!("tulou: {error:#}");
            return ExitCode::from(UNREADABLE);
        }
    };
    match receipts::verify(&certificate, key.as_ref()) {
        Ok(proven) => {
            // Whoever reads on may have read enough.
            let _ = std::io::stdout().write_all(told(&proven, key.as_ref()).as_bytes());
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("NOT proven: {}", fault.words());
            ExitCode::from(FORGED)
        }
    }
}

fn read(path: &Path, key: Option<&str>) -> Result<(Certificate, Option<Key>)> {
    let unread = || path.display().to_string();
    let mut text = String::new();
    let file = File::open(path).with_context(unread)?;
    file.take(LONGEST + 1).read_to_string(&mut text).with_context(unread)?;
    ensure!(u64::try_from(text.len())? <= LONGEST, "{} is longer than any certificate", path.display());
    let certificate = serde_json::from_str(&text)
        .with_context(|| format!("{} is not a certificate of an erasure", path.display()))?;
    let key = key.map(str::parse::<Key>).transpose();
    let key = key.ok().context("a key reads tulou/erasures/…+…+…, as the certificate and the console write it")?;
    Ok((certificate, key))
}

fn told(Proven { receipt, checkpoint, key }: &Proven, pinned: Option<&Key>) -> String {
    let what = match receipt.class {
        Class::Member => "a member",
        Class::Messages => "messages past their time",
        Class::Organisation => "an organisation",
    };
    let rows: u64 = receipt.rows.values().sum();
    let mut said = format!(
        "Proven: the erasure of {what}.\n\
         When       {}\nRule       {}\nRows       {rows}\n",
        receipt.at.format("%Y-%m-%d %H:%M:%S UTC"),
        receipt.rule
    );
    for (table, count) in receipt.rows.iter().filter(|(_, count)| **count > 0) {
        // Nothing else can be written into: it is a text in memory.
        let _ = writeln!(said, "           {count:>8}  {table}");
    }
    let _ = writeln!(said, "Keys       {} destroyed", receipt.keys.len());
    for name in &receipt.keys {
        let _ = writeln!(said, "           {name}");
    }
    let _ = writeln!(said, "Place      {} of {} in {}", receipt.position, checkpoint.size, checkpoint.log);
    let _ = writeln!(said, "Key        {key}");
    said.push_str(if pinned.is_some() {
        "           It is the key that was given.\n"
    } else {
        "           It stands in the file itself: whoever made the file may have made the key. Compare it with the one the\n           \
         organisation told you, or give that with --key.\n"
    });
    said
}
