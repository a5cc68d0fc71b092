//! Every word that a search for users knows, against the server's own JSON.

use clerk_tui::domain::search::{FIELDS, FLAGS, Scope};
use serde_json::{Value, json};

use crate::asking::{
    DAY, Desk, active, created, date, emails, is, is_unverified, list, metadata, name, phones,
    signed_in, text, within,
};

/// What must be true of exactly those whom a text finds.
type Is<'a> = Box<dyn Fn(&Value) -> bool + 'a>;

/// The day of a time, where there is one.
fn day(at: Option<i64>) -> String {
    at.map_or_else(String::new, date)
}

/// Whether a list of somebody's has entries.
fn has(user: &Value, key: &str) -> bool {
    !list(user, key).is_empty()
}

/// A table of texts, each with what must be true.
#[derive(Default)]
struct Table<'a>(Vec<(String, Is<'a>)>);

impl<'a> Table<'a> {
    fn row(&mut self, text: impl Into<String>, is: impl Fn(&Value) -> bool + 'a) {
        self.0.push((text.into(), Box::new(is)));
    }

    /// Types each of them into the box; none of them may mean nothing.
    async fn holds(&self, desk: &Desk) {
        for (text, is) in &self.0 {
            let found = desk.answers(text, is).await;
            assert!(found.len() < desk.people.len(), "{text} finds everybody");
        }
    }
}

#[tokio::test]
async fn parts_and_wholes_of_what_people_are_called_by() {
    let desk = Desk::open(240).await;
    let wallet = desk.person(|user| !list(user, "web3_wallets").is_empty());
    let wallet = text(&list(wallet, "web3_wallets")[0], "web3_wallet").to_owned();
    let mut table = Table::default();
    let anywhere = |user: &Value, part: &str| {
        let wallets = list(user, "web3_wallets").iter();
        let texts =
            [text(user, "username"), text(user, "id"), &name(user)].map(|t| within(t, part));
        texts.contains(&true)
            || emails(user)
                .chain(phones(user))
                .any(|text| within(text, part))
            || wallets
                .map(|one| text(one, "web3_wallet"))
                .any(|text| within(text, part))
    };
    for part in [
        "alice",
        "ALICE",
        "example.net",
        "alicec",
        "2abc",
        "555",
        "no-such-person",
    ] {
        table.row(part, move |user| anywhere(user, part));
    }
    table.row("\"alice chen\"", |user| within(&name(user), "alice chen"));
    table.row("\"alice-is:banned\"", |_| false);
    table.row("email:alice@", |user| {
        emails(user).any(|e| within(e, "alice@"))
    });
    table.row("email:example.org", |user| {
        emails(user).any(|e| within(e, "example.org"))
    });
    table.row("email:old.", |user| emails(user).any(|e| within(e, "old.")));
    table.row("email:=alice.old@example.com", |user| {
        text(user, "id") == "user_2abc123"
    });
    table.row(
        "email:=alice@example.com email:=ALICE.NG@example.org email:=x@example.com",
        |user| emails(user).any(|e| ["alice@example.com", "alice.ng@example.org"].contains(&e)),
    );
    table.row("phone:555", |user| phones(user).any(|p| p.contains("555")));
    table.row("phone:1234410", |user| text(user, "id") == "user_2abc123");
    table.row("phone:=+495551234410", |user| {
        phones(user).any(|p| p == "+495551234410")
    });
    table.row("username:ali", |user| within(text(user, "username"), "ali"));
    table.row("username:=alicec", |user| {
        text(user, "username") == "alicec"
    });
    table.row("username:=ali", |user| text(user, "username") == "ali");
    table.row("name:chen", |user| within(&name(user), "chen"));
    table.row("name:\"alice n\"", |user| within(&name(user), "alice n"));
    table.row("name:müller", |user| within(&name(user), "müller"));
    table.row("id:user_2abc123", |user| text(user, "id") == "user_2abc123");
    table.row("-id:user_2abc123", |user| {
        text(user, "id") != "user_2abc123"
    });
    table.row("id:user_2abc", |_| false);
    table.row("ext:crm-4411", |user| {
        text(user, "external_id") == "crm-4411"
    });
    table.row("-ext:crm-4411", |user| {
        text(user, "external_id") != "crm-4411"
    });
    let row = wallet.clone();
    table.row(format!("wallet:{wallet}"), move |user| {
        list(user, "web3_wallets")
            .iter()
            .any(|one| text(one, "web3_wallet") == row)
    });
    table.holds(&desk).await;
}

#[tokio::test]
async fn organizations_accounts_and_states_that_clerk_knows() {
    let desk = Desk::open(240).await;
    let acme = desk.members("acme-research").await;
    let beta = desk.members("beta-1").await;
    assert!(acme.len() > 10 && beta.len() > 5 && acme != beta);
    let path = "/organizations/acme-research";
    let id = crate::asking::json(&desk.journey, path).await;
    let id = text(&id, "id");
    let of = |members: &std::collections::HashSet<String>, user: &Value| {
        members.contains(text(user, "id"))
    };
    let account = desk.person(|user| !list(user, "external_accounts").is_empty());
    let account = &list(account, "external_accounts")[0];
    let provider = text(account, "provider").to_owned();
    let number = text(account, "provider_user_id").to_owned();
    let mut table = Table::default();
    table.row(format!("org:{id}"), |user| of(&acme, user));
    table.row("org:acme-research", |user| of(&acme, user));
    table.row("org:\"acme research\"", |user| of(&acme, user));
    table.row("org:acme", |user| of(&acme, user));
    table.row("-org:acme-research", |user| !of(&acme, user));
    table.row("org:Acme org:Beta", |user| {
        of(&acme, user) || of(&beta, user)
    });
    table.row("org:acme -org:beta", |user| {
        of(&acme, user) && !of(&beta, user)
    });
    table.row("org:acme is:banned", |user| {
        of(&acme, user) && is(user, "banned")
    });
    table.row("org:acme has:phone", |user| {
        of(&acme, user) && phones(user).count() > 0
    });
    let short = provider.trim_start_matches("oauth_").to_owned();
    for provider in [short, provider.clone()] {
        table.row(format!("provider:{provider}/{number}"), |user| {
            list(user, "external_accounts")
                .iter()
                .any(|one| text(one, "provider_user_id") == number)
        });
    }
    table.row(format!("provider:{provider}/1"), |_| false);
    table.row("is:banned", |user| is(user, "banned"));
    table.row("-is:banned", |user| !is(user, "banned"));
    table.row("alice -is:banned", |user| {
        within(&name(user), "alice") && !is(user, "banned")
    });
    table.holds(&desk).await;
}

#[tokio::test]
async fn an_organization_that_is_not_there_says_so_and_one_of_several_asks_which() {
    let desk = Desk::open(240).await;
    let rows = desk.journey.screen();
    for (query, says) in [
        ("org:nowhere", "There is no organization “nowhere”."),
        ("org:a", "organizations are called so:"),
    ] {
        desk.journey.keys("/");
        desk.journey.press_with(
            crossterm::event::KeyCode::Char('u'),
            crossterm::event::KeyModifiers::CONTROL,
        );
        desk.journey
            .keys(query)
            .press(crossterm::event::KeyCode::Enter);
        desk.journey.until_screen_contains(says).await;
        // Nobody was asked for: the rows are those of before.
        let line = |screen: &str| {
            screen
                .lines()
                .find(|line| line.contains('▌'))
                .map(str::to_owned)
        };
        assert_eq!(line(&desk.journey.screen()), line(&rows));
        desk.journey
            .keys("B")
            .until_screen_contains("Still searching")
            .await;
        // What is typed without a pause behind a refused change is no command.
        desk.journey
            .later(std::time::Duration::from_millis(300))
            .await;
    }
    assert_eq!(desk.journey.writes(), [""; 0]);
}

#[tokio::test]
async fn times_by_day_by_age_and_never() {
    let desk = Desk::open(240).await;
    let now = desk.now;
    let today = desk.midnight(0);
    let later = |at: Option<i64>, than: i64| at.is_some_and(|at| at >= than);
    let earlier = |at: Option<i64>, than: i64| at.is_some_and(|at| at < than);
    let mut table = Table::default();
    table.row("created:>365d", |user| {
        earlier(created(user), now - 365 * DAY)
    });
    table.row("created:<12w", |user| later(created(user), now - 84 * DAY));
    table.row("created:<200h", |user| {
        later(created(user), now - 200 * DAY / 24)
    });
    table.row("created:today", |user| desk.is_on(created(user), 0));
    table.row("created:yesterday", |user| desk.is_on(created(user), 1));
    table.row("signin:..yesterday", |user| earlier(signed_in(user), today));
    let (from, to) = (date(desk.midnight(120)), date(desk.midnight(60)));
    let (month, year) = (from[..7].to_owned(), from[..4].to_owned());
    let days = format!("created:{from}..{to}");
    table.row(days, {
        let (from, to) = (from.clone(), to.clone());
        move |user| (from.as_str()..=to.as_str()).contains(&day(created(user)).as_str())
    });
    table.row(format!("created:{from}.."), {
        let from = from.clone();
        move |user| day(created(user)) >= from
    });
    table.row(format!("created:{from}"), |user| {
        desk.is_on(created(user), 120)
    });
    for word in ["created", "signin"] {
        let month = month.clone();
        table.row(format!("{word}:{month}"), move |user| {
            let at = if word == "created" {
                created(user)
            } else {
                signed_in(user)
            };
            day(at).starts_with(&month)
        });
    }
    table.row(format!("created:{year} created:<500d"), move |user| {
        day(created(user)).starts_with(&year) && later(created(user), now - 500 * DAY)
    });
    table.row("signin:<2h", |user| {
        later(signed_in(user), now - 2 * DAY / 24)
    });
    table.row("signin:>90d", |user| {
        earlier(signed_in(user), now - 90 * DAY)
    });
    table.row("signin:today", |user| desk.is_on(signed_in(user), 0));
    table.row("signin:yesterday", |user| desk.is_on(signed_in(user), 1));
    table.row("signin:never", |user| signed_in(user).is_none());
    table.row("-signin:never", |user| signed_in(user).is_some());
    table.row("active:today", |user| desk.is_on(active(user), 0));
    table.row("active:yesterday", |user| desk.is_on(active(user), 1));
    table.row("active:never", |user| active(user).is_none());
    table.row("-active:never", |user| active(user).is_some());
    // Of these the day only is known: who was active on the day of the cut may
    // have been so before or after it, and is in both. Whose day it is, is not
    // documented, so it is the one of Greenwich and the one of here together.
    let greenwich = |at: i64| at - at.rem_euclid(DAY);
    let (ninety, seven) = (now - 90 * DAY, now - 7 * DAY);
    let end = (greenwich(ninety) + DAY).max(desk.midnight(89));
    let start = greenwich(seven).min(desk.midnight(7));
    table.row("active:>90d", move |user| earlier(active(user), end));
    table.row("active:<7d", move |user| later(active(user), start));
    table.holds(&desk).await;
}

#[tokio::test]
async fn what_rows_tell_and_clerk_does_not() {
    let desk = Desk::open(240).await;
    let mut table = Table::default();
    let mut both = |word: &str, is: fn(&Value) -> bool| {
        table.row(word, is);
        table.row(format!("-{word}"), move |user| !is(user));
    };
    both("is:locked", |user| is(user, "locked"));
    both("is:mfa", |user| is(user, "two_factor_enabled"));
    both("is:unverified", is_unverified);
    both("has:password", |user| is(user, "password_enabled"));
    both("has:email", |user| emails(user).count() > 0);
    both("has:phone", |user| phones(user).count() > 0);
    both("has:username", |user| !text(user, "username").is_empty());
    both("has:name", |user| !name(user).is_empty());
    table.row("is:deprovisioned", |user| is(user, "deprovisioned"));
    table.row("has:passkey", |user| has(user, "passkeys"));
    table.row("-has:passkey", |user| !has(user, "passkeys"));
    table.row("has:linked", |user| has(user, "external_accounts"));
    table.row("-has:linked", |user| !has(user, "external_accounts"));
    table.row("has:enterprise", |user| has(user, "enterprise_accounts"));
    table.row("has:wallet", |user| has(user, "web3_wallets"));
    table.row("has:password -is:mfa has:phone", |user| {
        is(user, "password_enabled") && !is(user, "two_factor_enabled") && phones(user).count() > 0
    });
    desk.ask("is:locked").await;
    desk.journey
        .until_screen_contains("Filtered among all 240.")
        .await;
    for (text, is) in &table.0 {
        desk.answers(text, is).await;
    }
    assert!(
        FLAGS
            .iter()
            .filter(|row| row.scope == Scope::Users)
            .all(|row| {
                let word = format!("{}:{}", row.field.help().word, row.word);
                word == "is:banned" || table.0.iter().any(|(text, _)| *text == word)
            })
    );
}

#[tokio::test]
async fn metadata_by_key_and_value() {
    let desk = Desk::open(240).await;
    let any = |_: &Value| true;
    let plan = |user: &Value, plan: &str| metadata(user, "/plan", |value| value == plan);
    let mut table = Table::default();
    table.row("meta:plan=pro", |user| plan(user, "pro"));
    table.row("-meta:plan=pro", |user| !plan(user, "pro"));
    table.row("meta:plan", |user| metadata(user, "/plan", any));
    table.row("-meta:plan", |user| !metadata(user, "/plan", any));
    table.row("meta:beta=true", |user| {
        metadata(user, "/beta", |beta| *beta == json!(true))
    });
    table.row("meta:seats=5", |user| {
        metadata(user, "/seats", |seats| *seats == json!(5))
    });
    table.row("meta:support.tier=2", |user| {
        metadata(user, "/support/tier", |t| *t == json!(2))
    });
    table.row("meta:features.sso=false", |user| {
        text(user, "id") == "user_2abc123"
    });
    table.row("meta:theme=dark meta:onboarded=true", |user| {
        metadata(user, "/theme", |theme| theme == "dark")
            && metadata(user, "/onboarded", |done| *done == json!(true))
    });
    table.row("meta:plan=pro is:banned", |user| {
        plan(user, "pro") && is(user, "banned")
    });
    table.row("meta:plan=pro is:mfa", |user| {
        plan(user, "pro") && is(user, "two_factor_enabled")
    });
    table.row("meta:nothing=here", |_| false);
    table.holds(&desk).await;
}

#[tokio::test]
async fn several_words_must_all_hold() {
    let desk = Desk::open(240).await;
    let now = desk.now;
    let mut table = Table::default();
    let old = move |user: &Value| created(user).unwrap() < now - 365 * DAY;
    table.row("email:example.org is:mfa", |user| {
        emails(user).any(|e| within(e, "example.org")) && is(user, "two_factor_enabled")
    });
    table.row("created:>365d signin:never", move |user| {
        old(user) && signed_in(user).is_none()
    });
    table.row("created:>365d -has:password -is:banned", move |user| {
        old(user) && !is(user, "password_enabled") && !is(user, "banned")
    });
    table.row("alice is:locked", |user| {
        within(&name(user), "alice") && is(user, "locked")
    });
    table.row("alice -is:locked has:email", |user| {
        within(&name(user), "alice") && !is(user, "locked") && emails(user).count() > 0
    });
    table.row("has:username meta:plan=free created:>365d", move |user| {
        old(user)
            && !text(user, "username").is_empty()
            && metadata(user, "/plan", |plan| plan == "free")
    });
    table.holds(&desk).await;
}

#[test]
fn each_field_for_users_is_asked_about_here() {
    let source = include_str!("words.rs");
    let users = FIELDS
        .iter()
        .filter(|row| row.scopes.contains(&Scope::Users));
    for row in users {
        let word = format!("\"{}:", row.word);
        assert!(source.contains(&word), "{}: is not", row.word);
    }
}
