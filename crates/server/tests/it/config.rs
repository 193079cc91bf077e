//! A wrong setting is named with its place, and all of them at once.

use std::path::Path;

use server::config::{Given, KEYS, Role, Source, load};

use crate::house::{House, write};

fn given(text: &str, variables: &[(&str, &str)]) -> (tempfile::TempDir, Given) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("tulou.toml");
    write(&file, text);
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    (dir, Given { file: Some(file), variables, flags: Vec::new() })
}

fn problems(text: &str, variables: &[(&str, &str)]) -> String {
    let (_dir, given) = given(text, variables);
    load(&given).unwrap_err().to_string()
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let said = problems("listen = \"somewhere\"\n\n[database]\nprepaired = false\nconnections = 1\n", &[]);
    assert!(said.contains("tulou.toml:1: listen: \"somewhere\" is not an address"), "{said}");
    assert!(
        said.contains("tulou.toml:4: database.prepaired is not a setting; did you mean database.prepared?"),
        "{said}"
    );
    assert!(said.contains("tulou.toml:5: database.connections: 1 is not between 4 and 200"), "{said}");
}

#[test]
fn a_wrong_variable_is_named() {
    let said = problems("", &[("TULOU_LISTEN", "x"), ("TULOU_DATABASE_URl", "y")]);
    assert!(said.contains("TULOU_LISTEN: listen:"), "{said}");
    assert!(said.contains("TULOU_DATABASE_URl: is not a setting; did you mean TULOU_DATABASE_URL?"), "{said}");
}

#[test]
fn later_sources_win_and_are_shown() {
    let (_dir, mut given) =
        given("listen = \"127.0.0.1:1\"\n[log]\nlevel = \"warn\"\n", &[("TULOU_LISTEN", "127.0.0.1:2")]);
    given.flags = vec![("listen", "127.0.0.1:3".to_owned())];
    let loaded = load(&given).unwrap();
    assert_eq!(loaded.config.listen.port(), 3);
    assert_eq!(loaded.sources["listen"], Source::Flag("listen"));
    assert_eq!(loaded.sources["log.level"].to_string(), format!("{}:3", given.file.unwrap().display()));
    assert!(!loaded.sources.contains_key("public_url"));
}

#[test]
fn keys_that_need_each_other_are_asked_for_together() {
    let said = problems("[tls]\ncertificate = \"a.pem\"\n", &[]);
    assert!(said.contains(":2: tls.certificate needs tls.key beside it"), "{said}");
    assert!(said.contains("public_url is needed with TLS"), "{said}");
    let said = problems("trusted_proxies = [\"10.0.0.1\"]\n", &[]);
    assert!(said.contains("public_url is needed behind a proxy"), "{said}");
}

#[test]
fn a_node_does_a_part_of_the_work_only_where_there_may_be_others() {
    let said = problems("role = \"web\"\n", &[]);
    assert!(said.contains(":1: a private database has one node, which does everything"), "{said}");
    let direct = [("TULOU_DATABASE_DIRECT_URL", "postgres://tulou_app@host/tulou")];
    let said = problems("role = \"waiter\"\n", &direct);
    assert!(said.contains(":1: role: \"waiter\" is not web, worker or all"), "{said}");
    assert!(said.contains("database.direct_url needs database.url beside it"), "{said}");
    let app = ("TULOU_DATABASE_URL", "postgres://tulou_app@host/tulou");
    let owner = ("TULOU_DATABASE_OWNER_URL", "postgres://tulou_owner@host/tulou");
    let (_dir, mut given) = given("", &[app, owner]);
    given.flags = vec![("role", "worker".to_owned())];
    assert_eq!(load(&given).unwrap().config.role, Role::Worker);
}

#[test]
fn a_key_ring_stands_in_a_bucket_only_where_nodes_can_share_it() {
    let said = problems("key_ring = \"bucket\"\n", &[]);
    assert!(said.contains(":1: a key ring in the bucket needs database.url beside it"), "{said}");
    assert!(said.contains(":1: a key ring in the bucket needs files.s3.endpoint beside it"), "{said}");
    let said = problems("key_ring = \"pocket\"\n", &[]);
    assert!(said.contains(":1: key_ring: \"pocket\" is not folder or bucket"), "{said}");
}

/// What lasts longer than a transaction needs a connection that a pooler does not lend to others meanwhile.
#[test]
fn a_pooler_that_keeps_no_prepared_statements_has_a_way_around_it() {
    let app = ("TULOU_DATABASE_URL", "postgres://tulou_app@pooler/tulou");
    let owner = ("TULOU_DATABASE_OWNER_URL", "postgres://tulou_owner@host/tulou");
    let said = problems("[database]\nprepared = false\n", &[app, owner]);
    assert!(said.contains(":2: database.prepared = false needs database.direct_url beside it"), "{said}");
    let direct = ("TULOU_DATABASE_DIRECT_URL", "postgres://tulou_app@host/tulou");
    let (_dir, given) = given("[database]\nprepared = false\n", &[app, owner, direct]);
    assert!(!load(&given).unwrap().config.database_prepared);
}

#[test]
fn nats_is_named_where_there_may_be_several_nodes_and_its_address_names_nobody() {
    let said = problems("[bus.nats]\nurl = \"nats://127.0.0.1\"\n", &[]);
    assert!(said.contains(":2: a private database has one node, which tells nobody"), "{said}");
    let said = problems("[bus.nats]\nurl = \"nats://ann:secret@host\"\nkey = \"key.pem\"\n", &[]);
    assert!(said.contains(":2: bus.nats.url: ") && said.contains("who we are is not said there"), "{said}");
    assert!(said.contains(":3: bus.nats.key needs bus.nats.certificate beside it"), "{said}");
    let said = problems("[bus.nats]\nuser = \"tulou\"\n", &[]);
    assert!(said.contains(":2: bus.nats.user needs bus.nats.url beside it"), "{said}");
    let app = ("TULOU_DATABASE_URL", "postgres://tulou_app@host/tulou");
    let owner = ("TULOU_DATABASE_OWNER_URL", "postgres://tulou_owner@host/tulou");
    let (_dir, given) = given("[bus.nats]\nurl = \"tls://a.example.org, tls://b.example.org\"\n", &[app, owner]);
    assert!(load(&given).unwrap().config.nats().unwrap().is_private());
}

#[test]
fn a_bucket_is_named_whole() {
    let said = problems("[files.s3]\nendpoint = \"https://s3.example.org\"\nbucket = \"Tulou Files\"\n", &[]);
    assert!(said.contains(":3: files.s3.bucket: \"Tulou Files\" is not a bucket"), "{said}");
    assert!(said.contains(":2: files.s3.endpoint needs files.s3.access_key beside it"), "{said}");
    assert!(said.contains(":2: files.s3.endpoint needs files.s3.secret_key beside it"), "{said}");
    let said = problems("", &[("TULOU_FILES_S3_ENDPOINT", "s3.example.org")]);
    assert!(
        said.contains("TULOU_FILES_S3_ENDPOINT: files.s3.endpoint: \"s3.example.org\" is not an address"),
        "{said}"
    );
    let said = problems("[backup.s3]\nbucket = \"backups\"\n", &[]);
    assert!(said.contains(":2: backup.s3.bucket needs backup.s3.endpoint beside it"), "{said}");
    let key = "endpoint = \"https://s3.example.org\"\naccess_key = \"a\"\nsecret_key = \"b\"\n";
    let both =
        |backups: &str| format!("[files.s3]\nbucket = \"tulou\"\n{key}[backup.s3]\nbucket = \"{backups}\"\n{key}");
    let said = problems(&both("tulou"), &[]);
    assert!(said.contains(":7: backup.s3.bucket is that of files: backups need one of their own"), "{said}");
    let (_dir, given) = given(&both("backups"), &[]);
    assert_eq!(load(&given).unwrap().config.backup_s3().unwrap().bucket, "backups");
}

#[test]
fn secrets_are_not_shown() {
    let key = "[files.s3]\nendpoint = \"http://127.0.0.1:1\"\nbucket = \"tulou\"\naccess_key = \"canary-a\"\nsecret_key = \"canary-b\"\n";
    let house = House::new();
    write(&house.path("tulou.toml"), key);
    for command in [["config", "show"], ["config", "check"]] {
        let (succeeded, said) = house.run(&command);
        assert!(succeeded && !said.contains("canary-"), "{said}");
    }
    let (_, said) = house.run(&["doctor"]);
    assert!(
        said.contains("the bucket tulou at http://127.0.0.1:1: it may not write: nothing useful answers"),
        "{said}"
    );
    assert!(!said.contains("canary-"), "{said}");
    let house = House::new().with("TULOU_METRICS_TOKEN", "a-token-of-some-length");
    let (succeeded, said) = house.run(&["config", "show"]);
    assert!(succeeded, "{said}");
    assert!(said.contains("TULOU_METRICS_TOKEN") && !said.contains("a-token-of-some-length"), "{said}");
}

#[test]
fn doctor_tries_the_folder_of_files() {
    let house = House::new();
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded && said.contains("/files takes, gives and forgets"), "{said}");
    // It looks; what a first start makes is left to that.
    assert!(said.contains("private, is made at the first start"), "{said}");
    assert!(!house.data().exists(), "a mistyped path leaves nothing");
    std::fs::create_dir(house.data()).unwrap();
    let folder = house.data().join("files");
    write(&folder, "a file in the place of the folder");
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(!succeeded && said.contains("/files cannot be written: check its owner and its disk"), "{said}");
}

#[test]
fn config_check_ends_with_an_error_and_names_the_place() {
    let house = House::new();
    write(&house.path("tulou.toml"), "publik_url = \"https://office.example.org\"\n");
    let (succeeded, said) = house.run(&["config", "check"]);
    assert!(!succeeded);
    assert!(said.contains("tulou.toml:1: publik_url is not a setting; did you mean public_url?"), "{said}");
}

/// The manual has one row for each key, made of the same words.
#[test]
fn the_manual_lists_every_setting() {
    assert!(KEYS.len() <= 40);
    let rows: String = KEYS
        .iter()
        .map(|key| format!("| `{}` | `{}` | {} | {} |\n", key.name, key.variable(), key.default, key.meaning))
        .collect();
    let table = format!("| key | variable | default | |\n| --- | --- | --- | --- |\n{rows}");
    let manual =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations.md")).unwrap();
    let written = manual.split("<!-- keys:begin -->\n").nth(1).unwrap().split("<!-- keys:end -->").next().unwrap();
    assert!(written == table, "docs/operations.md should say:\n{table}");
}
