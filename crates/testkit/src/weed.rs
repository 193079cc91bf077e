//! An S3 server that nobody here wrote: SeaweedFS, on loopback, in a folder of its own; for what lies in a bucket.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::free_port;

/// How long a test waits for it before it fails.
const PATIENCE: Duration = Duration::from_secs(60);
const BUCKET: &str = "tulou-files";

const IDENTITIES: &str = r#"{"identities": [
    {"name": "tulou", "credentials": [{"accessKey": "tulou", "secretKey": "secret-of-tulou"}], "actions": ["Admin", "Read", "Write", "List"]},
    {"name": "guest", "credentials": [{"accessKey": "guest", "secretKey": "secret-of-guest"}], "actions": ["Read", "List"]}
]}"#;

/// One of them; it ends with the test.
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
        fs::write(dir.path().join("s3.json"), IDENTITIES).expect("room for a configuration");
        let ports = std::array::from_fn(|_| free_port());
        let mut weed = Self { dir, ports, more, child: None };
        weed.start_again().await;
        let made = reqwest::Client::new().post(format!("http://127.0.0.1:{}/buckets/{BUCKET}/", ports[4])).send().await;
        assert!(made.expect("it answers").status().is_success());
        weed
    }

    /// Starts it on what it had.
    pub async fn start_again(&mut self) {
        let [master, master_inner, volume, volume_inner, filer, filer_inner, s3, s3_inner] = self.ports;
        let dir = self.dir.path().display();
        let arguments = format!(
            "server -dir={dir} -ip=127.0.0.1 -ip.bind=127.0.0.1 -master.port={master} -master.port.grpc={master_inner} \
             -volume.port={volume} -volume.port.grpc={volume_inner} -volume.max=8 -volume.minFreeSpace=64MiB -master.volumeSizeLimitMB=64 \
             -filer -filer.port={filer} -filer.port.grpc={filer_inner} -filer.localSocket={dir}/filer.sock \
             -s3 -s3.port={s3} -s3.port.grpc={s3_inner} -s3.port.iceberg=0 -s3.port.lance=0 -s3.iam=false \
             -s3.localSocket={dir}/s3.sock -s3.config={dir}/s3.json -s3.autoCreateBucket=false"
        );
        let log = fs::File::create(self.dir.path().join("log")).expect("room for a log");
        let mut command = Command::new(program());
        command.arg("-logtostderr").args(arguments.split_whitespace()).args(self.more).current_dir(self.dir.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.child = Some(command.spawn().expect("a SeaweedFS that starts"));
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

    /// What it wrote of itself.
    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    /// Ends it without a word, as a machine that loses its current.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it runs");
            child.wait().expect("it ends");
        }
    }

    /// Scheme, host and port.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports[6])
    }

    /// The name of its bucket.
    pub fn bucket(&self) -> &'static str {
        BUCKET
    }

    /// The name of a key that may do everything, and the key.
    pub fn key(&self) -> [&'static str; 2] {
        ["tulou", "secret-of-tulou"]
    }

    /// One that may look and not write.
    pub fn guest(&self) -> [&'static str; 2] {
        ["guest", "secret-of-guest"]
    }

    /// How many objects it has, whoever put them.
    pub async fn objects(&self) -> usize {
        self.paths().await.len()
    }

    /// Where each of them stands.
    pub async fn paths(&self) -> Vec<String> {
        let mut folders = vec![format!("/buckets/{BUCKET}/")];
        let mut paths = Vec::new();
        while let Some(folder) = folders.pop() {
            let address = format!("http://127.0.0.1:{}{folder}?limit=10000", self.ports[4]);
            let request = reqwest::Client::new().get(address).header("accept", "application/json");
            let answer = request.send().await.expect("it answers");
            let listing: serde_json::Value =
                serde_json::from_str(&answer.text().await.expect("a listing")).unwrap_or_default();
            let entries = listing["Entries"].as_array().cloned().unwrap_or_default();
            // A folder has a mode with this bit.
            let (below, objects): (Vec<_>, Vec<_>) =
                entries.iter().partition(|entry| entry["Mode"].as_u64().unwrap_or(0) & (1 << 31) != 0);
            paths.extend(objects.iter().map(|entry| entry["FullPath"].as_str().unwrap_or_default().to_owned()));
            folders.extend(below.iter().map(|entry| format!("{}/", entry["FullPath"].as_str().unwrap_or_default())));
        }
        paths
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
