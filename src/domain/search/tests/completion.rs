//! What Tab completes.

use super::*;

/// What stands in the place of `|`, and what Tab makes of it.
fn at_cursor(text: &str, scope: Scope) -> Option<(String, Completion)> {
    let cursor = text.find('|').unwrap();
    let text = text.replace('|', "");
    let completion = complete(&text, cursor, scope)?;
    let mut after = text.clone();
    after.replace_range(completion.replace.clone(), completion.common());
    Some((after, completion))
}

fn after(text: &str, scope: Scope) -> Option<String> {
    at_cursor(text, scope).map(|(after, _)| after)
}

#[test]
fn one_candidate_is_completed_and_many_as_far_as_they_agree() {
    let users = |text| after(text, Scope::Users);
    assert_eq!(users("em|").as_deref(), Some("email:"));
    assert_eq!(
        users("alice EM| chen").as_deref(),
        Some("alice email: chen")
    );
    assert_eq!(users("p|").as_deref(), Some("p"));
    assert_eq!(users("is:b|").as_deref(), Some("is:banned"));
    assert_eq!(users("-has:pass|").as_deref(), Some("-has:pass"));
    assert_eq!(users("-has:passk|").as_deref(), Some("-has:passkey"));
    assert_eq!(users("created:>|").as_deref(), Some("created:>30d"));
    assert_eq!(users("signin:2|").as_deref(), Some("signin:2026-01"));
    assert_eq!(users("-signin:|").as_deref(), Some("-signin:never"));
    assert_eq!(
        after("is:|", Scope::Sessions).as_deref(),
        Some("is:impersonated")
    );
    for text in [
        "x|", "email:a|", "is:x|", "\"em|", "em |x:", "-email|", "foo:|",
    ] {
        let whole = users(text);
        assert!(whole.is_none() || text == "em |x:", "{text}: {whole:?}");
    }
}

#[test]
fn all_words_of_the_view_are_offered_where_nothing_is_typed() {
    for scope in Scope::ALL {
        let (_, all) = at_cursor("alice |", scope).unwrap();
        let rows = FIELDS.iter().filter(|row| row.field.works_in(scope));
        let words: Vec<String> = rows.map(|row| format!("{}:", row.word)).collect();
        assert_eq!((all.common(), &all.with), ("", &words));
    }
    let (_, negated) = at_cursor("-|", Scope::Users).unwrap();
    assert_eq!(
        negated.with,
        [
            "-id:", "-ext:", "-org:", "-is:", "-has:", "-meta:", "-active:", "-signin:"
        ]
    );
}

#[test]
fn whatever_is_offered_is_understood() {
    for scope in Scope::ALL {
        for prefix in [
            "is:",
            "has:",
            "-is:",
            "created:",
            "active:",
            "-active:",
            "-created:",
        ] {
            for word in complete(prefix, prefix.len(), scope).map_or(vec![], |c| c.with) {
                parse(&word, scope);
            }
        }
    }
}
