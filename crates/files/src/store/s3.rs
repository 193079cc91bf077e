//! Segments in a bucket, through the standard client. Requests go through the kernel's way out: to the declared host and
//! nowhere else. What is put is sealed already; the store learns lengths and times.

use std::fmt;
use std::future::Future;
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use async_trait::async_trait;
use futures_util::TryStreamExt;
use kernel::{Error, OrgId, Outbound, Result};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use object_store::path::Path;
use object_store::{BackoffConfig, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};
use tokio::fs;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{At, S3Settings, Segment, refused};

/// Segments that travel at once: each is in memory as long as that takes.
const MOST_PUTS: usize = 4;

/// The bucket.
pub struct S3 {
    store: AmazonS3,
    named: &'static str,
    patience: Duration,
    puts: Semaphore,
}

impl S3 {
    pub fn open(outbound: Outbound, settings: &S3Settings) -> Result<Self> {
        let retries = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: settings.repeats,
            // A server that stumbles is asked again; one that does not answer is not.
            retry_timeout: settings.patience / 4,
        };
        let store = AmazonS3Builder::new()
            .with_endpoint(settings.origin())
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_virtual_hosted_style_request(!settings.path_style)
            .with_http_connector(Gate(outbound))
            .with_retry(retries)
            .build()
            .with_context(|| format!("the settings {} make no client", settings.named))?;
        Ok(Self { store, named: settings.named, patience: settings.patience, puts: Semaphore::new(MOST_PUTS) })
    }

    /// The client as it is.
    pub fn store(&self) -> Arc<dyn ObjectStore> {
        Arc::new(self.store.clone())
    }

    pub async fn put(&self, staging: &FilePath, org: OrgId, blob: Uuid, segment: u32) -> Result<()> {
        let name = name(org, blob, segment);
        self.within(async {
            let _turn = self.puts.acquire().await.map_err(anyhow::Error::from)?;
            let bytes = fs::read(staging).await.map_err(refused)?;
            self.store.put(&name, PutPayload::from(bytes)).await.map_err(failed)?;
            Ok(())
        })
        .await
    }

    pub async fn read(&self, org: OrgId, blob: Uuid, at: At) -> Result<Vec<u8>> {
        let name = name(org, blob, at.segment);
        let range = at.from..at.from + at.length;
        self.within(async { Ok(self.store.get_range(&name, range).await.map_err(failed)?.to_vec()) }).await
    }

    /// A whole segment; none when it is not there.
    pub async fn whole(&self, org: OrgId, blob: Uuid, number: u32) -> Result<Option<Vec<u8>>> {
        let name = name(org, blob, number);
        let get = async {
            match self.store.get(&name).await {
                Ok(found) => Ok(Some(found.bytes().await.map_err(failed)?.to_vec())),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failed(error)),
            }
        };
        self.within(get).await
    }

    /// All segments. It takes as long as there are many; each request of it is bounded by the client.
    pub async fn list(&self) -> Result<Vec<Segment>> {
        let mut found = Vec::new();
        let mut listed = self.store.list(None);
        while let Some(object) = listed.try_next().await.map_err(failed)? {
            let mut parts = object.location.parts().map(|part| part.as_ref().to_owned());
            let named = (|| {
                let (org, blob, number) = (parts.next()?, parts.next()?, parts.next()?);
                let is_whole = parts.next().is_none();
                is_whole.then_some((OrgId(org.parse().ok()?), blob.parse().ok()?, number.parse().ok()?))
            })();
            // The key ring of several nodes may lie there too.
            let Some((org, blob, number)) = named else { continue };
            let written = object.last_modified.timestamp_nanos_opt().unwrap_or_default().cast_unsigned();
            found.push(Segment { org, blob, number, length: object.size, written });
        }
        Ok(found)
    }

    /// One request for each segment that is there.
    pub async fn remove(&self, org: OrgId, blob: Uuid) -> Result<()> {
        let folder = Path::from_iter([org.to_string(), blob.to_string()]);
        let segments: Vec<_> =
            self.within(async { self.store.list(Some(&folder)).try_collect().await.map_err(failed) }).await?;
        for segment in segments {
            self.within(async { self.store.delete(&segment.location).await.map_err(failed) }).await?;
        }
        Ok(())
    }

    /// S3 answers the same for one that is not there.
    pub async fn remove_segment(&self, org: OrgId, blob: Uuid, segment: u32) -> Result<()> {
        let name = name(org, blob, segment);
        self.within(async { self.store.delete(&name).await.map_err(failed) }).await
    }

    pub async fn try_out(&self, object: Uuid) -> anyhow::Result<()> {
        let name = Path::from(format!("tulou-check-{object}"));
        let content = object.to_string();
        self.step("write", self.store.put(&name, PutPayload::from(content.clone()))).await?;
        let read = self.step("read", async { self.store.get(&name).await?.bytes().await }).await;
        // What was written is taken away in any case.
        let removed = self.step("delete", self.store.delete(&name)).await;
        if read?.as_ref() != content.as_bytes() {
            bail!("another object came back than was written: is {name} changed by a proxy?");
        }
        removed
    }

    /// Asks for what nobody has put there: a bucket that is well and lets us in says that it has no such thing.
    pub async fn look(&self) -> std::result::Result<(), &'static str> {
        let Err(error) = self.store.get(&Path::from("tulou-check")).await else { return Ok(()) };
        match reason(&error) {
            Reason::Absent if error.to_string().contains("NoSuchBucket") => Err("files.no_bucket"),
            Reason::Absent => Ok(()),
            reason => Err(code(reason)),
        }
    }

    async fn step<T>(&self, doing: &str, work: impl Future<Output = object_store::Result<T>>) -> anyhow::Result<T> {
        match tokio::time::timeout(self.patience, work).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => bail!("it may not {doing}: {}", advice(self.named, &error)),
            Err(_) => bail!("it does not answer within {} s", self.patience.as_secs()),
        }
    }

    async fn within<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        match tokio::time::timeout(self.patience, work).await {
            Ok(outcome) => outcome,
            Err(_) => {
                tracing::warn!(code = "files.store_unavailable", "the bucket does not answer");
                Err(Error::Unavailable("files.store_unavailable"))
            }
        }
    }
}

fn name(org: OrgId, blob: Uuid, segment: u32) -> Path {
    Path::from_iter([org.to_string(), blob.to_string(), segment.to_string()])
}

/// What a failure means to whoever uploads or opens a file. All of them can be gone on with later.
fn failed(error: object_store::Error) -> Error {
    let code = code(reason(&error));
    tracing::warn!(code, "the bucket did not do what it was asked");
    Error::Unavailable(code)
}

fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::Refused => "files.store_refused",
        Reason::Full => "files.no_space",
        Reason::Absent | Reason::Other => "files.store_unavailable",
    }
}

/// The same in words for whoever runs the program; of the answer only what cannot hold a key.
pub fn advice(named: &str, error: &object_store::Error) -> String {
    match reason(error) {
        Reason::Refused => format!(
            "the key or its rights are refused. Check {named}.access_key, secret_key and region, and that the key may put, get, list and delete in this bucket"
        ),
        Reason::Absent => format!("there is no such bucket. Make it, or check {named}.bucket and path_style"),
        Reason::Full => "it has no space left".to_owned(),
        Reason::Other => format!("nothing useful answers. Check {named}.endpoint and the network ({})", root(error)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    Refused,
    Absent,
    Full,
    Other,
}

fn reason(error: &object_store::Error) -> Reason {
    use object_store::Error as Their;
    // In full: the names of objects are in it too, and hold any number.
    let said = error.to_string();
    let words = ["507 Insufficient Storage", "QuotaExceeded", "StorageFull", "InsufficientCapacity"];
    match error {
        _ if words.iter().any(|word| said.contains(word)) => Reason::Full,
        Their::PermissionDenied { .. } | Their::Unauthenticated { .. } => Reason::Refused,
        Their::NotFound { .. } => Reason::Absent,
        _ => Reason::Other,
    }
}

/// The innermost cause: "connection refused", not the whole chain with its addresses.
fn root(error: &object_store::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

/// The way out. It makes no client of its own, so that the library cannot call what the data map does not declare.
#[derive(Clone)]
struct Gate(Outbound);

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate")
    }
}

impl HttpConnector for Gate {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Gate {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let client = self.0.client_for(&request.uri().to_string());
        let client = client.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?;
        HttpService::call(client, request).await
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, failed, reason};

    #[test]
    fn a_store_that_says_that_it_is_full_is_full() {
        let said = |words: &str| object_store::Error::Generic { store: "S3", source: words.to_owned().into() };
        let full = "Server returned non-2xx status code: 507 Insufficient Storage: ";
        for words in [full, "<Error><Code>QuotaExceeded</Code></Error>", "<Code>XMinioStorageFull</Code>"] {
            assert!(reason(&said(words)) == Reason::Full, "{words}");
            assert_eq!(failed(said(words)).code(), "files.no_space");
        }
        let other = "PUT http://127.0.0.1/tulou/0192f507-1507 - Server returned non-2xx status code: 500";
        assert!(reason(&said(other)) == Reason::Other);
    }
}
