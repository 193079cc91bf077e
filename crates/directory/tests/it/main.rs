//! The directory through its API, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod acts;
mod avatars;
mod delegates;
mod departments;
mod fields;
mod frozen;
mod hidden;
mod listed;
mod masking;
mod merging;
mod office;
mod organisation;
mod own_place;
mod people;
mod principals;
mod profile;
mod roles;
mod sight;
mod world;
mod written_roles;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![directory::module()]).await;
}
