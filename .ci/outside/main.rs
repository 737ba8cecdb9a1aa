//! Somebody else's program: what compiles here is public, and needs no feature.

#[allow(unused_imports, reason = "until the solver has something to call")]
use reverse_mentoring::matching::assignment;

fn main() {
    println!("the crate links from outside");
}
