//! Backups of which a part is not what was written: it is named, it keeps nobody from the rest, and what can be copied anew is.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{back_up, done, files, other_machine, refused};
use crate::house::House;
use crate::people::set_up;

/// Changes one bit in the middle.
fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// A house with one file, in which nothing runs.
async fn with_a_file() -> House {
    let house = House::new();
    let running = house.start();
    let ann = set_up(&running).await;
    assert_ne!(ann.upload("one.txt", b"one").await["id"], Value::Null);
    assert!(running.stop().0.success());
    house
}

#[tokio::test]
async fn a_damaged_backup_is_named_and_passed_over_and_the_others_are_put_back() {
    let house = with_a_file().await;
    let folder = house.path("backups");
    let named = folder.to_str().unwrap();
    let [first, second] = [back_up(&house, &folder, &[]).0, back_up(&house, &folder, &[]).0];
    let generations = folder.join("generations");
    flip(&generations.join(&second).join("manifest"));
    // And what a machine that lost its current leaves, or somebody who looked.
    fs::write(generations.join("begun"), b"stray").unwrap();
    fs::create_dir(generations.join("20010101T000000Z")).unwrap();
    fs::write(generations.join("20010101T000000Z/begun"), b"half").unwrap();

    for at in [&["--at", &second][..], &[]] {
        let (succeeded, said) = other_machine(&house).run(&[&["restore", named], at].concat());
        let told = format!("backup {second} is damaged and cannot be put back");
        assert!(!succeeded && said.contains(&told) && said.contains("manifest was changed"), "{said}");
        assert!(said.contains(&format!("there are: {first}")), "{said}");
    }
    let (third, said) = back_up(&house, &folder, &[]);
    assert!(said.contains(&format!("backup {second} is damaged and passed over")), "{said}");
    assert!(said.contains("backup 20010101T000000Z, which was cut, is taken away"), "{said}");
    assert!(generations.join("begun").exists(), "what is none of ours stays");
    let (succeeded, said) = house.run(&["verify", "backup", named]);
    assert!(!succeeded && said.contains(&format!("Backup {second} is damaged and passed over")), "{said}");
    assert!(said.contains(&format!("Backup {third} is whole")), "{said}");
    for id in [&first, &third] {
        let said = done(&other_machine(&house), &["restore", named, "--at", id]);
        assert!(said.contains(&format!("backup {id} is whole")) && said.contains("files: 1 are whole"), "{said}");
    }
}

#[tokio::test]
async fn bytes_that_have_rotten_are_found_and_the_next_backup_copies_them_anew() {
    let house = with_a_file().await;
    let folder = house.path("backups");
    let named = folder.to_str().unwrap();
    let (first, _) = back_up(&house, &folder, &[]);
    let blob = files(&folder.join("blobs")).pop().unwrap();
    let name = blob.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(done(&house, &["verify", "backup", named]).contains("1 segments of files"));
    flip(&blob);
    refused(&house, &["verify", "backup", named], &format!("{name} was changed"));
    refused(&other_machine(&house), &["restore", named], &format!("{name} was changed"));
    let (second, said) = back_up(&house, &folder, &["--drill"]);
    assert!(said.contains(&format!("{name} is not what was written: it is copied anew")), "{said}");
    for id in [&first, &second] {
        assert!(done(&house, &["verify", "backup", named, "--at", id]).contains("1 segments of files"));
    }
    // One that is shorter is seen without that.
    fs::write(&blob, &fs::read(&blob).unwrap()[..20]).unwrap();
    back_up(&house, &folder, &[]);
    done(&house, &["verify", "backup", named]);
    assert!(done(&other_machine(&house), &["restore", named]).contains("files: 1 are whole"));
}

#[tokio::test]
async fn while_the_list_of_a_backup_cannot_be_read_no_bytes_go_and_a_ring_that_has_rotten_is_written_anew() {
    let house = with_a_file().await;
    let folder = house.path("backups");
    let named = folder.to_str().unwrap();
    let (first, _) = back_up(&house, &folder, &[]);
    let list = folder.join("generations").join(&first).join("segments");
    let whole = fs::read(&list).unwrap();
    flip(&list);
    flip(&folder.join("ring"));
    // Nobody needs them any more, as far as can be read.
    let planted = folder.join("blobs/planted");
    fs::write(&planted, b"planted").unwrap();
    refused(&house, &["verify", "backup", named], "ring was changed");
    let (_, said) = back_up(&house, &folder, &[]);
    assert!(said.contains("the key ring beside the backups is written anew"), "{said}");
    assert!(said.contains(&format!("no bytes of files go as long as backup {first} is there")), "{said}");
    assert!(planted.exists());
    done(&house, &["verify", "backup", named]);
    refused(&house, &["verify", "backup", named, "--at", &first], "segments was changed");
    fs::write(&list, whole).unwrap();
    back_up(&house, &folder, &[]);
    assert!(!planted.exists());
    done(&house, &["verify", "backup", named, "--at", &first]);
}
