//! The data map against a real database: each kind of drift is planted and found, and nothing is found where nothing is wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod canaries;
mod drifts;
mod house;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(house::modules()).await;
}
