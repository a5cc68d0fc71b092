//! Starting and leaving.

use clerk_tui::{
    demo::Options,
    runtime::{Ended, Reason},
};

use crate::common::Journey;

#[tokio::test]
async fn a_frame_comes_first_and_q_quits() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey
        .until("anything", |screen| !screen.trim().is_empty())
        .await;
    journey.keys("q");
    let (ended, unsettled, done) = journey.ends().await;
    assert!(matches!(ended, Ended::Quit), "{ended:?}");
    assert_eq!(unsettled, Vec::<String>::new());
    assert!(done.restored > 0);
}

#[tokio::test]
async fn a_signal_restores_and_leaves() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.signal(Reason::Signal(15));
    let (ended, _, done) = journey.ends().await;
    assert!(
        matches!(ended, Ended::Left(Reason::Signal(15))),
        "{ended:?}"
    );
    assert!(done.restored > 0);
}
