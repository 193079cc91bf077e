//! Provisioning through its API, as programs and people call it, on a real database.

mod changes;
mod house;
mod tokens;
mod upsert;

#[tokio::test]
async fn contract() {
    testkit::contract(house::modules()).await;
}
