//! The bucket for files and the key ring: SeaweedFS, which the tests use too.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use rustix::process::Signal;
use tokio::time::sleep;

use super::program::{PATIENCE, Program, free_ports, tail};

const NAME: &str = "tulou-files";
const KEY: &str = "tulou";
const SECRET: &str = "secret-of-tulou";
const IDENTITIES: &str = r#"{"identities": [{"name": "tulou", "credentials":
    [{"accessKey": "tulou", "secretKey": "secret-of-tulou"}], "actions": ["Admin", "Read", "Write", "List"]}]}"#;

pub struct Bucket {
    program: Program,
    port: u16,
}

impl Bucket {
    pub async fn start(folder: &Path, weed: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let identities = folder.join("s3.json");
        fs::write(&identities, IDENTITIES)?;
        let ports = free_ports::<8>()?;
        let [master, master_inner, volume, volume_inner, filer, filer_inner, s3, s3_inner] = ports;
        let dir = folder.display();
        let arguments = format!(
            "server -dir={dir} -ip=127.0.0.1 -ip.bind=127.0.0.1 -master.port={master} -master.port.grpc={master_inner} \
             -volume.port={volume} -volume.port.grpc={volume_inner} -volume.max=8 -master.volumeSizeLimitMB=64 \
             -filer -filer.port={filer} -filer.port.grpc={filer_inner} -filer.localSocket={dir}/filer.sock \
             -s3 -s3.port={s3} -s3.port.grpc={s3_inner} -s3.port.iceberg=0 -s3.port.lance=0 -s3.iam=false \
             -s3.localSocket={dir}/s3.sock -s3.config={dir}/s3.json -s3.autoCreateBucket=false"
        );
        let mut command = Command::new(weed);
        command.arg("-logtostderr").args(arguments.split_whitespace()).current_dir(folder);
        let log = folder.with_extension("log");
        let program = Program::start(command, &log)?;
        wait(&[format!("{master}/dir/assign"), format!("{filer}/"), format!("{s3}/")], &log).await?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        let made = client.post(format!("http://127.0.0.1:{filer}/buckets/{NAME}/")).send().await?;
        ensure!(made.status().is_success(), "the bucket cannot be made: {}", made.status());
        // With the first object it makes room for many, and nodes do not wait as long as that may take.
        let first = format!("http://127.0.0.1:{filer}/buckets/{NAME}/first");
        let put = client.put(&first).body("first").send().await?;
        ensure!(put.status().is_success(), "the bucket takes nothing: {}", put.status());
        client.delete(&first).send().await?;
        Ok(Self { program, port: s3 })
    }

    /// What a node is told about it.
    pub fn settings(&self) -> [(&'static str, String); 4] {
        [
            ("TULOU_FILES_S3_ENDPOINT", format!("http://127.0.0.1:{}", self.port)),
            ("TULOU_FILES_S3_BUCKET", NAME.to_owned()),
            ("TULOU_FILES_S3_ACCESS_KEY", KEY.to_owned()),
            ("TULOU_FILES_S3_SECRET_KEY", SECRET.to_owned()),
        ]
    }

    pub async fn stop(self) -> Result<()> {
        self.program.signal(Signal::TERM)?;
        self.program.kill().await
    }
}

/// Until its doors answer, and it can give places to new objects.
async fn wait(addresses: &[String], log: &Path) -> Result<()> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let begun = Instant::now();
    for address in addresses {
        let ask = || client.get(format!("http://127.0.0.1:{address}")).send();
        while !ask().await.is_ok_and(|answer| answer.status() != 404 && answer.status() != 500) {
            ensure!(begun.elapsed() < PATIENCE, "SeaweedFS did not start: {}", tail(log));
            sleep(Duration::from_millis(50)).await;
        }
    }
    Ok(())
}
