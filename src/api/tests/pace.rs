//! The pacer, on a clock that stands still until everybody waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use tokio::time::{Instant, sleep};

use super::super::pacer::{Pace, Pacer};
use super::super::share::Share;
use crate::domain::Lane;

const LANES: [Lane; 4] = [
    Lane::ReadBack,
    Lane::Hands,
    Lane::Prefetch,
    Lane::Background,
];

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// A pacer whose background may use everything.
fn whole(limit: u32) -> Pacer {
    Pacer::sharing(limit, Share::ALL, Share::ALL)
}

fn paused<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

/// Sends one request that is answered at once.
async fn send(pacer: &Pacer, lane: Lane) -> Instant {
    let slot = pacer.pass(pacer.place(lane)).await;
    drop(slot);
    Instant::now()
}

async fn answered(pacer: &Pacer, n: usize) {
    for _ in 0..n {
        send(pacer, Lane::Hands).await;
    }
}

/// The largest number of these that lie in any 10 s.
fn most_in_10_s(mut times: Vec<Instant>) -> usize {
    times.sort();
    let within = |start: &Instant| {
        times
            .iter()
            .filter(|t| *t >= start && **t < *start + ms(10_000))
            .count()
    };
    times.iter().map(within).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Each request: when it is wanted, how long it travels, how long its
    /// answer takes after that, and whether it is given up before.
    #[test]
    fn a_server_that_counts_at_arrival_never_sees_more_than_the_limit(
        limit in 1_u32..6,
        requests in proptest::collection::vec(
            (0_u64..30_000, 0_u64..900, 0_u64..900, 0_usize..4, proptest::option::weighted(0.2, 0_u64..40_000)),
            1..40,
        ),
    ) {
        let (sent, arrived, expected) = paused(async move {
            let pacer = whole(limit);
            let sent = Arc::new(Mutex::new(Vec::new()));
            let arrived = Arc::new(Mutex::new(Vec::new()));
            let mut tasks = Vec::new();
            let mut expected = 0;
            for (at, travel, answer, lane, given_up) in requests {
                expected += usize::from(given_up.is_none());
                let (pacer, sent, arrived) = (pacer.clone(), Arc::clone(&sent), Arc::clone(&arrived));
                let request = async move {
                    sleep(ms(at)).await;
                    let slot = pacer.pass(pacer.place(LANES[lane])).await;
                    sent.lock().unwrap().push(Instant::now());
                    sleep(ms(travel)).await;
                    arrived.lock().unwrap().push(Instant::now());
                    sleep(ms(answer)).await;
                    drop(slot);
                };
                tasks.push(tokio::spawn(async move {
                    match given_up {
                        Some(after) => drop(tokio::time::timeout(ms(after), request).await),
                        None => request.await,
                    }
                }));
            }
            for task in tasks {
                task.await.unwrap();
            }
            let take = |times: Arc<Mutex<Vec<Instant>>>| times.lock().unwrap().clone();
            (take(sent), take(arrived), expected)
        });
        prop_assert!(sent.len() >= expected, "a request was lost");
        prop_assert!(most_in_10_s(sent) <= limit as usize);
        prop_assert!(most_in_10_s(arrived) <= limit as usize);
    }

    #[test]
    fn lanes_go_by_rank_and_within_a_lane_first_come_first_served(
        lanes in proptest::collection::vec(0_usize..4, 1..20),
    ) {
        let order = paused(async move {
            let pacer = whole(1);
            send(&pacer, Lane::Background).await;
            let order = Arc::new(Mutex::new(Vec::new()));
            let tasks: Vec<_> = lanes.into_iter().enumerate().map(|(n, lane)| {
                let (pacer, order) = (pacer.clone(), Arc::clone(&order));
                let place = pacer.place(LANES[lane]);
                tokio::spawn(async move {
                    let _slot = pacer.pass(place).await;
                    order.lock().unwrap().push((lane, n));
                })
            }).collect();
            for task in tasks {
                let task = tokio::time::timeout(ms(3_600_000), task).await;
                task.expect("a turn for everybody").unwrap();
            }
            order.lock().unwrap().clone()
        });
        prop_assert!(order.is_sorted(), "{order:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_window_is_full_after_the_limit_and_opens_10_s_later() {
    let start = Instant::now();
    let pacer = whole(3);
    answered(&pacer, 3).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(send(&pacer, Lane::Hands).await - start, ms(10_050));
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nobody_waits_yet_a_429_is_obeyed() {
    let start = Instant::now();
    let pacer = whole(0);
    answered(&pacer, 5_000).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    let slot = pacer.pass(pacer.place(Lane::Hands)).await;
    slot.throttled(ms(7_000));
    assert!(pacer.pace().borrow().asked_by_clerk);
    assert_eq!(send(&pacer, Lane::ReadBack).await - start, ms(7_050));
    assert!(!pacer.pace().borrow().asked_by_clerk);
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_leaves_the_queue_and_takes_no_turn() {
    let pacer = whole(1);
    let start = Instant::now();
    answered(&pacer, 1).await;
    let (waiting, place) = (pacer.clone(), pacer.place(Lane::ReadBack));
    let gives_up = tokio::spawn(async move { drop(waiting.pass(place).await) });
    sleep(ms(5_000)).await;
    assert_eq!(pacer.pace().borrow().waiting, 1);
    gives_up.abort();
    assert!(gives_up.await.is_err());
    assert_eq!(pacer.pace().borrow().waiting, 0);
    assert_eq!(send(&pacer, Lane::Background).await - start, ms(10_050));
}

#[tokio::test(start_paused = true)]
async fn after_a_429_one_goes_ahead_and_the_others_only_if_it_gets_through() {
    let pacer = whole(0);
    let slot = pacer.pass(pacer.place(Lane::Hands)).await;
    slot.throttled(ms(1_000));
    let sent = Arc::new(Mutex::new(0));
    for _ in 0..3 {
        let (pacer, sent) = (pacer.clone(), Arc::clone(&sent));
        let place = pacer.place(Lane::Hands);
        tokio::spawn(async move {
            drop(pacer.pass(place).await);
            *sent.lock().unwrap() += 1;
        });
    }
    let place = pacer.place(Lane::ReadBack);
    let first = pacer.pass(place).await;
    sleep(ms(500)).await;
    assert_eq!(*sent.lock().unwrap(), 0);
    first.throttled(ms(1_000));
    // It kept its place, and is again the one that tries.
    let first = pacer.pass(place).await;
    sleep(ms(500)).await;
    assert_eq!(*sent.lock().unwrap(), 0);
    first.answered();
    sleep(ms(1)).await;
    assert_eq!(*sent.lock().unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_pace_is_told_and_falls_silent_when_the_window_is_empty() {
    let pacer = whole(2);
    let start = Instant::now();
    let mut told = pacer.pace();
    answered(&pacer, 2).await;
    let (waiting, place) = (pacer.clone(), pacer.place(Lane::Hands));
    let third = tokio::spawn(async move { drop(waiting.pass(place).await) });
    tokio::task::yield_now().await;
    let expected = Pace {
        used: 2,
        allowed: 2,
        background: 2,
        waiting: 1,
        next: Some(start + ms(10_050)),
        ..Pace::default()
    };
    assert_eq!(*told.borrow_and_update(), expected);
    third.await.unwrap();
    let mut last = *told.borrow_and_update();
    // An hour in which nothing is sent.
    let idle = tokio::time::timeout(ms(3_600_000), async {
        let mut changes = 0;
        while told.changed().await.is_ok() {
            last = *told.borrow_and_update();
            changes += 1;
            assert!(start.elapsed() < ms(25_000), "still awake: {changes}");
        }
    });
    assert!(idle.await.is_err());
    assert_eq!(
        last,
        Pace {
            allowed: 2,
            background: 2,
            ..Pace::default()
        }
    );
}
