//! Who is there: as each window says, in memory only, and only where the organisation shows it. What a node knows of
//! its own windows is what is told; nothing about when somebody was there is kept. Nobody is told of whom they do not see:
//! each window is looked at again when who sees whom may have changed, and until then it is told nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use chrono::{DateTime, TimeDelta, Utc};
use directory::events::{
    DepartmentChanged, DepartmentMerged, ImportUndone, MemberChanged, PeopleImported, RoleGiven, RoleTaken, RoleWritten,
};
use kernel::{
    Actor, App, BoxFuture, Channel, Ephemeral, Error, Event, Frame, MemberId, OrgId, Recorded, Result, Socket,
    Utf8Bytes,
};
use serde::{Deserialize, Serialize};

/// The channel.
pub const CHANNEL: Channel = Channel { name: "presence", max_bytes: 16_384, per_second: 2, receive };

/// People one window may watch.
const WATCHED: usize = 200;
/// After this long it is looked again whom a window sees, whatever this node heard of changes.
const LOOK_AGAIN: TimeDelta = TimeDelta::hours(1);

#[derive(Deserialize)]
#[serde(tag = "k", rename_all = "snake_case")]
enum Received {
    Active,
    Away,
    Watch { member_ids: Vec<MemberId> },
}

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Presence {
    Offline,
    Away,
    Active,
}

#[derive(Serialize)]
struct Item {
    member_id: MemberId,
    state: Presence,
}

#[derive(Serialize)]
struct PresenceFrame {
    c: &'static str,
    k: &'static str,
    items: Vec<Item>,
}

/// One window: whether somebody is at it, and whom it watches.
struct Window {
    socket: Weak<Socket>,
    presence: Ephemeral<Presence>,
    /// Whom it asked for.
    wanted: Vec<MemberId>,
    /// Those of them whom its owner sees; nobody as long as that is to be looked up.
    watched: HashSet<MemberId>,
    is_stale: bool,
    looked_at: DateTime<Utc>,
}

/// The windows of an organisation, by socket.
type House = BTreeMap<u64, (MemberId, Window)>;

#[derive(Default)]
struct Present(Mutex<HashMap<OrgId, House>>);

impl Present {
    fn lock(&self) -> MutexGuard<'_, HashMap<OrgId, House>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn receive(app: App, socket: Arc<Socket>, frame: Utf8Bytes) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let received: Received =
            serde_json::from_str(&frame).map_err(|_| Error::Invalid { field: "frame", why: "malformed" })?;
        let mut tx = app.begin(socket.org, Actor::Member(socket.member)).await?;
        let is_shown = directory::settings(&mut tx).await?.shows_presence;
        tx.commit().await?;
        if !is_shown {
            return Ok(());
        }
        let asks = matches!(received, Received::Watch { .. });
        take(&app, &socket, received)?;
        if asks { look(&app, socket.org, socket.id).await } else { Ok(()) }
    })
}

fn take(app: &App, socket: &Arc<Socket>, received: Received) -> Result<()> {
    let present = app.state::<Present>();
    let mut orgs = present.lock();
    let house = orgs.entry(socket.org).or_default();
    sweep(house);
    let before = of(house, socket.member);
    let (_, window) = house.entry(socket.id).or_insert_with(|| (socket.member, Window::new(socket, app.now())));
    match received {
        Received::Active => window.presence = Ephemeral::new(Presence::Active),
        Received::Away => window.presence = Ephemeral::new(Presence::Away),
        Received::Watch { member_ids } => {
            if member_ids.len() > WATCHED {
                return Err(Error::Invalid { field: "member_ids", why: "too_many" });
            }
            window.wanted = member_ids;
            window.forget();
        }
    }
    let now = of(house, socket.member);
    if now != before {
        tell(house, socket.member, now);
    }
    Ok(())
}

impl Window {
    fn new(socket: &Arc<Socket>, now: DateTime<Utc>) -> Self {
        Self {
            socket: Arc::downgrade(socket),
            presence: Ephemeral::new(Presence::Active),
            wanted: Vec::new(),
            watched: HashSet::new(),
            is_stale: false,
            looked_at: now,
        }
    }

    /// Whom its owner sees is to be looked up.
    fn forget(&mut self) {
        self.watched.clear();
        self.is_stale = true;
    }

    fn is_open(&self) -> bool {
        self.socket.upgrade().is_some_and(|socket| !socket.is_cut())
    }
}

/// Somebody is as present as their most present window.
fn of(house: &House, member: MemberId) -> Presence {
    let windows = house.values().filter(|(owner, window)| *owner == member && window.is_open());
    windows.map(|(_, window)| *window.presence.get()).max().unwrap_or(Presence::Offline)
}

/// Lets go of windows that have closed and tells who watched their people.
fn sweep(house: &mut House) {
    let closed: Vec<u64> = house.iter().filter(|(_, (_, window))| !window.is_open()).map(|(id, _)| *id).collect();
    let mut members = HashSet::new();
    for id in closed {
        members.extend(house.remove(&id).map(|(member, _)| member));
    }
    for member in members {
        tell(house, member, of(house, member));
    }
}

fn tell(house: &House, member_id: MemberId, state: Presence) {
    let frame = Frame::new(&PresenceFrame { c: "presence", k: "presence", items: vec![Item { member_id, state }] });
    for (_, window) in house.values().filter(|(_, window)| window.watched.contains(&member_id)) {
        if let Some(socket) = window.socket.upgrade() {
            socket.send(frame.clone());
        }
    }
}

/// Looks up whom the window's owner sees of those it asked for, and tells where they are; the others are nowhere.
async fn look(app: &App, org: OrgId, socket: u64) -> Result<()> {
    let present = app.state::<Present>();
    loop {
        let (member, wanted) = {
            let mut orgs = present.lock();
            let found = orgs.get_mut(&org).and_then(|house| house.get_mut(&socket));
            let Some((member, window)) = found.filter(|(_, window)| window.is_stale) else { return Ok(()) };
            window.is_stale = false;
            (*member, window.wanted.clone())
        };
        let seen = seen(app, org, member, &wanted).await;
        let mut orgs = present.lock();
        let Some(house) = orgs.get_mut(&org) else { return Ok(()) };
        let Some((_, window)) = house.get_mut(&socket) else { return Ok(()) };
        if window.is_stale {
            // Something changed meanwhile: what was read may be old.
            continue;
        }
        window.is_stale = seen.is_err();
        let Some(seen) = seen? else {
            window.wanted.clear();
            return Ok(());
        };
        window.watched = seen;
        window.looked_at = app.now();
        let (watched, window) = (window.watched.clone(), window.socket.upgrade());
        let state = |id| if watched.contains(&id) { of(house, id) } else { Presence::Offline };
        let items = wanted.into_iter().map(|id| Item { member_id: id, state: state(id) }).collect();
        if let Some(socket) = window {
            socket.send(Frame::new(&PresenceFrame { c: "presence", k: "presence", items }));
        }
        return Ok(());
    }
}

/// `None` where the organisation does not show it any more.
async fn seen(app: &App, org: OrgId, member: MemberId, wanted: &[MemberId]) -> Result<Option<HashSet<MemberId>>> {
    let mut tx = app.begin(org, Actor::Member(member)).await?;
    let is_shown = directory::settings(&mut tx).await?.shows_presence;
    let seen = directory::seen_members(&mut tx, wanted.to_vec()).await?;
    tx.commit().await?;
    Ok(is_shown.then(|| seen.into_iter().collect()))
}

/// Looks at every window of the organisation that is to be looked at, one after the other.
async fn look_at_all(app: App, org: OrgId) {
    let present = app.state::<Present>();
    let stale: Vec<u64> = {
        let orgs = present.lock();
        let windows = orgs.get(&org).into_iter().flatten();
        windows.filter(|(_, (_, window))| window.is_stale).map(|(id, _)| *id).collect()
    };
    for socket in stale {
        if let Err(error) = look(&app, org, socket).await {
            // The next round of `keep` tries again.
            tracing::warn!(code = error.code(), "whom a window sees was not looked up");
        }
    }
}

/// As much as is needed here of an event about one person.
#[derive(Deserialize)]
struct About {
    member: MemberId,
}

/// Who sees whom may be different: for one person and whoever watches them, or for everybody. Windows are a node's own, so
/// every node that has some hears of it.
pub fn heard(app: &App, org: OrgId, event: &Recorded) {
    let whom = match event.name.as_str() {
        MemberChanged::NAME | RoleGiven::NAME | RoleTaken::NAME => About::deserialize(&event.payload).ok(),
        RoleWritten::NAME
        | DepartmentChanged::NAME
        | DepartmentMerged::NAME
        | PeopleImported::NAME
        | ImportUndone::NAME => None,
        _ => return,
    };
    let is_meant = |of: MemberId| whom.as_ref().is_none_or(|whom| whom.member == of);
    forget(app, org, |owner, window| is_meant(owner) || window.wanted.iter().any(|wanted| is_meant(*wanted)));
    app.follow_up("chat.presence_sight", look_at_all(app.clone(), org));
}

fn forget(app: &App, org: OrgId, is_meant: impl Fn(MemberId, &Window) -> bool) {
    let present = app.state::<Present>();
    let mut orgs = present.lock();
    for (owner, window) in orgs.get_mut(&org).into_iter().flat_map(BTreeMap::values_mut) {
        if !window.wanted.is_empty() && is_meant(*owner, window) {
            window.forget();
        }
    }
}

/// Looks every while for windows that have closed, so that whoever watches learns of it, and for those that were not
/// looked at for long.
pub async fn keep(app: App) {
    loop {
        tokio::select! {
            () = app.stopped() => return,
            () = tokio::time::sleep(std::time::Duration::from_secs(5)) => {}
        }
        let (now, present) = (app.now(), app.state::<Present>());
        let open: Vec<OrgId> = {
            let mut orgs = present.lock();
            orgs.values_mut().for_each(sweep);
            orgs.retain(|_, house| !house.is_empty());
            orgs.keys().copied().collect()
        };
        for org in open {
            forget(&app, org, |_, window| now - window.looked_at > LOOK_AGAIN);
            look_at_all(app.clone(), org).await;
        }
    }
}
