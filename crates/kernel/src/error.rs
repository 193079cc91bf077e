//! The one error type of the program; its shape on the wire is crate `problems`.

use std::borrow::Cow;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use problems::Problem;

/// `Result` with our [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done. Domains define no error enums of their own; codes are `domain.snake_case` and stable.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is nobody.
    #[error("sign in first")]
    Unauthenticated,
    /// What was offered as proof of who one is does not prove it; the code says what.
    #[error("{0}")]
    Unproven(&'static str),
    /// The thing is not there, or the caller may not know that it is.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The address is one of ours, but not with this method.
    #[error("not with this method")]
    MethodNotAllowed,
    /// The caller may see the thing but not do this to it.
    #[error("not allowed")]
    Forbidden,
    /// Not before the caller has done something else, which the code names.
    #[error("{0}")]
    Blocked(&'static str),
    /// The request makes no sense; `field` says where, `why` is a stable word for the client's text.
    #[error("{field}: {why}")]
    Invalid {
        /// The member of the body, the parameter or the header.
        field: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The same of a place deeper in the body: `department_ids[0]`.
    #[error("{0}: {1}")]
    InvalidAt(String, &'static str),
    /// The request made sense, but not in the present state. The code is stable: clients match on it.
    #[error("{0}")]
    Conflict(&'static str),
    /// A `Conflict` about one member of the body, named first: what it says belongs to somebody or something else.
    #[error("{1}")]
    Taken(&'static str, &'static str),
    /// It was there and is not any more; the code says why.
    #[error("{0}")]
    Gone(&'static str),
    /// The body or a part of it is over its limit.
    #[error("too large")]
    TooLarge,
    /// Too often; again after so many seconds.
    #[error("too many requests")]
    RateLimited {
        /// Seconds to wait.
        retry_after_s: u32,
    },
    /// Something the program needs is not there just now; the code says what.
    #[error("{0}")]
    Unavailable(&'static str),
    /// A refusal whose status another protocol prescribes (tus: 412, 415, 423, 460).
    #[error("{1}")]
    Protocol(u16, &'static str),
    /// Ours. The caller learns only that it happened.
    #[error("internal error")]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// The HTTP status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated | Self::Unproven(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Forbidden | Self::Blocked(_) => StatusCode::FORBIDDEN,
            Self::Invalid { .. } | Self::InvalidAt(..) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) | Self::Taken(..) => StatusCode::CONFLICT,
            Self::Gone(_) => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Protocol(status, _) => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code a client matches on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::NotFound(_) => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Forbidden => "forbidden",
            Self::Invalid { .. } | Self::InvalidAt(..) => "invalid",
            Self::TooLarge => "too_large",
            Self::RateLimited { .. } => "rate_limited",
            Self::Internal(_) => "internal",
            Self::Unproven(code)
            | Self::Blocked(code)
            | Self::Conflict(code)
            | Self::Taken(_, code)
            | Self::Gone(code)
            | Self::Unavailable(code)
            | Self::Protocol(_, code) => code,
        }
    }
}

impl From<sqlx::Error> for Error {
    /// What an operator can mend (no connection, no space) is `Unavailable`; the rest is ours.
    fn from(error: sqlx::Error) -> Self {
        let sql_state = error.as_database_error().and_then(|e| e.code()).map(|c| c.into_owned());
        match (&error, sql_state.as_deref()) {
            // No space left, or nearly: the private cluster then only reads (read-only transaction).
            (_, Some("53100" | "25006")) => Self::Unavailable("database.disk_full"),
            (_, Some("57P01" | "57P02" | "57P03" | "53300")) => Self::Unavailable("database.unavailable"),
            (sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_), _) => {
                Self::Unavailable("database.unavailable")
            }
            _ => Self::Internal(error.into()),
        }
    }
}

/// Whether the statement failed on this unique constraint.
pub fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    error.as_database_error().is_some_and(|e| e.is_unique_violation() && e.constraint() == Some(constraint))
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Self {
        let is_away = matches!(error, vault::Error::Unreachable(_));
        if is_away { Self::Unavailable("key_ring.unavailable") } else { Self::Internal(error.into()) }
    }
}

impl Error {
    /// As it is told: over HTTP whole, over the socket `code`, `field` and `why` of it.
    pub fn problem(&self) -> Problem {
        let (field, why) = match self {
            Self::Invalid { field, why } => (Some(Cow::Borrowed(*field)), Some(*why)),
            Self::InvalidAt(place, why) => (Some(Cow::Owned(place.clone())), Some(*why)),
            Self::Taken(field, _) => (Some(Cow::Borrowed(*field)), None),
            _ => (None, None),
        };
        Problem {
            kind: "about:blank",
            title: self.status().canonical_reason().unwrap_or("error"),
            status: self.status().as_u16(),
            code: self.code(),
            detail: self.to_string(),
            field,
            why,
            retry_after_s: match self {
                Self::RateLimited { retry_after_s } => Some(*retry_after_s),
                _ => None,
            },
            request_id: None,
        }
    }
}

impl IntoResponse for Error {
    /// The problem also travels as an extension, so that the outermost layer can add the request's id.
    fn into_response(self) -> Response {
        if let Self::Internal(error) = &self {
            tracing::error!(error = format!("{error:#}"), "internal error");
        }
        let problem = self.problem();
        let mut response = problem.respond();
        response.extensions_mut().insert(problem);
        response
    }
}
