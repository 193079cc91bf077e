//! The way in: headers, names, origins, proxies, files.

use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::house::{House, Running};
use crate::http::{Answer, ask, get};
use crate::people::set_up;

async fn post(running: &Running, headers: &[(&str, &str)]) -> Answer {
    let headers = [&[("content-type", "application/json")], headers].concat();
    ask(running.address, "POST", "/v1/sessions", &headers, b"{}").await
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let running = House::ready().start();
    for path in ["/", "/v1/capabilities", "/v1/nothing", "/healthz", "/api", "/api/openapi.json", "/assets/nothing.js"]
    {
        let answer = get(running.address, path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-"), "{path}: {policy}");
        let permissions = answer.header("permissions-policy");
        assert!(
            permissions.contains("camera=(self)") && permissions.contains("geolocation=()"),
            "{path}: {permissions}"
        );
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: plain HTTP promises nothing");
    }
}

#[tokio::test]
async fn the_page_has_a_fresh_nonce_and_takes_theme_and_language_from_its_cookies() {
    let running = House::ready().start();
    let nonce = |answer: &Answer| {
        let policy = answer.header("content-security-policy").to_owned();
        policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned()
    };
    let cookies = [("cookie", "theme=dark; language=zh-TW")];
    let one = ask(running.address, "GET", "/o/acme/messages", &cookies, b"").await;
    let other = get(running.address, "/sign-in").await;
    assert_eq!((one.status, other.status), (200, 200));
    assert_ne!(nonce(&one), nonce(&other));
    assert!(one.text().contains(&format!("content=\"{}\"", nonce(&one))), "{}", one.text());
    let tag = one.text();
    let tag = tag.split("<html").nth(1).unwrap().split('>').next().unwrap();
    assert!(tag.contains("lang=\"zh-TW\"") && tag.contains("data-theme=\"dark\""), "{tag}");
}

/// Whoever blocks or deletes the cookies for preferences has the defaults again, and everything else.
#[tokio::test]
async fn cke_02_without_preference_cookies_only_the_choices_are_gone() {
    let running = House::ready().start();
    let ann = set_up(&running).await;
    let session = format!("session={}", ann.token);
    let chosen = format!("{session}; theme=dark; language=zh-TW; density=compact; keys=chords");
    for (cookies, language, theme) in [(&chosen, "zh-TW", true), (&session, "zh-CN", false)] {
        let headers = [("cookie", cookies.as_str()), ("accept-language", "en")];
        let page = ask(running.address, "GET", "/o/acme/messages", &headers, b"").await;
        assert_eq!(page.status, 200);
        let text = page.text();
        let tag = text.split("<html").nth(1).unwrap().split('>').next().unwrap();
        assert!(tag.contains(&format!("lang=\"{language}\"")), "{tag}");
        assert_eq!(tag.contains("data-theme=\"dark\""), theme, "{tag}");
        assert_eq!(ask(running.address, "GET", "/v1/me", &headers, b"").await.status, 200, "still signed in");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_under_v1_and_no_page_elsewhere() {
    let running = House::ready().start();
    let missing = get(running.address, "/v1/nothing").await;
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
    assert_eq!(missing.code(), "not_found");
    assert_eq!(get(running.address, "/wp-login.php").await.status, 404);
    let person = [("accept", "text/html,application/xhtml+xml")];
    let page = ask(running.address, "GET", "/nonsense", &person, b"").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert_eq!(get(running.address, "/assets/../../etc/passwd").await.status, 404);
}

#[tokio::test]
async fn only_our_own_pages_may_change_anything() {
    let running = House::ready().start();
    let own = format!("http://{}", running.address);
    // The positive first: our page gets as far as the sign-in itself.
    assert_eq!(post(&running, &[("origin", &own)]).await.status, 422);
    for foreign in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let answer = post(&running, &[("origin", foreign)]).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "edge.foreign_origin"), "{foreign}");
    }
    let without = post(&running, &[("cookie", "session=x")]).await;
    assert_eq!(without.code(), "edge.foreign_origin");
}

#[tokio::test]
async fn a_foreign_name_for_this_machine_is_refused() {
    let running = House::ready().start();
    let answer = ask(running.address, "GET", "/v1/capabilities", &[("host", "rebound.example:8080")], b"").await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "edge.unknown_host"));
    let tunnel = ask(running.address, "GET", "/v1/capabilities", &[("host", "localhost:9999")], b"").await;
    assert_eq!(tunnel.status, 200, "{} {}", tunnel.text(), running.said());
}

#[tokio::test]
async fn behind_a_proxy_only_https_is_let_in() {
    let house = House::ready()
        .with("TULOU_PUBLIC_URL", "https://office.example.org")
        .with("TULOU_TRUSTED_PROXIES", "127.0.0.1");
    let running = house.start();
    let by = |proto: &'static str| {
        [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", proto), ("host", "office.example.org")]
    };
    let page = ask(running.address, "GET", "/", &by("https"), b"").await;
    assert_eq!(page.status, 200);
    assert!(page.header("strict-transport-security").contains("max-age="));
    assert!(page.header("content-security-policy").contains("wss://office.example.org"));
    let plain = ask(running.address, "GET", "/", &by("http"), b"").await;
    assert_eq!(plain.status, 403);
    assert!(plain.text().contains("trusted_proxies"));
    let program = ask(running.address, "GET", "/v1/capabilities", &by("http"), b"").await;
    assert_eq!(program.code(), "edge.plain_http");
}

#[tokio::test]
async fn figures_are_for_this_machine_or_whoever_has_the_token() {
    let house = House::ready()
        .with("TULOU_PUBLIC_URL", "https://office.example.org")
        .with("TULOU_TRUSTED_PROXIES", "127.0.0.1")
        .with("TULOU_METRICS_TOKEN", "a-token-of-some-length");
    let running = house.start();
    let far = [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "https"), ("host", "office.example.org")];
    assert_eq!(ask(running.address, "GET", "/metrics", &far, b"").await.status, 404);
    let with_token = [&far[..], &[("authorization", "Bearer a-token-of-some-length")]].concat();
    let figures = ask(running.address, "GET", "/metrics", &with_token, b"").await;
    assert!(figures.text().contains("tulou_sockets 0"), "{}", figures.text());
}

#[tokio::test]
async fn too_much_is_refused_and_a_cookie_beside_a_bearer_too() {
    let running = House::ready().start();
    let headers = [("content-type", "application/json")];
    let body = format!("{{\"login\":\"{}\"}}", "x".repeat(400 * 1024));
    let answer = ask(running.address, "POST", "/v1/sessions", &headers, body.as_bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "too_large"));
    let both = [("authorization", "Bearer x"), ("cookie", "session=y")];
    assert_eq!(ask(running.address, "GET", "/v1/session", &both, b"").await.status, 422);
}

/// The health page and the jobs are for administrators.
#[tokio::test]
async fn an_administrator_sees_how_the_server_is() {
    let running = House::ready().start();
    let ann = set_up(&running).await;
    let health = ann.done("GET", "/v1/health", json!(null)).await;
    assert_eq!(health["database"]["is_private"], true);
    assert!(health["disk"]["total_bytes"].as_u64().unwrap() > 0);
    let checks: Vec<&str> =
        health["checks"].as_array().unwrap().iter().filter_map(|check| check["id"].as_str()).collect();
    assert_eq!(checks, ["disk", "files", "jobs", "reality", "transport"]);
    assert_eq!(health["files"]["kind"], "folder");
    assert!(health["files"]["free_bytes"].as_u64().unwrap() > 0);
    // What the disk of the machine leaves holds for files as well.
    let [disk, files] =
        [0, 1].map(|at| (health["checks"][at]["state"].clone(), health["checks"][at]["detail_code"].clone()));
    assert_eq!(files, if disk.0 == "ok" { (json!("ok"), json!("files.fine")) } else { disk });
    let jobs = ann.done("GET", "/v1/jobs?limit=1", json!(null)).await;
    assert!(jobs["items"].is_array());
}

#[tokio::test]
async fn the_reference_page_needs_nothing_inline() {
    let running = House::ready().start();
    let page = get(running.address, "/api").await.text();
    assert!(!page.contains("style=") && !page.contains("<style") && !page.contains("onclick"));
    for file in ["/api/reference.css", "/api/reference.js", "/api/openapi.json"] {
        assert_eq!(get(running.address, file).await.status, 200, "{file}");
    }
}

#[tokio::test]
async fn what_was_begun_is_finished_and_done_once_although_whoever_asked_hangs_up() {
    let running = House::ready().start();
    let ann = set_up(&running).await;
    let bearer = format!("Bearer {}", ann.token);
    let key = |name: &str| format!("key of {name}");
    let names: Vec<String> = (0..16).map(|number| format!("Department {number}")).collect();
    for (name, wait) in names.iter().zip(0..) {
        let body = json!({ "name": name }).to_string();
        let head = format!(
            "POST /v1/departments HTTP/1.1\r\nhost: {}\r\nauthorization: {bearer}\r\ncontent-type: application/json\r\n\
             idempotency-key: {}\r\ncontent-length: {}\r\n\r\n{body}",
            running.address,
            key(name),
            body.len()
        );
        let mut stream = tokio::net::TcpStream::connect(running.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_micros(wait * 1500)).await;
    }
    for name in &names {
        let (key, body) = (key(name), json!({ "name": name }).to_string());
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
        ];
        let mut again = ask(running.address, "POST", "/v1/departments", &headers, body.as_bytes()).await;
        while again.code() == "kernel.request_in_progress" {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            again = ask(running.address, "POST", "/v1/departments", &headers, body.as_bytes()).await;
        }
        assert_eq!(again.status, 201, "{name}: {}", again.text());
    }
    let departments = ann.done("GET", "/v1/departments", json!(null)).await;
    let departments = departments["items"].as_array().unwrap();
    for name in &names {
        assert_eq!(departments.iter().filter(|one| one["name"] == *name).count(), 1, "{name}");
    }
}
