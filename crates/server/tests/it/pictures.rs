//! Pictures that are made to harm whoever opens them: they become files to save, and nobody else notices (`IM-06`).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};

use crate::house::House;
use crate::people::{client_id, in_touch, set_up};

/// A PNG of nothing but zeros (PNG, third edition, §5): small to send, large to unpack.
fn png(width: u32, height: u32, bits: u8, colours: u8, samples: usize) -> Vec<u8> {
    let line = (width as usize * samples * usize::from(bits)).div_ceil(8) + 1;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; line];
    for _ in 0..height {
        packed.write_all(&zeros).unwrap();
    }
    whole((width, height), [bits, colours], &packed.finish().unwrap())
}

/// A PNG whose head says this, whatever its pixels are.
fn whole((width, height): (u32, u32), [bits, colours]: [u8; 2], packed: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, colours, 0, 0, 0]].concat();
    let parts = [chunk(b"IHDR", &head), chunk(b"IDAT", packed), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n", &parts.concat()[..]].concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &sum.sum().to_be_bytes()].concat()
}

#[tokio::test]
async fn a_picture_that_swells_becomes_a_file_to_save_and_the_next_one_is_a_picture() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let bombs = [
        // 30,000 × 30,000 pixels, which is more than is ever decoded.
        ("huge.png", png(30_000, 30_000, 1, 0, 1), json!([30_000, 30_000])),
        // Few enough pixels, but 633 MB of them: more than the worker may have.
        ("deep.png", png(8_900, 8_900, 16, 6, 4), json!([8_900, 8_900])),
        // It says that it goes on for ever, and never comes to how large it is.
        (
            "endless.gif",
            [&b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff"[..], &b"\x21\xf9\x04\0\0\0\0\0".repeat(100_000)]
                .concat(),
            json!([null, null]),
        ),
    ];
    for (name, bytes, size) in bombs {
        assert!(bytes.len() < 8 << 20, "{name} is no bomb: {}", bytes.len());
        let file = ann.upload(name, &bytes).await;
        assert_eq!((&file["kind"], &file["has_thumbnail"]), (&json!("file"), &json!(false)), "{name}");
        assert_eq!(file["media_type"], "application/octet-stream", "{name}");
        assert_eq!(json!([file["width"], file["height"]]), size, "{name}");
    }
    let file = ann.upload("wall.png", &png(1600, 900, 8, 2, 3)).await;
    assert_eq!((&file["kind"], &file["width"], &file["height"]), (&json!("picture"), &json!(1600), &json!(900)));
    running.stop();
}

#[tokio::test]
async fn a_picture_too_large_to_be_shown_says_how_large_it_is_and_is_saved_as_it_came() {
    let house = House::ready();
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    let messages = format!("/v1/conversations/{conversation}/messages");
    let pictures = [
        ("huge.png", png(30_000, 30_000, 1, 0, 1), (30_000, 30_000)),
        // More bytes than are looked at as a whole: its beginning tells.
        ("heavy.png", whole((20_000, 10_000), [8, 2], &vec![0; 65 << 20]), (20_000, 10_000)),
    ];
    for (name, bytes, (width, height)) in pictures {
        let file = ann.upload(name, &bytes).await;
        assert_eq!((&file["state"], &file["size"]), (&json!("ready"), &json!(bytes.len())), "{name}");
        assert_eq!((&file["width"], &file["height"]), (&json!(width), &json!(height)), "{name}");
        assert_eq!((&file["kind"], &file["has_thumbnail"]), (&json!("file"), &json!(false)), "{name}");
        let body = json!({"kind": "text", "v": 1, "text": "", "file_ids": [file["id"]]});
        let message = ann.done("POST", &messages, json!({"client_id": client_id(), "body": body})).await;
        assert_eq!(message["body"]["files"][0]["width"], json!(width), "{name}");
        let path = format!("{messages}/{}/files/{}", message["seq"], file["id"].as_str().unwrap());
        let addresses = bob.done("GET", &path, Value::Null).await;
        assert_eq!(addresses["thumbnail"], Value::Null, "{name}");
        // Also at the address of what is shown it is only ever saved.
        for address in ["content", "download"] {
            let saved = crate::http::get(running.address, addresses[address].as_str().unwrap()).await;
            assert!(saved.header("content-disposition").starts_with("attachment;"), "{name}: {address}");
            assert!(saved.body == bytes, "{name}: {address}");
        }
    }
    running.stop();
}

#[tokio::test]
async fn a_picture_of_a_telephone_comes_out_without_its_place_and_is_only_saved() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let tiff = [&b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x20\0\0\0\0\0\0\0"[..], &[0; 10], b"pixels"].concat();
    let file = ann.upload("scan.tif", &tiff).await;
    assert_eq!(
        (&file["kind"], &file["media_type"], &file["size"]),
        (&json!("file"), &json!("image/tiff"), &json!(tiff.len()))
    );
    let broken = ann.upload("broken.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic no box").await;
    assert_eq!((&broken["kind"], &broken["media_type"]), (&json!("file"), &json!("application/octet-stream")));
    running.stop();
}
