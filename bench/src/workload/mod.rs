//! What is measured; the names and the ways are those of docs/performance.md.

pub mod audit;
pub mod client;
pub mod copy;
pub mod departments;
pub mod direct;
pub mod files;
pub mod group;
pub mod growth;
pub mod history;
pub mod idle;
pub mod import;
pub mod people;
pub mod search;
pub mod size;
pub mod start;
pub mod storm;

use std::ops::Range;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::measure::Results;
use crate::process::Watched;
use crate::target::Target;

/// Users that sign in at the same time.
const SIGNING_IN: usize = 16;
const SIGN_IN_WITHIN: Duration = Duration::from_secs(30);

/// A server under measurement, and where what is measured goes.
pub struct Bench<'a, T> {
    pub target: T,
    pub watched: Watched,
    pub results: &'a mut Results,
}

pub type Session<T> = (<T as Target>::Writer, <T as Target>::Reader);

impl<T: Target> Bench<'_, T> {
    /// Signs these users in; in their order.
    pub async fn connect(&self, users: Range<u32>) -> Result<Vec<Session<T>>> {
        let mut sessions = Vec::with_capacity(users.len());
        let mut under_way = JoinSet::new();
        for user in users {
            if under_way.len() >= SIGNING_IN {
                sessions.extend(under_way.join_next().await.transpose()?.transpose()?);
            }
            under_way.spawn_local(sign_in(self.target.clone(), user));
        }
        while let Some(one) = under_way.join_next().await {
            sessions.push(one??);
        }
        sessions.sort_unstable_by_key(|(user, _)| *user);
        Ok(sessions.into_iter().map(|(_, session)| session).collect())
    }
}

async fn sign_in<T: Target>(target: T, user: u32) -> Result<(u32, Session<T>)> {
    let session = timeout(SIGN_IN_WITHIN, target.connect(user)).await.context("no answer")?;
    Ok((user, session.with_context(|| format!("the sign-in of user {user}"))?))
}

/// Numbers that look like chance and are the same in every run.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u32) -> Self {
        Self(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(u64::from(seed) + 1))
    }

    pub fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end)).unwrap_or_default()
    }
}
