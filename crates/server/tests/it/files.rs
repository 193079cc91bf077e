//! Files in the whole program: pictures go through the process apart, and a killed server loses nothing acknowledged.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::house::House;
use crate::http::{Answer, ask};
use crate::people::{Person, client_id, direct, join, set_up};

impl Person {
    async fn tus(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", bearer.as_str()), ("tus-resumable", "1.0.0")];
        all.extend_from_slice(headers);
        ask(self.address, method, path, &all, body).await
    }

    async fn begin(&self, name: &str, length: usize) -> String {
        let (length, metadata) = (length.to_string(), format!("filename {}", STANDARD.encode(name)));
        let headers = [("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
        let answer = self.tus("POST", "/v1/uploads", &headers, b"").await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.header("location").to_owned()
    }

    async fn append(&self, upload: &str, offset: usize, body: &[u8]) -> Answer {
        let offset = offset.to_string();
        let headers = [("upload-offset", offset.as_str()), ("content-type", "application/offset+octet-stream")];
        self.tus("PATCH", upload, &headers, body).await
    }

    /// The file once it has been looked at.
    pub async fn upload(&self, name: &str, bytes: &[u8]) -> Value {
        let upload = self.begin(name, bytes.len()).await;
        assert_eq!(self.append(&upload, 0, bytes).await.status, 204);
        loop {
            let file = self.done("GET", &format!("{upload}/file"), Value::Null).await;
            if file["state"] == "ready" {
                return file;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A photograph taken sideways, with its place in it.
fn photograph() -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(900, 600, |x, y| Rgb([(x / 4) as u8, (y / 3) as u8, 90]));
    DynamicImage::ImageRgb8(picture).write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPSPLACE 30.2741 N";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, exif, &plain[2..]].concat()
}

#[tokio::test]
async fn a_photograph_arrives_upright_without_its_place_and_with_a_small_one() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let bob = join(&running, &ann, "Bob").await;
    let file = ann.upload("holiday.jpg", &photograph()).await;
    assert_eq!((&file["kind"], &file["width"], &file["height"]), (&json!("picture"), &json!(600), &json!(900)));
    let conversation = direct(&ann, &bob).await;
    let body = json!({"kind": "text", "v": 1, "text": "", "file_ids": [file["id"]]});
    let messages = format!("/v1/conversations/{conversation}/messages");
    let message = ann.done("POST", &messages, json!({"client_id": client_id(), "body": body})).await;
    let path = format!("{messages}/{}/files/{}", message["seq"], file["id"].as_str().unwrap());
    let addresses = bob.done("GET", &path, Value::Null).await;
    let whole = crate::http::get(running.address, addresses["content"].as_str().unwrap()).await;
    assert_eq!((whole.header("content-type"), whole.header("content-disposition")), ("image/jpeg", "inline"));
    assert_eq!(image::load_from_memory(&whole.body).unwrap().dimensions(), (600, 900));
    assert!(!whole.body.windows(8).any(|word| word == b"GPSPLACE"));
    let small = crate::http::get(running.address, addresses["thumbnail"].as_str().unwrap()).await;
    assert_eq!(image::load_from_memory(&small.body).unwrap().dimensions(), (427, 640));
    running.stop();
}

/// How many filters a process has; none where the kernel knows no filters.
fn filters(process: &str) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    status.lines().find_map(|line| line.strip_prefix("Seccomp_filters:"))?.trim().parse().ok()
}

#[test]
fn pictures_of_every_kind_are_read_by_a_process_that_the_kernel_refuses_everything_else() {
    let own = filters("self");
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(900, 600, |x, y| Rgb([(x / 4) as u8, (y / 3) as u8, 90])));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        let mut worker = Command::new(env!("CARGO_BIN_EXE_tulou"))
            .args(["worker", "picture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = worker.stdin.take().unwrap();
        // It waits for its picture, and has shut itself in by then.
        for _ in 0..2_000 {
            if filters(&worker.id().to_string()) == own.map(|own| own + 1) {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        input.write_all(bytes.get_ref()).unwrap();
        drop(input);
        let output = worker.wait_with_output().unwrap();
        assert!(output.status.success(), "{format:?}");
        let end = output.stdout.iter().position(|byte| *byte == b'\n').unwrap();
        let head: Value = serde_json::from_slice(&output.stdout[..end]).unwrap();
        assert_eq!((&head["is_filtered"], &head["size"]), (&json!(own.is_some()), &json!([900, 600])), "{format:?}");
    }
}

#[tokio::test]
async fn what_only_calls_itself_a_picture_is_a_file_to_save() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let polyglot = b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>";
    for (name, bytes) in [
        ("polyglot.png", &polyglot[..]),
        ("vector.svg", b"<svg onload=\"alert(1)\"/>"),
        ("cut.jpg", &photograph()[..90]),
    ] {
        let file = ann.upload(name, bytes).await;
        assert_eq!(
            (&file["kind"], &file["media_type"]),
            (&json!("file"), &json!("application/octet-stream")),
            "{name}"
        );
        assert_eq!(file["has_thumbnail"], false);
    }
    running.stop();
}

#[tokio::test]
async fn a_request_longer_than_what_is_left_of_the_upload_leaves_nothing_behind() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let upload = ann.begin("note.txt", 10).await;
    let refused = ann.append(&upload, 0, b"01234567890").await;
    assert_eq!((refused.status, refused.code()), (413, "too_large".to_owned()));
    assert_eq!(ann.tus("HEAD", &upload, &[], b"").await.header("upload-offset"), "0");
    assert_eq!(ann.append(&upload, 0, b"0123456789").await.status, 204);
    running.stop();
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_an_upload_goes_on_with_it() {
    const SENT: usize = 9 * 1024 * 1024 + 300_000;
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let whole: Vec<u8> = (0..12 * 1024 * 1024_usize).map(|i| ((i / 7) ^ (i >> 11)) as u8).collect();
    let upload = ann.begin("film.bin", whole.len()).await;
    // The connection breaks off after so many bytes; what was acknowledged is asked for before the kill.
    let headers =
        [("upload-offset", "0"), ("content-type", "application/offset+octet-stream"), ("content-length", "12582912")];
    let _ = tokio::time::timeout(Duration::from_secs(3), ann.tus("PATCH", &upload, &headers, &whole[..SENT])).await;
    let acknowledged = loop {
        let answer = ann.tus("HEAD", &upload, &[], b"").await;
        let offset: usize = answer.header("upload-offset").parse().unwrap();
        if offset == SENT / 65_536 * 65_536 {
            break offset;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    running.kill();
    let running = house.start();
    let ann = ann.at(&running);
    let answer = ann.tus("HEAD", &upload, &[], b"").await;
    let offset: usize = answer.header("upload-offset").parse().unwrap();
    assert!(offset >= acknowledged && offset <= whole.len());
    assert_eq!(ann.append(&upload, offset, &whole[offset..]).await.status, 204);
    let file = ann.done("GET", &format!("{upload}/file"), Value::Null).await;
    assert_eq!((&file["size"], &file["state"]), (&json!(whole.len()), &json!("ready")));
    running.stop();
}
