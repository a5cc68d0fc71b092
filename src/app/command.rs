//! What a person can ask for: one table for keys, hints, help and palette.

use crate::domain::MetadataKind;

/// What a person can ask for. What happened is a `Msg`; what a key means is a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Go to the users.
    Users,
    /// Go to the sessions of all users.
    Sessions,
    /// Go to the organizations.
    Organizations,
    /// Open what the cursor is on.
    Open,
    /// Leave the view for the one before.
    Leave,
    /// Open the search box.
    Search,
    /// Open the form that writes a search.
    Filter,
    /// Open the orders.
    Order,
    /// Open the menu of what is under the cursor.
    Menu,
    /// Go to the sessions of the person.
    SessionsOfPerson,
    /// Show all sessions on the same IP address.
    SameIp,
    /// Show sessions of any state, or active ones only.
    AllStates,
    /// The next section of the profile.
    NextSection,
    /// The section before.
    PreviousSection,
    /// The next person of the list.
    NextPerson,
    /// The person before.
    PreviousPerson,
    /// Show the raw JSON, or the profile again.
    Raw,
    /// Mark somebody, or unmark, and step on.
    Mark,
    /// Begin a range, or mark it.
    Range,
    /// Mark everybody whom the search matches.
    MarkAll,
    /// Unmark all, or mark them again.
    Unmark,
    /// Show or hide the preview.
    Preview,
    /// Ban, or unban.
    Ban,
    /// Lock, or unlock.
    Lock,
    /// Delete.
    Delete,
    /// Edit names, username, external id.
    Edit,
    /// Replace the e-mail address.
    ReplaceEmail,
    /// List the addresses, to change them.
    Addresses,
    /// Set a key of metadata.
    Metadata(MetadataKind),
    /// Take all second factors away.
    ResetMfa,
    /// Call the password known to others, and sign the person out.
    DistrustPassword,
    /// Set the password, or take it away.
    Password,
    /// Take a passkey, a linked account or a wallet away.
    RemoveCredential,
    /// Make a link that signs the person in.
    SignInLink,
    /// Sign in as the person.
    Impersonate,
    /// List the tokens made in this run.
    Tokens,
    /// Revoke the session.
    Revoke,
    /// Revoke all sessions of the person.
    RevokeAll,
    /// Revoke all of them but the chosen one.
    RevokeOthers,
    /// Take back the last change of this run.
    Undo,
    /// List the changes of this run.
    History,
    /// Show the batch.
    Batch,
    /// Make a user.
    NewUser,
    /// Invite somebody.
    Invite,
    /// Go to the invitations.
    Invitations,
    /// Take the invitation back.
    RevokeInvitation,
    /// Copy the e-mail address.
    CopyEmail,
    /// Copy the id.
    CopyId,
    /// Copy a text for a ticket.
    CopyTicket,
    /// Copy the request of what is shown, as a command for a shell.
    CopyCurl,
    /// Copy the link of the invitation.
    CopyLink,
    /// Copy those of a pasted list that were not found.
    CopyMissing,
    /// Load everything that the search finds.
    Load(LoadVerb),
    /// Read again.
    Refresh,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// Half a screen up.
    PageUp,
    /// Half a screen down.
    PageDown,
    /// The first row.
    First,
    /// The last row read.
    Last,
    /// Back in history.
    Back,
    /// Forward in history.
    Forward,
    /// Local time or UTC.
    Times,
    /// The palette.
    Palette,
    /// The help.
    Help,
    /// Close the newest layer.
    Close,
    /// Close the newest layer, or quit.
    Quit,
    /// Cancel, or quit.
    Interrupt,
    /// Hand the terminal back to the shell.
    Suspend,
}

/// What to do with a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoadVerb {
    /// Begin it.
    Start,
    /// Pause it.
    Pause,
    /// Go on with it.
    GoOn,
    /// Stop it, and keep what was read.
    Stop,
}

/// Under which heading the help lists a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Finding and looking.
    Look,
    /// Changing something at Clerk.
    Change,
    /// Moving about.
    Move,
    /// The console itself.
    Console,
}

impl Group {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Look, Self::Change, Self::Move, Self::Console];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Look => "Look",
            Self::Change => "Change",
            Self::Move => "Move",
            Self::Console => "Console",
        }
    }
}

/// A line of the command table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What is asked for.
    pub command: Command,
    /// The keys, as they are shown; the first is the one hints name. A key of
    /// two letters is a chord: `y e`. None: it is in the palette only.
    pub keys: &'static [&'static str],
    /// Two words at most, for the hint line, or for what is said once a chord
    /// has begun; empty: not hinted at.
    pub hint: &'static str,
    /// What it does, for help and palette.
    pub sentence: &'static str,
    /// Its heading.
    pub group: Group,
}

const fn entry(
    command: Command,
    keys: &'static [&'static str],
    hint: &'static str,
    sentence: &'static str,
    group: Group,
) -> Entry {
    Entry {
        command,
        keys,
        hint,
        sentence,
        group,
    }
}

/// Every command of the console. Within a group, what is needed most comes first.
#[rustfmt::skip] // a table reads best as one
pub const TABLE: &[Entry] = {
    use Command as C;
    use Group as G;
    &[
        entry(C::Open, &["Enter", "l", "→"], "open", "Open what the cursor is on", G::Look),
        entry(C::Menu, &["x"], "menu", "Show all that can be done with this person", G::Look),
        entry(C::Search, &["/", "F3"], "search", "Search", G::Look),
        entry(C::SessionsOfPerson, &["s"], "sessions", "Show this person's sessions", G::Look),
        entry(C::NextSection, &["Tab"], "section", "Go to the next section", G::Look),
        entry(C::PreviousSection, &["S-Tab"], "", "Go to the section before", G::Look),
        entry(C::Raw, &["v"], "raw", "Show the raw JSON, or the profile again", G::Look),
        entry(C::NextPerson, &["n"], "next", "Go to the next person of the list", G::Look),
        entry(C::PreviousPerson, &["p"], "", "Go to the person before", G::Look),
        entry(C::AllStates, &["a"], "all states", "Show those of other states, or live ones only", G::Look),
        entry(C::Order, &["o"], "order", "Choose the order", G::Look),
        entry(C::Filter, &["f"], "filter", "Write a search in a form", G::Look),
        entry(C::Mark, &["Space"], "mark", "Mark this person for a change of many, or unmark", G::Look),
        entry(C::Range, &["v"], "", "Begin a range to mark, or mark it", G::Look),
        entry(C::MarkAll, &["*"], "mark all", "Mark everybody whom the search matches", G::Look),
        entry(C::Unmark, &["u"], "", "Unmark all, or mark them again", G::Look),
        entry(C::SameIp, &["i"], "same IP", "Show who else is on this IP address", G::Look),
        entry(C::Preview, &["Tab"], "", "Show or hide the preview", G::Look),
        entry(C::CopyEmail, &["y e", "y y"], "e-mail", "Copy the e-mail address", G::Look),
        entry(C::CopyId, &["y i"], "id", "Copy the id", G::Look),
        entry(C::CopyLink, &["y l"], "link", "Copy the link of this invitation", G::Look),
        entry(C::CopyTicket, &["y t"], "ticket text", "Copy a text about them for a ticket", G::Look),
        entry(C::CopyCurl, &["y c"], "curl", "Copy a curl command that reads the same", G::Look),
        entry(C::Tokens, &[":tokens"], "", "List the tokens made in this run, to revoke them", G::Look),
        entry(C::CopyMissing, &[], "", "Copy the missing ones of the list, one a line", G::Look),
        entry(C::History, &[":history"], "", "Show the history of changes of this run", G::Look),
        entry(C::Refresh, &["r", "F5"], "", "Read again from Clerk", G::Look),
        entry(C::Batch, &[":batch"], "", "Show the batch that is under way, or was the last", G::Look),
        entry(C::Load(LoadVerb::Start), &[":load"], "", "Load everything that the search finds", G::Look),
        entry(C::Load(LoadVerb::Pause), &[":load"], "", "Pause loading", G::Look),
        entry(C::Load(LoadVerb::GoOn), &[":load"], "", "Go on loading", G::Look),
        entry(C::Load(LoadVerb::Stop), &["^c"], "", "Stop loading, and keep what was read", G::Look),
        entry(C::Revoke, &["R"], "revoke", "Revoke this session", G::Change),
        entry(C::Ban, &["B"], "ban", "Ban this person, or unban", G::Change),
        entry(C::Lock, &["L"], "lock", "Lock this person's sign-ins, or unlock", G::Change),
        entry(C::Delete, &["D"], "delete", "Delete this person for good", G::Change),
        entry(C::Edit, &["E n"], "names", "Edit names, username, external id", G::Change),
        entry(C::ReplaceEmail, &["E e"], "e-mail", "Replace the e-mail address", G::Change),
        entry(C::Addresses, &["E a"], "addresses", "Add, verify or remove addresses; choose the primary one", G::Change),
        entry(C::ResetMfa, &["P m"], "MFA", "Take all second factors away", G::Change),
        entry(C::DistrustPassword, &["P c"], "compromised", "Call the password known to others; sign out everywhere", G::Change),
        entry(C::Password, &["P p"], "password", "Set a new password, or remove it", G::Change),
        entry(C::RemoveCredential, &["P k"], "passkey", "Remove a passkey, linked account or wallet", G::Change),
        entry(C::SignInLink, &["P l"], "link", "Make a link that signs in once, for 10 minutes", G::Change),
        entry(C::Impersonate, &["I"], "impersonate", "Sign in as this person, with a reason", G::Change),
        entry(C::RevokeAll, &["R a"], "all sessions", "Revoke all sessions of this person", G::Change),
        entry(C::RevokeOthers, &["R o"], "all others", "Revoke all sessions but this one", G::Change),
        entry(C::Metadata(MetadataKind::Public), &["M p"], "public", "Edit the public metadata", G::Change),
        entry(C::Metadata(MetadataKind::Private), &["M r"], "private", "Edit the private metadata", G::Change),
        entry(C::Metadata(MetadataKind::Unsafe), &["M u"], "unsafe", "Edit the unsafe metadata", G::Change),
        entry(C::Undo, &["U"], "undo", "Take back the last change of this run", G::Change),
        entry(C::RevokeInvitation, &["R"], "revoke", "Revoke this invitation", G::Change),
        entry(C::NewUser, &["N u"], "new user", "Create a user", G::Change),
        entry(C::Invite, &["N i"], "invite", "Invite somebody by e-mail", G::Change),
        entry(C::Invitations, &["N l"], "invitations", "List the invitations", G::Look),
        entry(C::Down, &["j", "↓"], "", "Down", G::Move),
        entry(C::Up, &["k", "↑"], "", "Up", G::Move),
        entry(C::PageDown, &["^d", "PgDn"], "", "Down a page", G::Move),
        entry(C::PageUp, &["^u", "PgUp"], "", "Up a page", G::Move),
        entry(C::First, &["g", "Home"], "", "To the first row", G::Move),
        entry(C::Last, &["G", "End"], "", "To the last row", G::Move),
        entry(C::Users, &["1"], "", "Go to the users", G::Move),
        entry(C::Sessions, &["2"], "", "Go to the sessions of all users", G::Move),
        entry(C::Organizations, &["3"], "", "Go to the organizations", G::Move),
        entry(C::Leave, &["h", "←"], "", "Leave this view", G::Move),
        entry(C::Back, &["<", "["], "", "Back to the view before", G::Move),
        entry(C::Forward, &[">", "]"], "", "Forward again", G::Move),
        entry(C::Palette, &[":", "F2"], "", "Find a command by its name", G::Console),
        entry(C::Help, &["?", "F1"], "", "Show every key that works here", G::Console),
        entry(C::Times, &["t"], "", "Show times in local time, or in UTC", G::Console),
        entry(C::Close, &["Esc"], "", "Close what was opened last", G::Console),
        entry(C::Quit, &["q"], "", "Close what was opened last; from a list, quit", G::Console),
        entry(C::Interrupt, &["^c"], "", "Cancel, or quit", G::Console),
        entry(C::Suspend, &["^z"], "", "Go to the shell; fg comes back", G::Console),
    ]
};

impl Command {
    /// Its line in the table.
    ///
    /// # Panics
    /// Never: a test holds that every command has a line.
    pub fn entry(self) -> &'static Entry {
        TABLE
            .iter()
            .find(|entry| entry.command == self)
            .expect("every command has a line in the table")
    }

    /// Whether it asks for a change of somebody who is there.
    pub fn is_about_a_person(self) -> bool {
        let nobodys = matches!(self, Self::NewUser | Self::Invite | Self::RevokeInvitation);
        self.is_change() && !nobodys
    }

    /// Whether it asks for a change at Clerk.
    pub fn is_change(self) -> bool {
        self.entry().group == Group::Change
    }
}

/// The commands that a key (or a chord, `y e`) may stand for; which of them
/// applies is for the model to say.
pub fn candidates(keys: &str) -> impl Iterator<Item = Command> + '_ {
    TABLE
        .iter()
        .filter(move |entry| entry.keys.contains(&keys))
        .map(|entry| entry.command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_change_and_small_letters_look() {
        for entry in TABLE {
            for key in entry.keys.iter().filter(|key| key.chars().count() == 1) {
                let capital = key.chars().all(char::is_uppercase);
                let last = entry.command == Command::Last;
                assert_eq!(capital, entry.group == Group::Change || last, "{key}");
            }
        }
    }

    #[test]
    fn every_command_has_one_line() {
        for (i, entry) in TABLE.iter().enumerate() {
            assert!(TABLE[..i].iter().all(|e| e.command != entry.command));
            assert!(!entry.sentence.is_empty());
            assert!(entry.hint.is_empty() || !entry.keys.is_empty());
        }
    }

    #[test]
    fn keys_that_terminals_and_layouts_take_away_are_not_bound() {
        let never = [
            "`", "~", "^", "'", "\"", "^s", "^q", "^a", "^b", "{", "}", "@", "\\", "|",
        ];
        for entry in TABLE {
            assert!(entry.keys.iter().all(|key| !never.contains(key)));
        }
    }
}
