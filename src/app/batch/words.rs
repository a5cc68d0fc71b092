//! What is said before, in and after a batch.

use super::{DryRun, Focus, Judged, Origin, Patch, Resume, Why};
use crate::app::document::Line;
use crate::app::load::words::about;
use crate::app::text::{capitalized, count, cut, cut_middle, grouped, width, wrapped};
use crate::app::{Clock, Context, DIALOG_COLUMNS as COLUMNS, Pace, Person, Tone};
use crate::domain::{Interrupted, ToEach, Untrusted};

/// The most rows of a list.
pub const ROWS: usize = 8;
/// How many of its people a dry run names.
const NAMED: usize = 5;
/// The columns of each.
const NAME: usize = 30;
/// The columns of a person in a list.
const WHO: usize = 24;
/// A request to Clerk and back takes about so many milliseconds.
const ROUND_TRIP_MS: usize = 200;

impl Why {
    /// It, in a list behind somebody's name.
    pub(super) fn in_words(&self, what: &ToEach) -> String {
        match self {
            Self::Already => what.words().already.to_owned(),
            Self::Protected(rule) => format!("protected by “{}”", cut(rule, 30)),
            Self::PerhapsProtected(rule) => {
                format!("perhaps protected by “{}”: not to be read", cut(rule, 30))
            }
            Self::Gone => "gone: deleted by somebody else".to_owned(),
            Self::Unread(why) => format!("could not be read: {why}"),
        }
    }

    /// It, behind a number.
    const fn kind(&self, what: &ToEach) -> &'static str {
        match self {
            Self::Already => what.words().already,
            Self::Protected(_) => "protected",
            Self::PerhapsProtected(_) => "perhaps protected",
            Self::Gone => "gone",
            Self::Unread(_) => "could not be read",
        }
    }
}

impl ToEach {
    /// As an order at the beginning of a sentence: `Ban`.
    fn title(&self) -> String {
        capitalized(self.words().verb)
    }

    /// What is left of a batch.
    pub(super) fn left_text(&self, interrupted: &Interrupted) -> String {
        let (all, left) = (interrupted.plan.users.len(), interrupted.left.len());
        format!(
            "{} {}: {} done, {} left.",
            self.title(),
            number(all),
            number(all.saturating_sub(left)),
            number(left)
        )
    }
}

impl DryRun {
    /// `Ban 288 of 300 marked`
    pub fn title(&self) -> String {
        let verb = capitalized(self.verb());
        let all = number(self.ids().len());
        let from = match self.origin {
            Origin::Marks { .. } => "marked",
            Origin::Failed => "that failed",
            Origin::Undo(_) => "to take back",
            Origin::Left(_) => "left",
        };
        match self.judged() {
            Some(judged) => format!("{verb} {} of {all} {from}", number(judged.goes.len())),
            None => format!("{verb} {all} {from}"),
        }
    }

    /// What would be done, in numbers, down to the boxes.
    pub fn lines(&self, ctx: &Context) -> Vec<Line> {
        let mut lines = Vec::new();
        if matches!(
            self.origin,
            Origin::Marks {
                everybody: true,
                ..
            }
        ) {
            lines.push(Line::new(Tone::Bad, "This is EVERYBODY."));
        }
        let Some(judged) = self.judged() else {
            let so_far = format!(
                "Reading them again: {} of {}",
                number(self.read_so_far()),
                number(self.ids().len())
            );
            lines.push(Line::new(Tone::Dim, so_far));
            return lines;
        };
        if let Focus::LeftOut(top) = self.focus {
            let rows = judged.left_out.iter();
            let rows = rows.map(|(person, why)| row(person, &why.in_words(&judged.what), COLUMNS));
            lines.extend(rows.skip(top).take(ROWS));
            return lines;
        }
        lines.extend(
            self.numbers(judged, ctx)
                .into_iter()
                .map(|(tone, text)| Line::new(tone, text)),
        );
        lines
    }

    fn numbers(&self, judged: &Judged, ctx: &Context) -> Vec<(Tone, String)> {
        let mut lines = Vec::new();
        if !judged.left_out.is_empty() {
            for line in wrapped(
                &format!("Left out: {} (Tab)", summed_up(judged)),
                COLUMNS,
                3,
            ) {
                lines.push((Tone::Plain, line));
            }
        }
        if let Origin::Marks { elsewhere, .. } = self.origin
            && elsewhere > 0
        {
            let are = if elsewhere == 1 { "is" } else { "are" };
            let text = format!("{} {are} not in the list you see", number(elsewhere));
            lines.push((Tone::Warn, text));
        }
        let goes = judged.goes.len();
        if goes == 0 {
            return lines;
        }
        let requests = judged.what.requests(goes);
        let at_least = if judged.what == ToEach::SignOut {
            "at least "
        } else {
            ""
        };
        let wait = about(seconds(requests, ctx.pace));
        let mut text = format!("{at_least}{} · {wait}", count(requests, "request"));
        if judged.what == ToEach::Ban {
            text = format!("{text} · signs out up to {}", number(goes));
        }
        lines.push((Tone::Plain, text));
        if let ToEach::MergeMetadata(patch) = &judged.what {
            lines.push((Tone::Strong, cut(&patch.written().shown(), COLUMNS)));
        }
        let tone = if judged.what == ToEach::Delete {
            Tone::Bad
        } else {
            Tone::Plain
        };
        let follows = wrapped(judged.what.words().follows, COLUMNS, 2);
        lines.extend(follows.into_iter().map(|line| (tone, line)));
        let last = judged.goes.iter().skip(goes.saturating_sub(NAMED));
        let names: Vec<String> = last.map(|read| named(&read.person, NAME)).collect();
        let label = if goes > NAMED { "Last five: " } else { "All: " };
        let text = format!("{label}{}", names.join(", "));
        lines.extend(
            wrapped(&text, COLUMNS, 3)
                .into_iter()
                .map(|line| (Tone::Dim, line)),
        );
        lines
    }

    /// The boxes with their labels, where there are any; the one with the keys is marked.
    pub fn boxes(&self, ctx: &Context) -> Vec<(String, &tui_input::Input, bool)> {
        let Some(judged) = self.judged().filter(|judged| !judged.goes.is_empty()) else {
            return Vec::new();
        };
        if matches!(self.focus, Focus::LeftOut(_)) {
            return Vec::new();
        }
        let reason = if ctx.policy.reason_required {
            "Reason > "
        } else {
            "Reason, if you like > "
        };
        let number = format!("Type {} > ", judged.goes.len());
        vec![
            (reason.to_owned(), &self.reason, self.focus == Focus::Reason),
            (number, &self.number, self.focus == Focus::Number),
        ]
    }

    /// How it goes on.
    pub fn prompt(&self) -> Line {
        if let Some(why) = self.failed() {
            return Line::new(Tone::Bad, format!("{why} Nothing was sent. Esc closes."));
        }
        let Some(judged) = self.judged() else {
            return Line::new(Tone::Dim, "Esc cancels");
        };
        let verb = judged.what.words().verb;
        match self.focus {
            Focus::LeftOut(_) => Line::new(Tone::Dim, "j k scroll · Tab goes on · Esc cancels"),
            _ if judged.goes.is_empty() => {
                Line::new(Tone::Warn, format!("Nobody is left to {verb}. Esc closes."))
            }
            _ => {
                let text = "Enter does it once the number matches · Esc cancels";
                Line::new(Tone::Dim, text)
            }
        }
    }

    pub(super) fn left_out(&self) -> usize {
        self.judged().map_or(0, |judged| judged.left_out.len())
    }

    /// The box that has the keys.
    pub(super) const fn input(&mut self) -> Option<&mut tui_input::Input> {
        match self.focus {
            Focus::Number => Some(&mut self.number),
            Focus::Reason => Some(&mut self.reason),
            Focus::LeftOut(_) => None,
        }
    }

    /// Whether this number was typed.
    pub(super) fn is_number(&self, wanted: usize) -> bool {
        let typed = self.number.value().trim().replace([',', ' '], "");
        typed == wanted.to_string()
    }

    /// Number, those left out, reason: whatever there is, in a ring.
    pub(super) fn move_focus(&mut self, forward: bool) {
        let Some(judged) = self.judged() else { return };
        let (some_go, some_stay) = (!judged.goes.is_empty(), !judged.left_out.is_empty());
        let ring: Vec<Focus> = [
            (Focus::Number, true),
            (Focus::LeftOut(0), some_stay),
            (Focus::Reason, some_go),
        ]
        .into_iter()
        .filter_map(|(focus, is_there)| is_there.then_some(focus))
        .collect();
        let same =
            |focus: &Focus| std::mem::discriminant(focus) == std::mem::discriminant(&self.focus);
        let at = ring.iter().position(same).unwrap_or(0);
        let step = if forward { 1 } else { ring.len() - 1 };
        self.focus = ring[(at + step) % ring.len()];
    }
}

impl Patch {
    /// `Set a key of 288 marked · public metadata`
    pub fn title(&self, marked: usize) -> String {
        format!(
            "Set a key of {} marked · {}",
            number(marked),
            self.kind.label()
        )
    }

    /// How a value is written.
    pub fn lines(&self) -> Vec<Line> {
        let text = "JSON, or plain text; no value removes the key.";
        vec![Line::new(Tone::Dim, text)]
    }

    /// The boxes with their labels; the one with the keys is marked.
    pub fn boxes(&self) -> Vec<(String, &tui_input::Input, bool)> {
        let labels = ["Key   > ", "Value > "];
        let boxes = labels.into_iter().zip(&self.inputs).enumerate();
        boxes
            .map(|(n, (label, input))| (label.to_owned(), input, n == self.focus))
            .collect()
    }

    /// How it goes on.
    pub fn prompt(&self) -> Line {
        Line::new(Tone::Dim, "Tab next · Enter dry run · Esc cancels")
    }
}

impl Resume {
    /// What is left of it, and of whom.
    pub fn lines(&self, clock: &Clock) -> Vec<Line> {
        let plan = &self.interrupted.plan;
        let begun = format!(
            "Begun {} by {}.",
            clock.short(plan.at),
            cut(&self.interrupted.operator.shown(), 30)
        );
        let mut lines = vec![
            Line::new(Tone::Strong, plan.what.left_text(&self.interrupted)),
            Line::new(Tone::Plain, begun),
        ];
        if let Some(reason) = &plan.reason {
            let reason = format!("“{}”", cut(&reason.shown(), COLUMNS - 2));
            lines.push(Line::new(Tone::Plain, reason));
        }
        if plan.what == ToEach::Delete {
            lines.push(Line::new(Tone::Bad, plan.what.words().follows));
        }
        lines.push(Line::new(
            Tone::Dim,
            "Those left are read again before anything is sent.",
        ));
        lines
    }

    /// The keys that work.
    pub fn prompt(&self) -> Line {
        Line::new(Tone::Accent, "y")
            .and(Tone::Plain, " finishes it · ")
            .and(Tone::Accent, "n")
            .and(Tone::Plain, " not now · ")
            .and(Tone::Accent, "f")
            .and(Tone::Plain, " forgets it")
    }
}

/// How many were left out, by the reason.
fn summed_up(judged: &Judged) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for (_, why) in &judged.left_out {
        let kind = why.kind(&judged.what);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((kind, 1)),
        }
    }
    let kinds = kinds
        .into_iter()
        .map(|(kind, n)| format!("{} {kind}", number(n)));
    kinds.collect::<Vec<_>>().join(" · ")
}

/// About how long so many requests take: eight are under way at the same time,
/// and the limit lets so many through in any ten seconds.
fn seconds(requests: usize, pace: Pace) -> u64 {
    let by_latency = requests.div_ceil(super::readers::MOST) * ROUND_TRIP_MS / 1_000;
    let (used, limit) = (pace.used as usize, pace.allowed as usize);
    let windows = (requests + used)
        .saturating_sub(1)
        .checked_div(limit)
        .unwrap_or(0);
    by_latency.max(windows * 10).max(1) as u64
}

/// Somebody in a list, and what is said of them.
pub(super) fn row(person: &Person, said: &str, columns: usize) -> Line {
    let who = named(person, WHO);
    let pad = " ".repeat(WHO + 1 - width(&who));
    Line::new(Tone::Plain, format!("{who}{pad}")).and(Tone::Dim, cut(said, columns - WHO - 1))
}

/// What people know somebody by, else the id.
fn named(person: &Person, columns: usize) -> String {
    let row = person.row.as_ref();
    match row.and_then(|row| row.identifier()) {
        Some(text) => cut_middle(&text.shown(), columns),
        None => cut(&Untrusted::new(person.id.as_str()).shown(), columns),
    }
}

pub(super) fn number(n: usize) -> String {
    grouped(n as u64)
}
