//! Answers, changed on their way.

use std::sync::Arc;

use clerk_tui::domain::{Answer, Row, Status, Timestamp, User, UserPage, UserRow};

/// Changes the rows of a page of users.
pub fn edit(page: &mut Arc<UserPage>, change: impl FnOnce(&mut Vec<Row<UserRow>>)) {
    let mut unpacked = page.unpack();
    change(&mut unpacked.rows);
    *page = Arc::new(UserPage::pack(unpacked, |_| true));
}

/// The client notes when an answer came by the real clock; here it comes at `at`.
pub fn set_read_at(answer: &mut Answer, at: Timestamp) {
    match answer {
        Answer::Users(page) | Answer::Listed { page, .. } => {
            let read_at = page.read_at;
            edit(page, |rows| {
                for row in rows {
                    if let Row::Read(UserRow {
                        status: Status::Locked(Some(until)),
                        ..
                    }) = row
                    {
                        *until = moved(*until, read_at, at);
                    }
                }
            });
            Arc::make_mut(page).read_at = at;
        }
        Answer::User(user) => set_user_read_at(user, at),
        Answer::WholeUsers(page) => {
            page.read_at = at;
            for row in &mut page.rows {
                if let Row::Read(user) = row {
                    set_user_read_at(user, at);
                }
            }
        }
        Answer::Sessions(page) => page.read_at = at,
        Answer::Organizations(page) => page.read_at = at,
        Answer::Memberships(page) => page.read_at = at,
        Answer::Invitations(page) => page.read_at = at,
        _ => {}
    }
}

fn set_user_read_at(user: &mut User, at: Timestamp) {
    let read_at = std::mem::replace(&mut user.read_at, at);
    let until = user.locked_until;
    user.locked_until = until.map(|until| moved(until, read_at, at));
}

/// A time that was reckoned from one moment, reckoned from another.
fn moved(time: Timestamp, from: Timestamp, to: Timestamp) -> Timestamp {
    Timestamp::from_millis(time.millis() - from.millis() + to.millis())
}
