//! What the terminal can do.

use std::{
    env,
    io::{self, IsTerminal},
    path::Path,
};

use rustix::termios::tcgetwinsize;

use super::report::Report;
use crate::{
    app::layout::LEAST,
    cli::{
        target::variable,
        terminal::{is_utf8, locale_variable, unfit},
    },
    config::printable,
};

/// Looks at the terminal that this runs in, and at what it says of itself.
pub fn examine(report: &mut Report) {
    window(report);
    kind(report);
    locale(report);
    if env::var_os("TMUX").is_some() {
        let remedy = "tmux passes copies on to the terminal with: set -g set-clipboard on";
        report.warn("clipboard", "this is tmux", remedy);
    } else {
        report.ok("clipboard", "by OSC 52, where the terminal has it");
    }
}

fn window(report: &mut Report) {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let found = "input or output is a file or a pipe";
        let remedy = "The console draws on a terminal: start it in one.";
        return report.warn("window", found, remedy);
    }
    let size = tcgetwinsize(io::stdout()).map(|size| (size.ws_col, size.ws_row));
    let (columns, rows) = size.unwrap_or((0, 0));
    let small = columns < LEAST.0 || rows < LEAST.1;
    let remedy = format!("Make it {}×{} or larger.", LEAST.0, LEAST.1);
    let found = format!("{columns}×{rows}");
    report.ok_unless("window", found, small.then_some(remedy));
}

fn kind(report: &mut Report) {
    let term = variable("TERM").map(|term| printable(Path::new(&term)));
    let Some(term) = term.filter(|term| unfit(Some(term)).is_none()) else {
        let remedy = "Set TERM to what the terminal is, such as xterm-256color.";
        return report.warn("terminal", "TERM is not set, or dumb", remedy);
    };
    let colours = if variable("NO_COLOR").is_some() {
        "NO_COLOR is set"
    } else if variable("COLORTERM").is_some() {
        "all colours"
    } else if term.contains("256color") {
        "256 colours"
    } else {
        "16 colours"
    };
    report.ok("terminal", format!("{term}, {colours}"));
}

fn locale(report: &mut Report) {
    let set = locale_variable();
    let fits = set.as_ref().is_some_and(|(_, value)| is_utf8(value));
    let named = set.map(|(name, value)| format!("{name}={}", printable(Path::new(&value))));
    let found = named.unwrap_or_else(|| "no locale is set".to_owned());
    let remedy = "Set LANG=C.UTF-8 or another UTF-8 locale, or letters may come out wrong.";
    report.ok_unless("locale", found, (!fits).then(|| remedy.to_owned()));
}
