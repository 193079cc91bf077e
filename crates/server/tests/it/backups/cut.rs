//! Backups and restores that were cut in the middle: what is half is never taken for whole, and the same command brings it to its end.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

use cluster::Claim;
use serde_json::Value;

use super::{back_up, done, files, other_machine, refused, say};
use crate::house::House;
use crate::people::{in_touch, set_up};

/// The program, while it works.
pub struct Working {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Working {
    pub fn start(house: &House, arguments: &[&str]) -> Self {
        let mut command = house.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// Waits until it says this.
    pub fn until(&mut self, words: &str) {
        let said = self.lines.by_ref().map_while(Result::ok).any(|line| line.contains(words));
        assert!(said, "it never said: {words}");
    }

    /// Ends it without a word.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Whether it came to its end.
    pub fn end(mut self) -> bool {
        self.lines.by_ref().for_each(drop);
        self.child.wait().unwrap().success()
    }
}

/// Starts the program, and ends it without a word once it says this.
pub fn killed_at(house: &House, arguments: &[&str], words: &str) {
    let mut working = Working::start(house, arguments);
    working.until(words);
    working.kill();
}

#[tokio::test]
async fn a_backup_that_was_cut_is_gone_on_with_and_is_none_until_then() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let ann = set_up(&running).await;
    ann.upload("one.txt", b"one").await;
    assert!(running.stop().0.success());
    let (id, _) = back_up(&house, &folder, &[]);
    // As it is when the machine stops in the middle of the files.
    let blob = files(&folder.join("blobs")).pop().unwrap();
    fs::remove_file(&blob).unwrap();
    for part in ["manifest", "segments"] {
        fs::remove_file(folder.join("generations").join(&id).join(part)).unwrap();
    }
    let named = folder.to_str().unwrap();
    refused(&house, &["verify", "backup", named], "no backup in it is whole");
    refused(&other_machine(&house), &["restore", named], "no backup in it is whole");
    let (again, said) = back_up(&house, &folder, &["--drill"]);
    assert_eq!(again, id);
    assert!(said.contains("going on with backup") && blob.exists(), "{said}");
    assert!(said.contains("Drill: backup") && !house.data().join("drill").exists(), "{said}");
    assert!(done(&house, &["verify", "backup", named]).contains("1 segments of files"));
    // In the middle of the database: it is begun anew, and nothing of it is left.
    let cut = folder.join("generations/20010101T000000Z");
    fs::create_dir(&cut).unwrap();
    fs::write(cut.join("database.new"), b"half").unwrap();
    let (next, _) = back_up(&house, &folder, &[]);
    assert!(next != id && !cut.exists());
    // Older ones go, with what only they had; the newest stays whatever its age.
    assert_eq!(fs::read_dir(folder.join("generations")).unwrap().count(), 2);
}

/// A restore that was cut before what was erased had gone again is not served.
#[tokio::test]
async fn a_restore_that_was_cut_is_served_only_after_it_was_brought_to_its_end() {
    let house = House::new();
    let folder = house.path("backups");
    assert!(house.start().stop().0.success());
    back_up(&house, &folder, &[]);
    let other = other_machine(&house);
    let named = folder.to_str().unwrap();
    done(&other, &["restore", named]);
    fs::write(other.data().join("restoring"), "cut").unwrap();
    for arguments in [&["serve"][..], &["doctor"], &["admin", "list", "organisations"], &["backup", named]] {
        refused(&other, arguments, "not to its end");
    }
    done(&other, &["restore", named]);
    assert!(other.start().stop().0.success());
}

/// Wherever it is killed: the same command comes to a whole result.
#[tokio::test]
async fn a_restore_that_was_killed_is_run_again_and_comes_to_a_whole_result() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    say(&ann, &conversation, "before it was lost").await;
    ann.upload("plan.bin", &vec![7; 9_000_000]).await;
    assert!(running.stop().0.success());
    back_up(&house, &folder, &[]);
    let restore = ["restore", folder.to_str().unwrap()];
    let path = format!("/v1/conversations/{conversation}/messages");
    // Before anything is written, or while it is; while files are; before what was erased since is; before it was looked at.
    for words in ["is whole: ", "database: ", "are in their place", "erased again: "] {
        let other = other_machine(&house);
        killed_at(&other, &restore, words);
        // Where it was quicker than whoever killed it, it is further on; what it left is told by this.
        let is_half = other.data().join("restoring").exists();
        if is_half {
            refused(&other, &["doctor"], "not to its end");
        }
        assert!(is_half || !["database: ", "are in their place"].contains(&words), "{words}");
        if is_half || !other.data().join("keys").exists() {
            let said = done(&other, &restore);
            assert!(said.contains("files: 1 are whole"), "{words} {said}");
        }
        let running = other.start();
        let texts = bob.at(&running).done("GET", &path, Value::Null).await.to_string();
        assert!(texts.contains("before it was lost"), "{words} {texts}");
        assert!(done(&other, &["verify", "--all"]).contains("files: 1 are whole"), "{words}");
        assert!(running.stop().0.success());
    }
}

#[tokio::test]
async fn a_second_restore_leaves_the_first_alone() {
    let house = House::new();
    let folder = house.path("backups");
    assert!(house.start().stop().0.success());
    back_up(&house, &folder, &[]);
    let other = other_machine(&house);
    let restore = ["restore", folder.to_str().unwrap()];
    // As it is while the first one works.
    fs::write(other.data().join("restoring"), "").unwrap();
    fs::write(other.data().join("half"), "").unwrap();
    let first = Claim::take(&other.data()).unwrap();
    refused(&other, &restore, "is in use by another Tulou");
    assert!(other.data().join("half").exists());
    drop(first);
    done(&other, &restore);
    assert!(!other.data().join("half").exists());
}
