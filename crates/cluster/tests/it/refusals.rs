//! What is refused, in which words, and that a refusal changes nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use cluster::{Binaries, Error, Settings};

use super::{app, data_dir, durable, is_root, started};

async fn refusal(settings: Settings) -> Error {
    match cluster::start(settings).await {
        Ok(_) => panic!("it started"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_second_start_on_the_same_data_directory_names_the_first() {
    let dir = data_dir();
    let first = started(dir.path()).await;
    let error = refusal(durable(dir.path())).await;
    let own = std::process::id();
    assert!(matches!(error, Error::AlreadyRunning { pid, .. } if pid == own), "{error}");
    assert!(error.to_string().contains(&own.to_string()) && error.advice().contains("Stop process"));
    app(&first).await;
    first.stop().await.unwrap();
    started(dir.path()).await.stop().await.unwrap();
}

#[tokio::test]
async fn a_data_directory_of_another_major_version_is_refused_with_the_way_out() {
    let dir = data_dir();
    started(dir.path()).await.stop().await.unwrap();
    let version = dir.path().join("cluster/PG_VERSION");
    let own = fs::read_to_string(&version).unwrap();
    fs::write(&version, "14\n").unwrap();
    let error = refusal(durable(dir.path())).await;
    assert!(matches!(error, Error::OtherMajor { found: 14, .. }), "{error}");
    assert!(error.advice().contains("PostgreSQL 14") && error.advice().contains("pg_upgrade"));
    fs::write(&version, own).unwrap();
    started(dir.path()).await.stop().await.unwrap();
}

#[tokio::test]
async fn missing_programs_are_named() {
    let dir = data_dir();
    let error = refusal(Settings { binaries: Binaries::At("/nowhere".into()), ..durable(dir.path()) }).await;
    assert!(matches!(error, Error::BinariesMissing { .. }), "{error}");
    assert!(error.to_string().contains("/nowhere/bin/postgres") && error.advice().contains("scripts/postgres"));
    assert!(!dir.path().join("cluster").exists());
}

#[tokio::test]
async fn a_program_that_does_not_run_is_named_with_its_words() {
    let dir = data_dir();
    let bin = dir.path().join("postgres-18/bin");
    fs::create_dir_all(&bin).unwrap();
    fs::write(bin.join("postgres"), "#!/bin/sh\necho no such library >&2\nexit 127\n").unwrap();
    fs::set_permissions(bin.join("postgres"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let error =
        refusal(Settings { binaries: Binaries::At(dir.path().join("postgres-18")), ..durable(dir.path()) }).await;
    assert!(matches!(&error, Error::BinariesUnusable { reason, .. } if reason == "no such library"), "{error}");
}

#[tokio::test]
async fn a_data_directory_one_may_not_write_is_refused() {
    // The kernel's own folder takes no files, not even root's.
    let error = refusal(durable("/proc/tulou".as_ref())).await;
    assert!(error.to_string().contains("/proc/tulou"), "{error}");
    assert!(error.advice().contains("/proc/tulou"));
}

#[tokio::test]
#[ignore = "only root's database runs as somebody else: needs root"]
async fn a_data_directory_inside_a_private_folder_is_refused_for_root() {
    assert!(is_root());
    let private = data_dir();
    fs::set_permissions(private.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let error = refusal(durable(&private.path().join("data"))).await;
    assert!(matches!(&error, Error::Unreachable { user, .. } if user == "tulou"), "{error}");
    assert!(error.advice().contains("TULOU_DATA"));
}
