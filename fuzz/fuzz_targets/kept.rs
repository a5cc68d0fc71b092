//! What comes back from this machine: lines of the audit trail, which anything may
//! have cut short, and JSON that somebody edits.
#![no_main]

use clerk_tui::domain::Json;
use clerk_tui::store::Line;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(line) = Line::from_json(bytes) {
        line.time();
        let written = line.to_json();
        assert_eq!(
            written.find('\n'),
            Some(written.len() - 1),
            "a line stays a line"
        );
        assert_eq!(Line::from_json(written.as_bytes()), Some(line));
    }
    let text = String::from_utf8_lossy(bytes);
    match Json::parse(&text) {
        Ok(json) => {
            let again = Json::parse(&json.editable());
            assert_eq!(
                again.as_ref(),
                Ok(&json),
                "edited and left alone, it is the same"
            );
            assert_eq!(json.differences(&json), []);
        }
        Err(mistake) => {
            let lines = text.split('\n').count();
            assert!((1..=lines.max(1)).contains(&mistake.line), "{mistake}");
            assert!(!mistake.what.contains('\x1b'));
        }
    }
});
