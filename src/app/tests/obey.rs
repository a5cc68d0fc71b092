//! An instance that does what it is told.

use super::world::{World, rows};
use crate::domain::{Action, Answer, Credential, ProfileField, SessionStatus, User};

impl World {
    /// Does what a change says, and answers as Clerk does.
    pub fn obey(&mut self, action: &Action) -> Answer {
        match action {
            Action::Ban(id) => {
                self.find_mut(id).banned = true;
                self.sessions.retain(|session| session.user != *id);
            }
            Action::Unban(id) => self.find_mut(id).banned = false,
            Action::BanAll(targets) | Action::UnbanAll(targets) => {
                let ban = matches!(action, Action::BanAll(_));
                let changed = targets.ids().iter().map(|id| {
                    self.find_mut(id).banned = ban;
                    self.find_mut(id).clone()
                });
                let changed: Vec<User> = changed.collect();
                return Answer::users(rows(&changed));
            }
            Action::Lock(id) => self.find_mut(id).locked = true,
            Action::Unlock(id) => self.find_mut(id).locked = false,
            Action::Delete(id) => {
                self.remove(id);
                return Answer::Deleted(id.clone());
            }
            Action::Edit(id, edit) => {
                let user = self.find_mut(id);
                for edit in &edit.0 {
                    let field = match edit.field {
                        ProfileField::FirstName => &mut user.first_name,
                        ProfileField::LastName => &mut user.last_name,
                        ProfileField::Username => &mut user.username,
                        ProfileField::ExternalId => &mut user.external_id,
                    };
                    field.clone_from(&edit.after);
                }
            }
            Action::MergeMetadata { user, patch } => {
                let user = self.find_mut(user);
                if let Some(patch) = patch.at(&["public_metadata".to_owned()]) {
                    user.public_metadata = user.public_metadata.merged(&patch);
                }
            }
            Action::ReplaceMetadata { user, kinds } => {
                let user = self.find_mut(user);
                if let Some(all) = kinds.at(&["public_metadata".to_owned()]) {
                    user.public_metadata = all;
                }
            }
            Action::Revoke { session, .. } => {
                let found = self.sessions.iter_mut().find(|s| s.id == *session).unwrap();
                found.status = SessionStatus::Revoked;
                return Answer::Session(Box::new(found.clone()));
            }
            Action::RemoveFactors { user, .. } => {
                let found = self.find_mut(user);
                (found.two_factor, found.totp, found.backup_codes) = (false, false, false);
                return Answer::Changed(user.clone());
            }
            Action::RemovePassword { user, .. } => self.find_mut(user).password = false,
            Action::DistrustPassword { user, .. } => {
                self.sessions.retain(|session| session.user != *user);
            }
            Action::RemoveCredential { user, credential } => {
                let found = self.find_mut(user);
                match credential {
                    Credential::Passkey(id) => {
                        found.passkeys.retain(|one| one.id.as_ref() != Some(id));
                    }
                    Credential::Account(id) => {
                        found.accounts.retain(|one| one.id.as_ref() != Some(id));
                    }
                    Credential::Wallet(id) => {
                        found.wallets.retain(|one| one.id.as_ref() != Some(id));
                    }
                }
                return Answer::Removed;
            }
            Action::RevokeActorToken { .. } | Action::RevokeSignInToken { .. } => {
                return Answer::Removed;
            }
            Action::MakeSignInToken { .. } | Action::Impersonate { .. } => {
                return super::made_tokens::answer(action);
            }
            Action::Create(_) | Action::Invite(_) | Action::RevokeInvitation(_) => {
                return self.admit(action);
            }
            _ => {}
        }
        Answer::User(Box::new(self.find_mut(action.user().unwrap()).clone()))
    }
}
