//! The domain through its API, on a real database, by moving the clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod deciding;
mod histories;
mod house;
mod lengthening;
mod looking;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(house::modules()).await;
}
