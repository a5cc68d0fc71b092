//! The fault catalogue: whatever the network, Clerk or a colleague does, the
//! console lives, says what happened and which key helps, and recovers without
//! a restart. What is not here is in `failures`, `limits`, `order` and `quirks`.

mod connections;
mod drift;
mod keys;
mod proxy;
mod refusals;

use std::time::Duration;

use clerk_tui::demo::Options;

use crate::common::Journey;
use proxy::Proxy;

/// Nothing here is about the limit.
fn unlimited() -> Options {
    Options {
        rate_limit: 0,
        ..Options::default()
    }
}

/// A console that reaches its server through a proxy, with all rows on the screen.
async fn through_a_proxy() -> (Journey, Proxy) {
    let proxy = Proxy::start().await;
    let journey = Journey::start_at(&proxy.url, unlimited(), (120, 30)).await;
    proxy.forward_to(journey.server.url());
    journey.until_screen_contains("842 users").await;
    journey.until_screen_contains("Alice Chen").await;
    journey.settled().await;
    (journey, proxy)
}

/// The screen as one line, whatever wraps.
fn plain(screen: &str) -> String {
    let words: Vec<&str> = screen.split_whitespace().filter(|w| *w != "│").collect();
    words.join(" ")
}

/// Waits for a frame that says `text`, however it is wrapped.
async fn until_it_says(journey: &Journey, text: &str) {
    journey
        .until(text, |screen| plain(screen).contains(text))
        .await;
}

/// A key is answered while something is under way.
async fn keys_are_answered(journey: &Journey) {
    journey
        .keys("?")
        .until_screen_contains("What works here")
        .await;
    journey.press(crossterm::event::KeyCode::Esc);
    journey.until_screen_lacks("What works here").await;
}

/// Waits for a frame that says `text`, in so many seconds of the console's time,
/// and sees that keys are answered meanwhile.
async fn in_so_many_seconds(journey: &Journey, seconds: u64, text: &str) {
    for second in 0..seconds {
        journey.settled().await;
        if plain(&journey.screen()).contains(text) {
            return;
        }
        if second % 4 == 0 {
            keys_are_answered(journey).await;
        }
        journey.later(Duration::from_secs(1)).await;
    }
    until_it_says(journey, text).await;
}

/// Lets time pass in steps, for what is to happen in each.
async fn seconds_pass(journey: &Journey, seconds: u64) {
    for _ in 0..seconds {
        journey.later(Duration::from_secs(1)).await;
        journey.settled().await;
    }
}
