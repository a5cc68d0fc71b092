//! What holds for every text and every search.

use proptest::prelude::*;

use super::*;
use crate::domain::search::when::{Ago, Day, MOST, Unit, When};

/// Texts that are nearly searches.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(FIELDS).prop_map(|row| format!("{}:", row.word)),
        prop::sample::select(FLAGS).prop_map(|row| format!(
            "{}:{}",
            row.field.help().word,
            row.word
        )),
        prop::sample::select(FIELDS).prop_map(|row| row.examples[0].to_owned()),
        prop::sample::select(
            &[
                "\"",
                "\\",
                "-",
                ":",
                "=",
                ".",
                "..",
                "/",
                " ",
                ">3",
                "<",
                "2026-0",
                "é",
                "👩‍👧",
                "\u{a0}"
            ][..]
        )
        .prop_map(str::to_owned),
        any::<String>(),
        "[a-z0-9]{1,4}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn scope() -> impl Strategy<Value = Scope> {
    prop::sample::select(&Scope::ALL[..])
}

fn filled() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z=\"\\\\ .:/-]{1,6}", any::<String>()]
        .prop_filter("not blank", |text| !text.trim().is_empty())
}

fn day() -> impl Strategy<Value = Day> {
    let date = (0..=9999i16, 1..=12i8, 1..=28i8)
        .prop_map(|(y, m, d)| jiff::civil::Date::new(y, m, d).unwrap());
    prop_oneof![
        Just(Day::Today),
        Just(Day::Yesterday),
        date.clone().prop_map(Day::Date),
        date.clone()
            .prop_map(|date| Day::Month(date.first_of_month())),
        date.prop_map(|date| Day::Year(date.first_of_year())),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let ago = || {
        (1..=MOST, prop::sample::select(&Unit::ALL[..]))
            .prop_map(|(amount, (unit, _))| Ago { amount, unit })
    };
    prop_oneof![
        ago().prop_map(When::LongerAgo),
        ago().prop_map(When::Within),
        day().prop_map(|day| When::Days {
            from: Some(day),
            to: Some(day)
        }),
        day().prop_map(|day| When::Days {
            from: Some(day),
            to: None
        }),
        day().prop_map(|day| When::Days {
            from: None,
            to: Some(day)
        }),
        Just(When::Days {
            from: Some(Day::Yesterday),
            to: Some(Day::Today)
        }),
    ]
}

/// Words that may stand together in the users view.
fn word() -> impl Strategy<Value = Word> {
    let term = |field, negated, value| {
        Word::Term(Term {
            field,
            negated,
            value,
        })
    };
    prop_oneof![
        filled().prop_map(Word::Text),
        filled().prop_map(move |text| term(Field::Username, false, Value::Whole(text))),
        filled().prop_map(move |text| term(Field::Wallet, false, Value::Whole(text))),
        (filled(), any::<bool>()).prop_map(move |(text, not)| term(
            Field::Organization,
            not,
            Value::Whole(text)
        )),
        (prop::sample::select(FLAGS))
            .prop_map(move |row| term(row.field, false, Value::Flag(row.flag)))
            .prop_filter("of a user", |word| !matches!(
                word,
                Word::Term(Term {
                    value: Value::Flag(Flag::Impersonated),
                    ..
                })
            )),
        (
            prop::collection::vec(filled(), 1..4),
            prop::option::of(any::<String>()),
            any::<bool>()
        )
            .prop_map(move |(path, value, not)| term(
                Field::Metadata,
                not,
                Value::Metadata { path, value }
            )),
        (
            when(),
            prop::sample::select(&[Field::Created, Field::Active, Field::SignedIn][..])
        )
            .prop_map(move |(when, field)| term(field, false, Value::When(when))),
        any::<bool>().prop_map(move |not| term(Field::Active, not, Value::When(When::Never))),
    ]
}

proptest! {
    #[test]
    fn what_was_understood_prints_as_itself(text in nearly(), scope in scope()) {
        if let Ok(query) = Query::parse(&text, scope) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed, scope), Ok(query.clone()), "{}", printed);
            let again = Query::parse(&printed, scope).unwrap().to_string();
            prop_assert_eq!(again, printed);
        }
    }

    #[test]
    fn every_search_prints_as_itself(
        words in prop::collection::vec(word(), 0..8),
        parts in prop::collection::vec(filled(), 2),
    ) {
        let part = |field, text: &String| Word::Term(Term {
            field,
            negated: false,
            value: Value::Part(text.clone()),
        });
        let fields = [Field::Email, Field::Name];
        let parts = fields.into_iter().zip(&parts).map(|(field, text)| part(field, text));
        let query = Query { words: words.into_iter().chain(parts).collect() };
        let printed = query.to_string();
        prop_assert_eq!(Query::parse(&printed, Scope::Users), Ok(query), "{}", printed);
    }

    #[test]
    fn mistakes_lie_within_the_text_and_say_something(text in nearly(), scope in scope()) {
        if let Err(mistake) = Query::parse(&text, scope) {
            let marked = text.get(mistake.at.clone());
            prop_assert!(marked.is_some_and(|marked| !marked.is_empty()), "{:?}", mistake);
            prop_assert!(mistake.help.ends_with('.') && mistake.help.is_ascii());
            prop_assert!(!mistake.help.contains(char::is_control));
        }
    }

    #[test]
    fn no_text_and_no_time_is_too_strange(
        text in nearly(),
        scope in scope(),
        now in any::<i64>(),
        berlin in any::<bool>(),
    ) {
        let zone = if berlin { super::berlin() } else { TimeZone::UTC };
        if let Ok(query) = Query::parse(&text, scope) {
            let now = Timestamp::from_millis(now);
            query.users(now, &zone);
            query.sessions(now, &zone);
            query.organizations(now, &zone);
        }
    }

    #[test]
    fn ranges_hold_at_every_time(when in when(), now in any::<i64>(), soon in 0..4_000_000_000_000i64) {
        for now in [now, soon].map(Timestamp::from_millis) {
            let (span, days) = (when.span(now, &berlin()), when.span_of_days(now, &berlin()));
            // Widening loses nobody.
            prop_assert!(days.after <= span.after || span.after.is_none());
            prop_assert!(days.before.is_none() == span.before.is_none() && days.before >= span.before);
            prop_assert_eq!(When::parse(&when.to_string()), Ok(when));
        }
    }

    #[test]
    fn tab_completes_any_text_at_any_place(text in nearly(), scope in scope()) {
        for cursor in 0..text.len() + 3 {
            let Some(completion) = complete(&text, cursor, scope) else { continue };
            prop_assert!(text.get(completion.replace.clone()).is_some());
            prop_assert!(completion.replace.end <= cursor);
            prop_assert!(!completion.with.is_empty());
            let common = completion.common();
            prop_assert!(completion.with.iter().all(|word| word.starts_with(common)));
        }
    }
}
