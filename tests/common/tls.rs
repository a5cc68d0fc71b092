//! A server behind TLS with a certificate that nobody knows.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::Arc,
    thread,
};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};
use tempfile::TempDir;

/// Answers each request with an instance.
pub struct TlsServer {
    pub url: String,
    directory: TempDir,
}

impl TlsServer {
    pub fn start() -> Self {
        let names = ["127.0.0.1", "localhost"].map(str::to_owned);
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("certificate.pem"), cert.pem()).unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let stream = StreamOwned::new(connection, stream.unwrap());
                thread::spawn(move || answer(stream));
            }
        });
        Self { url, directory }
    }

    /// A file with the certificate, for whoever wants to trust it.
    #[allow(dead_code, reason = "not everybody does")]
    pub fn certificate(&self) -> PathBuf {
        self.directory.path().join("certificate.pem")
    }
}

/// Answers one request, unless whoever asks hangs up on the certificate.
fn answer(mut stream: StreamOwned<ServerConnection, TcpStream>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut bytes = [0; 1024];
        match stream.read(&mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(n) => request.extend(&bytes[..n]),
        }
    }
    let body = r#"{"object":"instance","id":"ins_1","environment_type":"development"}"#;
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.conn.send_close_notify();
    let _ = stream.flush();
}
