//! What a console shows, as tests look at it.

use super::harness::Console;
use crate::app::*;
use crate::domain::UserId;

impl Console {
    /// The names in the users view.
    pub fn names(&self) -> Vec<String> {
        let list = &self.users().list;
        let name = |item| match item {
            Item::Row(entry) => match entry.who() {
                Some(who) => self.model.people.row(who).unwrap().name.raw().to_owned(),
                None => "#".to_owned(),
            },
            Item::Gap => "…".to_owned(),
        };
        let lines = list.lines(0, list.len());
        lines.map(|(_, item)| name(item)).collect()
    }

    /// The row under the cursor of the users view.
    pub fn selected(&self) -> crate::domain::UserRow {
        let who = self.users().list.selected().unwrap();
        self.model.people.row(who).unwrap()
    }

    /// The name of the person under the cursor.
    pub fn under_cursor(&self) -> String {
        let person = self.model.subject().person;
        person.map_or_else(String::new, |person| person.name().raw().to_owned())
    }

    /// Whose profile is shown.
    pub fn profile(&self) -> Option<&UserId> {
        match self.model.screen() {
            Screen::Profile(pane) => Some(pane.user()),
            _ => None,
        }
    }

    pub fn sessions(&self) -> &panes::sessions::SessionsPane {
        match self.model.screen() {
            Screen::Sessions(pane) => pane,
            other => panic!("not the sessions, but {other:?}"),
        }
    }
}
