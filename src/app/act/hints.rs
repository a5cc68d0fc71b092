//! What the hint line offers.

use super::applicable_to;
use crate::app::command::{Command, Group};
use crate::app::{Model, Person, Subject, batch, chord};

/// A key that works here, for the hint line.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    /// The heading of its command.
    pub group: Group,
    /// The key; of a chord its first one.
    pub key: &'static str,
    /// What it does, in a word.
    pub word: &'static str,
}

/// The keys that work here, each once.
pub fn hints(model: &Model) -> Vec<Hint> {
    let subject = model.subject();
    let mut hints: Vec<Hint> = Vec::new();
    for hint in applicable_to(model, &subject).filter_map(|command| hint(model, &subject, command))
    {
        if !hint.word.is_empty() && hints.iter().all(|known| known.key != hint.key) {
            hints.push(hint);
        }
    }
    hints
}

/// A ban is an unban for somebody banned, a lock an unlock for somebody locked;
/// what a chord does is told by its first key alone.
fn hint(model: &Model, subject: &Subject, command: Command) -> Option<Hint> {
    let entry = command.entry();
    let key = *entry.keys.first()?;
    // Of many it is told by the dry run.
    let of_one = !batch::is_meant(model, command);
    let is = |what: fn(&Person) -> bool| of_one && subject.person.as_ref().is_some_and(what);
    let chord = key
        .split_once(' ')
        .and_then(|(first, _)| chord::begun(first));
    let (key, word) = match (command, chord) {
        // Its chord is named for what else it does.
        (Command::Invitations, _) => return None,
        (_, Some(chord)) => (chord.key, chord.hint),
        (Command::Ban, _) if is(Person::is_banned) => (key, "unban"),
        (Command::Lock, _) if is(Person::is_locked) => (key, "unlock"),
        _ => (key, entry.hint),
    };
    let group = entry.group;
    Some(Hint { group, key, word })
}
