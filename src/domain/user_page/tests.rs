use proptest::prelude::*;

use super::*;
use crate::domain::Fact;

fn time() -> impl Strategy<Value = Option<Timestamp>> {
    prop::option::of(any::<i64>().prop_filter("is no time", |ms| *ms != NO_TIME))
        .prop_map(|ms| ms.map(Timestamp::from_millis))
}

fn text() -> impl Strategy<Value = Option<Untrusted>> {
    prop::option::of("\\PC{1,40}").prop_map(|text| text.map(Untrusted::from))
}

prop_compose! {
    fn user()(
        id in "user_[a-zA-Z0-9]{1,27}",
        name in "\\PC{0,40}",
        texts in [text(), text(), text()],
        times in [time(), time()],
        day in prop::option::of(0_i64..40_000),
        (locked, mfa) in any::<(bool, bool)>(),
        until in time(),
    ) -> UserRow {
        let facts = Facts::from_iter([(Fact::Locked, locked), (Fact::Mfa, mfa)]);
        let [email, phone, username] = texts;
        UserRow {
            id: UserId::new(&id).unwrap(),
            name: name.into(),
            email,
            phone,
            username,
            status: Status::of(facts, until),
            facts,
            created: times[0],
            last_sign_in: times[1],
            last_active: day.map(|day| Timestamp::from_millis(day * DAY_MS)),
        }
    }
}

fn row() -> impl Strategy<Value = Row<UserRow>> {
    let unreadable = text().prop_map(|id| {
        Row::Unreadable(Unreadable {
            id,
            why: "its id is missing".into(),
        })
    });
    prop_oneof![8 => user().prop_map(Row::Read), 1 => unreadable]
}

fn page(rows: Vec<Row<UserRow>>) -> Page<UserRow> {
    Page {
        rows,
        total: Some(842),
        read_at: Timestamp::from_millis(7),
    }
}

proptest! {
    #[test]
    fn what_was_packed_comes_out_as_it_was(rows in prop::collection::vec(row(), 0..20)) {
        let packed = UserPage::pack(page(rows.clone()), |_| true);
        prop_assert_eq!(packed.received, rows.len());
        prop_assert_eq!(packed.unpack(), page(rows));
    }

    #[test]
    fn each_byte_of_the_text_belongs_to_the_row_whose_line_it_is_in(
        rows in prop::collection::vec(row(), 1..20),
    ) {
        let packed = UserPage::pack(page(rows), |_| true);
        let mut at = 0;
        for row in 0..packed.len() {
            for _ in packed.line(row).bytes() {
                prop_assert_eq!(packed.row_at(at, 0), row);
                prop_assert_eq!(packed.row_at(at, row / 2), row);
                prop_assert_eq!(packed.row_at(at, row), row);
                at += 1;
            }
            prop_assert_eq!(packed.end_of(row), at);
        }
        prop_assert_eq!(at, packed.text().len());
    }

    #[test]
    fn split_pages_hold_the_same_rows(
        rows in prop::collection::vec(row(), 0..20),
        most in 1_usize..8,
    ) {
        let packed = UserPage::pack(page(rows.clone()), |_| true);
        let parts: Vec<UserPage> = packed.split(most).collect();
        prop_assert!(parts.iter().all(|part| (1..=most).contains(&part.len())));
        let again: Vec<_> = parts.iter().flat_map(|part| part.unpack().rows).collect();
        prop_assert_eq!(again, rows);
    }
}

/// Somebody of whom nothing is known.
fn nobody(id: &str) -> UserRow {
    UserRow {
        id: UserId::new(id).unwrap(),
        name: "".into(),
        email: None,
        phone: None,
        username: None,
        status: Status::Ok,
        facts: Facts::default(),
        created: None,
        last_sign_in: None,
        last_active: None,
    }
}

#[test]
fn rows_that_are_kept_out_count_and_move_the_mark() {
    let created = |n| UserRow {
        created: Some(Timestamp::from_millis(n)),
        ..nobody(&format!("user_{n}"))
    };
    let rows = (0..4).map(|n| Row::Read(created(n))).collect();
    let packed = UserPage::pack(page(rows), |row| row == 1);
    assert_eq!((packed.len(), packed.received), (1, 4));
    assert_eq!(packed.id(0), "user_1");
    assert_eq!(
        packed.last.unwrap().created,
        Some(Timestamp::from_millis(3))
    );
}

#[test]
fn a_text_is_cut_between_characters() {
    let row = UserRow {
        name: "ü".repeat(200).into(),
        ..nobody("user_1")
    };
    let packed = UserPage::of(row, Timestamp::from_millis(0));
    assert_eq!(packed.field(0, Field::Name), "ü".repeat(127));
}
