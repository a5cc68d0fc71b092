//! The `clerk-tui` binary.
fn main() {}
