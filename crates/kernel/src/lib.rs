//! What every domain stands on: identifiers, errors, the organisation transaction, events, jobs, sockets, the data map
//! and the shape of a module. The kernel knows no domain.

pub mod audit;
pub mod job;

mod actor;
mod app;
mod bus;
mod chores;
mod ephemeral;
mod error;
mod event;
mod history;
mod http;
mod hub;
mod id;
mod module;
mod outbound;
mod outbox;
mod pump;
mod runner;
mod socket;
mod subscriber;
mod system;
mod tx;

pub use ::audit::{Request, client_address, concerns, device_name, within};
pub use ::data_map;
pub use actor::Actor;
pub use app::{App, Clock, Parts, Random, Settings, SystemClock, SystemRandom};
pub use bus::Hint;
pub use ephemeral::Ephemeral;
pub use error::{Error, Result, violates};
pub use event::{Audience, Event, Recorded, Ref, TopicChange};
pub use http::{
    Agent, Authenticate, AuthenticateService, Caller, Composed, Credentials, Cx, Gate, Json, Path, Query, Rates, Raw,
    SERVICE_TOKEN, Service, SignedIn, Visitor, compose, document, household,
};
pub use hub::Hub;
pub use id::{AccountId, MemberId, OrgId, RequestId, SessionId};
pub use job::{Class, Job, JobCx};
pub use module::{Module, data_map, migrator, module};
pub use outbound::Outbound;
pub use pages::{Limit, Page};
pub use problems::{Problem, Refused};
pub use socket::{BoxFuture, Channel, Frame, OnAttach, Receive, Socket, Utf8Bytes};
pub use subscriber::{Subscriber, subscriber, subscriber_to};
pub use system::SystemTx;
pub use tx::Tx;
pub use vault::{Bucket, Error as VaultError, KeyName};

/// The owner of what belongs to no organisation, as the vault sees it: accounts, sessions, kept answers.
pub const INSTALLATION: uuid::Uuid = uuid::Uuid::nil();
