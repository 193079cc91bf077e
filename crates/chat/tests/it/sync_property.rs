//! sync_property
