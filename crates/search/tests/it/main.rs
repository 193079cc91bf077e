//! Search through its API and its index, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod index;
mod words;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![search::module()]).await;
}
