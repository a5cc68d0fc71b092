//! What the windows before, in and after a batch show.

use tui_input::Input;

use super::COLUMNS;
use super::dry_run::Focus;
use crate::app::document::Line;
use crate::app::sheet::Content;
use crate::app::{DIALOG_COLUMNS, Layer, Model, Tone};

/// What the window of a batch shows on a screen so wide, if one is open.
pub(in crate::app) fn content(model: &Model, screen: u16) -> Option<Content> {
    let dialog = |title: String| Content::new(title, DIALOG_COLUMNS, screen);
    Some(match &model.layer {
        Layer::Patch(patch) => {
            let mut content = dialog(patch.title(model.marks.len()));
            content.lines = patch.lines();
            content.in_view = content.lines.len() + patch.focus;
            put_boxes(&mut content, patch.boxes());
            content.prompt = patch.prompt();
            content.note.clone_from(&patch.note);
            content
        }
        Layer::DryRun(dry_run) => {
            let mut content = dialog(dry_run.title());
            content.lines = dry_run.lines(&model.ctx);
            put_boxes(&mut content, dry_run.boxes(&model.ctx));
            content.prompt = dry_run.prompt();
            content.note.clone_from(&dry_run.note);
            let lists = matches!(dry_run.focus, Focus::LeftOut(_));
            content.asks = dry_run.judged().is_some() && !lists;
            content
        }
        Layer::Resume(resume) => {
            let mut content = dialog("A batch was interrupted".to_owned());
            content.lines = resume.lines(&model.ctx.clock);
            content.prompt = resume.prompt();
            content.note.clone_from(&resume.note);
            content.asks = true;
            content
        }
        Layer::Batch(top) => {
            let batch = model.batch.as_ref()?;
            let mut content = Content::new(batch.title(), COLUMNS, screen);
            content.lines = batch.lines(*top);
            content.prompt = batch.prompt();
            content
        }
        _ => return None,
    })
}

fn put_boxes(content: &mut Content, boxes: Vec<(String, &Input, bool)>) {
    for (label, input, focused) in boxes {
        let tone = if focused { Tone::Accent } else { Tone::Dim };
        content.push_box(Line::new(tone, label), input, focused);
    }
}
