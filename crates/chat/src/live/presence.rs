//! Who is there: as each window says, in memory only, and only where the organisation shows it. Nodes tell each other
//! when somebody comes or goes on theirs, and now and then who is there; nothing about when somebody was there is kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use kernel::{App, BoxFuture, Channel, Error, Frame, Hear, Heard, MemberId, OrgId, Result, Socket};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::house::{House, Presence};

/// The channel.
pub const CHANNEL: Channel = Channel { name: "presence", max_bytes: 16_384, per_second: 2, receive };

/// People one window may watch.
const WATCHED: usize = 200;
/// How often windows that have closed are looked for.
const LOOK: Duration = Duration::from_secs(5);
/// Every so many looks a node says who is on it; what it said holds as long as two of these and a little more.
const ANNOUNCED: u32 = 3;
const HOLDS: TimeDelta = TimeDelta::seconds(40);

#[derive(Deserialize)]
#[serde(tag = "k", rename_all = "snake_case")]
enum Received {
    Active,
    Away,
    Watch { member_ids: Vec<MemberId> },
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

#[derive(Default)]
struct Present(Mutex<HashMap<OrgId, House>>);

/// What the module registers: who is there on another node.
pub const HEARS: (&str, Hear) = (KIND, hear);
const KIND: &str = "chat.presence";

fn hear(app: &App, heard: &Heard<'_>) {
    let Some(people) = heard.read::<Vec<(MemberId, Presence)>>() else { return };
    let (present, now) = (app.state::<Present>(), app.now());
    let mut orgs = present.0.lock().unwrap_or_else(PoisonError::into_inner);
    let house = orgs.entry(heard.org).or_default();
    for (member, presence) in people {
        let before = house.of(member, now);
        house.hear(member, (heard.node, presence), now + HOLDS);
        let after = house.of(member, now);
        if after != before {
            tell(house, member, after);
        }
    }
}

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
    let (present, now) = (app.state::<Present>(), app.now());
    let mut orgs = present.0.lock().unwrap_or_else(PoisonError::into_inner);
    let house = orgs.entry(socket.org).or_default();
    let (here, everywhere) = (house.here(socket.member), house.of(socket.member, now));
    house.enter(socket);
    match received {
        Received::Active => house.set(socket.id, Presence::Active),
        Received::Away => house.set(socket.id, Presence::Away),
        Received::Watch { member_ids } => {
            if member_ids.len() > WATCHED {
                return Err(Error::Invalid { field: "member_ids", why: "too_many" });
            }
            house.watch(socket.id, &member_ids);
            let items = member_ids.into_iter().map(|id| Item { member_id: id, state: house.of(id, now) }).collect();
            socket.send(Frame::new(&PresenceFrame { c: "presence", k: "presence", items }));
        }
    }
    let (here_now, everywhere_now) = (house.here(socket.member), house.of(socket.member, now));
    if here_now != here {
        app.tell_nodes(KIND, socket.org, &[(socket.member, here_now)]);
    }
    if everywhere_now != everywhere {
        tell(house, socket.member, everywhere_now);
    }
    Ok(())
}

fn tell(house: &House, member_id: MemberId, state: Presence) {
    let frame = Frame::new(&PresenceFrame { c: "presence", k: "presence", items: vec![Item { member_id, state }] });
    for socket in house.watchers(member_id) {
        socket.send(frame.clone());
    }
}

/// Looks every while for windows that have closed, so that whoever watches learns of it, and says who is here.
pub async fn keep(app: App) {
    let mut looks: u32 = 0;
    loop {
        tokio::select! {
            () = app.stopped() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        looks = looks.wrapping_add(1);
        look(&app, looks.is_multiple_of(ANNOUNCED));
    }
}

fn look(app: &App, is_announced: bool) {
    let (present, now) = (app.state::<Present>(), app.now());
    let mut orgs = present.0.lock().unwrap_or_else(PoisonError::into_inner);
    for (org, house) in orgs.iter_mut() {
        let changed = house.sweep(now);
        for member in &changed {
            tell(house, *member, house.of(*member, now));
        }
        let gone: Vec<(MemberId, Presence)> = changed.iter().map(|member| (*member, house.here(*member))).collect();
        if !gone.is_empty() {
            app.tell_nodes(KIND, *org, &gone);
        }
        let here = if is_announced { house.all_here() } else { Vec::new() };
        if !here.is_empty() {
            app.tell_nodes(KIND, *org, &here);
        }
    }
    orgs.retain(|_, house| !house.is_empty());
}
