//! The domain through its API, on a real database.

mod history;
mod made;
mod seen;
mod world;
mod written;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![people_groups::module()]).await;
}
