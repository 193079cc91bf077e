//! The directory through its API, on a real database.

mod avatars;
mod departments;
mod organisation;
mod people;
mod profile;
mod roles;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![directory::module()]).await;
}
