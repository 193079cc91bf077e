//! The domain through its API, on a real database (`KNW-01`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ends;
mod reached;
mod told;
mod world;
mod written;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![inbox::module(), announcements::module()]).await;
}
