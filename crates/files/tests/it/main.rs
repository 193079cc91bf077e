//! Files through their API, on a real database and a real disk.

mod addresses;
mod desk;
mod policy;
mod uploads;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![files::module()]).await;
}
