//! What people ask their administrators: whom, and what is known without asking (`ADM-08`).

pub mod people;
pub mod storage;
pub mod until;
