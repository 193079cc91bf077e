//! Random organisations in which a group of people, and programs they have tokens of, call whatever there is to call (`ORG-03`,
//! `ADM-01`, B.2): together with everybody they bring in or take over, they reach nothing that they did not reach before; what
//! was let somebody held; and whoever calls meets nobody whom they did not meet and sees of nobody what they did not see, unless they
//! decide who sees whom and which field (`DIR-03`, `DIR-04`). What they reach and see is counted in `snapshot`, out of the tables, without the code that decides.

mod attempts;
mod fixed;
mod leavers;
mod lists;
mod others;
mod programs;
mod snapshot;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use testkit::Person;
use uuid::Uuid;

use self::snapshot::Snapshot;
use self::world::{Dice, Done, World};

const SEEDS: usize = 12;
const STEPS: usize = 140;

/// What has to be let at least once: a test in which everything is refused would prove nothing. That passwords are made for
/// whoever sees no more is rare by chance; `identity`, `puppets.rs`, has it both ways.
const WAYS: [&str; 19] = [
    "PATCH members",
    "PATCH departments",
    "POST role-grants",
    "POST members",
    "POST departments",
    "merge departments",
    "import written",
    "import undone",
    "token made",
    "token ended",
    "program upserted",
    "upserted by hand",
    "handed over directory.role",
    "handed over directory.leadership",
    "retention asked for",
    "act approved",
    "people group written",
    "people exported",
    "application switched",
];

/// Something that somebody of the group tries.
async fn attempt(w: &mut World, dice: &mut Dice, by: &Person, last: &Snapshot) -> Option<Done> {
    match dice.below(14) {
        0 | 1 => lists::attempt(w, dice, by).await,
        2 | 3 => programs::attempt(w, dice, by, last).await,
        4 => leavers::attempt(w, dice, by, last).await,
        5 | 6 => others::attempt(w, dice, by).await,
        _ => attempts::attempt(w, dice, by).await,
    }
}

/// What may never be, whatever was let.
struct Bounds {
    seed: usize,
    first: Snapshot,
    before: BTreeSet<(&'static str, Option<Uuid>)>,
    can_lengthen: bool,
}

impl Bounds {
    fn of(seed: usize, first: Snapshot, group: &BTreeSet<Uuid>) -> Self {
        let before = first.reach(group, &first);
        let can_lengthen = first.has_wholly(group, "content.retention", &[]);
        Self { seed, first, before, can_lengthen }
    }

    fn check(&self, w: &World, done: &Done, (last, now): (&Snapshot, &Snapshot)) {
        let (seed, said) = (self.seed, &done.said);
        let reach = now.reach(&w.group, &self.first);
        let more: Vec<_> = reach.difference(&self.before).collect();
        assert!(more.is_empty(), "seed {seed}: {said} reaches {more:?}");
        for need in &done.needs {
            let holds = last.has_wholly(&BTreeSet::from([need.who]), need.permission, &need.places);
            assert!(holds, "seed {seed}: {said} without {} for {:?}", need.permission, need.places);
        }
        assert!(now.retention <= last.retention || self.can_lengthen, "seed {seed}: {said} keeps chat longer");
        let Some(by) = done.by else { return };
        // Where others are is for whoever may place them; where one is oneself is for somebody else.
        let (shown, seen) = (now.sees(by), last.sees(by));
        let stays = |at: &&(Uuid, Uuid)| last.places.get(&at.0) == now.places.get(&at.0);
        let more: Vec<_> = shown.difference(&seen).filter(stays).collect();
        assert!(more.is_empty() || last.opens(by), "seed {seed}: {said} shows {more:?}");
        let (met, was_met) = (now.meets(by), last.meets(by));
        let stays = |one: &&Uuid| last.places.get(one) == now.places.get(one);
        let more: Vec<_> = met.difference(&was_met).filter(stays).collect();
        assert!(more.is_empty() || last.opens(by), "seed {seed}: {said} has them meet {more:?}");
    }
}

#[derive(Default)]
struct Tally {
    kinds: BTreeMap<String, u32>,
    kept_out: u32,
    forbidden: u32,
}

/// A company and a group of it, who try what the dice say.
async fn play(seed: usize, tally: &mut Tally) {
    let mut dice = Dice(seed as u64 * 7_919 + 17);
    let mut w = World::new(&mut dice, seed).await;
    let bounds = Bounds::of(seed, Snapshot::of(&w.t, w.org).await, &w.group);
    let mut last = Snapshot::of(&w.t, w.org).await;
    for _ in 0..STEPS {
        let by = w.caller(&mut dice);
        let Some(done) = attempt(&mut w, &mut dice, &by, &last).await else { continue };
        let now = Snapshot::of(&w.t, w.org).await;
        w.take_in(&last, &now);
        bounds.check(&w, &done, (&last, &now));
        *tally.kinds.entry(done.kind).or_default() += 1;
        last = now;
    }
    // What waits for its day, and what only listens, is done too.
    w.t.clock.advance(TimeDelta::hours(25));
    w.t.run_jobs().await;
    w.t.run_subscribers().await;
    let now = Snapshot::of(&w.t, w.org).await;
    w.take_in(&last, &now);
    let done = Done { by: None, kind: String::new(), said: "a day later what waited".into(), needs: Vec::new() };
    bounds.check(&w, &done, (&last, &now));
    let mut tx = w.t.app.begin(w.org, kernel::Actor::System).await.unwrap();
    assert!(directory::administrators(&mut tx).await.unwrap().contains(&w.ann.id), "the owner is still there");
    tally.kept_out += w.kept_out;
    tally.forbidden += w.forbidden;
}

#[tokio::test]
async fn org_03_no_sequence_of_calls_reaches_or_shows_more_than_its_callers_held() {
    let mut tally = Tally::default();
    for seed in 0..SEEDS {
        play(seed, &mut tally).await;
    }
    for way in WAYS {
        assert!(tally.kinds.contains_key(way), "{way} was never let: {:?}", tally.kinds);
    }
    // Nor one in which nobody tried what they may not, or to put themselves somewhere.
    assert!(tally.forbidden > 100, "only {} were refused", tally.forbidden);
    assert!(tally.kept_out > 0, "nobody tried to put themselves anywhere");
}
