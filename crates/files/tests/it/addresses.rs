//! Signed addresses: they open one file, for some minutes, and nothing in it can run.

use chrono::TimeDelta;

use crate::desk::{Desk, noise};

#[tokio::test]
async fn a_range_is_exactly_what_was_asked_for() {
    let desk = Desk::new().await;
    let whole = noise(9 * 1024 * 1024 + 5, 4);
    let file = desk.upload(&desk.ann, "film.bin", whole.clone()).await;
    let address = files::addresses(&desk.t.app, desk.acme, &desk.attach(&desk.ann, file).await).content;
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
    let addresses = files::addresses(&desk.t.app, desk.acme, &desk.attach(&desk.ann, file).await);
    let address = addresses.content;
    assert_eq!(desk.read(&address, None).await.body, b"words");
    let forged = [
        address.replace(&file.to_string(), &other.to_string()),
        address.replace("/content", "/download"),
        address.replace(&desk.acme.to_string(), &desk.mal.org.to_string()),
        address.replace("expires=", "expires=9"),
        address.replace("signature=", "signature=A"),
        address.split('?').next().unwrap().to_owned(),
    ];
    for address in forged {
        assert!(desk.read(&address, None).await.status.is_client_error(), "{address}");
    }
    desk.t.clock.set(addresses.expires_at - TimeDelta::seconds(1));
    assert_eq!(desk.read(&address, None).await.status, 200);
    desk.t.clock.set(addresses.expires_at);
    assert_eq!(desk.read(&address, None).await.status, 404);
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
        let answer = desk.read(&files::addresses(&desk.t.app, desk.acme, &attached).content, None).await;
        assert_eq!(answer.text("content-type"), "application/octet-stream");
        assert!(answer.text("content-disposition").starts_with("attachment;"));
        assert_eq!(answer.text("x-content-type-options"), "nosniff");
        assert!(answer.text("content-security-policy").contains("sandbox"));
    }
}
