//! A minimal HTTP service round a programme, to start from: JSON in and out, every refusal with its reasons, each audience with its own answers.
//!
//! `cargo run --features import --example http_service` plays a programme against itself and prints what is said. To serve:
//!
//! `cargo run --features import,sqlite --example http_service -- --serve [--port PORT] [--db FILE]`
//!
//! | who | asks | |
//! |---|---|---|
//! | coordinator | `POST /programs` | opens a programme with a roster (CSV), or that of the examples |
//! | anybody of it | `GET /programs/{p}` | how far it is |
//! | coordinator | `GET /programs/{p}/people`, `…/journal` | who they are; the entries, which name nobody |
//! | member | `PUT`, `GET /programs/{p}/card` | what they are called |
//! | member | `POST`, `DELETE /programs/{p}/enrolment` | takes part, or no more |
//! | coordinator | `POST /programs/{p}/launch`, `…/trainings` | the charter; who has finished its curriculum |
//! | coordinator | `POST /programs/{p}/plans`, `GET …/{plan}`, `POST …/{plan}/approval` | who with whom; then it is proposed in their name |
//! | coordinator | `POST /programs/{p}/pairings` | one pair that they insist on |
//! | both | `GET /programs/{p}/pairings`, `…/{pairing}` | all of them, or one's own |
//! | member | `POST /programs/{p}/pairings/{pairing}/steps`, `…/terms`, `…/sessions` | accept, prepare, sign, begin; what they bring in; that they met |
//! | member | `POST`, `GET /programs/{p}/pairings/{pairing}/notes` | what only the two may read |
//! | coordinator, sponsor | `GET /programs/{p}/health` | of each pairing, or what was released |
//! | coordinator | `POST /programs/{p}/releases` | a month, for the sponsor |
//!
//! Read on in `http_service/`: `asked` (who asks), `programme`, `people`, `planning`, `pairing`, `health` (what they may), `desk` and
//! `file` (where it is kept), `reply`, `problem` and `flaws` (how it says yes and no), `demo`. What a product adds: its login, encryption of what is sealed, TLS and limits on
//! connections in front, and keys by which a client may ask again.

#[path = "http_service/asked.rs"]
mod asked;
#[path = "http_service/demo.rs"]
mod demo;
#[path = "http_service/desk.rs"]
mod desk;
#[path = "http_service/file.rs"]
mod file;
#[path = "http_service/flaws.rs"]
mod flaws;
#[path = "http_service/health.rs"]
mod health;
#[path = "http_service/pairing.rs"]
mod pairing;
#[path = "http_service/people.rs"]
mod people;
#[path = "http_service/planning.rs"]
mod planning;
#[path = "http_service/problem.rs"]
mod problem;
#[path = "http_service/programme.rs"]
mod programme;
#[path = "http_service/reply.rs"]
mod reply;
#[path = "support/mod.rs"]
mod support;

use std::error::Error;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::routing::{MethodFilter, MethodRouter, on};
use reverse_mentoring::ids::{IdSource as _, SequentialIds};
use reverse_mentoring::store::MemoryStore;
use reverse_mentoring::uuid::Uuid;

use asked::Asked;
use desk::{Desk, Stores};
use problem::Problem;
use reply::Reply;
use support::{Args, fail, misuse};

const USAGE: &str = "\
http_service [--serve [--port PORT] [--db FILE] [--rehearsal N]]
  without arguments: a programme played over HTTP on the loopback, printed
  --serve        listens on 127.0.0.1 and prints the address
  --port PORT    on this port; any free one unless given
  --db FILE      keeps everything in an SQLite file (feature `sqlite`); in memory unless given
  --rehearsal N  ids in counting order from the space N, days by the header `Today`: for tests";

/// The most that a body may have: a roster of tens of thousands.
const BODY: usize = 4 << 20;

/// What one request does: reads and writes the store, which blocks.
type Work = fn(&Desk, &Asked) -> Result<Reply, Problem>;

/// Does it on a thread that may block, so that others are answered meanwhile.
fn at(method: MethodFilter, desk: &Arc<Desk>, work: Work) -> MethodRouter {
    let desk = Arc::clone(desk);
    on(method, move |request| {
        answer(Arc::clone(&desk), work, request)
    })
}

async fn answer(desk: Arc<Desk>, work: Work, request: Request) -> Result<Reply, Problem> {
    let asked = Asked::read(request, desk.rehearsal).await?;
    let done = tokio::task::spawn_blocking(move || work(&desk, &asked)).await;
    // Nothing here panics; if it does all the same, the others are served.
    done.unwrap_or_else(|_| {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Err(Problem::new(status, "panic", "the service cannot answer"))
    })
}

fn routes(desk: &Arc<Desk>) -> Router {
    let get = |work: Work| at(MethodFilter::GET, desk, work);
    let post = |work: Work| at(MethodFilter::POST, desk, work);
    let put = |work: Work| at(MethodFilter::PUT, desk, work);
    let delete = |work: Work| at(MethodFilter::DELETE, desk, work);
    let no_path = || async { Problem::new(StatusCode::NOT_FOUND, "path", "there is no such path") };
    let no_method = || async {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Problem::new(status, "method", "the path has no such method")
    };
    let (one, pairing) = (
        "/programs/{program}",
        "/programs/{program}/pairings/{pairing}",
    );
    let on = |path: &str| format!("{one}/{path}");
    let in_pairing = |path: &str| format!("{pairing}/{path}");
    Router::new()
        .route("/programs", post(programme::open))
        .route(one, get(programme::show))
        .route(&on("people"), get(people::list))
        .route(&on("journal"), get(programme::journal))
        .route(&on("card"), put(people::put_card).merge(get(people::card)))
        .route(
            &on("enrolment"),
            post(programme::enrol).merge(delete(programme::withdraw)),
        )
        .route(&on("launch"), post(programme::launch))
        .route(&on("trainings"), post(programme::train))
        .route(&on("plans"), post(planning::draw))
        .route(&on("plans/{plan}"), get(planning::show))
        .route(&on("plans/{plan}/approval"), post(planning::approve))
        .route(
            &on("pairings"),
            post(planning::insist).merge(get(pairing::list)),
        )
        .route(pairing, get(pairing::show))
        .route(&in_pairing("steps"), post(pairing::step))
        .route(&in_pairing("terms"), post(pairing::terms))
        .route(&in_pairing("sessions"), post(pairing::record))
        .route(
            &in_pairing("notes"),
            post(pairing::note).merge(get(pairing::read_notes)),
        )
        .route(&on("health"), get(health::health))
        .route(&on("releases"), post(health::release))
        .fallback(no_path)
        .method_not_allowed_fallback(no_method)
        .layer(DefaultBodyLimit::max(BODY))
}

/// Serves until the process ends.
fn serve(listener: TcpListener, desk: Desk) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    listener.set_nonblocking(true)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        Ok(axum::serve(listener, routes(&Arc::new(desk))).await?)
    })
}

#[cfg(feature = "sqlite")]
fn on_disk(path: &str) -> Stores {
    Stores::File(path.into())
}

#[cfg(not(feature = "sqlite"))]
fn on_disk(_: &str) -> Stores {
    misuse("`--db` needs the feature `sqlite`")
}

fn main() {
    if let Err(error) = run() {
        fail(error);
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let options = ["--port", "--db", "--rehearsal"];
    let args = Args::parse(USAGE, &options, &["--serve", "--demo"], 0);
    let serving = args.has("--serve");
    if !serving && options.iter().any(|option| args.text(option).is_some()) {
        misuse("`--port`, `--db` and `--rehearsal` need `--serve`");
    }
    let port = args.whole("--port", 1..=u16::MAX).unwrap_or(0);
    let rehearsal = args.whole("--rehearsal", 0..=u32::MAX);
    let rehearsal = rehearsal.or((!serving).then_some(1));
    let ids: Box<dyn FnMut() -> Uuid + Send> = match rehearsal {
        Some(space) => {
            let mut ids = SequentialIds::new(space);
            Box::new(move || ids.next_uuid())
        }
        None => Box::new(Uuid::now_v7),
    };
    let stores = args.text("--db").map(on_disk);
    let stores = stores.unwrap_or_else(|| Stores::Memory(MemoryStore::new()));
    let desk = Desk::new(stores, ids, rehearsal.is_some());
    desk.store().map_err(|_| "the store does not open")?; // sooner than at the first request
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let address = listener.local_addr()?;
    support::print(&format!("listening on http://{address}\n"));
    if serving {
        return serve(listener, desk);
    }
    let serving = std::thread::spawn(move || serve(listener, desk).map_err(|e| e.to_string()));
    demo::play(address)?;
    match serving.is_finished() {
        true => Err("the service ended by itself".into()),
        false => Ok(()),
    }
}
