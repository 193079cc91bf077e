//! A store or a board that is away, slow or forgets to answer: what is known is used, and what was destroyed is not.

use std::{sync::atomic::Ordering, thread, time::Instant};

use object_store::memory::InMemory;

use super::{
    flaky::{Failure, Flaky},
    nodes::{Place, id, ids, keys, until, wrapped},
};
use crate::{Error, Start};

#[test]
fn nothing_is_used_while_nobody_can_say_what_was_destroyed() {
    let place = Place::<InMemory>::new();
    let node = place.node();
    node.create(&keys(0, &[1])).unwrap();
    place.numbers.is_away.store(true, Ordering::SeqCst);
    until("it refuses", || matches!(node.losses(), Err(Error::Unreachable(_))));
    assert!(matches!(node.present(&ids(&[1])), Err(Error::Unreachable(_))));
    place.numbers.is_away.store(false, Ordering::SeqCst);
    assert_eq!(node.present(&ids(&[1])).unwrap(), [true], "and goes on at once");
}

#[test]
fn a_store_that_is_away_keeps_nobody_from_reading() {
    let place = Place::<Flaky>::new();
    let node = place.node();
    node.create(&keys(0, &[1])).unwrap();
    place.store.go_away();
    assert!(matches!(node.create(&keys(0, &[2])), Err(Error::Unreachable(_))));
    assert!(matches!(node.destroy(&ids(&[1])), Err(Error::Unreachable(_))));
    assert_eq!(node.find(&id(1)).unwrap(), wrapped(0, 1));
    node.losses().unwrap();
    place.store.come_back();
    node.create(&keys(0, &[2])).unwrap();
    node.destroy(&ids(&[1])).unwrap();
    assert_eq!(node.present(&ids(&[1, 2])).unwrap(), [false, true]);
}

#[test]
fn a_store_that_does_not_answer_keeps_nobody_from_reading() {
    let place = Place::<Flaky>::new();
    let node = place.node();
    node.create(&keys(0, &[1])).unwrap();
    place.store.hang();
    let begun = Instant::now();
    thread::scope(|scope| {
        let unknown = scope.spawn(|| node.find(&id(2)));
        until("it gives up", || {
            node.losses().unwrap();
            assert_eq!(node.find(&id(1)).unwrap(), wrapped(0, 1));
            unknown.is_finished()
        });
        assert!(matches!(unknown.join().unwrap(), Err(Error::Unreachable(_))), "there may be one");
    });
    assert!(begun.elapsed() > super::shared::FRESH, "it was looked again meanwhile");
    place.store.come_back();
    assert!(matches!(node.find(&id(2)), Err(Error::Missing)));
}

#[test]
fn what_was_destroyed_by_a_write_that_nobody_confirmed_is_used_no_more_either() {
    let place = Place::<Flaky>::new();
    let (here, there) = (place.node(), place.node());
    here.create(&keys(0, &[1])).unwrap();
    there.find(&id(1)).unwrap();
    let before = there.losses().unwrap();
    place.store.fail_after(0, Failure::Unheard);
    assert!(matches!(here.destroy(&ids(&[1])), Err(Error::Unreachable(_))));
    until("it hears of it", || there.losses().unwrap() != before);
    assert!(matches!(there.find(&id(1)), Err(Error::Destroyed)));
}

#[test]
fn what_could_not_be_told_is_told_later() {
    let place = Place::<InMemory>::new();
    let (here, there) = (place.node(), place.node());
    here.create(&keys(0, &[1])).unwrap();
    there.find(&id(1)).unwrap();
    place.numbers.is_away.store(true, Ordering::SeqCst);
    assert!(matches!(here.destroy(&ids(&[1])), Err(Error::Unreachable(_))));
    place.numbers.is_away.store(false, Ordering::SeqCst);
    until("it hears of it", || {
        there.losses().unwrap();
        matches!(there.find(&id(1)), Err(Error::Destroyed))
    });
}

#[test]
fn whoever_only_looks_writes_nothing() {
    let place = Place::<Flaky>::new();
    place.node().create(&keys(0, &[1])).unwrap();
    let told = place.numbers.gone.load(Ordering::SeqCst);
    place.store.fail_after(0, Failure::Refused);
    let guest = place.open(Start::Look).unwrap();
    assert_eq!(guest.find(&id(1)).unwrap(), wrapped(0, 1));
    assert_eq!(place.numbers.gone.load(Ordering::SeqCst), told);
    let first = guest.create(&keys(0, &[2]));
    assert!(matches!(first, Err(Error::Unreachable(_))), "the first write is this one, and fails");
}
