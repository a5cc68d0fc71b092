//! The menu of what was under the cursor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Block;

use super::Theme;
use super::line::{fit, styled};
use super::overlay::{below, window};
use crate::app::command::Group;
use crate::app::text::{cut, grouped, width};
use crate::app::{Menu, MenuLine, Person, Tone};

/// The columns of the menu with its frame.
const COLUMNS: u16 = 66;
/// The columns of a key.
const KEY: usize = 6;
/// The columns of the corners and of the spaces around the title.
const FRAME: usize = 4;

/// Whom it is about, and below that the lines, as many as fit around the chosen one.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, menu: &Menu) {
    let offered = menu.lines();
    let (lines, chosen) = listed(&offered, menu.cursor, theme);
    let height = u16::try_from(lines.len() + 3).unwrap_or(u16::MAX);
    // Frame and name are never pushed away.
    let rows = usize::from(height.min(area.height).saturating_sub(3)).max(1);
    let top = (chosen + 1).saturating_sub(rows);
    let more = lines.len().saturating_sub(top + rows);
    let mut block = Block::bordered()
        .title(Line::styled(
            title(menu, usize::from(area.width.min(COLUMNS))),
            theme.tone(Tone::Strong),
        ))
        .title_bottom(keys(menu));
    if more > 0 {
        block = block.title_bottom(Line::raw(format!(" {more} more ↓ ")).right_aligned());
    }
    let inner = window(frame, area, (COLUMNS, height), block);
    if let Some(person) = menu.person() {
        let who = styled(&person.who(usize::from(inner.width)), theme);
        frame.render_widget(who, below(inner, 0));
    }
    for (n, mut line) in lines.into_iter().enumerate().skip(top).take(rows) {
        // Words that are cut say so.
        if line.width() > usize::from(inner.width)
            && let Some(last) = line.spans.last_mut()
        {
            let over = usize::from(inner.width).saturating_sub(2 + KEY);
            last.content = cut(&last.content, over).into();
        }
        frame.render_widget(line, below(inner, n - top + 1));
    }
}

/// Whom it is about, and whom not: the name gives way.
fn title(menu: &Menu, columns: usize) -> String {
    let name = menu.person().map_or_else(String::new, Person::short_name);
    let begun = menu
        .begun()
        .map_or_else(String::new, |first| format!(" · {first}"));
    let (only, not) = match menu.passed_over() {
        0 => ("", String::new()),
        marked => (
            "Only ",
            format!(", not the {} marked", grouped(marked as u64)),
        ),
    };
    let around = width(only) + width(&not) + width(&begun) + FRAME;
    let name = cut(&name, columns.saturating_sub(around));
    format!(" {only}{name}{not}{begun} ")
}

fn keys(menu: &Menu) -> &'static str {
    if menu.begun().is_some() {
        " Enter · ← back · Esc "
    } else {
        " Enter does it · Esc closes "
    }
}

/// The lines under their headings, and the place of the chosen one.
fn listed<'a>(offered: &[MenuLine], cursor: usize, theme: &Theme) -> (Vec<Line<'a>>, usize) {
    let (mut lines, mut chosen) = (Vec::new(), 0);
    for group in Group::ALL {
        let of_group = offered.iter().enumerate();
        let mut of_group = of_group
            .filter(|(_, line)| line.command.entry().group == group)
            .peekable();
        if of_group.peek().is_some() {
            lines.push(Line::styled(group.title(), theme.title()));
        }
        for (n, line) in of_group {
            let selected = n == cursor;
            if selected {
                chosen = lines.len();
            }
            let sign = if selected { "▌ " } else { "  " };
            let line = Line::from(vec![
                Span::styled(sign, theme.tone(Tone::Accent)),
                Span::styled(fit(line.key, KEY), theme.tone(Tone::Accent)),
                Span::raw(line.sentence),
            ]);
            lines.push(if selected {
                line.style(theme.selected())
            } else {
                line
            });
        }
    }
    (lines, chosen)
}
