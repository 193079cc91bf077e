//! One window: frames out, frames in.

use anyhow::Context;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::house::{House, Person};

pub type Sender = SplitSink<WebSocketStream<TcpStream>, Message>;
pub struct Receiver(SplitStream<WebSocketStream<TcpStream>>);

/// Opens a window and waits for its hello.
pub async fn open(house: &House, person: &Person) -> anyhow::Result<(Sender, Receiver)> {
    let address = house.url.trim_start_matches("http://");
    let mut request = format!("ws://{address}/v1/socket?organisation=bench").into_client_request()?;
    request.headers_mut().insert("authorization", format!("Bearer {}", person.token).parse()?);
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default().read_buffer_size(16 * 1024).write_buffer_size(0);
    let (socket, _) = client_async_with_config(request, stream, Some(config)).await?;
    let (sender, receiver) = socket.split();
    let mut receiver = Receiver(receiver);
    receiver.next_of("hello").await?;
    Ok((sender, receiver))
}

impl Receiver {
    /// The next frame of this kind; others are dropped.
    pub async fn next_of(&mut self, kind: &str) -> anyhow::Result<Value> {
        loop {
            let frame = self.next().await?;
            if frame["k"] == kind {
                return Ok(frame);
            }
        }
    }

    pub async fn next(&mut self) -> anyhow::Result<Value> {
        loop {
            match self.0.next().await.context("the socket closed")?? {
                Message::Text(text) => return Ok(serde_json::from_str(&text)?),
                Message::Close(_) => anyhow::bail!("the server closed the socket"),
                _ => {}
            }
        }
    }
}

pub async fn send(sender: &mut Sender, frame: &Value) -> anyhow::Result<()> {
    Ok(sender.send(Message::text(frame.to_string())).await?)
}
