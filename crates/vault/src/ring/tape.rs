//! What the ring did to its disk, step by step, so that a test can stop it after any byte.

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

#[derive(Clone, Debug)]
pub enum Step {
    Grow,
    Write(u32, Vec<u8>),
    Sync,
}

#[derive(Default)]
pub struct Tape {
    steps: Mutex<Vec<Step>>,
    /// Steps that still succeed; `None` for ever.
    left: Mutex<Option<usize>>,
}

impl Tape {
    pub fn write(&self, slot: u32, bytes: &[u8]) -> io::Result<()> {
        self.note(Step::Write(slot, bytes.to_vec()))
    }

    pub fn sync(&self) -> io::Result<()> {
        self.note(Step::Sync)
    }

    pub fn grow(&self) -> io::Result<()> {
        self.note(Step::Grow)
    }

    pub fn steps(&self) -> Vec<Step> {
        guard(&self.steps).clone()
    }

    pub fn break_after(&self, steps: usize) {
        *guard(&self.left) = Some(steps);
    }

    fn note(&self, step: Step) -> io::Result<()> {
        let mut left = guard(&self.left);
        if *left == Some(0) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        *left = left.map(|left| left - 1);
        guard(&self.steps).push(step);
        Ok(())
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
