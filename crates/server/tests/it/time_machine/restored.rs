//! What `tulou backup` writes, and earlier backups put back when time has gone by: with the keys that there still are they show nothing
//! of what is gone, and what was erased is erased in them again (`DEL-08`, `ENC-02`).

use std::fs;
use std::path::PathBuf;

use backups::{Address, Again, Depot, Depth, KEPT_AT_MOST, Manifest, Source, Target};
use chrono::TimeDelta;
use cluster::{Binaries, Profile, Settings};
use files::Segments;
use kernel::Actor;
use serde_json::Value;
use tempfile::TempDir;
use testkit::{Person, TestApp};
use vault::Vault;

use super::corpus::{ADDRESS, Corpus, HAN, MARK, modules, program, word};
use super::scan::Scan;
use super::{disk, logs, sealed};

/// Where backups are written, as the command does it, beside an installation that runs.
struct Backups {
    folder: TempDir,
    depot: Depot,
    source: Source,
}

impl Backups {
    fn of(t: &TestApp) -> Self {
        let (folder, data) = (tempfile::tempdir().unwrap(), t.app.settings().data_dir.clone());
        let master_key = data.join("master.key");
        let depot = Depot::open_or_make(&Address::Folder(folder.path().to_owned()), &master_key, &data).unwrap();
        let source = Source {
            segments: Segments::open(&data, None).unwrap(),
            ring: data.join("keys"),
            cluster: Settings { data_dir: data, binaries: Binaries::for_tests(), profile: Profile::Testing },
            master_key,
            version: server::VERSION,
        };
        Self { folder, depot, source }
    }

    async fn make(&self) -> Manifest {
        backups::make(&self.source, &self.depot, KEPT_AT_MOST, logs::told).await.unwrap().manifest
    }

    /// Another machine, on which there was only the master key, as `tulou restore` leaves it.
    async fn put_back(&self, t: &TestApp, manifest: &Manifest) -> (TestApp, Again) {
        let data_dir = cluster::temporary_folder().unwrap();
        let master_key = data_dir.join("master.key");
        fs::copy(&self.source.master_key, &master_key).unwrap();
        let binaries = Binaries::for_tests();
        let target = Target { data_dir: data_dir.clone(), binaries, master_key, newer_ring: None, marker: "restoring" };
        backups::restore(&self.depot, manifest, &target, logs::told).unwrap();
        let back = t.put_back(data_dir, modules()).await;
        let again = backups::again(&back.app).await.unwrap();
        (back, again)
    }

    /// Where something of it stands in what was written.
    fn found(&self, scan: &Scan) -> Vec<PathBuf> {
        scan.found_below(&[self.folder.path().to_owned()]).into_iter().map(|found| found.path).collect()
    }
}

async fn shown(t: &TestApp, who: &Person, path: &str) -> String {
    let (status, answer) = t.call(who, "GET", path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer.to_string()
}

async fn count(t: &TestApp, corpus: &Corpus, statement: &'static str) -> i64 {
    let mut tx = t.app.begin(corpus.acme, Actor::System).await.unwrap();
    sqlx::query_scalar(statement).fetch_one(tx.db()).await.unwrap()
}

/// What is gone since the backup is gone in it, and stands nowhere on the machine on which it lies.
async fn shows_nothing(back: &TestApp, corpus: &Corpus, scan: &Scan) {
    let (eve, bob) = (back.sign_in(corpus.acme, corpus.eve.id, corpus.eve.account), &corpus.bob);
    let messages = format!("/v1/conversations/{}/messages", corpus.group);
    assert!(!shown(back, &eve, &messages).await.contains(MARK));
    assert!(!shown(back, &eve, "/v1/members").await.contains(&bob.id.to_string()));
    assert_eq!(back.call(&eve, "GET", &corpus.files.photograph, Value::Null).await.0, 404);
    // What it still has without a key is cleared away by the same jobs as everywhere.
    back.run_jobs().await;
    back.run_subscribers().await;
    assert_eq!(count(back, corpus, "select count(*) from chat.message where author_id is not null").await, 0);
    let values = sealed::values(back, &corpus.orgs()).await;
    let shut = values.iter().filter(|value| value.open(back.app.vault()).is_err()).map(|value| &value.place);
    assert_eq!(shut.collect::<Vec<_>>(), Vec::<&String>::new(), "rows without a key");
    assert!(!values.iter().any(|value| value.is_of(bob.id.0)), "of Bob nothing is left");
    assert_eq!(backups::verify(&back.app, Depth::All).await.unwrap().faults, Vec::<String>::new());
    assert_eq!(disk::found(back, scan, &disk::all(back).await).await, Vec::<String>::new());
}

/// Of what is gone no value that there ever was opens with these keys.
fn opens_nothing(corpus: &Corpus, keys: &Vault) {
    let is_gone = |value: &&sealed::Value| value.is_of(corpus.bob.id.0) || value.place.starts_with("chat.message");
    let gone: Vec<_> = corpus.sealed.iter().filter(is_gone).collect();
    assert!(gone.len() > 12 && gone.iter().all(|value| value.open(corpus.t.app.vault()).is_err()), "{}", gone.len());
    let open = gone.iter().filter(|value| value.open(keys).is_ok()).map(|value| &value.place);
    assert_eq!(open.collect::<Vec<_>>(), Vec::<&String>::new(), "a key came back");
}

#[tokio::test]
async fn del_08_a_backup_of_any_time_before_shows_nothing_of_what_is_gone_since() {
    let corpus = Corpus::planted_in(TestApp::alone(modules(), program()).await).await;
    let (t, bob, backups) = (&corpus.t, &corpus.bob, Backups::of(&corpus.t));
    let scan = Scan::of([MARK, HAN, ADDRESS], corpus.files.pieces.clone());
    let (from, messages) = (t.app.now(), format!("/v1/conversations/{}/messages", corpus.group));
    let first = backups.make().await;
    assert_eq!(backups.found(&scan), Vec::<PathBuf>::new(), "in a backup of everything");
    let ring = fs::read(backups.folder.path().join("ring")).unwrap();

    // As it is, everything comes back.
    let (back, again) = backups.put_back(t, &first).await;
    assert_eq!((again.people, again.files), (0, 0), "{again:?}");
    let eve = back.sign_in(corpus.acme, corpus.eve.id, corpus.eve.account);
    assert!(shown(&back, &eve, &messages).await.contains(MARK));
    assert!(shown(&back, &eve, "/v1/members").await.contains(&bob.id.to_string()));
    assert!(shown(&back, &eve, &corpus.files.photograph).await.contains("thumbnail"));
    assert_eq!(backups::verify(&back.app, Depth::All).await.unwrap().faults, Vec::<String>::new());
    drop(back);

    t.clock.advance(TimeDelta::days(76));
    t.run_jobs().await;
    corpus.prove(&corpus.ann).await;
    corpus.ask(&corpus.ann, ("POST", &format!("/v1/members/{}/remove", bob.id)), Value::Null).await;
    t.run_subscribers().await;
    let second = backups.make().await;
    t.clock.set(from + TimeDelta::days(91) + TimeDelta::seconds(1));
    for _ in 0..2 {
        t.run_jobs().await;
        t.run_subscribers().await;
        t.clock.advance(TimeDelta::hours(1));
    }

    // With the next backup those before it have forgotten too: the keys that it found are overwritten by those that are left.
    let third = backups.make().await;
    let old_keys = Scan::of([], [("the keys of before".to_owned(), ring[ring.len() / 2..][..64].to_vec())]);
    assert_eq!(backups.found(&old_keys), Vec::<PathBuf>::new());
    for (manifest, people) in [(first, 1), (second, 1), (third, 0)] {
        let (back, again) = backups.put_back(t, &manifest).await;
        assert!(again.people == people && (again.files >= 1) == (people == 1), "{}: {again:?}", manifest.id);
        opens_nothing(&corpus, back.app.vault());
        shows_nothing(&back, &corpus, &scan).await;
    }
    assert_eq!(backups.found(&scan), Vec::<PathBuf>::new(), "in any backup");
    assert_eq!(logs::found(&scan), Vec::<String>::new(), "what was said meanwhile, by the commands too");
    let planted = backups.folder.path().join("generations/planted");
    fs::write(&planted, word("planted")).unwrap();
    assert!(backups.found(&scan).contains(&planted));
}
