//! What each command does, and whether it applies.

pub(in crate::app) mod change;
mod copy;
mod hints;
mod leave;
mod load;
mod mark;
mod neighbours;
pub(in crate::app) mod open;
mod same_ip;
pub(in crate::app) mod undo;

pub use hints::{Hint, hints};
pub use neighbours::place_in_list;
use neighbours::{has_neighbour, turn_page};

use crate::app::command::{Command, TABLE};
use crate::app::context::Word;
use crate::app::document::Follow;
use crate::app::layout;
use crate::app::search::listed;
use crate::app::{
    Effect, FilterForm, Layer, Model, Palette, Screen, Subject, Tone, batch, menu, newcomer, tokens,
};
use crate::domain::{Invitation, InvitationStatus, UserOrder, UserOrderBy};

/// Whether a command can do something here. What cannot is offered nowhere.
pub fn applies(model: &Model, command: Command) -> bool {
    applies_here(model, &model.subject(), command)
}

/// The same for a subject that is at hand: finding it out takes a whole profile.
pub(in crate::app) fn applies_to(model: &Model, subject: &Subject, command: Command) -> bool {
    use Command as C;
    let screen = model.screen();
    let Subject {
        person,
        session,
        invitation,
        follow,
    } = subject;
    let policy = &model.ctx.policy;
    if command.is_change() && !change::is_allowed(policy, command, person.as_ref()) {
        return false;
    }
    match command {
        C::Search | C::Filter => screen.search().is_some(),
        C::Order => matches!(screen, Screen::Users(_)),
        C::Mark | C::Range | C::MarkAll | C::Unmark => mark::applies(model, subject, command),
        C::Preview => matches!(screen, Screen::Users(_)) && layout::can_preview(model),
        C::NextSection | C::PreviousSection | C::Raw => matches!(screen, Screen::Profile(_)),
        C::NextPerson => matches!(screen, Screen::Profile(pane) if has_neighbour(model, pane, 1)),
        C::PreviousPerson => {
            matches!(screen, Screen::Profile(pane) if has_neighbour(model, pane, -1))
        }
        C::AllStates => match screen {
            Screen::Sessions(pane) => pane.walk.is_none(),
            Screen::Invitations(_) => true,
            _ => false,
        },
        C::SessionsOfPerson => {
            !matches!(screen, Screen::Sessions(pane) if pane.user.is_some()) && person.is_some()
        }
        C::Open => follow.is_some() || (person.is_some() && !matches!(screen, Screen::Profile(_))),
        C::CopyEmail => person.is_some() || invitation.is_some(),
        C::CopyTicket | C::SameIp | C::Menu => person.is_some(),
        C::Tokens => !model.tokens.is_empty(),
        C::CopyMissing => listed::shown(model).is_some_and(|(_, l)| !l.missing().is_empty()),
        C::CopyCurl => person.is_some() || matches!(follow, Some(Follow::Organization(..))),
        C::CopyId => {
            let organization = matches!(follow, Some(Follow::Organization(..)));
            person.is_some() || invitation.is_some() || organization
        }
        C::Undo => {
            let last = model.ledger.last();
            last.is_some_and(|deed| deed.way_back.is_allowed(&model.ctx.policy))
        }
        C::CopyLink => invitation.as_ref().is_some_and(|one| one.url.is_some()),
        C::RevokeInvitation => {
            let pending = |one: &Invitation| one.status == InvitationStatus::Pending;
            invitation.as_ref().is_some_and(pending)
        }
        change if change.is_about_a_person() => person
            .as_ref()
            .is_some_and(|person| change::is_possible(person, session.as_ref(), change)),
        C::Batch => model.batch.is_some() || !model.offers.is_empty(),
        C::Load(verb) => load::applies(screen, verb),
        C::Leave => !screen.is_root(),
        C::Back => model.history.can_go_back(),
        C::Forward => model.history.can_go_forward(),
        _ => true,
    }
}

/// Whether a command can do something here: a change in lists to those who are
/// marked, if anybody is.
pub(in crate::app) fn applies_here(model: &Model, subject: &Subject, command: Command) -> bool {
    if batch::is_meant(model, command) {
        batch::is_for_many(&model.ctx.policy, command)
    } else {
        applies_to(model, subject, command)
    }
}

/// The commands that apply here, in the order of the table.
pub fn applicable(model: &Model) -> Vec<Command> {
    applicable_to(model, &model.subject()).collect()
}

fn applicable_to<'a>(
    model: &'a Model,
    subject: &'a Subject,
) -> impl Iterator<Item = Command> + use<'a> {
    let commands = TABLE.iter().map(|entry| entry.command);
    commands.filter(|command| applies_here(model, subject, *command))
}

/// Does a command.
pub fn perform(model: &mut Model, command: Command) {
    use Command as C;
    match command {
        C::Users => go(model, 0),
        C::Sessions => go(model, 1),
        C::Organizations => go(model, 2),
        C::Open => open::open(model),
        C::Leave | C::Close => leave::close(model),
        C::Quit => leave::quit(model),
        C::Interrupt => leave::interrupt(model),
        C::Back => {
            if model.history.back() {
                arrive(model);
            }
        }
        C::Forward => {
            if model.history.forward() {
                arrive(model);
            }
        }
        C::Search => {
            if let Some(search) = model.history.screen_mut().search_mut() {
                search.focused = true;
            }
        }
        C::Filter => {
            if let Some(search) = model.screen().search() {
                // A list is no text to filter by.
                let text = search.list().map_or_else(|| search.text(), |_| "");
                let form = FilterForm::new(search.scope(), text);
                model.layer = Layer::Filter(Box::new(form));
            }
        }
        C::Order => model.layer = Layer::Orders(order_place(model)),
        C::Palette => model.layer = Layer::Palette(Palette::new(applicable(model))),
        C::Help => model.layer = Layer::Help(0),
        C::Menu => menu::open(model),
        C::History => model.layer = Layer::Ledger,
        C::Times => {
            let which = model.ctx.clock.toggle_utc();
            model
                .ctx
                .say(Tone::Plain, format!("Times are in {which} now."));
        }
        C::Refresh => refresh(model),
        C::Load(verb) => load::perform(model, verb),
        C::Batch => batch::show(model),
        C::Preview => {
            if let Some(users) = model.history.users_mut() {
                users.preview = !users.preview;
            }
        }
        C::SessionsOfPerson => open::sessions_of_person(model),
        C::SameIp => same_ip::show(model),
        C::AllStates => {
            let Model { ctx, history, .. } = model;
            match history.screen_mut() {
                Screen::Sessions(pane) => pane.toggle_states(ctx),
                Screen::Invitations(pane) => pane.toggle_states(ctx),
                _ => {}
            }
        }
        C::Mark => mark::mark(model),
        C::Range => mark::range(model),
        C::MarkAll => mark::mark_all(model),
        C::Unmark => mark::unmark(model),
        C::NextSection => move_section(model, 1),
        C::PreviousSection => move_section(model, -1),
        C::NextPerson => turn_page(model, true),
        C::PreviousPerson => turn_page(model, false),
        C::Raw => {
            if let Screen::Profile(pane) = model.history.screen_mut() {
                pane.toggle_raw();
            }
            model.aim = Some(model.look());
        }
        C::CopyMissing => listed::copy_missing(model),
        C::Invitations => open::open_invitations(model),
        C::CopyEmail | C::CopyId | C::CopyLink => copy::copy(model, command),
        C::Tokens => tokens::open(model),
        C::CopyTicket => copy::ticket(model),
        C::CopyCurl => copy::request(model),
        C::Up => move_by(model, -1),
        C::Down => move_by(model, 1),
        C::PageUp => move_by(model, -half_page(model)),
        C::PageDown => move_by(model, half_page(model)),
        C::First => move_by(model, isize::MIN),
        C::Last => go_to_end(model),
        C::Suspend => model.ctx.ask(Effect::Suspend),
        C::NewUser | C::Invite | C::RevokeInvitation => newcomer::open(model, command),
        change => change::open(model, change, model.seen.clone().as_ref()),
    }
}

/// The person came to the view that is shown: reads it, if it was never read.
pub fn arrive(model: &mut Model) {
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    let screen = history.screen_mut();
    if screen.list().is_some_and(|list| list.read_at().is_some()) {
        return;
    }
    match screen {
        Screen::Users(pane) => pane.read(ctx, people, false),
        Screen::Sessions(pane) => pane.read(ctx, false),
        Screen::Organizations(pane) => pane.read(ctx, false),
        Screen::Members(pane) => pane.read(ctx, false),
        Screen::Invitations(pane) => pane.read(ctx, false),
        Screen::Profile(pane) if pane.dossier.user.value().is_none() => pane.read(ctx),
        Screen::Profile(_) => {}
    }
}

pub(in crate::app) fn go(model: &mut Model, root: usize) {
    if model.history.go_to_root(root) {
        arrive(model);
    }
}

/// What looking is about: where keys moved the cursor since the last frame,
/// that is what is meant; where arriving rows did, it is what the person saw.
pub(in crate::app) fn meant(model: &Model) -> Subject {
    let here = model.history.here();
    let meant = model.aim.as_ref().or(model.seen.as_ref());
    match meant.filter(|meant| meant.pane == here) {
        Some(meant) => meant.subject.clone(),
        None => model.subject(),
    }
}

/// Searches for what is in the box of the view, at once.
pub fn search_now(model: &mut Model) {
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    match history.screen_mut() {
        Screen::Users(pane) => pane.search_now(ctx, people),
        Screen::Sessions(pane) => pane.search_now(ctx),
        Screen::Organizations(pane) => pane.search_now(ctx),
        Screen::Members(_) | Screen::Invitations(_) | Screen::Profile(_) => {}
    }
}

/// The text in the box changed.
pub fn typed(model: &mut Model) {
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    if let Screen::Users(pane) = history.screen_mut() {
        pane.typed(ctx, people);
    }
}

fn refresh(model: &mut Model) {
    ask_names_again(model);
    read_again(model, Word::Own);
}

/// Asks anew for names that could not be found out: of people, of the instance.
pub(in crate::app) fn ask_names_again(model: &mut Model) {
    model.people.look_again();
    if model.instance.error().is_some() {
        model.read_instance();
    }
}

/// Reads anew what the view shows.
pub(in crate::app) fn read_again(model: &mut Model, word: Word) {
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    ctx.on_word(word, |ctx| match history.screen_mut() {
        Screen::Users(pane) if pane.list.error().is_some() => pane.retry(ctx, people),
        Screen::Users(pane) => pane.read(ctx, people, true),
        Screen::Sessions(pane) => pane.read(ctx, true),
        Screen::Organizations(pane) => pane.read(ctx, true),
        Screen::Members(pane) => pane.read(ctx, true),
        Screen::Invitations(pane) => pane.read(ctx, true),
        Screen::Profile(pane) => pane.read(ctx),
    });
}

fn half_page(model: &Model) -> isize {
    isize::try_from(layout::page_rows(model) / 2).map_or(1, |half| half.max(1))
}

/// Moves the cursor of the view by so many rows.
pub fn move_by(model: &mut Model, by: isize) {
    let Model { ctx, history, .. } = model;
    match history.screen_mut() {
        Screen::Profile(pane) => pane.move_by(ctx, by),
        screen => {
            if let Some(list) = screen.list_mut() {
                list.move_by(by);
            }
        }
    }
    model.aim = Some(model.look());
}

fn move_section(model: &mut Model, by: isize) {
    let Model { ctx, history, .. } = model;
    if let Screen::Profile(pane) = history.screen_mut() {
        pane.move_section(ctx, by);
    }
    model.aim = Some(model.look());
}

/// Goes to the last row; of users the true last one, which may have to be read first.
fn go_to_end(model: &mut Model) {
    move_by(model, isize::MAX);
    if let Screen::Users(pane) = model.history.screen_mut() {
        pane.list.go_to_end();
    }
    model.aim = Some(model.look());
}

fn order_place(model: &Model) -> usize {
    let order = model.users().map_or(UserOrder::NEWEST, |users| users.order);
    let by = UserOrderBy::ALL.iter().position(|by| *by == order.by);
    by.unwrap_or(0) * 2 + usize::from(!order.descending)
}

/// The order in a place of the menu: each field both ways, falling first.
pub const fn order_at(place: usize) -> UserOrder {
    UserOrder {
        by: UserOrderBy::ALL[place / 2],
        descending: place.is_multiple_of(2),
    }
}
