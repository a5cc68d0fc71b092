//! What a run may change, and whom it may not.

use std::fmt;
use std::str::FromStr;

use wildmatch::WildMatch;

use super::{Denied, Membership, OpId, Page, Row, Timestamp, Untrusted, User, UserId};

/// What this run may do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Nothing may be changed.
    pub read_only: bool,
    /// The names of the changes that may be made; `None`: all of them.
    pub allow: Option<Vec<String>>,
    /// Who may not be changed.
    pub protect: Vec<Protection>,
    /// Whether each change needs a reason.
    pub reason_required: bool,
}

impl Policy {
    /// Leave to look, and no more.
    pub fn read_only() -> Self {
        Self {
            read_only: true,
            ..Self::default()
        }
    }

    /// Whether a kind of change may be made at all, by its name (`Action::NAMES`).
    pub fn may(&self, name: &str) -> bool {
        let listed = |allow: &Vec<String>| allow.iter().any(|allowed| allowed == name);
        !self.read_only && self.allow.as_ref().is_none_or(listed)
    }

    /// Why somebody may not be changed, by what is known of them.
    ///
    /// # Errors
    /// The rule that protects them, or may do so.
    pub fn spares(&self, user: &UserId, known: &Known) -> Result<(), Denied> {
        for rule in &self.protect {
            match rule.covers(user, known) {
                Some(false) => {}
                Some(true) => return Err(Denied::Protected(rule.to_string())),
                None => return Err(Denied::PerhapsProtected(rule.to_string())),
            }
        }
        Ok(())
    }

    /// Whether somebody's organizations have to be known before a change of them.
    pub fn asks_for_organizations(&self) -> bool {
        self.protect.iter().any(|rule| rule.is_for(Subject::Member))
    }
}

/// A rule that protects people: a pattern with `*` and `?`, small and capital
/// letters alike.
///
/// With an `@` it is about e-mail addresses, `org_…` about the ids of
/// organizations, `org:…` about their slugs, `user_…` about ids, and anything
/// else about ids and e-mail addresses.
#[derive(Clone, PartialEq)]
pub struct Protection {
    text: String,
    glob: WildMatch,
    about: &'static [Subject],
}

/// What of a person a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Id,
    Email,
    Member,
}

/// A blank pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pattern is an e-mail address, an id or org:slug, with * and ? for what may differ")]
pub struct BadProtection;

impl FromStr for Protection {
    type Err = BadProtection;

    fn from_str(text: &str) -> Result<Self, BadProtection> {
        let text = text.trim();
        let about: &[Subject] = match text {
            "" => return Err(BadProtection),
            _ if text.contains('@') => &[Subject::Email],
            _ if text.starts_with("org_") || text.starts_with("org:") => &[Subject::Member],
            _ if text.starts_with("user_") => &[Subject::Id],
            _ => &[Subject::Id, Subject::Email],
        };
        Ok(Self {
            text: text.to_owned(),
            glob: WildMatch::new_case_insensitive(text),
            about,
        })
    }
}

impl fmt::Display for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Protection({:?})", self.text)
    }
}

impl Protection {
    fn is_for(&self, subject: Subject) -> bool {
        self.about.contains(&subject)
    }

    /// Whether it protects this person; `None` where too little is known to tell.
    fn covers(&self, user: &UserId, known: &Known) -> Option<bool> {
        let mut unknown = false;
        for subject in self.about {
            let covered = match subject {
                Subject::Id => Some(self.glob.matches(user.as_str())),
                Subject::Email => self.any_of(known.emails.as_ref()),
                Subject::Member => self.any_of(known.organizations.as_ref()),
            };
            match covered {
                Some(true) => return Some(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(false)
    }

    fn any_of(&self, texts: Option<&Vec<Untrusted>>) -> Option<bool> {
        let texts = texts?;
        Some(texts.iter().any(|text| self.glob.matches(text.raw())))
    }
}

/// What is known of a person when a change of them is judged. `None`: nothing,
/// and so a rule about it forbids the change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// All e-mail addresses.
    pub emails: Option<Vec<Untrusted>>,
    /// Their organizations: of each its id, and its slug as `org:slug`.
    pub organizations: Option<Vec<Untrusted>>,
}

impl Known {
    /// What was read of a person. A page that does not hold all memberships tells nothing.
    pub fn of(user: Option<&User>, memberships: Option<&Page<Membership>>) -> Self {
        let emails = user.map(|user| user.emails.iter().map(|email| email.text.clone()).collect());
        let organizations = memberships.and_then(|page| {
            let mut names = Vec::new();
            for row in &page.rows {
                let Row::Read(membership) = row else {
                    return None;
                };
                let organization = &membership.organization;
                names.push(Untrusted::new(organization.id.as_str()));
                let slug = organization.slug.as_ref();
                names.extend(slug.map(|slug| Untrusted::from(format!("org:{}", slug.raw()))));
            }
            let read = u64::try_from(page.rows.len()).ok()?;
            page.total
                .is_some_and(|total| total <= read)
                .then_some(names)
        });
        Self {
            emails,
            organizations,
        }
    }
}

/// A change of an earlier run whose end nobody knows: that run ended before the
/// answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// Its number.
    pub op: OpId,
    /// What kind of change, by its name.
    pub change: Untrusted,
    /// Whom it was about; nobody where it made or invited somebody.
    pub users: Vec<UserId>,
    /// When it was about to be sent.
    pub at: Timestamp,
    /// Who sent it.
    pub operator: Untrusted,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(pattern: &str, known: &Known) -> Option<bool> {
        let user = UserId::new("user_2abc123").unwrap();
        pattern.parse::<Protection>().unwrap().covers(&user, known)
    }

    #[test]
    fn a_pattern_is_about_what_it_looks_like() {
        let known = Known {
            emails: Some(vec!["Alice@Example.com".into()]),
            organizations: Some(vec!["org_1".into(), "org:acme".into()]),
        };
        for (pattern, protects) in [
            ("*@example.com", true),
            ("*@example.org", false),
            ("alice@*", true),
            ("user_2abc*", true),
            ("user_2abc12?", true),
            ("user_3*", false),
            ("org_?", true),
            ("org:ac*", true),
            ("org:beta", false),
            ("*abc123", true),
            ("*example*", true),
            ("nobody", false),
        ] {
            assert_eq!(covers(pattern, &known), Some(protects), "{pattern}");
        }
        assert_eq!(" ".parse::<Protection>(), Err(BadProtection));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        let nothing = Known::default();
        assert_eq!(covers("user_2abc*", &nothing), Some(true));
        assert_eq!(covers("user_3*", &nothing), Some(false));
        assert_eq!(covers("*@example.com", &nothing), None);
        assert_eq!(covers("org_*", &nothing), None);
        assert_eq!(covers("*abc123", &nothing), Some(true));
        assert_eq!(covers("nobody", &nothing), None);
    }
}
