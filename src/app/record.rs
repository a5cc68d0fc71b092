//! A person's whole record as one JSON text, by the names of the API.

use serde_json::{Value, json};

use crate::domain::{Json, Membership, Row, Session, Timestamp, Untrusted, User};

/// The text: the user as Clerk answered it, sessions and memberships as they were
/// read. All that a screen would not show as it is, is escaped.
pub fn text(
    now: Timestamp,
    user: &User,
    sessions: &[Row<Session>],
    memberships: &[Row<Membership>],
) -> String {
    let record = json!({
        "saved_at": now.millis(),
        "user": user.raw.raw(),
        "sessions": rows(sessions, session),
        "organization_memberships": rows(memberships, membership),
    });
    Json::new(record).editable() + "\n"
}

fn rows<T>(rows: &[Row<T>], row: impl Fn(&T) -> Value) -> Value {
    let one = |one: &Row<T>| match one {
        Row::Read(read) => row(read),
        Row::Unreadable(odd) => {
            json!({ "id": word(odd.id.as_ref()), "unreadable": odd.why.raw() })
        }
    };
    Value::Array(rows.iter().map(one).collect())
}

fn session(session: &Session) -> Value {
    let activity = &session.activity;
    json!({
        "id": session.id.as_str(),
        "user_id": session.user.as_str(),
        "status": session.status.api_name(),
        "actor": session.actor.as_ref().map(|actor| json!({ "sub": actor.raw() })),
        "created_at": time(session.created),
        "last_active_at": time(session.last_active),
        "expire_at": time(session.expires),
        "latest_activity": {
            "device_type": word(activity.device.as_ref()),
            "browser_name": word(activity.browser.as_ref()),
            "browser_version": word(activity.browser_version.as_ref()),
            "ip_address": word(activity.ip.as_ref()),
            "city": word(activity.city.as_ref()),
            "country": word(activity.country.as_ref()),
            "is_mobile": activity.mobile,
        },
    })
}

fn membership(membership: &Membership) -> Value {
    let organization = &membership.organization;
    json!({
        "id": membership.id.raw(),
        "role": membership.role.raw(),
        "created_at": time(membership.created),
        "organization": {
            "id": organization.id.as_str(),
            "name": organization.name.raw(),
            "slug": word(organization.slug.as_ref()),
        },
    })
}

fn word(text: Option<&Untrusted>) -> Option<&str> {
    text.map(Untrusted::raw)
}

fn time(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::millis)
}
