//! A large file: uploaded by tus in requests as long as the client's, read back whole and in ranges, each byte compared; how
//! fast that is, and by how much the server's memory grows meanwhile.

use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Chance;
use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;
use crate::process::{Memory, Watched};

const PORT: u16 = 18108;
pub const MIB: u64 = 1 << 20;
/// What the client puts into one request.
const REQUEST: u64 = 16 * MIB;
const RANGES: usize = 200;
const LOOK: Duration = Duration::from_millis(200);

/// `size` in bytes; `TULOU_BENCH_FILE_MIB` says another.
#[expect(clippy::disallowed_methods, reason = "a measurement has its size from whoever takes it")]
pub async fn run(results: &mut Results, size: u64) -> anyhow::Result<()> {
    let size = match std::env::var("TULOU_BENCH_FILE_MIB") {
        Ok(mib) => mib.parse::<u64>().context("TULOU_BENCH_FILE_MIB")? * MIB,
        Err(_) => size,
    };
    ensure!(size >= MIB, "a large file has a mebibyte at least");
    let folder = Folder::new("files")?;
    let server = Server::start(&folder.path, PORT).await?;
    let mut house = House::build(&server, 2).await?;
    let film = Film::new(size);
    let watched = server.watched()?;
    let begun = Instant::now();
    let (file, memory) = watching(watched, upload(&house, &film)).await?;
    say(results, "upload", (size, begun.elapsed()), memory)?;
    let path = attached(&mut house, &file).await?;
    let url = format!("{}{path}", house.url);
    let begun = Instant::now();
    let (_, memory) = watching(watched, download(&house, &film, &url)).await?;
    say(results, "download", (size, begun.elapsed()), memory)?;
    let (times, memory) = watching(watched, ranges(&house, &film, &url)).await?;
    results.times("files", "range_of_1_mib", times)?;
    risen(results, "range_of_1_mib", memory)?;
    server.stop().await
}

fn say(results: &mut Results, what: &str, (size, took): (u64, Duration), memory: Rise) -> anyhow::Result<()> {
    results.say("files", &format!("{what}_size"), (size as f64 / MIB as f64, "MiB"), 1)?;
    results.say("files", what, (size as f64 / 1e6 / took.as_secs_f64(), "MB/s"), 1)?;
    risen(results, what, memory)
}

fn risen(results: &mut Results, what: &str, rise: Rise) -> anyhow::Result<()> {
    results.say("files", &format!("{what}_memory_rise"), (rise.pss as f64 / 1024.0, "MiB PSS"), rise.readings)?;
    results.say("files", &format!("{what}_memory_rise_rss"), (rise.rss as f64 / 1024.0, "MiB RSS"), rise.readings)
}

/// By how many kibibytes the server's memory was above where it began, at most.
struct Rise {
    pss: u64,
    rss: u64,
    readings: usize,
}

async fn watching<T>(watched: Watched, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<(T, Rise)> {
    let Memory { server_pss, server_rss, .. } = watched.memory();
    let mut rise = Rise { pss: 0, rss: 0, readings: 0 };
    let look = |rise: &mut Rise| {
        let now = watched.memory();
        rise.pss = rise.pss.max(now.server_pss.saturating_sub(server_pss));
        rise.rss = rise.rss.max(now.server_rss.saturating_sub(server_rss));
        rise.readings += 1;
    };
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => {
                look(&mut rise);
                return Ok((done?, rise));
            }
            () = tokio::time::sleep(LOOK) => look(&mut rise),
        }
    }
}

/// Bytes that do not compress, and of which each mebibyte differs from every other.
struct Film {
    size: u64,
    noise: Vec<u8>,
}

impl Film {
    fn new(size: u64) -> Self {
        let mut chance = Chance::new(4);
        Self { size, noise: (0..MIB).map(|_| u8::try_from(chance.below(256)).unwrap_or_default()).collect() }
    }

    fn bytes(&self, from: u64, to: u64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(usize::try_from(to - from).unwrap_or_default());
        let mut at = from;
        while at < to {
            let (number, within) = (at / MIB, at % MIB);
            let end = to.min((number + 1) * MIB) - number * MIB;
            let mut part: Vec<u8> = self.noise[within as usize..end as usize].to_vec();
            part.iter_mut().for_each(|byte| *byte ^= (number % 251) as u8);
            bytes.extend_from_slice(&part);
            at = number * MIB + end;
        }
        bytes
    }

    fn is(&self, from: u64, bytes: &[u8]) -> bool {
        self.bytes(from, from + bytes.len() as u64) == bytes
    }
}

/// Until the file is ready; its id.
async fn upload(house: &House, film: &Film) -> anyhow::Result<String> {
    let name = format!("filename {}", STANDARD.encode("film.bin"));
    let length = film.size.to_string();
    let headers = [("upload-length", length.as_str()), ("upload-metadata", name.as_str())];
    let begun = tus(house, Method::POST, "/v1/uploads", &headers, None).await?;
    let location = begun.headers().get("location").context("no address")?.to_str()?.to_owned();
    let mut at = 0;
    while at < film.size {
        let end = film.size.min(at + REQUEST);
        let offset = at.to_string();
        let headers = [("upload-offset", offset.as_str()), ("content-type", "application/offset+octet-stream")];
        tus(house, Method::PATCH, &location, &headers, Some(film.bytes(at, end))).await?;
        at = end;
    }
    let ann = Some(&house.people[0]);
    let file = house.call(ann, Method::GET, &format!("{location}/file"), Value::Null).await?;
    ensure!(file["state"] == "ready" && file["size"] == film.size, "{file}");
    file["id"].as_str().map(ToOwned::to_owned).context("a file")
}

async fn tus(
    house: &House,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Vec<u8>>,
) -> anyhow::Result<Response> {
    let mut request = house.client.request(method, format!("{}{path}", house.url)).header("tus-resumable", "1.0.0");
    request = request.bearer_auth(&house.people[0].token).header("tulou-organisation", "bench");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.body(body.unwrap_or_default()).send().await?;
    ensure!(answer.status().is_success(), "{path}: {} {}", answer.status(), answer.text().await?);
    Ok(answer)
}

/// Sends the file to somebody; where they download it.
#[expect(clippy::disallowed_methods, reason = "the load client is a device with a clock of its own")]
async fn attached(house: &mut House, file: &str) -> anyhow::Result<String> {
    let messages = format!("/v1/conversations/{}/messages", house.direct(0, 1).await?);
    let body = json!({ "kind": "text", "v": 1, "text": "", "file_ids": [file] });
    let message = json!({ "client_id": Uuid::now_v7(), "body": body });
    let said = house.call(Some(&house.people[0]), Method::POST, &messages, message).await?;
    let path = format!("{messages}/{}/files/{file}", said["seq"]);
    let addresses = house.call(Some(&house.people[1]), Method::GET, &path, Value::Null).await?;
    addresses["download"].as_str().map(ToOwned::to_owned).context("an address")
}

async fn download(house: &House, film: &Film, url: &str) -> anyhow::Result<()> {
    let mut answer = house.client.get(url).send().await?.error_for_status()?;
    let mut at = 0;
    while let Some(bytes) = answer.chunk().await? {
        ensure!(film.is(at, &bytes), "other bytes at {at}");
        at += bytes.len() as u64;
    }
    ensure!(at == film.size, "{at} bytes of {}", film.size);
    Ok(())
}

async fn ranges(house: &House, film: &Film, url: &str) -> anyhow::Result<Vec<Duration>> {
    let mut chance = Chance::new(20);
    let mut times = Vec::with_capacity(RANGES);
    let last = film.size - MIB;
    for _ in 0..RANGES {
        let from = (u64::from(chance.below(1 << 30)) * (last + 1)) >> 30;
        let begun = Instant::now();
        let request = house.client.get(url).header("range", format!("bytes={from}-{}", from + MIB - 1));
        let answer = request.send().await?;
        ensure!(answer.status() == 206, "{}", answer.status());
        let bytes = answer.bytes().await?;
        times.push(begun.elapsed());
        ensure!(bytes.len() as u64 == MIB && film.is(from, &bytes), "other bytes from {from}");
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::{Film, MIB};

    #[test]
    fn a_part_of_the_film_is_what_stands_there_in_the_whole() {
        let film = Film::new(3 * MIB);
        let whole = film.bytes(0, 3 * MIB);
        let (from, to) = (MIB - 3, 2 * MIB + 5);
        assert!(whole[from as usize..to as usize] == film.bytes(from, to));
        assert!(film.is(from, &whole[from as usize..to as usize]));
        assert!(!film.is(from + MIB, &whole[from as usize..to as usize]));
    }
}
