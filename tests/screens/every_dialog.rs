//! Every dialog says the verb, the name, the e-mail address, the end of the id, the
//! instance, what follows in numbers, and the way back, whatever somebody is called.

use clerk_tui::domain::Dress;

use crate::desk::{Desk, SMALL};
use crate::long_names::{names, renamed};

/// A dialog: what it is called here, what is searched for first, the keys that
/// lead to it, what it has to say of them and of the change, and the keys that do it.
pub struct Dialog {
    pub label: &'static str,
    pub search: &'static str,
    pub keys: &'static str,
    pub who: [&'static str; 3],
    pub says: [&'static str; 4],
    pub does: &'static str,
}

const fn dialog(
    label: &'static str,
    keys: &'static str,
    says: [&'static str; 4],
    does: &'static str,
) -> Dialog {
    Dialog {
        label,
        search: "alice chen",
        keys,
        who: ["Alice Chen", "alice@example.com", "abc123"],
        says,
        does,
    }
}

const UNDONE: &str = "This cannot be undone";

/// The verb in the title, the button or key, the consequence, and the way back.
pub const DIALOGS: [Dialog; 19] = [
    dialog(
        "ban",
        "B",
        ["Ban ", "y ban", "Signs out 2 sessions", "B unbans"],
        "y",
    ),
    dialog(
        "lock",
        "L",
        ["Lock ", "y lock", "sessions stay", "L unlocks"],
        "y",
    ),
    dialog(
        "delete",
        "D",
        [
            "DELETE ",
            "Enter deletes",
            "Removes 2 sessions, 7 memberships.",
            UNDONE,
        ],
        "abc123·⏎",
    ),
    dialog(
        "edit",
        "En·⇥xx⏎",
        ["Save ", "y save", "last name: ", "U takes it back."],
        "y",
    ),
    dialog(
        "metadata",
        "Mp·plan⇥gold⏎",
        ["Save ", "y save", "\"gold\"", "U takes it back."],
        "y",
    ),
    dialog(
        "replace_email",
        "Ee·→x⏎",
        [
            "Replace the address of ",
            "y replace",
            "Removes 1 other address",
            "E e can set the old one again",
        ],
        "y",
    ),
    dialog(
        "remove_address",
        "Ea·r",
        [
            "Remove an address of ",
            "Enter removes",
            "their only verified e-mail address",
            UNDONE,
        ],
        "abc123·⏎",
    ),
    dialog(
        "verify_address",
        "Ea·jv",
        [
            "Verify an address of ",
            "y mark",
            "alice.old@example.com",
            "E a removes it",
        ],
        "y",
    ),
    dialog(
        "add_address",
        "Ea·jjj⏎new@example.org⏎",
        [
            "Add an address to ",
            "y add",
            "new@example.org",
            "E a removes it again",
        ],
        "y",
    ),
    dialog(
        "mfa",
        "Pm",
        [
            "Reset the second factors of ",
            "Enter resets",
            "backup codes go",
            UNDONE,
        ],
        "abc123·⏎",
    ),
    dialog(
        "compromised",
        "Pc",
        [
            "Mark compromised: ",
            "y mark",
            "Signs out 2 sessions",
            "can unmark it",
        ],
        "y",
    ),
    dialog(
        "remove_password",
        "Pp·j⏎",
        [
            "Remove the password of ",
            "Enter removes",
            "Left: 1 linked way, codes to 2 verified.",
            UNDONE,
        ],
        "abc123·⏎",
    ),
    dialog(
        "set_password",
        "Pp·⏎hunter22⇥hunter22⏎",
        [
            "Set the password of ",
            "y set",
            "Signs out 2 sessions",
            UNDONE,
        ],
        "y",
    ),
    dialog(
        "way_in",
        "Pk·⏎",
        [
            "Remove a way in of ",
            "Enter removes",
            "Left: password, codes to 2 verified.",
            UNDONE,
        ],
        "abc123·⏎",
    ),
    dialog(
        "link",
        "Pl",
        [
            "Make a sign-in link for ",
            "y make",
            "within 10 minutes",
            "ends by itself",
        ],
        "y",
    ),
    dialog(
        "impersonate",
        "I",
        [
            "Sign in as ",
            "Enter impersonates",
            "up to 30 minutes",
            ":tokens revokes it",
        ],
        "card test·⏎",
    ),
    dialog(
        "sign_out",
        "Ra",
        [
            "Sign out everywhere: ",
            "y sign out",
            "Signs out 2 sessions.",
            UNDONE,
        ],
        "y",
    ),
    dialog(
        "sign_out_but",
        "s·Ro",
        [
            "Sign out elsewhere: ",
            "y sign out",
            "Signs out 1 session.",
            UNDONE,
        ],
        "y",
    ),
    dialog(
        "revoke",
        "s·R",
        [
            "Revoke a session of ",
            "y revoke",
            "issued tokens live up to 60 s",
            UNDONE,
        ],
        "y",
    ),
];

/// Those of people who are banned or locked already.
pub const ENDS: [Dialog; 2] = [
    Dialog {
        label: "unban",
        search: "alice ng",
        keys: "B",
        who: ["Alice Ng", "alice.ng@example.org", "XYbYT2"],
        says: ["Unban ", "y unban", "Allows sign-ins again", "B bans again"],
        does: "y",
    },
    Dialog {
        label: "unlock",
        search: "alice okafor",
        keys: "L",
        who: ["Alice Okafor", "a.okafor@example.net", "6Cu5t7"],
        says: [
            "Unlock ",
            "y unlock",
            "Allows sign-ins again",
            "L locks again",
        ],
        does: "y",
    },
];

/// Opens a dialog.
pub fn open(desk: &mut Desk, dialog: &Dialog) {
    desk.start().search(dialog.search);
    desk.plays(dialog.keys).rest();
}

const DRESSES: [(Dress, &str, &str); 2] = [
    (
        Dress::Development,
        "development",
        "development · demo.example",
    ),
    (Dress::Production, "production", "PRODUCTION · demo.example"),
];

/// The dialog with its frame, and nothing of the screen behind it.
fn text(desk: &Desk) -> String {
    let screen = desk.text();
    let frame = |c: char| "┌└│┏┗┃".contains(c);
    let framed = screen.lines().filter_map(|line| {
        let begins = line.find(frame)?;
        (line[begins..].ends_with(['┐', '┘', '│', '┓', '┛', '┃'])).then(|| &line[begins..])
    });
    framed.collect::<Vec<_>>().join("\n")
}

fn says(desk: &Desk, who: &[&str], dialog: &Dialog) {
    let text = text(desk);
    for fact in who.iter().chain(&dialog.says) {
        assert!(
            text.contains(fact),
            "no “{fact}” in {}:\n{text}",
            dialog.label
        );
    }
}

#[test]
fn every_dialog_says_everything() {
    for dialog in DIALOGS.iter().chain(&ENDS) {
        for (dress, label, instance) in DRESSES {
            let mut desk = Desk::new(SMALL, dress);
            open(&mut desk, dialog);
            says(&desk, &dialog.who, dialog);
            says(&desk, &[instance], dialog);
            desk.looks(&format!("every_{}_{label}", dialog.label));
        }
    }
}

#[test]
fn no_name_pushes_any_of_it_away() {
    for dialog in &DIALOGS {
        for (name, begins, label) in names() {
            for (dress, _, instance) in DRESSES {
                let mut desk = renamed(Desk::new(SMALL, dress), &name);
                open(&mut desk, dialog);
                let who = [begins, "@a-company.example.com", "abc123", instance];
                says(&desk, &who, dialog);
                if label == "long" && dress == Dress::Production {
                    desk.looks(&format!("every_{}_{label}", dialog.label));
                }
            }
        }
    }
}
