//! What goes back: a status and a JSON body, in Clerk's words where it refuses.

use serde_json::{Value, json};

/// An answer before it is written to the wire.
pub(super) struct Reply {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<u64>,
}

/// What a handler gives back: both sides are sent, the error side early.
pub(super) type Answer = Result<Reply, Reply>;

#[allow(clippy::unnecessary_wraps, reason = "the last word of every handler")]
pub(super) fn ok(body: Value) -> Answer {
    Ok(Reply {
        status: 200,
        body,
        retry_after: None,
    })
}

pub(super) fn error(status: u16, code: &str, message: &str, long: &str, meta: &Value) -> Reply {
    Reply {
        status,
        body: json!({
            "errors": [{ "message": message, "long_message": long, "code": code, "meta": meta }],
        }),
        retry_after: None,
    }
}

pub(super) fn refused(param: &str, code: &str, message: &str, long: &str) -> Reply {
    error(422, code, message, long, &json!({ "param_name": param }))
}

pub(super) fn invalid(param: &str, long: &str) -> Reply {
    refused(param, "form_param_value_invalid", "is invalid", long)
}

pub(super) fn unknown(param: &str) -> Reply {
    let long = format!("{param} is not a valid parameter for this request.");
    refused(param, "form_param_unknown", "is unknown", &long)
}

pub(super) fn missing(param: &str) -> Reply {
    let long = format!("{param} must be included.");
    refused(param, "form_param_missing", "is missing", &long)
}

pub(super) fn taken(param: &str) -> Reply {
    let thing = match param {
        "email_address" => "email address",
        "phone_number" => "phone number",
        "web3_wallet" => "web3 wallet",
        "external_id" => "external id",
        other => other,
    };
    let text = format!("That {thing} is taken. Please try another.");
    refused(param, "form_identifier_exists", &text, &text)
}

pub(super) fn not_found(kind: &str, id: &str) -> Reply {
    let long = format!("No {kind} was found with id {id}");
    error(404, "resource_not_found", "not found", &long, &json!({}))
}

pub(super) fn no_such_route(method: &str, path: &str) -> Reply {
    let long = format!("The demo server does not know {method} {path}.");
    error(404, "resource_not_found", "not found", &long, &json!({}))
}

pub(super) fn unauthenticated(given: bool) -> Reply {
    if given {
        let text = "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.";
        error(401, "clerk_key_invalid", text, text, &json!({}))
    } else {
        error(
            401,
            "authorization_header_format_invalid",
            "Invalid Authorization header format",
            "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'",
            &json!({}),
        )
    }
}

pub(super) fn too_many(retry_after: Option<u64>) -> Reply {
    let mut reply = error(
        429,
        "too_many_requests",
        "Too many requests. Please try again in a bit.",
        "Too many requests, please wait a while before trying again.",
        &json!({}),
    );
    reply.retry_after = retry_after;
    reply
}
