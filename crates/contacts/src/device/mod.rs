//! Contacts out of the address book of the device: what one picks there, after a consent (`DIR-06`).

pub mod consent;
pub mod import;

use kernel::Purpose;

/// Reading the address book of the device.
pub struct DeviceBook;

impl Purpose for DeviceBook {
    const ID: &'static str = "contacts.read_device_book";
}

/// The version of the words one consents to; a new text is a new version, and a new question.
pub const TEXT_VERSION: &str = "1";
