//! Orders of the user list.

/// The fields that `GET /users` can order by (`order_by`, OpenAPI 2026-05-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserOrderBy {
    /// `created_at`: the only order that the cursor `starting_after` serves.
    Created,
    /// `updated_at`
    Updated,
    /// `email_address`
    Email,
    /// `web3wallet`
    Wallet,
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
    /// `phone_number`
    Phone,
    /// `username`
    Username,
    /// `last_active_at`
    LastActive,
    /// `last_sign_in_at`
    LastSignIn,
}

impl UserOrderBy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Created,
        Self::LastSignIn,
        Self::LastActive,
        Self::Updated,
        Self::Email,
        Self::FirstName,
        Self::LastName,
        Self::Username,
        Self::Phone,
        Self::Wallet,
    ];

    /// The name the API knows it by.
    pub const fn api_name(self) -> &'static str {
        match self {
            Self::Created => "created_at",
            Self::Updated => "updated_at",
            Self::Email => "email_address",
            Self::Wallet => "web3wallet",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Phone => "phone_number",
            Self::Username => "username",
            Self::LastActive => "last_active_at",
            Self::LastSignIn => "last_sign_in_at",
        }
    }
}

/// An order of the user list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserOrder {
    /// The field.
    pub by: UserOrderBy,
    /// Whether the largest (newest) comes first.
    pub descending: bool,
}

impl UserOrder {
    /// Newest accounts first: Clerk's default, and ours.
    pub const NEWEST: Self = Self {
        by: UserOrderBy::Created,
        descending: true,
    };

    /// The same from its other end.
    pub const fn reversed(self) -> Self {
        Self {
            by: self.by,
            descending: !self.descending,
        }
    }

    /// Whether `starting_after` may be used; any other order needs an offset
    /// (Clerk answers 422 otherwise).
    pub const fn has_cursor(self) -> bool {
        matches!(self.by, UserOrderBy::Created)
    }
}

impl Default for UserOrder {
    fn default() -> Self {
        Self::NEWEST
    }
}
