//! `cargo xtask new-domain` in a copy of the repository: what it writes compiles and keeps the contract.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const NAME: &str = "errands";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Always the same folder, so that a second run compiles only what has changed.
fn copy_of_the_repository() -> PathBuf {
    let copy = target().join("new-domain");
    fs::create_dir_all(&copy).unwrap();
    assert!(Command::new("git").args(["init", "--quiet"]).current_dir(&copy).status().unwrap().success());
    let files: Vec<String> = listed(root()).into_iter().filter(|path| is_needed(path)).collect();
    for gone in listed(&copy).iter().filter(|path| !files.contains(path)) {
        fs::remove_file(copy.join(gone)).unwrap();
    }
    let _ = fs::remove_dir_all(copy.join("crates").join(NAME));
    for path in &files {
        let to = copy.join(path);
        let Ok(bytes) = fs::read(root().join(path)) else { continue };
        // Unchanged files keep their times: cargo compiles by them.
        if fs::read(&to).ok().as_ref() != Some(&bytes) {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(&to, bytes).unwrap();
        }
    }
    copy
}

fn listed(dir: &Path) -> Vec<String> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = Command::new("git").args(arguments).current_dir(dir).output().unwrap();
    let names = listed.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8(name.to_vec()).unwrap()).collect()
}

fn is_needed(path: &str) -> bool {
    !["web/", "e2e/", "docs/"].iter().any(|start| path.starts_with(start))
}

/// Runs cargo in the copy to its end and returns what it said.
fn cargo(copy: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(copy).env("CARGO_TARGET_DIR", target());
    // Compiled otherwise than this checkout's, which share the folder, the copy's crates have names of their own: else each
    // would be compiled over the other.
    let is_incremental = std::env::var_os("CARGO_INCREMENTAL").is_none_or(|set| set != "0");
    command.env("CARGO_INCREMENTAL", if is_incremental { "0" } else { "1" });
    // The copy has no PostgreSQL of its own.
    if let Some(postgres) = fetched() {
        command.env("TULOU_POSTGRES", postgres);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "cargo {}:\n{said}", arguments.join(" "));
    said
}

/// The one that tests of this checkout run on.
fn fetched() -> Option<PathBuf> {
    if std::env::var_os("TULOU_POSTGRES").is_some() {
        return None;
    }
    let mut found: Vec<PathBuf> =
        fs::read_dir(root().join(".cache")).ok()?.flatten().map(|entry| entry.path()).collect();
    found.retain(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("postgres-")) && path.is_dir()
    });
    found.into_iter().max()
}

#[test]
fn the_skeleton_compiles_and_keeps_the_contract() {
    let copy = copy_of_the_repository();
    let said =
        Command::new(env!("CARGO_BIN_EXE_xtask")).args(["new-domain", NAME]).current_dir(&copy).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    // With `xtask`, which stands on everything, other people's crates are asked for as by the whole workspace, and are there.
    let said = cargo(&copy, &["test", "--offline", "--package", NAME, "--package", "xtask", "--test", "it"]);
    assert!(said.contains("test contract ... ok"), "{said}");
    assert!(!said.contains(&format!("crates/{NAME}/src")), "the compiler warns:\n{said}");
}

#[test]
fn a_name_that_is_taken_or_no_word_is_refused() {
    for name in ["chat", "Chat", "to-do", "x.y", ""] {
        let said =
            Command::new(env!("CARGO_BIN_EXE_xtask")).args(["new-domain", name]).current_dir(root()).output().unwrap();
        assert!(!said.status.success(), "{name}");
    }
}
