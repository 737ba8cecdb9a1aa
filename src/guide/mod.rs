//! Longer reads: why it is built this way, how to extend it, what the words mean, what it serves.

#[doc = include_str!("design.md")]
pub mod design {}

#[doc = include_str!("extending.md")]
pub mod extending {}

#[doc = include_str!("files.md")]
pub mod files {}

#[doc = include_str!("glossary.md")]
pub mod glossary {}

#[doc = include_str!("health.md")]
pub mod health {}

#[doc = include_str!("importing.md")]
pub mod importing {}

#[doc = include_str!("life.md")]
pub mod life {}

#[doc = include_str!("matchers.md")]
pub mod matchers {}

#[doc = include_str!("out.md")]
pub mod out {}

#[doc = include_str!("privacy.md")]
pub mod privacy {}

#[doc = include_str!("requirements.md")]
pub mod requirements {}

#[doc = include_str!("scenarios.md")]
pub mod scenarios {}

#[doc = include_str!("service.md")]
pub mod service {}

#[doc = include_str!("stability.md")]
pub mod stability {}

#[doc = include_str!("stores.md")]
pub mod stores {}
