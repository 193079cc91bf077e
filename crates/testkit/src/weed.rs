//! An S3 server that nobody here wrote: SeaweedFS, on loopback, in a folder of its own.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a test waits for it before it fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// The bucket that is there.
pub const BUCKET: &str = "tulou-files";
/// Who may do everything, and who may only look: names of keys.
pub const KEEPER: &str = "tulou";
/// See [`KEEPER`].
pub const GUEST: &str = "guest";

/// The secret of a key.
pub fn secret_of(name: &str) -> String {
    format!("secret-of-{name}")
}

const IDENTITIES: &str = r#"{"identities": [
    {"name": "tulou", "credentials": [{"accessKey": "tulou", "secretKey": "secret-of-tulou"}], "actions": ["Admin", "Read", "Write", "List"]},
    {"name": "guest", "credentials": [{"accessKey": "guest", "secretKey": "secret-of-guest"}], "actions": ["Read", "List"]}
]}"#;

/// One that runs as long as this lives.
pub struct Weed {
    dir: tempfile::TempDir,
    /// Master, volume, filer and S3, each with the port of its inner protocol.
    ports: [u16; 8],
    more: &'static [&'static str],
    child: Option<Child>,
}

impl Weed {
    /// Starts one with an empty bucket.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same with further settings of its own.
    pub async fn with(more: &'static [&'static str]) -> Self {
        let dir = tempfile::tempdir().expect("a folder for temporary files");
        fs::write(dir.path().join("s3.json"), IDENTITIES).expect("a file");
        let held: [TcpListener; 8] = std::array::from_fn(|_| TcpListener::bind("127.0.0.1:0").expect("a free port"));
        let ports = held.each_ref().map(|listener| listener.local_addr().expect("a port").port());
        drop(held);
        let mut weed = Self { dir, ports, more, child: None };
        weed.start_again().await;
        let made = reqwest::Client::new().post(format!("http://127.0.0.1:{}/buckets/{BUCKET}/", ports[4])).send().await;
        assert!(made.expect("an answer").status().is_success());
        weed
    }

    /// Starts it on what it had.
    pub async fn start_again(&mut self) {
        let [master, master_inner, volume, volume_inner, filer, filer_inner, s3, s3_inner] = self.ports;
        let dir = self.dir.path().display();
        let arguments = format!(
            "server -dir={dir} -ip=127.0.0.1 -ip.bind=127.0.0.1 -master.port={master} -master.port.grpc={master_inner} \
             -volume.port={volume} -volume.port.grpc={volume_inner} -volume.max=8 -master.volumeSizeLimitMB=64 \
             -filer -filer.port={filer} -filer.port.grpc={filer_inner} -filer.localSocket={dir}/filer.sock \
             -s3 -s3.port={s3} -s3.port.grpc={s3_inner} -s3.port.iceberg=0 -s3.port.lance=0 -s3.iam=false \
             -s3.localSocket={dir}/s3.sock -s3.config={dir}/s3.json -s3.autoCreateBucket=false"
        );
        let log = fs::File::create(self.dir.path().join("log")).expect("a file");
        let mut command = Command::new(program());
        command.arg("-logtostderr").args(arguments.split_whitespace()).args(self.more).current_dir(self.dir.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.child = Some(command.spawn().expect("a program that runs"));
        self.wait().await;
    }

    /// Until both doors answer, and it can give places to new objects.
    async fn wait(&self) {
        let client = reqwest::Client::new();
        let until = Instant::now() + PATIENCE;
        for address in [
            format!("http://127.0.0.1:{}/dir/assign", self.ports[0]),
            format!("http://127.0.0.1:{}/", self.ports[4]),
            format!("http://127.0.0.1:{}/", self.ports[6]),
        ] {
            while !client
                .get(&address)
                .send()
                .await
                .is_ok_and(|answer| answer.status() != 404 && answer.status() != 500)
            {
                assert!(Instant::now() < until, "SeaweedFS did not start: {}", self.log());
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// What it wrote.
    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    /// Ends it without a word, as a machine that loses its current.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("a child of ours");
            child.wait().expect("a child of ours");
        }
    }

    /// Scheme, host and port.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports[6])
    }

    /// How many objects it has, whoever put them.
    pub async fn objects(&self) -> usize {
        let mut folders = vec![format!("/buckets/{BUCKET}/")];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            let address = format!("http://127.0.0.1:{}{folder}?limit=10000", self.ports[4]);
            let request = reqwest::Client::new().get(address).header("accept", "application/json");
            let answer = request.send().await.expect("an answer");
            let listing: serde_json::Value =
                serde_json::from_str(&answer.text().await.expect("a text")).unwrap_or_default();
            let entries = listing["Entries"].as_array().cloned().unwrap_or_default();
            // A folder has a mode with this bit.
            let (below, objects): (Vec<_>, Vec<_>) =
                entries.iter().partition(|entry| entry["Mode"].as_u64().unwrap_or(0) & (1 << 31) != 0);
            count += objects.len();
            folders.extend(below.iter().map(|entry| format!("{}/", entry["FullPath"].as_str().unwrap_or_default())));
        }
        count
    }
}

impl Drop for Weed {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Without it nothing is proven: the test fails and says how to get it.
fn program() -> PathBuf {
    let named = std::env::var_os("TULOU_SEAWEEDFS").filter(|named| !named.is_empty()).map(PathBuf::from);
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.cache/seaweedfs-4.48/weed");
    let program = named.unwrap_or(usual);
    assert!(program.exists(), "{} is not there: scripts/seaweedfs fetches it", program.display());
    program
}
