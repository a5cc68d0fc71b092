//! `clerk-tui audit`: prints the audit trail.

use std::io::{self, BufWriter, Write};

use anyhow::anyhow;
use jiff::{Timestamp as Instant, civil::Date, tz::TimeZone};

use super::args::AuditArgs;
use crate::{
    config,
    domain::{Timestamp, Untrusted},
    store::{self, Event, FieldChange, Line, Value},
};

/// Prints the lines that are asked for, the oldest first.
pub fn print(args: &AuditArgs) -> anyhow::Result<()> {
    let directory = config::data_directory(args.data_dir.as_deref())
        .ok_or_else(|| anyhow!("There is no home to look in. --data-dir DIR names the place."))?;
    let reading = store::read(&directory)?;
    let lines = reading.lines.iter().filter(|line| wanted(line, args));
    let mut out = BufWriter::new(io::stdout().lock());
    let mut printed = Ok(());
    let zone = TimeZone::system();
    for line in lines {
        let text = if args.json {
            line.to_json()
        } else {
            for_people(line, &zone)
        };
        printed = out.write_all(text.as_bytes());
        if printed.is_err() {
            break;
        }
    }
    // Whoever reads may have read enough, as `head` does.
    match printed.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    if reading.lines.is_empty() && reading.unreadable == 0 {
        let place = config::printable(&directory);
        eprintln!("Nothing was changed so far: there is no line in {place}.");
    }
    if reading.unreadable > 0 {
        let count = reading.unreadable;
        eprintln!("Left out: {count} lines that are damaged or of a later version.");
    }
    Ok(())
}

fn wanted(line: &Line, args: &AuditArgs) -> bool {
    let is_about = |id: &String| line.targets.contains(id) || line.parts.contains(id);
    let is_of = |batch: &String| line.batch.as_ref() == Some(batch);
    let is_since = |since: &Since| line.time().is_none_or(|at| at >= since.0);
    let is_by = |operator: &String| line.operator == *operator;
    args.user.as_ref().is_none_or(is_about)
        && args.batch.as_ref().is_none_or(is_of)
        && args.since.as_ref().is_none_or(is_since)
        && args.operator.as_ref().is_none_or(is_by)
}

/// A line, and below it what changes: text from strangers cannot steer the terminal.
fn for_people(line: &Line, zone: &TimeZone) -> String {
    let at = line.at.parse::<Instant>().map_or_else(
        |_| line.at.clone(),
        |at| {
            let local = at.to_zoned_datetime(zone.clone());
            local.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
        },
    );
    let what = match &line.event {
        Event::Intent { .. } => "intent",
        Event::Outcome { result, .. } => result.word(),
    };
    let batch = line.batch.as_ref();
    let mut text = shown(&format!(
        "{at}  {:<8} {:<9} {}  {}  {} {}{}",
        line.change,
        what,
        [&*line.targets, &*line.parts].concat().join(" "),
        line.operator,
        line.host,
        line.instance,
        batch.map_or_else(String::new, |batch| format!("  batch {batch}"))
    ));
    text.push('\n');
    for more in details(&line.event) {
        text.push_str("    ");
        text.push_str(&shown(&more));
        text.push('\n');
    }
    text
}

fn details(event: &Event) -> Vec<String> {
    match event {
        Event::Intent { fields, reason } => {
            let fields = fields.iter().map(field);
            let reason = reason.iter().map(|reason| format!("reason: {reason}"));
            fields.chain(reason).collect()
        }
        Event::Outcome {
            status,
            code,
            trace_id,
            note,
            ..
        } => {
            let status = status.map(|status| format!("HTTP {status}"));
            let trace = trace_id.as_ref().map(|trace| format!("trace {trace}"));
            let parts: Vec<String> = [note.clone(), status, code.clone(), trace]
                .into_iter()
                .flatten()
                .filter(|part| !part.is_empty())
                .collect();
            if parts.is_empty() {
                Vec::new()
            } else {
                vec![parts.join(" · ")]
            }
        }
    }
}

fn field(change: &FieldChange) -> String {
    let (name, after) = (&change.field, value(&change.after));
    if change.before.is_unknown() {
        format!("{name}: {after}")
    } else {
        format!("{name}: {} → {after}", value(&change.before))
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Unknown => "(not kept)".to_owned(),
        Value::Empty(()) => "nothing".to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Text(text) => format!("“{text}”"),
        Value::Hashed { .. } => "(only a hash is kept)".to_owned(),
        Value::Other(other) => other.to_string(),
    }
}

fn shown(text: &str) -> String {
    Untrusted::new(text).shown().into_owned()
}

/// A point in time from which lines are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since(Timestamp);

impl std::str::FromStr for Since {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = |date: Date| {
            date.to_zoned_datetime(TimeZone::system())
                .map(|day| day.timestamp())
        };
        let at = text
            .parse::<Instant>()
            .or_else(|_| text.parse().and_then(day));
        at.map(|at| Self(Timestamp::from_millis(at.as_millisecond())))
            .map_err(|_| "a day or a time: 2026-11-23, or 2026-11-23T14:00:00Z")
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use proptest::prelude::*;

    use super::*;
    use crate::cli::{Args, Command};

    #[test]
    fn since_is_a_day_or_a_time() {
        let since = |text: &str| text.parse::<Since>();
        let noon = since("2026-11-23T12:00:00+01:00").unwrap();
        assert_eq!(noon, Since(Timestamp::from_millis(1_795_431_600_000)));
        assert!(since("2026-11-23").unwrap().0 < noon.0.plus_seconds(86_400));
        assert!(since("yesterday").is_err());
    }

    fn line(json: &str) -> Line {
        Line::from_json(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_batch_is_printed_and_asked_for() {
        let ban = |batch: &str| {
            line(&format!(
                r#"{{"v":1,"at":"2026-11-23T14:00:00Z","op":"0-2","operator":"ann","host":"h","instance":"acme","change":"ban","targets":["user_1"]{batch},"event":"outcome","result":"done"}}"#
            ))
        };
        let (alone, one_of_many) = (ban(""), ban(r#","batch":"0-1""#));
        let printed = for_people(&one_of_many, &TimeZone::UTC);
        assert!(printed.ends_with("h acme  batch 0-1\n"), "{printed}");
        assert!(for_people(&alone, &TimeZone::UTC).ends_with("h acme\n"));
        let asked = Args::try_parse_from(["clerk-tui", "audit", "--batch", "0-1"]).unwrap();
        let Some(Command::Audit(args)) = asked.command else {
            panic!("{asked:?}")
        };
        assert!(wanted(&one_of_many, &args) && !wanted(&alone, &args));
    }

    #[test]
    fn a_line_for_people_says_what_changed_and_steers_nothing() {
        let json = r#"{"v":1,"at":"2026-11-23T14:00:00Z","op":"0-1","operator":"ann\u001b","host":"h","instance":"acme","change":"edit","targets":["user_1"],"event":"intent","fields":[{"field":"first_name","before":null,"after":"A\u202e"},{"field":"private_metadata.a","after":{"sha256":"x:y"}}],"reason":"ticket"}"#;
        let line = line(json);
        let expected = "2026-11-23 14:00:00 +00:00  edit     intent    user_1  ann␛  h acme\n    \
             first_name: nothing → “A\u{fffd}”\n    \
             private_metadata.a: (only a hash is kept)\n    reason: ticket\n";
        assert_eq!(for_people(&line, &TimeZone::UTC), expected);
    }

    proptest! {
        #[test]
        fn no_line_steers_a_terminal_nor_breaks(
            text in prop_oneof![any::<String>(), "[\\x00-\\x1f\u{7f}-\u{9f}\u{202a}-\u{202e}\u{2028}a\"]{0,40}"],
        ) {
            let intent = serde_json::json!({
                "v": 1, "at": text, "op": text, "operator": text, "host": text,
                "instance": text, "change": text, "batch": text, "targets": [text], "parts": [text],
                "event": "intent", "reason": text,
                "fields": [{"field": text, "before": text, "after": {text.as_str(): text}}],
            });
            let outcome = serde_json::json!({
                "v": 1, "at": text, "op": text, "operator": text, "host": text,
                "instance": text, "change": text, "targets": [text],
                "event": "outcome", "result": "refused", "status": 422,
                "code": text, "trace_id": text, "note": text,
            });
            for json in [intent, outcome] {
                let line = line(&json.to_string());
                let raw = line.to_json();
                let (said, breaks) = (for_people(&line, &TimeZone::UTC), raw.matches('\n').count());
                let harmless = |c: char| c == '\n' || Untrusted::is_harmless(c);
                prop_assert!(said.chars().all(harmless), "{said:?}");
                prop_assert!(raw.chars().all(harmless) && breaks == 1, "{raw:?}");
                prop_assert_eq!(Line::from_json(raw.as_bytes()), Some(line));
            }
        }
    }
}
