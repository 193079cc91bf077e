//! What the document says of every operation alike: the headers that are understood, the problems that are answered.
//! A module names the codes of its own rules in `x-errors`; those that come of being an operation at all are added here.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ContentBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Type};
use utoipa::{PartialSchema, ToSchema};

use problems::Problem;

/// Whatever is asked, these may be the answer.
const ALWAYS: &str = "database.disk_full database.unavailable internal invalid key_ring.unavailable rate_limited";

const NOT_DONE: &str = "Not done: RFC 9457; `code` is one of `x-errors`, the operation's or the document's";

/// Of an operation that takes `If-Match` (crate `editions`).
const BLIND: &str = "Not done: `If-Match` is missing (RFC 6585); `*` is whatever is there";

/// What the operation says of itself under this name.
pub(super) fn extension<'a>(operation: &'a Operation, name: &str) -> Option<&'a Value> {
    operation.extensions.as_ref()?.get(name)
}

/// Adds the headers and the codes that follow from what kind of operation it is. `demands` are the codes of what a
/// caller may have to do before they are let into their organisation.
pub(super) fn complete(operation: &mut Operation, method: &Method, is_public: bool, demands: &[&str]) {
    let access = extension(operation, "x-access").and_then(Value::as_str).unwrap_or_default();
    let is_operators = access.starts_with("operator");
    let is_inside = !is_public && !is_operators && !access.starts_with("signed in");
    let is_demanding = is_inside && !access.ends_with("before anything else");
    let is_kept = extension(operation, "x-idempotency-key").is_none();
    let is_repeatable = !is_public && !is_operators && method == Method::POST && is_kept;
    let parameters = operation.parameters.get_or_insert_default();
    let is_in_path = |one: &RefOr<Parameter>| matches!(one, RefOr::T(one) if one.parameter_in == ParameterIn::Path);
    let names_something = parameters.iter().any(is_in_path);
    let is_if_match = |one: &RefOr<Parameter>| matches!(one, RefOr::T(one) if one.name == "If-Match");
    let takes_an_edition = parameters.iter().any(is_if_match);
    if is_inside {
        let what = "Id or short name of the organisation; without it the one that was joined last";
        parameters.push(header("Tulou-Organisation", what));
    }
    if is_repeatable {
        let what = "1 to 128 characters: sent again with the same one, the request is answered as the first time";
        parameters.push(header("Idempotency-Key", what));
    }
    let given: [(bool, &[&str]); 7] = [
        (!is_public, &["unauthenticated"]),
        (is_inside || names_something, &["not_found"]),
        (is_demanding, demands),
        (extension(operation, "x-application").is_some(), &["applications.off"]),
        (
            is_repeatable,
            &["kernel.answer_not_kept", "kernel.idempotency_key_reused", "kernel.request_in_progress", "too_large"],
        ),
        (operation.request_body.is_some(), &["too_large"]),
        (takes_an_edition, &["editions.if_match_required"]),
    ];
    let own = extension(operation, "x-errors").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut codes: BTreeSet<&str> = own.iter().filter_map(Value::as_str).collect();
    codes.extend(given.into_iter().filter(|(applies, _)| *applies).flat_map(|(_, codes)| codes));
    operation.extensions.get_or_insert_default().insert("x-errors".into(), json!(codes));
    operation.responses.responses.insert("default".into(), problem_response(NOT_DONE));
    if takes_an_edition {
        operation.responses.responses.insert("428".into(), problem_response(BLIND));
    }
}

/// Adds what belongs to no single operation.
pub(super) fn complete_all(openapi: &mut OpenApi) {
    let components = openapi.components.get_or_insert_default();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    let always: Vec<&str> = ALWAYS.split(' ').collect();
    openapi.extensions.get_or_insert_default().insert("x-errors".into(), json!(always));
}

fn header(name: &str, what: &str) -> RefOr<Parameter> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).required(Required::False);
    RefOr::T(parameter.description(Some(what)).schema(Some(text)).build())
}

fn problem_response(description: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().description(description).content("application/problem+json", content).build())
}
