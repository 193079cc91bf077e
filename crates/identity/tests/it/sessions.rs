//! Sessions: seen, ended, forgotten everywhere at once.

use chrono::TimeDelta;
use serde_json::json;

use crate::browser::{ANNS, Browser, ann, app, bob, modules, why_cut};

#[tokio::test]
async fn one_sees_ones_devices_and_ends_one_of_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut elsewhere = Browser::at(&t, [203, 0, 113, 9]);
    elsewhere.sign_in("ann", ANNS).await;
    let (_, list) = ann.get("/v1/sessions").await;
    let other = list["items"].as_array().unwrap().iter().find(|s| s["is_current"] == false).unwrap();
    assert_eq!((other["address"].as_str(), other["device"].as_str()), (Some("203.0.113.9"), Some("Firefox · Linux")));
    let path = format!("/v1/sessions/{}", other["id"].as_str().unwrap());
    let window = elsewhere.window();
    assert_eq!(elsewhere.get("/v1/me").await.0, 200);
    assert_eq!(ann.call("DELETE", &path, json!(null)).await.0, 204);
    assert_eq!(why_cut(&window).await, "revoked", "its window closes");
    assert_eq!(elsewhere.get("/v1/me").await.0, 401);
    assert_eq!(ann.call("DELETE", &path, json!(null)).await.0, 404);
}

#[tokio::test]
async fn nobody_ends_somebody_elses_session() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, mut bob) = bob(&mut ann).await;
    let path = format!("/v1/sessions/{}", ann.session["id"].as_str().unwrap());
    assert_eq!(bob.call("DELETE", &path, json!(null)).await.0, 404);
    assert_eq!(bob.call("DELETE", "/v1/sessions", json!(null)).await.0, 204);
    assert_eq!(ann.get("/v1/me").await.0, 200);
}

#[tokio::test]
async fn signing_out_everywhere_else_leaves_this_one() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (mut one, mut two) = (Browser::new(&t), Browser::new(&t));
    one.sign_in("ann", ANNS).await;
    two.sign_in("ann", ANNS).await;
    assert_eq!(ann.call("DELETE", "/v1/sessions", json!(null)).await.0, 204);
    assert_eq!((one.get("/v1/session").await.0, two.get("/v1/session").await.0), (204, 204));
    assert_eq!(ann.get("/v1/session").await.0, 200);
}

#[tokio::test]
async fn signing_out_takes_the_cookie_and_leaves_the_device_known() {
    let t = app().await;
    let mut ann = ann(&t).await;
    assert_eq!(ann.call("DELETE", "/v1/session", json!(null)).await.0, 204);
    assert_eq!(ann.cookies.keys().collect::<Vec<_>>(), ["device"]);
    assert_eq!(ann.get("/v1/session").await.0, 204);
}

#[tokio::test]
async fn a_node_that_only_reads_the_revocations_cuts_the_window_too() {
    let t = app().await;
    let ann = ann(&t).await;
    let window = ann.window();
    // As another node would have written it.
    sqlx::query("delete from identity.session").execute(&t.admin).await.unwrap();
    sqlx::query("insert into identity.revocation (id, session_id, code, at) values ($1, $2, 'revoked', $3)")
        .bind(t.app.new_id())
        .bind(ann.person().session)
        .bind(t.app.now())
        .execute(&t.admin)
        .await
        .unwrap();
    identity::apply_revocations(&t.app).await.unwrap();
    assert_eq!(why_cut(&window).await, "revoked");
}

#[tokio::test]
async fn the_running_program_cuts_a_revoked_window_within_a_second() {
    let t = app().await;
    let ann = ann(&t).await;
    t.start();
    let mut window = t.socket(&ann.person()).await;
    sqlx::query("insert into identity.revocation (id, session_id, code, at) values ($1, $2, 'revoked', $3)")
        .bind(t.app.new_id())
        .bind(ann.person().session)
        .bind(t.app.now())
        .execute(&t.admin)
        .await
        .unwrap();
    let cut = async { while window.try_next().await.is_ok() {} };
    tokio::time::timeout(std::time::Duration::from_secs(1), cut).await.expect("cut within a second");
    t.app.stop().await;
}

#[tokio::test]
async fn a_session_that_ends_on_one_node_ends_its_windows_on_another_within_a_second() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut elsewhere = Browser::at(&t, [203, 0, 113, 9]);
    elsewhere.sign_in("ann", ANNS).await;
    let other = t.beside(modules());
    other.start();
    let (mut window, own) = (other.socket(&elsewhere.person()).await, other.socket(&ann.person()).await);
    assert_eq!(ann.call("DELETE", "/v1/sessions", json!(null)).await.0, 204);
    let cut = async { while window.try_next().await.is_ok() {} };
    tokio::time::timeout(std::time::Duration::from_secs(1), cut).await.expect("cut within a second");
    assert_eq!(window.try_next().await, Err("revoked"));
    assert!(!own.socket.is_cut(), "the one that ended the others stays");
    own.close();
    other.app.stop().await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_lives_on_when_it_is() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut short = Browser::new(&t);
    assert_eq!(short.post("/v1/sessions", json!({ "login": "ann", "password": ANNS })).await.0, 201);
    for _ in 0..3 {
        t.clock.advance(TimeDelta::hours(23));
        assert_eq!(short.get("/v1/me").await.0, 200);
        assert_eq!(ann.get("/v1/me").await.0, 200);
    }
    t.clock.advance(TimeDelta::hours(25));
    assert_eq!(short.get("/v1/me").await.0, 401);
    t.clock.advance(TimeDelta::days(27));
    assert_eq!(ann.get("/v1/me").await.0, 200);
    t.clock.advance(TimeDelta::days(31));
    assert_eq!(ann.get("/v1/me").await.0, 401);
}

#[tokio::test]
async fn cookies_say_what_browsers_shall_enforce() {
    let t = app().await;
    ann(&t).await;
    let body = json!({ "login": "ann", "password": ANNS, "remember": true }).to_string();
    let request = axum::http::Request::post("/v1/sessions").header("content-type", "application/json");
    let response = t.request(request.body(body.into()).unwrap()).await;
    let set: Vec<&str> = response.headers().get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
    assert_eq!(set.len(), 2);
    for (line, name, kept) in [(set[0], "session=", "Max-Age=15552000"), (set[1], "device=", "Max-Age=31536000")] {
        assert!(line.starts_with(name) && line.contains(kept), "{line}");
        for word in ["Path=/", "HttpOnly", "SameSite=Strict"] {
            assert!(line.contains(word), "{line}");
        }
    }
}
