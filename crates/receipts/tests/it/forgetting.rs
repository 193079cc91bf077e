//! Receipts go after 180 days, and what is left goes on proving (`RET-03`).

use chrono::TimeDelta;
use receipts::{Run, verify};

use crate::office::Office;

const SECOND: TimeDelta = TimeDelta::seconds(1);
/// The job looks this often.
const TURN: TimeDelta = TimeDelta::hours(1);

#[tokio::test]
async fn ret_03_a_receipt_goes_after_180_days_and_the_later_ones_prove_without_it() {
    let office = Office::open().await;
    for files in 0..3 {
        office.erase(files).await;
    }
    let (early, kept) = (office.certificate(0).await, office.ask(&office.ann, "/v1/erasure/checkpoint", 200).await);
    office.wait(TimeDelta::days(100)).await;
    office.erase(3).await;
    office.erase(4).await;
    office.wait(TimeDelta::days(80) - SECOND).await;
    assert_eq!(office.places().await, [4, 3, 2, 1, 0], "not a second before");
    office.wait(SECOND + TURN).await;
    assert_eq!(office.places().await, [4, 3]);
    office.erase(5).await;
    for position in 3..6 {
        let proven = verify(&office.certificate(position).await, None).unwrap();
        assert_eq!((proven.receipt.position, proven.checkpoint.size), (position.cast_unsigned(), 6));
    }
    office.ask(&office.ann, "/v1/erasure/receipts/0/certificate", 404).await;
    assert!(verify(&early, None).is_ok(), "whoever has a certificate has it for ever");
    // A checkpoint that is younger than what is gone is still shown to be the beginning; of an older one that cannot be told.
    assert_eq!(kept["size"], 3);
    office.ask(&office.ann, "/v1/erasure/checkpoint?since=3", 200).await;
    office.ask(&office.ann, "/v1/erasure/checkpoint?since=1", 422).await;
}

#[tokio::test]
async fn ret_03_a_receipt_is_shown_until_its_last_second_and_no_longer_though_no_job_came_by() {
    let office = Office::open().await;
    office.erase(1).await;
    office.t.clock.advance(TimeDelta::days(180) - SECOND);
    assert_eq!(office.places().await, [0], "not a second before");
    assert!(verify(&office.certificate(0).await, None).is_ok());
    office.t.clock.advance(SECOND);
    assert_eq!(office.places().await, [0; 0]);
    office.ask(&office.ann, "/v1/erasure/receipts/0/certificate", 404).await;
}

#[tokio::test]
async fn ret_03_the_log_of_an_organisation_that_is_gone_goes_with_its_last_receipt() {
    let office = Office::open().await;
    let vault = office.t.app.vault();
    let mut tx = office.begin().await;
    let key = vault.organisation_name(office.acme.0);
    receipts::note(&mut tx, Run::Organisation, &[("directory.member", 2)], &[key]).await.unwrap();
    vault.destroy_organisation(office.acme.0).unwrap();
    receipts::close(&mut tx, Run::Organisation).await.unwrap();
    tx.commit().await.unwrap();
    let end = receipts::certificate_of_end(&mut office.begin().await).await.unwrap();
    assert_eq!((logs(&office).await, end.is_some()), (1, true));
    office.wait(TimeDelta::days(180) + TURN).await;
    let end = receipts::certificate_of_end(&mut office.begin().await).await.unwrap();
    assert_eq!((logs(&office).await, end.is_some()), (0, false));
    // What is found of it as late as that begins no new one.
    let mut tx = office.begin().await;
    receipts::note(&mut tx, Run::Organisation, &[("files.blob", 1)], &[]).await.unwrap();
    receipts::close_late(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((logs(&office).await, tallied(&office).await), (0, 0));
}

#[tokio::test]
async fn what_was_noted_of_an_erasure_that_is_never_closed_goes_as_late_as_a_receipt() {
    let office = Office::open().await;
    let note = async |rows: u64| {
        let mut tx = office.begin().await;
        receipts::note(&mut tx, Run::Messages, &[("chat.message", rows)], &[]).await.unwrap();
        tx.commit().await.unwrap();
    };
    note(1).await;
    office.wait(TimeDelta::days(179)).await;
    note(2).await;
    office.wait(TimeDelta::days(180) - TURN - SECOND).await;
    assert_eq!(tallied(&office).await, 1, "it went on meanwhile");
    office.wait(TURN + TURN).await;
    assert_eq!(tallied(&office).await, 0);
}

/// How many rows are noted of erasures of Acme.
async fn tallied(office: &Office) -> i64 {
    let mut tx = office.begin().await;
    let count = sqlx::query_scalar("select count(*) from receipts.tally where org_id = $1").bind(office.acme);
    count.fetch_one(tx.db()).await.unwrap()
}

/// How many logs Acme has.
async fn logs(office: &Office) -> i64 {
    let mut tx = office.begin().await;
    sqlx::query_scalar("select count(*) from receipts.log where org_id = $1")
        .bind(office.acme)
        .fetch_one(tx.db())
        .await
        .unwrap()
}
