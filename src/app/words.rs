//! What the console says about states and failures. Short, plain and kind, and
//! each sentence names the key that helps.

use crate::domain::{ApiError, ErrorKind};

use super::text::cut;

/// The most columns that somebody else's sentence may take.
const THEIR_WORDS: usize = 160;

/// An error in one sentence or two, with what to do about it.
pub fn explain(error: &ApiError) -> String {
    let theirs = cut(&error.message.shown(), THEIR_WORDS);
    match error.kind {
        ErrorKind::KeyRefused => {
            "Clerk does not accept this key. Check CLERK_SECRET_KEY, then start again.".to_owned()
        }
        ErrorKind::PlanLacks => format!("The plan of this instance lacks this: {theirs}"),
        ErrorKind::RateLimited => {
            "Too many requests, even after waiting. r tries again.".to_owned()
        }
        ErrorKind::NotConnected => format!("No connection to Clerk. {theirs} r tries again."),
        ErrorKind::TimedOut => "No answer from Clerk in time. r tries again.".to_owned(),
        ErrorKind::Broken => format!("The connection broke. {theirs} r tries again."),
        ErrorKind::Server => format!(
            "Clerk has trouble{}. {theirs} r tries again.",
            error.status.map_or_else(String::new, |s| format!(" ({s})"))
        ),
        ErrorKind::WrongShape | ErrorKind::UnexpectedStatus | ErrorKind::TooLarge => {
            format!("This does not look like Clerk's answer. {theirs} r tries again.")
        }
        ErrorKind::Crashed => format!("A part of this console failed. {theirs} r tries again."),
        ErrorKind::NoCertificates
        | ErrorKind::NotFound
        | ErrorKind::Forbidden
        | ErrorKind::Conflict
        | ErrorKind::Invalid => theirs,
    }
}
