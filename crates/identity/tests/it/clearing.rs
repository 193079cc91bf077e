//! What is cleared away by itself.

use chrono::TimeDelta;

use crate::browser::{ANNS, Browser, ann, app};

#[tokio::test]
async fn acc_13_the_history_of_sign_ins_goes_after_184_days() {
    let t = app().await;
    ann(&t).await;
    let count = async || -> i64 {
        sqlx::query_scalar("select count(*) from identity.sign_in").fetch_one(&t.admin).await.unwrap()
    };
    t.clock.advance(TimeDelta::days(184));
    t.run_jobs().await;
    assert_eq!(count().await, 1);
    t.clock.advance(TimeDelta::hours(2));
    t.run_jobs().await;
    assert_eq!(count().await, 0);
    let sessions: i64 = sqlx::query_scalar("select count(*) from identity.session").fetch_one(&t.admin).await.unwrap();
    assert_eq!(sessions, 0, "expired sessions go too");
    Browser::new(&t).sign_in("ann", ANNS).await;
}
