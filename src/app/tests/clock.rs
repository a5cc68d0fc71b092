//! A system clock that jumps.

use super::harness::Console;
use super::world::five_alices;

#[test]
fn a_clock_that_jumps_moves_no_wait_and_hinders_no_change() {
    for jump in [-86_400_000, 86_400_000, i64::MIN / 2, i64::MAX / 2] {
        let mut console = Console::with(five_alices());
        console.look().press("B").settle().look();
        // Somebody sets it while the dialog is read.
        console.wall_jump = jump;
        console.press("y").done();
        assert_eq!(console.sent.len(), 1, "{jump}");
        console.settle().later(8_000);
        assert!(console.toast().is_empty(), "{jump}: {}", console.toast());
        console.press("r").settle().press("j Enter").settle().look();
        assert!(console.asked.is_empty(), "{jump}");
    }
}
