//! A domain as small as can be, to be switched off. What it keeps it keeps in memory.

use std::collections::HashMap;
use std::sync::Mutex;

use applications::{Application, Kept, KeptThings};
use kernel::{App, BoxFuture, Cx, Json, Module, OrgId, Result, Tx};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn module() -> Module {
    let routes = OpenApiRouter::new().routes(routes!(list_errands, forget_errands));
    let job = applications::job(KEPT.job, |cx| Box::pin(applications::erase(cx, APPLICATIONS)));
    Module { jobs: vec![job], ..Module::new("errands", routes, sqlx::migrate::Migrator::DEFAULT, "") }
}

const KEPT: Kept = Kept { job: "errands.erase_kept", count, erase };
pub const APPLICATIONS: &[Application] =
    &[Application::of_people("errands", KEPT), Application::of_the_whole("robots", KEPT)];

/// How many errands each organisation keeps.
#[derive(Default)]
struct Shelf(Mutex<HashMap<OrgId, i64>>);

pub fn put(app: &App, org: OrgId, many: i64) {
    app.state::<Shelf>().0.lock().unwrap().insert(org, many);
}

pub fn kept(app: &App, org: OrgId) -> i64 {
    app.state::<Shelf>().0.lock().unwrap().get(&org).copied().unwrap_or_default()
}

fn count(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move { Ok(vec![KeptThings { kind: "errands", count: kept(tx.app(), tx.org()) }]) })
}

/// Two at a time.
fn erase(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let (app, org) = (tx.app(), tx.org());
        let left = kept(app, org);
        put(app, org, (left - 2).max(0));
        Ok(u64::try_from(left.min(2)).unwrap())
    })
}

/// List errands
#[utoipa::path(get, path = "/v1/errands", tag = "errands", operation_id = "listErrands", responses((status = 200)),
    extensions(("x-application" = json!("errands")), ("x-access" = json!("member"))))]
async fn list_errands(_cx: Cx) -> Result<Json<Value>> {
    Ok(Json(json!({ "items": [] })))
}

/// Forget errands
#[utoipa::path(delete, path = "/v1/errands", tag = "errands", operation_id = "forgetErrands", responses((status = 200)),
    extensions(("x-access" = json!("member"))))]
async fn forget_errands(_cx: Cx) -> Result<Json<Value>> {
    Ok(Json(json!({ "forgotten": 0 })))
}
