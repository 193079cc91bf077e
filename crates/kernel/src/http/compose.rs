//! All modules as one router and one document.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::request::Edge;
use super::{describe, idempotency, request};
use crate::module::{Module, Registry};
use crate::{App, Error, INSTALLATION, Result};

/// One router, one document.
pub struct Composed {
    /// Serves the API.
    pub router: Router,
    /// Describes it.
    pub openapi: OpenApi,
    /// Operations anybody may call, with reasons.
    pub public_routes: Vec<(&'static str, &'static str)>,
}

/// What the layers know of an operation: its id, `x-rate`, `x-application`, `x-most-bytes`, `x-idempotency-key`.
#[derive(Clone, Default)]
pub(crate) struct Operation {
    pub id: String,
    pub rate: Option<String>,
    pub application: Option<String>,
    pub most_bytes: Option<u64>,
    pub takes_no_key: bool,
}

/// The operations of the document, by method and route.
#[derive(Default)]
pub(crate) struct Operations(HashMap<(Method, String), Operation>);

impl Operations {
    pub fn find(&self, method: &Method, route: &str) -> Operation {
        self.0.get(&(method.clone(), route.to_owned())).cloned().unwrap_or_default()
    }
}

/// What the modules say about operations besides the routes themselves.
struct Outside {
    public_routes: Vec<(&'static str, &'static str)>,
    demands: Vec<&'static str>,
}

impl Outside {
    fn of(modules: &[Module]) -> Self {
        Self {
            public_routes: modules.iter().flat_map(|module| module.public_routes).copied().collect(),
            demands: modules.iter().flat_map(|module| module.demands).copied().collect(),
        }
    }
}

/// Makes one program of the modules: the router with its layers, the document, and in `app` everything else they bring.
pub fn compose(app: &App, mut modules: Vec<Module>) -> Result<Composed> {
    let outside = Outside::of(&modules);
    app.vault().create_organisation(INSTALLATION)?;
    app.set_registry(Registry::take(&mut modules)?);
    let routes = modules.into_iter().fold(OpenApiRouter::new(), |routes, module| routes.merge(module.routes));
    let (router, mut openapi) = routes.split_for_parts();
    let operations = describe(&mut openapi, &outside)?;
    let edge = Edge { app: app.clone(), operations: Arc::new(operations) };
    let router = router
        .fallback(async || Error::NotFound("resource"))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(from_fn_with_state(edge.clone(), idempotency::layer))
        .layer(from_fn_with_state(edge, request::around))
        .with_state(app.clone());
    Ok(Composed { router, openapi, public_routes: outside.public_routes })
}

/// The document alone: what the modules offer, without a program that does it.
pub fn document(modules: Vec<Module>) -> Result<OpenApi> {
    let outside = Outside::of(&modules);
    let routes = modules.into_iter().fold(OpenApiRouter::new(), |routes, module| routes.merge(module.routes));
    let (_, mut openapi) = routes.split_for_parts();
    describe(&mut openapi, &outside)?;
    Ok(openapi)
}

/// Collects what the layers need, and completes the document by what holds for all operations.
fn describe(openapi: &mut OpenApi, outside: &Outside) -> Result<Operations> {
    let mut operations = Operations::default();
    for (path, item) in &mut openapi.paths.paths {
        let all = [
            (Method::GET, &mut item.get),
            (Method::PUT, &mut item.put),
            (Method::POST, &mut item.post),
            (Method::DELETE, &mut item.delete),
            (Method::PATCH, &mut item.patch),
            (Method::HEAD, &mut item.head),
            (Method::OPTIONS, &mut item.options),
        ];
        for (method, operation) in all {
            let Some(operation) = operation else { continue };
            let id = operation.operation_id.clone().ok_or_else(|| anyhow::anyhow!("{method} {path} has no id"))?;
            let is_public = outside.public_routes.iter().any(|(public, _)| *public == id);
            let said = |name| describe::extension(operation, name)?.as_str().map(ToOwned::to_owned);
            let rate = said("x-rate").or_else(|| is_public.then(|| "public".into()));
            let (application, takes_no_key) = (said("x-application"), said("x-idempotency-key").is_some());
            let most_bytes = describe::extension(operation, "x-most-bytes").and_then(Value::as_u64);
            let known = Operation { id, rate, application, most_bytes, takes_no_key };
            describe::complete(operation, &method, is_public, &outside.demands);
            operations.0.insert((method, path.clone()), known);
        }
    }
    describe::complete_all(openapi);
    Ok(operations)
}
