//! The master key file and the lock: what a wrong start says instead of doing harm.

use std::{fs, os::unix::fs::PermissionsExt};

use vault::{Bucket, Error, Vault};

use crate::Place;

fn refusal(place: &Place) -> String {
    match Vault::open_dir(&place.ring(), &place.master_key()) {
        Err(error @ Error::MasterKey { .. }) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("opened"),
    }
}

#[test]
fn only_the_server_may_read_the_master_key() {
    let place = Place::new();
    let mode = fs::metadata(place.master_key()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::set_permissions(place.master_key(), fs::Permissions::from_mode(0o640)).unwrap();
    assert!(refusal(&place).contains("chmod 600"));
}

#[test]
fn a_missing_master_key_is_never_replaced_by_a_new_one() {
    let place = Place::new();
    fs::remove_file(place.master_key()).unwrap();
    assert!(refusal(&place).contains("put back the copy"));
    assert!(!place.master_key().exists());
}

#[test]
fn a_damaged_master_key_is_refused() {
    let place = Place::new();
    let mut line = fs::read(place.master_key()).unwrap();
    line[30] ^= 1;
    fs::write(place.master_key(), line).unwrap();
    assert!(refusal(&place).contains("not a whole master key"));
}

#[test]
fn the_master_key_of_another_installation_is_refused() {
    let (place, other) = (Place::new(), Place::new());
    fs::copy(other.master_key(), place.master_key()).unwrap();
    assert!(refusal(&place).contains("not the key of this key ring"));
}

#[test]
fn a_start_cut_between_master_key_and_ring_is_continued() {
    let place = Place::new();
    fs::remove_dir_all(place.ring()).unwrap();
    fs::write(place.dir.path().join("master.new"), "half a k").unwrap();
    place.vault().create_organisation(place.org).unwrap();
}

#[test]
fn a_very_first_start_cut_in_its_first_write_is_continued() {
    let place = Place::new();
    let ring = place.ring().join("000000.keys");
    let mut bytes = fs::read(&ring).unwrap();
    bytes[30..].fill(0);
    fs::write(&ring, bytes).unwrap();
    place.vault().create_organisation(place.org).unwrap();
    assert_eq!(place.vault().facts().torn, 1);
}

#[test]
fn two_processes_cannot_use_one_ring() {
    let place = Place::new();
    let first = place.vault();
    let Err(Error::InUse { pid, .. }) = Vault::open_dir(&place.ring(), &place.master_key()) else {
        panic!("a second user got in");
    };
    assert_eq!(pid, std::process::id().to_string());
    drop(first);
    place.vault();
}

#[test]
fn a_lost_or_shortened_segment_is_damage_and_not_an_empty_ring() {
    let place = Place::new();
    place.vault().ensure(place.org, &(0..5000).map(Bucket::Day).collect::<Vec<_>>()).unwrap();
    let first = place.ring().join("000000.keys");
    let whole = fs::read(&first).unwrap();
    for broken in [None, Some(&whole[..100])] {
        fs::remove_file(&first).unwrap();
        if let Some(bytes) = broken {
            fs::write(&first, bytes).unwrap();
        }
        let Err(Error::Damaged { .. }) = Vault::open_dir(&place.ring(), &place.master_key()) else {
            panic!("opened a damaged ring");
        };
        fs::write(&first, &whole).unwrap();
    }
    assert_eq!(place.vault().facts().segments, 2);
}
