//! The sockets of this node and who of them follows what.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

use crate::socket::{Frame, Socket};
use crate::{MemberId, OrgId, SessionId, TopicChange};

/// Sends frames to sockets. Sending is never waiting: a socket whose reader is too slow is cut.
#[derive(Default)]
pub struct Hub {
    orgs: RwLock<HashMap<OrgId, House>>,
}

/// The sockets of one organisation.
#[derive(Default)]
struct House {
    members: HashMap<MemberId, Vec<Arc<Socket>>>,
    topics: HashMap<Uuid, Vec<Arc<Socket>>>,
}

impl Hub {
    /// Adds a socket; `false` when the member has `most` already.
    pub fn attach(&self, socket: &Arc<Socket>, most: usize) -> bool {
        let mut orgs = self.orgs.write().unwrap_or_else(PoisonError::into_inner);
        let sockets = orgs.entry(socket.org).or_default().members.entry(socket.member).or_default();
        if sockets.len() >= most {
            return false;
        }
        sockets.push(Arc::clone(socket));
        true
    }

    /// Removes a socket and everything it follows.
    pub fn detach(&self, socket: &Arc<Socket>) {
        let mut orgs = self.orgs.write().unwrap_or_else(PoisonError::into_inner);
        let Some(house) = orgs.get_mut(&socket.org) else { return };
        for topic in socket.take_topics() {
            remove(&mut house.topics, &topic, |s| s.id == socket.id);
        }
        remove(&mut house.members, &socket.member, |s| s.id == socket.id);
        if house.members.is_empty() {
            orgs.remove(&socket.org);
        }
    }

    /// Has one socket follow these topics.
    pub fn attach_topics(&self, socket: &Arc<Socket>, topics: &[Uuid]) {
        let mut orgs = self.orgs.write().unwrap_or_else(PoisonError::into_inner);
        let house = orgs.entry(socket.org).or_default();
        for topic in socket.add_topics(topics) {
            house.topics.entry(topic).or_default().push(Arc::clone(socket));
        }
    }

    /// Has every socket of the member follow the topic.
    pub fn join(&self, org: OrgId, topic: Uuid, member: MemberId) {
        for socket in self.sockets_of(org, member) {
            self.attach_topics(&socket, &[topic]);
        }
    }

    /// Has none of the member's sockets follow it any more.
    pub fn leave(&self, org: OrgId, topic: Uuid, member: MemberId) {
        let mut orgs = self.orgs.write().unwrap_or_else(PoisonError::into_inner);
        let Some(house) = orgs.get_mut(&org) else { return };
        for socket in house.members.get(&member).into_iter().flatten() {
            socket.remove_topic(&topic);
        }
        remove(&mut house.topics, &topic, |s| s.member == member);
    }

    /// Has nobody follow the topic any more.
    pub fn close(&self, org: OrgId, topic: Uuid) {
        let mut orgs = self.orgs.write().unwrap_or_else(PoisonError::into_inner);
        let Some(house) = orgs.get_mut(&org) else { return };
        for socket in house.topics.remove(&topic).into_iter().flatten() {
            socket.remove_topic(&topic);
        }
    }

    /// Sends to every socket of these members.
    pub fn to_members(&self, org: OrgId, members: &[MemberId], frame: &Frame) {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        let Some(house) = orgs.get(&org) else { return };
        for socket in members.iter().filter_map(|m| house.members.get(m)).flatten() {
            socket.send(frame.clone());
        }
    }

    /// Sends to every socket that follows the topic, but not to the one named.
    pub fn to_topic(&self, org: OrgId, topic: Uuid, frame: &Frame, except: Option<u64>) {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        let followers = orgs.get(&org).and_then(|house| house.topics.get(&topic));
        for socket in followers.into_iter().flatten().filter(|s| Some(s.id) != except) {
            socket.send(frame.clone());
        }
    }

    /// The organisations with a socket on this node.
    pub fn orgs(&self) -> Vec<OrgId> {
        self.orgs.read().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    /// The members with a socket on this node.
    pub fn online(&self, org: OrgId) -> Vec<MemberId> {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        orgs.get(&org).map(|house| house.members.keys().copied().collect()).unwrap_or_default()
    }

    /// How many sockets there are on this node.
    pub fn count(&self) -> usize {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        orgs.values().flat_map(|house| house.members.values()).map(Vec::len).sum()
    }

    /// Ends every socket of a session, saying why.
    pub fn cut_session(&self, session: SessionId, code: &'static str) {
        self.cut(|socket| socket.session == session, code);
    }

    /// Ends every socket of a member, saying why.
    pub fn cut_member(&self, org: OrgId, member: MemberId, code: &'static str) {
        for socket in self.sockets_of(org, member) {
            socket.cut(code);
        }
    }

    /// Ends every socket, saying why.
    pub fn cut_all(&self, code: &'static str) {
        self.cut(|_| true, code);
    }

    pub(crate) fn all_of(&self, org: OrgId) -> Vec<Arc<Socket>> {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        orgs.get(&org).map(|house| house.members.values().flatten().cloned().collect()).unwrap_or_default()
    }

    pub(crate) fn apply(&self, org: OrgId, change: &TopicChange, is_before: bool) {
        match (change, is_before) {
            (TopicChange::Join(topic, member), true) => self.join(org, *topic, *member),
            (TopicChange::Leave(topic, member), false) => self.leave(org, *topic, *member),
            (TopicChange::Close(topic), false) => self.close(org, *topic),
            _ => {}
        }
    }

    fn sockets_of(&self, org: OrgId, member: MemberId) -> Vec<Arc<Socket>> {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        orgs.get(&org).and_then(|house| house.members.get(&member)).cloned().unwrap_or_default()
    }

    fn cut(&self, is_meant: impl Fn(&Socket) -> bool, code: &'static str) {
        let orgs = self.orgs.read().unwrap_or_else(PoisonError::into_inner);
        for socket in orgs.values().flat_map(|house| house.members.values()).flatten() {
            if is_meant(socket) {
                socket.cut(code);
            }
        }
    }
}

fn remove<K: std::hash::Hash + Eq>(
    map: &mut HashMap<K, Vec<Arc<Socket>>>,
    key: &K,
    is_meant: impl Fn(&Arc<Socket>) -> bool,
) {
    if let Some(sockets) = map.get_mut(key) {
        sockets.retain(|s| !is_meant(s));
        if sockets.is_empty() {
            map.remove(key);
        }
    }
}
