//! What a pasted or typed text is as a whole: one person, many, or a search.

use std::collections::HashSet;

use super::{Exact, ExactField, OrganizationId, SessionId, UserFilter, UserId};

/// The most entries of a list.
pub const MOST_ENTRIES: usize = 5_000;

/// The most exact values in one request.
const MOST_IN_A_REQUEST: usize = super::check::MOST_EXACT;

/// What a text is as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// A search.
    Text,
    /// One thing, to go to at once.
    Jump(Target),
    /// People, each once.
    List {
        /// At most [`MOST_ENTRIES`].
        entries: Vec<Entry>,
        /// How many there were too many.
        left_out: usize,
    },
}

/// Where to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `user_…`
    User(UserId),
    /// `sess_…`
    Session(SessionId),
    /// `org_…`
    Organization(OrganizationId),
    /// `idn_…`: an e-mail address or phone number, by its id
    Identification(String),
    /// A whole e-mail address, in lower case
    Email(String),
    /// A whole phone number, as `+` and digits
    Phone(String),
}

/// Somebody in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// By a whole e-mail address, in lower case
    Email(String),
    /// By a whole phone number, as `+` and digits
    Phone(String),
    /// By the id
    User(UserId),
}

impl Target {
    /// The text it goes by.
    pub fn text(&self) -> &str {
        match self {
            Self::User(id) => id.as_str(),
            Self::Session(id) => id.as_str(),
            Self::Organization(id) => id.as_str(),
            Self::Identification(text) | Self::Email(text) | Self::Phone(text) => text,
        }
    }

    /// The filter that finds nobody else, where users are found by it.
    pub fn filter(&self) -> Option<UserFilter> {
        let entry = match self {
            Self::User(id) => Entry::User(id.clone()),
            Self::Email(text) => Entry::Email(text.clone()),
            Self::Phone(text) => Entry::Phone(text.clone()),
            Self::Session(_) | Self::Organization(_) | Self::Identification(_) => return None,
        };
        Some(filter([&entry]))
    }
}

impl Pasted {
    /// Looks at a text as a whole.
    pub fn of(text: &str) -> Self {
        if let Some(target) = other_id(text.trim()) {
            return Self::Jump(target);
        }
        let Some(found) = entries(text) else {
            return Self::Text;
        };
        let mut seen = HashSet::new();
        let mut entries: Vec<Entry> = found
            .into_iter()
            .filter(|entry| seen.insert(entry.clone()))
            .collect();
        match &mut entries[..] {
            [] => Self::Text,
            [only] => Self::Jump(match only.clone() {
                Entry::Email(text) => Target::Email(text),
                Entry::Phone(text) => Target::Phone(text),
                Entry::User(id) => Target::User(id),
            }),
            many => {
                let left_out = many.len().saturating_sub(MOST_ENTRIES);
                entries.truncate(MOST_ENTRIES);
                Self::List { entries, left_out }
            }
        }
    }
}

/// The requests that find the people of a list, and whom each of them finds.
/// Clerk takes a hundred values of a field, and different fields in one request
/// would all have to fit.
pub fn batches(entries: &[Entry]) -> Vec<(UserFilter, Vec<Entry>)> {
    let kinds = [ExactField::UserId, ExactField::Email, ExactField::Phone];
    let mut batches = Vec::new();
    for kind in kinds {
        let of_kind: Vec<&Entry> = entries.iter().filter(|e| e.exact().0 == kind).collect();
        for some in of_kind.chunks(MOST_IN_A_REQUEST) {
            let filter = filter(some.iter().copied());
            batches.push((filter, some.iter().copied().cloned().collect()));
        }
    }
    batches
}

/// Whom any of these name; all of one kind.
fn filter<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> UserFilter {
    let exact = entries.into_iter().map(|entry| {
        let (field, value) = entry.exact();
        Exact {
            field,
            value: value.to_owned(),
            negated: false,
        }
    });
    UserFilter {
        exact: exact.collect(),
        ..UserFilter::default()
    }
}

impl Entry {
    fn exact(&self) -> (ExactField, &str) {
        match self {
            Self::Email(text) => (ExactField::Email, text),
            Self::Phone(text) => (ExactField::Phone, text),
            Self::User(id) => (ExactField::UserId, id.as_str()),
        }
    }

    /// The address or the id.
    pub fn text(&self) -> &str {
        self.exact().1
    }

    /// What a whole address or id stands for; nothing, if it is neither.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(id) = id(text, "user_").and_then(|id| UserId::new(id).ok()) {
            return Some(Self::User(id));
        }
        let address = in_brackets(text).unwrap_or(text);
        email(address)
            .map(Self::Email)
            .or_else(|| phone(text).map(Self::Phone))
    }
}

/// The entries of a text, if it holds nothing else.
fn entries(text: &str) -> Option<Vec<Entry>> {
    let mut found = Vec::new();
    for part in text.split(['\n', '\r', '\t', ';']) {
        if part.trim().is_empty() {
            continue;
        }
        // `Chen, Alice <alice@example.com>` is one person in spite of the comma.
        if let Some(entry) = Entry::read(part) {
            found.push(entry);
            continue;
        }
        for part in by_commas(part) {
            if !part.trim().is_empty() {
                found.push(Entry::read(part)?);
            }
        }
    }
    Some(found)
}

/// Cuts at commas, but at none within quotes.
fn by_commas(text: &str) -> impl Iterator<Item = &str> {
    let mut within = false;
    text.split(move |c| {
        within ^= c == '"';
        c == ',' && !within
    })
}

/// The address of `Alice Chen <alice@example.com>`.
fn in_brackets(text: &str) -> Option<&str> {
    let (name, address) = text.strip_suffix('>')?.split_once('<')?;
    (!name.contains(['@', '>'])).then(|| address.trim())
}

/// Ids of what no list holds.
fn other_id(text: &str) -> Option<Target> {
    if let Some(id) = id(text, "sess_") {
        return SessionId::new(id).ok().map(Target::Session);
    }
    if let Some(id) = id(text, "org_") {
        return OrganizationId::new(id).ok().map(Target::Organization);
    }
    id(text, "idn_").map(|id| Target::Identification(id.to_owned()))
}

/// The text, if it is an id of that kind. After the prefix Clerk writes letters
/// and digits mixed, which tells `user_2abc` from the username `user_name`.
fn id<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(prefix)?;
    let fits = text.len() <= 128
        && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        && rest.bytes().any(|b| b.is_ascii_digit());
    fits.then_some(text)
}

/// The address in lower case, as Clerk keeps it, if it is a whole one.
fn email(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let is_local = |c: char| !(c.is_whitespace() || c.is_control() || "\"<>()[],;:\\".contains(c));
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let fits = text.len() <= 254
        && !local.is_empty()
        && local.chars().all(is_local)
        && domain.contains('.')
        && domain.split('.').all(is_label);
    fits.then(|| text.to_lowercase())
}

/// `+` and digits, if the text is a whole number in international form. The
/// zero of `+49 (0)170` is not dialled.
fn phone(text: &str) -> Option<String> {
    let rest = text.strip_prefix('+')?.replacen("(0)", "", 1);
    let mut number = String::from("+");
    for c in rest.chars() {
        match c {
            '0'..='9' => number.push(c),
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2011}' | '(' | ')' | '.' | '/' => {}
            _ => return None,
        }
    }
    (8..=16).contains(&number.len()).then_some(number)
}
