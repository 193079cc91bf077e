//! What a run plays on: a database, a bucket, three nodes, a company with its people and conversations, their devices.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use serde_json::{Value, json};
use tokio::task::{JoinHandle, spawn_local};

use super::bucket::Bucket;
use super::database::Database;
use super::device::Device;
use super::nats::Nats;
use super::node::{Ground, Node};
use super::world::{Talk, World};
use crate::folder::Folder;
use crate::house::House;

pub const NODES: usize = 3;
const PEOPLE: usize = 6;
/// Some have two devices, some three.
const DEVICES: [usize; PEOPLE] = [3, 2, 3, 2, 3, 2];
const DIRECTS: [(usize, usize); 4] = [(0, 1), (2, 3), (4, 5), (0, 4)];
const GROUPS: [&[usize]; 3] = [&[0, 1, 2, 3, 4, 5], &[1, 2, 4], &[0, 3, 5]];
/// What is not answered for so long is handed over again.
const AGAIN: Duration = Duration::from_secs(5);
/// Enough for a run, little enough to be filled at once.
const DISK: &str = "size=640m,mode=755";

/// What is installed, and how it is run.
pub struct Programs {
    pub tulou: PathBuf,
    pub postgres: PathBuf,
    pub weed: PathBuf,
    /// None: nodes hear each other by the database.
    pub nats: Option<PathBuf>,
    /// We are root in a mount space of our own.
    pub may_mount: bool,
}

/// Ends what it started when it goes: nodes first, then what they stand on, then the folder.
pub struct Stage {
    pub nodes: Vec<Node>,
    pub database: Database,
    bucket: Bucket,
    pub nats: Option<Nats>,
    pub world: Rc<World>,
    pub devices: Vec<Rc<Device>>,
    /// One sign-in of each person, to ask what the server says.
    pub tokens: Vec<String>,
    lives: Vec<JoinHandle<()>>,
    _disk: Option<Disk>,
    _folder: Folder,
}

/// A disk for the database that can be filled.
struct Disk(PathBuf);

impl Stage {
    pub async fn set(programs: &Programs) -> Result<Self> {
        // What is ended by a signal leaves the system what it wrote: a disk in memory proves the same.
        let folder = Folder::anywhere("chaos")?;
        // Started as root, the database runs as another user, who must be able to pass.
        fs::set_permissions(&folder.path, fs::Permissions::from_mode(0o711))?;
        let place = folder.path.join("database");
        let disk = programs.may_mount.then(|| Disk::mount(&place)).transpose()?;
        let database = Database::create(&place, &programs.postgres).await?;
        let bucket = Bucket::start(&folder.path.join("bucket"), &programs.weed).await?;
        let nats = match &programs.nats {
            Some(nats) => Some(Nats::create(&folder.path, nats).await?),
            None => None,
        };
        let mut nodes = Vec::with_capacity(NODES);
        let ground = Ground { database: &database, bucket: &bucket, nats: nats.as_ref() };
        for number in 0..NODES {
            nodes.push(Node::prepare(&programs.tulou, &folder.path, number, ground).await?);
        }
        nodes[0].start().await?;
        // Before there are others: each node that starts where nobody has set up shows a code of its own, which replaces
        // the last one.
        let code = nodes[0].code().await?;
        let house = House::found(format!("http://{}", nodes[0].address()), &code, PEOPLE).await?;
        let (first, others) = nodes.split_at_mut(1);
        others.iter().try_for_each(|node| node.take_master_key(&first[0]))?;
        try_join_all(others.iter_mut().map(Node::start)).await?;
        let talks = talks(&house).await?;
        let people = house.people.iter().map(|person| person.member.clone()).collect();
        let addresses = nodes.iter().map(Node::address).collect();
        let world = World::new("bench", (addresses, AGAIN), people, talks)?;
        let devices = devices(&house, &world).await?;
        let tokens = house.people.iter().map(|person| person.token.clone()).collect();
        let lives = devices.iter().map(|device| spawn_local(Rc::clone(device).live())).collect();
        Ok(Self { nodes, database, bucket, nats, world, devices, tokens, lives, _disk: disk, _folder: folder })
    }

    /// Ends the devices' lives, and then everything else, in order.
    pub async fn strike(mut self) -> Result<()> {
        self.world.is_over.set(true);
        for life in self.lives.drain(..) {
            life.await?;
        }
        for node in &mut self.nodes {
            node.stop().await?;
        }
        self.database.stop().await?;
        if let Some(nats) = &mut self.nats {
            nats.stop().await?;
        }
        self.bucket.stop().await
    }

    /// The logs of all, for whoever looks for a reason.
    pub fn keep_logs(&self, to: &Path) -> Result<()> {
        fs::create_dir_all(to)?;
        let logs = self.nodes.iter().map(|node| node.log().to_owned());
        for log in logs.chain([self.database.folder().with_extension("log")]) {
            fs::copy(&log, to.join(log.file_name().context("a log")?))?;
        }
        Ok(())
    }
}

/// Direct conversations and groups, begun by who is named first.
async fn talks(house: &House) -> Result<Vec<Talk>> {
    let mut talks = Vec::with_capacity(DIRECTS.len() + GROUPS.len());
    for (one, other) in DIRECTS {
        let body = json!({ "kind": "direct", "member_id": house.people[other].member });
        talks.push(Talk { id: house.begin(one, body).await?, people: vec![one, other] });
    }
    for (number, people) in GROUPS.iter().enumerate() {
        let others: Vec<&str> = people[1..].iter().map(|person| house.people[*person].member.as_str()).collect();
        let body: Value = json!({ "kind": "group", "name": format!("Group {number}"), "member_ids": others });
        talks.push(Talk { id: house.begin(people[0], body).await?, people: people.to_vec() });
    }
    Ok(talks)
}

/// The first of each person uses the sign-in there is already, the others sign in by themselves.
async fn devices(house: &House, world: &Rc<World>) -> Result<Vec<Rc<Device>>> {
    let mut devices = Vec::new();
    for (person, count) in DEVICES.into_iter().enumerate() {
        for device in 0..count {
            let token = match device {
                0 => house.people[person].token.clone(),
                _ => house.sign_in(&format!("p{person}"), &House::password_of(person)).await?.token,
            };
            let number = u32::try_from(devices.len())?;
            devices.push(Device::new(world, number, person, token));
        }
    }
    Ok(devices)
}

impl Disk {
    fn mount(place: &Path) -> Result<Self> {
        fs::create_dir_all(place)?;
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", DISK, "tmpfs"]).arg(place).status()?;
        ensure!(status.success(), "no disk can be mounted");
        Ok(Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It would go with our mount space; until then the folder could not be removed.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}
