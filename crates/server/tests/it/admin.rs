//! The operator asks, beside a running server and without one.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use serde_json::json;

use crate::house::House;
use crate::http::ask;
use crate::people::{PASSWORD, set_up};

#[tokio::test]
async fn the_operator_asks_the_server_that_runs() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let (succeeded, said) = house.run(&["admin", "list", "organisations"]);
    assert!(succeeded && said.contains("acme") && said.contains("Acme"), "{said}");

    // The server's own memory hears of it: the owner's sign-in has ended at once.
    ann.done("GET", "/v1/me", json!(null)).await;
    let (succeeded, said) = house.run(&["admin", "reset-owner-password", "acme"]);
    assert!(succeeded, "{said}");
    assert_eq!(ann.call("GET", "/v1/me", json!(null)).await.status, 401);
    let given = said.split("of the owner: ").nth(1).and_then(|rest| rest.lines().next()).unwrap().to_owned();
    for (password, status) in [(PASSWORD, 401), (given.as_str(), 201)] {
        let input = json!({"login": "ann@example.com", "password": password}).to_string();
        let headers = [("content-type", "application/json")];
        assert_eq!(ask(running.address, "POST", "/v1/sessions", &headers, input.as_bytes()).await.status, status);
    }
    let (succeeded, said) = house.run(&["admin", "reset-owner-password", "nobody"]);
    assert!(!succeeded && said.contains("nobody"), "{said}");

    let (succeeded, said) = house.run(&["audit", "verify"]);
    let noted = said.split("elsewhere: ").nth(1).map(|rest| rest.trim().to_owned());
    assert!(succeeded && said.starts_with("acme: "), "{said}");
    assert!(house.run(&["audit", "verify", "acme", "--noted", &noted.unwrap()]).0);
    let other = format!("1:{}", "0".repeat(64));
    let (succeeded, said) = house.run(&["audit", "verify", "acme", "--noted", &other]);
    assert!(!succeeded && said.contains("line 1 is not the one that was noted"), "{said}");

    let (succeeded, said) = house.run(&["admin", "setup-code"]);
    assert!(succeeded && said.contains("/setup"), "{said}");
    let check = json!({"code": said.lines().next()}).to_string();
    let headers = [("content-type", "application/json")];
    let checked = ask(running.address, "POST", "/v1/setup/check", &headers, check.as_bytes()).await;
    assert!((200..300).contains(&checked.status), "{}", checked.text());

    let door = house.data().join("control.sock");
    let facts = std::fs::metadata(&door).unwrap();
    assert_eq!((facts.permissions().mode() & 0o777, facts.uid()), (0o600, rustix::process::geteuid().as_raw()));
    assert!(running.stop().0.success());
    assert!(!door.exists());
    let (succeeded, said) = house.run(&["admin", "list", "organisations"]);
    assert!(succeeded && said.contains("acme"), "without a server: {said}");
}

/// The path of a socket may have 107 bytes; that of a data directory may be longer.
#[test]
fn the_operator_is_heard_in_a_deep_directory_and_after_a_crash() {
    let house = House::ready();
    let deep = house.path(&"d".repeat(60)).join("e".repeat(60));
    let house = house.with("TULOU_DATA", deep.to_str().unwrap());
    house.start().kill();
    assert!(deep.join("control.sock").exists(), "nobody tidied up");
    let (succeeded, said) = house.run(&["admin", "list", "organisations"]);
    assert!(succeeded, "nobody listens any more: {said}");
    let running = house.start();
    let (succeeded, said) = house.run(&["admin", "setup-code"]);
    assert!(succeeded && said.trim().len() >= 12, "{said}");
    assert!(running.stop().0.success());
}

#[test]
fn the_operator_who_names_the_wrong_directory_is_given_no_second_installation() {
    let house = House::ready();
    let elsewhere = house.path("elsewhere");
    let house = house.with("TULOU_DATA", elsewhere.to_str().unwrap());
    for arguments in [&["admin", "setup-code"][..], &["admin", "list", "organisations"], &["audit", "verify"]] {
        let (succeeded, said) = house.run(arguments);
        assert!(!succeeded && said.contains("there is no installation in") && said.contains("--data"), "{said}");
    }
    assert!(!elsewhere.exists());
}
