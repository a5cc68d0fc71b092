//! What a key means, by what has the keys: dialog, palette, box or view.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::act::change;
use super::chord::{begun, begun_by};
use super::command::candidates;
use super::dialog::Step;
use super::input_line::{self, editing};
use super::key_name::key_name;
use super::look::LOOK_MS;
use super::model::Seen;
use super::search::keys::in_box;
use super::{
    Command, Context, Dialog, Layer, Model, Moment, Person, Tone, act, batch, dialog, jump, layout,
    link, menu, newcomer, tokens,
};
use crate::domain::{Denied, Policy, UserId};

/// A key was pressed.
pub fn press(model: &mut Model, key: KeyEvent) {
    if key.kind == KeyEventKind::Release {
        return;
    }
    let last_key = std::mem::replace(&mut model.last_key, model.ctx.now.moment);
    dismiss_toast(&mut model.ctx);
    jump::stay(model);
    // What has no name (Alt and a letter) is no key of ours, but cancels as one.
    let name = key_name(key).unwrap_or_default();
    match name.as_str() {
        "^z" => return act::perform(model, Command::Suspend),
        "^c" => {
            model.chord = None;
            return act::perform(model, Command::Interrupt);
        }
        _ => {}
    }
    if is_typing(model) || !matches!(model.layer, Layer::None) {
        model.chord = None;
    }
    if is_left_over(model, key, last_key) {
        return;
    }
    match &model.layer {
        Layer::Dialog(_) | Layer::Newcomer(_) => in_question(model, key, &name, last_key),
        Layer::Palette(_) => in_palette(model, key, &name),
        Layer::Help(_) => in_help(model, &name),
        Layer::Orders(_) => in_orders(model, &name),
        Layer::Ledger => act::undo::press(model, &name),
        Layer::Filter(_) => in_filter(model, key, &name),
        Layer::Menu(_) => menu::press(model, &name),
        Layer::Link(_) => link::press(model, &name),
        Layer::Tokens(_) => tokens::press(model, &name),
        Layer::Patch(_) => batch::keys::in_patch(model, key, &name),
        Layer::DryRun(_) => batch::keys::in_dry_run(model, key, &name),
        Layer::Batch(_) => batch::keys::in_batch(model, &name),
        Layer::Resume(_) => batch::keys::in_resume(model, &name, last_key),
        Layer::None if is_typing(model) => in_box(model, key, &name),
        Layer::None => in_view(model, key, &name),
    }
}

/// Whether a key is what is left of a burst whose change did not come to pass:
/// what was typed for its dialog is no command.
fn is_left_over(model: &mut Model, key: KeyEvent, last_key: Moment) -> bool {
    let typed = matches!(
        key.code,
        KeyCode::Char(_) | KeyCode::Enter | KeyCode::Backspace | KeyCode::Tab
    );
    let in_burst = model.ctx.now.moment.since(last_key) < LOOK_MS;
    // The lists from which a change is asked for are no question either.
    let asks = !matches!(model.layer, Layer::None | Layer::Ledger | Layer::Tokens(_));
    model.refused &= in_burst && !asks;
    model.refused && typed
}

/// What asks before a change has the keys.
fn in_question(model: &mut Model, key: KeyEvent, name: &str, last_key: Moment) {
    let sent = model.jobs.open().len();
    match model.layer {
        Layer::Newcomer(_) => newcomer::keys::press(model, key, name, last_key),
        _ => dialog::keys::press(model, key, name, last_key),
    }
    // Who cancels on purpose goes on at once.
    let cancels = matches!(name, "Esc" | "q" | "n" | "Enter");
    let closed = matches!(model.layer, Layer::None) && model.jobs.open().len() == sent;
    model.refused = closed && !cancels;
}

/// Bad news stays until the first key after it was up for a second.
fn dismiss_toast(ctx: &mut Context) {
    let read = |since: Moment| ctx.now.moment.since(since) >= 1_000;
    if ctx
        .toast
        .as_ref()
        .is_some_and(|toast| toast.tone == Tone::Bad && read(toast.since))
    {
        ctx.toast = None;
    }
}

fn is_typing(model: &Model) -> bool {
    model.screen().search().is_some_and(|search| search.focused)
}

fn in_view(model: &mut Model, key: KeyEvent, name: &str) {
    let (keys, seen) = match model.chord.take() {
        Some((first, seen)) => {
            // What it asked is answered, whatever the answer.
            model.ctx.toast = None;
            (format!("{first} {name}"), seen)
        }
        None => (name.to_owned(), model.seen.clone()),
    };
    let here = model.history.here();
    let now = model.subject();
    let meant = seen.as_ref().filter(|seen| seen.pane == here);
    let meant = meant.map_or_else(|| now.clone(), |seen| seen.subject.clone());
    let applies = |command: &Command| {
        let subject = if command.is_change() { &meant } else { &now };
        act::applies_here(model, subject, *command)
    };
    let command = candidates(&keys).find(applies);
    // While it is searched there may be nobody yet whom a change could concern:
    // it says that it is searched.
    let waits = !model.is_answered();
    let person = meant.person.as_ref();
    let refused = candidates(&keys)
        .chain(begun_by(&keys))
        .filter(|command| command.is_about_a_person())
        .find(|command| waits && change::is_allowed(&model.ctx.policy, *command, person));
    let begins = begun_by(&keys).any(|command| applies(&command));
    if let Some(command) = command.or(refused) {
        if !command.is_about_a_person() {
            act::perform(model, command);
        } else if is_about(seen.as_ref()) == is_about(model.seen.as_ref()) {
            change::open(model, command, seen.as_ref());
        } else {
            let text = "The cursor is on somebody else now. Look again.";
            model.ctx.say(Tone::Warn, text);
        }
        model.refused = command.is_change() && matches!(model.layer, Layer::None);
    } else if let Some(chord) = begun(&keys).filter(|_| begins) {
        chord.ask(model, seen);
        model.refused = model.chord.is_none();
    } else if let Some(why) = batch::refusal(model, &keys) {
        model.ctx.say(Tone::Warn, why);
        model.refused = true;
    } else if let KeyCode::Char(c) = key.code
        && !name.is_empty()
    {
        let text = no_command(&model.ctx.policy, &keys, c, person);
        model.ctx.say(Tone::Warn, text);
        // Who can only look types for no dialog.
        model.refused = !model.ctx.policy.read_only
            && (candidates(&keys).chain(begun_by(&keys))).any(Command::is_change);
    }
}

fn is_about(seen: Option<&Seen>) -> Option<&UserId> {
    seen?.subject.person.as_ref().map(|person| &person.id)
}

/// What a key without a meaning answers.
fn no_command(policy: &Policy, keys: &str, c: char, person: Option<&Person>) -> String {
    let upper = c.to_uppercase().to_string();
    let small = c.is_lowercase() && !keys.contains(' ');
    let may = |command: &Command| small && change::is_allowed(policy, *command, person);
    // What has a meaning elsewhere is not taken for the capital.
    let free = candidates(keys).next().is_none();
    let capital = candidates(&upper).find(|command| free && may(command));
    let chord = begun(&upper).filter(|_| begun_by(&upper).any(|command| may(&command)));
    let kinds = candidates(keys).flat_map(|command| change::kinds(command, person));
    let forbidden = kinds.copied().find(|kind| !policy.may(kind));
    match (chord, capital) {
        _ if let Some(kind) = forbidden.filter(|_| !policy.read_only) => {
            Denied::NotAllowed(kind).to_string()
        }
        (Some(chord), _) => format!("{c} does nothing. {upper} {}.", chord.deed),
        (None, Some(command)) => {
            format!("{c} does nothing. {upper} {}s.", command.entry().hint)
        }
        _ if !c.is_ascii() => {
            let c = super::text::cut(&crate::domain::Untrusted::new(c.to_string()).shown(), 4);
            format!("“{c}” is no command. Switch to Latin letters, or press F2.")
        }
        _ if candidates(keys).chain(begun_by(keys)).next().is_some() => {
            format!("{keys} does nothing here. ? shows what does.")
        }
        _ => format!("{keys} does nothing. ? shows what does."),
    }
}

fn in_help(model: &mut Model, name: &str) {
    let Layer::Help(scroll) = &mut model.layer else {
        return;
    };
    match name {
        "j" | "↓" => *scroll = scroll.saturating_add(1),
        "k" | "↑" => *scroll = scroll.saturating_sub(1),
        "PgDn" | "^d" | "Space" => *scroll = scroll.saturating_add(10),
        "PgUp" | "^u" => *scroll = scroll.saturating_sub(10),
        "g" | "Home" => *scroll = 0,
        _ => model.layer = Layer::None,
    }
}

fn in_orders(model: &mut Model, name: &str) {
    let Layer::Orders(place) = &mut model.layer else {
        return;
    };
    let last = crate::domain::UserOrderBy::ALL.len() * 2 - 1;
    match name {
        "j" | "↓" | "o" => *place = (*place + 1).min(last),
        "k" | "↑" => *place = place.saturating_sub(1),
        "g" | "Home" => *place = 0,
        "G" | "End" => *place = last,
        "Enter" | "→" | "l" => {
            let order = act::order_at(*place);
            model.layer = Layer::None;
            if let Some((users, ctx, people)) = model.users_mut() {
                users.set_order(ctx, people, order);
            }
        }
        _ => model.layer = Layer::None,
    }
}

fn in_filter(model: &mut Model, key: KeyEvent, name: &str) {
    let Layer::Filter(form) = &mut model.layer else {
        return;
    };
    match name {
        "Esc" => model.layer = Layer::None,
        "Tab" | "↓" => form.move_by(1),
        "S-Tab" | "↑" => form.move_by(-1),
        "PgDn" => form.go_to(form.focus() + 5),
        "PgUp" => form.go_to(form.focus().saturating_sub(5)),
        "Enter" => {
            if let Some((row, _)) = form.mistake() {
                return form.go_to(row);
            }
            let text = form.text();
            model.layer = Layer::None;
            if let Some(search) = model.history.screen_mut().search_mut() {
                search.put(&text);
                search.finish();
            }
            act::search_now(model);
        }
        "Space" | "→" if form.choose(true) => {}
        "←" if form.choose(false) => {}
        _ => {
            if let Some(request) = editing(key) {
                form.edit(request);
            }
        }
    }
}

fn in_palette(model: &mut Model, key: KeyEvent, name: &str) {
    let Layer::Palette(palette) = &mut model.layer else {
        return;
    };
    match name {
        "Esc" => model.layer = Layer::None,
        "↓" | "^n" => palette.move_by(1),
        "↑" | "^p" => palette.move_by(-1),
        "Enter" => {
            let command = palette.selected();
            model.layer = Layer::None;
            if let Some(command) = command {
                act::perform(model, command);
            }
            let asked = command.is_none_or(Command::is_change);
            model.refused = asked && matches!(model.layer, Layer::None);
        }
        _ => {
            if let Some(request) = editing(key) {
                palette.edit(request);
            }
        }
    }
}

/// Text was pasted: into the box that has the keys; on a list it opens the search.
pub fn paste(model: &mut Model, text: &str) {
    model.last_key = model.ctx.now.moment;
    model.chord = None;
    match &mut model.layer {
        Layer::Dialog(dialog) => paste_into_dialog(dialog, text, &model.ctx),
        Layer::Newcomer(newcomer) => newcomer::keys::paste(newcomer, text),
        Layer::Palette(palette) => palette.paste(text),
        Layer::Filter(form) => form.paste(text),
        Layer::Patch(patch) => input_line::paste(&mut patch.inputs[patch.focus], text),
        Layer::DryRun(dry_run) => batch::keys::paste(dry_run, text, model.ctx.now.moment),
        Layer::Help(_)
        | Layer::Orders(_)
        | Layer::Ledger
        | Layer::Menu(_)
        | Layer::Link(_)
        | Layer::Tokens(_)
        | Layer::Batch(_)
        | Layer::Resume(_) => {}
        Layer::None if text.trim().is_empty() => {}
        Layer::None => {
            jump::stay(model);
            jump::paste(model, text);
        }
    }
}

fn paste_into_dialog(dialog: &mut Dialog, text: &str, ctx: &Context) {
    let input = match &mut dialog.step {
        Step::Form(form) => return form.paste(text),
        Step::Confirm(_) => {
            dialog.typed_at(ctx.now.moment);
            match dialog.typed_box() {
                Some(input) => input,
                None => return,
            }
        }
        Step::Editor(editor) => {
            if !editor.paste(text, ctx.size) {
                dialog.note = Some("That is too long to be put in here.".to_owned());
            }
            return;
        }
        Step::Addresses(_) | Step::Choose(_) => return,
    };
    input_line::paste(input, text);
}

/// The mouse: a wheel scrolls, a click moves the cursor, a click on the cursor opens.
///
/// Says whether anything may look different now.
pub fn mouse(model: &mut Model, mouse: MouseEvent) -> bool {
    if !matches!(model.layer, Layer::None) {
        return false;
    }
    if !matches!(mouse.kind, MouseEventKind::Moved) {
        jump::stay(model);
        model.chord = None;
    }
    match mouse.kind {
        MouseEventKind::ScrollDown => act::move_by(model, 3),
        MouseEventKind::ScrollUp => act::move_by(model, -3),
        MouseEventKind::Down(MouseButton::Left) => click(model, mouse.column, mouse.row),
        _ => return false,
    }
    true
}

fn click(model: &mut Model, column: u16, row: u16) {
    let Some(areas) = layout::areas(model) else {
        return;
    };
    if !areas.rows.contains(Position::new(column, row)) {
        return;
    }
    let line = usize::from(row - areas.rows.y);
    let Some(list) = model.screen().list() else {
        return;
    };
    let (clicked, cursor) = (list.top() + line, list.cursor());
    if clicked >= list.len() {
        return;
    }
    if clicked == cursor {
        return act::perform(model, Command::Open);
    }
    let by = isize::try_from(clicked).unwrap_or(0) - isize::try_from(cursor).unwrap_or(0);
    act::move_by(model, by);
}
