//! What is said of a batch that was confirmed.

use super::running::{Batch, State};
use super::words::{ROWS, number, row};
use crate::app::document::Line;
use crate::app::load::words::about;
use crate::app::text::{count, width, wrapped};
use crate::app::{Model, Screen, Tone};

/// The columns of what is shown of a batch: reasons take room.
pub const COLUMNS: usize = 72;

impl Batch {
    /// `Banning 288`
    pub fn title(&self) -> String {
        let all = number(self.tally().all);
        let over = match self.state {
            State::Over => " · over",
            _ => "",
        };
        format!("{} {all}{over}", self.what.words().doing)
    }

    /// What became of them, in numbers.
    pub fn summary(&self) -> String {
        let tally = self.tally();
        let mut parts = vec![format!("{} {}", number(tally.done), self.what.words().done)];
        let more = [
            (tally.failed, "failed"),
            (tally.gone, "gone"),
            (tally.not_tried, "not tried"),
            (self.left_out.len(), "left out"),
        ];
        let more = more.into_iter().filter(|(n, _)| *n > 0);
        parts.extend(more.map(|(n, what)| format!("{} {what}", number(n))));
        parts.join(" · ")
    }

    /// What is told when the console leaves, if something is left to do.
    pub fn last_words(&self) -> Option<String> {
        let tally = self.tally();
        (self.is_under_way() && self.state != State::CallingOff).then(|| {
            format!(
                "Batch paused: {} of {} done. The next start offers the rest.",
                number(tally.done),
                number(tally.all)
            )
        })
    }

    /// How far it is, for the line in lists.
    pub fn progress(&self) -> Option<Line> {
        let tally = self.tally();
        let so_far = format!(
            "{} of {}",
            number(tally.all - tally.left()),
            number(tally.all)
        );
        let doing = self.what.words().doing;
        match &self.state {
            State::Over => None,
            State::Paused(_) => {
                let text = format!("Paused: {} {so_far} · :batch", doing.to_lowercase());
                Some(Line::new(Tone::Warn, text))
            }
            State::CallingOff => Some(Line::new(
                Tone::Warn,
                format!("Calling off: {so_far} · :batch"),
            )),
            _ => {
                let left = self.left_ms().map_or_else(String::new, |ms| {
                    format!(" · {} left", about(ms.div_ceil(1_000)))
                });
                Some(Line::new(
                    Tone::Plain,
                    format!("{doing} {so_far}{left} · :batch"),
                ))
            }
        }
    }

    /// How far it is, and those of whom there is something to say, from the line `top` on.
    pub fn lines(&self, top: usize) -> Vec<Line> {
        let tally = self.tally();
        let heard = tally.all - tally.left();
        let of = format!(" {} of {}", number(heard), number(tally.all));
        let room = COLUMNS - width(&of);
        let filled = (room * heard).checked_div(tally.all).unwrap_or(room);
        let mut lines = vec![
            Line::new(Tone::Good, "█".repeat(filled))
                .and(Tone::Dim, "░".repeat(room - filled))
                .and(Tone::Plain, of),
        ];
        if self.earlier > 0 {
            let text = format!("{} of them done before", number(self.earlier));
            lines.push(Line::new(Tone::Dim, text));
        }
        lines.push(Line::new(Tone::Strong, self.summary()));
        if let Some((tone, text)) = self.state_text() {
            lines.extend(
                wrapped(&text, COLUMNS, 3)
                    .into_iter()
                    .map(|line| Line::new(tone, line)),
            );
        }
        let unlucky = self.unlucky();
        lines.extend(
            unlucky
                .iter()
                .skip(top)
                .take(ROWS)
                .map(|(person, why)| row(person, why, COLUMNS)),
        );
        if unlucky.len() > ROWS {
            let last = (top + ROWS).min(unlucky.len());
            let text = format!(
                "{}–{last} of {}; j k scroll",
                top + 1,
                number(unlucky.len())
            );
            lines.push(Line::new(Tone::Dim, text));
        }
        lines
    }

    fn state_text(&self) -> Option<(Tone, String)> {
        Some(match &self.state {
            State::Keeping => (Tone::Dim, "Writing the plan down first…".to_owned()),
            State::Running => {
                let left = self.left_ms()?;
                (Tone::Dim, format!("{} left", about(left.div_ceil(1_000))))
            }
            State::Paused(None) => (Tone::Warn, "Paused.".to_owned()),
            State::Paused(Some(why)) => (Tone::Bad, format!("Paused: {why}")),
            State::CallingOff | State::Leaving => {
                let text = format!(
                    "Called off. Waiting for {}.",
                    count(self.requests(), "answer")
                );
                (Tone::Warn, text)
            }
            State::Over => return None,
        })
    }

    /// The keys that work.
    pub fn prompt(&self) -> Line {
        let repeatable = self.repeatable().len();
        let text = match &self.state {
            State::Keeping | State::CallingOff | State::Leaving => "Esc hides this".to_owned(),
            State::Running => "p pauses · c cancels · Esc hides this, it goes on".to_owned(),
            State::Paused(_) => "p goes on · c cancels · Esc hides this".to_owned(),
            State::Over if repeatable > 0 => {
                format!(
                    "r repeats the {} that failed · Esc closes",
                    number(repeatable)
                )
            }
            State::Over => "Esc closes".to_owned(),
        };
        Line::new(Tone::Dim, text)
    }
}

/// How far a batch is, where people are listed; the wait that Clerk asks for says more.
pub fn progress(model: &Model) -> Option<Line> {
    let in_list = !matches!(model.screen(), Screen::Profile(_));
    let batch = model.batch.as_ref().filter(|_| in_list)?;
    batch.progress()
}
