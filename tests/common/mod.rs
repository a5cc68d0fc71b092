//! Journeys: the real loop, driven by injected keys, over real HTTP, against the demo server.
//!
//! Nothing here sleeps: a journey waits for frames, and says what it saw
//! instead when one does not come. Time stands still until a journey moves it.

mod eyes;
mod frail;
mod frame;
mod time;
mod tls;

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use clerk_tui::{
    api::{BaseUrl, Settings, Shares},
    app::{Model, Setup},
    demo::{Options, Seen, Server},
    domain::{Dress, Policy, Secret},
    runtime::{Clock, Console, Editor, Ended, LastWords, Link, Outside, ReadKey, Reason},
    store::Trail,
    view::Theme,
};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseEvent};
use eyes::Eyes;
pub use eyes::{Done, Frame};
use frail::Frail;
use futures_util::stream;
use ratatui::{Terminal, backend::TestBackend};
use reqwest::Method;
pub use tls::TlsServer;

use serde_json::Value;
use time::{Stillness, in_time};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};

/// How the console reaches its server, and what it has beside that; where
/// nothing is said, as it should.
#[derive(Default)]
pub struct Way {
    pub policy: Policy,
    pub trail: Option<Trail>,
    pub editor: Editor,
    pub url: Option<String>,
    pub key: Option<String>,
    /// How the key is read again.
    pub key_source: Option<Arc<ReadKey>>,
}

/// A console that runs, and the hands and eyes in front of it.
pub struct Journey {
    pub server: Server,
    keyboard: mpsc::UnboundedSender<io::Result<Event>>,
    outside: mpsc::Sender<Outside>,
    frames: watch::Receiver<Frame>,
    done: Arc<Mutex<Done>>,
    last_words: LastWords,
    console: JoinHandle<Ended>,
    frail: Frail<()>,
    /// Somebody else, with a client of their own.
    colleague: reqwest::Client,
    _still: Stillness,
}

impl Journey {
    /// A console on a demo of its own, with leave to write.
    pub async fn start(options: Options, size: (u16, u16)) -> Self {
        Self::start_on(Way::default(), options, size).await
    }

    /// The same, with an audit trail.
    pub async fn start_recorded(options: Options, size: (u16, u16), trail: Trail) -> Self {
        let way = Way {
            trail: Some(trail),
            ..Way::default()
        };
        Self::start_on(way, options, size).await
    }

    /// The same, but looking for the server at `url`.
    pub async fn start_at(url: &str, options: Options, size: (u16, u16)) -> Self {
        let way = Way {
            url: Some(url.to_owned()),
            ..Way::default()
        };
        Self::start_on(way, options, size).await
    }

    /// The same without leave to write.
    pub async fn start_read_only(options: Options, size: (u16, u16)) -> Self {
        let way = Way {
            policy: Policy::read_only(),
            ..Way::default()
        };
        Self::start_on(way, options, size).await
    }

    /// The same, with an editor of the person's own.
    pub async fn start_with(editor: Editor, options: Options, size: (u16, u16)) -> Self {
        let way = Way {
            editor,
            ..Way::default()
        };
        Self::start_on(way, options, size).await
    }

    /// A console on a demo of its own, with what is said of the way.
    pub async fn start_on(way: Way, options: Options, size: (u16, u16)) -> Self {
        let Way { policy, trail, .. } = way;
        let still = Stillness::begin();
        let limit = options.rate_limit;
        let server = Server::start(options).await.unwrap();
        let settings = Settings {
            base: BaseUrl::parse(way.url.as_deref().unwrap_or(server.url())).unwrap(),
            key: Secret::new(way.key.as_deref().unwrap_or(server.key())),
            limit,
            shares: Shares::default(),
        };
        let mut link = Link::open(async { Ok(settings) });
        if let Some(source) = way.key_source {
            link = link.reading_key_by(move || source());
        }
        let clock = Clock::start();
        let setup = Setup {
            run: 1,
            dress: Dress::Demo,
            host: "demo".to_owned(),
            policy: policy.clone(),
            operator: "ann@desk".to_owned(),
            notice: None,
            size,
            now: clock.now(),
        };
        let (keyboard, mut events) = mpsc::unbounded_channel();
        let (outside, from_outside) = mpsc::channel(8);
        let (frame, frames) = watch::channel(Frame::default());
        let done = Arc::new(Mutex::new(Done::default()));
        let last_words = LastWords::default();
        let frail = Frail::new(());
        let mut console = Console {
            terminal: Terminal::new(TestBackend::new(size.0, size.1)).unwrap(),
            events: stream::poll_fn(move |cx| events.poll_recv(cx)),
            outside: from_outside,
            host: Eyes {
                frame,
                size,
                done: done.clone(),
            },
            writer: (!policy.read_only).then(|| frail.around(link.writer())),
            reader: frail.around(link),
            trail,
            editor: way.editor,
            model: Model::new(setup),
            theme: Theme::default(),
            clock,
            last_words: last_words.clone(),
        };
        Self {
            server,
            keyboard,
            outside,
            frames,
            done,
            last_words,
            console: tokio::spawn(async move { console.run().await }),
            frail,
            colleague: reqwest::Client::builder()
                .tls_certs_only([])
                .no_proxy()
                .build()
                .unwrap(),
            _still: still,
        }
    }

    /// Lets time pass, for the console and for its server.
    pub async fn later(&self, by: Duration) -> &Self {
        self.server.switches().advance(by);
        tokio::time::advance(by).await;
        self
    }

    /// Looks at the dialog for long enough, then presses `y`.
    pub async fn consent(&self) -> &Self {
        self.later(Duration::from_millis(300)).await.keys("y")
    }

    /// Types into the search box and lets the typing rest.
    pub async fn search(&self, text: &str) -> &Self {
        self.keys("/").keys(text);
        // Once the box shows it, every key has been handled.
        self.until_screen_contains(&format!("/ {text}")).await;
        self.later(Duration::from_millis(200)).await
    }

    /// Finds the five Alices and goes to the list, where the first is Alice Chen.
    pub async fn find_alice(&self) -> &Self {
        self.until_screen_contains("842 users").await;
        self.search("alice").await;
        self.until_screen_contains("5 found").await;
        self.press(KeyCode::Enter);
        assert!(chosen(&self.screen()).contains("Alice Chen"));
        self.settled().await
    }

    /// The next read or write panics in its worker.
    pub fn break_next(&self) -> &Self {
        self.frail.break_next();
        self
    }

    /// Somebody else asks the same server; gives status and body.
    pub async fn elsewhere(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let url = format!("{}/v1{path}", self.server.url());
        let mut request = self.colleague.request(method, url);
        request = request.bearer_auth(self.server.key());
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Waits until the server has seen something.
    pub async fn until_server(&self, what: &str, condition: impl Fn(&Server) -> bool) {
        let seen = async {
            while !condition(&self.server) {
                tokio::task::yield_now().await;
            }
        };
        let came = in_time(seen).await.is_some();
        assert!(came, "no {what}; the last frame:\n{}", self.screen());
    }

    /// Types characters, one key each.
    pub fn keys(&self, keys: &str) -> &Self {
        for key in keys.chars() {
            self.press(KeyCode::Char(key));
        }
        self
    }

    /// Goes down to the last row read, which has the list read on.
    pub fn walk_down(&self) -> &Self {
        for _ in 0..60 {
            self.press(KeyCode::PageDown);
        }
        self
    }

    /// Presses one key.
    pub fn press(&self, code: KeyCode) -> &Self {
        self.press_with(code, KeyModifiers::NONE)
    }

    /// Presses one key with others held.
    pub fn press_with(&self, code: KeyCode, modifiers: KeyModifiers) -> &Self {
        self.event(Event::Key(KeyEvent::new(code, modifiers)))
    }

    /// Pastes text, in brackets.
    pub fn paste(&self, text: &str) -> &Self {
        self.event(Event::Paste(text.to_owned()))
    }

    /// Uses the mouse.
    pub fn mouse(&self, mouse: MouseEvent) -> &Self {
        self.event(Event::Mouse(mouse))
    }

    fn event(&self, event: Event) -> &Self {
        self.keyboard.send(Ok(event)).expect("the console runs");
        self
    }

    /// The system says that it is time to leave.
    pub fn signal(&self, reason: Reason) -> &Self {
        let leave = Outside::Leave(reason);
        self.outside.try_send(leave).expect("the console runs");
        self
    }

    /// Waits for a frame like this, the last one drawn included.
    pub async fn until(&self, what: &str, condition: impl Fn(&str) -> bool) -> &Self {
        let mut frames = self.frames.clone();
        let seen = frames.wait_for(|frame| condition(&frame.text));
        let came = matches!(in_time(seen).await, Some(Ok(_)));
        assert!(came, "no frame with {what}; the last:\n{}", self.screen());
        self
    }

    /// Waits for a frame that shows `text`.
    pub async fn until_screen_contains(&self, text: &str) -> &Self {
        self.until(text, |screen| screen.contains(text)).await
    }

    /// Waits for a frame that does not show `text`.
    pub async fn until_screen_lacks(&self, text: &str) -> &Self {
        let what = format!("no {text}");
        self.until(&what, |screen| !screen.contains(text)).await
    }

    /// Waits until nothing is under way: the server has answered everything,
    /// and the console has drawn what there was to draw.
    pub async fn settled(&self) -> &Self {
        let mut quiet = 0;
        let mut before = (0, 0);
        let settling = async {
            // So many turns of this thread are more than an answer needs to get
            // from a socket to the screen.
            while quiet < 500 {
                tokio::task::yield_now().await;
                let requests = self.server.switches().requests();
                let open = requests.iter().any(|seen| seen.status.is_none());
                let now = (self.frames(), requests.len());
                quiet = if open || now != before || now.1 == 0 {
                    0
                } else {
                    quiet + 1
                };
                before = now;
            }
        };
        let came = in_time(settling).await.is_some();
        assert!(came, "it never settles; the last:\n{}", self.screen());
        self
    }

    /// Every attempt to write so far: `POST /users/…/ban`.
    pub fn writes(&self) -> Vec<String> {
        let writes = self.server.switches().writes();
        let line = |seen: &Seen| format!("{} {}", seen.method, seen.target());
        writes.iter().map(line).collect()
    }

    /// The last frame.
    pub fn screen(&self) -> String {
        self.frames.borrow().text.clone()
    }

    /// How many frames were drawn.
    pub fn frames(&self) -> usize {
        self.frames.borrow().number
    }

    /// What was opened in the browser.
    pub fn browsed(&self) -> Vec<String> {
        self.done.lock().unwrap().browsed.clone()
    }

    /// What was put on the clipboard.
    pub fn copied(&self) -> Vec<String> {
        self.done.lock().unwrap().copied.clone()
    }

    /// Waits for the console's end: how, and what is left to say.
    pub async fn ends(self) -> (Ended, Vec<String>, Done) {
        let ended = in_time(self.console).await;
        let ended = ended.expect("the console ends").expect("it does not panic");
        let done = std::mem::take(&mut *self.done.lock().unwrap());
        (ended, self.last_words.get(), done)
    }
}

/// The line of the cursor.
pub fn chosen(screen: &str) -> &str {
    let line = screen.lines().find(|line| line.contains('▌'));
    line.unwrap_or_else(|| panic!("no cursor:\n{screen}"))
}
