//! Reading the chain: what is not as it was written.

use aws_lc_rs::digest::{SHA256, digest};

/// More faults than this say nothing new.
pub const MOST_FAULTS: usize = 100;

/// How far a log reaches: noted elsewhere, it proves later that nothing was cut off behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest line.
    pub line: i64,
    /// Its link: 32 bytes; none in an empty log.
    pub link: Vec<u8>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is not what was written in this place, or does not follow the line before.
    Changed,
    /// It is not there.
    Missing,
    /// It stands behind the newest there can be, or before the oldest.
    Surplus,
    /// It is not the line that was noted elsewhere.
    NotAsNoted,
    /// A pseudonym is attributed to somebody whose key says otherwise.
    Misattributed,
}

/// One line that is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which; 0 when no line of its own is meant.
    pub line: i64,
    /// What is wrong.
    pub flaw: Flaw,
}

/// A log as far as it has been read, from the first line whose time is not over.
pub struct Chain<'a> {
    head: &'a Head,
    noted: Option<&'a Head>,
    line: i64,
    link: Vec<u8>,
    faults: Vec<Fault>,
}

impl<'a> Chain<'a> {
    /// Nothing is read yet. `past` is the last line whose time was over (the default when there is none), `head` the end there must
    /// be, `noted` one that was given out before.
    pub fn new(past: &Head, head: &'a Head, noted: Option<&'a Head>) -> Self {
        let mut chain = Self { head, noted, line: past.line, link: past.link.clone(), faults: Vec::new() };
        if noted.is_some_and(|noted| noted.line == past.line && noted.link != past.link) {
            chain.fault(past.line, Flaw::NotAsNoted);
        }
        chain
    }

    /// The number of the last line that was read.
    pub fn line(&self) -> i64 {
        self.line
    }

    /// Whether going on says nothing new.
    pub fn is_hopeless(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// Reads the next line there is. It goes on from what is stored, so that one changed line does not make all that follow
    /// look changed.
    pub fn take(&mut self, line: i64, digest_of_line: &[u8], link: Vec<u8>) {
        let follows = line == self.line + 1;
        if !follows {
            self.miss(self.line + 1, line - 1);
        }
        if follows {
            let mut bytes = std::mem::take(&mut self.link);
            bytes.extend_from_slice(&line.to_be_bytes());
            bytes.extend_from_slice(digest_of_line);
            if digest(&SHA256, &bytes).as_ref() != link {
                self.fault(line, Flaw::Changed);
            }
        }
        if self.noted.is_some_and(|noted| noted.line == line && noted.link != link) {
            self.fault(line, Flaw::NotAsNoted);
        }
        (self.line, self.link) = (line, link);
    }

    /// There are no more lines; what is wrong.
    pub fn end(mut self) -> Vec<Fault> {
        if self.line < self.head.line {
            self.miss(self.line + 1, self.head.line);
        } else if self.line == self.head.line && self.link != self.head.link {
            self.fault(self.line, Flaw::Changed);
        }
        if let Some(noted) = self.noted.filter(|noted| noted.line > self.head.line) {
            self.fault(noted.line, Flaw::Missing);
        }
        self.faults.truncate(MOST_FAULTS);
        self.faults
    }

    fn miss(&mut self, first: i64, last: i64) {
        for line in (first..=last).take(MOST_FAULTS) {
            self.fault(line, Flaw::Missing);
        }
    }

    fn fault(&mut self, line: i64, flaw: Flaw) {
        self.faults.push(Fault { line, flaw });
    }
}
