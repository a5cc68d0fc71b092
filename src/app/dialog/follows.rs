//! What follows from a change, in numbers, and the way back.

use crate::app::dialog::choice::credentials;
use crate::app::dialog::review::{self, NOT_THERE};
use crate::app::dialog::{Basis, COLUMNS, Confirm, Dialog, Errand, Form, Kind, Step};
use crate::app::dialog::{addresses, metadata};
use crate::app::document::Line;
use crate::app::dossier::ALL_SESSIONS;
use crate::app::text::{count, cut};
use crate::app::{Clock, Remote, Tone};
use crate::domain::{
    Action, Credential, FieldEdit, Page, Row, Session, SessionId, Untrusted, User,
};

impl Dialog {
    /// What follows, in numbers, and the way back.
    pub fn consequences(&self, clock: &Clock) -> Vec<Line> {
        match &self.step {
            Step::Form(form) => self.known(form),
            Step::Addresses(_) | Step::Choose(_) | Step::Editor(_) => Vec::new(),
            Step::Confirm(confirm) => match &confirm.errand {
                Errand::One(action) => {
                    let mut lines: Vec<Line> =
                        confirm.basis.taken_back(clock).into_iter().collect();
                    lines.extend(self.consequences_of(action, confirm, clock));
                    lines
                }
                Errand::SignOut { but } => self.sign_out_of(but.as_ref(), clock),
            },
        }
    }

    /// What is there now, where a form changes it without its being in a box.
    fn known(&self, form: &Form) -> Vec<Line> {
        let (Kind::Metadata(kind), Some(user)) = (form.kind, self.dossier.user.value()) else {
            return Vec::new();
        };
        let has = kind.of(user);
        let path = metadata::path(form.inputs[0].value(), has).ok();
        let now = match path {
            None => format!("{} in all", count(has.len(), "key")),
            Some(path) => has
                .at(&path)
                .map_or_else(|| NOT_THERE.to_owned(), |at| at.written().shown().into()),
        };
        vec![
            Line::new(Tone::Dim, "JSON, or plain text; no value removes the key."),
            Line::new(Tone::Dim, "now           ").and(Tone::Plain, cut(&now, COLUMNS - 14)),
        ]
    }

    fn consequences_of(&self, action: &Action, confirm: &Confirm, clock: &Clock) -> Vec<Line> {
        let sessions = number(&self.dossier.sessions, "session");
        if let Basis::Addresses(kind, had) = &confirm.basis {
            return addresses::consequences(action, *kind, had);
        }
        match action {
            Action::Ban(_) => plain(&[
                &format!("Signs out {sessions} (up to 60 s) and stops"),
                "new sign-ins. B unbans; sessions stay gone.",
            ]),
            Action::Delete(_) => {
                let memberships = number(&self.dossier.memberships, "membership");
                let mut lines = plain(&[&format!("Removes {sessions}, {memberships}.")]);
                lines.push(Line::new(Tone::Bad, "This cannot be undone."));
                lines
            }
            Action::Edit(_, edit) => {
                let mut lines: Vec<Line> = edit.0.iter().map(change_line).collect();
                lines.extend(plain(&["U takes it back."]));
                lines
            }
            Action::Revoke { session, .. } => {
                let mut lines = vec![self.session_line(session, clock)];
                lines.extend(plain(&[
                    "Ends this session; issued tokens live up to 60 s.",
                ]));
                lines.push(Line::new(
                    Tone::Plain,
                    "This cannot be undone, but they can sign in again.",
                ));
                lines
            }
            Action::MergeMetadata { .. } | Action::ReplaceMetadata { .. } => match &confirm.basis {
                Basis::Metadata(edit) => review::lines(edit),
                _ => self
                    .dossier
                    .user
                    .value()
                    .map_or_else(Vec::new, |user| review::of(action, user)),
            },
            Action::DistrustPassword { .. } => plain(&[
                &format!("Their password. Signs out {sessions} (up to 60 s);"),
                "at the next sign-in they choose a new password.",
                "Sessions stay gone; Clerk's API can unmark it.",
            ]),
            Action::SetPassword {
                sign_out,
                skip_checks,
                ..
            } => {
                let had = self.dossier.user.value().is_some_and(|user| user.password);
                let mut lines = plain(&[if had {
                    "The old one does not work any more."
                } else {
                    "They had none."
                }]);
                lines.extend(plain(&[&if *sign_out {
                    format!("Signs out {sessions} (up to 60 s).")
                } else {
                    "All sessions stay.".to_owned()
                }]));
                if *skip_checks {
                    lines.push(Line::new(
                        Tone::Warn,
                        "Clerk does not check whether it is a good one.",
                    ));
                }
                lines.extend(plain(&["This cannot be undone; P p sets another."]));
                lines
            }
            Action::Impersonate { actor, .. } => self.impersonation_by(actor),
            Action::RemoveFactors { .. }
            | Action::RemovePassword { .. }
            | Action::RemoveCredential { .. } => self.removal_of(action),
            action => plain(action.words().follows),
        }
    }

    /// What signing in as somebody means, and whether it is done already.
    fn impersonation_by(&self, actor: &Untrusted) -> Vec<Line> {
        let mut lines = plain(&[
            "Signs you in as them for up to 30 minutes.",
            &format!(
                "The application sees who you are (actor: {}).",
                cut(&actor.shown(), COLUMNS)
            ),
            "The link works once, for 5 min; :tokens revokes it.",
        ]);
        let sessions = &self.dossier.sessions;
        if sessions.error().is_some() {
            let text = "Whether somebody else does so now could not be read.";
            lines.push(Line::new(Tone::Warn, text));
        }
        let read = sessions.value().into_iter().flat_map(|page| &page.rows);
        let actors = read.filter_map(Row::read).filter_map(|s| s.actor.as_ref());
        let mut who: Vec<String> = actors.map(actor_name).collect();
        who.sort_unstable();
        who.dedup();
        if let Some(first) = who.first() {
            let more = match who.len() - 1 {
                0 => String::new(),
                n => format!(" (and {n} more)"),
            };
            let text = format!("{first}{more} impersonates them already.");
            lines.push(Line::new(Tone::Warn, text));
        }
        lines
    }

    /// What follows from taking away a way to sign in.
    fn removal_of(&self, action: &Action) -> Vec<Line> {
        let mut lines = Vec::new();
        let user = self.dossier.user.value();
        if let (Action::RemoveCredential { credential, .. }, Some(user)) = (action, user) {
            lines.extend(way_line(user, credential));
        }
        lines.extend(plain(action.words().follows));
        if let (false, Some(user)) = (matches!(action, Action::RemoveFactors { .. }), user) {
            lines.push(left(user, action));
        }
        lines.push(Line::new(Tone::Bad, "This cannot be undone."));
        lines
    }

    fn sign_out_of(&self, but: Option<&SessionId>, clock: &Clock) -> Vec<Line> {
        let sessions = &self.dossier.sessions;
        let number = match sessions.value() {
            Some(_) if !sessions.is_waiting() => count(self.steps().len(), "session"),
            _ => "… sessions".to_owned(),
        };
        let mut lines = plain(&[&format!("Signs out {number}.")]);
        if let Some(kept) = but {
            lines.extend(plain(&["Keeps this one:"]));
            lines.push(self.session_line(kept, clock));
        }
        let read = sessions.value().map_or(0, |page| page.rows.len());
        if read >= ALL_SESSIONS as usize {
            lines.push(Line::new(
                Tone::Warn,
                "There are more than could be read at once.",
            ));
        }
        lines.extend(plain(&[
            "Tokens already issued live up to 60 seconds.",
            "This cannot be undone, but they can sign in again.",
        ]));
        lines
    }

    fn session_line(&self, id: &SessionId, clock: &Clock) -> Line {
        let sessions = self.dossier.sessions.value();
        let session: Option<&Session> =
            sessions.and_then(|page| page.rows.iter().filter_map(Row::read).find(|s| s.id == *id));
        let text = session.map_or_else(
            || id.to_string(),
            |session| {
                let device = crate::app::report::device(session);
                let place = crate::app::report::place(session);
                let active = session
                    .last_active
                    .map_or_else(String::new, |at| clock.short(at));
                format!("{device} · {place} · {active}")
            },
        );
        Line::new(Tone::Strong, cut(&text, COLUMNS))
    }
}

/// What is left to sign in with once something was removed.
fn left(user: &User, action: &Action) -> Line {
    let mut left = Vec::new();
    if user.password && !matches!(action, Action::RemovePassword { .. }) {
        left.push("password".to_owned());
    }
    let removed = match action {
        Action::RemoveCredential { credential, .. } => Some(credential),
        _ => None,
    };
    let all = credentials(user);
    let others = all.iter().filter(|(one, _)| Some(one) != removed).count();
    if others > 0 {
        left.push(count(others, "linked way"));
    }
    let addresses = user.emails.iter().chain(&user.phones);
    let verified = addresses.filter(|address| address.verified).count();
    if verified > 0 {
        left.push(format!("codes to {verified} verified"));
    }
    if left.is_empty() {
        Line::new(Tone::Bad, "They have NO OTHER WAY to sign in.")
    } else {
        Line::new(Tone::Plain, format!("Left: {}.", left.join(", ")))
    }
}

fn way_line(user: &User, credential: &Credential) -> Option<Line> {
    let mut all = credentials(user).into_iter();
    let (_, name) = all.find(|(one, _)| one == credential)?;
    Some(Line::new(Tone::Strong, name))
}

fn plain(lines: &[&str]) -> Vec<Line> {
    lines
        .iter()
        .map(|text| Line::new(Tone::Plain, *text))
        .collect()
}

/// `2 sessions`, or what is known instead of a number.
fn number<T>(page: &Remote<Page<T>>, what: &str) -> String {
    match page.value() {
        _ if page.error().is_some() => format!("all {what}s (their number could not be read)"),
        _ if page.is_waiting() => format!("… {what}s"),
        None => format!("… {what}s"),
        Some(page) => {
            let read = page.rows.len();
            let all = page.total.and_then(|total| usize::try_from(total).ok());
            count(all.unwrap_or(read).max(read), what)
        }
    }
}

/// `first name: Alice → Alicia`
fn change_line(edit: &FieldEdit) -> Line {
    let room = (COLUMNS - edit.field.label().len() - 5) / 2;
    let value = |value: Option<&Untrusted>| {
        value.map_or_else(|| "(empty)".to_owned(), |v| cut(&v.shown(), room))
    };
    Line::new(Tone::Dim, format!("{}: ", edit.field.label()))
        .and(Tone::Plain, value(edit.before.as_ref()))
        .and(Tone::Dim, " → ")
        .and(Tone::Strong, value(edit.after.as_ref()))
}

/// Who impersonates, as far as Clerk says.
fn actor_name(actor: &Untrusted) -> String {
    if actor.is_blank() {
        return "Somebody".to_owned();
    }
    cut(&actor.shown(), 24)
}
