//! A choice among several changes of how somebody signs in.

use crate::app::dialog::COLUMNS;
use crate::app::report::provider;
use crate::app::text::cut;
use crate::domain::{Credential, Policy, User};

/// What the choice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Passkeys, linked accounts and wallets.
    Credentials,
    /// The password.
    Password,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Take this one away.
    Remove(Credential),
    /// Set a password.
    SetPassword,
    /// Take the password away.
    RemovePassword,
}

/// The list, and the cursor in it.
#[derive(Debug)]
pub struct Choice {
    /// What it is about.
    pub about: About,
    /// Which row has the cursor.
    pub cursor: usize,
    rows: Option<Vec<(Way, String)>>,
}

impl Choice {
    /// A list with nothing in it yet.
    pub(super) const fn new(about: About) -> Self {
        Self {
            about,
            cursor: 0,
            rows: None,
        }
    }

    /// Fills the list, once: what stands under the cursor stays.
    pub(super) fn fill(&mut self, user: &User, policy: &Policy) {
        let rows = || match self.about {
            About::Credentials => credentials(user)
                .into_iter()
                .map(|(one, name)| (Way::Remove(one), name))
                .collect(),
            About::Password => {
                let mut rows = Vec::new();
                if policy.may("set-password") {
                    rows.push((Way::SetPassword, "set a new password".to_owned()));
                }
                if user.password && policy.may("remove-password") {
                    rows.push((Way::RemovePassword, "remove the password".to_owned()));
                }
                rows
            }
        };
        if self.rows.is_none() {
            self.rows = Some(rows());
        }
    }

    /// What can be chosen, with its words.
    pub fn rows(&self) -> &[(Way, String)] {
        self.rows.as_deref().unwrap_or_default()
    }

    /// What is under the cursor.
    pub fn selected(&self) -> Option<&Way> {
        self.rows().get(self.cursor).map(|(way, _)| way)
    }

    /// Moves the cursor.
    pub(super) fn move_by(&mut self, by: isize) {
        let last = self.rows().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }
}

/// Every passkey, linked account and wallet of a user that has an id, with a name.
pub(super) fn credentials(user: &User) -> Vec<(Credential, String)> {
    let passkeys = user.passkeys.iter().filter_map(|passkey| {
        let name = format!("passkey {}", passkey.name.shown());
        Some((Credential::Passkey(passkey.id.clone()?), name))
    });
    let accounts = user.accounts.iter().filter_map(|account| {
        let whose = account.email.as_ref().or(account.username.as_ref());
        let whose = whose.map_or_else(String::new, |text| format!(" · {}", text.shown()));
        let name = format!("{}{whose}", provider(&account.provider));
        Some((Credential::Account(account.id.clone()?), name))
    });
    let wallets = user.wallets.iter().filter_map(|wallet| {
        let name = format!("wallet {}", wallet.text.shown());
        Some((Credential::Wallet(wallet.id.clone()?), name))
    });
    let all = passkeys.chain(accounts).chain(wallets);
    all.map(|(one, name)| (one, cut(&name, COLUMNS - 2)))
        .collect()
}
