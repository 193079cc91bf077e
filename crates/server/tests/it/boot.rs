//! Started, started twice, stopped, killed.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;

use crate::house::House;
use crate::http::get;
use crate::people::{Person, client_id, in_touch, set_up};

#[tokio::test]
async fn a_fresh_directory_becomes_a_server_that_prints_its_set_up_code() {
    let house = House::new();
    let running = house.start();
    assert!(running.setup_code.as_deref().is_some_and(|code| !code.is_empty()), "{}", running.said());
    assert_eq!(get(running.address, "/healthz").await.text(), "ok\n");
    let capabilities = get(running.address, "/v1/capabilities").await.json();
    assert_eq!(capabilities["set_up"], false);
    assert!(capabilities["modules"].as_array().unwrap().contains(&json!("chat")));
}

#[tokio::test]
async fn a_server_that_is_set_up_says_so_after_a_restart_and_is_warm_at_once() {
    let house = House::new();
    let running = house.start();
    let ann = set_up(&running).await;
    assert!(running.stop().0.success());
    let asked = Instant::now();
    let running = house.start();
    assert!(asked.elapsed() < Duration::from_secs(10), "a warm start took {:?}", asked.elapsed());
    assert_eq!(running.setup_code, None, "{}", running.said());
    assert_eq!(get(running.address, "/v1/capabilities").await.json()["set_up"], true);
    ann.at(&running).done("GET", "/v1/session", json!(null)).await;
}

#[test]
fn a_second_program_on_one_data_directory_is_refused_and_names_the_first() {
    let house = House::new();
    let running = house.start();
    let (succeeded, said) = house.run(&["serve"]);
    assert!(!succeeded);
    assert!(said.contains(&format!("process {}", running.pid())), "{said}");
}

#[test]
fn a_port_in_use_is_said_with_its_holder_before_anything_is_made() {
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let house = House::new();
    let (succeeded, said) = house.run(&["--listen", &holder.local_addr().unwrap().to_string(), "serve"]);
    assert!(!succeeded);
    assert!(said.contains(&format!("process {}", std::process::id())) && said.contains("--listen"), "{said}");
    assert!(!house.data().exists());
}

#[test]
fn a_data_directory_that_cannot_be_made_is_named_with_the_way_out() {
    let house = House::new();
    std::fs::write(house.data(), "in the way").unwrap();
    let (succeeded, said) = house.run(&["serve"]);
    assert!(!succeeded);
    assert!(said.contains(house.data().to_str().unwrap()) && said.contains("TULOU_DATA"), "{said}");
}

#[test]
fn a_stop_takes_less_than_ten_seconds_and_ends_the_database() {
    let house = House::new();
    let (status, took) = house.start().stop();
    assert!(status.success());
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(!house.data().join("cluster/postmaster.pid").exists());
}

/// A balancer takes the node out while it still answers, and a connection that is kept is told that this was its last answer.
#[tokio::test]
async fn a_node_that_is_asked_to_stop_says_so_and_answers_until_it_has_drained() {
    let house = House::new().with("TULOU_DRAIN", "60");
    let running = house.start();
    let mut kept = Kept::open(running.address).await;
    let (answer, stays_open) = kept.ask("/healthz").await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && stays_open, "{answer}");
    running.signal("TERM");
    while get(running.address, "/healthz").await.status == 200 {}
    assert_eq!(get(running.address, "/healthz").await.text(), "stopping\n");
    let (answer, stays_open) = kept.ask("/v1/capabilities").await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && !stays_open, "{answer}");
    running.kill();
}

/// A connection over which one asks more than once.
struct Kept(BufReader<TcpStream>);

impl Kept {
    async fn open(address: SocketAddr) -> Self {
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }

    /// The head of the answer, and whether one may ask again.
    async fn ask(&mut self, path: &str) -> (String, bool) {
        let host = self.0.get_ref().peer_addr().unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).await.unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).await.unwrap() > 0, "it hung up: {head}");
        }
        let head = head.to_lowercase().replacen("http", "HTTP", 1);
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        self.0.read_exact(&mut vec![0; length]).await.unwrap();
        let stays_open = !head.contains("connection: close");
        (head, stays_open)
    }
}

/// What was acknowledged before `kill -9` is there after the next start, once and in order.
#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed_under_load() {
    let house = House::new();
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    let path = format!("/v1/conversations/{conversation}/messages");
    let (acknowledged, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let mut talkers = tokio::task::JoinSet::new();
    for person in [ann.clone(), bob] {
        let (path, acknowledged) = (path.clone(), acknowledged.clone());
        talkers.spawn(talk(person, path, acknowledged));
    }
    let mut known = Vec::new();
    while known.len() < 40 {
        known.push(heard.recv().await.expect("messages are acknowledged"));
    }
    running.kill();
    talkers.shutdown().await;
    while let Ok(id) = heard.try_recv() {
        known.push(id);
    }
    let running = house.start();
    let ann = ann.at(&running);
    let mut found = Vec::new();
    let mut before = String::new();
    loop {
        let page = ann.done("GET", &format!("{path}?limit=100{before}"), json!(null)).await;
        let items = page["items"].as_array().unwrap();
        found.extend(items.iter().map(|message| message["id"].as_str().unwrap().to_owned()));
        if page["has_older"] != true {
            break;
        }
        before = format!("&before={}", items[0]["seq"]);
    }
    let missing = known.iter().filter(|id| !found.contains(id)).count();
    assert_eq!(missing, 0, "of {} acknowledged messages", known.len());
    let once: std::collections::HashSet<&String> = found.iter().collect();
    assert_eq!(once.len(), found.len());
}

/// Says one thing after the other, and reports what was acknowledged, until nobody answers any more.
async fn talk(person: Person, path: String, acknowledged: UnboundedSender<String>) {
    for number in 0.. {
        let text = format!("{} {number}", person.member);
        let body = json!({"client_id": client_id(), "body": {"v": 1, "kind": "text", "text": text}});
        let answer = person.call("POST", &path, body).await;
        if answer.status != 201 {
            return;
        }
        let _ = acknowledged.send(answer.json()["id"].as_str().unwrap().to_owned());
    }
}
