//! What a 429 does to the pace, on a clock that stands still until everybody waits.

use std::time::Duration;

use tokio::time::{Instant, advance, timeout};

use super::super::pacer::{Pace, Pacer};
use super::super::share::Share;
use crate::domain::Lane;

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// 40 of 100 are ours, 20 of them the background's.
fn pacer() -> Pacer {
    let share = |text: &str| text.parse::<Share>().unwrap();
    Pacer::sharing(100, share("40%"), share("20%"))
}

fn pace(pacer: &Pacer) -> Pace {
    *pacer.pace().borrow()
}

/// Sends one request, once it may go, and has it answered.
async fn send(pacer: &Pacer, lane: Lane) {
    pacer.pass(pacer.place(lane)).await.answered();
}

/// Sends one that is answered with a 429.
async fn throttle(pacer: &Pacer, lane: Lane, wait: u64) {
    let slot = pacer.pass(pacer.place(lane)).await;
    slot.throttled(ms(wait));
}

/// How many go without a wait.
async fn at_once(pacer: &Pacer, lane: Lane) -> usize {
    let mut sent = 0;
    while timeout(Duration::ZERO, send(pacer, lane)).await.is_ok() {
        sent += 1;
    }
    sent
}

#[tokio::test(start_paused = true)]
async fn all_lanes_together_keep_to_our_share_and_reading_back_may_go_beyond() {
    let pacer = pacer();
    assert_eq!(at_once(&pacer, Lane::Background).await, 20);
    assert_eq!(at_once(&pacer, Lane::Prefetch).await, 20);
    assert_eq!(at_once(&pacer, Lane::Hands).await, 0);
    assert_eq!((pace(&pacer).used, pace(&pacer).allowed), (40, 40));
    send(&pacer, Lane::Now).await;
    assert_eq!(at_once(&pacer, Lane::ReadBack).await, 59);
    assert_eq!(
        at_once(&pacer, Lane::Now).await,
        0,
        "never beyond the limit"
    );
}

#[tokio::test(start_paused = true)]
async fn after_a_429_the_background_stops_and_the_pace_halves_at_once() {
    let pacer = pacer();
    throttle(&pacer, Lane::Hands, 7_000).await;
    let told = pace(&pacer);
    assert!(told.asked_by_clerk && told.used_elsewhere);
    assert_eq!(told.allowed, 20);
    let start = Instant::now();
    send(&pacer, Lane::Hands).await;
    assert_eq!(start.elapsed(), ms(7_050));
    send(&pacer, Lane::Background).await;
    assert_eq!(start.elapsed(), ms(17_050), "a window later");
    assert!(!pace(&pacer).used_elsewhere);
}

#[tokio::test(start_paused = true)]
async fn the_pace_recovers_by_a_tenth_in_every_window() {
    let pacer = pacer();
    throttle(&pacer, Lane::Hands, 950).await;
    advance(ms(1_000)).await;
    // The 429 itself counts in the first.
    assert_eq!(at_once(&pacer, Lane::Hands).await, 19);
    for allowed in [24, 28, 32, 36, 40, 40] {
        // What was used leaves the window a little after the pace has risen.
        advance(ms(10_050)).await;
        assert_eq!(at_once(&pacer, Lane::Hands).await, allowed);
        assert_eq!(pace(&pacer).allowed as usize, allowed);
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_goes_as_soon_as_the_pace_has_risen() {
    let pacer = pacer();
    throttle(&pacer, Lane::Hands, 950).await;
    advance(ms(8_000)).await;
    assert_eq!(at_once(&pacer, Lane::Hands).await, 19);
    let start = Instant::now();
    // First the 429 itself leaves the window, then the pace rises by four.
    for after in [2_050, 3_000, 3_000, 3_000, 3_000] {
        send(&pacer, Lane::Hands).await;
        assert_eq!(start.elapsed(), ms(after));
    }
}

#[tokio::test(start_paused = true)]
async fn many_429s_of_one_moment_are_one_and_one_after_a_wait_is_another() {
    let pacer = pacer();
    let mut slots = Vec::new();
    for _ in 0..5 {
        slots.push(pacer.pass(pacer.place(Lane::Hands)).await);
    }
    for slot in slots {
        slot.throttled(ms(1_000));
    }
    assert_eq!(pace(&pacer).allowed, 20);
    throttle(&pacer, Lane::Hands, 1_000).await;
    assert_eq!(pace(&pacer).allowed, 10);
    for _ in 0..20 {
        throttle(&pacer, Lane::Hands, 1_000).await;
    }
    assert_eq!(pace(&pacer).allowed, 1, "never nothing at all");
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_we_used_up_ourselves_is_not_said_to_be_used_elsewhere() {
    let pacer = Pacer::sharing(3, Share::ALL, Share::ALL);
    send(&pacer, Lane::Hands).await;
    send(&pacer, Lane::Hands).await;
    throttle(&pacer, Lane::Hands, 1_000).await;
    let told = pace(&pacer);
    assert!(told.asked_by_clerk && !told.used_elsewhere);
}

#[tokio::test(start_paused = true)]
async fn ones_own_word_goes_once_at_once_and_the_others_follow_if_it_gets_through() {
    let pacer = pacer();
    let start = Instant::now();
    throttle(&pacer, Lane::Hands, 86_400_000).await;
    let (waiting, place) = (pacer.clone(), pacer.place(Lane::ReadBack));
    let waiting = tokio::spawn(async move { waiting.pass(place).await.answered() });
    tokio::task::yield_now().await;
    // In vain: the wait is as long as Clerk says now, if that is shorter.
    throttle(&pacer, Lane::Now, 3_600_000).await;
    assert_eq!(pace(&pacer).next, Some(start + ms(3_600_050)));
    // Given up: nothing is known.
    drop(pacer.pass(pacer.place(Lane::Now)).await);
    assert!(pace(&pacer).asked_by_clerk && !waiting.is_finished());
    send(&pacer, Lane::Now).await;
    waiting.await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(!pace(&pacer).asked_by_clerk);
}

#[tokio::test(start_paused = true)]
async fn when_the_one_that_tries_is_given_up_another_tries() {
    let pacer = pacer();
    throttle(&pacer, Lane::Hands, 1_000).await;
    let tries = pacer.pass(pacer.place(Lane::Hands)).await;
    let start = Instant::now();
    assert_eq!(at_once(&pacer, Lane::Hands).await, 0);
    drop(tries);
    let next = timeout(ms(1), pacer.pass(pacer.place(Lane::Hands)));
    let tries = next.await.expect("another one tries");
    assert_eq!(at_once(&pacer, Lane::Hands).await, 0);
    tries.answered();
    assert!(at_once(&pacer, Lane::Hands).await > 0);
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn the_figures_rest_once_the_pace_is_whole_again() {
    let pacer = pacer();
    throttle(&pacer, Lane::Hands, 1_000).await;
    let mut told = pacer.pace();
    let start = Instant::now();
    let idle = timeout(ms(3_600_000), async {
        while told.changed().await.is_ok() {
            assert!(start.elapsed() < ms(60_000), "still awake");
        }
    });
    assert!(idle.await.is_err());
    assert_eq!(pace(&pacer).allowed, 40);
    let tasks = tokio::runtime::Handle::current().metrics();
    assert_eq!(tasks.num_alive_tasks(), 0, "nothing runs any more");
}
