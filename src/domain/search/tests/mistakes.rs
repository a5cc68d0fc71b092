//! Mistakes: where they are, and what they say.

use super::*;

/// The text that a mistake marks, and what it says.
fn mistake(text: &str, scope: Scope) -> (&str, String) {
    match Query::parse(text, scope) {
        Err(mistake) => (&text[mistake.at], mistake.help),
        Ok(query) => panic!("{text} is understood: {query:?}"),
    }
}

/// What is typed into the users' box, what of it is marked, and what is said.
type Row = (&'static str, &'static str, &'static str);

fn each_is_told(rows: &[Row]) {
    for (text, marked, help) in rows {
        let expected = (*marked, (*help).to_owned());
        assert_eq!(mistake(text, Scope::Users), expected, "{text}");
    }
}

#[test]
fn texts_that_no_field_takes_have_their_place_and_say_what_to_write() {
    each_is_told(&[
        (
            "alice email:",
            "email:",
            "email: needs a value, such as email:alice@.",
        ),
        (
            "email:\"\" x",
            "email:\"\"",
            "email: needs a value, such as email:alice@.",
        ),
        (
            "é email:= x",
            "=",
            "email: needs a value, such as email:alice@.",
        ),
        (
            "email:=alice",
            "=alice",
            "email:= takes the whole address. For a part of it leave out the =.",
        ),
        (
            "name:=alice",
            "=alice",
            "name: is only searched in part. Write name: without the =.",
        ),
        (
            "email:a x email:b",
            "email:b",
            "email: is there twice, and Clerk searches for one part. Leave one out.",
        ),
        ("phone:x1", "x1", "phone: takes digits, such as phone:170."),
        (
            "phone:=0170",
            "=0170",
            "phone:= takes the whole number with its country, such as phone:=+491701234567. For a part of it leave out the =.",
        ),
        (
            "id:a/b",
            "a/b",
            "id: takes a whole id, such as id:user_2abc123.",
        ),
        (
            "id:-a",
            "-a",
            "id: takes a whole id, such as id:user_2abc123.",
        ),
        (
            "ext:-a",
            "-a",
            "Clerk reads a + or - before an external id as a sign, so this one cannot be asked for.",
        ),
        (
            "provider:google",
            "google",
            "provider: takes a provider and the id that the person has there, such as provider:google/123.",
        ),
        (
            "provider:a/1 provider:b/2",
            "provider:b/2",
            "provider: is there twice, and Clerk looks for one account. Leave one out.",
        ),
    ]);
}

#[test]
fn states_keys_and_times_that_are_none_say_what_to_write() {
    each_is_told(&[
        ("is:", "is:", "is: needs a value, such as is:banned."),
        (
            "is:\"b x\"",
            "b x\"",
            "is: takes banned, locked, mfa, unverified or deprovisioned.",
        ),
        ("is:password", "password", "Write has:password."),
        ("has:mfa", "mfa", "Write is:mfa."),
        (
            "is:impersonated",
            "impersonated",
            "is:impersonated works in Sessions. Press 2.",
        ),
        (
            "is:mfa -is:mfa",
            "-is:mfa",
            "The search says both this and its opposite. Leave one out.",
        ),
        (
            "meta:",
            "meta:",
            "meta: needs a key, such as meta:plan=pro.",
        ),
        (
            "meta:a..b",
            "a..b",
            "meta: needs a key, such as meta:plan=pro.",
        ),
        (
            "meta:a=",
            "a=",
            "meta: needs a value after the =, such as meta:plan=pro. For any value leave out the =.",
        ),
        (
            "created:30",
            "30",
            "created: takes >30d (longer ago), <2h (since then), today, yesterday, 2026-01-31, 2026-01, 2026, or two of these with .. between them.",
        ),
        (
            "created:>30",
            ">30",
            "created: needs a unit: m, h, d, w, mo (months) or y, as in created:>30d.",
        ),
        ("created:>0d", ">0d", "created: takes 1 to 9999 of a unit."),
        (
            "signin:2026-02-30",
            "2026-02-30",
            "The calendar has no such day.",
        ),
        (
            "created:2026..2025",
            "2026..2025",
            "This range ends before it begins. Write the earlier day first.",
        ),
        (
            "created:never",
            "never",
            "Everything was created once. Leave out created:never.",
        ),
        (
            "ip:1.2.3.4",
            "ip:1.2.3.4",
            "ip: works in Sessions. Press 2.",
        ),
    ]);
}

#[test]
fn what_cannot_be_left_out_says_what_to_write_instead() {
    let can = "It can by -id:, -ext:, -org:, -is:, -has: or -meta:.";
    for (text, help) in [
        ("-email:a", format!("Clerk cannot leave out by email:. {can}")),
        ("-wallet:a", format!("Clerk cannot leave out by wallet:. {can}")),
        ("-provider:a/b", format!("Clerk cannot leave out by provider:. {can}")),
        (
            "-created:>30d",
            "Clerk cannot leave out a span of created:. Write created:<30d instead.".to_owned(),
        ),
        (
            "-signin:2026-01..",
            "Clerk cannot leave out a span of signin:. Write signin:..2025-12-31 instead.".to_owned(),
        ),
        (
            "-active:2026",
            "Clerk cannot leave out a span of active:. Name the days that you want, such as active:2026-01..".to_owned(),
        ),
    ] {
        assert_eq!(mistake(text, Scope::Users), (text, help));
    }
}

#[test]
fn unknown_words_offer_what_is_near() {
    for (text, marked, near) in [
        ("mail:x", "mail", Some("email:")),
        ("emial:x", "emial", Some("email:")),
        ("-Organization:x", "-Organization", Some("org:")),
        ("external:x", "external", Some("ext:")),
        ("i:x", "i", Some("id: or is:")),
        ("isolated:x", "isolated", None),
        ("foo:bar", "foo", None),
    ] {
        let (at, help) = mistake(text, Scope::Users);
        assert_eq!(at, marked);
        let word = marked.trim_start_matches('-').to_lowercase();
        let expected = near.map_or_else(
            || format!("There is no word {word}: here. In quotes it is searched for as text."),
            |near| format!("There is no word {word}:. Did you mean {near}? In quotes it is searched for as text."),
        );
        assert_eq!(help, expected);
    }
}

#[test]
fn words_of_other_views_say_where_they_work() {
    for (text, scope, help) in [
        (
            "email:a",
            Scope::Sessions,
            "email: works in Users. Press 1.",
        ),
        ("-ip:1", Scope::Users, "ip: works in Sessions. Press 2."),
        (
            "active:today",
            Scope::Organizations,
            "active: works in Users and Sessions. Press 1 or 2.",
        ),
        (
            "is:banned",
            Scope::Organizations,
            "is: works in Users and Sessions. Press 1 or 2.",
        ),
    ] {
        assert_eq!(mistake(text, scope), (text, help.to_owned()));
    }
    assert_eq!(
        mistake("is:banned", Scope::Sessions).1,
        "is:banned works in Users. Press 1."
    );
    assert_eq!(
        mistake("id:/", Scope::Sessions).1,
        "id: takes a whole id, such as id:sess_2abc123."
    );
}

#[test]
fn clerk_takes_a_hundred_values_of_a_field() {
    let words: Vec<String> = (0..101).map(|n| format!("id:user_{n}")).collect();
    let text = words.join(" ");
    let (marked, help) = mistake(&text, Scope::Users);
    assert_eq!(marked, "id:user_100");
    assert_eq!(
        help,
        "id: is there more than 100 times, which is more than Clerk takes."
    );
    assert!(Query::parse(&text, Scope::Sessions).is_ok());
}
