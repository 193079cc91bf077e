//! The domain through its API, on a real database.

mod book;
mod code;
mod dav;
mod device;
mod files;
mod passwords;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![contacts::module()]).await;
}
