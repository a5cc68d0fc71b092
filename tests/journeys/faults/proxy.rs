//! A proxy between console and demo server that mangles some of the answers.

use std::{
    io::Write as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What happens to one request instead of an answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The connection is reset.
    Reset,
    /// It stays open, and nothing ever comes.
    HalfOpen,
    /// One byte of the answer a second.
    Drip,
    /// A body that ends before its length.
    CutOff,
    /// These bytes, then the end.
    Answer(Vec<u8>),
    /// The server does it, and its answer comes to nobody.
    DoneAndReset,
}

/// How often, which requests, and what.
type Plan = (usize, &'static str, Fault);

/// Runs until the test ends.
pub struct Proxy {
    pub url: String,
    upstream: watch::Sender<Option<String>>,
    plans: Arc<Mutex<Vec<Plan>>>,
}

impl Proxy {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (upstream, to) = watch::channel(None);
        let plans = Arc::<Mutex<Vec<Plan>>>::default();
        let planned = Arc::clone(&plans);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, to.clone(), Arc::clone(&planned)));
            }
        });
        Self {
            url,
            upstream,
            plans,
        }
    }

    /// From here on requests get through: to `http://address`.
    pub fn forward_to(&self, url: &str) {
        let address = url.strip_prefix("http://").unwrap().to_owned();
        self.upstream.send_replace(Some(address));
    }

    /// The next `count` requests with `containing` in their first line meet this.
    pub fn plan(&self, count: usize, containing: &'static str, fault: Fault) {
        self.plans.lock().unwrap().push((count, containing, fault));
    }

    /// Whether every planned fault was met.
    pub fn is_done(&self) -> bool {
        self.plans.lock().unwrap().is_empty()
    }
}

/// One request, then the end of the connection.
async fn serve(
    mut stream: TcpStream,
    mut to: watch::Receiver<Option<String>>,
    plans: Arc<Mutex<Vec<Plan>>>,
) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    match planned(&plans, &request) {
        None => {
            let Some(mut server) = connect(&mut to, &request).await else {
                return;
            };
            let _ = copy(&mut server, &mut stream).await;
        }
        Some(Fault::Reset) => reset(stream),
        Some(Fault::HalfOpen) => std::future::pending().await,
        Some(Fault::Drip) => {
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n["
                .iter()
                .cycle()
            {
                if stream.write_all(&[*byte]).await.is_err() {
                    return;
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        Some(Fault::CutOff) => {
            let half = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n[{\"id\":";
            let _ = stream.write_all(half).await;
        }
        Some(Fault::Answer(bytes)) => {
            // The client may hang up on what is too long for it.
            let _ = stream.write_all(&bytes).await;
        }
        Some(Fault::DoneAndReset) => {
            if let Some(mut server) = connect(&mut to, &request).await {
                let _ = server.read_to_end(&mut Vec::new()).await;
            }
            reset(stream);
        }
    }
}

/// Passes a request on; the answer is to be read.
async fn connect(to: &mut watch::Receiver<Option<String>>, request: &[u8]) -> Option<TcpStream> {
    let address = to.wait_for(Option::is_some).await.ok()?.clone()?;
    let mut server = TcpStream::connect(address).await.ok()?;
    server.write_all(request).await.ok()?;
    Some(server)
}

fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
    drop(stream);
}

/// The fault planned for a request, used up by one.
fn planned(plans: &Mutex<Vec<Plan>>, request: &[u8]) -> Option<Fault> {
    let text = String::from_utf8_lossy(request);
    let line = text.lines().next()?;
    let mut plans = plans.lock().unwrap();
    let at = plans.iter().position(|(_, part, _)| line.contains(part))?;
    plans[at].0 -= 1;
    let fault = plans[at].2.clone();
    plans.retain(|(left, ..)| *left > 0);
    Some(fault)
}

/// A whole request, which asks for the end of the connection behind its answer.
async fn read(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.split("content-length: ").nth(1);
    let length: usize = length.map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
    while bytes.len() < head + 4 + length {
        stream.read_buf(&mut bytes).await.ok()?;
    }
    bytes.splice(head..head, *b"\r\nConnection: close");
    Some(bytes)
}

/// An answer with more headers, each ended by `\r\n`.
pub fn answer(status: u16, headers: &str, body: &[u8]) -> Fault {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    Fault::Answer([head.as_bytes(), body].concat())
}

/// So many blanks, packed: little on the wire, and much unpacked.
pub fn bomb(bytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; bytes]).unwrap();
    encoder.finish().unwrap()
}
