//! The floor: the client of the bare server in `bin/floor.rs`, which says what each frame means.

use anyhow::Result;

use super::{Event, Joining, Outgoing, Pager, Reader, Recipient, Stamp, Target, Writer};
use crate::wire::{self, FrameReader, FrameWriter};

#[derive(Clone)]
pub struct Floor {
    pub address: String,
}

pub struct FloorPager {
    writer: FrameWriter,
    reader: FrameReader,
}

impl Target for Floor {
    type Writer = FrameWriter;
    type Reader = FrameReader;
    type Pager = FloorPager;
    const ACKNOWLEDGES_DIRECT: bool = true;

    async fn connect(&self, user: u32) -> Result<(FrameWriter, FrameReader)> {
        wire::open(&self.address, &format!("/ws/{user}"), "").await
    }

    async fn pager(&self, user: u32) -> Result<FloorPager> {
        let (writer, reader) = self.connect(user).await?;
        Ok(FloorPager { writer, reader })
    }
}

impl Writer for FrameWriter {
    async fn join(&mut self, _group: &str) -> Result<Joining> {
        self.add("J|");
        self.flush().await?;
        Ok(Joining::Asked)
    }

    async fn send(&mut self, messages: &[Outgoing]) -> Result<()> {
        for message in messages {
            match &message.to {
                Recipient::User(user) => self.add(&format!("D{user}|{}", message.body)),
                Recipient::Group(_) => self.add(&format!("G|{}", message.body)),
            }
        }
        self.flush().await
    }
}

impl Reader for FrameReader {
    async fn read(&mut self, events: &mut Vec<Event>) -> Result<()> {
        FrameReader::read(self, |payload| events.extend(event(payload))).await
    }
}

impl Pager for FloorPager {
    async fn newest(&mut self, peer: u32, limit: usize) -> Result<Vec<u32>> {
        self.writer.add(&format!("H{peer}|{limit}"));
        self.writer.flush().await?;
        super::page(&mut self.reader).await
    }
}

fn event(payload: &[u8]) -> Option<Event> {
    match payload.first()? {
        b'A' => Stamp::find(payload).map(Event::Acknowledged),
        b'M' => Stamp::find(payload).map(Event::Delivered),
        b'H' => Stamp::find(payload).map(Event::Archived),
        b'J' => Some(Event::Joined),
        b'E' => Some(Event::PageEnd),
        _ => None,
    }
}
