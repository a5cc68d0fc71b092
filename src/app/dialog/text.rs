//! What a dialog says: verb, name, e-mail, id, and how consent is given.

use crate::app::dialog::keys::ASKED;
use crate::app::dialog::{About, Consent, Dialog, Errand, Kind, Step, Typed};
use crate::app::document::Line;
use crate::app::{Armed, Person, Tone};
use crate::domain::Action;

/// The columns of a dialog's text; it fits a terminal of 80 with its frame.
pub const COLUMNS: usize = 54;

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
                Kind::Password => format!("New password for {name}"),
            },
            Step::Editor(editor) => format!("Edit {name} · {}", editor.kind.label()),
            Step::Addresses(_) => format!("Addresses of {name}"),
            Step::Choose(choice) => match choice.about {
                About::Credentials => format!("Remove a way in of {name}"),
                About::Password => format!("Password of {name}"),
            },
            Step::Confirm(confirm) => match &confirm.errand {
                Errand::One(action) => action.words().question.replacen("{}", &name, 1),
                Errand::SignOut { but: None } => format!("Sign out everywhere: {name}?"),
                Errand::SignOut { .. } => format!("Sign out elsewhere: {name}?"),
            },
        }
    }

    /// The verb on the button.
    pub fn verb(&self) -> &'static str {
        match &self.step {
            Step::Form(_) | Step::Addresses(_) | Step::Editor(_) => "review",
            Step::Choose(_) => "choose",
            Step::Confirm(confirm) => match &confirm.errand {
                Errand::One(action) => action.words().verb,
                Errand::SignOut { .. } => "sign out",
            },
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

    /// How consent is given now, or why it cannot be.
    pub fn prompt(&self) -> Line {
        match self.armed() {
            Armed::Reading => Line::new(Tone::Dim, "Reading this person again…  Esc cancels"),
            Armed::Failed(why) => Line::new(Tone::Bad, format!("{why} Esc closes.")),
            Armed::Overtaken(why) => Line::new(Tone::Warn, why),
            Armed::Yes if self.saving.is_writing() => {
                Line::new(Tone::Dim, "Saving the record…  Esc cancels")
            }
            Armed::Yes if matches!(self.step, Step::Confirm(_)) && self.reason.focused => {
                if self.reason.is_missing() {
                    Line::new(Tone::Warn, ASKED)
                } else {
                    Line::new(Tone::Dim, "Enter goes on · Esc cancels")
                }
            }
            Armed::Yes => match &self.step {
                Step::Form(form) if matches!(form.kind, Kind::Metadata(_)) => {
                    let keys = "Enter review · ^o all as text · ^x $EDITOR · Esc";
                    Line::new(Tone::Dim, keys)
                }
                Step::Editor(editor) => editor.prompt(),
                Step::Form(form) if form.selected => {
                    let keys = "Type the new one; ← edits this · Enter review · Esc";
                    Line::new(Tone::Dim, keys)
                }
                Step::Form(form) if form.inputs.len() == 1 => {
                    Line::new(Tone::Dim, "Enter review · Esc cancel")
                }
                Step::Form(form) if form.ticks.is_empty() => {
                    Line::new(Tone::Dim, "Tab next · Enter review · Esc cancel")
                }
                Step::Form(_) => Line::new(
                    Tone::Dim,
                    "Tab next · Space ticks · Enter review · Esc cancel",
                ),
                Step::Choose(_) => Line::new(Tone::Dim, "j k move · Enter chooses · Esc cancels"),
                Step::Addresses(place) => Line::new(Tone::Dim, self.place_prompt(*place)),
                Step::Confirm(confirm) => match &confirm.consent {
                    Consent::Yes { focused } => self.buttons(*focused),
                    Consent::Typed { what, .. } => {
                        let then = match what {
                            Typed::Name => "once it matches · Tab reason · Esc",
                            Typed::Reason => "· Esc cancels",
                        };
                        let text = format!("Enter {}s {then}", self.verb());
                        Line::new(Tone::Dim, text)
                    }
                },
            },
        }
    }

    fn buttons(&self, focused: bool) -> Line {
        let of_session = matches!(self.action(), Some(Action::Revoke { .. }));
        if of_session {
            let others = [("a", "all"), ("o", "all others"), ("r", "reason")];
            return buttons(self.verb(), focused, &others, "  ");
        }
        let given = self.reason.is_shown();
        let reason = if given { "reason" } else { "add a reason" };
        buttons(self.verb(), focused, &[("r", reason)], "   ")
    }
}

/// The button that cancels, the key that does it, and `others`, so far apart.
pub fn buttons(verb: &str, focused: bool, others: &[(&str, &str)], gap: &str) -> Line {
    if focused {
        return Line::new(Tone::Dim, "  Cancel     ")
            .and(Tone::Strong, format!("[ {verb} ]"))
            .and(Tone::Dim, "   Enter does it");
    }
    let keys = [&[("y", verb)], others].concat();
    let cancel = Line::new(Tone::Strong, "[ Cancel ]");
    keys.into_iter().fold(cancel, |line, (key, word)| {
        line.and(Tone::Accent, format!("{gap}{key} "))
            .and(Tone::Plain, word)
    })
}
