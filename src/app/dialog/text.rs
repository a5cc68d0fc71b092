//! What a dialog says: verb, name, e-mail, id, what follows, and the way back.

use crate::app::dialog::basis::KeyEdit;
use crate::app::dialog::{Basis, Confirm, Consent, Dialog, Form, Kind, Step, addresses, metadata};
use crate::app::document::Line;
use crate::app::text::{count, cut, width};
use crate::app::{Armed, Clock, Person, Remote, Tone};
use crate::domain::Page;
use crate::domain::{Action, FieldEdit, Json, MetadataKind, Row, Session, SessionId, Untrusted};

/// The columns of a dialog's text; it fits a terminal of 80 with its frame.
pub const COLUMNS: usize = 54;

/// Where a key is not there.
const NOT_THERE: &str = "(not there)";

/// The most lines of a value.
const VALUE_LINES: usize = 3;

impl Dialog {
    /// The verb and the name: `Ban Alice Chen?`
    pub fn title(&self) -> String {
        let name = self.person.short_name();
        match &self.step {
            Step::Form(form) => match form.kind {
                Kind::Names => format!("Edit {name}"),
                Kind::Metadata(kind) => format!("Set a key of {name} · {}", kind.label()),
                Kind::Email => format!("Replace the e-mail address of {name}"),
                Kind::Add(kind) => format!("New {} for {name}", kind.label()),
            },
            Step::Addresses(_) => format!("Addresses of {name}"),
            Step::Confirm(confirm) => confirm.action.words().question.replacen("{}", &name, 1),
        }
    }

    /// The verb on the button.
    pub fn verb(&self) -> &'static str {
        match &self.step {
            Step::Form(_) | Step::Addresses(_) => "review",
            Step::Confirm(confirm) => confirm.action.words().verb,
        }
    }

    /// Who it is, as read again.
    pub fn who(&self) -> Line {
        let read = self.dossier.user.value().map(|user| user.row());
        let person = Person {
            id: self.person.id.clone(),
            row: read.or_else(|| self.person.row.clone()),
        };
        person.who(COLUMNS)
    }

    /// What follows, in numbers, and the way back.
    pub fn consequences(&self, clock: &Clock) -> Vec<Line> {
        match &self.step {
            Step::Form(form) => self.known(form),
            Step::Addresses(_) => Vec::new(),
            Step::Confirm(confirm) => self.consequences_of(confirm, clock),
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

    fn consequences_of(&self, confirm: &Confirm, clock: &Clock) -> Vec<Line> {
        let sessions = number(&self.dossier.sessions, "session");
        if let Basis::Addresses(kind, had) = &confirm.basis {
            return addresses::consequences(&confirm.action, *kind, had);
        }
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
                lines.extend(plain(&["E n can set the old values again."]));
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
            Action::MergeMetadata { .. } => match &confirm.basis {
                Basis::Key(edit) => key_lines(edit),
                _ => plain(confirm.action.words().follows),
            },
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
                Step::Addresses(place) => {
                    let place = self.places().get(*place).map_or("", |p| p.prompt());
                    Line::new(Tone::Dim, place)
                }
                Step::Confirm(confirm) => match &confirm.consent {
                    Consent::Yes { focused } => self.buttons(*focused),
                    Consent::Typed { .. } => {
                        let text = format!("Enter {}s once it matches · Esc cancels", self.verb());
                        Line::new(Tone::Dim, text)
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

/// The one key that changes, what it held and will hold, and who sees it.
fn key_lines(edit: &KeyEdit) -> Vec<Line> {
    let written = |value: &Option<Json>, none: &str| {
        let value = value.as_ref().map(Json::written);
        value.map_or_else(|| none.to_owned(), |value| value.shown().into_owned())
    };
    let old = written(&edit.before, NOT_THERE);
    let new = written(&edit.after, "(removed)");
    let mut lines = vec![
        Line::new(Tone::Dim, format!("{}: ", edit.kind.label()))
            .and(Tone::Strong, metadata::name(&edit.path)),
    ];
    if width(&old) + width(&new) + 3 <= COLUMNS {
        lines.push(
            Line::new(Tone::Plain, old)
                .and(Tone::Dim, " → ")
                .and(Tone::Strong, new),
        );
    } else {
        let (old, new) = from_the_difference(&old, &new);
        lines.extend(broken(&old).map(|line| Line::new(Tone::Plain, line)));
        lines.push(Line::new(Tone::Dim, "→"));
        lines.extend(broken(&new).map(|line| Line::new(Tone::Strong, line)));
    }
    let (seen, key) = match edit.kind {
        MetadataKind::Public => ("Their browser reads it.", 'p'),
        MetadataKind::Private => ("Only servers read it.", 'r'),
        MetadataKind::Unsafe => ("Their browser reads and writes it.", 'u'),
    };
    lines.extend(plain(&[
        "Only this key is sent; all others stay.",
        seen,
        &format!("M {key} can set the old value again."),
    ]));
    lines
}

/// Two long texts, without most of what they begin with alike.
fn from_the_difference(old: &str, new: &str) -> (String, String) {
    let alike = old.chars().zip(new.chars()).take_while(|(a, b)| a == b);
    let skip = alike.count().saturating_sub(COLUMNS / 2);
    let tail = |text: &str| {
        let begins = if skip > 0 { "…" } else { "" };
        format!("{begins}{}", text.chars().skip(skip).collect::<String>())
    };
    (tail(old), tail(new))
}

/// A text in lines of full width, as it is to the last blank; the last line may be cut.
fn broken(text: &str) -> impl Iterator<Item = String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let last = lines.len() - 1;
        let c = c.encode_utf8(&mut [0; 4]).to_owned();
        if last + 1 < VALUE_LINES && width(&lines[last]) + width(&c) > COLUMNS {
            lines.push(c);
        } else {
            lines[last].push_str(&c);
        }
    }
    lines.into_iter().map(|line| cut(&line, COLUMNS))
}
