//! The domain through its API, on a real database.

mod entries;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![__name__::module()]).await;
}
