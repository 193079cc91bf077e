//! Provisioning through its API, as programs and people call it, on a real database.

mod changes;
mod fields;
mod house;
mod leaving;
mod off;
mod past;
mod shape;
mod tokens;
mod upsert;

#[tokio::test]
async fn contract() {
    testkit::contract(house::modules()).await;
}
