//! Which users are asked for: what `GET /users` can filter by, and what only we can tell.

use super::{Json, Timestamp};

/// The filters of `GET /users` and `GET /users/count` (OpenAPI 2026-05-12), and
/// the metadata that is judged here, since Clerk cannot filter by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// `query`: a part of an e-mail address, phone number, username, wallet, id
    /// or name; left out if blank
    pub query: String,
    /// `…_query`: a part of one field; each field at most once
    pub partial: Vec<(PartialField, String)>,
    /// The exact values of one field; several of the same field mean any of them
    pub exact: Vec<Exact>,
    /// `provider` and `provider_user_id`
    pub provider: Option<(String, String)>,
    /// `banned`
    pub banned: Option<bool>,
    /// `created_at_after`, `created_at_before`
    pub created: Span,
    /// `last_active_at_after`, `last_active_at_before`
    pub active: Span,
    /// `last_sign_in_at_after`, `last_sign_in_at_before`
    pub signed_in: Span,
    /// Not sent: a page is decoded with it, and only rows that pass all of it are kept
    pub metadata: Vec<MetadataTest>,
}

/// A field of which Clerk searches a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialField {
    /// `email_address_query`
    Email,
    /// `phone_number_query`
    Phone,
    /// `username_query`
    Username,
    /// `name_query`
    Name,
}

/// A field that Clerk compares as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExactField {
    /// `email_address`
    Email,
    /// `phone_number`
    Phone,
    /// `username`
    Username,
    /// `external_id`; can be negated
    ExternalId,
    /// `user_id`; can be negated
    UserId,
    /// `web3_wallet`
    Wallet,
    /// `organization_id`; can be negated
    Organization,
}

impl ExactField {
    /// Whether the API takes a `-` before the value, to leave somebody out.
    pub const fn can_negate(self) -> bool {
        matches!(self, Self::ExternalId | Self::UserId | Self::Organization)
    }
}

/// One exact value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact {
    /// Of what.
    pub field: ExactField,
    /// As the API compares it.
    pub value: String,
    /// Whether those who have it are left out; only where [`ExactField::can_negate`].
    pub negated: bool,
}

/// A span of time. The API does not promise whether its ends belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// `…_after`
    pub after: Option<Timestamp>,
    /// `…_before`
    pub before: Option<Timestamp>,
}

impl Span {
    /// Whether it has no end at all, and so is not sent.
    pub const fn is_open(self) -> bool {
        self.after.is_none() && self.before.is_none()
    }

    /// What lies in both.
    pub fn and(self, other: Self) -> Self {
        let before = match (self.before, other.before) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self {
            after: self.after.max(other.after),
            before,
        }
    }

    /// Whether a time lies in it, its ends left out.
    pub fn holds(self, time: Timestamp) -> bool {
        self.after.is_none_or(|after| time > after)
            && self.before.is_none_or(|before| time < before)
    }
}

/// What is asked of a user's metadata: public, private or unsafe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataTest {
    /// The key, and the keys below it.
    pub path: Vec<String>,
    /// The value there, as JSON writes it, without the quotes of a string;
    /// `None`: anything, as long as the key is there.
    pub value: Option<String>,
    /// Whether those for whom it holds are left out.
    pub negated: bool,
}

impl MetadataTest {
    /// Whether a user with these three kinds of metadata passes.
    pub fn passes(&self, metadata: [&Json; 3]) -> bool {
        let path = || self.path.iter().map(String::as_str);
        metadata
            .iter()
            .any(|json| json.holds(path(), self.value.as_deref()))
            != self.negated
    }
}

impl UserFilter {
    /// Everybody whom a free text finds.
    pub fn text(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            ..Self::default()
        }
    }

    /// Whether everybody passes.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether Clerk's own count is the number of those who pass.
    pub fn is_all_clerks(&self) -> bool {
        self.metadata.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn two_spans_share_what_lies_in_both() {
        let time = |ms: i64| Some(Timestamp::from_millis(ms));
        let span = |after, before| Span { after, before };
        let both = span(time(1), time(9)).and(span(time(3), None));
        assert_eq!(both, span(time(3), time(9)));
        assert_eq!(both.and(Span::default()), both);
        let holds = |ms| both.holds(Timestamp::from_millis(ms));
        assert!(holds(4) && holds(8) && !holds(3) && !holds(9));
        assert!(Span::default().holds(Timestamp::from_millis(i64::MIN)));
    }

    #[test]
    fn metadata_passes_by_its_key_and_by_its_value() {
        let public = Json::new(json!({"plan": "pro", "billing": {"seats": 5, "trial": null}}));
        let empty = Json::default();
        let passes = |path: &str, value: Option<&str>, negated| {
            let test = MetadataTest {
                path: path.split('.').map(str::to_owned).collect(),
                value: value.map(str::to_owned),
                negated,
            };
            test.passes([&empty, &public, &empty])
        };
        assert!(passes("plan", Some("pro"), false) && !passes("plan", Some("pro"), true));
        assert!(passes("billing.seats", Some("5"), false));
        assert!(
            passes("billing.trial", None, false) && passes("billing.trial", Some("null"), false)
        );
        assert!(!passes("seats", None, false) && passes("seats", None, true));
        assert!(!passes("plan", Some("Pro"), false));
    }
}
