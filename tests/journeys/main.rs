//! What people do, from the first key to the last.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each journey needs another part of it")]
mod common;

mod alice;
mod asking;
mod batch;
mod changes;
mod copies;
mod edits;
mod every_change;
mod failures;
mod faults;
mod impersonate;
mod limits;
mod load;
mod marks;
mod metadata;
mod newcomer;
mod order;
mod pasted;
mod questions;
mod quirks;
mod saving;
mod signin;
mod start;
mod trail;
mod whereabouts;
mod words;
