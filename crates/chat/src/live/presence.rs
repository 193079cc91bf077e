//! Who is there: as each window says, in memory only, and only where the organisation shows it. What a node knows of
//! its own windows is what is told; nothing about when somebody was there is kept.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use kernel::{App, BoxFuture, Channel, Ephemeral, Error, Frame, MemberId, OrgId, Result, Socket};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The channel.
pub const CHANNEL: Channel = Channel { name: "presence", max_bytes: 16_384, per_second: 2, receive };

/// People one window may watch.
const WATCHED: usize = 200;

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
    watched: HashSet<MemberId>,
}

/// The windows of an organisation, by socket.
type House = BTreeMap<u64, (MemberId, Window)>;

#[derive(Default)]
struct Present(Mutex<HashMap<OrgId, House>>);

fn receive(app: App, socket: Arc<Socket>, frame: Box<RawValue>) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let received: Received =
            serde_json::from_str(frame.get()).map_err(|_| Error::Invalid { field: "frame", why: "malformed" })?;
        let mut tx = app.begin(socket.org, kernel::Actor::Member(socket.member)).await?;
        let is_shown = directory::settings(&mut tx).await?.shows_presence;
        tx.commit().await?;
        if is_shown {
            take(&app, &socket, received)?;
        }
        Ok(())
    })
}

fn take(app: &App, socket: &Arc<Socket>, received: Received) -> Result<()> {
    let present = app.state::<Present>();
    let mut orgs = present.0.lock().unwrap_or_else(PoisonError::into_inner);
    let house = orgs.entry(socket.org).or_default();
    sweep(house);
    let before = of(house, socket.member);
    let (_, window) = house.entry(socket.id).or_insert_with(|| (socket.member, Window::new(socket)));
    match received {
        Received::Active => window.presence = Ephemeral::new(Presence::Active),
        Received::Away => window.presence = Ephemeral::new(Presence::Away),
        Received::Watch { member_ids } => {
            if member_ids.len() > WATCHED {
                return Err(Error::Invalid { field: "member_ids", why: "too_many" });
            }
            window.watched = member_ids.iter().copied().collect();
            let items = member_ids.into_iter().map(|id| Item { member_id: id, state: of(house, id) }).collect();
            socket.send(Frame::new(&PresenceFrame { c: "presence", k: "presence", items }));
        }
    }
    let now = of(house, socket.member);
    if now != before {
        tell(house, socket.member, now);
    }
    Ok(())
}

impl Window {
    fn new(socket: &Arc<Socket>) -> Self {
        Self { socket: Arc::downgrade(socket), presence: Ephemeral::new(Presence::Active), watched: HashSet::new() }
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

/// Looks every while for windows that have closed, so that whoever watches learns of it.
pub async fn keep(app: App) {
    loop {
        tokio::select! {
            () = app.stopped() => return,
            () = tokio::time::sleep(std::time::Duration::from_secs(5)) => {}
        }
        let present = app.state::<Present>();
        let mut orgs = present.0.lock().unwrap_or_else(PoisonError::into_inner);
        for house in orgs.values_mut() {
            sweep(house);
        }
        orgs.retain(|_, house| !house.is_empty());
    }
}
