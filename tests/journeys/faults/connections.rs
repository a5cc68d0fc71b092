//! Faults of the network: no connection, none in time, half an answer.

use std::time::Duration;

use crate::common::{Journey, TlsServer};
use clerk_tui::demo::{Options, Server};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::proxy::{Fault, answer, bomb};
use super::{
    in_so_many_seconds, keys_are_answered, seconds_pass, through_a_proxy, unlimited, until_it_says,
};

const SECOND: Duration = Duration::from_secs(1);

const OUT_OF_TIME: &str = "No answer from Clerk in time.";
const BROKEN: &str = "broke before its answer was complete.";

/// The first page fails like this, `times` in a row, and `r` has the rows.
async fn a_page_fails(times: usize, fault: Fault, text: &str) {
    let (journey, proxy) = through_a_proxy().await;
    let before = journey.screen();
    proxy.plan(times, "GET /v1/users?", fault);
    journey.keys("r");
    in_so_many_seconds(&journey, 25, text).await;
    until_it_says(&journey, "What you see is from").await;
    let by_itself = text == OUT_OF_TIME || text == BROKEN;
    let help = ["r tries again.", "Trying again; r tries now."][usize::from(by_itself)];
    until_it_says(&journey, help).await;
    keys_are_answered(&journey).await;
    assert!(journey.screen().contains("Alice Chen"), "{before}");
    assert!(proxy.is_done());
    journey
        .keys("r")
        .until_screen_lacks("What you see is from")
        .await;
    journey.until_screen_contains("842 users").await;
    assert_eq!(journey.writes(), [""; 0]);
}

/// A page fails once, and is read again without a word.
async fn a_page_is_read_again(fault: Fault) {
    let (journey, proxy) = through_a_proxy().await;
    proxy.plan(2, "GET /v1/users?", fault);
    let asked = |server: &Server| server.switches().requests().len();
    let before = asked(&journey.server);
    journey.keys("r");
    for _ in 0..5 {
        journey.settled().await.later(SECOND).await;
    }
    journey
        .until_server("the third try", |server| asked(server) > before)
        .await;
    journey.settled().await;
    assert!(proxy.is_done());
    assert!(!journey.screen().contains("What you see is from"));
    assert!(journey.screen().contains("Alice Chen"));
}

#[tokio::test]
async fn a_reset_connection_is_tried_again_three_times_in_all() {
    a_page_is_read_again(Fault::Reset).await;
    a_page_fails(3, Fault::Reset, BROKEN).await;
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_tried_again_three_times_in_all() {
    a_page_is_read_again(Fault::CutOff).await;
    a_page_fails(3, Fault::CutOff, BROKEN).await;
}

#[tokio::test]
async fn a_burst_of_5xx_is_tried_again_three_times_in_all() {
    for status in [502, 503, 504] {
        a_page_is_read_again(answer(status, "", b"<html>")).await;
    }
    a_page_fails(
        3,
        answer(503, "", b"<html>"),
        "Clerk has trouble (503). Answered 503 with HTML",
    )
    .await;
}

#[tokio::test]
async fn a_connection_that_stays_open_and_silent_is_given_up() {
    a_page_fails(1, Fault::HalfOpen, OUT_OF_TIME).await;
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up() {
    a_page_fails(1, Fault::Drip, OUT_OF_TIME).await;
}

#[tokio::test]
async fn no_more_of_a_huge_body_is_taken_in_than_any_answer_has() {
    let huge = vec![b' '; 50 * 1024 * 1024];
    a_page_fails(1, answer(200, "", &huge), "larger than 16 MiB").await;
    let bomb = bomb(50 * 1024 * 1024);
    assert!(bomb.len() < 100_000);
    let packed = answer(200, "Content-Encoding: gzip\r\n", &bomb);
    a_page_fails(1, packed, "larger than 16 MiB").await;
}

#[tokio::test]
async fn what_cannot_be_understood_is_said_and_changes_no_row() {
    let page = b"<!doctype html><p>Sign in to the hotel's network";
    for body in [
        &page[..],
        b"[{\"id\":",
        b"{\"users\":[]}",
        b"\"users\"",
        b"",
        b"null",
    ] {
        let text = "This does not look like Clerk's answer.";
        a_page_fails(1, answer(200, "", body), text).await;
    }
}

#[tokio::test]
async fn r_supersedes_an_answer_that_hangs() {
    let (journey, proxy) = through_a_proxy().await;
    proxy.plan(1, "GET /v1/users?", Fault::HalfOpen);
    journey.keys("r").settled().await;
    let asked = |server: &Server| {
        let requests = server.switches().requests();
        requests.iter().filter(|seen| seen.path == "/users").count()
    };
    let before = asked(&journey.server);
    journey.keys("r");
    journey
        .until_server("a second try", |server| asked(server) > before)
        .await;
    seconds_pass(&journey, 25).await;
    assert!(!journey.screen().contains("No answer from Clerk in time"));
}

#[tokio::test]
async fn a_name_that_cannot_be_found() {
    let journey = Journey::start_at("https://clerk.invalid", unlimited(), (120, 30)).await;
    until_it_says(&journey, "The name clerk.invalid cannot be found.").await;
    until_it_says(&journey, "Trying again; r tries now.").await;
    keys_are_answered(&journey).await;
}

#[tokio::test]
async fn a_port_that_speaks_no_tls() {
    let server = Server::start(Options::default()).await.unwrap();
    let url = server.url().replace("http://", "https://");
    let journey = Journey::start_at(&url, unlimited(), (120, 30)).await;
    until_it_says(
        &journey,
        "No connection to Clerk. No connection to 127.0.0.1",
    )
    .await;
    until_it_says(&journey, "Trying again; r tries now.").await;
    keys_are_answered(&journey).await;
}

#[tokio::test]
async fn a_certificate_that_nobody_knows() {
    let server = TlsServer::start();
    let journey = Journey::start_at(&server.url, unlimited(), (120, 30)).await;
    let text = "The certificate of 127.0.0.1";
    until_it_says(&journey, text).await;
    until_it_says(&journey, "is not trusted: ").await;
    until_it_says(&journey, "Trying again; r tries now.").await;
    keys_are_answered(&journey).await;
}

#[tokio::test]
async fn a_connection_that_is_not_taken_in_time() {
    // One connection is all that waits to be taken here, and nobody takes it.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = vec![TcpStream::connect(address).await.unwrap()];
    while let Ok(more) =
        tokio::time::timeout(Duration::from_millis(50), TcpStream::connect(address)).await
    {
        waiting.push(more.unwrap());
    }
    let journey = Journey::start_at(&format!("http://{address}"), unlimited(), (120, 30)).await;
    for _ in 0..25 {
        journey.later(SECOND).await;
        keys_are_answered(&journey).await;
    }
    until_it_says(&journey, "did not take the connection in time.").await;
    until_it_says(&journey, "Trying again; r tries now.").await;
}

#[tokio::test]
async fn an_hour_without_a_route_and_back() {
    let (journey, proxy) = through_a_proxy().await;
    // Nobody listens at a port that was just let go.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}", silent.local_addr().unwrap());
    drop(silent);
    let alive = journey.server.url().to_owned();
    proxy.forward_to(&nowhere);
    journey.keys("r");
    for _ in 0..12 {
        for _ in 0..5 {
            journey.settled().await.later(SECOND).await;
        }
        until_it_says(&journey, "What you see is from").await;
        until_it_says(&journey, "Trying again; r tries now.").await;
        assert!(journey.screen().contains("Alice Chen"));
        journey.later(5 * 60 * SECOND).await;
        keys_are_answered(&journey).await;
    }
    proxy.forward_to(&alive);
    // Nobody presses a key.
    in_so_many_seconds(&journey, 65, "Connected again.").await;
    journey.until_screen_lacks("What you see is from").await;
    assert_eq!(journey.writes(), [""; 0]);
    journey.press(crossterm::event::KeyCode::Enter);
    journey.until_screen_contains("CAN SIGN IN").await;
}

const BAN: &str = "POST /users/user_2abc123/ban";

/// A ban meets this; the console says what is true in the end.
async fn a_ban_meets(fault: Fault, seconds: u64, said: &str, at_the_server: &[&str]) {
    let (journey, proxy) = through_a_proxy().await;
    journey.find_alice().await;
    journey.keys("B").until_screen_contains("y ban").await;
    journey.settled().await;
    proxy.plan(1, "/ban", fault);
    journey.consent().await;
    journey.until_screen_contains("~ banning").await;
    in_so_many_seconds(&journey, seconds, said).await;
    journey.settled().await;
    assert!(proxy.is_done());
    assert_eq!(journey.writes(), at_the_server);
}

#[tokio::test]
async fn a_change_without_a_whole_answer_is_read_back_and_never_sent_twice() {
    let not = "No answer to the ban, and it did not happen.";
    a_ban_meets(Fault::Reset, 0, not, &[]).await;
    a_ban_meets(Fault::HalfOpen, 25, not, &[]).await;
    a_ban_meets(Fault::Drip, 25, not, &[]).await;
    a_ban_meets(Fault::CutOff, 0, not, &[]).await;
    a_ban_meets(answer(503, "", b""), 0, not, &[]).await;
    a_ban_meets(answer(200, "", b"<html>"), 0, not, &[]).await;
    a_ban_meets(Fault::DoneAndReset, 0, "Alice Chen is banned.", &[BAN]).await;
}
