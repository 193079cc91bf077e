//! A database is served with its own key ring only: what another one seals nobody else could open.

use std::fs;
use std::path::Path;

use cluster::{Binaries, Cluster};
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::house::House;
use crate::http::get;
use crate::people::set_up;

/// Files of a folder, one level deep.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Told to use that database.
fn on(database: &Cluster, house: House) -> House {
    let (app, owner) = (database.app().to_url_lossy(), database.owner().to_url_lossy());
    house.with("TULOU_DATABASE_URL", app.as_str()).with("TULOU_DATABASE_OWNER_URL", owner.as_str())
}

#[tokio::test]
async fn a_database_is_served_with_its_own_key_ring_only() {
    let other = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let on_it = |house| on(&other, house);
    let house = on_it(House::new());
    let running = house.start();
    set_up(&running).await;
    assert!(running.stop().0.success());
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded && said.contains("is the one of the database"), "{said}");

    // A fresh data directory: refused, and nothing is made in it that would look like keys.
    let fresh = on_it(House::new());
    for command in ["serve", "doctor"] {
        let (succeeded, said) = fresh.run(&[command]);
        assert!(!succeeded && said.contains("there is no key ring in"), "{command}: {said}");
        assert!(said.contains("put back the key ring and the master key"), "{command}: {said}");
    }
    assert!(!fresh.data().join("keys").exists() && !fresh.data().join("master.key").exists());

    // The ring of another installation.
    let strange = House::new();
    assert!(strange.start().stop().0.success());
    let strange = on_it(strange);
    for command in ["serve", "doctor"] {
        let (succeeded, said) = strange.run(&[command]);
        assert!(!succeeded && said.contains("is not the one this database belongs to"), "{command}: {said}");
    }

    // Its own ring, with the master key of another one.
    let mixed = on_it(House::new());
    copy(&house.data().join("keys"), &mixed.data().join("keys"));
    fs::copy(strange.data().join("master.key"), mixed.data().join("master.key")).unwrap();
    let (succeeded, said) = mixed.run(&["serve"]);
    assert!(!succeeded && said.contains("it is not the key of this key ring"), "{said}");

    // What belongs to it, put back elsewhere.
    fs::copy(house.data().join("master.key"), mixed.data().join("master.key")).unwrap();
    let running = mixed.start();
    assert_eq!(get(running.address, "/v1/capabilities").await.json()["set_up"], true);
    // Both have it now, and would soon have different ones.
    for command in ["serve", "doctor"] {
        let (succeeded, said) = house.run(&[command]);
        assert!(!succeeded && said.contains("another Tulou uses the key ring of this database"), "{command}: {said}");
    }
    assert!(running.stop().0.success());
    assert!(house.start().stop().0.success(), "one after the other");
    other.stop().await.unwrap();
}

#[tokio::test]
async fn a_database_that_is_in_use_and_unmarked_is_marked_with_its_own_key_ring_only() {
    let database = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let house = on(&database, House::new());
    let running = house.start();
    set_up(&running).await;
    assert!(running.stop().0.success());
    // As a version left it that marked none.
    let mut db = PgConnection::connect_with(&database.owner()).await.unwrap();
    sqlx::query("delete from key_ring.ring").execute(&mut db).await.unwrap();

    let fresh = on(&database, House::new());
    let strange = House::new();
    assert!(strange.start().stop().0.success());
    let strange = on(&database, strange);
    let refused = [(&fresh, "there is no key ring in"), (&strange, "is not the one this database belongs to")];
    for (elsewhere, why) in refused {
        for command in ["serve", "doctor"] {
            let (succeeded, said) = elsewhere.run(&[command]);
            assert!(!succeeded && said.contains(why), "{command}: {said}");
        }
    }
    assert!(!fresh.data().join("keys").exists() && !fresh.data().join("master.key").exists());
    let marks = "select count(*) from key_ring.ring";
    assert_eq!(sqlx::query_scalar::<_, i64>(marks).fetch_one(&mut db).await.unwrap(), 0);

    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded && said.contains("is the one of the database"), "{said}");
    assert!(house.start().stop().0.success());
    assert_eq!(sqlx::query_scalar::<_, i64>(marks).fetch_one(&mut db).await.unwrap(), 1);
    db.close().await.unwrap();
    database.stop().await.unwrap();
}

#[tokio::test]
async fn a_key_ring_that_stood_elsewhere_is_used_once_somebody_says_that_it_was_moved() {
    let database = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let house = on(&database, House::new());
    let (succeeded, said) = house.run(&["key-ring", "moved"]);
    assert!(!succeeded && said.contains("belongs to no key ring yet"), "{said}");
    assert!(house.start().stop().0.success());
    let mut db = PgConnection::connect_with(&database.owner()).await.unwrap();
    sqlx::query("update key_ring.ring set place = 'bucket'").execute(&mut db).await.unwrap();
    for command in ["serve", "doctor"] {
        let (succeeded, said) = house.run(&[command]);
        assert!(!succeeded && said.contains("`tulou key-ring moved`"), "{command}: {said}");
    }
    let (succeeded, said) = house.run(&["key-ring", "moved"]);
    assert!(succeeded && said.contains("is the key ring of the database"), "{said}");
    let running = house.start();
    let (succeeded, said) = on(&database, House::new()).run(&["key-ring", "moved"]);
    assert!(!succeeded && said.contains("another Tulou uses the key ring of this database"), "{said}");
    assert!(running.stop().0.success());
    db.close().await.unwrap();
    database.stop().await.unwrap();
}
