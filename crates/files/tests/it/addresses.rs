//! Signed addresses: they open one file, for some minutes, and nothing in it can run.

use chrono::TimeDelta;
use futures_util::StreamExt;

use crate::desk::{Desk, noise};

#[tokio::test]
async fn a_range_is_exactly_what_was_asked_for() {
    let desk = Desk::new().await;
    let whole = noise(9 * 1024 * 1024 + 5, 4);
    let file = desk.upload(&desk.ann, "film.bin", whole.clone()).await;
    let address = desk.addresses(&desk.ann, &desk.attach(&desk.ann, file).await).await.content;
    let length = whole.len();
    for (from, to) in [(0, 0), (65_535, 65_536), (8_388_600, 8_388_700), (1, length - 1), (length - 1, length - 1)] {
        let answer = desk.read(&address, Some(&format!("bytes={from}-{to}"))).await;
        assert_eq!(answer.status, 206);
        assert_eq!(answer.text("content-range"), format!("bytes {from}-{to}/{length}"));
        assert!(answer.body == whole[from..=to], "{from}-{to}");
    }
    let beyond = desk.read(&address, Some(&format!("bytes={length}-"))).await;
    assert_eq!((beyond.status.as_u16(), beyond.text("content-range")), (416, format!("bytes */{length}")));
}

#[tokio::test]
async fn an_address_opens_one_file_in_one_way_and_ends() {
    let desk = Desk::new().await;
    let file = desk.upload(&desk.ann, "a.txt", b"words".to_vec()).await;
    let other = desk.upload(&desk.ann, "b.txt", b"other".to_vec()).await;
    let addresses = desk.addresses(&desk.ann, &desk.attach(&desk.ann, file).await).await;
    let address = addresses.content;
    assert_eq!(desk.read(&address, None).await.body, b"words");
    let forged = [
        address.replace(&file.to_string(), &other.to_string()),
        address.replace("/content", "/download"),
        address.replace(&desk.ann.id.to_string(), &desk.mal.id.to_string()),
        address.replace(&desk.acme.to_string(), &desk.mal.org.to_string()),
        address.replace("since=", "since=9"),
        address.replace("expires=", "expires=9"),
        address.replace("signature=", "signature=A"),
        address.split('?').next().unwrap().to_owned(),
    ];
    for address in forged {
        assert!(desk.read(&address, None).await.status.is_client_error(), "{address}");
    }
    desk.t.clock.set(addresses.expires_at - TimeDelta::seconds(1));
    let last = desk.read(&address, None).await;
    assert_eq!((last.status.as_u16(), last.text("cache-control")), (200, "private, max-age=1, immutable".to_owned()));
    desk.t.clock.set(addresses.expires_at);
    assert_eq!(desk.read(&address, None).await.status, 404);
}

/// Whoever makes addresses up cannot make the database work, also with a real one in hand.
#[tokio::test]
async fn a_forged_address_is_refused_without_a_look_at_the_database() {
    let desk = Desk::new().await;
    let file = desk.upload(&desk.ann, "a.txt", b"words".to_vec()).await;
    let address = desk.addresses(&desk.ann, &desk.attach(&desk.ann, file).await).await.content;
    assert_eq!(desk.read(&address, None).await.status, 200);
    desk.t.app.stop().await;
    assert_eq!(desk.read(&address, None).await.status, 503, "the database is away");
    let forged = [
        address.replace("signature=", "signature=A"),
        address.replace("since=", "since=-"),
        address.replace("expires=", "expires=1"),
        address.replace(&desk.ann.id.to_string(), &desk.bob.id.to_string()),
    ];
    for address in forged {
        assert_eq!(desk.read(&address, None).await.status, 404, "{address}");
    }
}

#[tokio::test]
async fn an_address_ends_with_what_carries_the_file() {
    let desk = Desk::new().await;
    let file = desk.upload(&desk.ann, "a.txt", b"words".to_vec()).await;
    let attached = desk.attach(&desk.ann, file).await;
    let kept_until = desk.t.app.now() + TimeDelta::milliseconds(90_500);
    let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::Member(desk.ann.id)).await.unwrap();
    let reader = files::Reader::load(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let addresses = files::addresses(&desk.t.app, reader, &attached, kept_until);
    let first = desk.read(&addresses.content, None).await;
    assert_eq!(
        (first.status.as_u16(), first.text("cache-control")),
        (200, "private, max-age=90, immutable".to_owned())
    );
    desk.t.clock.set(addresses.expires_at - TimeDelta::seconds(1));
    assert_eq!(desk.read(&addresses.content, None).await.status, 200);
    desk.t.clock.set(kept_until);
    assert_eq!(desk.read(&addresses.content, None).await.status, 404);
}

/// Whoever is shut out takes no address along, and what is on its way to them breaks off (`ACC-10`).
#[tokio::test]
async fn acc_10_addresses_and_downloads_end_with_the_access_of_whom_they_were_made_for() {
    let desk = Desk::new().await;
    let bob = desk.bob.clone();
    let whole = noise(24 * 1024 * 1024, 4);
    let file = desk.upload(&desk.ann, "film.bin", whole.clone()).await;
    let attached = desk.attach(&desk.ann, file).await;
    let of = async |who: &testkit::Person| desk.addresses(who, &attached).await.download;
    let (anns, bobs) = (of(&desk.ann).await, of(&bob).await);
    assert!(desk.read(&bobs, None).await.body == whole);

    let request = axum::http::Request::get(&bobs).body(axum::body::Body::empty()).unwrap();
    let mut under_way = desk.t.request(request).await.into_body().into_data_stream();
    assert!(under_way.next().await.unwrap().is_ok(), "it began");
    let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, bob.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(desk.read(&bobs, None).await.status, 404);
    assert!(desk.read(&anns, None).await.body == whole, "others go on");
    desk.t.clock.advance(TimeDelta::seconds(3));
    let rest: Vec<bool> = under_way.map(|piece| piece.is_ok()).collect().await;
    assert_eq!(rest.last(), Some(&false), "it did not come to its end");
}

/// An end is an end: whoever is let in again has new addresses, on every node (`ACC-10`).
#[tokio::test]
async fn acc_10_addresses_and_downloads_of_before_stay_ended_when_somebody_is_let_in_again() {
    let desk = Desk::new().await;
    let other = desk.t.beside(vec![files::module()]);
    let bob = desk.bob.clone();
    let whole = noise(24 * 1024 * 1024, 4);
    let file = desk.upload(&desk.ann, "film.bin", whole.clone()).await;
    let attached = desk.attach(&desk.ann, file).await;
    let (anns, bobs) = (desk.addresses(&desk.ann, &attached).await, desk.addresses(&bob, &attached).await);
    let there = async |address: &str| {
        let request = axum::http::Request::get(address).body(axum::body::Body::empty()).unwrap();
        other.request(request).await.status().as_u16()
    };
    assert_eq!((there(&bobs.content).await, there(&anns.content).await), (200, 200));
    let request = axum::http::Request::get(&bobs.download).body(axum::body::Body::empty()).unwrap();
    let mut under_way = desk.t.request(request).await.into_body().into_data_stream();
    assert!(under_way.next().await.unwrap().is_ok(), "it began");

    desk.t.clock.advance(TimeDelta::seconds(1));
    for state in [directory::State::Suspended, directory::State::Active] {
        let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::System).await.unwrap();
        directory::set_state(&mut tx, bob.id, state).await.unwrap();
        tx.commit().await.unwrap();
    }
    for address in [&bobs.content, &bobs.download] {
        assert_eq!(desk.read(address, None).await.status, 404, "here");
        assert_eq!(there(address).await, 404, "on another node");
    }
    let again = desk.addresses(&bob, &attached).await;
    assert_eq!(again.expires_at, bobs.expires_at, "of the same round, and yet others");
    assert!(desk.read(&again.content, None).await.body == whole);
    assert_eq!((there(&again.content).await, there(&anns.content).await), (200, 200));
    desk.t.clock.advance(TimeDelta::seconds(3));
    let rest: Vec<bool> = under_way.map(|piece| piece.is_ok()).collect().await;
    assert_eq!(rest.last(), Some(&false), "what was under way breaks off, though he is in again");
}

#[tokio::test]
async fn what_a_browser_would_run_is_saved_and_never_shown() {
    let desk = Desk::new().await;
    let page = b"<html><script>alert(1)</script>".to_vec();
    for name in ["page.html", "picture.png", "vector.svg"] {
        let file = desk.upload(&desk.ann, name, page.clone()).await;
        let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::Member(desk.ann.id)).await.unwrap();
        let carrier = files::Carrier { feature: "test", scope: file.0, id: file.0 };
        let attached = files::attach(&mut tx, &[file], carrier).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        let answer = desk.read(&desk.addresses(&desk.ann, &attached).await.content, None).await;
        assert_eq!(answer.text("content-type"), "application/octet-stream");
        assert!(answer.text("content-disposition").starts_with("attachment;"));
        assert_eq!(answer.text("x-content-type-options"), "nosniff");
        assert!(answer.text("content-security-policy").contains("sandbox"));
    }
}

#[tokio::test]
async fn an_address_opens_nothing_while_the_organisation_is_suspended() {
    let desk = Desk::new().await;
    let file = desk.upload(&desk.ann, "a.txt", b"words".to_vec()).await;
    let attached = desk.attach(&desk.ann, file).await;
    let address = desk.addresses(&desk.ann, &attached).await.content;
    assert_eq!(desk.read(&address, None).await.status, 200);
    let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::Operator).await.unwrap();
    let by = hosting::OperatorAct::of(&tx, None).unwrap();
    hosting::suspend(&mut tx, &by, "Bills are not paid").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(desk.read(&address, None).await.status, 404);
    let mut tx = desk.t.app.begin(desk.acme, kernel::Actor::Operator).await.unwrap();
    hosting::resume(&mut tx, &by).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(desk.read(&address, None).await.status, 200);
}
