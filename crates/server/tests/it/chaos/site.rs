//! A small installation on one machine: three nodes on one PostgreSQL, one bus, one bucket. Everything can be hurt.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use cluster::{Binaries, Cluster, Settings};
use testkit::nats::Nats;
use testkit::weed::{BUCKET, KEEPER, Weed, secret_of};

use super::gate::Gate;
use crate::house::{House, Running};

/// Where clients find the nodes that take them in.
pub type Addresses = Arc<RwLock<Vec<Option<SocketAddr>>>>;

pub struct Site {
    nodes: Vec<Node>,
    pub addresses: Addresses,
    pub nats: Nats,
    database: Cluster,
    _bucket: Weed,
    _folder: tempfile::TempDir,
}

struct Node {
    house: House,
    gate: Gate,
    running: Option<Running>,
}

impl Site {
    /// With so many nodes; the first has made the schema and the keys before the others come.
    pub async fn build(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
        let settings = Settings { binaries: Binaries::for_tests(), ..Settings::new(folder.path().join("database")) };
        let (database, bucket, nats) = (cluster::start(settings).await.unwrap(), Weed::start().await, Nats::start());
        let master_key = folder.path().join("master.key");
        let mut nodes = Vec::new();
        for _ in 0..count {
            let gate = Gate::open(nats.address()).await;
            let house = House::new()
                .with("TULOU_DATABASE_URL", database.app().to_url_lossy().as_str())
                .with("TULOU_DATABASE_OWNER_URL", database.owner().to_url_lossy().as_str())
                .with("TULOU_DATABASE_CONNECTIONS", "6")
                .with("TULOU_BUS_URL", format!("nats://127.0.0.1:{}", gate.port))
                .with("TULOU_MASTER_KEY", master_key.display().to_string())
                .with("TULOU_KEYS_SHARED", "true")
                .with("TULOU_FILES_S3_ENDPOINT", bucket.endpoint())
                .with("TULOU_FILES_S3_BUCKET", BUCKET)
                .with("TULOU_FILES_S3_ACCESS_KEY", KEEPER)
                .with("TULOU_FILES_S3_SECRET_KEY", secret_of(KEEPER))
                .with("TULOU_DRAIN", "1");
            nodes.push(Node { house, gate, running: None });
        }
        let addresses = Arc::new(RwLock::new(vec![None; count]));
        let mut site = Self { nodes, addresses, nats, database, _bucket: bucket, _folder: folder };
        for node in 0..count {
            site.start(node);
        }
        site
    }

    pub fn node(&self, node: usize) -> &Running {
        self.nodes[node].running.as_ref().unwrap()
    }

    pub fn start(&mut self, node: usize) {
        let running = self.nodes[node].house.start();
        self.addresses.write().unwrap()[node] = Some(running.address);
        self.nodes[node].running = Some(running);
    }

    /// Clients are sent there no more, as by a balancer that asks /healthz.
    pub fn hide(&self, node: usize) {
        self.addresses.write().unwrap()[node] = None;
    }

    /// kill -9, as a machine that loses its current.
    pub fn kill(&mut self, node: usize) {
        self.hide(node);
        self.nodes[node].running.take().unwrap().kill();
    }

    /// Asked to stop, and waited for; all it said.
    pub fn stop(&mut self, node: usize) -> String {
        self.nodes[node].running.take().unwrap().stop_and_tell()
    }

    /// Waits for one that was asked to stop; all it said.
    pub fn wait(&mut self, node: usize) -> String {
        self.nodes[node].running.take().unwrap().wait_and_tell()
    }

    /// It does nothing for a while, and does not know.
    pub async fn freeze(&self, node: usize, time: Duration) {
        self.node(node).signal("STOP");
        tokio::time::sleep(time).await;
        self.node(node).signal("CONT");
    }

    /// It has people and the database, and no other node.
    pub async fn cut_off(&self, node: usize, time: Duration) {
        self.nodes[node].gate.shut(true);
        tokio::time::sleep(time).await;
        self.nodes[node].gate.shut(false);
    }

    /// kill -9 of the bus, and later another one in its place.
    pub async fn kill_bus(&mut self, time: Duration) {
        self.nats.kill();
        tokio::time::sleep(time).await;
        self.nats.start_again();
    }

    /// kill -9 of the database; whoever watches over it starts it again.
    pub async fn kill_database(&self) {
        let before = self.database.restarts();
        let killed = Command::new("/bin/kill").args(["-KILL", &self.database.pid().to_string()]).status().unwrap();
        assert!(killed.success());
        while self.database.restarts() == before {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn close(mut self) -> Vec<String> {
        let running: Vec<usize> = (0..self.nodes.len()).filter(|node| self.nodes[*node].running.is_some()).collect();
        let said = running.into_iter().map(|node| self.stop(node)).collect();
        self.database.stop().await.unwrap();
        said
    }
}
