//! The embedded Clerk-compatible server.
