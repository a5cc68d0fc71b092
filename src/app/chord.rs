//! Keys that ask for a second one.

use super::command::{Command, TABLE};

/// A key that begins a chord.
#[derive(Clone, Copy, Debug)]
pub struct Chord {
    /// The key.
    pub key: &'static str,
    /// What it does, after "does nothing." of its small letter; empty where it is one.
    pub deed: &'static str,
    /// What it asks, with the keys that answer.
    pub question: &'static str,
}

const CHORDS: &[Chord] = &[
    Chord {
        key: "y",
        deed: "",
        question: "Copy what?  e e-mail · i id",
    },
    Chord {
        key: "E",
        deed: "edits",
        question: "Edit what?  n names · e e-mail · a addresses",
    },
    Chord {
        key: "M",
        deed: "edits metadata",
        question: "Which metadata?  p public · r private · u unsafe",
    },
];

/// The chord that a key begins.
pub fn chord(key: &str) -> Option<&'static Chord> {
    CHORDS.iter().find(|chord| chord.key == key)
}

/// The commands whose chord a key begins.
pub fn begun_by(key: &str) -> impl Iterator<Item = Command> + '_ {
    let begins = move |keys: &&str| keys.split_once(' ').is_some_and(|(first, _)| first == key);
    TABLE
        .iter()
        .filter(move |entry| entry.keys.iter().any(begins))
        .map(|entry| entry.command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::Group;

    #[test]
    fn every_chord_asks_for_its_keys() {
        for (keys, entry) in TABLE
            .iter()
            .flat_map(|e| e.keys.iter().map(move |k| (k, e)))
        {
            if let Some((first, second)) = keys.split_once(' ') {
                let chord = chord(first).unwrap();
                assert_eq!(chord.deed.is_empty(), entry.group != Group::Change);
                let said = chord.question.contains(&format!(" {second} "));
                assert!(said || keys == &"y y", "{keys}");
            }
        }
        assert!(
            CHORDS
                .iter()
                .all(|chord| begun_by(chord.key).next().is_some())
        );
    }
}
