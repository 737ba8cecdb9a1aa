//! Between a client and a server, and cuts the connection after so many bytes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// What the client says.
    Out,
    /// What the server says.
    Back,
}

/// After how many more bytes of which way everything is cut.
type Plan = Arc<Mutex<Option<(Way, usize)>>>;

pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    plan: Plan,
}

impl Proxy {
    /// On loopback, to the socket of a server. It ends with the process.
    pub(crate) fn to(socket: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, plan) = (listener.local_addr().unwrap(), Plan::default());
        let all = plan.clone();
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, UnixStream::connect(&socket)) else {
                    continue;
                };
                let ends = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let plan = all.clone();
                std::thread::spawn(move || carry(Way::Out, &ends.0, &ends.1, &plan, &ends));
                let (plan, ends) = (all.clone(), (client, server));
                std::thread::spawn(move || carry(Way::Back, &ends.1, &ends.0, &plan, &ends));
            }
        });
        Self { address, plan }
    }

    /// Lets so many bytes of what is said from now on pass in one way, and then cuts the connection.
    pub(crate) fn cut(&self, way: Way, after: usize) {
        *self.plan.lock().unwrap() = Some((way, after));
    }

    /// Lets everything pass; whether it has been cut since.
    pub(crate) fn mend(&self) -> bool {
        self.plan.lock().unwrap().take().is_none()
    }
}

/// Takes bytes from one end to the other.
fn carry(
    way: Way,
    mut from: impl Read,
    mut to: impl Write,
    plan: &Plan,
    ends: &(TcpStream, UnixStream),
) {
    let mut buffer = [0; 8192];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let mut plan = plan.lock().unwrap();
        let passes = match &mut *plan {
            Some((cut, left)) if *cut == way => {
                let passes = read.min(*left);
                *left -= passes;
                if passes < read || *left == 0 && passes > 0 {
                    *plan = None;
                    drop(plan);
                    let _ = to.write_all(&buffer[..passes]);
                    break;
                }
                passes
            }
            _ => read,
        };
        drop(plan);
        if to.write_all(&buffer[..passes]).is_err() {
            break;
        }
    }
    // The client may have gone by itself, or the server: the other learns of it.
    let _ = (
        ends.0.shutdown(Shutdown::Both),
        ends.1.shutdown(Shutdown::Both),
    );
}
