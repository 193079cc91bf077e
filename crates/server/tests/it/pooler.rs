//! Behind PgBouncer in transaction mode, where every transaction may get another connection: nothing may be left on one
//! and looked for on the next. Debian's 1.18 keeps no prepared statements either.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cluster::{Binaries, Cluster};
use serde_json::{Value, json};

use crate::house::House;
use crate::people::{client_id, direct, join, set_up};

const PROGRAM: &str = "/usr/sbin/pgbouncer";

struct Pooler {
    child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Pooler {
    /// One that gives two connections to all of its clients, as the user that the database lets in.
    fn start(database: &Cluster) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let held = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = held.local_addr().unwrap().port();
        drop(held);
        let app = database.app();
        let socket = app.get_socket().unwrap().display();
        let (users, file) = (folder.path().join("users.txt"), folder.path().join("pgbouncer.ini"));
        fs::write(&users, "\"tulou_app\" \"\"\n").unwrap();
        let text = format!(
            "[databases]\ntulou = host={socket} port={} dbname={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = transaction\n\
             default_pool_size = 2\nignore_startup_parameters = extra_float_digits,options\n",
            app.get_port(),
            app.get_database().unwrap_or("tulou"),
            users.display(),
        );
        fs::write(&file, text).unwrap();
        for path in [folder.path(), &users, &file] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let (user, group) = owner_of(database.directory());
        let mut command = Command::new(PROGRAM);
        command.arg(&file).uid(user).gid(group).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "pgbouncer did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, port, _folder: folder }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn owner_of(path: &Path) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt;
    let facts = fs::metadata(path).unwrap();
    (facts.uid(), facts.gid())
}

#[tokio::test]
#[ignore = "needs root and Debian's pgbouncer: scripts/test pooler"]
async fn pooler_in_transaction_mode_serves_as_well() {
    let database = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let pooler = Pooler::start(&database);
    let direct_url = database.app().to_url_lossy();
    let house = House::new()
        .with("TULOU_DATABASE_URL", format!("postgres://tulou_app@127.0.0.1:{}/tulou?sslmode=disable", pooler.port))
        .with("TULOU_DATABASE_OWNER_URL", database.owner().to_url_lossy().as_str())
        .with("TULOU_DATABASE_DIRECT_URL", direct_url.as_str())
        .with("TULOU_DATABASE_PREPARED", "false");
    let running = house.start();
    let ann = set_up(&running).await;
    let bob = join(&running, &ann, "Bob").await;
    let talk = direct(&ann, &bob).await;
    let path = format!("/v1/conversations/{talk}/messages");
    // Many at once: each transaction may meet either of the two connections.
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..40 {
        let (who, path) = (if number % 2 == 0 { ann.clone() } else { bob.clone() }, path.clone());
        sending.spawn(async move {
            let body = json!({"v": 1, "kind": "text", "text": format!("{number}")});
            let sent = who.done("POST", &path, json!({"client_id": client_id(), "body": body})).await;
            let list = who.done("GET", "/v1/conversations", Value::Null).await;
            assert_eq!(list["items"][0]["id"].as_str().map(|id| path.contains(id)), Some(true));
            who.done("POST", "/v1/sync", json!({"positions": []})).await;
            sent["seq"].as_i64().unwrap()
        });
    }
    let mut seqs = sending.join_all().await;
    seqs.sort_unstable();
    assert!(seqs.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{seqs:?}");
    let page = bob.done("GET", &format!("{path}?limit=50"), Value::Null).await;
    assert_eq!(page["items"].as_array().unwrap().iter().filter(|one| one["body"]["kind"] == "text").count(), 40);
    let said = running.stop_and_tell();
    assert!(!said.contains("prepared statement"), "{said}");
    drop(pooler);
    database.stop().await.unwrap();
}
