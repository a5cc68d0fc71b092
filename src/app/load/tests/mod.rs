//! Whoever is there from the start of a load to its end is read, once.

mod run;
mod server;

use std::collections::HashSet;

use proptest::prelude::*;

use run::{CALM, Run, Weather};
use server::{Dice, Habits, Past, Server, id};

/// Loads everybody, and holds the promises. Gives the run for its numbers.
fn load(seed: u64, past: Past, count: u32, habits: Habits, weather: Weather) -> Run {
    let mut dice = Dice(seed);
    let server = Server::new(&mut dice, past, count, habits);
    let known = dice.one_in(2) || weather.create == 0;
    let mut run = Run::start(server, dice, known);
    let before: HashSet<u32> = run.server.people.iter().map(|(_, n)| *n).collect();
    let read = run.finish(weather);
    let once: HashSet<u32> = read.iter().copied().collect();
    assert_eq!(once.len(), read.len(), "somebody is there twice");
    assert!(once.is_disjoint(&run.deleted), "somebody came back");
    for n in &run.deleted {
        assert_eq!(run.people.get(&id(*n)), None, "somebody came back");
    }
    let after: HashSet<u32> = run.server.people.iter().map(|(_, n)| *n).collect();
    assert!(!habits.judged || read.iter().all(|n| n % 2 == 0));
    let missing: Vec<&u32> = before
        .intersection(&after)
        .filter(|n| !habits.judged || *n % 2 == 0)
        .filter(|n| !once.contains(n))
        .collect();
    assert!(
        missing.is_empty(),
        "{} are missing: {missing:?}",
        missing.len()
    );
    run
}

fn pasts() -> impl Strategy<Value = Past> {
    prop_oneof![
        Just(Past::Even),
        Just(Past::Growing),
        Just(Past::Moved),
        Just(Past::Bursts),
        Just(Past::Once),
    ]
}

fn weathers() -> impl Strategy<Value = Weather> {
    let often = || prop_oneof![Just(0), 2_u64..40];
    (often(), often(), often(), often(), often(), often()).prop_map(
        |(create, delete, delete_cursor, delete_here, fail, pause)| Weather {
            create,
            delete,
            delete_cursor,
            delete_here,
            fail,
            pause: pause * 3,
        },
    )
}

/// How many people were created in the same millisecond, at most.
fn most_at_once(server: &Server) -> usize {
    let times: Vec<i64> = server.people.iter().map(|(at, _)| *at).collect();
    let same = times.chunk_by(|a, b| a == b).map(<[i64]>::len);
    same.max().unwrap_or(0) + 500
}

fn cases() -> u32 {
    let cases = std::env::var("PROPTEST_CASES").ok();
    cases.and_then(|cases| cases.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whoever_is_there_from_start_to_end_is_read_once(
        seed in any::<u64>(),
        past in pasts(),
        count in prop_oneof![0_u32..1_200, 1_000_u32..8_000],
        edges in any::<(bool, bool)>(),
        judged in prop::bool::weighted(0.2),
        weather in weathers(),
    ) {
        let habits = Habits { includes_after: edges.0, includes_before: edges.1, judged, ..Habits::default() };
        let run = load(seed, past, count, habits, weather);
        let rows = usize::try_from(count).unwrap() + run.server.people.len();
        // Behind somebody who is gone, all of their millisecond are read again.
        let again = run.refused * (1 + most_at_once(&run.server) / 500);
        let most = rows / 500 + 60 + again + run.aborted;
        prop_assert!(run.pages <= most, "{} pages for {count}", run.pages);
        prop_assert!(run.most_at_once <= 8);
    }
}

#[test]
fn servers_with_habits_of_their_own_are_read_too() {
    let odd = [
        Habits {
            ignores_windows: true,
            ..Habits::default()
        },
        Habits {
            ignores_cursors: true,
            ..Habits::default()
        },
        Habits {
            ignores_windows: true,
            ignores_cursors: true,
            ..Habits::default()
        },
        Habits {
            hides_created: true,
            ..Habits::default()
        },
        Habits {
            in_seconds: true,
            ..Habits::default()
        },
    ];
    for habits in odd {
        for past in [Past::Even, Past::Moved, Past::Bursts] {
            for seed in 0..4 {
                let run = load(seed, past, 4_000, habits, CALM);
                assert!(run.pages < 40, "{habits:?}: {} pages", run.pages);
            }
        }
    }
}

#[test]
fn nobody_is_nobody_and_few_are_one_page() {
    for count in [0, 1, 499] {
        assert_eq!(load(1, Past::Even, count, Habits::default(), CALM).pages, 1);
    }
}

#[test]
fn the_known_count_spares_the_empty_page() {
    let mut run = load(1, Past::Even, 1_000, Habits::default(), CALM);
    assert_eq!(run.pages, 2);
    run = load(1, Past::Even, 500, Habits::default(), CALM);
    assert_eq!(run.pages, 1);
}

#[test]
fn a_hundred_thousand_take_little_more_than_two_hundred_pages() {
    for past in [
        Past::Even,
        Past::Growing,
        Past::Moved,
        Past::Bursts,
        Past::Once,
    ] {
        let run = load(7, past, 100_000, Habits::default(), CALM);
        println!("{past:?}: {} pages", run.pages);
        assert!(run.pages <= 270, "{past:?}: {} pages", run.pages);
    }
}
