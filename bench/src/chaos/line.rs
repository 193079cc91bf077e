//! The line of one node to the database past any pooler (`database.direct_url`), or to NATS, with somebody on it who can cut
//! it: in the database's by the name that a connection gives itself, so that what nodes tell each other can be kept from
//! one of them alone.

use std::cell::Cell;
use std::rc::Rc;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::spawn_local;

/// What is done to connections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    Nothing,
    /// The bus's are ended, and new ones too.
    Bus,
    /// The bus's stay open and carry nothing more.
    SilentBus,
    /// All are ended: the bus's, and that on which a node looks whether keys were destroyed.
    All,
}

/// Where a line leads.
#[derive(Clone, Copy)]
pub enum To {
    /// The port of the database.
    Database(u16),
    /// That of NATS, to which nothing else goes but the bus.
    Nats(u16),
}

/// The name of the connection on which a node hears the others.
const BUS: &[u8] = b"tulou-bus";
/// A startup packet is shorter.
const STARTUP: usize = 2048;

pub struct Line {
    pub port: u16,
    cut: watch::Sender<Cut>,
    /// How many were ended or silenced.
    pub struck: Rc<Cell<usize>>,
}

impl Line {
    pub async fn open(to: To) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let (cut, watched) = watch::channel(Cut::Nothing);
        let struck = Rc::new(Cell::new(0));
        let count = Rc::clone(&struck);
        spawn_local(async move {
            while let Ok((near, _)) = listener.accept().await {
                spawn_local(carry(near, to, watched.clone(), Rc::clone(&count)));
            }
        });
        Ok(Self { port, cut, struck })
    }

    pub fn cut(&self, cut: Cut) {
        self.cut.send_replace(cut);
    }
}

/// Carries one connection until it ends or is cut.
async fn carry(mut near: TcpStream, to: To, mut cut: watch::Receiver<Cut>, struck: Rc<Cell<usize>>) {
    let (To::Database(port) | To::Nats(port)) = to;
    let Ok(mut far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let is_bus = match to {
        To::Nats(_) => true,
        To::Database(_) => match begin(&mut near, &mut far).await {
            Ok(is_bus) => is_bus,
            Err(_) => return,
        },
    };
    let strikes = move |cut: &Cut| match cut {
        Cut::Nothing => false,
        Cut::Bus | Cut::SilentBus => is_bus,
        Cut::All => true,
    };
    let how = tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => return,
        how = cut.wait_for(strikes) => how.map_or(Cut::All, |how| *how),
    };
    struck.set(struck.get() + 1);
    if how == Cut::SilentBus {
        // Held until the line is whole again; by then both sides have given up, or hear that it is gone.
        let _ = cut.wait_for(|cut| *cut != Cut::SilentBus).await;
    }
}

/// Carries the first packet, in which a connection to the database says who it is; whether it is the bus.
async fn begin(near: &mut TcpStream, far: &mut TcpStream) -> Result<bool> {
    let mut startup = vec![0; STARTUP];
    let length = near.read(&mut startup).await?;
    far.write_all(&startup[..length]).await?;
    Ok(memchr::memmem::find(&startup[..length], BUS).is_some())
}
