//! Whoever made the program gets nothing of anybody's account: it is the organisation's, and nothing leaves but for where
//! the operator says (`ACC-15`).

use std::path::{Path, PathBuf};

use kernel::data_map::{Column, Role};
use testkit::TestApp;

use crate::house::House;
use crate::http::get;

/// What a file names that reaches out of the process to another machine; the database is the operator's, as configured.
const WAYS: [&str; 6] = ["reqwest", "AmazonS3Builder", "TcpStream::connect", "UdpSocket", "lookup_host", "async_nats"];
/// What nodes hear each other by; a bucket, by the way out; the way out itself; whether this very server answers; and what
/// keeps the first of them out of the log.
const REACHING: [&str; 5] = [
    "bus/src/nats.rs",
    "files/src/store/s3.rs",
    "kernel/src/outbound.rs",
    "server/src/healthcheck.rs",
    "server/src/log.rs",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn acc_15_there_is_one_way_out_of_the_program() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for one in std::fs::read_dir(&crates).unwrap() {
        let folder = one.unwrap().path().join("src");
        // The kit of tests is in no program.
        if folder.is_dir() && !folder.ends_with("testkit/src") {
            sources(&folder, &mut files);
        }
    }
    let reaches = |path: &&PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        WAYS.iter().any(|way| text.contains(way))
    };
    let name = |path: &PathBuf| path.strip_prefix(&crates).unwrap().display().to_string();
    let mut reaching: Vec<String> = files.iter().filter(reaches).map(name).collect();
    reaching.sort();
    assert_eq!(reaching, REACHING);
}

#[tokio::test]
async fn acc_15_no_host_is_called_but_one_the_operator_names_and_accounts_serve_the_organisation() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let map = t.app.data_map();
    let called: Vec<_> = map.host.iter().map(|(id, host)| (id.as_str(), host.sends.join(", "))).collect();
    let all = [
        ("files.s3", "sealed files, ids, lengths"),
        ("server.backups", "sealed backups, lengths"),
        ("server.nats", "ids, numbers"),
    ];
    assert_eq!(called, all.map(|(id, sends)| (id, sends.to_owned())));
    assert!(map.host.values().all(|host| host.address.is_none()), "no address stands in the program");
    let columns = |schema: &str| {
        let tables = map.table.iter().filter(|(name, _)| name.starts_with(schema));
        let personal = tables.flat_map(|(_, table)| table.columns.values()).filter_map(|column| match column {
            Column::Personal(personal) => Some(personal.purpose.clone()),
            Column::About(_) => None,
        });
        personal.collect::<Vec<_>>()
    };
    for schema in ["identity.", "directory."] {
        let purposes = columns(schema);
        assert!(purposes.len() >= 20, "{schema}: {purposes:?}");
        for purpose in purposes {
            assert_eq!(map.purpose[&purpose].role, Role::Processor, "{purpose}: for the organisation, never for us");
        }
    }
}

#[tokio::test]
async fn acc_15_the_client_reaches_nothing_but_the_server_it_came_from() {
    let running = House::ready().start();
    let page = get(running.address, "/sign-in").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    let sources: Vec<&str> = policy.split(';').flat_map(|one| one.split_whitespace().skip(1)).collect();
    assert!(sources.contains(&"'self'"), "{policy}");
    let is_own = |source: &&str| {
        // Quoted are words: oneself, nobody, a nonce.
        source.starts_with('\'') || ["blob:", "data:"].contains(source) || source.starts_with("ws://127.0.0.1")
    };
    assert!(sources.iter().all(is_own), "{policy}");
}
