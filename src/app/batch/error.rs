//! What a failed step means for its batch.

use crate::app::words::explain;
use crate::domain::{ApiError, ErrorKind};

/// What is to be done about a step that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everybody else would fail so, too: the batch waits for somebody to look.
    Pause(String),
    /// One of its people may be the reason: it is halved, or has failed.
    Refused(String),
    /// It is tried again after so many milliseconds.
    Again(u64),
}

/// So often a step is tried.
const TRIES: u32 = 3;
/// The rest before the second try, in milliseconds; before the third it is
/// twice as long.
const REST_MS: u64 = 1_000;

/// Judges a failure; `tries` says how often the step was tried, this time included.
pub fn judge(error: &ApiError, tries: u32) -> Verdict {
    use ErrorKind as K;
    match error.kind {
        K::KeyRefused | K::PlanLacks | K::NotRecorded | K::NoCertificates => {
            Verdict::Pause(explain(error))
        }
        K::Forbidden if lacks_feature(error) => Verdict::Pause(explain(error)),
        // A wait that Clerk asks for is no failure.
        K::RateLimited => Verdict::Again(error.retry_after.map_or(REST_MS, |wait| {
            u64::try_from(wait.as_millis())
                .unwrap_or(REST_MS)
                .max(REST_MS)
        })),
        K::NotConnected if tries >= TRIES => Verdict::Pause(explain(error)),
        K::NotConnected => again(tries),
        _ if error.surely_not_done() || tries >= TRIES => Verdict::Refused(explain(error)),
        _ => again(tries),
    }
}

/// The same for a step that did not happen, or of which nobody knows whether it did.
pub fn judge_unknown(why: &str, tries: u32) -> Verdict {
    if tries >= TRIES {
        Verdict::Refused(why.to_owned())
    } else {
        again(tries)
    }
}

const fn again(tries: u32) -> Verdict {
    Verdict::Again(REST_MS << tries.saturating_sub(1))
}

/// Whether the instance has no such thing, whoever it is about.
fn lacks_feature(error: &ApiError) -> bool {
    let code = error.code.as_ref().map_or("", |code| code.raw());
    code.contains("feature")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn error(kind: ErrorKind, status: Option<u16>) -> ApiError {
        let mut error = ApiError::new(kind, "Because.");
        error.status = status;
        error
    }

    #[test]
    fn what_would_fail_for_everybody_pauses() {
        for kind in [
            ErrorKind::KeyRefused,
            ErrorKind::PlanLacks,
            ErrorKind::NotRecorded,
            ErrorKind::NoCertificates,
        ] {
            let verdict = judge(&error(kind, None), 1);
            assert!(matches!(verdict, Verdict::Pause(_)), "{kind:?}");
        }
        let mut forbidden = error(ErrorKind::Forbidden, Some(403));
        let refused = judge(&forbidden, 1);
        assert_eq!(refused, Verdict::Refused("Because.".to_owned()));
        forbidden.code = Some("feature_not_enabled".into());
        assert!(matches!(judge(&forbidden, 1), Verdict::Pause(_)));
    }

    #[test]
    fn what_may_pass_is_tried_three_times_with_longer_rests() {
        let trouble = error(ErrorKind::Server, Some(500));
        assert_eq!(judge(&trouble, 1), Verdict::Again(1_000));
        assert_eq!(judge(&trouble, 2), Verdict::Again(2_000));
        assert!(matches!(judge(&trouble, 3), Verdict::Refused(_)));
        let offline = error(ErrorKind::NotConnected, None);
        assert!(matches!(judge(&offline, 3), Verdict::Pause(_)));
        assert_eq!(judge_unknown("It did not.", 2), Verdict::Again(2_000));
        let over = Verdict::Refused("It did not.".to_owned());
        assert_eq!(judge_unknown("It did not.", 3), over);
    }

    #[test]
    fn a_wait_that_clerk_asks_for_never_is_a_failure() {
        let mut busy = error(ErrorKind::RateLimited, Some(429));
        busy.retry_after = Some(Duration::from_secs(7));
        assert_eq!(judge(&busy, 50), Verdict::Again(7_000));
    }
}
