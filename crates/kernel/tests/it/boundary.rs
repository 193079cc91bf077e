//! An organisation sees itself and nothing else, whatever a statement says.

use kernel::{Actor, SystemTx};
use testkit::TestApp;

use crate::notes;

#[tokio::test]
async fn a_query_without_a_where_sees_one_organisation_only() {
    let t = TestApp::with(vec![notes::module()]).await;
    let (acme, rival) = (t.org("acme").await, t.org("rival").await);
    for org in [acme, rival] {
        let mut tx = t.app.begin(org, Actor::System).await.unwrap();
        notes::write(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(t.events(acme).await, ["notes.note_written"]);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let moved = sqlx::query("update kernel.outbox set name = 'taken'").execute(tx.db()).await.unwrap();
    assert_eq!(moved.rows_affected(), 1);
}

#[tokio::test]
async fn a_row_cannot_be_smuggled_into_another_organisation() {
    let t = TestApp::with(vec![]).await;
    let (acme, rival) = (t.org("acme").await, t.org("rival").await);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let refused = sqlx::query("insert into kernel.subscriber_cursor (org_id, subscriber, pos) values ($1, 'x', 0)")
        .bind(rival)
        .execute(tx.db())
        .await;
    assert!(refused.unwrap_err().to_string().contains("row-level security"));
}

#[tokio::test]
async fn outside_every_organisation_there_is_no_row() {
    let t = TestApp::with(vec![notes::module()]).await;
    let acme = t.org("acme").await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    notes::write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(t.events(acme).await.len(), 1);

    // The connection comes back from a transaction that had set the organisation: the setting is '' then, not null.
    let mut tx = SystemTx::begin(&t.app).await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from kernel.outbox").fetch_one(tx.db()).await.unwrap();
    assert_eq!(seen, 0);
    let mut inside = tx.enter(acme, Actor::System).await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from kernel.outbox").fetch_one(inside.db()).await.unwrap();
    assert_eq!(seen, 1);
    let mut outside = inside.leave().await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from kernel.outbox").fetch_one(outside.db()).await.unwrap();
    assert_eq!(seen, 0);
}
