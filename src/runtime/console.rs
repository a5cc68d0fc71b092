//! The one loop.

use std::{
    io,
    time::{Duration, Instant},
};

use crossterm::event::{Event, KeyEventKind};
use ratatui::{Terminal, backend::Backend, layout::Rect};
use tokio::{
    sync::mpsc::Receiver,
    time::{sleep, timeout},
};

use super::{
    Clock, Editor, Ended, Events, Host, LastWords, Outside, Reads, Reason, Writes,
    clock::WakeUps,
    ending::PATIENCE,
    host::STOP_TAKES,
    inputs::{Input, Inputs},
    log,
    worker::Workers,
};
use crate::{
    app::{Effect, Model, Msg, Ticket, update},
    domain::Safe,
    store::Trail,
    view::{Theme, draw},
};

/// A frame is drawn at the latest after so many messages …
const MESSAGES_A_FRAME: usize = 1_000;

/// … or after so long, even if more are ready.
const BATCH: Duration = Duration::from_millis(8);

/// Everything a running console is made of.
#[derive(Debug)]
pub struct Console<B: Backend, E, H, R, W> {
    /// Where frames go.
    pub terminal: Terminal<B>,
    /// What the terminal reports: keys, pastes, sizes.
    pub events: E,
    /// What the system wants.
    pub outside: Receiver<Outside>,
    /// The surroundings.
    pub host: H,
    /// Reads.
    pub reader: R,
    /// Writes; a read-only run has none.
    pub writer: Option<W>,
    /// The audit trail; without one nothing is recorded.
    pub trail: Option<Trail>,
    /// What the person edits long texts with.
    pub editor: Editor,
    /// The state.
    pub model: Model,
    /// The looks.
    pub theme: Theme,
    /// The time.
    pub clock: Clock,
    /// What is to be said when the process ends.
    pub last_words: LastWords,
}

impl<B, E, H, R, W> Console<B, E, H, R, W>
where
    B: Backend,
    B::Error: Send + Sync + 'static,
    E: Events,
    H: Host,
    R: Reads,
    W: Writes,
{
    /// Runs until somebody quits or the system says so.
    ///
    /// It takes `&mut self`, so that whoever ends the process need not drop the
    /// terminal and its event stream: see [`leave`](super::leave).
    pub async fn run(&mut self) -> Ended {
        let (workers, answers) =
            Workers::new(self.reader.clone(), self.writer.clone(), self.trail.clone());
        let mut running = Loop {
            terminal: &mut self.terminal,
            host: &mut self.host,
            model: &mut self.model,
            theme: &self.theme,
            clock: self.clock,
            editor: &self.editor,
            last_words: &self.last_words,
            inputs: Inputs {
                outside: &mut self.outside,
                events: &mut self.events,
                answers,
                wake_ups: WakeUps::default(),
                pace: workers.pace(self.clock),
                last_pace: None,
                deaf: false,
                editing: None,
            },
            workers,
            redraw: false,
            ended: None,
            frames: log::Frames::default(),
        };
        // tokio would make this task pause after 128 messages; the loop has
        // limits of its own, and nothing else runs on its thread.
        tokio::task::unconstrained(running.run()).await
    }
}

/// The loop's own state.
struct Loop<'a, B: Backend, E, H, R, W> {
    terminal: &'a mut Terminal<B>,
    host: &'a mut H,
    model: &'a mut Model,
    theme: &'a Theme,
    clock: Clock,
    editor: &'a Editor,
    last_words: &'a LastWords,
    inputs: Inputs<'a, E>,
    workers: Workers<R, W>,
    /// The screen no longer shows the last frame: draw, whatever the model says.
    redraw: bool,
    ended: Option<Ended>,
    frames: log::Frames,
}

impl<B, E, H, R, W> Loop<'_, B, E, H, R, W>
where
    B: Backend,
    B::Error: Send + Sync + 'static,
    E: Events,
    H: Host,
    R: Reads,
    W: Writes,
{
    async fn run(&mut self) -> Ended {
        // The first frame comes before the first request: nothing that a
        // request needs may stand between a person and the screen.
        let first_effects = update(self.model, self.clock.now(), Msg::Started);
        self.draw();
        self.perform_all(first_effects).await;
        self.workers.look_up_zone();
        self.workers.record.look_back();

        while self.ended.is_none() {
            let input = self.inputs.next().await;
            self.take(input).await;
            let since = Instant::now();
            for _ in 1..MESSAGES_A_FRAME {
                if self.ended.is_some() || since.elapsed() > BATCH {
                    break;
                }
                let Some(input) = self.inputs.ready().await else {
                    break;
                };
                self.take(input).await;
            }
            // Before the draw, which may hang: see `LastWords`.
            self.last_words.set(self.model.last_words());
            if self.frame_due() {
                self.draw();
                let effects = update(self.model, self.clock.now(), Msg::Drawn);
                self.perform_all(effects).await;
            }
        }
        let ended = self.ended.take().unwrap_or(Ended::Quit);
        if let Some(editing) = self.inputs.editing.take() {
            // Before the terminal is restored, which it may leave as it likes.
            editing.end().await;
        }
        self.host.restore();
        self.frames.tell();
        if !matches!(ended, Ended::Quit) {
            // At `q` the model has waited already, or was told not to.
            self.await_writes().await;
        }
        self.last_words.set(self.model.last_words());
        self.workers.record.leave();
        ended
    }

    fn frame_due(&self) -> bool {
        let seen = self.ended.is_none() && self.inputs.editing.is_none();
        seen && (self.redraw || self.model.frame_due())
    }

    async fn take(&mut self, input: Input) {
        match input {
            Input::Message(msg) => {
                if let Msg::Fetched { slot, ticket, .. } = &msg {
                    self.workers.answered(*slot, *ticket);
                }
                self.happen(msg).await;
            }
            Input::Terminal(Some(Ok(event))) => {
                if let Some(msg) = message(event) {
                    self.happen(msg).await;
                }
            }
            Input::Terminal(Some(Err(error))) => self.fail(error),
            Input::Terminal(None) => self.end(Ended::Left(Reason::TerminalGone)),
            Input::Outside(outside) => self.obey(outside),
            Input::Edited(ticket, result) => {
                self.resume();
                self.happen(Msg::Edited { ticket, result }).await;
            }
        }
    }

    async fn happen(&mut self, msg: Msg) {
        let effects = update(self.model, self.clock.now(), msg);
        self.perform_all(effects).await;
    }

    async fn perform_all(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            log::effect(&effect);
            match effect {
                Effect::Fetch {
                    slot,
                    lane,
                    ticket,
                    fetch,
                } => self.workers.fetch(slot, lane, ticket, fetch),
                Effect::Abort(slot) => self.workers.abort(slot),
                Effect::Change(permit) => self.workers.change(permit),
                Effect::Settle { op, done, words } => self.workers.record.settle(op, done, words),
                Effect::KeepPlan(plan) => self.workers.record.keep_plan(*plan),
                Effect::DropPlan(batch) => self.workers.record.drop_plan(batch),
                Effect::Save { ticket, name, text } => {
                    self.workers.record.save(ticket, name, text);
                }
                Effect::Recall { ticket, user } => self.workers.record.recall(ticket, user),
                Effect::Rank { ticket, quest } => self.workers.rank(ticket, *quest),
                Effect::Wake { ticket, after } => self.inputs.wake_ups.add(ticket, after),
                Effect::Copy(text) => self.copy(&text),
                Effect::CopySecret(secret) => self.copy(&Safe::new(secret.expose())),
                Effect::OpenUrl(url) => self.host.browse(url, self.workers.not_opened()),
                Effect::CopyRequest(fetch) => {
                    if let Some(command) = self.workers.curl(&fetch) {
                        self.copy(&Safe::new(command));
                    }
                }
                Effect::Edit { ticket, name, text } => self.edit(ticket, name, text),
                Effect::Suspend => self.suspend().await,
                Effect::Quit => self.end(Ended::Quit),
            }
        }
    }

    fn copy(&mut self, text: &Safe) {
        if let Err(error) = self.host.copy(text) {
            self.fail(error);
        }
    }

    fn obey(&mut self, outside: Outside) {
        match outside {
            Outside::Leave(reason) => self.end(Ended::Left(reason)),
            // An editor that was stopped with us has the terminal again.
            Outside::Continued if self.inputs.editing.is_some() => {}
            Outside::Continued => self.resume(),
        }
    }

    /// Hands the terminal to the person's editor; the loop goes on, unseen.
    fn edit(&mut self, ticket: Ticket, name: &'static str, text: String) {
        self.inputs.events.pause();
        self.host.lend();
        match self.editor.open(ticket, name, text) {
            Ok(editing) => self.inputs.editing = Some(editing),
            Err(words) => {
                self.resume();
                self.workers.not_edited(ticket, words);
            }
        }
    }

    async fn suspend(&mut self) {
        self.host.suspend();
        // The stop comes a moment after the signal was sent; time stands still
        // in it, so this ends when somebody continues us, or when none came.
        match timeout(STOP_TAKES, self.inputs.outside.recv()).await {
            Ok(Some(Outside::Leave(reason))) => self.end(Ended::Left(reason)),
            Ok(Some(Outside::Continued) | None) | Err(_) => self.resume(),
        }
    }

    fn resume(&mut self) {
        match self.host.resume() {
            Ok((columns, rows)) => {
                // Not `clear`: it asks the terminal where its cursor is.
                let area = Rect::new(0, 0, columns, rows);
                if let Err(error) = self.terminal.resize(area) {
                    self.fail(io::Error::other(error));
                }
                self.redraw = true;
                // Waits in the queue like a report of the terminal itself.
                self.workers.resized(columns, rows);
            }
            Err(error) => self.fail(error),
        }
    }

    fn draw(&mut self) {
        let (model, theme, since) = (&*self.model, self.theme, Instant::now());
        match self.terminal.draw(|frame| draw(model, theme, frame)) {
            Ok(drawn) => self.host.drawn(drawn.buffer),
            Err(error) => self.fail(io::Error::other(error)),
        }
        self.redraw = false;
        self.frames.took(since.elapsed());
    }

    fn fail(&mut self, error: io::Error) {
        self.end(if is_gone(&error) {
            Ended::Left(Reason::TerminalGone)
        } else {
            Ended::Failed(error)
        });
    }

    /// The first reason to end is the one that counts.
    fn end(&mut self, ended: Ended) {
        self.ended.get_or_insert(ended);
    }

    /// Waits for the writes that were sent; whatever else they lead to is left undone.
    async fn await_writes(&mut self) {
        let patience = sleep(PATIENCE);
        tokio::pin!(patience);
        loop {
            tokio::select! {
                biased;
                Some(answer) = self.inputs.answers.recv() => {
                    if matches!(answer, Msg::Changed { .. }) {
                        let _ = update(self.model, self.clock.now(), answer);
                        self.last_words.set(self.model.last_words());
                    }
                }
                () = self.workers.written() => break,
                () = &mut patience => break,
            }
        }
        // The last answer may have come between the two.
        while let Ok(answer) = self.inputs.answers.try_recv() {
            if matches!(answer, Msg::Changed { .. }) {
                let _ = update(self.model, self.clock.now(), answer);
            }
        }
    }
}

/// Whether this is what reads and writes say once the terminal has hung up,
/// which they may do before the watcher has woken.
fn is_gone(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    let number = inner.unwrap_or(error).raw_os_error();
    number == Some(rustix::io::Errno::IO.raw_os_error())
}

/// What a report of the terminal means to the model, if anything.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => Some(Msg::Key(key)),
        Event::Mouse(mouse) => Some(Msg::Mouse(mouse)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
        Event::FocusGained | Event::FocusLost => None,
    }
}
