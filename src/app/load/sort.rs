//! The order of what was loaded, as near as the rows know it.

use crate::app::{Rows, Who};
use crate::domain::{Field, UserOrder, UserOrderBy, UserPage};

/// Where somebody stands. A missing time is the earliest, a missing text the last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Time(Option<i64>),
    Text(bool, String),
}

/// The people in an order; `None` where rows do not hold what it goes by.
pub fn sorted(order: UserOrder, rows: &Rows, mut people: Vec<Who>) -> Option<Vec<Who>> {
    if matches!(order.by, UserOrderBy::Updated | UserOrderBy::Wallet) {
        return None;
    }
    // Who was created at the same time came newest first.
    people.reverse();
    people.sort_by_cached_key(|who| key(UserOrderBy::Created, rows, *who));
    if order.by != UserOrderBy::Created {
        people.sort_by_cached_key(|who| key(order.by, rows, *who));
    }
    if order.descending {
        people.reverse();
    }
    Some(people)
}

fn key(by: UserOrderBy, rows: &Rows, who: Who) -> Option<Key> {
    use UserOrderBy as By;
    let (page, row) = rows.find(who)?;
    let time = |time: fn(&UserPage, usize) -> Option<crate::domain::Timestamp>| {
        Key::Time(time(page, row).map(crate::domain::Timestamp::millis))
    };
    let text = |text: &str| Key::Text(text.is_empty(), text.to_lowercase());
    Some(match by {
        By::Created | By::Updated | By::Wallet => time(UserPage::created),
        By::LastSignIn => time(UserPage::signed_in),
        By::LastActive => time(UserPage::active),
        By::Email => text(page.field(row, Field::Email)),
        By::Username => text(page.field(row, Field::Username)),
        By::Phone => text(page.field(row, Field::Phone)),
        By::FirstName => text(page.field(row, Field::Name)),
        By::LastName => {
            let name = page.field(row, Field::Name);
            text(name.rsplit(' ').next().unwrap_or_default())
        }
    })
}
