//! Contacts out of the address book of the device: what one picks there, after a consent (`DIR-06`).

pub mod import;

use consents::Purpose;

/// Reading the address book of the device.
pub struct DeviceBook;

impl Purpose for DeviceBook {
    const ID: &'static str = "contacts.read_device_book";
}
