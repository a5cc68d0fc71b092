//! The embedded Clerk-compatible server: `clerk-tui --demo`, and what tests drive.
//!
//! It knows nothing of the rest of the house and speaks to it over HTTP only,
//! so that a misspelt field cannot be wrong on both sides and pass. People are
//! not stored: each is made from the seed and a number whenever somebody asks
//! (`maker`), and only what was changed since is kept (`world`). So a million
//! cost no more at the start than ten.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "made-up people: numbers are thrown in known ranges, and times are after 1970"
)]

mod addresses;
mod arena;
mod base;
mod cast;
mod churn;
mod contacts;
mod create;
mod dice;
mod factors;
mod filter;
mod invitations;
mod limit;
mod maker;
mod metadata;
mod names;
mod order;
mod org;
mod organizations;
mod params;
mod person;
mod places;
mod reply;
mod route;
mod serve;
mod session;
mod sessions;
mod sketch;
mod switches;
mod tokens;
mod user_json;
mod users;
mod wire;
mod world;
mod writes;
mod written;

use self::base::Base;
use self::cast::Cast;
use self::maker::Maker;
use self::order::By;
use self::serve::Shared;
use self::wire::{Cut, Door};
use self::world::World;
pub use switches::{Fault, Faults, Hold, Quirk, Seen, Switches};

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long `stop` waits for answers that are under way.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the server is like.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many people there are; a million are fine.
    pub users: u32,
    /// Another seed makes other people.
    pub seed: u64,
    /// Requests let through in any ten seconds; 0 turns all limits off.
    pub rate_limit: u32,
    /// How long every answer waits.
    pub latency: Duration,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// How many times a second somebody is created or deleted; 0: never. Tests
    /// let requests count instead of the clock: [`Switches::churn_every`].
    pub churn: u32,
    /// Whether answers of a few KiB and more are packed for clients that take
    /// gzip, as Clerk's are. Costs time, and on one machine saves none.
    pub gzip: bool,
    /// Faults that are on from the start.
    pub faults: Faults,
    /// The moment from which all dates count back, in Unix milliseconds. The
    /// clock then stands still there; `None` takes the present and runs on.
    pub now: Option<i64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            users: 842,
            seed: 842,
            rate_limit: 100,
            latency: Duration::ZERO,
            port: 0,
            churn: 0,
            gzip: false,
            faults: Faults::default(),
            now: None,
        }
    }
}

/// A running server; dropping it ends it.
pub struct Server {
    url: String,
    key: String,
    shared: Arc<Shared>,
    ending: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Binds 127.0.0.1 and serves on a task of the current runtime. Nobody is
    /// made yet: this takes no longer for a million.
    ///
    /// # Errors
    /// If the port cannot be bound.
    pub async fn start(options: Options) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let key = format!(
            "sk_test_{}",
            &dice::id(options.seed, "key", 0)["key_".len()..]
        );
        let switches = Arc::new(Switches::new(options.faults, options.latency));
        let present = || SystemTime::now().duration_since(UNIX_EPOCH);
        let started_at = options
            .now
            .unwrap_or_else(|| present().unwrap_or_default().as_millis() as i64);
        let base = Arc::new(Base::new(Arc::new(Maker {
            seed: options.seed,
            users: options.users,
            now: started_at,
            cast: Cast::of(options.users),
        })));
        Base::prepare(&base);
        let shared = Arc::new(Shared {
            world: RwLock::new(World::new(base.clone())),
            base,
            switches,
            window: Mutex::default(),
            key: key.clone(),
            rate_limit: options.rate_limit,
            gzip: options.gzip,
            started_at,
            fixed: options.now.is_some(),
            started: Instant::now(),
        });
        let app = axum::Router::new()
            .fallback(serve::serve)
            .with_state(shared.clone())
            .into_make_service_with_connect_info::<Cut>();
        let ending = CancellationToken::new();
        if options.churn > 0 {
            let churn = churn::by_the_clock(shared.clone(), options.churn, ending.clone());
            tokio::spawn(churn);
        }
        let serving = axum::serve(Door(listener), app)
            .with_graceful_shutdown(ending.clone().cancelled_owned());
        Ok(Self {
            url,
            key,
            shared,
            ending,
            task: tokio::spawn(async move { serving.await }),
        })
    }

    /// `http://127.0.0.1:PORT`; the API is there with and without `/v1`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The one key that is let in.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What can be made to go wrong, and what was asked.
    #[must_use]
    pub fn switches(&self) -> &Arc<Switches> {
        &self.shared.switches
    }

    /// The ids of everybody who exists now, the oldest first. Without the births
    /// these are all who existed from the start until now.
    #[must_use]
    pub fn everybody(&self) -> Vec<String> {
        let world = self.world();
        let all = world.order(By::Created).iter();
        all.map(|index| world.maker.user_id(*index)).collect()
    }

    /// The ids of everybody who was created since the start, in turn, deleted
    /// since or not.
    #[must_use]
    pub fn births(&self) -> Vec<String> {
        let world = self.world();
        let births = world.births.iter();
        births.map(|index| world.maker.user_id(*index)).collect()
    }

    /// The ids of everybody who was deleted since the start, in turn.
    #[must_use]
    pub fn deaths(&self) -> Vec<String> {
        let world = self.world();
        let deaths = world.deaths.iter();
        deaths.map(|index| world.maker.user_id(*index)).collect()
    }

    fn world(&self) -> RwLockReadGuard<'_, World> {
        let world = self.shared.world.read();
        world.unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes no more connections and waits a moment for answers under way.
    pub async fn stop(mut self) {
        self.ending.cancel();
        if tokio::time::timeout(PATIENCE, &mut self.task)
            .await
            .is_err()
        {
            self.task.abort();
        }
    }

    /// Serves until the listener fails: for a server that stands alone.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn wait(mut self) -> std::io::Result<()> {
        (&mut self.task).await.map_err(std::io::Error::other)?
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ending.cancel();
    }
}
