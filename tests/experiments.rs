//! Experiments and the model beneath them, judged by what can be worked out by hand.
#![cfg(feature = "simulation")]

#[path = "experiments/company.rs"]
mod company;
#[path = "support/dice.rs"]
mod dice;

#[path = "experiments/anchors.rs"]
mod anchors;
#[path = "experiments/closed_form.rs"]
mod closed_form;
#[path = "experiments/conservation.rs"]
mod conservation;
#[path = "experiments/contrasts.rs"]
mod contrasts;
#[path = "experiments/coverage.rs"]
mod coverage;
#[path = "experiments/measures.rs"]
mod measures;
#[path = "experiments/plugged_in.rs"]
mod plugged_in;
