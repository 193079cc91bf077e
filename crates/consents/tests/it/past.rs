//! What was agreed to before this crate kept it.

use sqlx::Connection as _;
use testkit::TestApp;
use uuid::Uuid;

use crate::{FIRST, notes};

const PAST: &str = include_str!("../../../kernel/migrations/20261202060100_past_consents.sql");
const HERE: &str = include_str!("../../migrations/20261202060101_consents.sql");
const GONE: &str = include_str!("../../../kernel/migrations/20261202060102_no_consents.sql");

/// The table as it was.
const BEFORE: &str = "
    drop schema consents cascade;
    create table kernel.consent (
        org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid, id uuid not null,
        member_id uuid not null, purpose text not null, text_version text not null, given_at timestamptz not null,
        withdrawn_at timestamptz, constraint consent_pkey primary key (org_id, id));
    insert into kernel.consent (org_id, id, member_id, purpose, text_version, given_at, withdrawn_at) values
        ('00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-000000000001',
         '00000000-0000-7000-8000-0000000000aa', 'notes.listen', '1', '2026-01-01T00:00:00Z', null),
        ('00000000-0000-7000-8000-00000000000b', '00000000-0000-7000-8000-000000000002',
         '00000000-0000-7000-8000-0000000000bb', 'notes.listen', '1', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z');
    select kernel.owned_by_org('kernel.consent')";

#[tokio::test]
async fn the_move_keeps_the_consents_of_all_organisations() {
    let t = TestApp::with(notes(FIRST)).await;
    let mut db = t.admin.acquire().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    for step in [BEFORE, PAST, HERE, GONE] {
        sqlx::raw_sql(step).execute(&mut *tx).await.unwrap();
    }
    // The owner of the table is held by the boundary like everybody else: this looks across it.
    sqlx::raw_sql("alter table consents.consent no force row level security").execute(&mut *tx).await.unwrap();
    let kept: Vec<(Uuid, String, String, Option<String>)> =
        sqlx::query_as("select id, purpose, way, ended_as from consents.consent order by id")
            .fetch_all(&mut *tx)
            .await
            .unwrap();
    let of = |n: u128, ended: Option<&str>| {
        let id = Uuid::from_u128(0x7000_8000_0000_0000_0000 + n);
        (id, "notes.listen".to_owned(), "sheet".to_owned(), ended.map(ToOwned::to_owned))
    };
    assert_eq!(kept, [of(1, None), of(2, Some("withdrawn"))]);
}
