//! clerk-tui: a terminal console for the users of a Clerk instance.
//!
//! The rooms, and who may import whom:
//!
//! ```text
//! main ──► runtime ──► view ──► app ──► domain
//!   │         └──────► api ────────────► domain
//!   └────► demo            (speaks to the rest only over HTTP)
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod runtime;
pub mod view;
