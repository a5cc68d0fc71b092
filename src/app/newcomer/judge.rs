//! How something ended that had no usable answer: it is never sent twice, but
//! what it would have made is looked for.

use crate::app::Clock;
use crate::app::jobs::{Effected, End, Job};
use crate::domain::{
    Action, Answer, ApiError, Exact, ExactField, Fetch, Invitation, InvitationStatus, NewUser,
    Page, Start, Timestamp, UserFilter, UserOrder, UserPage,
};

use super::read_again;

/// Rows asked for: there is one at most that counts.
const ROWS: u32 = 10;
/// How far our clock may be ahead of Clerk's, in seconds.
const SKEW: i64 = 60;

/// What to read; `None`: the action is about a person who is there.
pub fn reading(action: &Action) -> Option<Fetch> {
    match action {
        Action::Create(new) => identifier(new).map(|(field, value)| Fetch::Users {
            filter: UserFilter {
                exact: vec![Exact {
                    field,
                    value,
                    negated: false,
                }],
                ..UserFilter::default()
            }
            .into(),
            order: UserOrder::NEWEST,
            start: Start::First,
            limit: ROWS,
        }),
        Action::Invite(invite) => Some(Fetch::Invitations {
            status: Some(InvitationStatus::Pending),
            query: invite.email.raw().to_owned(),
            offset: 0,
            limit: ROWS,
        }),
        Action::RevokeInvitation(id) => Some(read_again(id)),
        _ => None,
    }
}

/// By what nobody else can be found.
fn identifier(new: &NewUser) -> Option<(ExactField, String)> {
    let first = |all: &[crate::domain::NewAddress]| all.first().map(|one| one.text.clone());
    let all = [
        (ExactField::Email, first(&new.emails)),
        (ExactField::Phone, first(&new.phones)),
        (ExactField::Username, new.username.clone()),
        (ExactField::ExternalId, new.external_id.clone()),
    ];
    let named = |(field, text): (_, Option<crate::domain::Untrusted>)| {
        text.map(|text| (field, text.raw().to_owned()))
    };
    all.into_iter().find_map(named)
}

/// Decides by what was read. `asked` is when it was sent.
pub fn judge(job: &Job, asked: Timestamp, result: &Result<Answer, ApiError>, clock: &Clock) -> End {
    match (&job.action, result) {
        (Action::Create(_), Ok(Answer::Users(page))) => created(job, asked, page, clock),
        (Action::Invite(invite), Ok(Answer::Invitations(page))) => {
            let theirs = |one: &&Invitation| {
                let (a, b) = (one.email.raw(), invite.email.raw());
                a.eq_ignore_ascii_case(b)
            };
            let read = page.rows.iter().filter_map(|row| row.read());
            match read.filter(theirs).max_by_key(|one| one.created) {
                None => not_done(job, ""),
                Some(one) if is_since(one.created, asked) => invited(one),
                Some(one) => unclear(job, "An invitation", one.created, clock),
            }
        }
        (Action::RevokeInvitation(id), Ok(Answer::Invitations(page))) => {
            match find(page, |one| one.id == *id) {
                Some(one) if one.status == InvitationStatus::Pending => {
                    not_done(job, " It is still pending.")
                }
                Some(one) => invited(one),
                None => End::Done(Effected::Answered(Box::new(Answer::Removed))),
            }
        }
        (_, Err(error)) => job.nobody_knows(&crate::app::words::explain(error)),
        (_, Ok(_)) => job.nobody_knows("Nothing was read that would tell."),
    }
}

fn created(job: &Job, asked: Timestamp, page: &std::sync::Arc<UserPage>, clock: &Clock) -> End {
    match page.row(0) {
        _ if page.received == 0 => not_done(job, ""),
        None => job.nobody_knows("Somebody was found who could not be read."),
        Some(_) if is_since(page.created(0), asked) => {
            End::Done(Effected::Users(std::sync::Arc::clone(page)))
        }
        Some(_) => unclear(job, "Somebody with this address", page.created(0), clock),
    }
}

fn find(page: &Page<Invitation>, wanted: impl Fn(&Invitation) -> bool) -> Option<&Invitation> {
    let mut read = page.rows.iter().filter_map(|row| row.read());
    read.find(|one| wanted(one))
}

fn invited(invitation: &Invitation) -> End {
    let answer = Answer::Invitation(Box::new(invitation.clone()));
    End::Done(Effected::Answered(Box::new(answer)))
}

fn is_since(created: Option<Timestamp>, asked: Timestamp) -> bool {
    created.is_some_and(|created| created >= asked.plus_seconds(-SKEW))
}

fn not_done(job: &Job, why: &str) -> End {
    let noun = job.action.words().noun;
    End::Failed(format!("No answer to {noun}, and it did not happen.{why}"))
}

/// Something is there, but it may be older than what was asked for.
fn unclear(job: &Job, what: &str, created: Option<Timestamp>, clock: &Clock) -> End {
    let since = created.map_or_else(|| "some time".to_owned(), |at| clock.full(at));
    let noun = job.action.words().noun;
    End::Unclear(format!(
        "No answer to {noun}. {what} is there since {since}: look before you ask again."
    ))
}
