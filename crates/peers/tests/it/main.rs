//! Peer organisations through their API, on a real database (`XORG-02`, `XORG-03`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod connections;
mod off;
mod rest;
mod speakers;
mod town;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(town::modules()).await;
}
