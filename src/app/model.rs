//! The whole state of the console.

use crate::domain::{Dress, Fetch, Instance, Invitation, Lane, Policy, Session, UserId};

use super::batch::{Batch, DryRun, Offers, Patch, Resume};
use super::document::Follow;
use super::history::History;
use super::jump::Jump;
use super::panes::organizations::OrganizationsPane;
use super::panes::sessions::SessionsPane;
use super::panes::users::UsersPane;
use super::{
    AnyList, Context, Dialog, Earlier, FilterForm, Jobs, Ledger, Link, Marks, Menu, Moment,
    Newcomer, Now, Offline, Palette, PaneId, Part, People, Person, Range, Recent, Remote, Screen,
    Search, Ticket, Token, Tone,
};

/// What is known when the console starts.
#[derive(Clone, Debug)]
pub struct Setup {
    /// A random number that tells this run's writes from all others'.
    pub run: u64,
    /// What a mistake on this instance would cost.
    pub dress: Dress,
    /// The host of the API, such as `api.clerk.com`.
    pub host: String,
    /// What this run may do.
    pub policy: Policy,
    /// Who sits at the keys, as the audit trail names them.
    pub operator: String,
    /// What the person is to be told first, and how it is meant.
    pub notice: Option<(Tone, String)>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time at the start.
    pub now: Now,
}

/// The state of the console.
#[derive(Debug)]
pub struct Model {
    /// What all panes share.
    pub ctx: Context,
    /// The views, and which of them is shown.
    pub history: History,
    /// What lies over the view.
    pub layer: Layer,
    /// Who is who.
    pub people: People,
    /// Those of them who are marked.
    pub marks: Marks,
    /// A range that is to be marked.
    pub range: Option<Range>,
    /// The people looked at last.
    pub recent: Recent,
    /// The changes on their way.
    pub jobs: Jobs,
    /// What was changed in this run.
    pub ledger: Ledger,
    /// The change of many that is under way, or was the last.
    pub batch: Option<Batch>,
    /// What earlier runs left of theirs.
    pub offers: Offers,
    /// The changes of earlier runs that are being read back.
    pub earlier: Earlier,
    /// The instance at the other end.
    pub instance: Remote<Instance>,
    /// Whether the console leaves as soon as the changes on their way are answered.
    pub leaving: bool,
    /// The view without a connection, while it is tried again by itself.
    pub(super) offline: Option<Offline>,
    /// Where a pasted id leads, until that is found out.
    pub(super) jump: Option<Jump>,
    pub(super) seen: Option<Seen>,
    /// The first key of a chord, and what was seen then.
    pub(super) chord: Option<(&'static str, Option<Seen>)>,
    /// The tokens made in this run, the newest last.
    pub tokens: Vec<Token>,
    /// A link that nobody has seen yet.
    pub(super) link: Option<Box<Link>>,
    pub(super) last_key: Moment,
    /// A change did not come to pass: what follows in the same burst was typed for it.
    pub(super) refused: bool,
    /// What keys moved the cursor to since the last frame.
    pub(super) aim: Option<Seen>,
    /// Wakes the console when a wait gets long: which, and since when it waits.
    pub(super) patience: Option<(Ticket, Moment)>,
    pub(super) countdown: Option<super::pace::Countdown>,
    pub(super) frame_due: bool,
    /// How many of those marked are in the list shown.
    pub(super) marked_here: super::marks::Here,
}

/// What lies over the view; at most one thing does.
#[derive(Debug, Default)]
pub enum Layer {
    /// Nothing.
    #[default]
    None,
    /// The help, scrolled down by so many lines.
    Help(u16),
    /// The palette.
    Palette(Palette),
    /// The orders, with the cursor on one.
    Orders(usize),
    /// The form that writes a search.
    Filter(Box<FilterForm>),
    /// The menu of what was under the cursor.
    Menu(Box<Menu>),
    /// The changes of this run.
    Ledger,
    /// A dialog before a change.
    Dialog(Box<Dialog>),
    /// A link that signs somebody in; it is gone once this is closed.
    Link(Box<Link>),
    /// The tokens made in this run, with the cursor on one.
    Tokens(usize),
    /// The boxes for a key of metadata that many get.
    Patch(Box<Patch>),
    /// The dry run before a change of many.
    DryRun(Box<DryRun>),
    /// The batch, its list scrolled down by so many lines.
    Batch(usize),
    /// The offer to finish what an earlier run left of a batch.
    Resume(Box<Resume>),
    /// A form for somebody who is to come.
    Newcomer(Box<Newcomer>),
}

/// What the person saw: the subject under the cursor in the last frame drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// In which view.
    pub pane: PaneId,
    /// What the cursor was on.
    pub subject: Subject,
    /// Which rows stood in the list: [`AnyList::version`].
    pub rows: u64,
    /// Which marks stood then: [`Marks::version`].
    pub marks: u64,
}

/// What a command is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// The person.
    pub person: Option<Person>,
    /// The session, where the cursor is on one.
    pub session: Option<Session>,
    /// The invitation, where the cursor is on one.
    pub invitation: Option<Invitation>,
    /// Where Enter leads, where that is not the person.
    pub follow: Option<Follow>,
}

impl Model {
    /// Asks what the instance is called.
    pub(super) fn read_instance(&mut self) {
        let (part, lane) = (Part::Instance, Lane::Prefetch);
        let ticket = self.ctx.fetch(PaneId(0), part, lane, Fetch::Instance);
        self.instance.wait_for(ticket, self.ctx.now.moment);
    }

    /// A console that has asked for nothing yet.
    pub fn new(setup: Setup) -> Self {
        let run = setup.run;
        let notice = setup.notice.clone();
        let mut ctx = Context::new(setup);
        if let Some((tone, notice)) = notice {
            ctx.say(tone, notice);
        }
        let [users, sessions, organizations] = [ctx.pane(), ctx.pane(), ctx.pane()];
        let history = History::new([
            (users, Screen::Users(Box::new(UsersPane::new(users)))),
            (
                sessions,
                Screen::Sessions(Box::new(SessionsPane::new(sessions, None))),
            ),
            (
                organizations,
                Screen::Organizations(Box::new(OrganizationsPane::new(organizations))),
            ),
        ]);
        Self {
            last_key: ctx.now.moment,
            ctx,
            history,
            layer: Layer::None,
            people: People::default(),
            marks: Marks::default(),
            range: None,
            recent: Recent::default(),
            jobs: Jobs::new(run),
            ledger: Ledger::default(),
            batch: None,
            offers: Offers::default(),
            earlier: Earlier::default(),
            instance: Remote::default(),
            leaving: false,
            offline: None,
            jump: None,
            seen: None,
            chord: None,
            refused: false,
            tokens: Vec::new(),
            link: None,
            aim: None,
            patience: None,
            countdown: None,
            frame_due: true,
            marked_here: super::marks::Here::default(),
        }
    }

    /// The view that is shown.
    pub fn screen(&self) -> &Screen {
        self.history.screen()
    }

    /// The users view, wherever the person is.
    pub fn users(&self) -> Option<&UsersPane> {
        self.history.screens().find_map(|screen| match screen {
            Screen::Users(pane) => Some(&**pane),
            _ => None,
        })
    }

    /// The users view, with what it needs for whatever it does.
    pub(super) fn users_mut(&mut self) -> Option<(&mut UsersPane, &mut Context, &mut People)> {
        let users = self.history.users_mut()?;
        Some((users, &mut self.ctx, &mut self.people))
    }

    /// Whether something on the screen may differ from the last frame drawn.
    pub const fn frame_due(&self) -> bool {
        self.frame_due
    }

    /// What is still to be said on the shell's screen when the console has left.
    pub fn last_words(&self) -> Vec<String> {
        let unsettled = self.unsettled().into_iter();
        let unsettled = unsettled.map(|write| format!("No answer to: {write}"));
        let batch = self.batch.as_ref().and_then(Batch::last_words);
        unsettled.chain(batch).collect()
    }

    /// The writes that were sent and not answered, in words.
    pub fn unsettled(&self) -> Vec<String> {
        let words = |job: &super::Job| {
            let whom = match job.whom.person() {
                Some(person) => person.id.to_string(),
                None => job.whom.short_name(),
            };
            format!("{} of {whom}", job.action.words().noun)
        };
        self.jobs.open().iter().map(words).collect()
    }

    /// What the cursor of the view is on.
    pub fn subject(&self) -> Subject {
        let person = |id: &UserId| Some(self.people.person(id));
        match self.screen() {
            Screen::Users(pane) => Subject {
                person: pane
                    .list
                    .selected()
                    .and_then(|who| self.people.row(who))
                    .map(|row| Person {
                        id: row.id.clone(),
                        row: Some(row),
                    }),
                ..Subject::default()
            },
            Screen::Sessions(pane) => {
                let session = pane.list.selected();
                let user = session.map(|session| &session.user);
                Subject {
                    person: user.or(pane.user.as_ref()).and_then(person),
                    session: session.cloned(),
                    ..Subject::default()
                }
            }
            Screen::Organizations(pane) => Subject {
                follow: pane
                    .list
                    .selected()
                    .map(|row| Follow::Organization(row.id.clone(), row.name.clone())),
                ..Subject::default()
            },
            Screen::Members(pane) => {
                let user = pane.list.selected().and_then(|m| m.user.as_ref());
                Subject {
                    person: user.and_then(|user| person(&user.id)),
                    ..Subject::default()
                }
            }
            Screen::Invitations(pane) => Subject {
                invitation: pane.list.selected().cloned(),
                ..Subject::default()
            },
            Screen::Profile(pane) => {
                let follow = pane.selected(&self.ctx);
                Subject {
                    person: Some(Person {
                        id: pane.user().clone(),
                        // Until they are read: as the list knew them.
                        row: match pane.dossier.user.value() {
                            Some(user) => Some(user.row()),
                            None => self.people.get(pane.user()),
                        },
                    }),
                    session: match &follow {
                        Some(Follow::Session(session)) => Some((**session).clone()),
                        _ => None,
                    },
                    invitation: None,
                    follow,
                }
            }
        }
    }

    /// How many of those marked are not among the rows of the list shown;
    /// `None` where it lists no people.
    pub fn marked_elsewhere(&self) -> Option<usize> {
        let here = self.marked_here.count()?;
        Some(self.marks.len().saturating_sub(here))
    }

    /// The subject in the view that is shown.
    pub(super) fn look(&self) -> Seen {
        Seen {
            pane: self.history.here(),
            subject: self.subject(),
            rows: self.screen().list().map_or(0, AnyList::version),
            marks: self.marks.version(),
        }
    }

    /// Whether everybody whom the search matches is being read, to be marked.
    pub fn is_gathering(&self) -> bool {
        self.users().is_some_and(UsersPane::is_gathering)
    }

    /// Whether the rows answer the text in the box of the view.
    pub fn is_answered(&self) -> bool {
        self.screen().search().is_none_or(Search::is_settled)
    }
}
