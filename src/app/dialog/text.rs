//! What a dialog says: verb, name, e-mail, id, what follows, and the way back.

use crate::app::dialog::{Confirm, Consent, Dialog, Step};
use crate::app::document::Line;
use crate::app::text::{count, cut, cut_middle};
use crate::app::{Armed, Clock, Remote, Tone};
use crate::domain::Page;
use crate::domain::{Action, FieldEdit, Row, Session, SessionId, Untrusted};

/// The columns of a dialog's text; it fits a terminal of 80 with its frame.
pub const COLUMNS: usize = 54;

impl Dialog {
    /// The verb and the name: `Ban Alice Chen?`
    pub fn title(&self) -> String {
        let name = self.person.short_name();
        match &self.step {
            Step::Form(_) => format!("Edit {name}"),
            Step::Confirm(confirm) => confirm.action.words().question.replacen("{}", &name, 1),
        }
    }

    /// The verb on the button.
    pub fn verb(&self) -> &'static str {
        match &self.step {
            Step::Form(_) => "review",
            Step::Confirm(confirm) => confirm.action.words().verb,
        }
    }

    /// Who it is: the e-mail address with its domain, and the end of the id,
    /// each in a room of its own so that none can push the other away.
    pub fn who(&self) -> Line {
        let read = self.dossier.user.value().map(|user| user.row());
        let row = read.as_ref().or(self.person.row.as_ref());
        let identifier = row.and_then(|row| row.identifier());
        let identifier = identifier.map_or("(no e-mail)".into(), Untrusted::shown);
        let id = self.person.id.as_str();
        let id = if id.len() <= 16 {
            id.to_owned()
        } else {
            format!("…{}", self.person.id.last_six())
        };
        let room = COLUMNS - id.len().min(COLUMNS) - 3;
        Line::new(Tone::Strong, cut_middle(&identifier, room)).and(Tone::Dim, format!(" · {id}"))
    }

    /// What follows, in numbers, and the way back.
    pub fn consequences(&self, clock: &Clock) -> Vec<Line> {
        match &self.step {
            Step::Form(_) => Vec::new(),
            Step::Confirm(confirm) => self.consequences_of(confirm, clock),
        }
    }

    fn consequences_of(&self, confirm: &Confirm, clock: &Clock) -> Vec<Line> {
        let sessions = number(&self.dossier.sessions, "session");
        match &confirm.action {
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
                lines.extend(plain(&["E can set the old values again."]));
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
            action => plain(action.words().follows),
        }
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

    /// How consent is given now, or why it cannot be.
    pub fn prompt(&self) -> Line {
        match self.armed() {
            Armed::Reading => Line::new(Tone::Dim, "Reading this person again…  Esc cancels"),
            Armed::Failed(why) => Line::new(Tone::Bad, format!("{why} Esc closes.")),
            Armed::Overtaken(why) => Line::new(Tone::Warn, why),
            Armed::Yes => match &self.step {
                Step::Form(_) => Line::new(Tone::Dim, "Tab next · Enter review · Esc cancel"),
                Step::Confirm(confirm) => match &confirm.consent {
                    Consent::Yes { focused } => self.buttons(*focused),
                    Consent::Typed { .. } => {
                        Line::new(Tone::Dim, "Enter deletes once it matches · Esc cancels")
                    }
                },
            },
        }
    }

    fn buttons(&self, focused: bool) -> Line {
        let verb = self.verb();
        if focused {
            Line::new(Tone::Dim, "  Cancel     ")
                .and(Tone::Strong, format!("[ {verb} ]"))
                .and(Tone::Dim, "   Enter does it")
        } else {
            Line::new(Tone::Strong, "[ Cancel ]")
                .and(Tone::Accent, "   y ")
                .and(Tone::Plain, verb)
        }
    }
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
