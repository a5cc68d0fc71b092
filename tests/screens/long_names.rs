//! A name of 200 characters, or one that runs from right to left, pushes
//! nothing out of a dialog.

use clerk_tui::domain::{Answer, Row, Untrusted, User, UserRow};

use crate::answers::edit;
use crate::desk::{Desk, SMALL, open, open_production};

/// The names, and how each begins on the screen.
pub fn names() -> [(String, &'static str, &'static str); 3] {
    [
        (
            "long",
            "Wolfeschlegelsteinhausen".repeat(9)[..200].to_owned(),
            "Wolfeschl",
        ),
        ("rtl", "مرحبا بالعالم שלום עולם".to_owned(), "مرحبا"),
        ("wide", "高橋翔太".repeat(50), "高橋翔太"),
    ]
    .map(|(label, name, begins)| (name, begins, label))
}

/// A console on which Alice Chen has another name and a long address.
pub fn renamed(mut desk: Desk, name: &str) -> Desk {
    let name = name.to_owned();
    let address = format!("{}@a-company.example.com", "alice.".repeat(12));
    desk.meddle(move |_, answer| {
        let mut answer = answer?;
        match &mut answer {
            Answer::Users(page) => edit(page, |rows| {
                for row in rows {
                    if let Row::Read(row) = row {
                        rename_row(row, &name, &address);
                    }
                }
            }),
            Answer::User(user) => rename(user, &name, &address),
            _ => {}
        }
        Ok(answer)
    });
    desk
}

fn rename_row(row: &mut UserRow, name: &str, address: &str) {
    if row.id.as_str() == "user_2abc123" {
        row.name = Untrusted::new(name);
        row.email = Some(Untrusted::new(address));
    }
}

fn rename(user: &mut User, name: &str, address: &str) {
    user.first_name = Some(Untrusted::new(name));
    user.last_name = None;
    for email in user.emails.iter_mut().filter(|email| email.primary) {
        email.text = Untrusted::new(address);
    }
}

#[test]
fn nothing_is_pushed_out_of_a_dialog() {
    type Opens = fn((u16, u16)) -> Desk;
    let dresses: [(Opens, &str, &str); 2] = [
        (open, "demo", "DEMO · demo.example"),
        (open_production, "production", "PRODUCTION · demo.example"),
    ];
    for (name, begins, label) in names() {
        for (open, dress, instance) in dresses {
            let mut desk = renamed(open(SMALL), &name);
            desk.search("alice chen").keys("B").rest();
            for fact in ["Ban ", begins, "@a-company.example.com", "abc123", instance] {
                desk.shows(fact);
            }
            desk.says("Signs out 2 sessions").says("y ban");
            desk.shows("B unbans; sessions stay gone.");
            desk.looks(&format!("ban_{label}_{dress}"));
            desk.press(crossterm::event::KeyCode::Esc).keys("D").rest();
            for fact in [
                "DELETE ",
                begins,
                "@a-company.example.com",
                "abc123",
                instance,
            ] {
                desk.shows(fact);
            }
            desk.shows("Removes 2 sessions, 7 memberships.")
                .shows("This cannot be undone.");
            desk.looks(&format!("delete_{label}_{dress}"));
        }
    }
}

#[test]
fn nothing_is_pushed_out_of_a_list_or_profile() {
    for (name, begins, label) in names() {
        let mut desk = renamed(open(SMALL), &name);
        desk.search("alice chen").shows(begins);
        desk.shows("@a-company.example.com").shows(" ok ");
        desk.looks(&format!("list_{label}"));
        desk.press(crossterm::event::KeyCode::Enter).rest();
        desk.shows("CAN SIGN IN").shows("DEMO").shows(begins);
        desk.looks(&format!("profile_{label}"));
    }
}
