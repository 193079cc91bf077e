//! Values: sealed for one place, opened only there, gone with their key.

use std::{fs, sync::Barrier, thread};

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use proptest::prelude::*;
use uuid::Uuid;
use vault::{Bucket, Error};

use crate::{Place, files_contain};

fn bucket() -> impl Strategy<Value = Bucket> {
    prop_oneof![
        (-3..3).prop_map(Bucket::Day),
        (0..3_u128).prop_map(|id| Bucket::Member(Uuid::from_u128(id))),
        (0..3_u128).prop_map(|id| Bucket::Author(Uuid::from_u128(id))),
        (0..3_u128).prop_map(|id| Bucket::Object(Uuid::from_u128(id))),
        Just(Bucket::Organisation),
    ]
}

#[test]
fn what_is_sealed_opens_again_and_any_change_is_noticed() {
    let place = Place::new();
    let vault = place.vault();
    let strategy = (
        bucket(),
        "[a-z.]{0,12}",
        any::<u128>(),
        prop::collection::vec(any::<u8>(), 0..300),
        any::<prop::sample::Index>(),
        1_u8..,
    );
    proptest!(ProptestConfig::with_cases(256), |((bucket, kind, object, plain, at, flip) in strategy)| {
        let object = Uuid::from_u128(object);
        let mut sealed = vault.seal(place.org, bucket, &kind, object, &plain).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + 30);
        prop_assert_eq!(&sealed[..2], &[1, 1]);
        prop_assert_eq!(&vault.open(place.org, bucket, &kind, object, &sealed).unwrap(), &plain);
        let at = at.index(sealed.len());
        let short = vault.open(place.org, bucket, &kind, object, &sealed[..at]);
        prop_assert!(matches!(short, Err(Error::Tampered)));
        sealed[at] ^= flip;
        prop_assert!(matches!(vault.open(place.org, bucket, &kind, object, &sealed), Err(Error::Tampered)));
    });
}

#[test]
fn a_value_moved_to_another_place_does_not_open() {
    let place = Place::new();
    let (vault, other, one, two) = (place.vault(), Uuid::from_u128(2), Uuid::from_u128(11), Uuid::from_u128(12));
    vault.create_organisation(other).unwrap();
    vault.ensure(other, &[Bucket::Day(1)]).unwrap();
    vault.ensure(place.org, &[Bucket::Day(2)]).unwrap();
    let sealed = vault.seal(place.org, Bucket::Day(1), "note", one, b"secret").unwrap();
    let open = |org, bucket, kind, object| vault.open(org, bucket, kind, object, &sealed);
    assert_eq!(open(place.org, Bucket::Day(1), "note", one).unwrap(), b"secret");
    assert!(matches!(open(other, Bucket::Day(1), "note", one), Err(Error::Tampered)));
    assert!(matches!(open(place.org, Bucket::Day(2), "note", one), Err(Error::Tampered)));
    assert!(matches!(open(place.org, Bucket::Day(1), "notes", one), Err(Error::Tampered)));
    assert!(matches!(open(place.org, Bucket::Day(1), "note", two), Err(Error::Tampered)));
    assert!(matches!(open(place.org, Bucket::Day(3), "note", one), Err(Error::Missing)));
    assert!(matches!(open(Uuid::from_u128(3), Bucket::Day(1), "note", one), Err(Error::UnknownOrganisation)));
}

#[test]
fn what_was_sealed_opens_after_a_restart() {
    let place = Place::new();
    let object = Uuid::from_u128(5);
    let sealed = place.vault().seal(place.org, Bucket::Organisation, "name", object, "土楼".as_bytes()).unwrap();
    let opened = place.vault().open(place.org, Bucket::Organisation, "name", object, &sealed).unwrap();
    assert_eq!(opened, "土楼".as_bytes());
}

#[test]
fn a_destroyed_key_is_gone_from_memory_and_disk_and_cannot_be_made_again() {
    let place = Place::new();
    let (gone, kept, object) = (Bucket::Day(20_000), Bucket::Day(20_001), Uuid::from_u128(5));
    let vault = place.vault();
    let before = fs::read(place.ring().join("000000.keys")).unwrap();
    let sealed = vault.seal(place.org, gone, "note", object, b"x").unwrap();
    let after = fs::read(place.ring().join("000000.keys")).unwrap();
    let slot = before.chunks(64).zip(after.chunks(64)).position(|(before, after)| before != after).unwrap();
    let wrapped = &after[slot * 64..slot * 64 + 40];
    let other = vault.seal(place.org, kept, "note", object, b"y").unwrap();
    assert!(files_contain(&place.ring(), wrapped));

    vault.destroy(place.org, &[gone]).unwrap();
    assert!(!files_contain(&place.ring(), wrapped));
    let check = |vault: &vault::Vault| {
        assert!(matches!(vault.open(place.org, gone, "note", object, &sealed), Err(Error::Destroyed)));
        assert!(matches!(vault.seal(place.org, gone, "note", object, b"z"), Err(Error::Destroyed)));
        assert!(matches!(vault.ensure(place.org, &[kept, gone]), Err(Error::Destroyed)));
        assert!(!vault.has(place.org, &gone).unwrap());
        assert_eq!(vault.open(place.org, kept, "note", object, &other).unwrap(), b"y");
        vault.destroy(place.org, &[gone]).unwrap();
    };
    check(&vault);
    drop(vault);
    check(&place.vault());
}

#[test]
fn a_bucket_destroyed_before_it_had_a_key_stays_without_one() {
    let place = Place::new();
    let author = Bucket::Author(Uuid::from_u128(9));
    place.vault().destroy(place.org, &[author]).unwrap();
    assert!(matches!(place.vault().ensure(place.org, &[author]), Err(Error::Destroyed)));
}

#[test]
fn the_ring_shows_neither_days_nor_people_nor_organisations() {
    let place = Place::new();
    let member = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
    place.vault().ensure(place.org, &[Bucket::Member(member), Bucket::Day(0x7654_3210)]).unwrap();
    assert!(!files_contain(&place.ring(), member.as_bytes()));
    assert!(!files_contain(&place.ring(), place.org.as_bytes()));
    assert!(!files_contain(&place.ring(), &0x7654_3210_u32.to_be_bytes()));
}

#[test]
fn many_threads_that_need_the_same_new_key_get_one() {
    let place = Place::new();
    let (vault, start, object) = (place.vault(), Barrier::new(8), Uuid::from_u128(5));
    let sealed: Vec<_> = thread::scope(|scope| {
        let seal = || {
            start.wait();
            vault.seal(place.org, Bucket::Day(1), "note", object, b"x").unwrap()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(seal)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    drop(vault);
    let vault = place.vault();
    assert!(sealed.iter().all(|sealed| vault.open(place.org, Bucket::Day(1), "note", object, sealed).is_ok()));
    assert_eq!(vault.facts().keys, 3, "installation, organisation, day");
}

#[test]
fn sealing_while_keys_are_destroyed_never_reads_a_half_written_slot() {
    let place = Place::new();
    let (vault, object) = (place.vault(), Uuid::from_u128(5));
    vault.ensure(place.org, &(0..400).map(Bucket::Day).collect::<Vec<_>>()).unwrap();
    let seal_each_day = || {
        for day in 0..400 {
            match vault.seal(place.org, Bucket::Day(day), "note", object, b"x") {
                Ok(_) | Err(Error::Destroyed) => {}
                Err(error) => panic!("{error}"),
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| (0..400).for_each(|day| vault.destroy(place.org, &[Bucket::Day(day)]).unwrap()));
        for _ in 0..3 {
            scope.spawn(seal_each_day);
        }
    });
    assert!((0..400).all(|day| !vault.has(place.org, &Bucket::Day(day)).unwrap()));
    let left = (0..400).filter(|day| vault.seal(place.org, Bucket::Day(*day), "note", object, b"x").is_ok());
    assert_eq!(left.count(), 0, "no destroyed key stays in memory");
}

#[test]
fn a_look_up_is_stable_and_separate_by_kind_organisation_and_installation() {
    let (place, elsewhere) = (Place::new(), Place::new());
    let phone = place.vault().lookup("phone", None, "+8613800000000");
    let vault = place.vault();
    assert_eq!(vault.lookup("phone", None, "+8613800000000"), phone);
    assert_ne!(vault.lookup("email", None, "+8613800000000"), phone);
    assert_ne!(vault.lookup("phone", Some(place.org), "+8613800000000"), phone);
    assert_ne!(vault.lookup("phone", None, "+8613800000001"), phone);
    assert_ne!(elsewhere.vault().lookup("phone", None, "+8613800000000"), phone);
}

#[test]
fn a_word_has_one_code_in_a_bucket_another_elsewhere_and_none_without_the_key() {
    let place = Place::new();
    let (vault, other) = (place.vault(), Uuid::from_u128(2));
    vault.create_organisation(other).unwrap();
    let days = [Bucket::Day(1), Bucket::Day(2)];
    vault.ensure(place.org, &days).unwrap();
    vault.ensure(other, &days).unwrap();
    let codes = |org, day| vault.codes(org, Bucket::Day(day), &["noodles", "rice"]);
    let first = codes(place.org, 1).unwrap();
    assert_eq!(first, codes(place.org, 1).unwrap());
    assert_ne!(first[0], first[1]);
    assert_ne!(first, codes(place.org, 2).unwrap());
    assert_ne!(first, codes(other, 1).unwrap());
    assert!(matches!(codes(place.org, 3), Err(Error::Missing)), "asking makes no key");
    vault.destroy(place.org, &days[..1]).unwrap();
    assert!(matches!(codes(place.org, 1), Err(Error::Destroyed)));
    assert!(codes(place.org, 2).is_ok());
}

#[test]
fn a_pseudonym_is_stable_and_goes_with_its_key() {
    let place = Place::new();
    let vault = place.vault();
    let (org, ann, bob) = (Uuid::from_u128(1), Bucket::Member(Uuid::from_u128(2)), Bucket::Member(Uuid::from_u128(3)));
    vault.create_organisation(org).unwrap();
    assert!(matches!(vault.pseudonym(org, ann), Err(Error::Missing)), "asking makes no key");
    vault.ensure(org, &[ann, bob]).unwrap();
    let stands = vault.pseudonym(org, ann).unwrap();
    assert_eq!(vault.pseudonym(org, ann).unwrap(), stands);
    assert_ne!(vault.pseudonym(org, bob).unwrap(), stands);
    assert_ne!(stands, Uuid::from_u128(2));
    vault.destroy(org, &[ann]).unwrap();
    assert!(matches!(vault.pseudonym(org, ann), Err(Error::Destroyed)));
}

#[test]
fn an_organisation_whose_key_is_destroyed_opens_nothing_and_another_goes_on() {
    let place = Place::new();
    let (vault, other, object) = (place.vault(), Uuid::from_u128(2), Uuid::from_u128(5));
    vault.create_organisation(other).unwrap();
    let sealed = vault.seal(place.org, Bucket::Day(1), "note", object, b"x").unwrap();
    let kept = vault.seal(other, Bucket::Day(1), "note", object, b"x").unwrap();
    let said = vault.seal_message(place.org, 1, object, object, b"x").unwrap();
    vault.destroy_organisation(place.org).unwrap();
    vault.destroy_organisation(place.org).unwrap();
    let is_shut = |vault: &vault::Vault| {
        assert!(matches!(vault.open(place.org, Bucket::Day(1), "note", object, &sealed), Err(Error::Destroyed)));
        assert!(matches!(vault.open_message(place.org, 1, object, object, &said), Err(Error::Destroyed)));
        assert!(matches!(vault.seal(place.org, Bucket::Day(2), "note", object, b"x"), Err(Error::Destroyed)));
        assert!(matches!(vault.create_organisation(place.org), Err(Error::Destroyed)));
        assert!(!vault.has_organisation(place.org) && vault.has_organisation(other));
        assert_eq!(vault.open(other, Bucket::Day(1), "note", object, &kept).unwrap(), b"x");
    };
    is_shut(&vault);
    drop(vault);
    is_shut(&place.vault());
}

#[test]
fn what_is_signed_is_checked_by_anybody_and_after_a_restart_by_the_same_key() {
    let place = Place::new();
    let (key, signature) = {
        let vault = place.vault();
        (vault.public_key(), vault.sign(b"gone").unwrap())
    };
    let checked = UnparsedPublicKey::new(&ED25519, key);
    assert!(checked.verify(b"gone", &signature).is_ok());
    assert!(checked.verify(b"still here", &signature).is_err());
    let again = place.vault();
    assert_eq!((again.public_key(), again.sign(b"gone").unwrap()), (key, signature));
    assert_ne!(Place::new().vault().public_key(), key, "each installation signs by itself");
}

#[test]
fn a_key_is_known_by_its_name_when_it_is_gone() {
    let place = Place::new();
    let (vault, bucket) = (place.vault(), Bucket::Day(1));
    vault.ensure(place.org, &[bucket]).unwrap();
    let (name, whole) = (vault.name(place.org, bucket).unwrap(), vault.organisation_name(place.org));
    assert!(!vault.is_gone(&name) && !vault.is_gone(&whole));
    vault.destroy(place.org, &[bucket]).unwrap();
    assert!(vault.is_gone(&name) && !vault.is_gone(&whole));
    vault.destroy_organisation(place.org).unwrap();
    assert!(vault.is_gone(&whole) && vault.organisation_name(place.org) == whole);
    assert!(files_contain(&place.ring(), &name), "whoever has the ring finds it there, without a key");
}

#[test]
fn a_key_that_is_there_again_is_destroyed_by_its_name_also_where_it_is_at_hand() {
    let place = Place::new();
    let (vault, bucket, other) = (place.vault(), Bucket::Day(1), Bucket::Day(2));
    let seal = |bucket| vault.seal(place.org, bucket, "test", place.org, b"text").unwrap();
    let (sealed, kept) = (seal(bucket), seal(other));
    let open = |bucket, sealed: &[u8]| vault.open(place.org, bucket, "test", place.org, sealed);
    assert!(open(bucket, &sealed).is_ok());
    let name = vault.name(place.org, bucket).unwrap();
    for _ in 0..2 {
        vault.destroy_named(&[name]).unwrap();
    }
    assert!(vault.is_gone(&name) && open(bucket, &sealed).is_err());
    assert!(open(other, &kept).is_ok(), "nothing else went");
}
