//! The room as a whole, against servers that answer by a script.

mod brake;
mod deed_answers;
mod deeds;
mod pace;
mod paths;
mod reads;
mod rows;
mod server;
mod shares;
mod transport;
mod updates;
mod writes;

use serde_json::{Value, json};

use super::{Again, BaseUrl, Reader, Settings, Shares, Writer, freely};
use crate::domain::{
    Action, Answer, ApiError, Change, Fetch, Known, Lane, OpId, Outcome, Permit, Policy, Secret,
    UserFilter, UserId, UserOrder,
};
use server::Server;

const KEY: &str = "sk_test_do_not_tell";

fn settings(base: &str) -> Settings {
    Settings {
        base: BaseUrl::parse(base).unwrap(),
        key: Secret::new(KEY),
        limit: 0,
        shares: Shares::default(),
    }
}

fn reader(server: &Server) -> Reader {
    Reader::new(settings(&server.base))
}

async fn fetch(server: &Server, fetch: &Fetch) -> Result<Answer, ApiError> {
    reader(server).fetch(fetch, Lane::Hands).await
}

async fn change(base: &str, action: Action) -> Outcome {
    change_by(Reader::new(settings(base)), action, &freely).await
}

async fn change_by(reader: Reader, action: Action, again: &Again) -> Outcome {
    let op = OpId { run: 1, n: 1 };
    let change = Change::new(op, action);
    let permit = Permit::check(change, &Policy::default(), |_| Known::default()).unwrap();
    Writer::new(reader).change(&permit, again).await
}

fn user(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

fn users() -> Fetch {
    Fetch::Users {
        filter: UserFilter::default().into(),
        order: UserOrder::NEWEST,
        start: crate::domain::Start::First,
        limit: 100,
    }
}

/// A user with the fields that tests look at.
fn alice() -> Value {
    json!({
        "id": "user_1", "object": "user", "first_name": "Alice", "last_name": "Chen",
        "primary_email_address_id": "idn_2",
        "email_addresses": [
            {"id": "idn_1", "email_address": "old@example.com",
             "verification": {"status": "unverified"}, "linked_to": []},
            {"id": "idn_2", "email_address": "alice@example.com",
             "verification": {"status": "verified"},
             "linked_to": [{"type": "oauth_google", "id": "eac_1"}]},
        ],
        "phone_numbers": [], "banned": false, "locked": false,
        "created_at": 1_700_000_000_000_i64, "last_sign_in_at": null,
        "public_metadata": {"plan": "pro"}, "private_metadata": null,
    })
}
