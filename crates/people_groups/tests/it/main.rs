//! The domain through its API, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod history;
mod made;
mod seen;
mod world;
mod written;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![people_groups::module()]).await;
}
