//! A disk that fills up, on a small file system of the test's own.

use std::path::Path;
use std::process::Command;

use cluster::{Cluster, Error};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

use super::{app, data_dir, durable, eventually, owner, started};

/// A data directory on a file system of some megabytes; unmounted when the test ends.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount(megabytes: u32) -> Self {
        let dir = data_dir();
        let size = format!("size={megabytes}m,mode=0711");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(dir.path()).status().unwrap();
        assert!(mounted.success(), "only root may mount a small disk");
        Self(dir)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves this much free for others.
    fn fill_up_to(&self, free: u64) {
        let found = rustix::fs::statvfs(self.path()).unwrap();
        let taken = (found.f_bavail * found.f_frsize).saturating_sub(free);
        let file = std::fs::File::create(self.path().join("filling")).unwrap();
        rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, taken.max(1)).unwrap();
    }

    fn make_space(&self) {
        std::fs::remove_file(self.path().join("filling")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

const MIB: u64 = 1024 * 1024;

async fn make_table(cluster: &Cluster) {
    let mut owner = owner(cluster).await;
    sqlx::query("create table kept (n int, filler text)").execute(&mut owner).await.unwrap();
    sqlx::query("grant select, insert on kept to tulou_app").execute(&mut owner).await.unwrap();
    sqlx::query("insert into kept values (7, '')").execute(&mut owner).await.unwrap();
}

async fn can_write(cluster: &Cluster) -> bool {
    let Ok(mut connection) = PgConnection::connect_with(&cluster.app()).await else { return false };
    sqlx::query("insert into kept values (8, '')").execute(&mut connection).await.is_ok()
}

async fn can_read(cluster: &Cluster) -> bool {
    let Ok(mut connection) = PgConnection::connect_with(&cluster.app()).await else { return false };
    let found = sqlx::query_scalar::<_, i32>("select n from kept where n = 7 limit 1").fetch_one(&mut connection).await;
    found.is_ok_and(|n| n == 7)
}

#[tokio::test]
#[ignore = "mounts a disk: needs root"]
async fn a_first_start_without_space_is_refused_and_leaves_nothing() {
    let disk = SmallDisk::mount(64);
    let Err(error) = cluster::start(durable(disk.path())).await else { panic!("it started") };
    assert!(matches!(error, Error::NoSpace { .. }), "{error}");
    assert!(error.advice().contains("Free some space"));
    assert!(!disk.path().join("cluster").exists() && !disk.path().join("cluster.partial").exists());
}

#[tokio::test]
#[ignore = "mounts a disk: needs root"]
async fn a_nearly_full_disk_is_for_reading_only_until_there_is_space() {
    let disk = SmallDisk::mount(400);
    let cluster = started(disk.path()).await;
    make_table(&cluster).await;
    let mut open_before = app(&cluster).await;
    disk.fill_up_to(20 * MIB);
    eventually("the end of writing", || async { cluster.is_read_only().then_some(()) }).await;
    eventually("a refusal", || async { (!can_write(&cluster).await).then_some(()) }).await;
    assert!(can_read(&cluster).await);
    let refused = eventually_refused(&mut open_before).await;
    assert_eq!(refused, "25006", "the code of a read-only transaction");
    disk.make_space();
    eventually("writing again", || async { can_write(&cluster).await.then_some(()) }).await;
    assert!(!cluster.is_read_only());
    assert_eq!(cluster.restarts(), 0);
    cluster.stop().await.unwrap();
}

/// The code with which a connection that was open all the time is refused.
async fn eventually_refused(connection: &mut PgConnection) -> String {
    loop {
        let tried = sqlx::query("insert into kept values (9, '')").execute(&mut *connection).await;
        if let Err(error) = tried {
            return error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
        }
    }
}

#[tokio::test]
#[ignore = "mounts a disk: needs root"]
async fn a_database_that_ran_into_the_end_of_the_disk_comes_back_for_reading() {
    let disk = SmallDisk::mount(400);
    let cluster = started(disk.path()).await;
    make_table(&cluster).await;
    let reserve = disk.path().join("cluster-reserve");
    let kept = || std::fs::metadata(&reserve).is_ok_and(|metadata| metadata.len() == 32 * MIB);
    eventually("the reserve", || async { kept().then_some(()) }).await;
    let mut writer = app(&cluster).await;
    disk.fill_up_to(0);
    // Faster than the guard looks: one statement that needs more log than there is.
    let flood = "insert into kept select n, repeat('x', 7000) from generate_series(1, 8000) n";
    assert!(sqlx::query(flood).execute(&mut writer).await.is_err());
    eventually("reading", || async { can_read(&cluster).await.then_some(()) }).await;
    disk.make_space();
    eventually("writing again", || async { can_write(&cluster).await.then_some(()) }).await;
    cluster.stop().await.unwrap();
}
