//! The domain through its API, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod coming_back;
mod mass;
mod office;
mod taking;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![people_exports::module()]).await;
}
