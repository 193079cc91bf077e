//! The departments right below one, a page at a time: what a tree of any size is opened with (`DIR-04`).

use kernel::{Cx, Error, Json, Limit, Page, Query, Result, Tx};
use serde::Deserialize;

use super::list;
use crate::model::{Department, DepartmentId};

/// Which departments.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedChildren {
    /// Below this one; at the top when absent.
    pub parent: Option<DepartmentId>,
    /// The last department of the page before.
    pub after: Option<DepartmentId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List the departments below one
#[utoipa::path(
    get, path = "/v1/departments/children", tag = "directory", operation_id = "listChildDepartments",
    params(WantedChildren),
    responses((status = 200, body = Page<Department>)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn list_child_departments(cx: Cx, Query(wanted): Query<WantedChildren>) -> Result<Json<Page<Department>>> {
    let mut tx = cx.begin().await?;
    page(&mut tx, &wanted).await.map(Json)
}

/// A page of those the caller sees, in their order.
async fn page(tx: &mut Tx, wanted: &WantedChildren) -> Result<Page<Department>> {
    let siblings: Vec<DepartmentId> = sqlx::query_scalar(
        "select id from directory.department where parent_id is not distinct from $1
         order by position, created_at, id",
    )
    .bind(wanted.parent)
    .fetch_all(tx.db())
    .await?;
    let begin = match wanted.after {
        None => 0,
        Some(after) => {
            let place = siblings.iter().position(|one| *one == after);
            place.ok_or(Error::Invalid { field: "after", why: "unknown" })? + 1
        }
    };
    let seen = list::shown(tx, &siblings[begin..]).await?;
    let limit = wanted.limit.get();
    let page = Page::of(seen.into_iter().take(limit + 1).collect(), limit, ToString::to_string);
    let items = list::load(tx, Some(&page.items)).await?;
    Ok(Page { items, next: page.next })
}
