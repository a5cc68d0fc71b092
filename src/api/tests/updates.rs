//! The limit of each user's updates, on a clock that tests move.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, advance};

use super::super::updates::{Update, Updates};
use super::user;

/// How long an update waited for its turn, in milliseconds.
async fn waited(updates: &Updates, id: &str) -> (u128, Update) {
    let asked = Instant::now();
    let update = updates.pass(&user(id)).await;
    (asked.elapsed().as_millis(), update)
}

#[tokio::test(start_paused = true)]
async fn ten_updates_of_one_user_go_at_once_and_the_next_when_the_first_has_left() {
    let updates = Updates::new(true);
    for _ in 0..10 {
        assert_eq!(waited(&updates, "user_1").await.0, 0);
        advance(Duration::from_millis(100)).await;
    }
    assert_eq!(waited(&updates, "user_2").await.0, 0, "nobody else waits");
    let (wait, _) = waited(&updates, "user_1").await;
    assert_eq!(wait, 10_050 - 1_000);
}

#[tokio::test(start_paused = true)]
async fn what_is_under_way_counts_until_ten_seconds_after_its_answer() {
    let updates = Arc::new(Updates::new(true));
    let mut under_way = Vec::new();
    for _ in 0..10 {
        under_way.push(updates.pass(&user("user_1")).await);
    }
    let next = {
        let updates = Arc::clone(&updates);
        tokio::spawn(async move { waited(&updates, "user_1").await.0 })
    };
    tokio::task::yield_now().await;
    advance(Duration::from_secs(30)).await;
    tokio::task::yield_now().await;
    assert!(!next.is_finished(), "nothing was answered yet");
    drop(under_way.pop());
    assert_eq!(next.await.unwrap(), 30_000 + 10_050);
}

#[tokio::test(start_paused = true)]
async fn updates_of_one_user_go_in_their_order_and_one_that_gives_up_holds_nobody() {
    let updates = Arc::new(Updates::new(true));
    for _ in 0..10 {
        drop(updates.pass(&user("user_1")).await);
    }
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for n in 0..4 {
        let (updates, order) = (Arc::clone(&updates), Arc::clone(&order));
        tasks.push(tokio::spawn(async move {
            let update = updates.pass(&user("user_1")).await;
            order.lock().unwrap().push(n);
            drop(update);
        }));
        tokio::task::yield_now().await;
    }
    tasks.remove(0).abort();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_429_stops_that_user_alone_even_where_nothing_is_counted() {
    for limited in [true, false] {
        let updates = Updates::new(limited);
        let (_, update) = waited(&updates, "user_1").await;
        update.throttled(Duration::from_secs(7));
        drop(update);
        assert_eq!(waited(&updates, "user_2").await.0, 0);
        assert_eq!(waited(&updates, "user_1").await.0, 7_050);
    }
    let updates = Updates::new(false);
    for _ in 0..50 {
        assert_eq!(waited(&updates, "user_1").await.0, 0);
    }
}
