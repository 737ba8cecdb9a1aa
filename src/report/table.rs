//! Tables: those that are read, and those below a plot.

use maud::{Markup, html};

/// A table whose first column heads its rows.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Markup>>,
}

impl Table {
    /// With a caption and columns, and no row yet.
    pub(super) fn new(caption: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.iter().map(|&c| c.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// To be read: where the page is narrow, each row becomes a block of its own.
    pub(super) fn stacked(&self) -> Markup {
        let head = self.columns.iter().map(String::as_str);
        html! {
            table.stack {
                caption { (self.caption) }
                thead { tr {
                    @for column in head.clone() { th scope="col" { (column) } }
                } }
                tbody {
                    @for row in &self.rows { tr {
                        @for (at, (column, cell)) in head.clone().zip(row).enumerate() {
                            @if at == 0 {
                                th scope="row" { (cell) }
                            } @else {
                                td data-column=(column) { (cell) }
                            }
                        }
                    } }
                }
            }
        }
    }

    /// As it stands: it scrolls by itself where it is too wide.
    fn wide(&self) -> Markup {
        html! {
            div.wide role="region" aria-label=(self.caption) tabindex="0" {
                table {
                    caption { (self.caption) }
                    thead { tr { @for column in &self.columns { th scope="col" { (column) } } } }
                    tbody {
                        @for row in &self.rows { tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        } }
                    }
                }
            }
        }
    }

    /// Below a plot, folded away.
    pub(super) fn below_a_plot(&self) -> Markup {
        html! { details { summary { "Data" span.heard { ": " (self.caption) } } (self.wide()) } }
    }
}

/// Text as a cell.
pub(super) fn cell(text: impl std::fmt::Display) -> Markup {
    html! { (text) }
}
