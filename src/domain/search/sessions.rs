//! A search for sessions. Clerk filters them by person only, so all is judged here.

use jiff::tz::TimeZone;

use super::{Field, Flag, Query, Session, Span, Term, Timestamp, Untrusted, UserId, Value, When};

/// What a search asks of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionSearch {
    /// The one person whose sessions are asked for, so that Clerk can be asked
    /// for these alone.
    pub user: Option<UserId>,
    /// All must pass.
    tests: Vec<Test>,
}

/// Passes a session for which any of the questions is answered with yes, or no
/// session of those.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    any: Vec<Ask>,
    negated: bool,
}

/// One question; texts in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ask {
    /// Anything that is seen, or the person.
    Free(String),
    Field(Field, Compare, String),
    Impersonated,
    Created(Span),
    Active(Span),
    NeverActive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Contains,
    Begins,
    Whole,
}

impl Query {
    /// What it asks of sessions. Words that do not work there say nothing.
    pub fn sessions(&self, now: Timestamp, zone: &TimeZone) -> SessionSearch {
        let mut search = SessionSearch::default();
        for text in self.texts() {
            search.tests.push(Test {
                any: vec![Ask::Free(text.to_lowercase())],
                negated: false,
            });
        }
        for term in self.terms() {
            if let Some(ask) = Ask::of(term, now, zone) {
                search.add(ask, term.negated);
            }
        }
        search.user = search.only_user();
        search
    }
}

impl SessionSearch {
    /// Whether every session passes.
    pub fn is_open(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether a session passes. `person` says whether the name or the address of
    /// its user holds a text, which is in lower case: see [`contains`].
    pub fn passes(&self, session: &Session, person: impl Fn(&str) -> bool) -> bool {
        self.tests.iter().all(|test| {
            let mut any = test.any.iter();
            any.any(|ask| ask.holds(session, &person)) != test.negated
        })
    }

    /// Values of one field belong together, where any of them will do.
    fn add(&mut self, ask: Ask, negated: bool) {
        let test = self.tests.iter_mut().find(|test| {
            let asked = test.any.first().and_then(Ask::field);
            asked.is_some() && asked == ask.field() && test.negated == negated
        });
        match test {
            Some(test) => test.any.push(ask),
            None => self.tests.push(Test {
                any: vec![ask],
                negated,
            }),
        }
    }

    fn only_user(&self) -> Option<UserId> {
        self.tests.iter().find_map(|test| match &test.any[..] {
            [Ask::Field(Field::User, _, id)] if !test.negated => UserId::new(id).ok(),
            _ => None,
        })
    }
}

impl Ask {
    fn of(term: &Term, now: Timestamp, zone: &TimeZone) -> Option<Self> {
        Some(match (&term.value, term.field) {
            // Ids differ by the case of a letter.
            (Value::Whole(id), Field::Id | Field::User) => {
                Self::Field(term.field, Compare::Whole, id.clone())
            }
            (Value::Whole(text), field) => Self::Field(field, Compare::Whole, text.to_lowercase()),
            (Value::Part(text), field) => {
                let compare = match field {
                    Field::Ip if is_whole_v4(text) => Compare::Whole,
                    Field::Ip | Field::Country => Compare::Begins,
                    _ => Compare::Contains,
                };
                Self::Field(field, compare, text.to_lowercase())
            }
            (Value::Flag(Flag::Impersonated), _) => Self::Impersonated,
            (Value::When(When::Never), Field::Active) => Self::NeverActive,
            (Value::When(when), Field::Active) => Self::Active(when.span(now, zone)),
            (Value::When(when), Field::Created) => Self::Created(when.span(now, zone)),
            _ => return None,
        })
    }

    const fn field(&self) -> Option<Field> {
        match self {
            Self::Field(field, ..) => Some(*field),
            _ => None,
        }
    }

    fn holds(&self, session: &Session, person: impl Fn(&str) -> bool) -> bool {
        let lies = |time: Option<Timestamp>, span: &Span| time.is_some_and(|time| span.holds(time));
        match self {
            Self::Free(text) => {
                texts(session).any(|own| contains(own, text))
                    || contains(session.id.as_str(), text)
                    || contains(session.user.as_str(), text)
                    || contains(session.status.api_name(), text)
                    || person(text)
            }
            Self::Field(Field::Id, _, id) => session.id.as_str() == id,
            Self::Field(Field::User, _, id) => session.user.as_str() == id,
            Self::Field(field, compare, text) => {
                of_field(session, *field).any(|own| compare.holds(own, text))
            }
            Self::Impersonated => session.actor.is_some(),
            Self::Created(span) => lies(session.created, span),
            Self::Active(span) => lies(session.last_active, span),
            Self::NeverActive => session.last_active.is_none(),
        }
    }
}

impl Compare {
    fn holds(self, text: &str, lower: &str) -> bool {
        match self {
            Self::Contains => contains(text, lower),
            Self::Begins => text.to_lowercase().starts_with(lower),
            Self::Whole => text.to_lowercase() == lower,
        }
    }
}

/// The texts of a session that a field compares.
fn of_field(session: &Session, field: Field) -> impl Iterator<Item = &str> {
    let activity = &session.activity;
    let texts = match field {
        Field::Ip => [&activity.ip, &None],
        Field::Country => [&activity.country, &None],
        Field::City => [&activity.city, &None],
        Field::Device => [&activity.browser, &activity.device],
        _ => [&None, &None],
    };
    texts.into_iter().flatten().map(Untrusted::raw)
}

fn texts(session: &Session) -> impl Iterator<Item = &str> {
    let fields = [Field::Ip, Field::Country, Field::City, Field::Device];
    let more = [&session.activity.browser_version, &session.actor];
    let more = more.into_iter().flatten();
    fields
        .into_iter()
        .flat_map(|field| of_field(session, field))
        .chain(more.map(Untrusted::raw))
}

/// Whether a text holds another one, which is in lower case already.
pub fn contains(text: &str, lower: &str) -> bool {
    if text.is_ascii() && lower.is_ascii() {
        let (text, lower) = (text.as_bytes(), lower.as_bytes());
        // A view of many sessions is judged with each key: nothing is copied.
        return lower.is_empty()
            || text
                .windows(lower.len())
                .any(|part| part.eq_ignore_ascii_case(lower));
    }
    text.to_lowercase().contains(lower)
}

/// Four numbers with dots between them: no beginning, but all of an address.
fn is_whole_v4(text: &str) -> bool {
    let mut parts = 0;
    text.split('.').all(|part| {
        parts += 1;
        part.parse::<u8>().is_ok()
    }) && parts == 4
}
