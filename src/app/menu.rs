//! The menu: everything that can be done now with what is under the cursor.

use super::act::{applies_to, change};
use super::command::{Command, Entry, TABLE};
use super::model::Seen;
use super::{Layer, Model, Person, Subject, Tone, act, batch};
use crate::domain::{SessionId, UserId};

/// The menu while it is open. It is about whom the person saw when they opened it.
#[derive(Debug)]
pub struct Menu {
    seen: Seen,
    /// How many are marked where marks win elsewhere: here they do not.
    passed_over: usize,
    /// The first key of a chord, once it was pressed: its second keys are left.
    begun: Option<String>,
    /// What was possible when it was opened.
    offered: Vec<Line>,
    /// Which of the lines shown is chosen.
    pub cursor: usize,
}

/// A line of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it does.
    pub command: Command,
    /// The key that does it at once; of a chord both.
    pub key: &'static str,
    /// What it does, in words.
    pub sentence: &'static str,
}

impl Menu {
    /// The menu for what was seen.
    fn new(model: &Model, seen: Seen) -> Self {
        let nobody = Subject::default();
        // What is possible whoever is under the cursor is not about them.
        let is_about_it = |command: Command| {
            command != Command::Menu
                && applies_to(model, &seen.subject, command)
                && !applies_to(model, &nobody, command)
        };
        let lines = TABLE.iter().filter(|entry| is_about_it(entry.command));
        Self {
            offered: lines
                .filter_map(|entry| line(entry, &seen.subject))
                .collect(),
            passed_over: if batch::is_meant(model, Command::Ban) {
                model.marks.len()
            } else {
                0
            },
            begun: None,
            cursor: 0,
            seen,
        }
    }

    /// How many are marked whom it is not about, although in this list marks win.
    pub const fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// Whom it is about.
    pub fn person(&self) -> Option<&Person> {
        self.seen.subject.person.as_ref()
    }

    /// The lines shown: all, or those of the chord that has begun.
    pub fn lines(&self) -> Vec<Line> {
        let all = self.offered.iter().copied();
        match &self.begun {
            Some(first) => all.filter(|line| begins(line, first)).collect(),
            None => all.collect(),
        }
    }

    /// The first key of a chord, once it was pressed.
    pub fn begun(&self) -> Option<&str> {
        self.begun.as_deref()
    }

    fn move_by(&mut self, by: isize) {
        let last = self.lines().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    fn turn_to(&mut self, begun: Option<String>) {
        self.begun = begun;
        self.cursor = 0;
    }
}

fn begins(line: &Line, first: &str) -> bool {
    line.key
        .split_once(' ')
        .is_some_and(|(key, _)| key == first)
}

/// The line of a command, with the verb that fits whom it is about.
fn line(entry: &Entry, subject: &Subject) -> Option<Line> {
    let is = |what: fn(&Person) -> bool| subject.person.as_ref().is_some_and(what);
    let sentence = match entry.command {
        Command::Ban if is(Person::is_banned) => "Unban this person",
        Command::Ban => "Ban this person",
        Command::Lock if is(Person::is_locked) => "Unlock this person's sign-ins",
        Command::Lock => "Lock this person's sign-ins",
        _ => entry.sentence,
    };
    // In a menu Enter does what is chosen.
    let key = entry.keys.iter().find(|key| **key != "Enter")?;
    Some(Line {
        command: entry.command,
        key,
        sentence,
    })
}

/// Opens the menu of who stood under the cursor in the last frame drawn before the key.
pub fn open(model: &mut Model) {
    match change::sight(model, model.seen.as_ref()) {
        Ok(seen) => model.layer = Layer::Menu(Box::new(Menu::new(model, seen.clone()))),
        Err(why) => model.ctx.say(Tone::Warn, why),
    }
}

/// A key was pressed while the menu is open.
pub fn press(model: &mut Model, name: &str) {
    let Layer::Menu(menu) = &mut model.layer else {
        return;
    };
    let keys = match &menu.begun {
        Some(first) => format!("{first} {name}"),
        None => name.to_owned(),
    };
    let is_key = |line: &Line| line.command.entry().keys.contains(&keys.as_str());
    // Arrows and Enter move and choose, whatever they do in the view.
    let letter =
        name == "Space" || (name.chars().count() == 1 && name.chars().all(char::is_alphanumeric));
    if letter && let Some(line) = menu.lines().into_iter().find(is_key) {
        return run(model, line.command);
    }
    if letter && menu.begun.is_none() && menu.offered.iter().any(|line| begins(line, name)) {
        return menu.turn_to(Some(name.to_owned()));
    }
    match name {
        "↓" | "j" | "Tab" => menu.move_by(1),
        "↑" | "k" | "S-Tab" => menu.move_by(-1),
        "PgDn" | "^d" => menu.move_by(5),
        "PgUp" | "^u" => menu.move_by(-5),
        "Home" => menu.cursor = 0,
        "End" => menu.move_by(isize::MAX),
        "Enter" | "→" => {
            if let Some(line) = menu.lines().get(menu.cursor) {
                run(model, line.command);
            }
        }
        "←" | "Backspace" if menu.begun.is_some() => menu.turn_to(None),
        "Esc" | "q" | "←" => model.layer = Layer::None,
        _ if name.is_ascii() => {
            let text =
                format!("{keys} is not in this menu. Enter does what is chosen, Esc closes.");
            model.ctx.say(Tone::Warn, text);
        }
        _ => {
            let text = "Choose with ↑ ↓ and Enter, or switch to Latin letters.";
            model.ctx.say(Tone::Warn, text);
        }
    }
}

/// Whom and which session something is about.
fn is_about(seen: &Seen) -> (Option<&UserId>, Option<&SessionId>) {
    let Subject {
        person, session, ..
    } = &seen.subject;
    let person = person.as_ref().map(|person| &person.id);
    (person, session.as_ref().map(|session| &session.id))
}

/// Does what was chosen, about whom the menu is about.
fn run(model: &mut Model, command: Command) {
    let Layer::Menu(menu) = std::mem::take(&mut model.layer) else {
        return;
    };
    if !command.is_change() {
        model.aim = Some(menu.seen);
        act::perform(model, command);
    } else if model.seen.as_ref().map(is_about) == Some(is_about(&menu.seen)) {
        // With the verb that the menu showed: rows may have been read since. And
        // about whom it showed, whoever is marked.
        change::open_for_one(model, command, Some(&menu.seen));
    } else {
        let text = "The cursor is on somebody else now. Look again.";
        model.ctx.say(Tone::Warn, text);
    }
    model.refused = command.is_change() && matches!(model.layer, Layer::None);
}
