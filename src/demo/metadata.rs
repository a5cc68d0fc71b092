//! What the seed put into people's metadata.

use super::dice::Dice;
use super::person::Metadata;
use super::sketch::{DAY, Sketch};
use serde_json::Map;

pub(super) fn of(seed: u64, sketch: &Sketch) -> Metadata {
    let mut dice = Dice::new(seed, "metadata", u64::from(sketch.index));
    let mut all: Metadata = std::array::from_fn(|_| Map::new());
    let [public, private, unsafe_] = &mut all;
    if dice.chance(55) {
        let plan = *dice.pick(&["free", "pro", "team", "enterprise"]);
        public.insert("plan".into(), plan.into());
        public.insert("seats".into(), (1 + dice.below(40)).into());
        if dice.chance(30) {
            public.insert("beta".into(), true.into());
        }
    }
    if dice.chance(35) {
        let customer = dice.text(
            b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789",
            14,
        );
        private.insert("stripe_id".into(), format!("cus_{customer}").into());
        private.insert(
            "support".into(),
            serde_json::json!({
                "tier": 1 + dice.below(3),
                "notes": [{ "at": (sketch.created_at + 3 * DAY) / 1000, "text": "Asked for an invoice" }],
            }),
        );
    }
    if dice.chance(25) {
        unsafe_.insert("theme".into(), (*dice.pick(&["dark", "light"])).into());
        unsafe_.insert("onboarded".into(), dice.chance(70).into());
    }
    all
}
