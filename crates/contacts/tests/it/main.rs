//! The domain through its API, on a real database.

mod book;
mod code;
mod dav;
mod device;
mod files;
mod passwords;

/// What every domain promises: tenancy, access, the data map.
/// With the switches: CardDAV asks them.
fn modules() -> Vec<kernel::Module> {
    vec![applications::module(contacts::APPLICATIONS.to_vec()), consents::module(), contacts::module()]
}

#[tokio::test]
async fn contract() {
    testkit::contract(modules()).await;
}
