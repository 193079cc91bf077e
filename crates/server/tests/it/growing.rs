//! From one program with a private database to several nodes, by the steps of docs/scaling.md.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use cluster::{Binaries, Settings};
use serde_json::{Value, json};
use testkit::weed::{BUCKET, KEEPER, Weed, secret_of};

use crate::house::{House, Running};
use crate::people::{Person, client_id, direct, join, set_up};

async fn say(who: &Person, conversation: &str, text: &str) {
    let body = json!({"client_id": client_id(), "body": {"v": 1, "kind": "text", "text": text}});
    who.done("POST", &format!("/v1/conversations/{conversation}/messages"), body).await;
}

async fn texts(who: &Person, conversation: &str) -> Vec<String> {
    let page = who.done("GET", &format!("/v1/conversations/{conversation}/messages"), Value::Null).await;
    let items = page["items"].as_array().unwrap().iter();
    items.filter_map(|one| one["body"]["text"].as_str().map(ToOwned::to_owned)).collect()
}

fn in_bucket(house: House, weed: &Weed) -> House {
    house
        .with("TULOU_FILES_S3_ENDPOINT", weed.endpoint())
        .with("TULOU_FILES_S3_BUCKET", BUCKET)
        .with("TULOU_FILES_S3_ACCESS_KEY", KEEPER)
        .with("TULOU_FILES_S3_SECRET_KEY", secret_of(KEEPER))
}

fn refused(house: &House, why: &str) {
    let (succeeded, said) = house.run(&["serve"]);
    assert!(!succeeded && said.contains(why), "{said}");
}

#[tokio::test]
async fn what_one_machine_held_is_served_by_two_nodes() {
    // One machine.
    let first = House::new();
    let running = first.start();
    let ann = set_up(&running).await;
    let bob = join(&running, &ann, "Bob").await;
    let talk = direct(&ann, &bob).await;
    say(&ann, &talk, "on one machine").await;
    assert!(running.stop().0.success());
    // Its database, started as one of the operator's own.
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let copied = Command::new("cp").arg("-a").arg(first.data().join("cluster")).arg(folder.path()).status().unwrap();
    assert!(copied.success());
    let settings = Settings { binaries: Binaries::for_tests(), ..Settings::new(folder.path()) };
    let database = cluster::start(settings).await.unwrap();
    let on_database = |house: House| {
        house
            .with("TULOU_DATABASE_URL", database.app().to_url_lossy().as_str())
            .with("TULOU_DATABASE_OWNER_URL", database.owner().to_url_lossy().as_str())
            .with("TULOU_DATABASE_CONNECTIONS", "6")
    };
    let first = on_database(first);
    let running = first.start();
    assert_eq!(texts(&bob.at(&running), &talk).await, ["on one machine"]);
    assert!(running.stop().0.success());
    // The key ring goes into the bucket, and is not begun anew where it was.
    let weed = Weed::start().await;
    let first = in_bucket(first, &weed);
    let (succeeded, said) = first.run(&["keys", "share"]);
    assert!(succeeded && said.contains("keys are in the bucket"), "{said}");
    assert!(!first.data().join("keys/000000.keys").exists());
    refused(&first, "set keys.shared");
    let first = first.with("TULOU_KEYS_SHARED", "true");
    // A second node has a master key of its own only by mistake.
    let second = in_bucket(on_database(House::new()), &weed).with("TULOU_KEYS_SHARED", "true");
    refused(&second, "it is missing, and nothing can be read without it");
    let second = second.with("TULOU_MASTER_KEY", first.data().join("master.key").display().to_string());
    let (one, other) = (first.start(), second.start());
    serve_together(&ann, &bob, (&one, &other), &talk).await;
    assert!(one.stop().0.success() && other.stop().0.success());
    database.stop().await.unwrap();
}

/// What is said at one node is read at the other, also by people whose keys were made at either, and what ends at one
/// ends at both.
async fn serve_together(ann: &Person, bob: &Person, (one, other): (&Running, &Running), talk: &str) {
    let (ann, bob) = (ann.at(one), bob.at(other));
    say(&ann, talk, "at the first").await;
    say(&bob, talk, "at the second").await;
    let all = ["on one machine", "at the first", "at the second"];
    for (who, node) in [(&ann, one), (&ann, other), (&bob, one), (&bob, other)] {
        let mut seen = texts(&who.at(node), talk).await;
        seen.sort();
        let mut expected = all.map(ToOwned::to_owned);
        expected.sort();
        assert_eq!(seen, expected);
    }
    let cai = join(other, &ann.at(other), "Cai").await;
    let with_cai = direct(&ann, &cai).await;
    say(&cai.at(one), &with_cai, "made at the second, said at the first").await;
    assert_eq!(texts(&ann.at(other), &with_cai).await.len(), 1);
    bob.done("DELETE", &format!("/v1/sessions/{}", bob.session), Value::Null).await;
    // Every node reads revocations twice a second: within one it is out everywhere.
    let until = Instant::now() + Duration::from_secs(1);
    while bob.at(one).call("GET", "/v1/conversations", Value::Null).await.status != 401 {
        assert!(Instant::now() < until, "a session that was ended at one node lives on at the other");
    }
}
