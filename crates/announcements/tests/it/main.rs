//! The domain through its API, on a real database (`KNW-01`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ends;
mod off;
mod reached;
mod told;
mod world;
mod written;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(world::modules()).await;
}
