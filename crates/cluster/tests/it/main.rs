//! The private cluster driven for real: started, killed, filled up, and asked what it still has.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod crash;
mod refusals;
mod space;
mod start;

use std::path::Path;

use cluster::{Binaries, Cluster, Settings};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// A data directory that the database's user can reach.
fn data_dir() -> TempDir {
    tempfile::Builder::new().prefix("tulou-cluster-").tempdir().unwrap()
}

fn durable(data_dir: &Path) -> Settings {
    Settings { binaries: Binaries::for_tests(), ..Settings::new(data_dir) }
}

async fn started(data_dir: &Path) -> Cluster {
    cluster::start(durable(data_dir)).await.unwrap()
}

async fn app(cluster: &Cluster) -> PgConnection {
    PgConnection::connect_with(&cluster.app()).await.unwrap()
}

async fn owner(cluster: &Cluster) -> PgConnection {
    PgConnection::connect_with(&cluster.owner()).await.unwrap()
}

/// Tries until it succeeds; a minute is more than anything here may take.
async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut attempt: impl FnMut() -> F) -> T {
    let begun = std::time::Instant::now();
    while begun.elapsed().as_secs() < 60 {
        if let Some(value) = attempt().await {
            return value;
        }
        // Another process works meanwhile; there is no clock of ours to set.
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("{what} did not happen within a minute");
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
