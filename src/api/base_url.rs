//! Where the API is.

use std::fmt;

use reqwest::Url;

/// The address of a Backend API, checked: https, or plain http on this machine.
///
/// The key travels in a header of every request, so plain http to anywhere else
/// would hand it to whoever listens on the way.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Its path ends in `/v1`.
    url: Url,
}

/// Why a text is not the address of a Backend API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBaseUrl {
    /// Not a URL.
    #[error(
        "The API URL is not a URL. It looks like https://api.clerk.com or http://127.0.0.1:4321."
    )]
    NotAUrl,
    /// Neither https nor http.
    #[error("The API URL must begin with https:// (or http:// for a server on this machine).")]
    Scheme,
    /// Plain http to another machine.
    #[error(
        "The API URL uses plain http, which would send your secret key readable through the \
         network. Use https://; plain http is for this machine only (127.0.0.1, ::1, localhost)."
    )]
    PlainHttp,
    /// A user name or password.
    #[error(
        "The API URL must not hold a user name or password. The key comes from CLERK_SECRET_KEY."
    )]
    UserInfo,
    /// `?…` or `#…`.
    #[error("The API URL must end with its path: no ? and no #.")]
    Query,
}

impl BaseUrl {
    /// Clerk's own, `https://api.clerk.com/v1`.
    pub const CLERK: &str = "https://api.clerk.com";

    /// Reads an address, with or without `/v1` and a slash at its end.
    ///
    /// # Errors
    /// [`BadBaseUrl`], with the reason and what to do in words. They never
    /// repeat the text, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, BadBaseUrl> {
        let mut url = Url::parse(text.trim()).map_err(|_| BadBaseUrl::NotAUrl)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(BadBaseUrl::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadBaseUrl::UserInfo);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadBaseUrl::Query);
        }
        let path = url.path().trim_end_matches('/');
        let path = path
            .strip_suffix("/v1")
            .unwrap_or(path)
            .trim_end_matches('/');
        let path = format!("{path}/v1");
        url.set_path(&path);
        let base = Self { url };
        if base.url.scheme() == "http" && !base.is_loopback() {
            return Err(BadBaseUrl::PlainHttp);
        }
        Ok(base)
    }

    /// The host, with the port where it is not the usual one: `api.clerk.com`,
    /// `127.0.0.1:4321`.
    pub fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether what is sent there is encrypted.
    pub fn is_tls(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The host without brackets, and the port: what a name server and a socket want.
    pub fn socket(&self) -> (String, u16) {
        let host = self.url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let port = self.url.port_or_known_default();
        (bare.to_owned(), port.unwrap_or_default())
    }

    /// Whether it is on this machine: 127.0.0.0/8, `::1` or `localhost`.
    pub fn is_loopback(&self) -> bool {
        let (host, _) = self.socket();
        host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }

    /// The URL of `path` (which begins with a slash) below `/v1`.
    ///
    /// `path` is made of our own words, checked ids and encoded segments only, so
    /// nothing in it needs encoding and no segment of it is `.` or `..`.
    pub(super) fn join(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&format!("{}{path}", self.url.path()));
        url
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str())
    }
}

impl std::str::FromStr for BaseUrl {
    type Err = BadBaseUrl;

    fn from_str(text: &str) -> Result<Self, BadBaseUrl> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_or_without_v1_and_slash_is_the_same() {
        for text in [
            "https://api.clerk.com",
            "https://api.clerk.com/",
            "https://api.clerk.com/v1",
            " https://api.clerk.com/v1/ ",
            "https://api.clerk.com:443/v1//",
        ] {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!(
                base.join("/users").as_str(),
                "https://api.clerk.com/v1/users",
                "{text}"
            );
            assert_eq!(base.host(), "api.clerk.com");
            assert!(!base.is_loopback());
        }
        let proxied = BaseUrl::parse("https://example.com/clerk").unwrap();
        assert_eq!(
            proxied.join("/users").as_str(),
            "https://example.com/clerk/v1/users"
        );
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for text in [
            "http://127.0.0.1:4321",
            "http://127.8.9.1:4321/v1",
            "http://[::1]:4321",
            "http://localhost:4321",
            "http://LOCALHOST:4321",
            // The URL standard reads these as 127.0.0.1 too.
            "http://127.1:4321",
            "http://0x7f000001:4321",
        ] {
            let base = BaseUrl::parse(text).unwrap();
            assert!(base.is_loopback(), "{text}");
            assert!(base.host().ends_with(":4321"), "{text}");
        }
        for text in [
            "http://api.clerk.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://[::ffff:8.8.8.8]",
            "http://0.0.0.0:1",
            "http://192.168.1.1",
        ] {
            assert_eq!(BaseUrl::parse(text), Err(BadBaseUrl::PlainHttp), "{text}");
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused_with_a_reason() {
        for (text, why) in [
            ("", BadBaseUrl::NotAUrl),
            ("api.clerk.com", BadBaseUrl::NotAUrl),
            ("https://", BadBaseUrl::NotAUrl),
            ("ftp://api.clerk.com", BadBaseUrl::Scheme),
            ("localhost:4321", BadBaseUrl::Scheme),
            ("https://me:pass@api.clerk.com", BadBaseUrl::UserInfo),
            ("https://api.clerk.com@evil.example", BadBaseUrl::UserInfo),
            ("http://127.0.0.1:80@evil.example", BadBaseUrl::UserInfo),
            ("https://api.clerk.com/v1?x=1", BadBaseUrl::Query),
            ("https://api.clerk.com/#v1", BadBaseUrl::Query),
        ] {
            assert_eq!(BaseUrl::parse(text), Err(why), "{text}");
        }
    }
}
