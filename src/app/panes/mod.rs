//! The views, one file each: what they hold, what they ask for, what they take in.

pub mod invitations;
pub mod organizations;
pub mod profile;
pub mod sessions;
pub mod users;
