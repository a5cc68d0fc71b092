//! The menu: what can be done now with whom the person saw.

use super::dialogs::{on_bob, with_dialog};
use super::harness::Console;
use super::many::marked;
use super::world::{five_alices, id, not_found, person, session};
use crate::app::{Command, Layer, MenuLine};
use crate::domain::{Action, Change, Outcome, Policy};

fn lines(console: &Console) -> Vec<MenuLine> {
    match &console.model.layer {
        Layer::Menu(menu) => menu.lines(),
        other => panic!("no menu, but {other:?}; toast: {}", console.toast()),
    }
}

fn offers(console: &Console, command: Command) -> bool {
    lines(console).iter().any(|line| line.command == command)
}

fn sentence(console: &Console, command: Command) -> &'static str {
    let lines = lines(console);
    let line = lines.iter().find(|line| line.command == command);
    line.unwrap().sentence
}

#[test]
fn it_lists_what_is_possible_with_this_person_and_nothing_else() {
    let mut console = on_bob();
    console.press("x");
    for command in [
        Command::Open,
        Command::SessionsOfPerson,
        Command::CopyEmail,
        Command::Ban,
        Command::Edit,
        Command::ReplaceEmail,
        Command::Delete,
    ] {
        assert!(offers(&console, command), "{command:?}");
    }
    // No session is under the cursor; and the others are not about somebody.
    for command in [
        Command::Revoke,
        Command::Search,
        Command::Order,
        Command::Users,
        Command::Help,
        Command::Menu,
    ] {
        assert!(!offers(&console, command), "{command:?}");
    }
}

#[test]
fn it_names_the_verb_that_fits() {
    let mut console = on_bob();
    console.press("x");
    assert_eq!(sentence(&console, Command::Ban), "Ban this person");
    let mut banned = person(1, "Bob Bell");
    banned.banned = true;
    banned.locked = true;
    let mut console = Console::with(vec![banned]);
    console.look().press("x");
    assert_eq!(sentence(&console, Command::Ban), "Unban this person");
    assert_eq!(
        sentence(&console, Command::Lock),
        "Unlock this person's sign-ins"
    );
}

#[test]
fn a_letter_runs_at_once() {
    let mut console = on_bob();
    console.press("x B");
    assert_eq!(console.dialog().title(), "Ban Bob Bell?");
    let mut console = on_bob();
    console.press("x l").settle();
    assert_eq!(console.profile(), Some(&id(1)));
}

#[test]
fn the_first_letter_of_a_chord_leaves_its_second_ones() {
    let mut console = on_bob();
    console.press("x E");
    let keys: Vec<_> = lines(&console).iter().map(|line| line.key).collect();
    assert_eq!(keys, ["E n", "E e", "E a"]);
    console.press("e");
    assert_eq!(
        console.dialog().title(),
        "Replace the e-mail address of Bob Bell"
    );
    let mut console = on_bob();
    console.press("x y i");
    assert_eq!(console.copied, ["user_000001"]);
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn arrows_and_enter_alone_reach_everything() {
    let mut console = on_bob();
    console.press("x");
    let all = lines(&console).len();
    assert!(all > 10);
    for place in 0..all {
        let mut console = on_bob();
        console.press("x");
        let command = lines(&console)[place].command;
        for _ in 0..place {
            console.press("↓");
        }
        console.press("Enter").settle();
        let left = !matches!(console.model.layer, Layer::Menu(_));
        let marks = !console.model.marks.is_empty() || console.model.range.is_some();
        let happened = console.has_dialog() || !console.copied.is_empty() || marks;
        let went = !matches!(console.model.screen(), crate::app::Screen::Users(_));
        assert!(
            left && (happened || went || !console.toast().is_empty()),
            "{command:?}"
        );
    }
}

#[test]
fn arrows_turn_back_from_a_chord_and_close() {
    let mut console = on_bob();
    console.press("x");
    let all = lines(&console).len();
    console.press("E ←");
    assert_eq!(lines(&console).len(), all);
    console.press("←");
    assert!(matches!(console.model.layer, Layer::None));
    for key in ["Esc", "q", "^c"] {
        console.look().press("x E").press(key);
        assert!(matches!(console.model.layer, Layer::None), "{key}");
        assert!(!console.quit);
    }
}

#[test]
fn what_is_not_in_it_says_so_and_does_nothing() {
    let mut console = on_bob();
    console.press("x z");
    assert_eq!(
        console.toast(),
        "z is not in this menu. Enter does what is chosen, Esc closes."
    );
    console.press("в");
    assert_eq!(
        console.toast(),
        "Choose with ↑ ↓ and Enter, or switch to Latin letters."
    );
    assert!(matches!(console.model.layer, Layer::Menu(_)));
}

#[test]
fn a_change_is_about_whom_the_menu_is_about_or_nobody() {
    let mut console = with_dialog("B");
    console.press("y").drawn().press("x");
    // He turns out to be deleted, and somebody else stands there now.
    console.ends(Outcome::Refused(not_found())).look();
    assert_eq!(console.under_cursor(), "Alice Chen");
    console.press("D");
    assert!(!console.has_dialog() && console.sent.len() == 1);
    assert_eq!(
        console.toast(),
        "The cursor is on somebody else now. Look again."
    );
}

#[test]
fn the_menu_keeps_the_verb_it_showed() {
    let mut console = on_bob();
    console.press("x");
    // A colleague bans him, and the list is read again under the menu.
    console.world.find_mut(&id(1)).banned = true;
    let row = console.world.find(&id(1)).unwrap().row();
    let read_at = console.model.ctx.now.wall;
    console.model.people.learn(row, read_at);
    console.drawn().press("B");
    assert_eq!(console.dialog().title(), "Ban Bob Bell?");
    console.settle();
    assert!(!console.has_dialog());
    assert!(console.sent.is_empty());
    assert!(console.toast().contains("was banned by somebody else"));
}

#[test]
fn it_is_about_one_whoever_is_marked_and_counts_those_passed_over() {
    let mut console = super::many::marked(3);
    console.press("x");
    assert!(matches!(&console.model.layer, Layer::Menu(menu) if menu.passed_over() == 3));
    console.press("B");
    let one = console.dialog().person.id.clone();
    console.settle().look().press("y");
    assert_eq!(*console.only_change(), Action::Ban(one));
    // In a profile nobody expects the marks to win.
    console
        .done()
        .settle()
        .look()
        .press("l")
        .settle()
        .look()
        .press("x");
    assert!(matches!(&console.model.layer, Layer::Menu(menu) if menu.passed_over() == 0));
}

#[test]
fn on_a_session_it_revokes_that_one() {
    let mut console = on_bob();
    console.world.sessions = vec![session(1, &id(1), "2026-11-23T14:00:00Z")];
    console.press("s").settle().look().press("x");
    assert!(offers(&console, Command::Revoke));
    assert!(!offers(&console, Command::SessionsOfPerson));
    console.press("R").settle().look().press("y");
    assert!(matches!(console.only_change(), Action::Revoke { user, .. } if *user == id(1)));
}

#[test]
fn a_read_only_run_lists_no_change() {
    let mut console = Console::start_as(five_alices(), (80, 24), Policy::read_only());
    console.settle().look().press("x");
    assert!(lines(&console).iter().all(|line| !line.command.is_change()));
    assert!(offers(&console, Command::CopyId));
}

#[test]
fn there_is_no_menu_of_nobody() {
    let mut console = Console::with(Vec::new());
    console.look().press("x");
    assert!(matches!(console.model.layer, Layer::None));
    // Nor of whoever stands there while it is searched.
    let mut console = on_bob();
    console.press("/").type_text("ali").press("Enter x");
    assert!(matches!(console.model.layer, Layer::None));
    assert_eq!(console.toast(), "Still searching. One moment.");
}

#[test]
fn a_change_waits_for_the_step_of_a_batch_that_was_sent_meanwhile() {
    let mut console = marked(12);
    console.begins("L", "12");
    console.press("Esc").look();
    console.press("x").look().press("B").settle().look();
    let person = console.dialog().user().clone();
    let is_about = |change: &Change| change.action.users().contains(&person);
    assert!(!console.changing.iter().any(is_about), "it is the last");
    for _ in 0..4 {
        console.done();
    }
    assert!(console.changing.iter().any(is_about));
    console.look().press("y");
    assert!(console.note().contains("is still on its way"));
    assert!(console.sent.iter().all(|change| change.batch.is_some()));
    console.all_done().look().press("y");
    assert_eq!(console.sent.last().unwrap().action, Action::Ban(person));
}
