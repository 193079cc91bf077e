//! The kernel on a real database: boundaries, order, jobs, sockets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod audit;
mod boundary;
mod http;
mod jobs;
mod notes;
mod outbound;
mod outbox;
mod sockets;

#[tokio::test]
async fn contract() {
    testkit::contract(vec![notes::module()]).await;
}
