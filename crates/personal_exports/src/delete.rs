//! Delete a copy before its time, also while it is being written.

use axum::http::StatusCode;
use kernel::{Cx, MemberId, Path, Result, Tx};

use crate::events::PersonalExportDeleted;
use crate::model::PersonalExportId;
use crate::policy::OwnExport;

/// Delete a copy of one's own data
///
/// One that is being written is given up.
#[utoipa::path(
    delete, path = "/v1/personal-exports/{personal_export}", tag = "personal_exports",
    operation_id = "deletePersonalExport",
    params(("personal_export" = PersonalExportId, Path)),
    responses((status = 204)),
    extensions(("x-access" = json!("member; one's own only"))),
)]
pub async fn delete_personal_export(cx: Cx, Path(export): Path<PersonalExportId>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let own = OwnExport::load(&mut tx, export).await?;
    delete(&mut tx, &own).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes away what is written of it.
pub async fn delete(tx: &mut Tx, own: &OwnExport) -> Result<()> {
    let (id, member) = (own.row().id, own.row().member_id);
    give_up(tx, id).await?;
    tx.emit(&PersonalExportDeleted { export: id, member })
}

/// The same without a word: whose it is is let in no more.
pub async fn give_up(tx: &mut Tx, id: PersonalExportId) -> Result<()> {
    // The row first: whoever writes it holds that, and adds nothing afterwards.
    sqlx::query("update personal_exports.personal_export set state = 'deleted' where id = $1")
        .bind(id)
        .execute(tx.db())
        .await?;
    sqlx::query("delete from personal_exports.piece where export_id = $1").bind(id).execute(tx.db()).await?;
    Ok(())
}

/// The one that could be taken until now makes room for a new one. Emits nothing: that there is a new one is told.
pub async fn drop_ready(tx: &mut Tx, member: MemberId) -> Result<()> {
    sqlx::query("update personal_exports.personal_export set state = 'deleted' where member_id = $1")
        .bind(member)
        .execute(tx.db())
        .await?;
    sqlx::query("delete from personal_exports.piece where member_id = $1").bind(member).execute(tx.db()).await?;
    Ok(())
}
