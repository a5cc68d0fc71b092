//! One word of the text becomes one word of the search.

use super::field::{FIELDS, FLAGS, Field, Flag};
use super::lex::{self, Char, Lexeme};
use super::when::{BadWhen, MOST, When};
use super::{Mistake, OrganizationId, Scope, SessionId, Term, UserId, Value, Word};

/// A word as a term, cut in three.
pub struct Parts<'a> {
    /// Whether a `-` stands before it.
    pub negated: bool,
    /// Before the colon.
    pub name: &'a [Char],
    /// Behind it.
    pub value: &'a [Char],
}

/// Cuts a word at its colon, where it looks like a term: letters before the
/// colon. `12:30` and `https://…` are texts.
pub fn parts(chars: &[Char]) -> Option<Parts<'_>> {
    let colon = chars.iter().position(|char| char.is(':'))?;
    let (before, value) = (&chars[..colon], &chars[colon + 1..]);
    let (negated, name) = match before {
        [minus, name @ ..] if minus.is('-') => (true, name),
        name => (false, name),
    };
    let is_name = !name.is_empty() && name.iter().all(|c| c.c.is_ascii_alphabetic() && !c.quoted);
    let is_url = matches!(value, [a, b, ..] if a.is('/') && b.is('/'));
    (is_name && !is_url).then_some(Parts {
        negated,
        name,
        value,
    })
}

/// Whether a free text would be read as a field and its value.
pub fn looks_like_a_term(text: &str) -> bool {
    let chars: Vec<Char> = text
        .char_indices()
        .map(|(at, c)| Char {
            at,
            c,
            quoted: false,
        })
        .collect();
    parts(&chars).is_some()
}

/// Reads a word; `None` for a blank one.
pub fn word(lexeme: &Lexeme, scope: Scope) -> Result<Option<Word>, Mistake> {
    let Some(parts) = parts(&lexeme.chars) else {
        let text = lex::text(&lexeme.chars);
        return Ok((!text.trim().is_empty()).then_some(Word::Text(text)));
    };
    let whole = |help| Mistake {
        at: lexeme.at.clone(),
        help,
    };
    let name = lex::text(parts.name).to_ascii_lowercase();
    let Some(field) = Field::named(&name) else {
        let end = parts.name.last().map_or(lexeme.at.end, |last| last.at + 1);
        return Err(Mistake {
            at: lexeme.at.start..end,
            help: unknown_field(&name, scope),
        });
    };
    if !field.works_in(scope) {
        return Err(whole(elsewhere(&format!("{name}:"), field.help().scopes)));
    }
    let at_value = |help| {
        let start = parts
            .value
            .first()
            .map_or(lexeme.at.start, |first| first.at);
        Mistake {
            at: start..lexeme.at.end,
            help,
        }
    };
    let reader = Reader { field, scope };
    let value = reader.value(parts.value, lexeme.closed).map_err(at_value)?;
    if parts.negated && !negates(field, &value, scope) {
        return Err(whole(no_negation(field, &value)));
    }
    Ok(Some(Word::Term(Term {
        field,
        negated: parts.negated,
        value,
    })))
}

fn negates(field: Field, value: &Value, scope: Scope) -> bool {
    field.negates_in(scope) || matches!(value, Value::When(When::Never))
}

impl Field {
    /// Whether a part of it can be asked for, so that the whole takes a `=`.
    pub(super) const fn has_parts(self) -> bool {
        matches!(
            self,
            Self::Email
                | Self::Phone
                | Self::Username
                | Self::Name
                | Self::Ip
                | Self::Country
                | Self::City
                | Self::Device
        )
    }
}

/// Reads the value of a field; a mistake is what its help says.
#[derive(Clone, Copy)]
struct Reader {
    field: Field,
    scope: Scope,
}

impl Reader {
    fn value(self, chars: &[Char], closed: bool) -> Result<Value, String> {
        if self.field == Field::Metadata {
            return self.metadata(chars, closed);
        }
        let (whole, chars) = match chars {
            [equals, rest @ ..] if equals.is('=') => (true, rest),
            chars => (false, chars),
        };
        let text = lex::text(chars);
        if text.trim().is_empty() {
            return Err(self.such_as("needs a value"));
        }
        match self.field {
            Field::Name if whole => {
                Err("name: is only searched in part. Write name: without the =.".to_owned())
            }
            Field::Email if whole => whole_email(&text).map(Value::Whole),
            Field::Phone => self.phone(&text, whole),
            Field::Ip => self.ip(text, whole),
            field if field.has_parts() => Ok(if whole {
                Value::Whole(text)
            } else {
                Value::Part(text)
            }),
            Field::Id | Field::User => self.id(text).map(Value::Whole),
            Field::External if text.starts_with(['+', '-']) => Err(
                "Clerk reads a + or - before an external id as a sign, so this one cannot be asked for."
                    .to_owned(),
            ),
            Field::Provider => self.account(&text),
            Field::Is | Field::Has => self.flag(&text),
            Field::Created | Field::Active | Field::SignedIn => self.when(&text),
            _ => Ok(Value::Whole(text)),
        }
    }

    fn word(self) -> &'static str {
        self.field.help().word
    }

    /// A sentence about the field that ends with an example.
    fn such_as(self, what: &str) -> String {
        let example = self.field.examples_in(self.scope)[0];
        format!("{}: {what}, such as {example}.", self.word())
    }

    /// Clerk keeps numbers as `+491701234567`, people write blanks and hyphens.
    fn phone(self, text: &str, whole: bool) -> Result<Value, String> {
        let number: String = text
            .chars()
            .filter(|c| !(c.is_whitespace() || "-.()/".contains(*c)))
            .collect();
        let digits = number.strip_prefix('+').unwrap_or(&number);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.such_as("takes digits"));
        }
        if whole && digits == number {
            return Err(
                "phone:= takes the whole number with its country, such as phone:=+491701234567. For a part of it leave out the =."
                    .to_owned(),
            );
        }
        Ok(if whole {
            Value::Whole(number)
        } else {
            Value::Part(number)
        })
    }

    fn ip(self, text: String, whole: bool) -> Result<Value, String> {
        if !text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || ".:".contains(c))
        {
            return Err(self.such_as("takes an address or its beginning"));
        }
        Ok(if whole {
            Value::Whole(text)
        } else {
            Value::Part(text)
        })
    }

    fn id(self, text: String) -> Result<String, String> {
        let fits = match (self.field, self.scope) {
            (Field::User, _) | (_, Scope::Users) => UserId::new(&text).is_ok(),
            (_, Scope::Sessions) => SessionId::new(&text).is_ok(),
            (_, Scope::Organizations) => OrganizationId::new(&text).is_ok(),
        };
        // The API reads a minus before an id as a sign.
        if fits && !text.starts_with('-') {
            Ok(text)
        } else {
            Err(self.such_as("takes a whole id"))
        }
    }

    fn account(self, text: &str) -> Result<Value, String> {
        match text.split_once('/') {
            Some((provider, user)) if !provider.trim().is_empty() && !user.trim().is_empty() => {
                Ok(Value::Account {
                    provider: provider.to_owned(),
                    user: user.to_owned(),
                })
            }
            _ => Err(self.such_as("takes a provider and the id that the person has there")),
        }
    }

    fn flag(self, text: &str) -> Result<Value, String> {
        let known = |row: &&super::FlagHelp| row.word.eq_ignore_ascii_case(text);
        let mut named = FLAGS.iter().filter(known);
        let here = |row: &super::FlagHelp| row.field == self.field && row.scope == self.scope;
        if let Some(row) = named.clone().find(|row| here(row)) {
            return Ok(Value::Flag(row.flag));
        }
        if let Some(row) = named.clone().find(|row| row.field == self.field) {
            return Err(elsewhere(
                &format!("{}:{}", self.word(), row.word),
                &[row.scope],
            ));
        }
        if let Some(row) = named.find(|row| row.scope == self.scope) {
            return Err(format!("Write {}:{}.", row.field.help().word, row.word));
        }
        let words: Vec<&str> = Flag::of(self.field, self.scope)
            .map(|row| row.word)
            .collect();
        Err(format!("{}: takes {}.", self.word(), either(&words)))
    }

    fn when(self, text: &str) -> Result<Value, String> {
        let word = self.word();
        match When::parse(text) {
            Ok(When::Never) if self.field == Field::Created => {
                Err("Everything was created once. Leave out created:never.".to_owned())
            }
            Ok(when) => Ok(Value::When(when)),
            Err(BadWhen::Amount) => Err(format!("{word}: takes 1 to {MOST} of a unit.")),
            Err(BadWhen::Unit) => Err(format!(
                "{word}: needs a unit: m, h, d, w, mo (months) or y, as in {word}:>30d."
            )),
            Err(BadWhen::Calendar) => Err("The calendar has no such day.".to_owned()),
            Err(BadWhen::Backwards) => {
                Err("This range ends before it begins. Write the earlier day first.".to_owned())
            }
            Err(BadWhen::Unknown) => Err(format!(
                "{word}: takes >30d (longer ago), <2h (since then), today, yesterday, 2026-01-31, 2026-01, 2026, or two of these with .. between them."
            )),
        }
    }

    fn metadata(self, chars: &[Char], closed: bool) -> Result<Value, String> {
        let equals = chars.iter().position(|char| char.is('='));
        let (keys, value) = match equals {
            Some(at) => (&chars[..at], Some(lex::text(&chars[at + 1..]))),
            None => (chars, None),
        };
        let path: Vec<String> = keys.split(|char| char.is('.')).map(lex::text).collect();
        if path.iter().any(String::is_empty) {
            return Err(self.such_as("needs a key"));
        }
        if value.as_deref() == Some("") && !closed {
            return Err(
                "meta: needs a value after the =, such as meta:plan=pro. For any value leave out the =."
                    .to_owned(),
            );
        }
        Ok(Value::Metadata { path, value })
    }
}

/// The address as Clerk keeps it: in lower case.
fn whole_email(text: &str) -> Result<String, String> {
    if text.contains('@') {
        Ok(text.to_lowercase())
    } else {
        Err("email:= takes the whole address. For a part of it leave out the =.".to_owned())
    }
}

/// Says in which views a word works.
fn elsewhere(word: &str, scopes: &[Scope]) -> String {
    let views: Vec<&str> = scopes.iter().map(|scope| scope.view().0).collect();
    let keys: Vec<String> = scopes.iter().map(|s| s.view().1.to_string()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    format!(
        "{word} works in {}. Press {}.",
        views.join(" and "),
        either(&keys)
    )
}

/// `a, b or c`.
fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn no_negation(field: Field, value: &Value) -> String {
    let word = field.help().word;
    if let Value::When(when) = value {
        return when.opposite().map_or_else(
            || format!("Clerk cannot leave out a span of {word}:. Name the days that you want, such as {word}:2026-01.."),
            |instead| format!("Clerk cannot leave out a span of {word}:. Write {word}:{instead} instead."),
        );
    }
    let can: Vec<String> = FIELDS
        .iter()
        .filter(|row| row.field.negates_in(Scope::Users))
        .map(|row| format!("-{}:", row.word))
        .collect();
    let can: Vec<&str> = can.iter().map(String::as_str).collect();
    format!(
        "Clerk cannot leave out by {word}:. It can by {}.",
        either(&can)
    )
}

fn unknown_field(name: &str, scope: Scope) -> String {
    let near: Vec<String> = FIELDS
        .iter()
        .filter(|row| row.field.works_in(scope) && super::check::is_near(name, row.word))
        .map(|row| format!("{}:", row.word))
        .collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    // A word as long as a line would push the help out of it.
    let name = if name.len() > 20 { "this" } else { name };
    if near.is_empty() {
        format!("There is no word {name}: here. In quotes it is searched for as text.")
    } else {
        format!(
            "There is no word {name}:. Did you mean {}? In quotes it is searched for as text.",
            either(&near)
        )
    }
}
