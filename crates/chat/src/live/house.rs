//! Who is there in one organisation: the windows of this node, and what other nodes say of theirs. Whatever is asked
//! costs as much as there are windows of the person or watchers of them, never as many as there are people.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};

use chrono::{DateTime, Utc};
use kernel::{Ephemeral, MemberId, Socket};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Offline,
    Away,
    Active,
}

/// One window: whether somebody is at it, and whom it watches.
struct Window {
    member: MemberId,
    socket: Weak<Socket>,
    presence: Ephemeral<Presence>,
    watched: HashSet<MemberId>,
}

impl Window {
    fn is_open(&self) -> bool {
        self.socket.upgrade().is_some_and(|socket| !socket.is_cut())
    }
}

#[derive(Default)]
struct Person {
    windows: HashSet<u64>,
    watchers: HashSet<u64>,
    /// What another node says, and until when that holds.
    elsewhere: HashMap<Uuid, (Presence, DateTime<Utc>)>,
}

/// The people of an organisation, as far as a window of theirs is open or watched here.
#[derive(Default)]
pub struct House {
    windows: HashMap<u64, Window>,
    people: HashMap<MemberId, Person>,
}

impl House {
    /// The window is there, and somebody is at it unless it says otherwise.
    pub fn enter(&mut self, socket: &Arc<Socket>) {
        self.windows.entry(socket.id).or_insert_with(|| Window {
            member: socket.member,
            socket: Arc::downgrade(socket),
            presence: Ephemeral::new(Presence::Active),
            watched: HashSet::new(),
        });
        self.people.entry(socket.member).or_default().windows.insert(socket.id);
    }

    /// What a window says of whoever is at it.
    pub fn set(&mut self, window: u64, presence: Presence) {
        if let Some(window) = self.windows.get_mut(&window) {
            window.presence = Ephemeral::new(presence);
        }
    }

    /// Whom the window watches from now on, instead of those before.
    pub fn watch(&mut self, window: u64, members: &[MemberId]) {
        let Some(held) = self.windows.get_mut(&window) else { return };
        let before = std::mem::replace(&mut held.watched, members.iter().copied().collect());
        for member in before {
            self.people.entry(member).or_default().watchers.remove(&window);
        }
        for member in members {
            self.people.entry(*member).or_default().watchers.insert(window);
        }
    }

    /// What another node says of somebody, until then.
    pub fn hear(&mut self, member: MemberId, (node, presence): (Uuid, Presence), until: DateTime<Utc>) {
        let person = self.people.entry(member).or_default();
        if presence == Presence::Offline {
            person.elsewhere.remove(&node);
        } else {
            person.elsewhere.insert(node, (presence, until));
        }
    }

    /// Somebody is as present as their most present window on this node.
    pub fn here(&self, member: MemberId) -> Presence {
        let windows = self.people.get(&member).map(|person| &person.windows).into_iter().flatten();
        let open = windows.filter_map(|id| self.windows.get(id)).filter(|window| window.is_open());
        open.map(|window| *window.presence.get()).max().unwrap_or(Presence::Offline)
    }

    /// The same on all nodes.
    pub fn of(&self, member: MemberId, now: DateTime<Utc>) -> Presence {
        let elsewhere = self.people.get(&member).map(|person| &person.elsewhere).into_iter().flatten();
        let live = elsewhere.filter(|(_, (_, until))| *until > now).map(|(_, (presence, _))| *presence);
        live.max().unwrap_or(Presence::Offline).max(self.here(member))
    }

    /// The windows that watch somebody.
    pub fn watchers(&self, member: MemberId) -> Vec<Arc<Socket>> {
        let watchers = self.people.get(&member).map(|person| &person.watchers).into_iter().flatten();
        watchers.filter_map(|id| self.windows.get(id)?.socket.upgrade()).collect()
    }

    /// Everybody who has a window on this node.
    pub fn all_here(&self) -> Vec<(MemberId, Presence)> {
        let there = self.people.iter().filter(|(_, person)| !person.windows.is_empty());
        there.map(|(member, _)| (*member, self.here(*member))).collect()
    }

    /// Lets go of windows that have closed and of what other nodes said too long ago; gives the people this is about.
    pub fn sweep(&mut self, now: DateTime<Utc>) -> Vec<MemberId> {
        let closed: Vec<u64> = self.windows.iter().filter(|(_, window)| !window.is_open()).map(|(id, _)| *id).collect();
        let mut changed = HashSet::new();
        for id in closed {
            self.watch(id, &[]);
            let Some(window) = self.windows.remove(&id) else { continue };
            self.people.entry(window.member).or_default().windows.remove(&id);
            changed.insert(window.member);
        }
        for (member, person) in &mut self.people {
            let before = person.elsewhere.len();
            person.elsewhere.retain(|_, (_, until)| *until > now);
            if person.elsewhere.len() < before {
                changed.insert(*member);
            }
        }
        self.people.retain(|_, p| !(p.windows.is_empty() && p.watchers.is_empty() && p.elsewhere.is_empty()));
        changed.into_iter().collect()
    }

    /// Whether nobody is there and nobody is watched.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty() && self.people.is_empty()
    }
}
