//! Search through its API and its index, on a real database.

mod index;
mod words;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![search::module()]).await;
}
