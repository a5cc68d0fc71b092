//! From a keystroke to a finished frame, in this process.
//!
//! `cargo bench --bench frames [-- PEOPLE]` prints milliseconds: a frame of
//! 200×60 at ten, ten thousand and PEOPLE rows, beside a bare ratatui table of
//! that size; then what typing takes with all of them loaded, beside the
//! plainest scan over `Vec<String>` for the same text.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::thread;
use std::time::Instant;

use clerk_tui::app::{AnyList, Book, Effect, Found, Model, Moment, Msg, Now, Quest, Setup, update};
use clerk_tui::domain::{Answer, Dress, Fetch, Page, Policy, Timestamp, UserPage};
use clerk_tui::view::{Theme, draw};
use common::{Times, number, people, people::People, print, title};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Constraint;
use ratatui::widgets::{Row, Table};

const COLUMNS: u16 = 200;
const ROWS: u16 = 60;
const RUNS: usize = 500;
const TYPED: [&str; 4] = ["okafor47", "alice.holl", "northwind", "jrgnmllr"];

fn main() {
    let all = number(1_000_000);
    title(&format!("a frame of {COLUMNS}×{ROWS}"));
    let baseline = bare_table();
    print("a bare ratatui table", &baseline, &baseline);
    let mut desk = None;
    for count in [10, 10_000, all] {
        let filled = desk.insert(Desk::with(count));
        filled.press(KeyCode::Char('g'));
        let times = filled.moves(RUNS);
        print(&format!("the users view, {count} rows"), &times, &baseline);
    }
    let mut desk = desk.unwrap();
    let book = people::book(all);
    let lines = people::lines(&book);
    drop::<Book>(book);
    typing(&mut desk, &lines);
}

fn typing(desk: &mut Desk, lines: &[String]) {
    let (mut letters, mut answers) = (Times::default(), Times::default());
    let mut plain = Times::default();
    for text in TYPED.into_iter().cycle().take(TYPED.len() * 3) {
        desk.press(KeyCode::Char('/'));
        for letter in text.chars() {
            let since = Instant::now();
            desk.press(KeyCode::Char(letter));
            desk.draw();
            letters.note(since.elapsed().as_secs_f64() * 1_000.0);
            while desk.search() {
                desk.draw();
            }
            answers.note(since.elapsed().as_secs_f64() * 1_000.0);
        }
        desk.press(KeyCode::Esc);
    }
    for text in TYPED {
        for end in 1..=text.len() {
            let part = &text[..end];
            plain.time(|| {
                lines
                    .iter()
                    .filter(|l| l.to_lowercase().contains(part))
                    .count()
            });
        }
    }
    title(&format!("typing with {} rows, two threads", lines.len()));
    print("the plainest scan, no frame", &plain, &plain);
    print("key to the frame with the letter", &letters, &plain);
    print("key to the frame with all that answers", &answers, &plain);
}

/// A console in this process, whose answers come at once.
struct Desk {
    model: Model,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    people: People,
    all: u32,
    ranking: Option<(clerk_tui::app::Ticket, Quest)>,
}

impl Desk {
    /// With so many people, all of them loaded.
    fn with(count: u32) -> Self {
        let setup = Setup {
            run: 1,
            dress: Dress::Demo,
            host: "127.0.0.1".to_owned(),
            policy: Policy::default(),
            operator: "ann@desk".to_owned(),
            notice: None,
            size: (COLUMNS, ROWS),
            now: NOW,
        };
        let mut desk = Self {
            model: Model::new(setup),
            theme: Theme::default(),
            terminal: Terminal::new(TestBackend::new(COLUMNS, ROWS)).unwrap(),
            people: People::new(count, 1_000),
            all: count,
            ranking: None,
        };
        desk.feed(Msg::Started);
        let loaded = |desk: &Self| desk.model.users().unwrap().list.len();
        while loaded(&desk) < count as usize {
            desk.press(KeyCode::PageDown);
        }
        desk
    }

    fn feed(&mut self, msg: Msg) {
        let mut msgs = vec![msg];
        while let Some(msg) = msgs.pop() {
            for effect in update(&mut self.model, NOW, msg) {
                match effect {
                    Effect::Fetch {
                        slot,
                        ticket,
                        fetch,
                        ..
                    } => {
                        let answer = self.answer(&fetch);
                        msgs.extend(answer.map(|answer| Msg::Fetched {
                            slot,
                            ticket,
                            result: Ok(answer),
                        }));
                    }
                    Effect::Rank { ticket, quest } => self.ranking = Some((ticket, *quest)),
                    _ => {}
                }
            }
        }
    }

    /// Everybody page by page, and how many they are; nothing else is answered.
    fn answer(&mut self, fetch: &Fetch) -> Option<Answer> {
        match fetch {
            Fetch::Users { filter, .. } if filter.is_open() => {
                let nothing = || {
                    let page = Page {
                        rows: Vec::new(),
                        total: None,
                        read_at: NOW.wall,
                    };
                    UserPage::pack(page, |_| true).into()
                };
                Some(Answer::Users(self.people.next().unwrap_or_else(nothing)))
            }
            Fetch::UserCount { .. } => Some(Answer::Count(self.all.into())),
            _ => None,
        }
    }

    fn press(&mut self, code: KeyCode) {
        self.feed(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn draw(&mut self) {
        let (model, theme) = (&self.model, &self.theme);
        self.terminal
            .draw(|frame| draw(model, theme, frame))
            .unwrap();
        self.feed(Msg::Drawn);
    }

    /// Moves down, row by row, and draws.
    fn moves(&mut self, runs: usize) -> Times {
        Times::of(runs, || {
            self.press(KeyCode::Char('j'));
            self.draw();
        })
    }

    /// Does the search that was asked for; says whether there was one.
    fn search(&mut self) -> bool {
        let Some((ticket, quest)) = self.ranking.take() else {
            return false;
        };
        let found = search(&quest);
        self.feed(Msg::Ranked {
            ticket,
            found: Some(found),
        });
        true
    }
}

const NOW: Now = Now {
    moment: Moment(0),
    wall: Timestamp::from_millis(1_764_000_000_000),
};

fn search(quest: &Quest) -> Found {
    let parts = thread::scope(|scope| {
        let parts = quest.parts(2).into_iter();
        let started: Vec<_> = parts
            .map(|part| scope.spawn(|| quest.exact(part, &|| false).unwrap()))
            .collect();
        started
            .into_iter()
            .map(|part| part.join().unwrap())
            .collect::<Vec<_>>()
    });
    let mut found = quest.join(&parts);
    if quest.wants_alike(&found) {
        let parts = thread::scope(|scope| {
            let parts = quest.parts(2).into_iter();
            let started: Vec<_> = parts
                .map(|part| scope.spawn(|| quest.alike(part, &|| false).unwrap()))
                .collect();
            started
                .into_iter()
                .map(|part| part.join().unwrap())
                .collect::<Vec<_>>()
        });
        quest.add_alike(&mut found, &parts);
    }
    found
}

/// The least that draws as many cells.
fn bare_table() -> Times {
    let mut terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS)).unwrap();
    let book = people::book(u32::from(ROWS));
    let row = |n: u16| book.row(clerk_tui::app::Who(n.into())).unwrap();
    let rows: Vec<_> = (0..ROWS).map(row).collect();
    let mut odd = false;
    Times::of(RUNS, || {
        odd = !odd;
        let cells = rows.iter().skip(usize::from(odd)).map(|row| {
            let text = |text: &Option<clerk_tui::domain::Untrusted>| {
                text.as_ref()
                    .map_or_else(String::new, |text| text.raw().to_owned())
            };
            Row::new([
                row.name.raw().to_owned(),
                text(&row.email),
                "ok".to_owned(),
                "2 h ago".to_owned(),
                "3 d ago".to_owned(),
                text(&row.username),
                text(&row.phone),
            ])
        });
        let widths = [30, 60, 14, 12, 12, 16, 16].map(Constraint::Length);
        let table = Table::new(cells, widths);
        terminal
            .draw(|frame| frame.render_widget(table, frame.area()))
            .unwrap();
    })
}
