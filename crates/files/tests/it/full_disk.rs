//! A disk that is full. Only root may mount a small one: `scripts/test` runs these as a step of their own, and says so
//! where it cannot.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use chrono::TimeDelta;
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::desk::{Desk, noise};
use crate::weed::{Weed, settings};

const CHUNK: usize = 64 * 1024;
const MIB: usize = 1024 * 1024;

/// A small disk where the files of a desk lie.
struct Disk(PathBuf);

impl Disk {
    fn mount(desk: &Desk, mib: usize) -> Self {
        let place = desk.t.app.settings().data_dir.join("files");
        std::fs::create_dir_all(&place).unwrap();
        run(Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "tmpfs"]).arg(&place));
        Self(place)
    }

    fn grow(&self, mib: usize) {
        run(Command::new("mount").args(["-o", &format!("remount,size={mib}m")]).arg(&self.0));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run(Command::new("umount").args(["--lazy"]).arg(&self.0));
    }
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}

/// What this thread writes into the log, a line each.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// The lines with this code.
    fn of(&self, code: &str) -> Vec<String> {
        self.0.lock().unwrap().iter().filter(|line| line.contains(code)).cloned().collect()
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Fields(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
#[ignore = "mounts a disk: needs root"]
async fn full_disk_is_told_to_the_operator_once_a_minute() {
    let log = Log::default();
    let _heard = tracing::subscriber::set_default(log.clone());
    let desk = Desk::new().await;
    let _disk = Disk::mount(&desk, 4);
    let whole = noise(6 * MIB, 3);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    for (later_s, lines) in [(0, 1), (0, 1), (61, 2)] {
        desk.t.clock.advance(TimeDelta::seconds(later_s));
        let kept = desk.offset(&desk.ann, &upload).await;
        let stopped = desk.append(&desk.ann, &upload, kept, Body::from(whole[kept..].to_vec())).await;
        assert_eq!((stopped.status.as_u16(), stopped.code()), (503, "files.no_space".into()));
        let said = log.of("files.no_space");
        assert_eq!(said.len(), lines, "{said:?}");
        assert!(said.iter().all(|line| line.starts_with("WARN") && line.contains("free_bytes=")), "{said:?}");
        assert!(said.iter().all(|line| line.contains("blob_id=") && !line.contains("a.bin")), "{said:?}");
    }
}

#[tokio::test]
#[ignore = "mounts a disk: needs root"]
async fn full_disk_stops_an_upload_where_it_stands_and_it_goes_on_when_there_is_room() {
    let desk = Desk::new().await;
    let disk = Disk::mount(&desk, 20);
    let whole = noise(30 * MIB + 5, 1);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    let stopped = desk.append(&desk.ann, &upload, 0, Body::from(whole.clone())).await;
    assert_eq!((stopped.status.as_u16(), stopped.code()), (503, "files.no_space".into()));
    let kept = desk.offset(&desk.ann, &upload).await;
    // A quarter of a small disk is left to others.
    assert!(kept % CHUNK == 0 && (14 * MIB..16 * MIB).contains(&kept), "{kept}");
    // Once more: what was acknowledged stays, and nothing is half written.
    let again = desk.append(&desk.ann, &upload, kept, Body::from(whole[kept..].to_vec())).await;
    assert_eq!((again.status.as_u16(), again.code()), (503, "files.no_space".into()));
    assert!(desk.offset(&desk.ann, &upload).await >= kept);
    let (status, _) = desk.t.call(&desk.ann, "GET", "/v1/file-policy", json!(null)).await;
    assert_eq!(status, 200);
    disk.grow(64);
    let kept = desk.offset(&desk.ann, &upload).await;
    assert_eq!(desk.append(&desk.ann, &upload, kept, Body::from(whole[kept..].to_vec())).await.status, 204);
    let attached = desk.attach(&desk.ann, upload.rsplit('/').next().unwrap().parse().unwrap()).await;
    assert!(desk.read(&desk.addresses(&desk.ann, &attached).await.download, None).await.body == whole);
}

#[tokio::test]
#[ignore = "mounts a disk: needs root"]
async fn full_disk_before_a_bucket_is_told_as_that() {
    let weed = Weed::start().await;
    let desk = Desk::new().await;
    files::keep_in(&desk.t.app, &settings(&weed)).unwrap();
    let disk = Disk::mount(&desk, 4);
    let whole = noise(9 * MIB, 2);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    let stopped = desk.append(&desk.ann, &upload, 0, Body::from(whole.clone())).await;
    assert_eq!((stopped.status.as_u16(), stopped.code()), (503, "files.no_space".into()));
    disk.grow(64);
    let kept = desk.offset(&desk.ann, &upload).await;
    assert!(kept > 2 * MIB && weed.objects().await == 0, "{kept}");
    assert_eq!(desk.append(&desk.ann, &upload, kept, Body::from(whole[kept..].to_vec())).await.status, 204);
    assert_eq!(weed.objects().await, 2);
}
