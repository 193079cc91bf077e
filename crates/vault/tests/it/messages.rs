//! Messages: two keys, either of which forgets.

use uuid::Uuid;
use vault::{Bucket, Error};

use crate::Place;

const ANN: Uuid = Uuid::from_u128(101);
const BOB: Uuid = Uuid::from_u128(102);
const MESSAGE: Uuid = Uuid::from_u128(1001);

#[test]
fn a_message_opens_only_as_itself() {
    let place = Place::new();
    let vault = place.vault();
    let sealed = vault.seal_message(place.org, 1, ANN, MESSAGE, b"hello").unwrap();
    vault.ensure(place.org, &[Bucket::Day(2), Bucket::Author(BOB)]).unwrap();
    assert_eq!(vault.open_message(place.org, 1, ANN, MESSAGE, &sealed).unwrap(), b"hello");
    assert!(matches!(vault.open_message(place.org, 2, ANN, MESSAGE, &sealed), Err(Error::Tampered)));
    assert!(matches!(vault.open_message(place.org, 1, BOB, MESSAGE, &sealed), Err(Error::Tampered)));
    assert!(matches!(vault.open_message(place.org, 1, ANN, ANN, &sealed), Err(Error::Tampered)));
    assert!(matches!(vault.open(place.org, Bucket::Day(1), "chat.message", MESSAGE, &sealed), Err(Error::Tampered)));
    assert!(matches!(vault.open_message(place.org, 3, ANN, MESSAGE, &sealed), Err(Error::Missing)));
}

#[test]
fn the_end_of_a_day_forgets_everybody_of_that_day() {
    let place = Place::new();
    let vault = place.vault();
    let ann = vault.seal_message(place.org, 1, ANN, MESSAGE, b"a").unwrap();
    let bob = vault.seal_message(place.org, 1, BOB, MESSAGE, b"b").unwrap();
    let next = vault.seal_message(place.org, 2, ANN, MESSAGE, b"c").unwrap();
    vault.destroy(place.org, &[Bucket::Day(1)]).unwrap();
    assert!(matches!(vault.open_message(place.org, 1, ANN, MESSAGE, &ann), Err(Error::Destroyed)));
    assert!(matches!(vault.open_message(place.org, 1, BOB, MESSAGE, &bob), Err(Error::Destroyed)));
    assert!(matches!(vault.seal_message(place.org, 1, BOB, MESSAGE, b"late"), Err(Error::Destroyed)));
    assert_eq!(vault.open_message(place.org, 2, ANN, MESSAGE, &next).unwrap(), b"c");
}

#[test]
fn destroying_an_author_forgets_what_they_wrote_and_nothing_else() {
    let place = Place::new();
    let vault = place.vault();
    let ann = vault.seal_message(place.org, 1, ANN, MESSAGE, b"a").unwrap();
    let bob = vault.seal_message(place.org, 1, BOB, MESSAGE, b"b").unwrap();
    vault.destroy(place.org, &[Bucket::Author(ANN)]).unwrap();
    assert!(matches!(vault.open_message(place.org, 1, ANN, MESSAGE, &ann), Err(Error::Destroyed)));
    assert_eq!(vault.open_message(place.org, 1, BOB, MESSAGE, &bob).unwrap(), b"b");
}
