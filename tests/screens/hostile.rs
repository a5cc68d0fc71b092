//! Strangers choose their own names. Not one control byte of theirs reaches the
//! terminal, whatever view or dialog shows them, and no name bends a column.

use std::num::NonZero;

use clerk_tui::app::AnyList;
use clerk_tui::domain::{
    Activity, Address, Answer, ApiError, Dress, ErrorKind, Fetch, Row, Start, Untrusted,
    UserFilter, UserOrder, UserRow,
};
use crossterm::event::KeyCode;
use vt100::Screen;

use crate::answers::edit;
use crate::desk::{Desk, LARGE, SMALL};

/// What strangers put where the demo's strangers do not: into addresses,
/// devices, roles and error messages.
const ATTACKS: [&str; 14] = [
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]52;c;cm0gLXJmIC8=\u{7}clip",
    "\u{9b}2J\u{9d}0;owned\u{9c}",
    "\u{202e}exe.gnp\u{202c}",
    "two\r\nlines\ttab",
    "\u{1b}Pq#0\u{1b}\\sixel",
    "\u{0}nul\u{7f}del\u{8}\u{8}back",
    "mark\u{200f}s\u{2066}\u{200b}\u{feff}\u{2028}",
    "\u{1b}]8;;https://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "高橋翔太「開発」",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇩🇪",
    "محمد שלום עולם",
    "Z\u{334}\u{335}\u{336}\u{337}\u{338}\u{340}\u{341}\u{342}\u{343}\u{344}\u{345}\u{346}\u{347}algo",
    "각\u{115f}\u{3164}\u{fe0f}\u{e0001}",
];

fn attack(n: usize) -> Untrusted {
    Untrusted::new(ATTACKS[n % ATTACKS.len()])
}

/// The demo's fifteen strangers, and one for each attack with it everywhere.
fn strangers(desk: &Desk) -> Vec<UserRow> {
    let Answer::Users(page) = desk.ask(&Fetch::Users {
        filter: UserFilter::default().into(),
        order: UserOrder::NEWEST,
        start: Start::First,
        limit: 500,
    }) else {
        panic!("no users")
    };
    let rows: Vec<UserRow> = (0..page.len()).filter_map(|row| page.row(row)).collect();
    let mut strangers: Vec<UserRow> = (0..15).map(|n| rows[11 + 17 * n].clone()).collect();
    for n in 0..ATTACKS.len() {
        let mut row = rows[300 + n].clone();
        row.name = attack(n);
        row.email = Some(attack(n + 1));
        row.phone = Some(attack(n + 2));
        row.username = Some(attack(n + 3));
        strangers.push(row);
    }
    strangers
}

/// A console on which everybody is a stranger.
fn among_strangers(size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(size, Dress::Demo);
    let strangers = strangers(&desk);
    desk.meddle(move |fetch, answer| Ok(attacked(fetch, answer?, &strangers)));
    desk.start();
    desk
}

/// The answer with attacks wherever strangers may write.
fn attacked(fetch: &Fetch, mut answer: Answer, strangers: &[UserRow]) -> Answer {
    match &mut answer {
        Answer::Users(page) => {
            edit(page, |rows| {
                if matches!(fetch, Fetch::Users { .. }) {
                    rows.clear();
                }
                rows.extend(strangers.iter().cloned().map(Row::Read));
            });
        }
        Answer::User(user) => {
            for (n, email) in user.emails.iter_mut().enumerate() {
                email.text = attack(n);
                email.linked_to = vec![attack(n + 1)];
            }
            user.phones.push(Address {
                id: None,
                text: attack(5),
                verified: true,
                primary: false,
                linked_to: vec![attack(6)],
                second_factor: true,
            });
            user.external_id = Some(attack(1));
            user.username = Some(attack(2));
            user.locale = Some(attack(3));
        }
        Answer::Sessions(page) => {
            for (n, row) in page.rows.iter_mut().enumerate() {
                let Row::Read(session) = row else { continue };
                session.user = strangers[n % strangers.len()].id.clone();
                session.actor = (n % 3 == 0).then(|| attack(n));
                session.activity = Activity {
                    device: Some(attack(n)),
                    browser: Some(attack(n + 1)),
                    browser_version: Some(attack(n + 2)),
                    ip: Some(attack(n + 3)),
                    city: Some(attack(n + 4)),
                    country: Some(attack(n + 5)),
                    mobile: false,
                };
            }
        }
        Answer::Organizations(page) => {
            for (n, row) in page.rows.iter_mut().enumerate() {
                let Row::Read(organization) = row else {
                    continue;
                };
                organization.name = attack(n);
                organization.slug = Some(attack(n + 1));
            }
        }
        Answer::Memberships(page) => {
            for (n, row) in page.rows.iter_mut().enumerate() {
                let Row::Read(membership) = row else { continue };
                membership.role = attack(n);
                membership.organization.name = attack(n + 1);
                if let Some(user) = &mut membership.user {
                    user.name = attack(n + 2);
                    user.identifier = Some(attack(n + 3));
                }
            }
        }
        Answer::Instance(instance) => instance.origins = vec![attack(0)],
        _ => {}
    }
    answer
}

/// Holds that the bytes are text and what crossterm itself writes: places, the
/// colours and weights of the theme, and the cursor shown or hidden.
pub fn check(desk: &Desk) {
    let stream = String::from_utf8(desk.bytes()).expect("UTF-8");
    let mut rest = stream.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '\u{1b}' {
            let end = rest.find(|c: char| c.is_ascii_alphabetic());
            let end = end.expect("a sequence ends");
            let sequence = &rest[..=end];
            rest = &rest[end + 1..];
            assert!(is_ours(sequence), "ESC {sequence:?}\n{}", desk.text());
        } else {
            assert!(is_harmless(c), "{c:?}\n{}", desk.text());
        }
    }
    let effects = emulated(desk).callbacks().0.clone();
    assert!(effects.is_empty(), "{effects:?}\n{}", desk.text());
}

/// The screen as a terminal shows it.
fn emulated(desk: &Desk) -> vt100::Parser<Effects> {
    let (width, height) = desk.model.ctx.size;
    let [rows, columns] = [height, width].map(|n| NonZero::new(n).unwrap());
    let mut terminal = vt100::Parser::new_with_callbacks(rows, columns, 0, Effects::default());
    terminal.process(&desk.bytes());
    terminal
}

/// What a terminal was made to do besides showing text.
#[derive(Clone, Default)]
struct Effects(Vec<&'static str>);

impl vt100::Callbacks for Effects {
    fn audible_bell(&mut self, _: &mut Screen) {
        self.0.push("it rang");
    }

    fn visual_bell(&mut self, _: &mut Screen) {
        self.0.push("it flashed");
    }

    fn set_window_icon_name(&mut self, _: &mut Screen, _: &[u8]) {
        self.0.push("its icon was named");
    }

    fn set_window_title(&mut self, _: &mut Screen, _: &[u8]) {
        self.0.push("its title was set");
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], _: &[u8]) {
        self.0.push("its clipboard was written");
    }

    fn paste_from_clipboard(&mut self, _: &mut Screen, _: &[u8]) {
        self.0.push("its clipboard was read");
    }

    fn unhandled_control(&mut self, _: &mut Screen, _: u8) {
        self.0.push("it got a control");
    }

    fn unhandled_osc(&mut self, _: &mut Screen, _: &[&[u8]]) {
        self.0.push("it got a command");
    }
}

/// Whether a sequence (what follows the ESC) is one that crossterm writes for us.
fn is_ours(sequence: &str) -> bool {
    let Some(body) = sequence.strip_prefix('[') else {
        return false;
    };
    let digits = |text: &str| text.split(';').all(|n| n.parse::<u16>().is_ok());
    match body.split_at(body.len() - 1) {
        (place, "H") => digits(place),
        ("?25", "h" | "l") => true,
        (style, "m") => {
            // Colours are written as `38;5;n`: the short forms are strangers'.
            let mut codes = style.split(';');
            while let Some(code) = codes.next() {
                match code {
                    "0" | "1" | "2" | "4" | "22" | "24" | "39" | "49" | "59" => {}
                    "38" if codes.next() == Some("5") && codes.next().is_some() => {}
                    _ => return false,
                }
            }
            true
        }
        _ => false,
    }
}

/// Whether a character steers nothing.
fn is_harmless(c: char) -> bool {
    let steers = c.is_control()
        || matches!(
            c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}'
        )
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    !steers
}

#[test]
fn foreign_sequences_and_characters_are_told_from_ours() {
    for ours in ["[1;1H", "[?25l", "[?25h", "[0m", "[38;5;6;49m", "[1m"] {
        assert!(is_ours(ours), "{ours}");
    }
    for foreign in [
        "[2J", "[31m", "[?1049h", "]52;c", "P", "[6n", "[1;31m", "[H2",
    ] {
        assert!(!is_ours(foreign), "{foreign}");
    }
    assert!("aü漢👩␛�".chars().all(is_harmless));
    assert!(
        !"\u{7}\u{9b}\u{202e}\u{2066}\n\u{7f}"
            .chars()
            .any(is_harmless)
    );
}

/// Goes through all views and dialogs, and looks at each.
fn tour(desk: &mut Desk, look: impl Fn(&mut Desk, &str)) {
    let people = desk.model.users().map_or(0, |pane| pane.list.len());
    look(desk, "users");
    for _ in 1..people {
        desk.keys("j").rest();
        look(desk, "users");
    }
    desk.keys("g").rest();
    for n in 0..people {
        desk.press(KeyCode::Enter).rest();
        look(desk, "profile");
        desk.keys("G").press(KeyCode::Enter);
        look(desk, "metadata");
        desk.keys("v");
        look(desk, "raw");
        desk.keys("G");
        look(desk, "raw");
        desk.keys("vs").rest();
        look(desk, "sessions of one");
        desk.keys("R").rest();
        look(desk, "revoke");
        desk.press(KeyCode::Esc);
        desk.press(KeyCode::Esc).press(KeyCode::Esc).rest();
        for change in ["B", "D", "En"] {
            desk.keys(change).rest();
            look(desk, change);
            if change == "En" {
                desk.keys("\u{1b}[31mx").press(KeyCode::Enter).rest();
                look(desk, "review");
                desk.press(KeyCode::Esc);
            }
            desk.press(KeyCode::Esc);
            look(desk, "cancelled");
        }
        if n + 1 < people {
            desk.keys("j").rest();
        }
    }
    desk.keys("2").rest();
    look(desk, "sessions");
    desk.keys("3").rest();
    look(desk, "organizations");
    desk.press(KeyCode::Enter).rest();
    look(desk, "members");
    desk.keys("1").rest();
    desk.keys("/\u{1b}]0;x\u{7}\u{202e}").rest();
    look(desk, "search");
}

#[test]
fn no_byte_of_a_stranger_reaches_the_terminal() {
    for size in [SMALL, LARGE] {
        tour(&mut among_strangers(size), |desk, _| check(desk));
    }
}

#[test]
fn errors_are_strangers_too() {
    for (n, words) in ATTACKS.into_iter().enumerate() {
        let mut desk = among_strangers(SMALL);
        let mut error = ApiError::new(ErrorKind::Server, words);
        error.trace_id = Some(attack(n + 1));
        error.code = Some(attack(n + 2));
        desk.fail(|_| true, error).keys("r").rest();
        check(&desk);
        desk.press(KeyCode::Enter).rest();
        check(&desk);
    }
}

#[test]
fn columns_stay_where_they_are() {
    for size in [SMALL, LARGE, (100, 30), (200, 60), (60, 20)] {
        let mut desk = among_strangers(size);
        desk.rest();
        let titles = desk.lines()[2].clone();
        let (before, _) = titles.split_once("STATUS").expect("a status column");
        let column = u16::try_from(clerk_tui::app::text::width(before)).unwrap();
        let terminal = emulated(&desk);
        let rows = (size.1 - 5).min(29);
        for row in 3..3 + rows {
            let cell = |at: u16| terminal.screen().cell(row, at).map(vt100::Cell::contents);
            let sign = cell(column).unwrap_or_default();
            let line = &desk.lines()[usize::from(row)];
            assert!(
                ["o", "x", "!", "?", "#"].contains(&sign),
                "{sign:?} at {column} of {size:?}: {line}"
            );
            assert_eq!(cell(column - 1).unwrap_or_default().trim(), "", "{line}");
        }
    }
}

#[test]
fn strangers_in_a_list() {
    among_strangers(SMALL).looks("strangers_80");
    among_strangers(LARGE).looks("strangers_160");
}

/// An unreadable row says so, and the page lives on.
#[test]
fn unreadable_rows_stand_between_the_others() {
    let mut desk = Desk::new(SMALL, Dress::Demo);
    desk.meddle(|_, answer| {
        let mut answer = answer?;
        if let Answer::Users(page) = &mut answer {
            edit(page, |rows| {
                rows[2] = Row::Unreadable(clerk_tui::domain::Unreadable {
                    id: Some(Untrusted::new("user_\u{1b}[2Jbroken")),
                    why: Untrusted::new("the field id holds \u{1b}[31m a list"),
                });
            });
        }
        Ok(answer)
    });
    desk.start();
    desk.shows("# unreadable").looks("unreadable_80");
    check(&desk);
}
