//! Around every request: an id, the caller, the rate, the record of a refusal.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use ::audit::Said;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::caller::{Address, Credentials, SERVICE_TOKEN};
use super::compose::{Operation, Operations};
use crate::audit;
use crate::{Actor, App, Error, OrgId, RequestId, Result};
use problems::{Problem, Refused};
use rates::Rates;

/// A body that is read whole may have so many bytes; an operation that needs more says so in `x-most-bytes`.
const MAX_BODY: usize = 256 * 1024;

/// What the layers of a router know.
#[derive(Clone)]
pub(crate) struct Edge {
    pub app: App,
    pub operations: Arc<Operations>,
}

/// The outermost layer of the API.
pub(crate) async fn around(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    let id = RequestId(edge.app.new_id());
    let started = Instant::now();
    let (method, route, uri) = (request.method().clone(), route_of(&request), request.uri().clone());
    let operation = edge.operations.find(&method, &route);
    let span = tracing::info_span!("request", request_id = %id, operation = operation.id);
    let address = client_address(&edge.app, &request);
    let most = operation.most_bytes.map_or(MAX_BODY, |most| most as usize);
    DefaultBodyLimit::max(most).apply(&mut request);
    request.extensions_mut().insert(Address(address));
    request.extensions_mut().insert(id);
    let device = text(request.headers(), "user-agent").map(crate::device_name).unwrap_or_default();
    let asked = Arc::new(::audit::Request { id: id.0, address, device, about: OnceLock::new() });
    let answering = async {
        match admit(&edge, &mut request, address, &operation).await {
            Ok(caller) => (caller, next.run(request).await),
            Err(error) => (None, error.into_response()),
        }
    };
    let (caller, mut response) = ::audit::within(Some(Arc::clone(&asked)), answering.instrument(span.clone())).await;
    let status = response.status();
    span.in_scope(|| tracing::debug!(status = status.as_u16(), ms = started.elapsed().as_millis() as u64, "answered"));
    let problem = response.extensions_mut().remove::<Problem>();
    let refused = response.extensions_mut().remove::<Refused>().map(|Refused(code)| code);
    let code = problem.as_ref().map(|problem| problem.code).filter(|code| code.ends_with("forbidden")).or(refused);
    if let (Some((org, actor)), Some(code)) = (caller, code) {
        let target = ::audit::target_in(&route, uri.path()).or_else(|| asked.about.get().cloned());
        let said = Said::of_refusal(edge.app.new_id(), operation.id, code, target);
        ::audit::within(Some(asked), async { audit::refuse(&edge.app, org, actor, said) }).await;
    }
    if let Some(mut problem) = problem {
        problem.request_id = Some(id.to_string());
        response = problem.respond();
    }
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Who it is, for the record of a refusal: a member, or a program with a service token.
async fn admit(
    edge: &Edge,
    request: &mut Request,
    address: IpAddr,
    operation: &Operation,
) -> Result<Option<(OrgId, Actor)>> {
    let (registry, mut caller, mut service) = (edge.app.registry(), None, None);
    match (credentials(&edge.app, request)?, registry.authenticate, registry.services) {
        (Some(shown), _, Some(services)) if shown.token.starts_with(SERVICE_TOKEN) => {
            service = services(edge.app.clone(), shown.token).await?;
        }
        (Some(shown), Some(authenticate), _) => caller = authenticate(edge.app.clone(), shown).await?,
        _ => {}
    }
    if edge.app.settings().limits_rates {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        let class = rates::class(operation.rate.as_deref(), is_read);
        let who = match (&caller, service) {
            (Some(caller), _) => caller.account.0.to_string(),
            (None, Some(service)) => service.token.to_string(),
            (None, None) => rates::household(address),
        };
        if !edge.app.state::<Rates>().take((class.name, who), class.window_s, class.most, edge.app.now()) {
            return Err(Error::RateLimited { retry_after_s: class.window_s.div_ceil(class.most) });
        }
    }
    if operation.takes_no_key && request.headers().contains_key("idempotency-key") {
        return Err(Error::Invalid { field: "idempotency-key", why: "not_here" });
    }
    let member = caller.as_ref().and_then(|caller| caller.member).map(|(org, member)| (org, Actor::Member(member)));
    let program = service.map(|service| (service.org, Actor::Application(service.token)));
    if let Some(caller) = caller {
        request.extensions_mut().insert(caller);
    }
    if let Some(service) = service {
        request.extensions_mut().insert(service);
    }
    let asks = member.or(program);
    if let (Some((org, actor)), Some(gate), Some(application)) = (asks, registry.gate, &operation.application) {
        gate(edge.app.clone(), application.clone(), org, actor).await?;
    }
    Ok(asks)
}

fn route_of(request: &Request) -> String {
    let path = request.extensions().get::<MatchedPath>();
    path.map_or_else(|| request.uri().path(), MatchedPath::as_str).to_owned()
}

/// The cookie or the bearer token; both at once are a mistake or an attack.
fn credentials(app: &App, request: &Request) -> Result<Option<Credentials>> {
    let headers = request.headers();
    let bearer = text(headers, "authorization").and_then(|value| value.strip_prefix("Bearer "));
    let session = cookie(headers, &app.settings().cookie("session"));
    let token = match (bearer, session) {
        (Some(_), Some(_)) => {
            return Err(Error::Invalid { field: "authorization", why: "cookie_and_bearer" });
        }
        (Some(token), None) | (None, Some(token)) => token.to_owned(),
        (None, None) => return Ok(None),
    };
    let organisation = text(headers, "tulou-organisation").map(ToOwned::to_owned).or_else(|| in_query(request));
    Ok(Some(Credentials { token, organisation }))
}

/// Browsers send no headers of ours with a socket or a picture; the organisation then stands in the query.
fn in_query(request: &Request) -> Option<String> {
    let pairs = request.uri().query()?.split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == "organisation").map(|(_, v)| v.to_owned())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The value of a cookie of this name.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

/// The nearest address that is not a trusted proxy's.
fn client_address(app: &App, request: &Request) -> IpAddr {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let direct = connection.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let lines = request.headers().get_all("x-forwarded-for").iter().map(|value| value.as_bytes());
    ::audit::client_address(direct, lines, |address| app.settings().trusts(address))
}
