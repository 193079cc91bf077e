//! Give out the bytes of a file, whole or a range of them, so that nothing in them can run.

use std::ops::Range;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::{Actor, App, Error, OrgId, Path, Query, Result};

use crate::address::{self, Reader, Signature, Variant};
use crate::attach;
use crate::blob::Blob;
use crate::model::{FileId, FileKind};

/// Read a file
///
/// By an address that chat or another feature gave out. One range of bytes may be asked for (RFC 9110 §14).
#[utoipa::path(
    get, path = "/v1/files/{organisation}/{file}/{variant}", tag = "files", operation_id = "readFile",
    params(("organisation" = OrgId, Path), ("file" = FileId, Path), ("variant" = inline(Variant), Path), Signature),
    responses(
        (status = 200, description = "All of it", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, description = "The range that was asked for", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 416, description = "No such range"),
    ),
    extensions(
        ("x-access" = json!("anybody with a signed address that has not ended, of somebody who is let in")),
        ("x-errors" = json!(["files.store_unavailable", "files.store_refused"])),
    ),
)]
pub async fn read_file(
    State(app): State<App>,
    Path((org, file, variant)): Path<(OrgId, FileId, Variant)>,
    Query(proof): Query<Signature>,
    headers: HeaderMap,
) -> Result<Response> {
    // What is over or not ours costs no look at the database.
    let reader = address::made_for(&app, org, file, variant, &proof).ok_or(Error::NotFound("file"))?;
    reader.check(&app).await?;
    let found = Found::load(&app, (org, reader), file, variant).await?;
    let range = match headers.get(header::RANGE).map(|range| parse(range, found.blob.length)) {
        None | Some(Asked::Everything) => None,
        Some(Asked::Range(range)) => Some(range),
        Some(Asked::Nothing) => return Ok(no_such_range(found.blob.length)),
    };
    found.answer(app, (range, proof.expires)).await
}

/// A browser shows a file from its memory at most so long.
const REMEMBERED_S: i64 = 600;
/// So often it is asked, while bytes go out, whether whoever they are for is still let in.
const ASKED_EVERY: TimeDelta = TimeDelta::seconds(1);

/// A file that may be given out.
struct Found {
    reader: Reader,
    blob: Blob,
    media_type: String,
    /// Under this name, to be saved; without one, to be shown.
    saved_as: Option<String>,
}

impl Found {
    async fn load(app: &App, (org, reader): (OrgId, Reader), file: FileId, variant: Variant) -> Result<Self> {
        let mut tx = app.begin(org, Actor::System).await?;
        let row = attach::find(&mut tx, file).await?.ok_or(Error::NotFound("file"))?;
        let file = row.open(&tx)?;
        let (id, media_type) = match variant {
            Variant::Thumbnail => (row.thumbnail_id.ok_or(Error::NotFound("file"))?, "image/jpeg".to_owned()),
            Variant::Content | Variant::Download => (row.blob_id, row.media_type),
        };
        let size: i64 = sqlx::query_scalar("select size from files.blob where id = $1 and dropped_at is null")
            .bind(id)
            .fetch_optional(tx.db())
            .await?
            .ok_or(Error::NotFound("file"))?;
        tx.commit().await?;
        let is_shown = variant == Variant::Thumbnail || (variant == Variant::Content && row.kind != FileKind::File);
        let blob = Blob { org, id, length: size.unsigned_abs() };
        Ok(Self { reader, blob, media_type, saved_as: (!is_shown).then_some(file.name) })
    }

    async fn answer(self, app: App, (range, expires): (Option<Range<u64>>, i64)) -> Result<Response> {
        let total = self.blob.length;
        let disposition = self.saved_as.as_deref().map_or_else(|| "inline".to_owned(), attachment);
        let mut headers = HeaderMap::new();
        let mut set = |name: HeaderName, value: &str| {
            HeaderValue::from_str(value).map(|value| headers.insert(name, value)).map_err(anyhow::Error::from)
        };
        set(header::CONTENT_TYPE, &self.media_type)?;
        set(header::CONTENT_DISPOSITION, &disposition)?;
        set(header::ACCEPT_RANGES, "bytes")?;
        // Kept by this browser only, and not longer than the address lives.
        let lives_s = expires.saturating_sub(app.now().timestamp()).clamp(0, REMEMBERED_S);
        set(header::CACHE_CONTROL, &format!("private, max-age={lives_s}, immutable"))?;
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff")?;
        set(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'")?;
        set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin")?;
        let status = if range.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
        let part = range.unwrap_or(0..total);
        set(header::CONTENT_LENGTH, &(part.end - part.start).to_string())?;
        if status == StatusCode::PARTIAL_CONTENT {
            set(header::CONTENT_RANGE, &format!("bytes {}-{}/{total}", part.start, part.end - 1))?;
        }
        // The first bytes before the first word: a store that does not answer is an error, not a file that breaks off.
        let mut pieces = Box::pin(self.blob.read(app.clone(), part));
        let first = pieces.try_next().await?;
        let (reader, asked_at) = (self.reader, app.now());
        let rest = stream::try_unfold((pieces, asked_at), move |(mut pieces, asked_at)| {
            let app = app.clone();
            async move {
                let asked_at = ask_again(&app, reader, asked_at).await?;
                Ok::<_, Error>(pieces.try_next().await?.map(|piece| (piece, (pieces, asked_at))))
            }
        });
        let body = Body::from_stream(stream::iter(first.map(Ok)).chain(rest));
        Ok((status, headers, body).into_response())
    }
}

/// `NotFound` when the reader was let in no more, be they again: what is under way breaks off.
async fn ask_again(app: &App, reader: Reader, asked_at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let now = app.now();
    if now - asked_at < ASKED_EVERY {
        return Ok(asked_at);
    }
    reader.check(app).await?;
    Ok(now)
}

fn no_such_range(total: u64) -> Response {
    (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{total}"))]).into_response()
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// It makes no sense or names several ranges: as if it were not there.
    Everything,
    Range(Range<u64>),
    /// It begins after the end.
    Nothing,
}

fn parse(range: &HeaderValue, total: u64) -> Asked {
    let spec = range.to_str().ok().and_then(|text| text.strip_prefix("bytes="));
    let Some((from, to)) = spec.filter(|spec| !spec.contains(',')).and_then(|spec| spec.split_once('-')) else {
        return Asked::Everything;
    };
    match (from.trim().parse::<u64>(), to.trim().parse::<u64>()) {
        (Ok(from), _) if from >= total => Asked::Nothing,
        (Ok(from), Ok(to)) if to < from => Asked::Everything,
        (Ok(from), Ok(to)) => Asked::Range(from..(to.saturating_add(1)).min(total)),
        (Ok(from), Err(_)) if to.trim().is_empty() => Asked::Range(from..total),
        (Err(_), Ok(0)) => Asked::Nothing,
        (Err(_), Ok(last)) if from.trim().is_empty() && total > 0 => Asked::Range(total.saturating_sub(last)..total),
        _ => Asked::Everything,
    }
}

/// RFC 6266 with the name as RFC 8187 writes it: nothing of it can end the header.
pub fn attachment(name: &str) -> String {
    let mut written = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{written}")
}

#[cfg(test)]
mod tests {
    use super::{Asked, attachment, parse};
    use axum::http::HeaderValue;

    #[test]
    fn a_range_is_cut_to_what_there_is() {
        let asked = |text: &str| parse(&HeaderValue::from_str(text).unwrap(), 100);
        assert_eq!(asked("bytes=0-9"), Asked::Range(0..10));
        assert_eq!(asked("bytes=90-"), Asked::Range(90..100));
        assert_eq!(asked("bytes=-5"), Asked::Range(95..100));
        assert_eq!(asked("bytes=-500"), Asked::Range(0..100));
        assert_eq!(asked("bytes=99-18446744073709551615"), Asked::Range(99..100));
        assert_eq!(asked("bytes=100-"), Asked::Nothing);
        assert_eq!(asked("bytes=-0"), Asked::Nothing);
        for nonsense in ["bytes=9-1", "bytes=1-2,4-5", "lines=1-2", "bytes=", "bytes=a-b", "bytes=--1"] {
            assert_eq!(asked(nonsense), Asked::Everything, "{nonsense}");
        }
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        assert_eq!(attachment("a\"; x=\r\nb.txt"), "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0Ab.txt");
        assert_eq!(attachment("报告.pdf"), "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf");
    }
}
