//! Files in a bucket that speaks S3 (`IM-06`): they come and go as in a folder, and a store that is away, refuses or is
//! full is told as what it is; the upload stands where it stood.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use chrono::TimeDelta;
use files::{Opened, S3Settings, Segment, Segments, StoreKind};
use kernel::{Actor, Bucket};
use serde_json::json;

use crate::desk::{Desk, cut, noise, streamed};
use crate::weed::{Weed, as_guest, settings};

const CHUNK: usize = 64 * 1024;
const SEGMENT: usize = 128 * CHUNK;

async fn desk_on(settings: &S3Settings) -> Desk {
    let desk = Desk::new().await;
    files::keep_in(&desk.t.app, settings).unwrap();
    desk
}

/// All bytes of an upload that is done.
async fn bytes_of(desk: &Desk, upload: &str) -> Vec<u8> {
    let attached = desk.attach(&desk.ann, upload.rsplit('/').next().unwrap().parse().unwrap()).await;
    desk.read(&desk.addresses(&desk.ann, &attached).await.download, None).await.body
}

/// `ADM-08`: members are told in what files are kept, and neither where nor how one gets in.
#[tokio::test]
async fn adm_08_members_are_told_in_what_files_are_kept_and_nothing_else() {
    let desk = Desk::new().await;
    let told = async |desk: &Desk| desk.t.call(&desk.bob, "GET", "/v1/file-store", json!(null)).await;
    assert_eq!(told(&desk).await, (StatusCode::OK, json!({ "kind": "folder" })));
    assert_eq!(desk.t.call(None, "GET", "/v1/file-store", json!(null)).await.0, 401);
    let settings = S3Settings {
        endpoint: "http://127.0.0.1:9".into(),
        bucket: "tulou".into(),
        access_key: "key".into(),
        secret_key: "canary".into(),
        ..S3Settings::default()
    };
    let desk = desk_on(&settings).await;
    assert_eq!(told(&desk).await, (StatusCode::OK, json!({ "kind": "bucket" })));
}

#[tokio::test]
async fn a_file_goes_into_the_bucket_whole_comes_out_by_ranges_and_leaves_nothing_behind() {
    let weed = Weed::start().await;
    let desk = desk_on(&settings(&weed)).await;
    let whole = noise(2 * SEGMENT + 3 * CHUNK + 777, 1);
    let upload = desk.begin(&desk.ann, "设计.bin", whole.len()).await.text("location");
    let first = SEGMENT + 5 * CHUNK + 9;
    assert_eq!(desk.append(&desk.ann, &upload, 0, cut(whole[..first].to_vec())).await.status, 422);
    assert_eq!(weed.objects().await, 1, "only whole segments are put");
    let offset = desk.offset(&desk.ann, &upload).await;
    assert_eq!(offset, SEGMENT + 5 * CHUNK);
    let done = desk.append(&desk.ann, &upload, offset, Body::from(whole[offset..].to_vec())).await;
    assert_eq!((done.status.as_u16(), done.number("upload-offset")), (204, whole.len()));
    assert_eq!((weed.objects().await, on_disk(&desk)), (3, 0));
    let attached = desk.attach(&desk.ann, upload.rsplit('/').next().unwrap().parse().unwrap()).await;
    let address = desk.addresses(&desk.ann, &attached).await.download;
    assert!(desk.read(&address, None).await.body == whole);
    for (from, to) in [(0, 0), (SEGMENT - 1, SEGMENT), (2 * SEGMENT + 3 * CHUNK, whole.len() - 1)] {
        let part = desk.read(&address, Some(&format!("bytes={from}-{to}"))).await;
        assert!(part.status == 206 && part.body == whole[from..=to], "{from}-{to}");
    }
    files::expire(&desk.t.app, desk.acme, "test", desk.t.app.now()).await.unwrap();
    desk.t.clock.advance(TimeDelta::minutes(10));
    desk.t.run_jobs().await;
    assert_eq!(weed.objects().await, 0);
}

#[tokio::test]
async fn what_a_lost_node_had_begun_goes_on_at_another_from_the_last_whole_segment() {
    let weed = Weed::start().await;
    let desk = desk_on(&settings(&weed)).await;
    let whole = noise(2 * SEGMENT + 10, 2);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    let staging = desk.t.app.settings().data_dir.join("files/staging");
    desk.append(&desk.ann, &upload, 0, cut(whole[..3 * CHUNK].to_vec())).await;
    let kept = std::fs::read_dir(&staging).unwrap().next().unwrap().unwrap().path();
    let stale = std::fs::read(&kept).unwrap();
    desk.append(&desk.ann, &upload, 3 * CHUNK, cut(whole[3 * CHUNK..SEGMENT + 7 * CHUNK].to_vec())).await;
    assert_eq!(desk.offset(&desk.ann, &upload).await, SEGMENT + 7 * CHUNK);
    // The disk of the node that took it is gone; the next one has only what an earlier visit left with it.
    std::fs::remove_dir_all(&staging).unwrap();
    std::fs::create_dir(&staging).unwrap();
    std::fs::write(&kept, stale).unwrap();
    assert_eq!(desk.offset(&desk.ann, &upload).await, SEGMENT);
    let done = desk.append(&desk.ann, &upload, SEGMENT, Body::from(whole[SEGMENT..].to_vec())).await;
    assert_eq!(done.status, 204);
    assert!(bytes_of(&desk, &upload).await == whole);
}

#[tokio::test]
async fn what_was_put_of_a_body_that_is_too_long_is_taken_out_of_the_bucket() {
    let weed = Weed::start().await;
    let desk = desk_on(&settings(&weed)).await;
    let whole = noise(2 * SEGMENT + CHUNK, 7);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    let first = SEGMENT + 3 * CHUNK;
    assert_eq!(desk.append(&desk.ann, &upload, 0, cut(whole[..first].to_vec())).await.status, 422);
    let long = streamed(&noise(whole.len() - first + 1, 8));
    assert_eq!(desk.append(&desk.ann, &upload, first, long).await.status, 413);
    assert_eq!((desk.offset(&desk.ann, &upload).await, weed.objects().await), (first, 1));
    assert_eq!(desk.append(&desk.ann, &upload, first, Body::from(whole[first..].to_vec())).await.status, 204);
    assert!(bytes_of(&desk, &upload).await == whole);
}

#[tokio::test]
async fn a_store_that_goes_away_in_the_middle_stops_the_upload_and_nothing_of_it_is_lost() {
    let mut weed = Weed::start().await;
    let desk = desk_on(&settings(&weed)).await;
    let whole = noise(2 * SEGMENT, 3);
    let upload = desk.begin(&desk.ann, "a.bin", whole.len()).await.text("location");
    desk.append(&desk.ann, &upload, 0, cut(whole[..SEGMENT + CHUNK].to_vec())).await;
    weed.kill();
    let stopped = desk.append(&desk.ann, &upload, SEGMENT + CHUNK, Body::from(whole[SEGMENT + CHUNK..].to_vec())).await;
    assert_eq!((stopped.status.as_u16(), stopped.code()), (503, "files.store_unavailable".into()));
    // All bytes are here, and the file is not made: whoever asks how far it is does not hear that it is done.
    let asked = desk.ask(&desk.ann, "HEAD", &upload, &[], Body::empty()).await;
    assert_eq!(asked.status, 503);
    let (status, _) = desk.t.call(&desk.ann, "GET", &format!("{upload}/file"), json!(null)).await;
    assert_eq!(status, 404);
    weed.start_again().await;
    assert_eq!(desk.offset(&desk.ann, &upload).await, whole.len());
    assert!(bytes_of(&desk, &upload).await == whole);
}

#[tokio::test]
async fn reading_from_a_store_that_is_away_is_an_error_and_not_a_file_that_breaks_off() {
    let mut weed = Weed::start().await;
    let desk = desk_on(&settings(&weed)).await;
    let file = desk.upload(&desk.ann, "a.bin", noise(CHUNK, 4)).await;
    let address = desk.addresses(&desk.ann, &desk.attach(&desk.ann, file).await).await.download;
    assert_eq!(desk.read(&address, None).await.status, 200);
    assert_eq!(files::look(&desk.t.app).await.fault, None);
    weed.kill();
    assert_eq!(files::look(&desk.t.app).await.fault, Some("files.store_unavailable"));
    let away = desk.read(&address, None).await;
    assert_eq!((away.status.as_u16(), away.code()), (503, "files.store_unavailable".into()));
}

#[tokio::test]
async fn a_store_that_never_answers_keeps_nobody_waiting_but_the_upload() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = S3Settings {
        endpoint: format!("http://{}", silent.local_addr().unwrap()),
        bucket: "tulou".into(),
        access_key: "a".into(),
        secret_key: "b".into(),
        patience: Duration::from_secs(2),
        ..S3Settings::default()
    };
    let desk = desk_on(&settings).await;
    let upload = desk.begin(&desk.ann, "a.bin", CHUNK).await.text("location");
    let mut sending = Box::pin(desk.append(&desk.ann, &upload, 0, Body::from(noise(CHUNK, 5))));
    // Others ask for something else and are answered while it waits.
    for _ in 0..20 {
        tokio::select! {
            biased;
            answer = desk.t.call(&desk.bob, "GET", &upload, json!(null)) => assert!(answer.0.is_client_error()),
            early = &mut sending => panic!("it did not wait: {}", early.status),
        }
    }
    let stopped = sending.await;
    assert_eq!((stopped.status.as_u16(), stopped.code()), (503, "files.store_unavailable".into()));
}

#[tokio::test]
async fn a_store_that_refuses_or_is_full_is_told_as_that() {
    // No disk has so much free: every volume is read-only, as on a full one.
    let full = Weed::with(&["-volume.minFreeSpace=100000TiB"]).await;
    let full_settings = S3Settings { patience: Duration::from_secs(3), ..settings(&full) };
    let open = Weed::start().await;
    let wrong_key = S3Settings { secret_key: "another".into(), ..settings(&open) };
    let no_bucket = S3Settings { bucket: "nowhere".into(), ..settings(&open) };
    let cases = [
        // A look only reads, and so may the guest.
        (as_guest(&open), "files.store_refused", "may not write: the key or its rights are refused", None),
        (
            wrong_key,
            "files.store_refused",
            "may not write: the key or its rights are refused",
            Some("files.store_refused"),
        ),
        (no_bucket, "files.store_unavailable", "may not write: there is no such bucket", Some("files.no_bucket")),
        // This one does not say that it is full: it goes on looking for a place.
        (full_settings, "files.store_unavailable", "does not answer within 3 s", None),
    ];
    for (settings, code, said, seen) in cases {
        let desk = desk_on(&settings).await;
        let upload = desk.begin(&desk.ann, "a.bin", CHUNK).await.text("location");
        let refused = desk.append(&desk.ann, &upload, 0, Body::from(noise(CHUNK, 6))).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (503, code.to_owned()), "{settings:?}");
        let look = files::look(&desk.t.app).await;
        assert_eq!((look.kind, look.fault), (StoreKind::Bucket, seen), "{settings:?}");
        let error =
            files::try_out(desk.t.app.data_map(), files::HOST, &settings, desk.t.app.new_id()).await.unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains(said) && !error.contains(&settings.secret_key), "{error}");
    }
    assert_eq!((open.objects().await, full.objects().await), (0, 0), "something was half written");
    let desk = Desk::new().await;
    files::try_out(desk.t.app.data_map(), files::HOST, &settings(&open), desk.t.app.new_id()).await.unwrap();
    assert_eq!(open.objects().await, 0);
}

fn on_disk(desk: &Desk) -> usize {
    let root = desk.t.app.settings().data_dir.join("files");
    ["staging", "segments"].iter().filter_map(|name| std::fs::read_dir(root.join(name)).ok()).flatten().count()
}

/// For backups, and whoever looks whether all of it is there.
#[tokio::test]
async fn all_segments_are_read_from_the_bucket_put_back_into_the_folder_and_compared_with_their_rows() {
    let weed = Weed::start().await;
    let desk = desk_on(&settings(&weed)).await;
    let whole = noise(SEGMENT + 777, 6);
    let upload = desk.begin(&desk.ann, "plan.bin", whole.len()).await.text("location");
    assert_eq!(desk.append(&desk.ann, &upload, 0, Body::from(whole)).await.status, 204);
    let (app, acme) = (&desk.t.app, desk.acme);
    let (store, folder) = (Segments::of(app), Segments::open(&app.settings().data_dir, None).unwrap());
    let listed = store.list().await.unwrap();
    let lengths = [(SEGMENT + 128 * 30) as u64, 777 + 30];
    assert_eq!(
        listed.iter().map(|one| (one.number, one.length)).collect::<Vec<_>>(),
        [(0, lengths[0]), (1, lengths[1])]
    );
    assert!(store.read(&Segment { number: 9, ..listed[0] }).await.unwrap().is_none());
    assert_eq!(folder.list().await.unwrap(), []);
    for segment in &listed {
        let bytes = store.read(segment).await.unwrap().unwrap();
        assert_eq!(bytes.len() as u64, segment.length);
        folder.put(segment, &bytes).unwrap();
    }
    assert_eq!((folder.list().await.unwrap(), store.list().await.unwrap()), (listed.clone(), listed.clone()));

    let mut tx = app.begin(acme, Actor::System).await.unwrap();
    let needed = files::needed(&mut tx).await.unwrap();
    assert_eq!((needed.len(), needed[0].segments()), (1, lengths.to_vec()));
    assert_eq!(needed[0].open(app, acme, true).await.unwrap(), Opened::Whole);
    assert_eq!(files::forget_unreadable(app, &mut tx).await.unwrap(), 0);
    let path = app.settings().data_dir.join("files/segments").join(acme.to_string());
    let name = needed[0].id.to_string();
    std::fs::write(path.join(&name[34..]).join(format!("{name}.1")), [1; 807]).unwrap();
    assert_eq!(needed[0].open(app, acme, false).await.unwrap(), Opened::Damaged, "the folder comes first");
    app.vault().destroy(acme.0, &[Bucket::Object(needed[0].id)]).unwrap();
    assert_eq!(needed[0].open(app, acme, true).await.unwrap(), Opened::Forgotten);
    assert_eq!(files::forget_unreadable(app, &mut tx).await.unwrap(), 1);
    assert_eq!(files::needed(&mut tx).await.unwrap().len(), 0);
    tx.commit().await.unwrap();
}
