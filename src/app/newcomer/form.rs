//! The forms of those who are to come: what is typed, and what it asks for.

use tui_input::{Input, InputRequest};

use crate::app::dialog::checked;
use crate::app::hidden::Hidden;
use crate::app::input_line;
use crate::domain::{
    Action, AddressKind, ApiError, Claim, ErrorKind, Invitation, Invite, NewAddress, NewUser,
    Untrusted,
};

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// It makes a user.
    User,
    /// It invites somebody.
    Invitation,
    /// It takes this invitation back.
    Revocation(Box<Invitation>),
}

/// What a row asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The e-mail address.
    Email,
    /// The phone number.
    Phone,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The username.
    Username,
    /// The password.
    Password,
    /// The id in another system.
    ExternalId,
    /// Whether Clerk takes a weak password.
    SkipChecks,
    /// Whether there is no password on an instance that wants one.
    NoPassword,
    /// After how many days an invitation ends.
    Days,
    /// Where the link of an invitation leads.
    Redirect,
    /// Whether Clerk sends the e-mail.
    Notify,
    /// Whether an invitation is made even where there is one, or an account.
    IgnoreExisting,
    /// Why, for the audit trail alone.
    Reason,
}

const OF_USER: &[Field] = &[
    Field::Email,
    Field::Phone,
    Field::FirstName,
    Field::LastName,
    Field::Username,
    Field::Password,
    Field::ExternalId,
    Field::SkipChecks,
    Field::NoPassword,
    Field::Reason,
];

const OF_INVITATION: &[Field] = &[
    Field::Email,
    Field::Days,
    Field::Redirect,
    Field::Notify,
    Field::IgnoreExisting,
    Field::Reason,
];

/// What a row holds.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A text box.
    Text(Input),
    /// A text box that shows dots.
    Hidden(Hidden),
    /// A box to tick.
    Tick(bool),
}

/// A row of a form.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it asks for.
    pub field: Field,
    /// What it holds.
    pub entry: Entry,
}

/// What is wrong, and in which row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The row; `None`: it is about none of them.
    pub field: Option<Field>,
    /// What is wrong, in words.
    pub text: String,
    /// Who has it already, and can be looked for.
    pub taken: Option<By>,
}

/// Who has what was typed already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A user.
    User,
    /// Somebody who is invited.
    Invitation,
}

impl Mistake {
    pub(super) fn at(field: Field, text: impl Into<String>) -> Self {
        Self {
            field: Some(field),
            text: text.into(),
            taken: None,
        }
    }

    /// What is about no row of the form.
    pub(super) const fn about_nothing(text: String) -> Self {
        Self {
            field: None,
            text,
            taken: None,
        }
    }

    /// What a refusal says, at the row that it names.
    pub(super) fn of(kind: &Kind, error: &ApiError) -> Self {
        let code = error.code.as_ref().map_or("", Untrusted::raw);
        let taken = match (code, error.kind) {
            ("duplicate_record", _) => Some(By::Invitation),
            ("form_identifier_exists", _) | (_, ErrorKind::Conflict) => Some(By::User),
            _ => None,
        };
        let param = error.param.as_ref().map(Untrusted::raw);
        let named = |field: &&Field| param.is_some_and(|param| field.param() == Some(param));
        let named = kind.fields().iter().find(named).copied();
        Self {
            field: named.or(taken.map(|_| Field::Email)),
            text: crate::app::words::explain(error),
            taken,
        }
    }
}

impl Kind {
    const fn fields(&self) -> &'static [Field] {
        match self {
            Self::User => OF_USER,
            Self::Invitation => OF_INVITATION,
            Self::Revocation(_) => &[Field::Reason],
        }
    }
}

impl Field {
    /// The name the API knows it by.
    const fn param(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email_address"),
            Self::Phone => Some("phone_number"),
            Self::FirstName => Some("first_name"),
            Self::LastName => Some("last_name"),
            Self::Username => Some("username"),
            Self::Password => Some("password"),
            Self::ExternalId => Some("external_id"),
            Self::SkipChecks => Some("skip_password_checks"),
            Self::NoPassword => Some("skip_password_requirement"),
            Self::Days => Some("expires_in_days"),
            Self::Redirect => Some("redirect_url"),
            Self::Notify => Some("notify"),
            Self::IgnoreExisting => Some("ignore_existing"),
            Self::Reason => None,
        }
    }

    fn entry(self) -> Entry {
        match self {
            Self::Password => Entry::Hidden(Hidden::default()),
            Self::Notify => Entry::Tick(true),
            Self::SkipChecks | Self::NoPassword | Self::IgnoreExisting => Entry::Tick(false),
            Self::Days => Entry::Text(Input::from("30")),
            _ => Entry::Text(Input::default()),
        }
    }
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub kind: Kind,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Which of them has the keys.
    pub focus: usize,
    /// What is wrong with what was typed.
    pub mistake: Option<Mistake>,
}

impl Form {
    /// A form with nothing in it but Clerk's defaults.
    pub fn new(kind: Kind) -> Self {
        let row = |field: &Field| Row {
            field: *field,
            entry: field.entry(),
        };
        Self {
            rows: kind.fields().iter().map(row).collect(),
            kind,
            focus: 0,
            mistake: None,
        }
    }

    /// What the row that has the keys asks for.
    pub fn focused(&self) -> Field {
        self.rows[self.focus].field
    }

    /// Gives the keys to the row of a field, if there is one.
    pub(super) fn go_to(&mut self, field: Field) {
        let place = self.rows.iter().position(|row| row.field == field);
        self.focus = place.unwrap_or(self.focus);
    }

    /// Moves the keys to another row, around.
    pub(super) const fn move_focus(&mut self, forward: bool) {
        let rows = self.rows.len();
        self.focus = (self.focus + if forward { 1 } else { rows - 1 }) % rows;
    }

    /// Ticks the row that has the keys, or takes the tick away; says whether it
    /// is one to tick.
    pub(super) fn tick(&mut self) -> bool {
        match &mut self.rows[self.focus].entry {
            Entry::Tick(ticked) => {
                *ticked = !*ticked;
                self.mistake = None;
                true
            }
            _ => false,
        }
    }

    /// Lets the row that has the keys handle an editing key.
    pub(super) fn edit(&mut self, request: InputRequest) {
        self.mistake = None;
        match &mut self.rows[self.focus].entry {
            Entry::Text(input) => {
                input_line::edit(input, request);
            }
            Entry::Hidden(hidden) => hidden.edit(request),
            Entry::Tick(_) => {}
        }
    }

    /// Puts pasted text into the row that has the keys.
    pub(super) fn paste(&mut self, text: &str) {
        self.mistake = None;
        match &mut self.rows[self.focus].entry {
            Entry::Text(input) => input_line::paste(input, text),
            Entry::Hidden(hidden) => hidden.paste(text),
            Entry::Tick(_) => {}
        }
    }

    /// Shows what is wrong, and goes to its row.
    pub(super) fn point_at(&mut self, mistake: Mistake) {
        if let Some(field) = mistake.field {
            self.go_to(field);
        }
        self.mistake = Some(mistake);
    }

    /// What was typed into a row; `None` for nothing but blanks.
    pub(super) fn text(&self, field: Field) -> Option<Untrusted> {
        let row = self.rows.iter().find(|row| row.field == field)?;
        let Entry::Text(input) = &row.entry else {
            return None;
        };
        let text = input.value().trim();
        (!text.is_empty()).then(|| Untrusted::new(text))
    }

    fn is_ticked(&self, field: Field) -> bool {
        let ticked = |row: &Row| row.field == field && matches!(row.entry, Entry::Tick(true));
        self.rows.iter().any(ticked)
    }

    fn address(&self, field: Field, kind: AddressKind) -> Result<Option<Untrusted>, Mistake> {
        let typed = self.text(field);
        let address = typed.map(|typed| checked(kind, typed.raw())).transpose();
        address.map_err(|why| Mistake::at(field, why))
    }

    /// What is asked for.
    ///
    /// # Errors
    /// What is missing or wrong, and where.
    pub(super) fn action(&self) -> Result<Action, Mistake> {
        match &self.kind {
            Kind::User => Ok(Action::Create(Box::new(self.user()?))),
            Kind::Invitation => Ok(Action::Invite(Box::new(self.invite()?))),
            Kind::Revocation(invitation) => Ok(Action::RevokeInvitation(invitation.id.clone())),
        }
    }

    fn user(&self) -> Result<NewUser, Mistake> {
        let email = self.address(Field::Email, AddressKind::Email)?;
        let phone = self.address(Field::Phone, AddressKind::Phone)?;
        let username = self.text(Field::Username);
        if email.is_none() && phone.is_none() && username.is_none() {
            let why = "An e-mail address, a phone number or a username is needed.";
            return Err(Mistake::at(Field::Email, why));
        }
        let password = self.rows.iter().find_map(|row| match &row.entry {
            Entry::Hidden(hidden) => hidden.secret(),
            _ => None,
        });
        let skip_password_checks = self.is_ticked(Field::SkipChecks);
        let skip_password_requirement = self.is_ticked(Field::NoPassword);
        if skip_password_requirement && password.is_some() {
            let why = "There is a password above. Take one of the two away.";
            return Err(Mistake::at(Field::NoPassword, why));
        }
        if skip_password_checks && password.is_none() {
            let why = "There is no password above that could be checked.";
            return Err(Mistake::at(Field::SkipChecks, why));
        }
        let verified = |text: Untrusted| NewAddress {
            text,
            claim: Claim::Verified,
        };
        Ok(NewUser {
            first_name: self.text(Field::FirstName),
            last_name: self.text(Field::LastName),
            username,
            external_id: self.text(Field::ExternalId),
            emails: email.map(verified).into_iter().collect(),
            phones: phone.map(verified).into_iter().collect(),
            password,
            skip_password_checks,
            skip_password_requirement,
            ..NewUser::default()
        })
    }

    fn invite(&self) -> Result<Invite, Mistake> {
        let email = self.address(Field::Email, AddressKind::Email)?;
        let Some(email) = email else {
            return Err(Mistake::at(Field::Email, "Whom? Type an e-mail address."));
        };
        let days = self.text(Field::Days).map(|days| days.raw().parse());
        let days: Option<u16> = match days {
            None => None,
            Some(Ok(days @ 1..=365)) => Some(days),
            Some(_) => return Err(Mistake::at(Field::Days, "A number from 1 to 365.")),
        };
        let redirect_url = self.text(Field::Redirect);
        if redirect_url.as_ref().is_some_and(|url| !is_url(url.raw())) {
            let why = "A URL looks like https://app.example.com/welcome.";
            return Err(Mistake::at(Field::Redirect, why));
        }
        Ok(Invite {
            expires_in_days: days,
            notify: self.is_ticked(Field::Notify),
            ignore_existing: self.is_ticked(Field::IgnoreExisting),
            redirect_url,
            ..Invite::new(email)
        })
    }
}

fn is_url(text: &str) -> bool {
    let sound = |(scheme, rest): (&str, &str)| !scheme.is_empty() && !rest.is_empty();
    text.split_once("://").is_some_and(sound) && !text.contains(char::is_whitespace)
}
