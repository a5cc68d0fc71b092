//! Keys that ask for a second one.

use super::act::{self, change};
use super::command::{Command, Entry, TABLE};
use super::model::Seen;
use super::text::{cut, grouped, width};
use super::{Model, Person, Tone, batch};

/// A key that begins a chord.
#[derive(Clone, Copy, Debug)]
pub struct Chord {
    /// The key.
    pub key: &'static str,
    /// The word in the hint line; empty: not hinted at.
    pub hint: &'static str,
    /// What it does, after "does nothing." of its small letter; empty where it is one.
    pub deed: &'static str,
    /// What it asks, before the keys that answer; `{}` is the person.
    question: &'static str,
}

const fn chord(
    key: &'static str,
    hint: &'static str,
    deed: &'static str,
    question: &'static str,
) -> Chord {
    Chord {
        key,
        hint,
        deed,
        question,
    }
}

/// So much of a name is always shown.
const SHORTEST: usize = 6;

const CHORDS: &[Chord] = &[
    chord("y", "", "", "Copy what?"),
    chord("E", "edit", "edits", "Edit of {}:"),
    chord("M", "metadata", "edits metadata", "Metadata of {}:"),
    chord("P", "sign-in", "changes how they sign in", "Sign-in of {}:"),
    chord("R", "revoke", "revokes sessions", "Revoke of {}:"),
    chord("N", "new", "makes users and invites", "Newcomers:"),
];

/// The chord that a key begins.
pub fn begun(key: &str) -> Option<&'static Chord> {
    CHORDS.iter().find(|chord| chord.key == key)
}

/// The commands whose chord a key begins, with the key that is second.
fn answers(key: &str) -> impl Iterator<Item = (&'static Entry, &'static str)> + '_ {
    TABLE.iter().filter_map(move |entry| {
        let (first, second) = entry.keys.first()?.split_once(' ')?;
        (first == key).then_some((entry, second))
    })
}

/// The commands whose chord a key begins.
pub fn begun_by(key: &str) -> impl Iterator<Item = Command> + '_ {
    answers(key).map(|(entry, _)| entry.command)
}

impl Chord {
    /// Asks for the second key, and names those that can do something now. A
    /// change is about what was seen before this key.
    pub fn ask(&self, model: &mut Model, seen: Option<Seen>) {
        let marked = answers(self.key).any(|(entry, _)| batch::is_meant(model, entry.command));
        if self.is_about_a_person() && !marked && change::aim(model, seen.as_ref()).is_none() {
            return;
        }
        let subject = match &seen {
            Some(seen) if self.is_about_a_person() => seen.subject.clone(),
            _ => model.subject(),
        };
        let ways: Vec<String> = answers(self.key)
            .filter(|(entry, _)| act::applies_here(model, &subject, entry.command))
            .map(|(entry, second)| format!("{second} {}", entry.hint))
            .collect();
        let text = format!("{} {}", self.question, ways.join(" · "));
        // A long name gives way to the keys.
        let room = usize::from(model.ctx.size.0).saturating_sub(width(&text));
        let name = if marked {
            Some(format!("{} marked", grouped(model.marks.len() as u64)))
        } else {
            subject.person.as_ref().map(Person::short_name)
        };
        let name = cut(&name.unwrap_or_default(), room.max(SHORTEST));
        let text = text.replacen("{}", &name, 1);
        model.chord = Some((self.key, seen));
        model.ctx.say(Tone::Plain, text);
    }

    fn is_about_a_person(&self) -> bool {
        begun_by(self.key).any(Command::is_about_a_person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chord_has_a_question_and_words_for_its_answers() {
        for entry in TABLE {
            let Some((first, _)) = entry.keys.first().and_then(|keys| keys.split_once(' ')) else {
                continue;
            };
            let chord = begun(first).unwrap();
            let change = begun_by(first).any(Command::is_change);
            assert_eq!(chord.deed.is_empty(), !change);
            assert_eq!(chord.question.contains("{}"), chord.is_about_a_person());
            assert!(!entry.hint.is_empty(), "{first}");
        }
        for chord in CHORDS {
            let seconds: Vec<_> = answers(chord.key).map(|(_, second)| second).collect();
            let mut once = seconds.clone();
            once.sort_unstable();
            once.dedup();
            assert!(!seconds.is_empty() && once.len() == seconds.len());
        }
    }
}
