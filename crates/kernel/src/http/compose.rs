//! All modules as one router and one document.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;

use super::request::Edge;
use super::{idempotency, request};
use crate::error::Problem;
use crate::module::{Module, Registry};
use crate::{App, Error, INSTALLATION, Result};

/// A JSON body may have so many bytes; what needs more sets a limit of its own.
const MAX_BODY: usize = 256 * 1024;

/// One router, one document.
pub struct Composed {
    /// Serves the API.
    pub router: Router,
    /// Describes it.
    pub openapi: OpenApi,
    /// Operations anybody may call, with reasons.
    pub public_routes: Vec<(&'static str, &'static str)>,
}

/// The operations of the document, by method and route.
#[derive(Default)]
pub(crate) struct Operations {
    ids: HashMap<(String, String), String>,
    rates: HashMap<String, String>,
}

impl Operations {
    pub fn find(&self, method: &Method, route: &str) -> String {
        let key = (method.as_str().to_ascii_lowercase(), route.to_owned());
        self.ids.get(&key).cloned().unwrap_or_default()
    }

    pub fn rate(&self, operation: &str) -> Option<&str> {
        self.rates.get(operation).map(String::as_str)
    }
}

/// Makes one program of the modules: the router with its layers, the document, and in `app` everything else they bring.
pub fn compose(app: &App, mut modules: Vec<Module>) -> Result<Composed> {
    let mut routes = OpenApiRouter::new();
    let mut public_routes = Vec::new();
    app.vault().create_organisation(INSTALLATION)?;
    app.set_registry(Registry::take(&mut modules)?);
    for module in modules {
        public_routes.extend_from_slice(module.public_routes);
        routes = routes.merge(module.routes);
    }
    let (router, mut openapi) = routes.split_for_parts();
    let operations = describe(&mut openapi, &public_routes)?;
    let edge = Edge { app: app.clone(), operations: Arc::new(operations) };
    let router = router
        .fallback(async || Error::NotFound("resource"))
        .method_not_allowed_fallback(async || Error::NotFound("resource"))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(edge.clone(), idempotency::layer))
        .layer(from_fn_with_state(edge, request::around))
        .with_state(app.clone());
    Ok(Composed { router, openapi, public_routes })
}

/// The document alone: what the modules offer, without a program that does it.
pub fn document(modules: Vec<Module>) -> Result<OpenApi> {
    let public_routes: Vec<_> = modules.iter().flat_map(|module| module.public_routes).copied().collect();
    let routes = modules.into_iter().fold(OpenApiRouter::new(), |routes, module| routes.merge(module.routes));
    let (_, mut openapi) = routes.split_for_parts();
    describe(&mut openapi, &public_routes)?;
    Ok(openapi)
}

/// Collects what the layers need, and gives each operation the problem it answers with.
fn describe(openapi: &mut OpenApi, public_routes: &[(&str, &str)]) -> Result<Operations> {
    let mut operations = Operations::default();
    add_problem_schema(openapi);
    let document = serde_json::to_value(&*openapi).map_err(anyhow::Error::from)?;
    let paths = document["paths"].as_object().into_iter().flatten();
    for (path, item) in paths {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(id) = operation["operationId"].as_str() else {
                return Err(Error::Internal(anyhow::anyhow!("{method} {path} has no operation_id")));
            };
            operations.ids.insert((method.clone(), path.clone()), id.to_owned());
            if let Some(rate) = operation["x-rate"].as_str() {
                operations.rates.insert(id.to_owned(), rate.to_owned());
            } else if public_routes.iter().any(|(public, _)| public == &id) {
                operations.rates.insert(id.to_owned(), "public".into());
            }
        }
    }
    for item in openapi.paths.paths.values_mut() {
        let all = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.patch,
            &mut item.head,
            &mut item.options,
        ];
        for operation in all.into_iter().flatten() {
            operation.responses.responses.insert("default".into(), problem_response());
        }
    }
    Ok(operations)
}

fn add_problem_schema(openapi: &mut OpenApi) {
    use utoipa::{PartialSchema, ToSchema};
    let components = openapi.components.get_or_insert_default();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
}

fn problem_response() -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let description = "Not done: RFC 9457; `code` says why";
    RefOr::T(ResponseBuilder::new().description(description).content("application/problem+json", content).build())
}
