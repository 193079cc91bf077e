//! The inbox through its API, on a real database.

mod acts;
mod notifications;
mod settings;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![inbox::module()]).await;
}
