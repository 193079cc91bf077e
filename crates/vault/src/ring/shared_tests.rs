//! Two nodes on one ring: a key is made once, a destroyed one comes back nowhere, and a node that is cut breaks no promise.

use std::{collections::HashMap, thread, time::Duration};

use object_store::{ObjectStoreExt, PutPayload, memory::InMemory, path::Path};
use proptest::prelude::*;

use super::{
    Facts, SharedRing,
    flaky::{Failure, Flaky},
    nodes::{Place, fill, id, ids, keys, until, wrapped},
    segments::SLOTS,
};
use crate::{Error, Start, crypto::Wrapped};

/// All of them, each turn in another order.
fn make_forty(ring: &SharedRing, node: usize, turn: u32) {
    let numbers: Vec<u8> = (0..40).map(|n| ((n * 7 + turn * 10) % 40) as u8).collect();
    for few in numbers.chunks(5) {
        ring.create(&keys(node, few)).unwrap();
    }
}

#[test]
fn of_nodes_that_make_the_same_key_one_wins_and_all_find_it() {
    let place = Place::<InMemory>::new();
    let nodes = [place.node(), place.node(), place.node()];
    fill(&nodes[0]);
    thread::scope(|scope| {
        for (node, turn) in (0..3).flat_map(|node| (0..4).map(move |turn| (node, turn))) {
            let ring = &nodes[node];
            scope.spawn(move || make_forty(ring, node, turn));
        }
    });
    for number in 0..40 {
        let found: Vec<Wrapped> = nodes.iter().map(|ring| ring.find(&id(number)).unwrap()).collect();
        assert_eq!(found[0], found[1], "key {number}");
        assert_eq!(found[0], found[2], "key {number}");
        assert_eq!(found[0][1..], wrapped(0, number)[1..], "key {number}");
    }
    let whole = Facts { keys: SLOTS as usize - 4 + 40, destroyed: 0, torn: 0, segments: 2 };
    assert_eq!(place.node().facts(), whole, "each of them once");
}

#[test]
fn a_key_that_was_made_elsewhere_is_found_at_once() {
    let place = Place::<InMemory>::new();
    let (here, there) = (place.node(), place.node());
    for number in 0..20 {
        here.create(&keys(0, &[number])).unwrap();
        assert_eq!(there.find(&id(number)).unwrap(), wrapped(0, number));
        assert!(matches!(there.find(&id(number + 100)), Err(Error::Missing)));
        assert_eq!(here.present(&ids(&[number, number + 100])).unwrap(), [true, false]);
    }
}

#[test]
fn a_key_that_was_destroyed_elsewhere_is_used_no_more() {
    let place = Place::<InMemory>::new();
    let (here, there) = (place.node(), place.node());
    here.create(&keys(0, &[1, 2])).unwrap();
    there.find(&id(1)).unwrap();
    let before = there.losses().unwrap();
    here.destroy(&ids(&[1, 9])).unwrap();
    until("it hears of it", || there.losses().unwrap() != before);
    assert!(matches!(there.find(&id(1)), Err(Error::Destroyed)));
    assert!(!there.is_live(&id(1)) && there.is_live(&id(2)));
    assert!(matches!(there.create(&keys(1, &[1])), Err(Error::Destroyed)));
    assert!(matches!(there.create(&keys(1, &[9, 3])), Err(Error::Destroyed)), "it never was, and never will be");
    assert!(matches!(there.find(&id(3)), Err(Error::Missing)), "the whole batch is refused");
}

#[test]
fn a_ring_is_read_again_as_it_was_left() {
    let place = Place::<InMemory>::new();
    let node = place.node();
    assert!(node.is_empty());
    fill(&node);
    node.create(&keys(0, &[1, 2, 3, 4, 5, 6])).unwrap();
    node.destroy(&ids(&[2, 6])).unwrap();
    let facts = node.facts();
    assert_eq!(facts, Facts { keys: SLOTS as usize, destroyed: 2, torn: 0, segments: 2 });
    drop(node);
    let node = place.node();
    assert_eq!(node.facts(), facts);
    assert_eq!(node.find(&id(5)).unwrap(), wrapped(0, 5));
    assert!(matches!(node.find(&id(6)), Err(Error::Destroyed)));
}

#[test]
fn nothing_of_a_destroyed_key_is_left_in_the_store() {
    let place = Place::<InMemory>::new();
    let node = place.node();
    node.create(&keys(0, &[1, 2])).unwrap();
    assert_eq!([occurrences(&place, 1), occurrences(&place, 2)], [1, 1]);
    node.destroy(&ids(&[1])).unwrap();
    assert_eq!([occurrences(&place, 1), occurrences(&place, 2)], [0, 1]);
}

/// How often the wrapped key stands in the first segment.
fn occurrences(place: &Place<InMemory>, number: u8) -> usize {
    let store = place.store.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let bytes = runtime
        .block_on(async move { store.get(&Path::from("keys/000000.keys")).await.unwrap().bytes().await.unwrap() });
    bytes.windows(40).filter(|window| window[..] == wrapped(0, number)).count()
}

#[test]
fn a_damaged_ring_is_not_taken_for_an_empty_one() {
    let place = Place::<InMemory>::new();
    fill(&place.node());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let put = |name: &str, bytes: Vec<u8>| {
        runtime.block_on(place.store.put(&Path::from(name), PutPayload::from(bytes))).unwrap();
    };
    put("keys/000002.keys", vec![0; 4096 * 64]);
    let open = || place.open(Start::Again).err();
    assert!(matches!(open(), Some(Error::Damaged { why: "a segment is missing", .. })));
    put("keys/000001.keys", vec![0; 100]);
    assert!(matches!(open(), Some(Error::Damaged { why: "a segment has the wrong length", .. })));
}

#[test]
fn a_store_in_which_nodes_would_write_over_each_other_is_refused() {
    let place = Place::<Flaky>::new();
    place.store.be_careless();
    let Err(error @ Error::Unfit(_)) = place.open(Start::First) else {
        panic!("it was taken");
    };
    assert!(error.to_string().contains("If-None-Match"), "{error}");
}

#[test]
fn how_long_a_node_may_not_know_is_less_than_a_second() {
    assert!(super::keeper::LOOK + super::shared::FRESH < Duration::from_secs(1));
}

#[derive(Clone, Debug)]
enum Act {
    Create(Vec<u8>),
    Destroy(Vec<u8>),
    Find(u8),
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let numbers = || prop::collection::vec(0_u8..12, 1..5);
    let act =
        prop_oneof![numbers().prop_map(Act::Create), numbers().prop_map(Act::Destroy), (0_u8..12).prop_map(Act::Find),];
    (0..2_usize, act)
}

/// What was promised of a key: what it is, as soon as that is known, and whether it is gone.
#[derive(Clone, Copy, Debug, Default)]
struct Promise {
    wrapped: Option<Wrapped>,
    /// Its maker was told that it is there.
    is_made: bool,
    may_be_gone: bool,
    is_gone: bool,
}

/// Acts, and holds the ring to what it said before.
fn perform(node: usize, ring: &SharedRing, act: &Act, promises: &mut HashMap<u8, Promise>) {
    match act {
        Act::Create(numbers) => {
            let outcome = ring.create(&keys(node, numbers));
            let may_refuse = numbers.iter().any(|n| promises.get(n).is_some_and(|promise| promise.may_be_gone));
            match outcome {
                Ok(()) => numbers.iter().for_each(|n| promises.entry(*n).or_default().is_made = true),
                Err(Error::Destroyed) => assert!(may_refuse, "{numbers:?} were never destroyed"),
                Err(Error::Unreachable(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        Act::Destroy(numbers) => {
            numbers.iter().for_each(|n| promises.entry(*n).or_default().may_be_gone = true);
            match ring.destroy(&ids(numbers)) {
                Ok(()) => numbers.iter().for_each(|n| promises.entry(*n).or_default().is_gone = true),
                Err(Error::Unreachable(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        Act::Find(number) => check(ring, *number, promises, false),
    }
}

/// A node that has not looked may still know a key that is gone; never another key, and never none where one was promised.
fn check(ring: &SharedRing, number: u8, promises: &mut HashMap<u8, Promise>, has_looked: bool) {
    let promise = promises.entry(number).or_default();
    match ring.find(&id(number)) {
        Ok(found) => {
            assert!(!has_looked || !promise.is_gone, "key {number} came back");
            assert_eq!(*promise.wrapped.get_or_insert(found), found, "key {number} is another one");
            promise.is_made = true;
        }
        Err(Error::Destroyed) => assert!(promise.may_be_gone, "key {number} was never destroyed"),
        Err(Error::Missing) => assert!(!promise.is_made && !promise.is_gone, "key {number} is lost"),
        Err(error) => panic!("key {number}: {error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Two nodes that know more or less of each other, and writes that fail, before or after they were done.
    #[test]
    fn no_order_of_two_nodes_breaks_a_promise(
        script in prop::collection::vec(act(), 1..30),
        failures in prop::collection::vec((0..4_u32, any::<bool>()), 0..4),
        is_filled: bool,
    ) {
        let place = Place::<Flaky>::new();
        let nodes = [place.node(), place.node()];
        if is_filled {
            fill(&nodes[0]);
        }
        let (mut promises, mut failures) = (HashMap::new(), failures.into_iter());
        for (step, (node, act)) in script.iter().enumerate() {
            if step % 5 == 0 && let Some((puts, is_heard)) = failures.next() {
                place.store.fail_after(puts, if is_heard { Failure::Refused } else { Failure::Unheard });
            }
            perform(*node, &nodes[*node], act, &mut promises);
        }
        place.store.come_back();
        // Whatever was begun can be repeated; a new node reads the truth, and the old ones agree with it.
        let judge = place.node();
        for number in 0..12 {
            check(&judge, number, &mut promises, true);
            let _ = nodes[0].create(&keys(0, &[number]));
            check(&nodes[1], number, &mut promises, false);
        }
        nodes[1].destroy(&ids(&(0..12).collect::<Vec<_>>())).unwrap();
        let facts = place.node().facts();
        prop_assert_eq!((facts.destroyed, facts.torn), (12, 0));
    }
}
