//! Encrypted on the way: people to the server, the server to somebody else's database. Certificates are made here.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cluster::Binaries;
use reqwest::{Certificate, Client, StatusCode};
use serde_json::json;
use testkit::free_port;

use crate::database::{single_user, single_user_in};
use crate::house::{House, write};

const HOST: &str = "office.example.org";
const PATIENCE: Duration = Duration::from_secs(30);

/// A certificate that vouches for itself, in two files: its own path, its key's, and its text.
fn certificate(house: &House, name: &str, hosts: &[&str]) -> (PathBuf, PathBuf, String) {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(hosts).unwrap();
    let (text, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let (path, key_path) = (house.path(&format!("{name}.pem")), house.path(&format!("{name}.key")));
    write(&path, &text);
    write(&key_path, &key);
    (path, key_path, text)
}

/// Somebody whose machine believes this certificate.
fn browser(house: &House, certificate: &str) -> Client {
    let root = Certificate::from_pem(certificate.as_bytes()).unwrap();
    let address = house.variable("TULOU_LISTEN").parse().unwrap();
    // No connection is kept: each one sees the certificate of its moment.
    let client = Client::builder().add_root_certificate(root).resolve(HOST, address).pool_max_idle_per_host(0);
    client.build().unwrap()
}

/// HSTS and cookies that only this host gets (`CKE-03`: `__Host-`, no domain); a new certificate is taken on `SIGHUP`.
#[tokio::test]
async fn the_server_speaks_https_by_certificate_files() {
    let house = House::ready();
    let (certificate_path, key_path, first) = certificate(&house, "first", &[HOST]);
    let port = free_port();
    let house = house
        .with("TULOU_LISTEN", format!("127.0.0.1:{port}"))
        .with("TULOU_PUBLIC_URL", format!("https://{HOST}:{port}"))
        .with("TULOU_TLS_CERTIFICATE", certificate_path.to_str().unwrap())
        .with("TULOU_TLS_KEY", key_path.to_str().unwrap());
    let running = house.start();
    let url = |path: &str| format!("https://{HOST}:{port}{path}");
    let client = browser(&house, &first);
    let page = client.get(url("/")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers()["strict-transport-security"].to_str().unwrap().starts_with("max-age="));

    let input = json!({
        "code": running.setup_code.as_deref().unwrap(),
        "organisation": {
            "name_en": "Acme", "slug": "acme", "region": "CN", "industry": "trade", "time_zone": "UTC",
            "contact": {"name": "Ann"},
        },
        "administrator": {"name": "Ann", "user_id": "ann", "password": crate::people::PASSWORD},
        "language": "en", "chat_retention_days": 90,
        "statement_version": "0.5", "accepts_statement": true, "attests_control": true, "is_adult": true,
    });
    let request = client.post(url("/v1/setup")).header("origin", format!("https://{HOST}:{port}"));
    let made = request.header("content-type", "application/json").body(input.to_string()).send().await.unwrap();
    assert_eq!(made.status(), StatusCode::CREATED);
    let cookies: Vec<&str> = made.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    assert!(cookies.len() >= 2, "{cookies:?}");
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
        assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"));
    }

    let (next_path, next_key, next) = certificate(&house, "next", &[HOST]);
    fs::rename(next_path, &certificate_path).unwrap();
    fs::rename(next_key, &key_path).unwrap();
    running.signal("HUP");
    let client = browser(&house, &next);
    let begun = Instant::now();
    while client.get(url("/healthz")).send().await.is_err() {
        assert!(begun.elapsed() < PATIENCE, "the new certificate is not used: {}", running.said());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(browser(&house, &first).get(url("/healthz")).send().await.is_err(), "the old one is not shown any more");
}

/// The PostgreSQL that Tulou brings along listens on a Unix socket only and is built without TLS; Debian's is built with it.
const WITH_TLS: &str = "/usr/lib/postgresql/15";

/// A PostgreSQL as others run it: on TCP, with a certificate and passwords, and nothing without TLS.
struct Elsewhere {
    child: Child,
    port: u16,
}

impl Elsewhere {
    async fn start(house: &House, certificate: &Path, key: &Path) -> Self {
        let made = cluster::temporary(Binaries::At(WITH_TLS.into())).await.unwrap();
        let program = Path::new(WITH_TLS).join("bin/postgres");
        let folder = made.directory().to_owned();
        made.stop().await.unwrap();
        for role in ["tulou_app", "tulou_owner"] {
            single_user(&program, &folder, &format!("alter role {role} password 'secret';"));
        }
        // Whoever makes one by our manual makes those two.
        single_user(&program, &folder, "drop role tulou_backup;");
        single_user_in(&program, &folder, ("tulou", "drop schema amcheck cascade;"));
        let (facts, port) = (fs::metadata(&folder).unwrap(), free_port());
        let own = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            chown(&path, Some(facts.uid()), Some(facts.gid())).unwrap();
            path.display().to_string()
        };
        let settings = [
            ("config_file", own("elsewhere.conf", "")),
            ("hba_file", own("elsewhere_hba.conf", "hostssl tulou all 127.0.0.1/32 scram-sha-256\n")),
            ("ssl", "on".to_owned()),
            ("ssl_cert_file", own("server.pem", &fs::read_to_string(certificate).unwrap())),
            ("ssl_key_file", own("server.key", &fs::read_to_string(key).unwrap())),
            ("listen_addresses", "127.0.0.1".to_owned()),
            ("port", port.to_string()),
            ("unix_socket_directories", String::new()),
        ];
        let mut command = Command::new(program);
        command.arg("-D").arg(&folder).current_dir("/");
        for (name, value) in settings {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        if rustix::process::geteuid().is_root() {
            command.uid(facts.uid()).gid(facts.gid());
        }
        let log = fs::File::create(house.path("elsewhere.log")).unwrap();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut database = Self { child, port };
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            let said = fs::read_to_string(house.path("elsewhere.log")).unwrap();
            assert!(begun.elapsed() < PATIENCE && database.child.try_wait().unwrap().is_none(), "{said}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        database
    }

    fn named(&self, house: House, parameters: &str) -> House {
        let url = |role: &str| format!("postgres://{role}:secret@127.0.0.1:{}/tulou?{parameters}", self.port);
        house.with("TULOU_DATABASE_URL", url("tulou_app")).with("TULOU_DATABASE_OWNER_URL", url("tulou_owner"))
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = Command::new("/bin/kill").args(["-INT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_database_elsewhere_is_reached_over_tls_and_only_if_it_is_the_one_it_says() {
    assert!(Path::new(WITH_TLS).exists(), "scripts/test system installs it in {WITH_TLS}");
    let house = House::ready();
    let (ours, key, _) = certificate(&house, "database", &["127.0.0.1"]);
    let (other, _, _) = certificate(&house, "other", &["127.0.0.1"]);
    let (misnamed, misnamed_key, _) = certificate(&house, "misnamed", &["db.example.org"]);
    let database = Elsewhere::start(&house, &ours, &key).await;
    let refused = |house: House, word: &str| {
        let (succeeded, said) = house.run(&["migrate"]);
        assert!(!succeeded && said.to_lowercase().contains(word), "{said}");
        assert!(!said.contains("secret"), "no password in what it says: {said}");
        house
    };
    let house = refused(database.named(house, "sslmode=disable"), "no pg_hba.conf entry");
    let believing = |path: &Path| format!("sslmode=verify-full&sslrootcert={}", path.display());
    let house = refused(database.named(house, &believing(&other)), "certificate");
    let house = refused(database.named(house, "sslmode=verify-full"), "certificate");

    let house = database.named(house, &believing(&ours));
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded && said.contains("external, PostgreSQL") && said.contains("over TLS"), "{said}");
    let running = house.start();
    let ann = crate::people::set_up(&running).await;
    assert_eq!(ann.done("GET", "/v1/health", json!(null)).await["database"]["is_private"], false);
    // The key ring stands in the data directory here too: a second program on it is refused.
    let (succeeded, said) = house.run(&["serve"]);
    assert!(!succeeded && said.contains(&format!("process {}", running.pid())), "{said}");
    // It has no role that copies, and needs none: whoever runs it copies it.
    let (succeeded, said) = house.run(&["backup", house.path("backups").to_str().unwrap()]);
    assert!(!succeeded && said.contains("back it up by its own means"), "{said}");
    let (succeeded, said) = house.run(&["verify"]);
    assert!(succeeded && said.contains("tables and indexes: not looked at") && said.contains("seals: "), "{said}");
    assert!(running.stop().0.success());
    drop(database);

    let database = Elsewhere::start(&house, &misnamed, &misnamed_key).await;
    let house = refused(database.named(house, &believing(&misnamed)), "certificate");
    let (succeeded, said) = database.named(house, "sslmode=require").run(&["migrate"]);
    assert!(succeeded, "whoever asks for no name is asked for none: {said}");
}
