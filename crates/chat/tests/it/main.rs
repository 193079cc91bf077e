//! Chat through HTTP and sockets, on a real PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod activity;
mod audit;
mod canary;
mod contract;
mod count;
mod device;
mod expiry;
mod files;
mod groups;
mod hand_over;
mod live;
mod mentions;
mod messages;
mod nodes;
mod reading;
mod search;
mod search_corpus;
mod search_rights;
mod sync;
mod sync_property;
mod talk;
mod versions;
mod windows;
mod writer;
