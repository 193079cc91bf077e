//! Prosody, with its own file archive.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use rustix::process::Signal;

use super::{Process, give, listens};
use crate::process::Watched;

pub const PORT: u16 = 18111;
const USER: &str = "prosody";

pub struct Prosody(Process);

impl Prosody {
    pub fn is_installed() -> bool {
        Path::new("/usr/bin/prosody").exists()
    }

    /// Configuration and accounts.
    pub fn prepare(folder: &Path, accounts: u32) -> anyhow::Result<()> {
        let data = folder.join("data/localhost/accounts");
        std::fs::create_dir_all(&data)?;
        let text = include_str!("../../peers/prosody.cfg.lua");
        let place = folder.to_str().context("a folder with a plain name")?;
        let text = text.replace("@FOLDER@", place).replace("@PORT@", &PORT.to_string());
        std::fs::write(folder.join("prosody.cfg.lua"), text)?;
        for user in 0..accounts {
            std::fs::write(data.join(format!("u{user}.dat")), "return { [\"password\"] = \"pw\"; };\n")?;
        }
        give(folder, USER)
    }

    pub async fn start(folder: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new("prosody");
        command.arg("-F").arg("--config").arg(folder.join("prosody.cfg.lua")).env("HOME", folder).current_dir(folder);
        let process = Process::start(&mut command, Some(USER), &folder.join("output"))?;
        listens(PORT).await?;
        Ok(Self(process))
    }

    pub fn watched(&self) -> anyhow::Result<Watched> {
        Ok(Watched { server: self.0.id()?, database: None })
    }

    pub fn begun(&self) -> std::time::Instant {
        self.0.begun
    }

    /// The conversation of u0 and u1 has one message that the server wrote, number 0. Copies of it, numbered on and each
    /// with a key of its own, make it `total` long.
    pub fn lengthen(folder: &Path, total: u32) -> anyhow::Result<()> {
        for user in ["u0", "u1"] {
            let path = folder.join(format!("data/localhost/archive/{user}.list"));
            let item = std::fs::read_to_string(&path).context("no archived message")?;
            let (before, rest) = item.split_once("[\"key\"] = \"").context("an archive of another form")?;
            let (_, rest) = rest.split_at_checked(8).context("a key")?;
            let (middle, after) = rest.split_once(".0000.00000000@@").context("a message that is not number 0")?;
            let mut text = item.clone();
            for number in 1..total {
                // Writing into a string never fails.
                let _ = write!(text, "{before}[\"key\"] = \"{number:08x}{middle}.0000.{number:08x}@@{after}");
            }
            std::fs::write(&path, text)?;
        }
        give(folder, USER)
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.0.stop(Signal::TERM).await
    }
}
