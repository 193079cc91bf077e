//! People outside whom members know, and the ways to show who one is: contacts, vCard, the code of one's own card.
//!
//! Owns the schema `contacts`.

mod book;
mod card;
mod code;
mod dav;
mod device;
pub mod events;
mod kept;
mod model;
mod passwords;
mod policy;
mod vcard;

pub use book::hand_over::shared_contacts;
pub use model::{Card, ContactId, ContactKind, OutsideContact};

use applications::Application;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) const CONTACTS: &str = "contacts";
pub(crate) const ADDRESS_BOOKS: &str = "address_books";

/// What an organisation can do without: the contacts themselves, the code of one's own card, CardDAV.
pub const APPLICATIONS: &[Application] = &[
    Application::of_people(CONTACTS, kept::CONTACTS),
    Application::of_people("contact_codes", kept::CODES),
    Application::of_people(ADDRESS_BOOKS, kept::PASSWORDS),
];

/// The domain: routes, schema, data map, the job that erases what an organisation does without.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(book::list::list_contacts, book::create::create_contact))
        .routes(routes!(book::show::show_contact, book::edit::edit_contact, book::delete::delete_contact))
        .routes(routes!(book::export::export_contacts))
        .routes(routes!(book::import::import_contacts))
        .routes(routes!(device::import::import_device_contacts))
        .routes(routes!(code::show::show_contact_code))
        .routes(routes!(code::renew::renew_contact_code))
        .routes(routes!(code::open::open_contact_code))
        .routes(routes!(passwords::list::list_app_passwords, passwords::create::create_app_password))
        .routes(routes!(passwords::revoke::revoke_app_password))
        .merge(dav::routes());
    Module {
        jobs: vec![kept::job()],
        subscribers: passwords::end::subscribers(),
        ..Module::new("contacts", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
