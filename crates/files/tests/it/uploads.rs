//! tus: what was acknowledged is there, whatever broke in between (`IM-06`).

use aws_lc_rs::digest;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use futures_util::stream;
use serde_json::json;

use crate::desk::{Desk, cut, noise, streamed};

const CHUNK: usize = 64 * 1024;
const SEGMENT: usize = 128 * CHUNK;

#[tokio::test]
async fn a_file_cut_anywhere_is_gone_on_with_and_comes_out_whole() {
    let desk = Desk::new().await;
    let whole = noise(2 * SEGMENT + 3 * CHUNK + 777, 1);
    let upload = desk.begin(&desk.ann, "设计.bin", whole.len()).await.text("location");
    let breaks =
        [0, 1, CHUNK - 1, CHUNK, 5 * CHUNK + 9, SEGMENT - 1, SEGMENT, SEGMENT + CHUNK / 2, 2 * SEGMENT + CHUNK];
    let mut offset = 0;
    for end in breaks {
        let answer = desk.append(&desk.ann, &upload, offset, cut(whole[offset..end.max(offset)].to_vec())).await;
        assert_eq!(answer.status, 422);
        offset = desk.offset(&desk.ann, &upload).await;
        assert_eq!(offset, end / CHUNK * CHUNK, "cut at {end}");
    }
    let done = desk.append(&desk.ann, &upload, offset, Body::from(whole[offset..].to_vec())).await;
    assert_eq!((done.status.as_u16(), done.number("upload-offset")), (204, whole.len()));
    assert_eq!(desk.offset(&desk.ann, &upload).await, whole.len());
    let (_, file) = desk.t.call(&desk.ann, "GET", &format!("{upload}/file"), json!(null)).await;
    assert_eq!((&file["name"], &file["kind"], &file["state"]), (&json!("设计.bin"), &json!("file"), &json!("ready")));
    let attached = desk.attach(&desk.ann, upload.rsplit('/').next().unwrap().parse().unwrap()).await;
    let address = desk.addresses(&desk.ann, &attached).await.download;
    assert!(desk.read(&address, None).await.body == whole);
}

/// Wherever and however often it breaks, each answer tells how far it came, and the file comes out whole.
#[tokio::test]
async fn a_file_cut_at_random_bytes_comes_out_whole() {
    let desk = Desk::new().await;
    for seed in 1..=12_u64 {
        let chance = noise(8 * 64, seed);
        let mut draws = chance.chunks(8).map(|eight| u64::from_le_bytes(eight.try_into().unwrap()) as usize);
        let mut draw = |below: usize| draws.next().unwrap_or(usize::MAX) % below.max(1);
        // Now and then exactly a chunk, a segment, one byte more or less.
        let edges = [CHUNK, 2 * CHUNK, SEGMENT, SEGMENT + CHUNK, 3 * CHUNK + 1, SEGMENT - 1, SEGMENT + 1];
        let length = if seed % 2 == 0 { edges[draw(edges.len())] } else { 1 + draw(SEGMENT + 5 * CHUNK) };
        let whole = noise(length, seed + 100);
        let upload = desk.begin(&desk.ann, "a.bin", length).await.text("location");
        let mut offset = 0;
        for _ in 0..6 {
            let end = offset + draw(length - offset);
            let answer = desk.append(&desk.ann, &upload, offset, cut(whole[offset..end].to_vec())).await;
            assert_eq!(answer.status, 422, "seed {seed}");
            let now = desk.offset(&desk.ann, &upload).await;
            assert!(now == end / CHUNK * CHUNK && now >= offset, "seed {seed}: {now} after a cut at {end}");
            offset = now;
        }
        let done = desk.append(&desk.ann, &upload, offset, Body::from(whole[offset..].to_vec())).await;
        assert_eq!((done.status.as_u16(), done.number("upload-offset")), (204, length), "seed {seed}");
        let attached = desk.attach(&desk.ann, upload.rsplit('/').next().unwrap().parse().unwrap()).await;
        let address = desk.addresses(&desk.ann, &attached).await.download;
        assert!(desk.read(&address, None).await.body == whole, "seed {seed}");
    }
}

#[tokio::test]
async fn only_what_comes_next_is_taken() {
    let desk = Desk::new().await;
    let upload = desk.begin(&desk.ann, "a.bin", 3 * CHUNK).await.text("location");
    let wrong = desk.append(&desk.ann, &upload, CHUNK, Body::from(noise(CHUNK, 1))).await;
    assert_eq!((wrong.status.as_u16(), wrong.code()), (409, "files.offset".into()));
    let too_long = desk.append(&desk.ann, &upload, 0, Body::from(noise(3 * CHUNK + 1, 1))).await;
    assert_eq!(too_long.status, 413);
    assert_eq!(desk.offset(&desk.ann, &upload).await, 0, "nothing of what is refused is kept");
    let old = desk.t.send(Some(&desk.ann), "HEAD", &upload, vec![], &[("tus-resumable", "0.2.2")]).await;
    assert_eq!(old.0, 412);
    let as_json =
        desk.ask(&desk.ann, "PATCH", &upload, &[("upload-offset", "0"), ("content-type", "text/plain")], Body::empty());
    assert_eq!(as_json.await.status, 415);
}

/// Wherever the upload stands, and however much of the body is taken before it turns out to be too long.
#[tokio::test]
async fn nothing_is_kept_of_a_body_that_goes_past_the_end() {
    let desk = Desk::new().await;
    let whole = noise(2 * SEGMENT + 3 * CHUNK + 777, 4);
    let other = noise(whole.len() + CHUNK, 5);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    let mut offset = 0;
    for stands in [0, 2 * CHUNK, SEGMENT - CHUNK, SEGMENT, 2 * SEGMENT + CHUNK] {
        let part = cut(whole[offset..stands].to_vec());
        assert_eq!(desk.append(&desk.ann, &upload, offset, part).await.status, 422);
        offset = desk.offset(&desk.ann, &upload).await;
        assert_eq!(offset, stands);
        let before = lengths(&desk);
        for too_many in [1, CHUNK] {
            let long = streamed(&other[..whole.len() - stands + too_many]);
            let refused = desk.append(&desk.ann, &upload, stands, long).await;
            assert_eq!((refused.status.as_u16(), refused.code()), (413, "too_large".into()), "{stands} + {too_many}");
            assert_eq!(desk.offset(&desk.ann, &upload).await, stands, "{too_many}");
            assert_eq!(lengths(&desk), before, "{stands} + {too_many}");
        }
    }
    let done = desk.append(&desk.ann, &upload, offset, streamed(&whole[offset..])).await;
    assert_eq!((done.status.as_u16(), done.number("upload-offset")), (204, whole.len()));
    let attached = desk.attach(&desk.ann, upload.rsplit('/').next().unwrap().parse().unwrap()).await;
    let address = desk.addresses(&desk.ann, &attached).await.download;
    assert!(desk.read(&address, None).await.body == whole);
}

#[tokio::test]
async fn a_body_that_says_it_is_too_long_is_refused_before_a_byte_of_it_is_taken() {
    let desk = Desk::new().await;
    let bytes = noise(2 * CHUNK, 6);
    let upload = desk.begin(&desk.ann, "a.bin", bytes.len()).await.text("location");
    let kind = ("content-type", "application/offset+octet-stream");
    let length = (bytes.len() + 1).to_string();
    let headers = [("upload-offset", "0"), kind, ("content-length", length.as_str())];
    // Nothing of it ever comes: whoever waited for it would wait for ever.
    let silent = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
    assert_eq!(desk.ask(&desk.ann, "PATCH", &upload, &headers, silent).await.status, 413);
    // The same with a checksum that is right, also where the length is not said.
    let long = noise(2 * CHUNK + 1, 7);
    let right = format!("sha256 {}", STANDARD.encode(digest::digest(&digest::SHA256, &long)));
    let headers = [("upload-offset", "0"), kind, ("upload-checksum", right.as_str())];
    assert_eq!(desk.ask(&desk.ann, "PATCH", &upload, &headers, streamed(&long)).await.status, 413);
    assert_eq!(desk.offset(&desk.ann, &upload).await, 0);
    assert_eq!(desk.append(&desk.ann, &upload, 0, Body::from(bytes)).await.status, 204);
}

#[tokio::test]
async fn bytes_that_do_not_match_their_checksum_are_not_taken() {
    let desk = Desk::new().await;
    let bytes = noise(2 * CHUNK, 3);
    let upload = desk.begin(&desk.ann, "a.bin", bytes.len()).await.text("location");
    let right = format!("sha256 {}", STANDARD.encode(digest::digest(&digest::SHA256, &bytes)));
    let wrong = format!("sha256 {}", STANDARD.encode(digest::digest(&digest::SHA256, b"else")));
    let kind = ("content-type", "application/offset+octet-stream");
    let headers = [("upload-offset", "0"), kind, ("upload-checksum", right.as_str())];
    let broken = desk.ask(&desk.ann, "PATCH", &upload, &headers, cut(bytes[..CHUNK + 1].to_vec())).await;
    assert_eq!((broken.status.as_u16(), desk.offset(&desk.ann, &upload).await), (422, 0), "cut off, not too large");
    for (checksum, status) in [(wrong.as_str(), 460), ("md5 AAAA", 422), (right.as_str(), 204)] {
        let headers = [("upload-offset", "0"), kind, ("upload-checksum", checksum)];
        assert_eq!(
            desk.ask(&desk.ann, "PATCH", &upload, &headers, Body::from(bytes.clone())).await.status.as_u16(),
            status
        );
        let taken = if status == 204 { bytes.len() } else { 0 };
        assert_eq!(desk.offset(&desk.ann, &upload).await, taken, "{checksum}");
    }
}

#[tokio::test]
async fn an_upload_is_its_beginners_alone_and_ends_after_a_day() {
    let desk = Desk::new().await;
    let upload = desk.begin(&desk.ann, "a.bin", CHUNK).await.text("location");
    for other in [&desk.bob, &desk.mal] {
        assert_eq!(desk.ask(other, "HEAD", &upload, &[], Body::empty()).await.status, 404);
        assert_eq!(desk.append(other, &upload, 0, Body::from(noise(CHUNK, 1))).await.status, 404);
        assert_eq!(desk.ask(other, "DELETE", &upload, &[], Body::empty()).await.status, 404);
    }
    desk.t.clock.advance(TimeDelta::days(1));
    assert_eq!(desk.ask(&desk.ann, "HEAD", &upload, &[], Body::empty()).await.status, 404);
}

#[tokio::test]
async fn what_nobody_attached_is_gone_from_the_disk_after_a_day() {
    let desk = Desk::new().await;
    desk.upload(&desk.ann, "finished.bin", noise(SEGMENT + 10, 1)).await;
    let begun = desk.begin(&desk.ann, "begun.bin", 4 * CHUNK).await.text("location");
    desk.append(&desk.ann, &begun, 0, cut(noise(2 * CHUNK, 2))).await;
    let given_up = desk.begin(&desk.ann, "given up.bin", CHUNK).await.text("location");
    assert_eq!(desk.ask(&desk.ann, "DELETE", &given_up, &[], Body::empty()).await.status, 204);
    assert_eq!(on_disk(&desk), 3);
    desk.t.clock.advance(TimeDelta::days(1) + TimeDelta::minutes(10));
    desk.t.run_jobs().await;
    assert_eq!(on_disk(&desk), 0);
    let (_, policy) = desk.t.call(&desk.ann, "GET", "/v1/file-policy", json!(null)).await;
    assert_eq!(policy["used_bytes"], 0);
}

#[tokio::test]
async fn nothing_on_the_disk_can_be_read_without_the_keys() {
    let desk = Desk::new().await;
    let canary = b"the canary sings in clear text ".repeat(10_000);
    desk.upload(&desk.ann, "canary-name.txt", canary).await;
    for path in on_disk_paths(&desk) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(6).any(|word| word == b"canary"), "{}", path.display());
    }
}

#[tokio::test]
async fn a_name_without_a_file_and_a_file_without_bytes() {
    let desk = Desk::new().await;
    for name in ["", "..", "a/"] {
        let refused = desk.begin(&desk.ann, name, 1).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (422, "invalid".into()));
    }
    let empty = desk.upload(&desk.ann, "empty.txt", vec![]).await;
    assert_eq!(desk.attach(&desk.ann, empty).await.size, 0);
}

fn on_disk(desk: &Desk) -> usize {
    on_disk_paths(desk).len()
}

/// What lies where, and how long it is.
fn lengths(desk: &Desk) -> Vec<(std::path::PathBuf, u64)> {
    let mut found: Vec<_> = on_disk_paths(desk)
        .into_iter()
        .map(|path| {
            let length = std::fs::metadata(&path).unwrap().len();
            (path, length)
        })
        .collect();
    found.sort();
    found
}

fn on_disk_paths(desk: &Desk) -> Vec<std::path::PathBuf> {
    let mut folders = vec![desk.t.app.settings().data_dir.join("files")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}
