//! What strangers wrote: it never steers a terminal, and never takes more columns
//! than it was given.
#![no_main]

use clerk_tui::app::text::{cut, cut_middle, width, wrapped};
use clerk_tui::domain::Untrusted;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (columns, text) = (usize::from(input.0), input.1);
    let untrusted = Untrusted::new(text);
    let shown = untrusted.shown();
    assert_eq!(shown.chars().count(), text.chars().count());
    assert!(shown.chars().all(Untrusted::is_harmless));
    assert_eq!(
        Untrusted::new(&*shown).shown(),
        shown,
        "once shown, always the same"
    );

    for part in [cut(&shown, columns), cut_middle(&shown, columns)] {
        assert!(width(&part) <= columns, "{part:?} is wider than {columns}");
        assert!(part.chars().all(Untrusted::is_harmless));
    }
    let lines = wrapped(&shown, columns, 5);
    assert!(lines.len() <= 5);
    assert!(lines.iter().all(|line| width(line) <= columns));
});
