//! Random cases, each of a seed of its own, so that one is enough to see it again.

use std::hash::{BuildHasher, RandomState};
use std::panic::UnwindSafe;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// So many where nothing else is said: a few seconds.
const CASES: u64 = 400;

fn set(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is a number")),
    )
}

fn runner(seed: u64) -> TestRunner {
    TestRunner::new(Config {
        cases: 1,
        max_shrink_iters: 20_000,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..Config::default()
    })
}

/// What comes of a seed.
pub fn value<S: Strategy>(strategy: &S, seed: u64) -> S::Value {
    strategy.new_tree(&mut runner(seed)).unwrap().current()
}

/// Holds a property to random cases, `PROPTEST_CASES` of them (100000 take a few
/// minutes), from the seed `PROPTEST_RNG_SEED` on. One that fails is said with
/// its seed, and made as short as it can be.
pub fn hold<S: Strategy>(name: &str, strategy: &S, property: impl Fn(S::Value) + UnwindSafe + Copy)
where
    S::Value: std::fmt::Debug,
{
    let first = set("PROPTEST_RNG_SEED").unwrap_or_else(|| RandomState::new().hash_one(name) >> 1);
    for seed in first..first + set("PROPTEST_CASES").unwrap_or(CASES) {
        let mut runner = runner(seed);
        let result = runner.run(strategy, |case| {
            property(case);
            Ok(())
        });
        if let Err(failure) = result {
            panic!(
                "{failure}\nAgain: PROPTEST_RNG_SEED={seed} PROPTEST_CASES=1 cargo test --lib {name}"
            );
        }
    }
}
