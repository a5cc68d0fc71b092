//! What the background may use of the limit, on a clock that stands still until
//! everybody waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::super::pacer::Pacer;
use super::super::share::Share;
use crate::domain::Lane;

fn pacer(limit: u32, share: &str) -> Pacer {
    Pacer::sharing(limit, Share::ALL, share.parse().unwrap())
}

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// When each request was sent, after the start.
type Sent = Arc<Mutex<Vec<Duration>>>;

/// So many requests that all want to go now, each answered after `takes`.
fn load(
    pacer: &Pacer,
    lane: Lane,
    requests: usize,
    takes: Duration,
) -> (Sent, Vec<JoinHandle<()>>) {
    let sent = Sent::default();
    let start = Instant::now();
    let tasks = (0..requests).map(|_| {
        let (pacer, sent) = (pacer.clone(), Arc::clone(&sent));
        let place = pacer.place(lane);
        tokio::spawn(async move {
            let slot = pacer.pass(place).await;
            sent.lock().unwrap().push(start.elapsed());
            sleep(takes).await;
            drop(slot);
        })
    });
    let tasks = tasks.collect();
    (sent, tasks)
}

async fn all(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}

/// How many were sent in each window of 10.05 s.
fn by_window(sent: &Sent) -> Vec<usize> {
    let mut counts = vec![];
    for at in sent.lock().unwrap().iter() {
        let window = usize::try_from(at.as_millis() / 10_050).unwrap();
        counts.resize(counts.len().max(window + 1), 0);
        counts[window] += 1;
    }
    counts
}

#[tokio::test(start_paused = true)]
async fn a_load_takes_its_share_and_hands_get_through_at_once() {
    let pacer = pacer(10, "0.4");
    let (sent, tasks) = load(&pacer, Lane::Background, 40, Duration::ZERO);
    for _ in 0..10 {
        for lane in [Lane::Hands, Lane::ReadBack, Lane::Prefetch] {
            sleep(ms(3_300)).await;
            let asked = Instant::now();
            drop(pacer.pass(pacer.place(lane)).await);
            assert_eq!(asked.elapsed(), Duration::ZERO, "{lane:?}");
        }
    }
    all(tasks).await;
    assert_eq!(by_window(&sent), [4; 10]);
}

#[tokio::test(start_paused = true)]
async fn a_whole_share_uses_everything() {
    let pacer = pacer(10, "1.0");
    let (sent, tasks) = load(&pacer, Lane::Background, 40, Duration::ZERO);
    all(tasks).await;
    assert_eq!(by_window(&sent), [10; 4]);
}

#[tokio::test(start_paused = true)]
async fn the_least_share_is_one_request_and_without_a_limit_there_is_none() {
    let (sent, tasks) = load(&pacer(10, "1%"), Lane::Background, 3, Duration::ZERO);
    all(tasks).await;
    assert_eq!(by_window(&sent), [1; 3]);
    let (sent, tasks) = load(&pacer(0, "1%"), Lane::Background, 500, ms(1));
    all(tasks).await;
    assert_eq!(by_window(&sent), [500]);
}

#[tokio::test(start_paused = true)]
async fn several_of_the_background_are_under_way_at_once() {
    let pacer = pacer(10, "0.4");
    let (sent, tasks) = load(&pacer, Lane::Background, 6, ms(3_000));
    sleep(ms(1)).await;
    assert_eq!(by_window(&sent), [4]);
    all(tasks).await;
    // A window begins with the answers.
    assert!(sent.lock().unwrap()[4] >= ms(13_050));
}

#[tokio::test(start_paused = true)]
async fn hands_are_not_held_by_the_share_and_the_background_yields_to_them() {
    let pacer = pacer(10, "0.4");
    let (hands, tasks) = load(&pacer, Lane::Hands, 12, Duration::ZERO);
    let (sent, more) = load(&pacer, Lane::Background, 4, Duration::ZERO);
    all(tasks).await;
    all(more).await;
    assert_eq!(by_window(&hands), [10, 2]);
    assert_eq!(by_window(&sent), [0, 4]);
}

#[tokio::test(start_paused = true)]
async fn the_pace_tells_the_share_and_no_wait_for_it() {
    let pacer = pacer(10, "0.4");
    let told = pacer.pace();
    assert_eq!(told.borrow().background, 4);
    let (_, tasks) = load(&pacer, Lane::Background, 6, Duration::ZERO);
    sleep(ms(1)).await;
    let pace = *told.borrow();
    assert_eq!((pace.used, pace.waiting, pace.next), (4, 0, None));
    let (_, hands) = load(&pacer, Lane::Hands, 7, Duration::ZERO);
    sleep(ms(1)).await;
    let pace = *told.borrow();
    assert_eq!((pace.used, pace.waiting, pace.background), (10, 1, 4));
    assert!(pace.next.is_some());
    all(hands).await;
    all(tasks).await;
}

#[tokio::test(start_paused = true)]
async fn a_429_holds_the_background_too_and_is_told() {
    let pacer = pacer(10, "0.1");
    let slot = pacer.pass(pacer.place(Lane::Background)).await;
    let start = Instant::now();
    slot.throttled(ms(20_000));
    let (sent, tasks) = load(&pacer, Lane::Background, 1, Duration::ZERO);
    sleep(ms(1)).await;
    let pace = *pacer.pace().borrow();
    assert!(pace.asked_by_clerk);
    assert_eq!((pace.waiting, pace.next), (1, Some(start + ms(20_050))));
    all(tasks).await;
    // Somebody else has used the limit up: it leaves them a window more.
    assert_eq!(*sent.lock().unwrap(), [ms(30_050)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Each request: when it is wanted, its lane, how long it takes, and
    /// whether it is given up before.
    #[test]
    fn the_background_never_has_more_than_its_share_and_nobody_is_lost(
        (limit, percent) in (1_u32..8, 1_u32..=100),
        requests in proptest::collection::vec(
            (0_u64..30_000, any::<bool>(), 0_u64..900, proptest::option::weighted(0.2, 0_u64..40_000)),
            1..40,
        ),
    ) {
        let share: Share = format!("{percent}%").parse().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let (sent, lost) = runtime.block_on(async move {
            let pacer = Pacer::sharing(limit, Share::ALL, share);
            let sent = Arc::new(Mutex::new(Vec::new()));
            let tasks: Vec<_> = requests.into_iter().map(|(at, background, takes, given_up)| {
                let (pacer, sent) = (pacer.clone(), Arc::clone(&sent));
                let lane = if background { Lane::Background } else { Lane::Hands };
                let request = async move {
                    sleep(ms(at)).await;
                    let slot = pacer.pass(pacer.place(lane)).await;
                    sent.lock().unwrap().push((Instant::now(), background));
                    sleep(ms(takes)).await;
                    drop(slot);
                };
                tokio::spawn(async move {
                    match given_up {
                        Some(after) => drop(tokio::time::timeout(ms(after), request).await),
                        None => request.await,
                    }
                })
            }).collect();
            // Longer than one a window takes for all of them.
            let end = tokio::time::timeout(ms(800_000), all(tasks)).await;
            let sent = sent.lock().unwrap().clone();
            (sent, end.is_err())
        });
        prop_assert!(!lost, "somebody still waits");
        for (start, _) in &sent {
            let within = |of: bool| sent
                .iter()
                .filter(|(at, back)| (!of || *back) && at >= start && *at < *start + ms(10_000))
                .count();
            prop_assert!(within(false) <= limit as usize);
            prop_assert!(within(true) <= share.of(limit) as usize);
        }
    }
}
