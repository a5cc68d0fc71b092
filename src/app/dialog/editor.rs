//! All of one kind of metadata, edited as text.

use crossterm::event::KeyEvent;

use super::basis::{Basis, MetadataEdit};
use super::metadata;
use super::text_box::TextBox;
use crate::app::document::Line;
use crate::app::{Context, Effect, Ticket, Tone};
use crate::domain::{Action, Json, MetadataKind, Mistake, NoMerge, User, UserId};

/// The name of the file that the person's own editor works on.
const FILE: &str = "metadata.json";

/// The widest that the text gets, with its frame.
const WIDEST: u16 = 100;
/// Columns of a screen that are not the text's: the frame; and rows: the screen's
/// first and last line, the frame, who, the choice, the prompt.
const AROUND: (u16, u16) = (4, 7);
/// The fewest lines of the text that are in view, where there is room.
const FEWEST: usize = 6;

/// How the text is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// What was changed in it, and nothing else.
    Merge,
    /// As a whole, in the place of everything.
    Replace,
}

/// The text of one kind of metadata.
#[derive(Clone, Debug)]
pub struct Editor {
    /// Which kind.
    pub kind: MetadataKind,
    /// How it is sent.
    pub how: How,
    /// Whether the choice below the text has the keys.
    pub choosing: bool,
    /// The text.
    pub text: TextBox,
    /// What it was made of, and is compared with.
    base: Json,
    /// What it was when it was opened.
    opened: String,
    /// Esc was pressed on a changed text.
    warned: bool,
    /// The person's own editor has the text.
    away: Option<Ticket>,
}

impl Editor {
    /// The text of what a user has.
    pub(super) fn new(kind: MetadataKind, user: &User) -> Self {
        let base = kind.of_object(user);
        let opened = base.editable();
        Self {
            kind,
            how: How::Merge,
            choosing: false,
            text: TextBox::new(&opened),
            base,
            opened,
            warned: false,
            away: None,
        }
    }

    /// The rows and columns of the text on a screen of this size, without the
    /// numbers of its lines.
    pub fn room(&self, (width, height): (u16, u16)) -> (usize, usize) {
        let lines = self.text.lines().len();
        let most = usize::from(height.saturating_sub(AROUND.1)).max(1);
        let columns = usize::from(width.min(WIDEST).saturating_sub(AROUND.0));
        let rows = lines.max(FEWEST).min(most);
        (rows, columns.saturating_sub(self.gutter()).max(1))
    }

    /// The columns before the text: the numbers of its lines.
    pub fn gutter(&self) -> usize {
        self.text.lines().len().to_string().len().max(2) + 1
    }

    /// What the text says.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn read(&self) -> Result<Json, Mistake> {
        let json = Json::parse(&self.text.text())?;
        if json.raw().is_object() {
            return Ok(json);
        }
        Err(Mistake {
            line: 1,
            column: 1,
            what: "metadata is an object: { … }".to_owned(),
        })
    }

    /// The first mistake, else the keys that work here.
    pub(super) fn prompt(&self) -> Line {
        match self.read() {
            Err(mistake) => Line::new(Tone::Warn, mistake.to_string()),
            Ok(_) if self.choosing => Line::new(
                Tone::Dim,
                "← → choose · Enter review · Tab text · Esc cancel",
            ),
            Ok(_) => Line::new(
                Tone::Dim,
                "Tab how to send it · ^u undo · ^x $EDITOR · Esc cancel",
            ),
        }
    }

    /// Whether it may be left: a changed text only at the second Esc.
    pub(super) fn may_leave(&mut self) -> bool {
        let changed = self.text.text() != self.opened;
        let may = !changed || self.warned;
        self.warned = true;
        may
    }

    /// Handles a key that does not lead out of it.
    pub(super) fn press(&mut self, key: KeyEvent, name: &str, size: (u16, u16)) {
        match name {
            "Tab" | "S-Tab" => self.choosing = !self.choosing,
            _ if !self.choosing => self.text.press(key, self.room(size).0),
            "↑" => self.choosing = false,
            "Space" | "←" | "→" => {
                self.how = match self.how {
                    How::Merge => How::Replace,
                    How::Replace => How::Merge,
                }
            }
            _ => {}
        }
        self.touched(size);
    }

    /// Text was pasted; says whether there was room for it.
    pub fn paste(&mut self, text: &str, size: (u16, u16)) -> bool {
        let fits = self.choosing || self.text.insert(text);
        self.touched(size);
        fits
    }

    fn touched(&mut self, size: (u16, u16)) {
        self.warned = false;
        self.text.follow(self.room(size));
    }

    /// Hands the text to the person's own editor.
    pub(super) fn send_away(&mut self, ctx: &mut Context) {
        let ticket = ctx.ticket();
        self.away = Some(ticket);
        ctx.ask(Effect::Edit {
            ticket,
            name: FILE,
            text: format!("{}\n", self.text.text()),
        });
    }

    /// Takes the text back, whatever is in it; what is to be said of it, where it
    /// was awaited.
    pub(super) fn take_back(
        &mut self,
        ticket: Ticket,
        result: Result<Option<String>, String>,
        size: (u16, u16),
    ) -> Option<String> {
        self.away.take_if(|away| *away == ticket)?;
        let note = match result {
            Ok(None) => "Your editor changed nothing.".to_owned(),
            Ok(Some(text)) => {
                self.text.put(text.trim_end());
                self.choosing = true;
                match self.point_out() {
                    Some(mistake) => mistake,
                    None => "Here is your editor's text. Enter reviews it.".to_owned(),
                }
            }
            Err(why) => format!("{why} The text is as it was."),
        };
        self.touched(size);
        Some(note)
    }

    /// Moves to the first mistake and says what it is, if there is one.
    fn point_out(&mut self) -> Option<String> {
        let mistake = self.read().err()?;
        self.text.go_to(&mistake);
        self.choosing = false;
        Some(mistake.to_string())
    }

    /// What is asked for, and on what ground.
    ///
    /// # Errors
    /// What is wrong, in words; the cursor is there.
    pub(super) fn review(&mut self, user: &UserId) -> Result<(Action, Basis), String> {
        let new = match self.read() {
            Ok(new) => new,
            Err(mistake) => return Err(self.point_out().unwrap_or(mistake.to_string())),
        };
        let changes = self.base.differences(&new);
        if changes.is_empty() {
            return Err("Nothing is changed yet. Esc closes the editor.".to_owned());
        }
        let user = user.clone();
        let (action, replaces) = match self.how {
            How::Merge => {
                let patch = Json::merge_of(&changes).map_err(|null| no_merge(&null))?;
                let patch = self.kind.body(patch);
                (Action::MergeMetadata { user, patch }, None)
            }
            How::Replace => {
                let kinds = self.kind.body(new);
                (
                    Action::ReplaceMetadata { user, kinds },
                    Some(self.base.clone()),
                )
            }
        };
        let edit = MetadataEdit {
            kind: self.kind,
            changes,
            replaces,
        };
        Ok((action, Basis::Metadata(edit)))
    }

    /// Takes in what other people changed since: it stands in the text from now
    /// on, beside what was changed here. Says so, if there is anything.
    pub(super) fn rebase(&mut self, user: &User) -> Option<String> {
        let now = self.kind.of_object(user);
        let theirs = self.base.differences(&now);
        let first = metadata::name(&theirs.first()?.path);
        if let Ok(mine) = self.read() {
            let mine = self.base.differences(&mine);
            self.text.put(&now.with(&mine).editable());
        }
        self.base = now;
        Some(format!(
            "Somebody else changed {first} meanwhile. Nothing was sent; your changes now stand on theirs."
        ))
    }
}

fn no_merge(null: &NoMerge) -> String {
    let name = metadata::name(&null.0);
    format!("A merge cannot set {name} to null, only remove it. Replace the whole.")
}
