//! The least of HTTP/1.1 and WebSocket (RFC 6455) that a load client needs: it must cost less than the server it loads.

use anyhow::{Context, bail, ensure};
use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// What a connection's buffer begins with.
const BUFFER: usize = 4096;

/// The sending half of a WebSocket.
pub struct FrameWriter {
    socket: OwnedWriteHalf,
    out: Vec<u8>,
}

/// The receiving half.
pub struct FrameReader {
    socket: OwnedReadHalf,
    buffer: Vec<u8>,
}

/// Connects, without waiting for fuller packets.
pub async fn connect(address: &str) -> anyhow::Result<TcpStream> {
    let socket = TcpStream::connect(address).await?;
    socket.set_nodelay(true)?;
    Ok(socket)
}

/// Opens a WebSocket; `headers` are whole lines.
pub async fn open(address: &str, path: &str, headers: &str) -> anyhow::Result<(FrameWriter, FrameReader)> {
    let mut socket = connect(address).await?;
    let upgrade = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n"
    );
    socket.write_all(upgrade.as_bytes()).await?;
    let mut buffer = Vec::with_capacity(512);
    let end = head(&mut socket, &mut buffer).await?;
    ensure!(buffer.starts_with(b"HTTP/1.1 101"), "no upgrade: {}", String::from_utf8_lossy(&buffer));
    buffer.drain(..end);
    let (read, write) = socket.into_split();
    Ok((FrameWriter { socket: write, out: Vec::new() }, FrameReader { socket: read, buffer }))
}

/// Reads until the head of an answer is there; where it ends.
async fn head(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<usize> {
    loop {
        if let Some(at) = memmem::find(buffer, b"\r\n\r\n") {
            return Ok(at + 4);
        }
        ensure!(socket.read_buf(buffer).await? > 0, "closed before it answered");
    }
}

impl FrameWriter {
    /// Puts a text frame behind what waits.
    pub fn add(&mut self, text: &str) {
        self.out.push(0x81);
        match text.len() {
            short @ 0..=125 => self.out.push(0x80 | u8::try_from(short).unwrap_or_default()),
            long => {
                self.out.push(0x80 | 126);
                // Our bodies are far below 64 KiB.
                self.out.extend_from_slice(&u16::try_from(long).unwrap_or(u16::MAX).to_be_bytes());
            }
        }
        // A client masks what it sends; nothing says that the mask may not be zero.
        self.out.extend_from_slice(&[0; 4]);
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Sends what waits in one write.
    pub async fn flush(&mut self) -> anyhow::Result<()> {
        self.socket.write_all(&self.out).await?;
        self.out.clear();
        Ok(())
    }
}

impl FrameReader {
    /// Hands over the payload of each frame that is whole, waiting for the first. What came together with the head of the
    /// answer is there already.
    pub async fn read(&mut self, mut take: impl FnMut(&[u8])) -> anyhow::Result<()> {
        while self.take_whole(&mut take)? == 0 {
            self.buffer.reserve(BUFFER);
            ensure!(self.socket.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        }
        Ok(())
    }

    /// Hands over what is whole; how many bytes that were.
    fn take_whole(&mut self, mut take: impl FnMut(&[u8])) -> anyhow::Result<usize> {
        let mut used = 0;
        while let Some((kind, payload, length)) = self.buffer.get(used..).and_then(frame) {
            match kind {
                1 => take(payload),
                8 => bail!("the server ended the connection: {}", String::from_utf8_lossy(payload)),
                // A ping is not answered: no run lasts as long as the server's patience.
                _ => {}
            }
            used += length;
        }
        self.buffer.drain(..used);
        Ok(used)
    }
}

/// Kind, payload and whole length of the first frame, when all of it is there.
fn frame(bytes: &[u8]) -> Option<(u8, &[u8], usize)> {
    let kind = bytes.first()? & 0x0f;
    let (start, length) = match bytes.get(1)? & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
        short => (2, usize::from(short)),
    };
    Some((kind, bytes.get(start..start + length)?, start + length))
}

/// A connection that asks over HTTP, one question after the other.
pub struct Asking {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Asking {
    pub async fn open(address: &str) -> anyhow::Result<Self> {
        Ok(Self { socket: connect(address).await?, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a whole request; the body of the answer, which must be a 200.
    pub async fn ask(&mut self, request: &[u8]) -> anyhow::Result<&[u8]> {
        self.socket.write_all(request).await?;
        self.buffer.clear();
        let start = head(&mut self.socket, &mut self.buffer).await?;
        let head = String::from_utf8_lossy(&self.buffer[..start]).to_ascii_lowercase();
        ensure!(head.starts_with("http/1.1 200"), "{}", String::from_utf8_lossy(&self.buffer));
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("an answer of unknown length")?.trim().parse()?;
        while self.buffer.len() < start + length {
            ensure!(self.socket.read_buf(&mut self.buffer).await? > 0, "closed within an answer");
        }
        Ok(&self.buffer[start..start + length])
    }
}

#[cfg(test)]
mod tests {
    use super::frame;

    #[test]
    fn frames_are_taken_when_they_are_whole() {
        assert_eq!(frame(&[0x81, 2, b'h', b'i', 0x81]), Some((1, b"hi".as_slice(), 4)));
        assert_eq!(frame(&[0x81, 2, b'h']), None);
        let mut long = vec![0x81, 126, 1, 0];
        long.extend([b'x'; 256]);
        assert_eq!(frame(&long).map(|(_, payload, length)| (payload.len(), length)), Some((256, 260)));
    }
}
