//! Restrictions through their API, on a real database (`DSR-04`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod house;
mod others;
mod own;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(house::modules()).await;
}
