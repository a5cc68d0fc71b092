//! Those who are to come, at the other end.

use super::world::{World, id, person, window};
use crate::app::report::fixtures;
use crate::domain::{
    Action, Answer, Fetch, Invitation, InvitationId, InvitationStatus, Json, NewUser, Secret, User,
};

/// A pending invitation, made as the console starts.
pub fn invitation(n: usize, email: &str) -> Invitation {
    Invitation {
        id: InvitationId::new(&format!("inv_{n:06}")).unwrap(),
        email: email.into(),
        status: InvitationStatus::Pending,
        url: Some(Secret::new(format!("https://example.com/ticket_{n}"))),
        public_metadata: Json::default(),
        created: Some(fixtures::at("2026-11-23T15:00:00Z")),
        expires: Some(fixtures::at("2026-12-23T15:00:00Z")),
    }
}

impl World {
    /// The invitations of a state; without one, all but those revoked.
    pub(super) fn invited(&self, fetch: &Fetch) -> Answer {
        let Fetch::Invitations {
            status,
            query,
            offset,
            limit,
        } = fetch
        else {
            panic!("{fetch:?} asks for no invitations");
        };
        let wanted = |one: &&Invitation| {
            let of_state = match status {
                Some(status) => one.status == *status,
                None => one.status != InvitationStatus::Revoked,
            };
            of_state && (one.email.raw().contains(query) || one.id.as_str() == query)
        };
        let all = self.invitations.iter().filter(wanted).cloned().collect();
        Answer::Invitations(window(all, *offset, *limit))
    }

    /// Makes, invites, or takes an invitation back.
    pub(super) fn admit(&mut self, action: &Action) -> Answer {
        let invitation = match action {
            Action::Create(new) => return self.create(new),
            Action::Invite(invite) => {
                let one = invitation(self.invitations.len() + 1, invite.email.raw());
                self.invitations.insert(0, one.clone());
                one
            }
            Action::RevokeInvitation(id) => {
                let found = self.invitations.iter_mut().find(|one| one.id == *id);
                let found = found.unwrap();
                found.status = InvitationStatus::Revoked;
                found.url = None;
                found.clone()
            }
            other => panic!("{other:?} is about somebody who is there"),
        };
        Answer::Invitation(Box::new(invitation))
    }

    fn create(&mut self, new: &NewUser) -> Answer {
        let name = User::join_name(new.first_name.as_ref(), new.last_name.as_ref());
        let mut numbers = self.people.len() + 1..;
        let free = numbers.find(|n| self.find(&id(*n)).is_none());
        let mut user = person(free.unwrap(), name.raw());
        user.created = Some(fixtures::at("2026-11-23T15:00:00Z"));
        user.emails.truncate(new.emails.len());
        for (has, given) in user.emails.iter_mut().zip(&new.emails) {
            has.text = given.text.clone();
        }
        user.username.clone_from(&new.username);
        self.people.insert(0, user.clone());
        Answer::User(Box::new(user))
    }
}
