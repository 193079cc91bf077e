//! The same backups in a bucket that the configuration names.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;
use testkit::Weed;

use super::cut::{Working, killed_at};
use super::{done, other_machine, refused, say};
use crate::house::House;
use crate::people::{in_touch, set_up};

/// That its backups go into this bucket.
fn into(house: House, weed: &Weed, key: [&str; 2]) -> House {
    into_by(house, weed, (&weed.endpoint(), key))
}

fn into_by(house: House, weed: &Weed, (endpoint, [access_key, secret_key]): (&str, [&str; 2])) -> House {
    house
        .with("TULOU_BACKUP_S3_ENDPOINT", endpoint)
        .with("TULOU_BACKUP_S3_BUCKET", weed.bucket())
        .with("TULOU_BACKUP_S3_ACCESS_KEY", access_key)
        .with("TULOU_BACKUP_S3_SECRET_KEY", secret_key)
}

/// A line to the store that can be cut: the store itself takes no harm by that.
struct Line {
    endpoint: String,
    is_cut: Arc<AtomicBool>,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Line {
    fn to(weed: &Weed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let line = Self { endpoint, is_cut: Arc::default(), ends: Arc::default() };
        let (store, is_cut, ends) = (weed.endpoint(), Arc::clone(&line.is_cut), Arc::clone(&line.ends));
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok).filter(|_| !is_cut.load(Ordering::Acquire)) {
                let far = TcpStream::connect(store.trim_start_matches("http://")).unwrap();
                ends.lock().unwrap().extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                pass_on(near.try_clone().unwrap(), far.try_clone().unwrap());
                pass_on(far, near);
            }
        });
        line
    }

    fn cut(&self) {
        self.is_cut.store(true, Ordering::Release);
        for end in self.ends.lock().unwrap().drain(..) {
            // One that has ended already is cut too.
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.is_cut.store(false, Ordering::Release);
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        // However one direction ends, that is its end.
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
}

/// The name of the backup that something was said of.
fn id_in(said: &str) -> String {
    said.split("Backup ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_backup_in_a_bucket_is_put_back_on_another_machine_and_bytes_go_there_once() {
    let weed = Weed::start().await;
    let house = into(House::new(), &weed, weed.key());
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    say(&ann, &conversation, "kept elsewhere").await;
    ann.upload("plan.bin", &vec![7; 9_000_000]).await;
    refused(&house, &["verify", "backup"], "there is no backup in the bucket");
    let said = done(&house, &["backup", "--drill"]);
    let id = id_in(&said);
    assert!(said.contains("files: 2 segments, 8 MiB of them new") && said.contains("Drill: backup"), "{said}");
    assert!(running.stop().0.success());
    let said = done(&house, &["doctor"]);
    assert!(said.contains("the bucket tulou-files takes, gives and forgets"), "{said}");
    assert!(said.contains(&format!("{id} in the bucket tulou-files")), "{said}");
    assert!(done(&house, &["verify", "backup"]).contains(&format!("Backup {id} is whole")));
    let said = done(&house, &["backup"]);
    assert!(said.contains("files: 2 segments, 0 MiB of them new"), "{said}");

    let other = into(other_machine(&house), &weed, weed.guest());
    let said = done(&other, &["restore", "--at", &id]);
    assert!(said.contains("files: 1 are whole"), "{said}");
    let running = other.start();
    let path = format!("/v1/conversations/{conversation}/messages");
    assert!(bob.at(&running).done("GET", &path, Value::Null).await.to_string().contains("kept elsewhere"));
    assert!(running.stop().0.success());
    refused(&other, &["backup"], "Check backup.s3.access_key, secret_key and region");
    refused(&other_machine(&house), &["restore"], "name the folder of the backups, or a bucket");
    let paths = weed.paths().await;
    assert!(paths.iter().all(|path| !path.ends_with("/lock")), "nobody holds it any more: {paths:?}");
}

#[tokio::test]
async fn what_a_broken_line_or_a_killed_backup_left_in_a_bucket_is_no_backup_and_keeps_none_away() {
    let weed = Weed::start().await;
    let line = Line::to(&weed);
    let house = into_by(House::new(), &weed, (&line.endpoint, weed.key()));
    let running = house.start();
    set_up(&running).await.upload("one.txt", b"one").await;
    assert!(running.stop().0.success());
    let whole = id_in(&done(&house, &["backup"]));

    let mut working = Working::start(&house, &["backup"]);
    working.until("begins");
    line.cut();
    assert!(!working.end(), "the store is away");
    line.mend();
    assert!(done(&house, &["verify", "backup"]).contains(&format!("Backup {whole} is whole")));
    killed_at(&house, &["backup"], "begins");
    assert!(done(&house, &["verify", "backup"]).contains(&format!("Backup {whole} is whole")));
    let next = id_in(&done(&house, &["backup"]));
    assert_ne!(next, whole);
    assert!(done(&house, &["verify", "backup"]).contains(&format!("Backup {next} is whole")));
}
