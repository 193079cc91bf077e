//! The domain through its API, on a real database, by moving the clock, with real sign-ins.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ending;
mod house;
mod waiting;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![files::module(), dissolution::module()]).await;
}
