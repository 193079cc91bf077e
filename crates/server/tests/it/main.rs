//! The composed whole: started as an operator starts it, spoken to as a stranger would.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod admin;
mod applications;
mod backups;
mod bodies;
mod boot;
mod certificates;
mod config;
mod contract;
mod database;
mod demo;
mod disclosures;
mod dissolution;
mod edge;
mod editions;
mod erasure;
mod escalation;
mod files;
mod hand_over;
mod house;
mod http;
mod key_ring;
mod logs;
mod nats;
mod operators;
mod outbound;
mod people;
mod personal_exports;
mod pictures;
mod pooler;
mod reality;
mod socket;
mod statement;
mod strict;
mod switched_off;
mod time_machine;
mod tls;
