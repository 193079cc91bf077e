//! The log of erasures through its API, on a real database, by moving the clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod forgetting;
mod office;
mod proving;
mod reading;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![receipts::module()]).await;
}
