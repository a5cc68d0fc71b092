//! Metadata as text: from the form to the editor, to somebody's own one, and on
//! to the review.

use crossterm::event::KeyEvent;

use super::keys::cancel;
use crate::app::dialog::{Editor, Kind, Step};
use crate::app::{Context, Dialog, Layer, Model, Ticket};

/// What is said before the person was read.
pub(super) const STILL_READING: &str = "Still reading. One moment.";

/// A key in the form for one key of metadata that leads to the whole text; says
/// whether it was one.
pub(super) fn leave_form(dialog: &mut Dialog, ctx: &mut Context, name: &str) -> bool {
    let Step::Form(form) = &dialog.step else {
        return false;
    };
    let (Kind::Metadata(kind), "^o" | "^x") = (form.kind, name) else {
        return false;
    };
    let Some(user) = dialog.dossier.user.value() else {
        dialog.note = Some(STILL_READING.to_owned());
        return true;
    };
    let mut editor = Editor::new(kind, user);
    if name == "^x" {
        editor.send_away(ctx);
    }
    dialog.step = Step::Editor(Box::new(editor));
    true
}

/// A key was pressed in the editor.
pub(super) fn in_editor(model: &mut Model, key: KeyEvent, name: &str) {
    let Model { ctx, layer, .. } = model;
    let Layer::Dialog(dialog) = layer else { return };
    let Step::Editor(editor) = &mut dialog.step else {
        return;
    };
    match name {
        "Esc" if editor.may_leave() => cancel(model),
        "Esc" => dialog.note = Some("Esc again drops your changes.".to_owned()),
        "^x" => editor.send_away(ctx),
        "Enter" if editor.choosing => {
            if let Err(why) = dialog.review(ctx) {
                dialog.note = Some(why);
            }
        }
        _ => editor.press(key, name, ctx.size),
    }
}

/// The person's own editor has ended.
pub fn edited(model: &mut Model, ticket: Ticket, result: Result<Option<String>, String>) {
    let Model { ctx, layer, .. } = model;
    if let Layer::Dialog(dialog) = layer
        && let Step::Editor(editor) = &mut dialog.step
        && let Some(note) = editor.take_back(ticket, result, ctx.size)
    {
        dialog.note = Some(note);
    }
}
