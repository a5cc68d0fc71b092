//! clerk-tui: a terminal console for the users of a Clerk instance.
//!
//! # The house
//!
//! ```text
//! main ──► runtime ──► view ──► app ──► domain
//!   │         ├──────► api ────────────► domain
//!   │         └──────► store ──────────► domain
//!   └────► demo            (speaks to the rest only over HTTP)
//! ```
//!
//! | room | what lives there | what is never there |
//! | --- | --- | --- |
//! | [`domain`] | users, sessions, organizations; reads and writes; text that strangers wrote | I/O, a terminal, async |
//! | [`app`] | the functional core: `Model`, `Msg`, `Effect`, `update` | async, files, a clock |
//! | [`view`] | drawing a frame for a model | a change of the model |
//! | [`api`] | the HTTP client: encode, pace, send, decode | panes, keys, files |
//! | [`store`] | what outlives a run: the audit trail | the network, decisions |
//! | [`runtime`] | the loop, the terminal, tasks, signals | a decision of business |
//! | [`demo`] | an embedded Clerk-compatible server | a type of the client |
//! | [`config`], [`cli`] | settings and finding the key; the command line, joining it all | |
//!
//! A test scans the sources and holds this table.
//!
//! # The one loop
//!
//! A terminal event, a worker's answer or a timer becomes an [`app::Msg`];
//! [`app::update`] changes the model and returns [`app::Effect`]s; the runtime
//! does them on tokio tasks, whose answers come back as messages. Ready messages
//! are drained, then one frame is drawn, only if something changed.
//!
//! # How a change is made
//!
//! A key asks for a [`app::Command`]. A dialog binds the id and the verb, and
//! reads the person again. Consent makes it a [`domain::Change`];
//! [`domain::Permit::check`] is the only way to a permit, and a permit the only
//! thing that [`api::Writer`] sends. Its intent goes into the [`store::Trail`]
//! before it is sent, and its outcome after it. A [`app::Job`] follows it until it is known
//! how it ended, reading back where the answer is missing.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod runtime;
pub mod store;
pub mod view;
