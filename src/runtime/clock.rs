//! The two clocks, and the wake-ups that were asked for.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::time::{Instant, Sleep, sleep_until};

use crate::{
    app::{Moment, Now, Ticket},
    domain::Timestamp,
};

/// Tells the time: a monotonic moment that counts from the start, and the wall's.
///
/// The moment is tokio's, so that a test that holds tokio's clock holds the
/// whole console: its moments, its wake-ups and its pace.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock whose moment 0 is now.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// The time.
    pub fn now(&self) -> Now {
        Now {
            moment: self.moment(Instant::now()),
            wall: wall(),
        }
    }

    /// The moment of `at`; 0 if it lies before the start.
    pub fn moment(&self, at: Instant) -> Moment {
        let since = at.saturating_duration_since(self.start);
        Moment(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// The time on the wall.
pub(super) fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    });
    Timestamp::from_millis(millis)
}

/// The wake-ups still to come, behind one timer: a console that waits for
/// nothing has no timer at all.
#[derive(Debug, Default)]
pub(super) struct WakeUps {
    due: BinaryHeap<Reverse<(Instant, Ticket)>>,
    timer: Option<(Instant, Pin<Box<Sleep>>)>,
}

/// No wake-up lies further ahead than this, so that no sum of times overflows.
const FURTHEST: Duration = Duration::from_hours(365 * 24);

impl WakeUps {
    /// Remembers to send `ticket` after so long.
    pub(super) fn add(&mut self, ticket: Ticket, after: Duration) {
        let at = Instant::now() + after.min(FURTHEST);
        self.due.push(Reverse((at, ticket)));
    }

    /// The next ticket that is due.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Ticket> {
        loop {
            let Some(&Reverse((at, ticket))) = self.due.peek() else {
                self.timer = None;
                return Poll::Pending;
            };
            if at <= Instant::now() {
                self.due.pop();
                return Poll::Ready(ticket);
            }
            let timer = match &mut self.timer {
                Some((set_for, timer)) if *set_for == at => timer,
                timer => &mut timer.insert((at, Box::pin(sleep_until(at)))).1,
            };
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.timer = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    #[tokio::test]
    async fn wake_ups_come_in_the_order_of_their_times() {
        let mut wake_ups = WakeUps::default();
        wake_ups.add(Ticket(2), Duration::from_millis(20));
        wake_ups.add(Ticket(1), Duration::from_millis(5));
        wake_ups.add(Ticket(0), Duration::ZERO);
        for expected in 0..3 {
            let ticket = poll_fn(|cx| wake_ups.poll(cx)).await;
            assert_eq!(ticket, Ticket(expected));
        }
        let none = poll_fn(|cx| Poll::Ready(wake_ups.poll(cx).is_pending())).await;
        assert!(none);
    }

    #[test]
    fn a_wake_up_in_a_thousand_years_does_not_overflow() {
        WakeUps::default().add(Ticket(0), Duration::MAX);
    }
}
