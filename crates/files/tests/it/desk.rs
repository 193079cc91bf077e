//! Two people of Acme and a stranger, and how they upload.

use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use files::{Carrier, FileAddresses, FileId, FileRef};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use kernel::{Actor, OrgId};
use testkit::{Person, TestApp};
use uuid::Uuid;

pub struct Desk {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub mal: Person,
}

impl Desk {
    pub async fn new() -> Self {
        let t = TestApp::with(vec![files::module()]).await;
        let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
        let (ann, bob, mal) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(rival, "Mal").await);
        Self { t, acme, ann, bob, mal }
    }

    /// A tus request.
    #[expect(clippy::too_many_arguments, reason = "a request is made of exactly these")]
    pub async fn ask(&self, who: &Person, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", who.token))
            .header("tulou-organisation", who.org.to_string())
            .header("tus-resumable", "1.0.0");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(self.t.request(request.body(body).unwrap()).await).await
    }

    /// The address of a new upload.
    pub async fn begin(&self, who: &Person, name: &str, length: usize) -> Answer {
        let metadata = format!("filename {}", STANDARD.encode(name));
        let headers = [("upload-length", length.to_string()), ("upload-metadata", metadata)];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.ask(who, "POST", "/v1/uploads", &headers, Body::empty()).await
    }

    pub async fn append(&self, who: &Person, upload: &str, offset: usize, body: Body) -> Answer {
        let offset = offset.to_string();
        let headers = [("upload-offset", offset.as_str()), ("content-type", "application/offset+octet-stream")];
        self.ask(who, "PATCH", upload, &headers, body).await
    }

    pub async fn offset(&self, who: &Person, upload: &str) -> usize {
        self.ask(who, "HEAD", upload, &[], Body::empty()).await.number("upload-offset")
    }

    /// Uploads all of it at once.
    pub async fn upload(&self, who: &Person, name: &str, bytes: Vec<u8>) -> FileId {
        let begun = self.begin(who, name, bytes.len()).await;
        assert_eq!(begun.status, 201);
        let upload = begun.text("location");
        let length = bytes.len();
        if length > 0 {
            let done = self.append(who, &upload, 0, Body::from(bytes)).await;
            assert_eq!((done.status.as_u16(), done.number("upload-offset")), (204, length));
        }
        upload.rsplit('/').next().unwrap().parse().unwrap()
    }

    /// Where somebody has the file, who was proven to be allowed to open it.
    pub async fn addresses(&self, who: &Person, file: &FileRef) -> FileAddresses {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
        let reader = files::Reader::load(&mut tx).await.unwrap();
        files::addresses(&self.t.app, reader, file, chrono::DateTime::<chrono::Utc>::MAX_UTC)
    }

    /// Puts the file somewhere, as chat would.
    pub async fn attach(&self, who: &Person, file: FileId) -> FileRef {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
        let carrier = Carrier { feature: "test", scope: Uuid::from_u128(7), id: Uuid::from_u128(8) };
        let attached = files::attach(&mut tx, &[file], carrier).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        attached
    }

    /// What anybody gets at this address.
    pub async fn read(&self, address: &str, range: Option<&str>) -> Answer {
        let mut request = Request::builder().uri(address);
        if let Some(range) = range {
            request = request.header("range", range);
        }
        Answer::of(self.t.request(request.body(Body::empty()).unwrap()).await).await
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
        Self { status: parts.status, headers: parts.headers, body }
    }

    pub fn text(&self, header: &str) -> String {
        self.headers[header].to_str().unwrap().to_owned()
    }

    pub fn number(&self, header: &str) -> usize {
        self.text(header).parse().unwrap()
    }

    pub fn code(&self) -> String {
        let problem: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        problem["code"].as_str().unwrap().to_owned()
    }
}

/// Bytes that compress and repeat as little as those of real files.
pub fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// A body that breaks off after these bytes, as a connection does.
pub fn cut(bytes: Vec<u8>) -> Body {
    let broken = stream::once(async { Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)) });
    Body::from_stream(stream::iter(pieces(&bytes).into_iter().map(Ok)).chain(broken))
}

/// A body that does not say how long it is.
pub fn streamed(bytes: &[u8]) -> Body {
    Body::from_stream(stream::iter(pieces(bytes).into_iter().map(Ok::<_, std::io::Error>)))
}

fn pieces(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.chunks(10_000).map(<[u8]>::to_vec).collect()
}
