//! The power fails after any byte of any write: what was acknowledged holds, and nothing false is ever read.

use std::{collections::HashMap, fs, path::Path};

use memchr::memmem;
use proptest::prelude::*;
use tempfile::TempDir;

use super::{Facts, FileRing as Ring, segments::SLOTS, slot::SLOT, tape::Step};
use crate::{
    Error,
    crypto::{KeyId, Wrapped},
};

#[derive(Clone, Debug)]
enum Act {
    Create(Vec<u8>),
    Destroy(Vec<u8>),
}

/// What was promised after so many steps on the disk.
struct Promise {
    act: Act,
    begun_at: usize,
    kept_from: usize,
}

/// Memory where there is some: thousands of cuts sync thousands of times.
fn scratch() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

fn id(number: u8) -> KeyId {
    [number + 1; 16]
}

fn wrapped(number: u8) -> Wrapped {
    [number ^ 0x55; 40]
}

fn perform(ring: &Ring, act: &Act) -> Result<(), Error> {
    match act {
        Act::Create(numbers) => ring.create(&numbers.iter().map(|n| (id(*n), wrapped(*n))).collect::<Vec<_>>()),
        Act::Destroy(numbers) => ring.destroy(&numbers.iter().map(|n| id(*n)).collect::<Vec<_>>()),
    }
}

/// Fills the first segment but for a few slots, so that the script crosses into the second.
fn filled(dir: &Path) -> Ring {
    let ring = Ring::open(dir).unwrap();
    let filler: Vec<_> = (0..SLOTS - 4)
        .map(|n| {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            (id, [7; 40])
        })
        .collect();
    ring.create(&filler).unwrap();
    ring
}

/// Performs the script and returns what the disk saw and what was promised when.
fn record(script: &[Act]) -> (Vec<Step>, Vec<Promise>) {
    let dir = scratch();
    let ring = filled(dir.path());
    let mut promises = Vec::new();
    for act in script {
        let begun_at = ring.segments.tape.steps().len();
        match perform(&ring, act) {
            Ok(()) => {}
            Err(Error::Destroyed) => continue,
            Err(error) => panic!("{error}"),
        }
        promises.push(Promise { act: act.clone(), begun_at, kept_from: ring.segments.tape.steps().len() });
    }
    (ring.segments.tape.steps(), promises)
}

/// The disk after `cut` whole steps and some bytes of the next one. Without `keeps_unsynced`, whole
/// writes that were not followed by a sync are lost although a later one is there.
fn disk_after(steps: &[Step], cut: usize, bytes: usize, keeps_unsynced: bool) -> TempDir {
    let mut disk: Vec<u8> = Vec::new();
    let mut pending: Vec<(u32, &[u8])> = Vec::new();
    for step in &steps[..cut] {
        match step {
            Step::Grow => disk.extend(vec![0; SLOTS as usize * SLOT]),
            Step::Write(at, bytes) => pending.push((*at, bytes)),
            Step::Sync => pending.drain(..).for_each(|(at, bytes)| apply(&mut disk, at, bytes)),
        }
    }
    if keeps_unsynced {
        pending.drain(..).for_each(|(at, bytes)| apply(&mut disk, at, bytes));
    }
    if let Some(Step::Write(at, whole)) = steps.get(cut) {
        apply(&mut disk, *at, &whole[..bytes]);
    }
    let dir = scratch();
    for (number, segment) in disk.chunks(SLOTS as usize * SLOT).enumerate() {
        fs::write(dir.path().join(format!("{number:06}.keys")), segment).unwrap();
    }
    if matches!(steps.get(cut), Some(Step::Grow)) {
        fs::write(dir.path().join("segment.new"), vec![0; bytes]).unwrap();
    }
    dir
}

fn apply(disk: &mut [u8], at: u32, bytes: &[u8]) {
    let at = at as usize * SLOT;
    disk[at..at + bytes.len()].copy_from_slice(bytes);
}

fn numbers(act: &Act) -> &[u8] {
    match act {
        Act::Create(numbers) | Act::Destroy(numbers) => numbers,
    }
}

/// What must hold for each key when the power failed at `cut`.
fn check(dir: &Path, promises: &[Promise], cut: usize) {
    let ring = Ring::open(dir).unwrap();
    let mut expected: HashMap<u8, (bool, bool, bool)> = HashMap::new();
    for promise in promises.iter().filter(|promise| promise.begun_at <= cut) {
        let is_kept = promise.kept_from <= cut;
        for number in numbers(&promise.act) {
            let (must_live, may_be_gone, must_be_gone) = expected.entry(*number).or_default();
            match promise.act {
                Act::Create(_) => *must_live |= is_kept,
                Act::Destroy(_) => {
                    *may_be_gone = true;
                    *must_be_gone |= is_kept;
                }
            }
        }
    }
    for (number, (must_live, may_be_gone, must_be_gone)) in &expected {
        match ring.find(&id(*number)) {
            Ok(found) => assert!(found == wrapped(*number) && !must_be_gone, "key {number} came back"),
            Err(Error::Destroyed) => assert!(may_be_gone, "key {number} was never destroyed"),
            Err(Error::Missing) => assert!((!must_live || *may_be_gone) && !must_be_gone, "key {number} is lost"),
            Err(error) => panic!("key {number}: {error}"),
        }
    }
    assert_eq!(ring.find(&[0; 16]).unwrap(), [7; 40], "a bystander is whole");
    // Life goes on: each unfinished act can be repeated, and in the end nothing legible is left.
    for promise in promises {
        match perform(&ring, &promise.act) {
            Ok(()) | Err(Error::Destroyed) => {}
            Err(error) => panic!("repeating {:?}: {error}", promise.act),
        }
    }
    for (number, (was_acknowledged, ..)) in &expected {
        ring.destroy(&[id(*number)]).unwrap();
        // What is left of a key that was never acknowledged has sealed nothing.
        assert!(!was_acknowledged || !is_left(dir, *number), "something of key {number} is left");
    }
}

/// Whether two words of the wrapped key stand on the disk.
fn is_left(dir: &Path, number: u8) -> bool {
    let part = [wrapped(number)[0]; 16];
    let is_segment = |path: &Path| path.extension().is_some_and(|extension| extension == "keys");
    fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| is_segment(path))
        .any(|path| memmem::find(&fs::read(path).unwrap(), &part).is_some())
}

fn length(step: Option<&Step>) -> usize {
    match step {
        Some(Step::Write(_, bytes)) => bytes.len(),
        _ => 0,
    }
}

#[test]
fn a_cut_at_every_byte_of_every_write_breaks_no_promise() {
    let script = [
        Act::Create(vec![1, 2, 3]),
        Act::Destroy(vec![2]),
        Act::Create(vec![4, 5, 6]),
        Act::Destroy(vec![1, 6, 9]),
        Act::Create(vec![7, 2, 8]),
        Act::Create(vec![10]),
    ];
    let (steps, promises) = record(&script);
    let first = steps.iter().position(|step| matches!(step, Step::Sync)).unwrap() + 1;
    for cut in first..=steps.len() {
        for bytes in 0..=length(steps.get(cut)) {
            for keeps_unsynced in [true, false] {
                let dir = disk_after(&steps, cut, bytes, keeps_unsynced);
                check(dir.path(), &promises, cut);
            }
        }
    }
}

fn act() -> impl Strategy<Value = Act> {
    let numbers = || prop::collection::vec(0_u8..12, 1..5);
    prop_oneof![numbers().prop_map(Act::Create), numbers().prop_map(Act::Destroy)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_history_with_a_cut_breaks_a_promise(
        script in prop::collection::vec(act(), 1..10),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 4),
    ) {
        let (steps, promises) = record(&script);
        for (cut, bytes, keeps_unsynced) in cuts {
            let cut = 3 + cut.index(steps.len() - 2);
            let bytes = bytes.index(length(steps.get(cut)) + 1);
            let dir = disk_after(&steps, cut, bytes, keeps_unsynced);
            check(dir.path(), &promises, cut);
        }
    }
}

#[test]
fn after_a_failed_write_the_ring_takes_no_change_until_it_is_read_again() {
    let dir = scratch();
    let ring = Ring::open(dir.path()).unwrap();
    ring.create(&[(id(1), wrapped(1))]).unwrap();
    ring.segments.tape.break_after(0);
    assert!(matches!(ring.destroy(&[id(1)]), Err(Error::Io(_))));
    assert!(matches!(ring.create(&[(id(2), wrapped(2))]), Err(Error::ReadOnly)));
    assert_eq!(ring.find(&id(1)).unwrap(), wrapped(1), "reading goes on");
    drop(ring);
    let ring = Ring::open(dir.path()).unwrap();
    ring.create(&[(id(2), wrapped(2))]).unwrap();
    assert_eq!(ring.find(&id(2)).unwrap(), wrapped(2));
}

#[test]
fn a_full_disk_refuses_new_keys_and_still_destroys() {
    let dir = scratch();
    let ring = filled(dir.path());
    let five: Vec<_> = (0..5).map(|n| (id(n), wrapped(n))).collect();
    ring.create(&five[..1]).unwrap();
    ring.segments.tape.break_after(0);
    assert!(matches!(ring.create(&five), Err(Error::Io(_))), "the second segment finds no room");
    ring.segments.tape.break_after(2);
    ring.destroy(&[id(0)]).unwrap();
    ring.segments.tape.break_after(100);
    ring.create(&five[1..]).unwrap();
    assert_eq!(ring.facts(), Facts { keys: 4092 + 4, destroyed: 1, torn: 0, segments: 2 });
}
