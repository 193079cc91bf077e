//! What every domain promises; what tokens open is tested where they open something (`provisioning`).

#[tokio::test]
async fn contract() {
    testkit::contract(vec![tokens::module()]).await;
}
