//! A way through that can be shut: what a node sees of the bus when the network between them is gone. Connections stay
//! open and nothing comes through, as it is with a cable that was pulled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

#[derive(Clone)]
pub struct Gate {
    pub port: u16,
    is_shut: Arc<AtomicBool>,
}

impl Gate {
    /// Opens a way to `target`.
    pub async fn open(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gate = Self { port: listener.local_addr().unwrap().port(), is_shut: Arc::default() };
        let shut = Arc::clone(&gate.is_shut);
        spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (target, shut) = (target.clone(), Arc::clone(&shut));
                spawn(async move {
                    let Ok(far) = TcpStream::connect(target).await else { return };
                    let (near_in, near_out) = near.into_split();
                    let (far_in, far_out) = far.into_split();
                    tokio::select! {
                        () = carry(near_in, far_out, &shut) => {}
                        () = carry(far_in, near_out, &shut) => {}
                    }
                });
            }
        });
        gate
    }

    pub fn shut(&self, is_shut: bool) {
        self.is_shut.store(is_shut, Ordering::Release);
    }
}

async fn carry(mut from: impl AsyncReadExt + Unpin, mut to: impl AsyncWriteExt + Unpin, shut: &AtomicBool) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        while shut.load(Ordering::Acquire) {
            sleep(Duration::from_millis(20)).await;
        }
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "no App is here to ask")]
pub fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(task);
}
