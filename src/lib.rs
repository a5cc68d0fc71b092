//! clerk-tui: a terminal console for the users of a Clerk instance.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod demo;
