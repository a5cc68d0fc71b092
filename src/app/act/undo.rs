//! Taking back a change of this run.

use crate::app::{Dialog, Layer, Model, Tone, WayBack, What, batch};
use crate::domain::OpId;

/// Opens the dialog that takes back the newest change of this run that can be.
/// It is about whom that change was about, wherever the cursor is.
pub fn last(model: &mut Model) {
    match model.ledger.last().map(|deed| deed.op) {
        Some(op) => take_back(model, op),
        None => model.ctx.say(
            Tone::Warn,
            "Nothing of this run can be taken back. :history lists its changes.",
        ),
    }
}

/// A key was pressed in the list of changes.
pub fn press(model: &mut Model, name: &str) {
    match name {
        "j" | "↓" => model.ledger.move_by(1),
        "k" | "↑" => model.ledger.move_by(-1),
        "g" | "Home" => model.ledger.move_by(isize::MIN),
        "G" | "End" => model.ledger.move_by(isize::MAX),
        "U" | "Enter" => {
            if let Some(op) = model.ledger.selected().map(|deed| deed.op) {
                take_back(model, op);
            }
        }
        _ => model.layer = Layer::None,
    }
}

fn take_back(model: &mut Model, op: OpId) {
    let Some(deed) = model.ledger.find(op).cloned() else {
        return;
    };
    let why = match (&deed.way_back, &deed.what) {
        (way_back, _) if way_back.is_open() && !way_back.is_allowed(&model.ctx.policy) => {
            "Your settings do not let this be taken back.".to_owned()
        }
        (WayBack::Taken, _) => "That was taken back already.".to_owned(),
        (_, What::One { whom, .. })
            if whom
                .person()
                .is_some_and(|person| model.jobs.of(&person.id).is_some()) =>
        {
            let name = whom.short_name();
            format!("A change of {name} is still on its way. One moment.")
        }
        (WayBack::ByEach(by), What::Many { users, .. }) => {
            return batch::take_back(model, op, by.clone(), users.clone());
        }
        _ => match Dialog::undo(&mut model.ctx, deed) {
            Some(dialog) => {
                model.layer = Layer::Dialog(Box::new(dialog));
                return;
            }
            None => "That cannot be taken back.".to_owned(),
        },
    };
    model.refused = true;
    model.ctx.say(Tone::Warn, why);
}
