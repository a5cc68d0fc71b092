//! Every answer to a read, to a write, and every refusal: whatever the body is, it
//! becomes an answer or an error in words, and nothing of it is a control.
//!
//! The first byte chooses the question, the rest is the body. `seeds/decode` holds
//! a body of each shape.
#![no_main]

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use clerk_tui::api::{Reply, decoded, decoded_refusal, decoded_write};
use clerk_tui::domain::search::{Pasted, Query, Scope};
use clerk_tui::domain::{
    Action, Answer, ApiError, Factors, Fetch, Id, Start, Targets, Timestamp, UserOrder, UserPage,
};
use libfuzzer_sys::fuzz_target;

/// What the body may answer.
enum Question {
    Read(Fetch),
    Write(Action),
    /// Neither: it refuses, with this status.
    Refused(u16),
}

static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let reads = reads().into_iter().map(Question::Read);
    let writes = writes().into_iter().map(Question::Write);
    let refusals = [400, 401, 402, 403, 404, 409, 422, 429, 500, 503];
    reads
        .chain(writes)
        .chain(refusals.map(Question::Refused))
        .collect()
});

/// The id that the seeds carry, of whatever kind.
fn id<K>() -> Id<K> {
    Id::new("user_2abc123").expect("it is one")
}

fn reads() -> Vec<Fetch> {
    let search = |text: &str| {
        let query = Query::parse(text, Scope::Users).expect("it is one");
        let search = query.users(Timestamp::from_millis(0), &jiff::tz::TimeZone::UTC);
        Arc::new(search.filter)
    };
    let users = |text: &str| Fetch::Users {
        filter: search(text),
        order: UserOrder::default(),
        start: Start::First,
        limit: 500,
    };
    let list = Pasted::of("alice@example.com\nuser_2abc123");
    let entries = match list {
        Pasted::List { entries, .. } => entries,
        _ => unreachable!("two lines are a list"),
    };
    vec![
        users(""),
        users("meta:plan=pro"),
        Fetch::UsersListed {
            filter: search(""),
            entries: entries.into(),
        },
        Fetch::WholeUsers(vec![id()]),
        Fetch::UserCount { filter: search("") },
        Fetch::User(id()),
        Fetch::Sessions {
            user: None,
            status: None,
            offset: 0,
            limit: 500,
        },
        Fetch::Session(id()),
        Fetch::EmailAddress(id()),
        Fetch::Organization("acme".to_owned()),
        Fetch::Organizations {
            query: String::new(),
            offset: 0,
            limit: 500,
        },
        Fetch::Members {
            organization: id(),
            role: None,
            offset: 0,
            limit: 500,
        },
        Fetch::Memberships {
            user: id(),
            offset: 0,
            limit: 500,
        },
        Fetch::Invitations {
            status: None,
            query: String::new(),
            offset: 0,
            limit: 500,
        },
        Fetch::Instance,
    ]
}

/// One write for each way in which their answers are read.
fn writes() -> Vec<Action> {
    let kind = clerk_tui::domain::AddressKind::Email;
    vec![
        Action::Ban(id()),
        Action::BanAll(Targets::new([id()]).expect("one is not too many")),
        Action::Create(Box::default()),
        Action::Delete(id()),
        Action::AddAddress {
            user: id(),
            kind,
            text: "a@example.com".into(),
            traits: clerk_tui::domain::AddressTraits::default(),
        },
        Action::RemoveAddress {
            user: id(),
            kind,
            address: id(),
        },
        Action::RemoveFactors {
            user: id(),
            factors: Factors::All,
        },
        Action::Revoke {
            session: id(),
            user: id(),
        },
        Action::MakeSignInToken {
            user: id(),
            expires_in: Some(600),
        },
        Action::Impersonate {
            user: id(),
            actor: "ann".into(),
            expires_in: None,
            session_max: None,
        },
        Action::RevokeInvitation(id()),
    ]
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, body)) = bytes.split_first() else {
        return;
    };
    let question = &QUESTIONS[usize::from(*choice) % QUESTIONS.len()];
    let reply = || Reply {
        status: 200,
        body: body.to_vec(),
        read_at: Timestamp::from_millis(1_764_000_000_000),
    };
    let read = match question {
        Question::Read(fetch) => decoded(fetch, &reply()),
        Question::Write(action) => decoded_write(action, &reply()),
        Question::Refused(status) => {
            Err(decoded_refusal(*status, Some(Duration::from_secs(1)), body))
        }
    };
    match read {
        Ok(answer) => looked_at(&answer),
        Err(error) => said(&error),
    }
});

/// Whatever a list draws can be drawn.
fn looked_at(answer: &Answer) {
    let printed = format!("{answer:?}");
    assert!(!printed.contains('\x1b'), "{printed}");
    match answer {
        Answer::Users(page) | Answer::Listed { page, .. } => rows(page),
        _ => {}
    }
}

fn rows(page: &UserPage) {
    assert!(page.len() <= page.received);
    for row in 0..page.len() {
        assert_eq!(
            page.row(row).is_none(),
            page.unreadable(row).is_some(),
            "a row is read, or says why not"
        );
        page.line(row);
        page.letters(row);
        page.facts(row);
        let texts = page.end_of(row);
        assert!(texts <= page.text().len());
    }
}

/// An error can be shown as it is.
fn said(error: &ApiError) {
    let message = error.message.shown();
    assert!(!message.is_empty(), "{error:?}");
    assert!(!message.chars().any(char::is_control));
}
