//! What a backup has, what it has not, and what was erased since.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use backups::Depth;
use kernel::{Actor, Bucket};
use serde_json::{Value, json};
use testkit::TestApp;
use uuid::Uuid;

use super::{back_up, done, files, other_machine, refused, say, vault_of};
use crate::house::House;
use crate::people::{Person, client_id, in_touch, set_up};
use crate::time_machine::scan::Scan;

const CANARY: &str = "canary-in-a-message";

async fn texts(who: &Person, conversation: &str) -> String {
    who.done("GET", &format!("/v1/conversations/{conversation}/messages?limit=100"), Value::Null).await.to_string()
}

/// The files in which one of the words stands, in any writing.
fn with_words(folder: &Path, words: &[&str]) -> Vec<PathBuf> {
    let scan = Scan::of(words.iter().copied(), []);
    files(folder).into_iter().filter(|path| !scan.found_in(&fs::read(path).unwrap()).is_empty()).collect()
}

async fn write_until(is_over: Arc<AtomicBool>, who: Person, conversation: String) -> u32 {
    let mut count = 0;
    while !is_over.load(Ordering::Acquire) {
        say(&who, &conversation, "meanwhile").await;
        count += 1;
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_people_write_is_put_back_on_another_machine_with_everything() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    say(&ann, &conversation, CANARY).await;
    let bytes: Vec<u8> = (0..9_000_000_u32).map(|at| (at % 253) as u8).collect();
    let file = ann.upload("plan.bin", &bytes).await;
    let body = json!({"kind": "text", "v": 1, "text": "", "file_ids": [file["id"]]});
    let messages = format!("/v1/conversations/{conversation}/messages");
    let message = ann.done("POST", &messages, json!({"client_id": client_id(), "body": body})).await;

    let is_over = Arc::new(AtomicBool::new(false));
    #[expect(clippy::disallowed_methods, reason = "somebody who writes beside the command is what is tested")]
    let writer = tokio::spawn(write_until(Arc::clone(&is_over), bob.clone(), conversation.clone()));
    let (id, said) = tokio::task::block_in_place(|| back_up(&house, &folder, &[]));
    is_over.store(true, Ordering::Release);
    assert!(writer.await.unwrap() > 0);
    assert!(said.contains("database: ") && said.contains("files: 2 segments"), "{said}");
    // The server of a test answers on a port that doctor does not know.
    assert!(house.run(&["doctor"]).1.contains(&format!("{id} in ")));
    assert!(done(&house, &["verify"]).contains("structure: "), "beside the server");
    assert!(running.stop().0.success());

    let other = other_machine(&house);
    let said = done(&other, &["restore", folder.to_str().unwrap()]);
    for part in ["is whole", "erased again: 0 organisations, 0 people, 0 files", "seals: ", "files: 1 are whole"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let running = other.start();
    let (ann, bob) = (ann.at(&running), bob.at(&running));
    assert!(texts(&bob, &conversation).await.contains("meanwhile"));
    let first = format!("{messages}?limit=100&before=5");
    let earliest = bob.done("GET", &first, Value::Null).await.to_string();
    assert!(earliest.contains(CANARY), "{earliest}");
    let path = format!("{messages}/{}/files/{}", message["seq"], file["id"].as_str().unwrap());
    let addresses = bob.done("GET", &path, Value::Null).await;
    let whole = crate::http::get(running.address, addresses["content"].as_str().unwrap()).await;
    assert!(whole.body == bytes, "the file is what was sent");
    say(&ann, &conversation, "and on it goes").await;
    assert!(done(&other, &["verify", "--all"]).contains("files: 1 are whole"));
    assert!(running.stop().0.success());
    // The next backup of the new machine goes into the same folder, and copies no byte of files again.
    let (_, said) = back_up(&other, &folder, &[]);
    assert!(said.contains("2 segments, 0 MiB of them new"), "{said}");
}

#[tokio::test]
async fn nothing_of_what_people_wrote_stands_readable_in_a_backup_and_the_search_for_it_finds_what_is_planted() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bobcanary").await;
    say(&ann, &conversation, CANARY).await;
    ann.upload("notes.txt", b"canary-in-a-file canary-in-a-file").await;
    assert!(running.stop().0.success());
    let (_, said) = back_up(&house, &folder, &["--drill"]);
    // Names of files and folders say nothing either: a segment lies in the data directory under the ids of whose it is.
    let words =
        [CANARY, "canary-in-a-file", "bobcanary", "ann@example.com", "Acme", "acme", "tulou-master-key", "PG_VERSION"];
    assert_eq!(with_words(&folder, &words), Vec::<PathBuf>::new());
    let said =
        [said, done(&house, &["verify"]), done(&house, &["verify", "backup", folder.to_str().unwrap()])].concat();
    let printed = Scan::of(words.into_iter().filter(|word| *word != "tulou-master-key"), []);
    assert_eq!(printed.found_in(said.as_bytes()), Vec::<&str>::new(), "{said}");
    let names = files(&folder).into_iter().map(|path| path.display().to_string());
    assert_eq!(names.filter(|name| name.contains(&bob.member)).count(), 0);
    assert!(!with_words(&house.data().join("cluster"), &["acme"]).is_empty(), "the database itself has the short name");
    let planted = folder.join("blobs/planted");
    fs::write(&planted, format!("xx{CANARY}xx")).unwrap();
    assert_eq!(with_words(&folder, &words), [planted]);
}

/// Destroys keys as the program does when somebody's time is over, while it does not run.
fn destroy(house: &House, org: Uuid, buckets: &[Bucket]) {
    let vault = vault_of(house);
    vault.destroy(org, buckets).unwrap();
}

/// `DEL-08`: erased is erased, in every backup.
#[tokio::test]
async fn del_08_what_was_erased_after_a_backup_is_erased_in_it_too() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    say(&ann, &conversation, CANARY).await;
    let file = ann.upload("notes.txt", b"what was in it").await;
    let org: Uuid = ann.done("GET", "/v1/organisation", Value::Null).await["id"].as_str().unwrap().parse().unwrap();
    assert!(running.stop().0.success());
    let (first, _) = back_up(&house, &folder, &[]);

    // As it is, everything comes back.
    let before = other_machine(&house);
    done(&before, &["restore", folder.to_str().unwrap()]);
    let running = before.start();
    let seen = ann.at(&running);
    assert!(texts(&seen, &conversation).await.contains(CANARY));
    assert!(seen.done("GET", "/v1/members", Value::Null).await.to_string().contains(&bob.member));
    assert!(running.stop().0.success());

    let today = i32::try_from(std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs() / 86_400).unwrap();
    let days: Vec<Bucket> = (today - 1..=today).map(Bucket::Day).collect();
    let bob_id: Uuid = bob.member.parse().unwrap();
    let blob = files(&house.data().join("files/segments")).pop().unwrap();
    let blob: Uuid = blob.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().parse().unwrap();
    destroy(&house, org, &[days.as_slice(), &[Bucket::Member(bob_id), Bucket::Object(blob)]].concat());
    let lost_ring = house.data().join("keys");

    // The server is lost before its next backup, and its disk is left: its ring is newer than the one beside the backups.
    let with_ring = other_machine(&house);
    let said = done(&with_ring, &["restore", folder.to_str().unwrap(), "--ring", lost_ring.to_str().unwrap()]);
    assert!(said.contains("erased again: 0 organisations, 1 people, 1 files"), "{said}");

    // Or the next backup is made: from then on the one before has forgotten too.
    let (second, _) = back_up(&house, &folder, &[]);
    assert_ne!(first, second);
    let after = other_machine(&house);
    let said = done(&after, &["restore", folder.to_str().unwrap(), "--at", &first]);
    assert!(said.contains(&format!("backup {first} is whole")), "{said}");
    assert!(said.contains("erased again: 0 organisations, 1 people, 1 files; 0 segments"), "{said}");
    let vault = vault_of(&after);
    assert_eq!(vault.destroyed(org, &days).unwrap(), days);
    drop(vault);
    let running = after.start();
    let ann = ann.at(&running);
    assert!(!texts(&ann, &conversation).await.contains(CANARY));
    assert!(!ann.done("GET", "/v1/members", Value::Null).await.to_string().contains(&bob.member));
    assert_eq!(bob.at(&running).call("GET", "/v1/me", Value::Null).await.status, 401, "nor does Bob come in");
    assert_ne!(file["id"], Value::Null);
    assert!(done(&after, &["verify"]).contains("files: 0 are whole"), "its row is gone with it");
    assert!(running.stop().0.success());
}

/// `DEL-03`: an organisation that was dissolved comes back in no backup.
#[tokio::test]
async fn del_03_an_organisation_that_was_erased_after_a_backup_is_erased_in_it_too() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let ann = set_up(&running).await;
    let org: Uuid = ann.done("GET", "/v1/organisation", Value::Null).await["id"].as_str().unwrap().parse().unwrap();
    assert!(running.stop().0.success());
    let (first, _) = back_up(&house, &folder, &[]);
    let vault = vault_of(&house);
    vault.destroy_organisation(org).unwrap();
    drop(vault);
    back_up(&house, &folder, &[]);
    let other = other_machine(&house);
    let said = done(&other, &["restore", folder.to_str().unwrap(), "--at", &first]);
    assert!(said.contains("erased again: 1 organisations, 0 people"), "{said}");
    let running = other.start();
    assert_eq!(ann.at(&running).call("GET", "/v1/me", Value::Null).await.status, 401);
    assert!(!done(&other, &["admin", "list", "organisations"]).contains("acme"));
    assert!(running.stop().0.success());
}

#[tokio::test]
async fn what_is_not_what_was_written_is_refused_by_name_and_nothing_is_made() {
    let house = House::new();
    let folder = house.path("backups");
    let named = folder.to_str().unwrap();
    let running = house.start();
    let ann = set_up(&running).await;
    ann.upload("one.txt", b"one").await;
    assert!(running.stop().0.success());
    let old_ring = house.path("old-ring");
    let (id, _) = back_up(&house, &folder, &[]);
    fs::copy(folder.join("ring"), &old_ring).unwrap();
    let (newest, _) = back_up(&house, &folder, &[]);
    let other = other_machine(&house);
    assert!(done(&other, &["verify", "backup", named]).contains(&newest), "it is whole");

    let generation = folder.join("generations").join(&newest);
    let blob = files(&folder.join("blobs")).pop().unwrap();
    for path in [
        generation.join("database"),
        generation.join("manifest"),
        generation.join("segments"),
        blob,
        folder.join("ring"),
    ] {
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        for bytes in [changed.as_slice(), &whole[..whole.len() - 1], &[]] {
            fs::write(&path, bytes).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            refused(&other, &["restore", named], &format!("{name} was changed, or cut off, at piece"));
        }
        fs::remove_file(&path).unwrap();
        assert!(!other.run(&["restore", named]).0 || path.ends_with("manifest"), "{} is missing", path.display());
        if path.ends_with("manifest") {
            // Without it the backup is none; the one before it was put there.
            fs::remove_dir_all(other.data()).unwrap();
            fs::create_dir(other.data()).unwrap();
            fs::copy(house.data().join("master.key"), other.data().join("master.key")).unwrap();
        }
        fs::write(&path, whole).unwrap();
        assert_eq!(fs::read_dir(other.data()).unwrap().count(), 1, "only the master key is there");
    }
    let ring = fs::read(folder.join("ring")).unwrap();
    fs::copy(&old_ring, folder.join("ring")).unwrap();
    refused(&other, &["restore", named], "somebody put back an old copy of it");
    fs::write(folder.join("ring"), ring).unwrap();

    let strange = House::new();
    assert!(strange.start().stop().0.success());
    refused(&strange, &["verify", "backup", named], "is not the master key of the backups");
    refused(&strange, &["backup", named], "is not the master key of the backups");
    refused(&house, &["restore", named], "is not empty");
    refused(&other, &["restore", named, "--at", "20010101T000000Z"], &format!("there are {id}, {newest}"));
    refused(&other, &["restore", other.data().to_str().unwrap()], "there is no backup in");
    refused(&house, &["backup", house.data().join("in").to_str().unwrap()], "lies in the data directory");
    refused(&house, &["backup", house.path("").to_str().unwrap()], "has no backups");
    let outside =
        House::new().with("TULOU_DATABASE_URL", "postgres://a").with("TULOU_DATABASE_OWNER_URL", "postgres://b");
    refused(&outside, &["backup", named], "docs/operations.md");
    done(&other, &["restore", named]);
}

#[tokio::test]
async fn a_value_that_was_changed_and_bytes_that_are_missing_are_found() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    crate::erasure::live(&t, &bob, &eve).await;
    let found = backups::verify(&t.app, Depth::All).await.unwrap();
    assert_eq!(found.faults, Vec::<String>::new());
    assert!(found.lines.iter().any(|line| line.starts_with("seals: ")), "{:?}", found.lines);

    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let changed =
        "update directory.member set profile = set_byte(profile, 20, get_byte(profile, 20) # 1) where id = $1";
    sqlx::query(changed).bind(eve.id).execute(tx.db()).await.unwrap();
    let lost = "insert into files.blob (id, size, created_at) values ($1, 9, now())";
    let file = "insert into files.file (id, owner_id, blob_id, name, size, media_type, kind, state, created_at)
                values ($1, $2, $1, '', 9, 'text/plain', 'file', 'ready', now())";
    let blob = t.app.new_id();
    sqlx::query(lost).bind(blob).execute(tx.db()).await.unwrap();
    sqlx::query(file).bind(blob).bind(ann.id).execute(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    t.app.vault().ensure(acme.0, &[Bucket::Object(blob)]).unwrap();
    let faults = backups::verify(&t.app, Depth::Some).await.unwrap().faults;
    let told = |words: &str, id: &str| faults.iter().any(|fault| fault.contains(words) && fault.contains(id));
    assert!(told("directory.member.profile", &eve.id.to_string()), "{faults:?}");
    assert!(told("they are missing or not what was sealed", &blob.to_string()), "{faults:?}");
    // What is to be unreadable is no fault.
    t.app.vault().destroy(acme.0, &[Bucket::Object(blob), Bucket::Member(eve.id.0)]).unwrap();
    let after = backups::verify(&t.app, Depth::Some).await.unwrap().faults;
    assert!(
        after.iter().all(|fault| !fault.contains(&blob.to_string()) && !fault.contains("directory.member.profile")),
        "{after:?}"
    );
}
