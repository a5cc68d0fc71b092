//! Clerk counts requests in a sliding window: so many in any ten seconds.

use std::collections::VecDeque;

/// How long a request counts, in milliseconds.
pub(super) const WINDOW: i64 = 10_000;

/// The times at which requests were let through during the last ten seconds.
#[derive(Default)]
pub(super) struct Window(VecDeque<i64>);

impl Window {
    /// Lets a request through, or says for how many whole seconds it must wait.
    pub fn admit(&mut self, now: i64, limit: u32) -> Result<(), u64> {
        self.forget(now);
        if self.0.len() < limit as usize {
            self.0.push_back(now);
            return Ok(());
        }
        // The request that has to leave the window before there is room.
        let blocking = self.0[self.0.len() - limit as usize];
        let wait = blocking + WINDOW - now;
        Err((wait.max(1) as u64).div_ceil(1000))
    }

    /// Somebody else's requests.
    pub fn take(&mut self, now: i64, count: u32) {
        self.forget(now);
        self.0.extend((0..count).map(|_| now));
    }

    fn forget(&mut self, now: i64) {
        while self.0.front().is_some_and(|&at| at + WINDOW <= now) {
            self.0.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_ten_seconds_hold_at_most_the_limit() {
        let mut window = Window::default();
        assert_eq!(window.admit(0, 2), Ok(()));
        assert_eq!(window.admit(4_000, 2), Ok(()));
        assert_eq!(window.admit(9_500, 2), Err(1));
        assert_eq!(window.admit(10_000, 2), Ok(()), "the first has left");
        assert_eq!(window.admit(10_001, 2), Err(4), "the second has not");
        window.take(14_000, 5);
        assert_eq!(window.admit(14_000, 2), Err(10));
    }
}
