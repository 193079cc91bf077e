//! Extractors whose refusals are our problems, never the framework's sentences.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::{Error, Result};

/// A JSON body, in or out; what comes in is an object.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

/// A body as it comes: a picture, a file.
#[derive(Debug, Clone)]
pub struct Raw(pub Bytes);

/// The variable parts of the path; one that cannot be read names nothing: 404.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

/// The query.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let body: Result<axum::Json<Box<RawValue>>, JsonRejection> = axum::Json::from_request(request, state).await;
        let axum::Json(body) = body.map_err(|rejection| {
            problems::unreadable(&rejection).map_or(Error::TooLarge, |why| Error::Invalid { field: "body", why })
        })?;
        // What is read from an object would be read from a list of its members too: nobody promised that.
        if !body.get().starts_with('{') {
            return Err(Error::Invalid { field: "body", why: "not_an_object" });
        }
        let mut text = serde_json::Deserializer::from_str(body.get());
        serde_path_to_error::deserialize(&mut text).map(Self).map_err(|error| at(problems::place(&error)))
    }
}

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let body: Result<Bytes, BytesRejection> = Bytes::from_request(request, state).await;
        body.map(Self).map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::Invalid { field: "body", why: "unreadable" },
        })
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let found: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        found.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Error::NotFound("resource"))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let found: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, state).await;
        found.map(|axum::extract::Query(value)| Self(value)).map_err(|refused| at(problems::place_in_query(&refused)))
    }
}

fn at((place, why): (String, &'static str)) -> Error {
    Error::InvalidAt(place, why)
}
