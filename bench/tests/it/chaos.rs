//! The short form of `make chaos`, with the server that the tests build.

use std::path::Path;
use std::process::Command;

/// `IM-16`, `IM-17`, `IM-19`: three nodes on one database, one is killed and one stands still; every acknowledged message
/// is there once, in one order, on every device.
#[test]
fn three_nodes_lose_nothing_when_one_is_killed_and_one_stands_still() {
    let bench = Path::new(env!("CARGO_BIN_EXE_bench"));
    // Built by the same command, for the tests of the server.
    let tulou = bench.with_file_name("tulou");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut chaos = Command::new(bench);
    chaos.arg("chaos").arg(tulou).arg("short");
    for (name, usual) in [("TULOU_POSTGRES", "postgres"), ("TULOU_SEAWEEDFS", "seaweedfs")] {
        if std::env::var_os(name).is_none() {
            chaos.env(name, usual_place(&root, usual));
        }
    }
    let output = chaos.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("sound: ").count(), 2, "{said}");
}

/// Where `make packages` puts it.
fn usual_place(root: &Path, name: &str) -> std::path::PathBuf {
    let pin = std::fs::read_to_string(root.join(format!("scripts/{name}.txt"))).expect("its pin");
    let version = pin.split("==").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a version");
    let folder = root.join(format!(".cache/{name}-{version}"));
    if name == "seaweedfs" { folder.join("weed") } else { folder }
}
