//! What was found, line by line.

use std::fmt::Write;

use serde_json::{Value, json};

/// Whether something is as it should be; else with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Health {
    Ok,
    Warn(String),
    Fail(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: &'static str,
    found: String,
    health: Health,
}

/// All lines. No text in them holds a key or a control character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report(Vec<Line>);

impl Report {
    /// Something is well.
    pub fn ok(&mut self, name: &'static str, found: impl Into<String>) {
        self.add(name, found, Health::Ok);
    }

    /// The console works, but not as well as it could.
    pub fn warn(
        &mut self,
        name: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(name, found, Health::Warn(remedy.into()));
    }

    /// The console does not work like this.
    pub fn fail(
        &mut self,
        name: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(name, found, Health::Fail(remedy.into()));
    }

    /// Well, unless there is something to warn of.
    pub fn ok_unless(
        &mut self,
        name: &'static str,
        found: impl Into<String>,
        remedy: Option<String>,
    ) {
        self.add(name, found, remedy.map_or(Health::Ok, Health::Warn));
    }

    fn add(&mut self, name: &'static str, found: impl Into<String>, health: Health) {
        let found = found.into();
        self.0.push(Line {
            name,
            found,
            health,
        });
    }

    /// Whether nothing failed.
    pub fn is_well(&self) -> bool {
        let failed = |line: &Line| matches!(line.health, Health::Fail(_));
        !self.0.iter().any(failed)
    }

    /// A line each, and below it what to do.
    pub fn for_people(&self) -> String {
        let mut text = String::new();
        for line in &self.0 {
            let (word, remedy) = line.health.told();
            // Writing to a string does not fail.
            let _ = writeln!(text, "{word:<4}  {:<10}  {}", line.name, line.found);
            if let Some(remedy) = remedy {
                let _ = writeln!(text, "                  → {remedy}");
            }
        }
        text
    }

    /// One JSON object.
    pub fn json(&self) -> String {
        let lines: Vec<Value> = self.0.iter().map(Line::json).collect();
        format!(
            "{}\n",
            json!({"v": 1, "ok": self.is_well(), "lines": lines})
        )
    }
}

impl Health {
    fn told(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Ok => ("ok", None),
            Self::Warn(remedy) => ("warn", Some(remedy)),
            Self::Fail(remedy) => ("fail", Some(remedy)),
        }
    }
}

impl Line {
    fn json(&self) -> Value {
        let (state, remedy) = self.health.told();
        json!({"name": self.name, "state": state, "found": self.found, "remedy": remedy})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failure_is_not_well_and_each_remedy_stands_below_its_line() {
        let mut report = Report::default();
        report.ok("key", "a key");
        report.warn("clock", "an hour behind", "Set it.");
        assert!(report.is_well());
        report.fail("dns", "no such name", "Go online.");
        assert!(!report.is_well());
        let expected = "ok    key         a key\n\
            warn  clock       an hour behind\n                  → Set it.\n\
            fail  dns         no such name\n                  → Go online.\n";
        assert_eq!(report.for_people(), expected);
        let json: Value = serde_json::from_str(&report.json()).unwrap();
        assert_eq!(json["ok"], false);
        assert_eq!(json["lines"][0]["remedy"], Value::Null);
        assert_eq!(json["lines"][2]["state"], "fail");
    }
}
