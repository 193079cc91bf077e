//! Behind PgBouncer in transaction mode, which lends each connection to whoever comes next: what one organisation does there
//! is neither seen nor felt by another.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cluster::{Binaries, Cluster};
use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};
use uuid::Uuid;

use crate::house::House;
use crate::people::{Person, client_id, direct, join, rival, set_up};

/// So few connections that everybody has to take turns.
const CONNECTIONS: usize = 3;
const EACH: usize = 25;
const PATIENCE: Duration = Duration::from_secs(20);
/// What the session of a connection says of itself, in one statement that is not prepared.
const SESSION: &str = "select pg_backend_pid() as pid, coalesce(current_setting('app.org', true), '') as org,
    current_setting('plan_cache_mode') || current_setting('enable_seqscan') || current_setting('enable_bitmapscan') as plans,
    (select count(*) from chat.message) as messages";

struct Pooler {
    child: Child,
    port: u16,
    dir: tempfile::TempDir,
}

impl Pooler {
    /// Lends connections to this database, as the user to whom it belongs.
    async fn before(database: &Cluster) -> Self {
        let owner = fs::metadata(database.directory()).unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o711)).unwrap();
        let port = testkit::free_port();
        let app = database.app();
        let socket = app.get_socket().unwrap().display();
        let configuration = format!(
            "[databases]\ntulou = host={socket} port=5432 dbname=tulou user=tulou_app\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = transaction\ndefault_pool_size = {CONNECTIONS}\nignore_startup_parameters = extra_float_digits\n"
        );
        let file = dir.path().join("pgbouncer.ini");
        fs::write(&file, configuration).unwrap();
        let mut command = Command::new("/usr/sbin/pgbouncer");
        if rustix::process::geteuid().is_root() {
            chown(&file, Some(owner.uid()), Some(owner.gid())).unwrap();
            command.uid(owner.uid()).gid(owner.gid());
        }
        let log = fs::File::create(dir.path().join("log")).unwrap();
        command.arg(&file).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let child = command.spawn().expect("the Debian package pgbouncer is installed");
        let pooler = Self { child, port, dir };
        let until = Instant::now() + PATIENCE;
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(Instant::now() < until, "PgBouncer did not start: {}", pooler.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        pooler
    }

    fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    fn url(&self) -> String {
        format!("postgres://tulou_app@127.0.0.1:{}/tulou?sslmode=disable", self.port)
    }

    /// All of its connections to the database at once, each in a transaction.
    async fn all(&self) -> Vec<PgConnection> {
        let options: PgConnectOptions = self.url().parse().unwrap();
        let mut all = Vec::new();
        for _ in 0..CONNECTIONS {
            let mut db = PgConnection::connect_with(&options).await.unwrap();
            sqlx::raw_sql("begin").execute(&mut db).await.unwrap();
            all.push(db);
        }
        all
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Two colleagues, and where they talk.
struct Pair {
    one: Person,
    other: Person,
    org: Uuid,
    talk: String,
    name: &'static str,
}

impl Pair {
    async fn of(one: Person, other: Person, name: &'static str) -> Self {
        let talk = direct(&one, &other).await;
        let me = one.done("GET", "/v1/organisation", Value::Null).await;
        Self { one, other, org: me["id"].as_str().unwrap().parse().unwrap(), talk, name }
    }

    fn path(&self) -> String {
        format!("/v1/conversations/{}/messages", self.talk)
    }

    /// Says one thing after the other, some with a mention, some handed over twice, and looks around meanwhile.
    async fn talk(&self, who: &Person, by: &str) {
        for number in 0..EACH {
            let mentions = if number % 5 == 0 { json!([self.other.member]) } else { json!([]) };
            let text = format!("{} {by} {number}", self.name);
            let body = json!({"v": 1, "kind": "text", "text": text, "mentions": mentions});
            let message = json!({"client_id": client_id(), "body": body});
            let said = who.done("POST", &self.path(), message.clone()).await;
            if number % 3 == 0 {
                assert_eq!(who.done("POST", &self.path(), message).await["seq"], said["seq"], "it is the same message");
            }
            let listed = who.done("GET", "/v1/conversations", Value::Null).await;
            assert!(listed["items"].as_array().unwrap().iter().any(|one| one["id"] == self.talk.as_str()), "{listed}");
        }
    }

    async fn texts(&self) -> Vec<String> {
        let page = self.one.done("GET", &format!("{}?after=0&limit=100", self.path()), Value::Null).await;
        let text = |message: &Value| message["body"]["text"].as_str().unwrap().to_owned();
        page["items"].as_array().unwrap().iter().map(text).collect()
    }
}

#[tokio::test]
async fn what_one_organisation_does_on_a_pooled_connection_another_neither_sees_nor_feels() {
    let database = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let pooler = Pooler::before(&database).await;
    let house = House::new()
        .with("TULOU_DATABASE_URL", pooler.url())
        .with("TULOU_DATABASE_PREPARED", "false")
        .with("TULOU_DATABASE_DIRECT_URL", database.app().to_url_lossy().as_str())
        .with("TULOU_DATABASE_OWNER_URL", database.owner().to_url_lossy().as_str());
    let running = house.start();
    let ann = set_up(&running).await;
    let bob = join(&running, &ann, "Bob").await;
    let mal = rival(&house, &running).await;
    let moe = join(&running, &mal, "Moe").await;
    let pairs = [Pair::of(ann, bob, "ours").await, Pair::of(mal, moe, "theirs").await];
    let talks = pairs.iter().flat_map(|pair| [pair.talk(&pair.one, "first"), pair.talk(&pair.other, "second")]);
    join_all(talks).await;
    for pair in &pairs {
        let texts = pair.texts().await;
        assert_eq!(texts.len(), 2 * EACH);
        assert!(texts.iter().all(|text| text.starts_with(pair.name)), "{texts:?}");
        for by in ["first", "second"] {
            let in_order: Vec<String> = (0..EACH).map(|number| format!("{} {by} {number}", pair.name)).collect();
            let theirs: Vec<&String> = texts.iter().filter(|text| text.contains(by)).collect();
            assert!(theirs.iter().copied().eq(&in_order), "{theirs:?}");
        }
    }
    let [ours, theirs] = &pairs;
    assert_eq!(theirs.one.call("GET", &ours.path(), Value::Null).await.status, 404);
    nothing_stays(&database, &pooler, &pairs).await;
    let (_, said) = house.run(&["doctor"]);
    assert!(said.contains("what one would tell, others would hear"), "{said}");
    let said = running.stop_and_tell();
    assert!(!said.contains("WARN") && !said.contains("ERROR"), "{said}");
    database.stop().await.unwrap();
}

/// No connection is left in an organisation, or with plans that were for one transaction.
async fn nothing_stays(database: &Cluster, pooler: &Pooler, pairs: &[Pair; 2]) {
    let mut all = pooler.all().await;
    let mut pids = Vec::new();
    for db in &mut all {
        let session = sqlx::raw_sql(SESSION).fetch_one(&mut *db).await.unwrap();
        assert_eq!(session.get::<String, _>("org"), "");
        assert_eq!(session.get::<String, _>("plans"), "autoonon");
        assert_eq!(session.get::<i64, _>("messages"), 0, "whoever is in no organisation sees nothing");
        pids.push(session.get::<i32, _>("pid"));
    }
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), CONNECTIONS);
    // And there is something to see, for each their own.
    for pair in pairs {
        let enter = format!("select set_config('app.org', '{}', true)", pair.org);
        sqlx::raw_sql(AssertSqlSafe(enter)).execute(&mut all[0]).await.unwrap();
        let session = sqlx::raw_sql(SESSION).fetch_one(&mut all[0]).await.unwrap();
        assert_eq!(session.get::<i64, _>("messages"), i64::try_from(2 * EACH).unwrap());
    }
    sqlx::raw_sql("rollback").execute(&mut all[0]).await.unwrap();
    // What the server does goes by these connections, but for the few that last.
    let mut direct = PgConnection::connect_with(&database.app()).await.unwrap();
    let others: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity where usename = 'tulou_app' and pid <> all ($1) and pid <> pg_backend_pid()
            and application_name not in ('tulou-ring', 'tulou-bus', 'tulou-post')",
    )
    .bind(pids)
    .fetch_one(&mut direct)
    .await
    .unwrap();
    assert_eq!(others, 0);
    direct.close().await.unwrap();
}
