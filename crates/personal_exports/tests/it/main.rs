//! The domain through its API, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod held;
mod house;
mod owning;
mod writing;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(house::modules()).await;
}
