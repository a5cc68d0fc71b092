//! The search language: any text at all is read, printed, completed and taken apart.
#![no_main]

use clerk_tui::domain::Timestamp;
use clerk_tui::domain::search::{Pasted, Query, Scope, complete, pieces};
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    Pasted::of(text);
    for scope in Scope::ALL {
        pieces(text, scope);
        for cursor in 0..=text.len() {
            if let Some(found) = complete(text, cursor, scope) {
                assert!(text.get(found.replace.clone()).is_some());
                assert!(!found.with.is_empty());
                found.common();
            }
        }
        match Query::parse(text, scope) {
            Ok(query) => understood(&query, scope),
            Err(mistake) => assert!(text.get(mistake.at.clone()).is_some()),
        }
    }
});

/// What was understood prints as itself, and asks without a panic.
fn understood(query: &Query, scope: Scope) {
    let printed = query.to_string();
    assert_eq!(
        Query::parse(&printed, scope).as_ref(),
        Ok(query),
        "{printed}"
    );
    let now = Timestamp::from_millis(1_764_000_000_000);
    let zone = TimeZone::UTC;
    match scope {
        Scope::Users => drop(query.users(now, &zone)),
        Scope::Sessions => drop(query.sessions(now, &zone)),
        Scope::Organizations => drop(query.organizations(now, &zone)),
    }
}
