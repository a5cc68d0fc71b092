//! Before a change of many: the dry run, and the consent to its number.

use super::harness::Console;
use super::many::{crowd, marked, marked_as, read_many};
use super::world::{error, id, organization};
use crate::app::{Layer, Msg};
use crate::domain::{ErrorKind, Fetch, Policy, ToEach};

#[test]
fn a_dry_run_reads_everybody_again_a_hundred_at_a_time_and_sends_nothing() {
    let mut console = marked(250);
    console.press("B");
    let asked: Vec<usize> = console
        .asked
        .iter()
        .filter_map(|asked| match &asked.fetch {
            Fetch::WholeUsers(ids) => Some(ids.len()),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [100, 100, 50]);
    assert_eq!(console.dry_run().title(), "Ban 250 marked");
    assert!(console.said().contains("Reading them again: 0 of 250"));
    console.settle();
    assert_eq!(console.dry_run().title(), "Ban 250 of 250 marked");
    assert!(console.sent.is_empty() && console.plans.is_empty());
}

#[test]
fn it_says_who_is_left_out_and_what_it_takes() {
    let mut people = crowd(120);
    people[3].banned = true;
    people[4].banned = true;
    let policy = Policy {
        protect: vec!["bot.005@*".parse().unwrap()],
        ..Policy::default()
    };
    let mut console = marked_as(people, policy);
    console.world.remove(&id(6));
    console.press("B").settle();
    assert_eq!(console.dry_run().title(), "Ban 116 of 120 marked");
    let said = console.said();
    let expected = [
        "Left out: 2 already banned · 1 protected · 1 gone (Tab)",
        "3 requests · about 1 s · signs out up to 116",
        "Last five: bot.115@example.com",
        "bot.119@example.com",
    ];
    for text in expected {
        assert!(said.replace('\n', " ").contains(text), "{text}:\n{said}");
    }
    console.press("Tab");
    let list = console.said();
    assert!(
        list.contains("bot.005@example.com      protected by “bot.005@*”"),
        "{list}"
    );
    assert!(list.contains("user_000006              gone"), "{list}");
}

#[test]
fn the_wait_goes_by_the_limit() {
    let mut console = marked(250);
    let pace = crate::app::Pace {
        allowed: 100,
        ..crate::app::Pace::default()
    };
    console.feed(Msg::Pace(pace));
    console.press("D").settle();
    let said = console.said();
    assert!(said.contains("250 requests · about 20 s"), "{said}");
    assert!(said.contains("This cannot be undone."), "{said}");
}

#[test]
fn the_verb_is_bound_by_what_is_read_not_by_rows() {
    // The rows show them all as they were; a colleague banned them meanwhile.
    let mut console = marked(3);
    for n in 0..3 {
        console.world.find_mut(&id(n)).banned = true;
    }
    console.press("B").settle();
    assert_eq!(console.dry_run().what(), Some(&ToEach::Unban));
    let mut console = marked(3);
    for n in 0..2 {
        console.world.find_mut(&id(n)).locked = true;
    }
    console.press("L").settle();
    assert_eq!(console.dry_run().what(), Some(&ToEach::Lock));
    assert_eq!(console.dry_run().title(), "Lock 1 of 3 marked");
}

#[test]
fn marks_win_in_lists_and_not_in_a_profile() {
    let mut console = marked(3);
    console.press("Enter").settle().look().press("B").settle();
    assert!(console.has_dialog(), "it is always that person");
    console.press("Esc h").settle().look().press("E");
    assert!(
        console.toast().contains("for one person"),
        "{}",
        console.toast()
    );
}

#[test]
fn of_everybody_it_says_so_first() {
    let mut console = Console::with(crowd(120));
    console.press("*").settle().look().press("D").settle();
    assert!(console.said().starts_with("This is EVERYBODY.\n"));
    assert_eq!(console.dry_run().title(), "Delete 120 of 120 marked");
    console.press("Esc").look().press("Space").settle().look();
    console.press("D").settle();
    assert!(!console.said().contains("EVERYBODY"), "one was unmarked");
}

#[test]
fn marks_that_were_not_seen_open_nothing() {
    let mut console = marked(3);
    console.press("k k Space B");
    assert_eq!(
        console.toast(),
        "Look first: the marks have only just changed."
    );
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn who_may_be_protected_by_an_organization_is_asked_about() {
    let policy = Policy {
        protect: vec!["org:acme".parse().unwrap()],
        ..Policy::default()
    };
    let mut console = marked_as(crowd(12), policy);
    let mut acme = organization(1, "Acme");
    acme.slug = Some("acme".into());
    console.world.members = vec![(acme.id.clone(), id(2))];
    console.world.organizations = vec![acme];
    console.press("B");
    let memberships = |fetch: &Fetch| matches!(fetch, Fetch::Memberships { .. });
    console.answer(read_many);
    let asked = console
        .asked
        .iter()
        .filter(|asked| memberships(&asked.fetch));
    assert_eq!(asked.count(), 8, "a few at the same time");
    for _ in 0..3 {
        console.answer_with(memberships, Err(error(ErrorKind::TimedOut, "")));
    }
    console.settle();
    let judged = console.dry_run().judged().unwrap();
    assert_eq!(
        judged.left_out.len(),
        1,
        "and asked once more where that failed"
    );
    assert_eq!(judged.left_out[0].0.id, id(2));
}

#[test]
fn who_cannot_be_read_is_left_out_and_offline_nothing_is_judged() {
    let mut console = marked(3);
    console.press("B");
    for _ in 0..3 {
        let trouble = error(ErrorKind::Server, "Sorry.");
        console.answer_with(read_many, Err(trouble));
    }
    assert!(
        console.said().contains("Left out: 3 could not be read"),
        "{}",
        console.said()
    );
    console.press("Enter");
    assert!(matches!(console.model.layer, Layer::None), "nobody is left");

    let mut console = marked(3);
    console.press("B");
    let offline = error(ErrorKind::NotConnected, "");
    console.answer_with(read_many, Err(offline));
    assert!(
        console
            .dry_run()
            .failed()
            .unwrap()
            .starts_with("No connection to Clerk.")
    );
    console.press("Enter");
    assert!(console.plans.is_empty() && console.sent.is_empty());
}

#[test]
fn what_is_not_allowed_is_said_before_any_number() {
    let policy = Policy {
        allow: Some(vec!["unban".to_owned()]),
        ..Policy::default()
    };
    let mut console = marked_as(crowd(2), policy);
    console.press("B").settle();
    let failed = console.dry_run().failed().unwrap();
    assert!(failed.contains("does not list “ban”"), "{failed}");
    console.press("Esc").look().press("D");
    assert!(
        matches!(console.model.layer, Layer::None),
        "and what never is, is not offered"
    );
}

#[test]
fn only_the_number_it_acts_on_consents() {
    for number in ["", "2", "4", "33", "y", "3 0"] {
        let mut console = marked(3);
        console.press("B").settle().look().consents(number);
        assert!(console.plans.is_empty(), "{number}");
        assert_eq!(
            console.dry_run().note.as_deref(),
            Some("Type 3, the number it is about.")
        );
    }
    for number in ["3", " 3 "] {
        let mut console = marked(3);
        console.press("B").settle().look().consents(number);
        assert_eq!(console.plans.len(), 1, "{number}");
    }
}

#[test]
fn enter_counts_only_after_a_look() {
    let mut console = marked(3);
    console.press("B").type_text("3").press("Enter");
    assert_eq!(
        console.dry_run().note.as_deref(),
        Some("Still reading. One moment.")
    );
    console.answer(read_many).later(500).press("Enter");
    assert_eq!(
        console.dry_run().note.as_deref(),
        Some("Look first, then Enter."),
        "not drawn"
    );
    console
        .look()
        .press("Backspace")
        .type_text("3")
        .later(99)
        .press("Enter");
    assert_eq!(
        console.dry_run().note.as_deref(),
        Some("Look first, then Enter.")
    );
    console.later(1).press("Enter");
    assert_eq!(console.plans.len(), 1);
}

#[test]
fn enter_right_behind_any_other_key_is_part_of_a_burst() {
    for key in ["↓", "↑", "Tab", "S-Tab", "End"] {
        let mut console = marked(3);
        console.press("B").settle().look().type_text("3").later(500);
        console.press(key).press("Enter");
        assert!(console.plans.is_empty(), "{key}");
        let note = console.dry_run().note.as_deref();
        assert_eq!(note, Some("Look first, then Enter."), "{key}");
        console.later(100).press("Enter");
        assert_eq!(console.plans.len(), 1, "{key}");
    }
}

#[test]
fn esc_cancels_and_marks_stay() {
    let mut console = marked(3);
    console
        .press("B")
        .settle()
        .look()
        .type_text("3")
        .press("Esc");
    assert_eq!(console.toast(), "Cancelled. Nothing was sent.");
    assert_eq!(console.model.marks.len(), 3);
    let mut console = marked(3);
    console.press("B Esc");
    assert!(!console.asks(read_many), "and what was asked is called off");
}

#[test]
fn a_reason_that_is_asked_for_is_needed_and_goes_with_each_change() {
    let policy = Policy {
        reason_required: true,
        ..Policy::default()
    };
    let mut console = marked_as(crowd(60), policy);
    console.press("B").settle().look().consents("60");
    assert_eq!(
        console.dry_run().note.as_deref(),
        Some("Your settings ask for a reason.")
    );
    console.type_text("spam wave").look().press("Enter");
    console.keeps();
    assert_eq!(console.plans[0].reason.as_ref().unwrap().raw(), "spam wave");
    let reasons: Vec<_> = console
        .sent
        .iter()
        .map(|change| change.reason.clone())
        .collect();
    assert_eq!(
        reasons,
        [Some("spam wave".into()), Some("spam wave".into())]
    );
}

#[test]
fn nothing_is_sent_before_the_plan_is_kept_or_if_it_cannot_be() {
    let mut console = marked(3);
    console.press("D").settle().look().consents("3");
    let plan = console.plans[0].clone();
    assert_eq!(
        (plan.what, plan.users),
        (ToEach::Delete, vec![id(0), id(1), id(2)])
    );
    assert!(console.sent.is_empty());
    console.feed(Msg::PlanKept {
        batch: plan.batch,
        result: Err("The disk is full.".to_owned()),
    });
    assert!(console.sent.is_empty());
    assert_eq!(
        console.toast(),
        "Nothing was sent: the plan could not be kept. The disk is full."
    );
    assert_eq!(console.model.marks.len(), 3);
    console.look().press("D");
    assert_eq!(console.dry_run().title(), "Delete 3 marked");
}
