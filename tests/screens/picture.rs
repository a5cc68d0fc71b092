//! The README's picture, made from a real screen:
//!
//! ```sh
//! cargo test --test screens the_readme_has_its_picture -- --ignored
//! ```

use std::{fmt::Write, fs};

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

use crate::desk;

/// Pixels of a cell.
const CELL: (usize, usize) = (8, 17);

#[test]
#[ignore = "writes assets/screen.svg"]
fn the_readme_has_its_picture() {
    let mut desk = desk::open((132, 20));
    desk.search("alice").rest();
    fs::write("assets/screen.svg", svg(&desk.screen)).unwrap();
}

/// The screen as an SVG.
fn svg(screen: &Buffer) -> String {
    let area = screen.area;
    let (width, height) = (
        usize::from(area.width) * CELL.0,
        usize::from(area.height) * CELL.1,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -12 {} {}\" \
         font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"13\">\n\
         <rect x=\"-12\" y=\"-12\" width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n",
        width + 24,
        height + 24
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let (word, end) = word(screen, x, y);
            if !word.is_empty() {
                writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{}\" textLength=\"{}\"{}>{}</text>",
                    usize::from(x) * CELL.0,
                    usize::from(y) * CELL.1 + 13,
                    word.width() * CELL.0,
                    attributes(&screen[(x, y)]),
                    escaped(&word)
                )
                .unwrap();
            }
            x = end;
        }
    }
    svg + "</svg>\n"
}

/// The text from a cell on, up to a blank or another style, and the column
/// behind it. Words stand each in their own place, whatever the font.
fn word(screen: &Buffer, from: u16, y: u16) -> (String, u16) {
    let style = screen[(from, y)].style();
    let mut text = String::new();
    let mut x = from;
    while x < screen.area.width && screen[(x, y)].style() == style {
        let symbol = screen[(x, y)].symbol();
        text.push_str(symbol);
        x += u16::try_from(symbol.width().max(1)).unwrap();
        if symbol == " " {
            break;
        }
    }
    (text.trim_end().to_owned(), x)
}

fn attributes(cell: &Cell) -> String {
    let color = match cell.fg {
        Color::Cyan => "#56b6c2",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Red => "#e06c75",
        _ => "#d7dae0",
    };
    let mut attributes = format!(" fill=\"{color}\"");
    if cell.modifier.contains(Modifier::BOLD) {
        attributes.push_str(" font-weight=\"bold\"");
    }
    if cell.modifier.contains(Modifier::DIM) {
        attributes.push_str(" opacity=\"0.6\"");
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        attributes.push_str(" text-decoration=\"underline\"");
    }
    attributes
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
