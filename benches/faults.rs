//! From a keystroke to its frame while the server does not answer as it should.
//!
//! `cargo bench --bench faults [-- KEYS]` prints milliseconds, beside the same keys
//! with a calm server in the same run. With a fault the worst has to stay below 100 ms.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use clerk_tui::demo::{Options, Server};
use common::outside::Console;
use common::{Times, number, print, title};
use tokio::runtime::Runtime;
use vt100::Screen;

/// What becomes of a request.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Calm,
    Hangs,
    Drips,
    Breaks,
}

/// The fault of now, and how many requests have met one.
type Now = Arc<Mutex<(Fault, usize)>>;

fn main() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(Options::default())).unwrap();
    let now: Now = Arc::new(Mutex::new((Fault::Calm, 0)));
    let url = proxy(server.url(), &now);
    let mut console = Console::start_at(&url, server.key(), &[]);
    console.must("rows", |screen| screen.contents().contains("842 users"));
    let keys = number(200);
    title("key to its frame, in a pseudo-terminal");
    let calm = keys_take(&mut console, keys);
    print("a calm server", &calm, &calm);
    let mut worst = calm.at(1.0);
    for (name, fault) in [
        ("requests hang", Fault::Hangs),
        ("answers drip", Fault::Drips),
        ("connections break", Fault::Breaks),
    ] {
        *now.lock().unwrap() = (fault, 0);
        console.keys("r");
        let times = keys_take(&mut console, keys);
        assert!(now.lock().unwrap().1 > 0, "no request met it");
        print(name, &times, &calm);
        worst = worst.max(times.at(1.0));
    }
    println!("\nthe worst: {worst:.1} ms; the bar: 100 ms");
}

/// The cursor goes down and up; each key waits for the frame of the one before it.
fn keys_take(console: &mut Console, keys: u32) -> Times {
    let mut times = Times::default();
    console.rest(Duration::from_secs(1));
    for n in 0..keys {
        let before = cursor(console.screen());
        let since = console.keys(if n % 2 == 0 { "j" } else { "k" });
        let moved = console.must("moved cursor", |screen| {
            cursor(screen).is_some() && cursor(screen) != before
        });
        times.note((moved - since).as_secs_f64() * 1_000.0);
        console.rest(Duration::from_millis(10));
    }
    times
}

/// The line of the cursor.
fn cursor(screen: &Screen) -> Option<usize> {
    screen.contents().lines().position(|l| l.contains('▌'))
}

/// Stands between the console and its server; gives its address.
fn proxy(server: &str, now: &Now) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let address = server.trim_start_matches("http://").to_owned();
    let address = address.split('/').next().unwrap().to_owned();
    let now = Arc::clone(now);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let upstream = TcpStream::connect(&address).unwrap();
            let now = Arc::clone(&now);
            thread::spawn(move || passes(client, upstream, &now));
        }
    });
    url
}

/// Passes requests on for as long as all is calm.
fn passes(mut client: TcpStream, mut upstream: TcpStream, now: &Now) -> Option<()> {
    let (mut answers, mut back) = (upstream.try_clone().ok()?, client.try_clone().ok()?);
    thread::spawn(move || std::io::copy(&mut answers, &mut back));
    let mut bytes = [0; 16_384];
    loop {
        let n = client.read(&mut bytes).ok().filter(|n| *n > 0)?;
        let fault = {
            let mut now = now.lock().unwrap();
            now.1 += 1;
            now.0
        };
        match fault {
            Fault::Calm => upstream.write_all(&bytes[..n]).ok()?,
            Fault::Hangs => {}
            Fault::Drips => {
                let head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n";
                client.write_all(head).ok()?;
                loop {
                    client.write_all(b" ").ok()?;
                    thread::sleep(Duration::from_millis(5));
                }
            }
            Fault::Breaks => return client.shutdown(std::net::Shutdown::Both).ok(),
        }
    }
}
