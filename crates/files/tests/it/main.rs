//! Files through their API, on a real database and a real disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod addresses;
mod bucket;
mod desk;
mod full_disk;
mod policy;
mod ring;
mod uploads;
mod weed;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![files::module()]).await;
}
