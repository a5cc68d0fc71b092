//! Where people sign in from, and with what. Addresses are from the ranges
//! that are kept for documentation.

use super::dice::Dice;

pub(super) const CITIES: &[(&str, &str)] = &[
    ("Berlin", "DE"),
    ("Porto", "PT"),
    ("São Paulo", "BR"),
    ("Warszawa", "PL"),
    ("Brno", "CZ"),
    ("Göteborg", "SE"),
    ("Reykjavík", "IS"),
    ("İzmir", "TR"),
    ("Đà Nẵng", "VN"),
    ("Lagos", "NG"),
    ("Bandung", "ID"),
    ("Kyiv", "UA"),
    ("Θεσσαλονίκη", "GR"),
    ("Cairo", "EG"),
    ("Haifa", "IL"),
    ("Bengaluru", "IN"),
    ("Chiang Mai", "TH"),
    ("上海", "CN"),
    ("Ōsaka", "JP"),
    ("서울", "KR"),
    ("Portland", "US"),
    ("Edinburgh", "GB"),
    ("Montréal", "CA"),
    ("Nairobi", "KE"),
    ("Auckland", "NZ"),
    (
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "GB",
    ),
];

/// Device, whether it is a mobile one, browser, version.
pub(super) const DEVICES: &[(&str, bool, &str, &str)] = &[
    ("Macintosh", false, "Chrome", "141.0.0.0"),
    ("Macintosh", false, "Safari", "26.0"),
    ("Windows", false, "Chrome", "142.0.0.0"),
    ("Windows", false, "Edge", "141.0.3537.57"),
    ("Windows", false, "Firefox", "144.0"),
    ("Linux", false, "Firefox", "143.0"),
    ("iPhone", true, "Mobile Safari", "26.1"),
    ("Android", true, "Chrome Mobile", "141.0.0.0"),
    ("Android", true, "Samsung Internet", "28.0"),
    ("iPad", true, "Mobile Safari", "18.6"),
];

/// An address; a few are shared by many, as behind an office or a bot farm.
pub(super) fn address(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..4 => "198.51.100.66".to_owned(),
        4..36 => format!("203.0.113.{}", 1 + dice.below(254)),
        36..62 => format!("198.51.100.{}", 1 + dice.below(254)),
        62..88 => format!("192.0.2.{}", 1 + dice.below(254)),
        _ => format!(
            "2001:db8:{:x}:{:x}::{:x}",
            dice.below(0x1_0000),
            dice.below(0x1_0000),
            1 + dice.below(0xffff)
        ),
    }
}
