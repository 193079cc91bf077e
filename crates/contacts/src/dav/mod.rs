//! CardDAV (RFC 6352), read-only: the directory and the contacts one sees, in the address book of a device.
//!
//! Everything is answered as the member who made the app password, so that a device sees what its owner may see, no more.

mod answer;
mod books;
mod caller;
mod filter;
mod properties;
mod propfind;
mod report;
mod resource;
mod xml;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use kernel::{App, Error, Raw, Result, Visitor};
use utoipa_axum::router::OpenApiRouter;

use self::caller::Caller;
use self::resource::Resource;

/// Where the tree begins.
pub const ROOT: &str = "/dav/";
/// Bytes of a request at most; a multiget of a thousand cards has 100 KiB.
const MAX_BODY: usize = 512 * 1024;
const ALLOW: &str = "OPTIONS, GET, HEAD, PROPFIND, REPORT";

/// Outside of the API document: its methods are no part of OpenAPI, and its form is the RFC's.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .route("/.well-known/carddav", any(find))
        .route("/dav", any(find))
        .route("/dav/", any(answer))
        .route("/dav/{*path}", any(answer))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// RFC 6764 §6: clients that know only the host begin here.
async fn find() -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, ROOT)]).into_response()
}

async fn answer(visitor: Visitor, method: Method, uri: Uri, headers: HeaderMap, Raw(body): Raw) -> Response {
    match serve(&visitor, &method, uri.path(), (&headers, &body)).await {
        Ok(response) => response,
        Err(Error::Unauthenticated) => caller::challenge(),
        Err(Error::NotFound(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::Protocol(status, condition)) => answer::refusal(status, condition),
        Err(Error::Invalid { .. }) => StatusCode::BAD_REQUEST.into_response(),
        Err(Error::Forbidden) => StatusCode::FORBIDDEN.into_response(),
        Err(error) => error.into_response(),
    }
}

async fn serve(visitor: &Visitor, method: &Method, path: &str, request: (&HeaderMap, &[u8])) -> Result<Response> {
    let (headers, body) = request;
    if *method == Method::OPTIONS {
        return Ok((StatusCode::OK, [("dav", "1, 3, addressbook"), ("allow", ALLOW)]).into_response());
    }
    let mut caller = Caller::load(visitor, headers).await?;
    let resource = Resource::find(path).ok_or(Error::NotFound("resource"))?;
    let response = match method.as_str() {
        "GET" | "HEAD" => show(&mut caller, &resource).await,
        "PROPFIND" => propfind::answer(&mut caller, &resource, propfind::depth(headers)?, body).await,
        "REPORT" => report::answer(&mut caller, &resource, body).await,
        "PUT" | "DELETE" | "MKCOL" | "PROPPATCH" | "COPY" | "MOVE" | "LOCK" | "UNLOCK" | "POST" | "PATCH" => {
            Err(Error::Forbidden)
        }
        _ => Ok((StatusCode::METHOD_NOT_ALLOWED, [("allow", ALLOW)]).into_response()),
    }?;
    caller.leave().await?;
    Ok(response)
}

/// One card. Collections have no page of their own.
async fn show(caller: &mut Caller, resource: &Resource) -> Result<Response> {
    let Resource::Card(book, id) = resource else { return Err(Error::NotFound("card")) };
    let entry = books::some(caller, *book, &[*id]).await?.pop().ok_or(Error::NotFound("card"))?;
    let headers = [(header::CONTENT_TYPE, "text/vcard; charset=utf-8".to_owned()), (header::ETAG, entry.etag())];
    Ok((headers, entry.text).into_response())
}
