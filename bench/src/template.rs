//! The company as every measurement finds it: built once, copied for each, so that each has fresh data and nobody waits for
//! 500 people to sign in.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use anyhow::ensure;

use crate::folder::Folder;
use crate::house::House;
use crate::peer::tulou::Server;
use crate::target::tulou::Tulou;

/// The first people have a conversation with each of the next.
const SENDERS: usize = 20;
const RECIPIENTS: usize = 200;

/// How many people these workloads need; making one takes four hashes of a password, which are meant to be slow.
pub fn people(workloads: &[&str]) -> usize {
    let needed = workloads.iter().map(|workload| match *workload {
        "history" => 2,
        "direct" | "growth" => RECIPIENTS,
        _ => 500,
    });
    needed.max().unwrap_or(2)
}

/// A stopped server's data, and who can sign in there.
pub struct Template {
    folder: Folder,
    house: House,
}

/// A copy of it, running.
pub struct Copy {
    pub server: Server,
    pub target: Tulou,
    folder: Folder,
}

impl Template {
    /// With so many people; all of them are in its group.
    pub async fn build(port: u16, people: usize) -> anyhow::Result<Self> {
        let folder = Folder::new("template")?;
        let server = Server::start(&folder.path, port).await?;
        let mut house = House::build(&server, people).await?;
        house.furnish(SENDERS.min(people), RECIPIENTS.min(people)).await?;
        server.stop().await?;
        Ok(Self { folder, house })
    }

    /// A copy that has not been started.
    pub fn copy(&self) -> anyhow::Result<Folder> {
        let folder = Folder::new("tulou")?;
        let from: PathBuf = self.folder.path.join(".");
        let status = Command::new("cp").args(["-a", "--reflink=auto"]).arg(from).arg(&folder.path).status()?;
        ensure!(status.success(), "the template cannot be copied");
        Ok(folder)
    }

    pub async fn start(&self, port: u16) -> anyhow::Result<Copy> {
        let folder = self.copy()?;
        let server = Server::start(&folder.path, port).await?;
        let house = House { url: server.url.clone(), ..self.house.clone() };
        Ok(Copy { server, target: Tulou(Rc::new(house)), folder })
    }
}

impl Copy {
    pub fn folder(&self) -> &Path {
        &self.folder.path
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.server.stop().await
    }
}
