//! The exact answers: the problem with the change, solved again.

use super::{Assignment, Certificate, Edge, Graph, GraphError, Objective, Solver};

/// Solves a problem that differs from a solved one by one edge or by one place on each side.
///
/// The one place that solves again. Where a certificate is given, it is that of a graph with the same rows and columns:
/// a place to start from.
fn solve_near(graph: &Graph, objective: Objective, start: Option<&Certificate>) -> Vec<(u32, u32)> {
    let solver = Solver::new(graph, objective);
    let solver = match start {
        Some(certificate) => solver.from(certificate),
        None => solver,
    };
    ends(graph, &solver.solve().assignment)
}

/// The chosen edges as rows and columns: numbers do not travel from graph to graph.
fn ends(graph: &Graph, plan: &Assignment) -> Vec<(u32, u32)> {
    let edges = plan.edges.iter().filter_map(|&edge| graph.edge(edge));
    edges.map(|edge| (edge.row, edge.column)).collect()
}

/// A plan of a graph from the ends of its edges.
fn plan(graph: &Graph, chosen: impl IntoIterator<Item = (u32, u32)>) -> Assignment {
    let numbers = chosen.into_iter();
    let mut edges: Vec<u32> = numbers
        .filter_map(|(row, column)| graph.number(row, column))
        .collect();
    edges.sort_unstable();
    let scores = edges.iter().filter_map(|&edge| graph.edge(edge));
    let total = scores.map(|edge| u64::from(edge.score)).sum();
    Assignment { edges, total }
}

/// A best plan without an edge.
pub(super) fn without(
    graph: &Graph,
    objective: Objective,
    start: &Certificate,
    edge: Edge,
) -> Result<Assignment, GraphError> {
    let (rows, columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
    let rest = Graph::new(rows, columns, graph.edges().filter(|other| *other != edge))?;
    Ok(plan(graph, solve_near(&rest, objective, Some(start))))
}

/// A best plan with an edge whose ends both have a place.
pub(super) fn with(
    graph: &Graph,
    objective: Objective,
    start: &Certificate,
    edge: Edge,
) -> Result<Assignment, GraphError> {
    // What is best beside the edge, among edges of at least this score.
    let beside = |objective, lowest| {
        let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
        let ends = [
            rows.get_mut(edge.row as usize),
            columns.get_mut(edge.column as usize),
        ];
        for places in ends.into_iter().flatten() {
            *places = places.saturating_sub(1);
        }
        let others = graph
            .edges()
            .filter(|other| *other != edge && other.score >= lowest);
        let rest = Graph::new(rows, columns, others)?;
        Ok(solve_near(&rest, objective, Some(start)))
    };
    let mut chosen = match objective {
        // Pairs and points add up: what is best beside the edge is best with it.
        Objective::MostPairs | Objective::BestScore => beside(objective, 0)?,
        Objective::MaxMin => {
            let chosen = beside(objective, 0)?;
            let edges = chosen
                .iter()
                .filter_map(|&(row, column)| graph.number(row, column));
            let scores = edges
                .filter_map(|number| graph.edge(number))
                .map(|other| other.score);
            match scores.min() {
                // The edge is the lowest pair by itself: nothing beside it need stand above it.
                Some(lowest) if edge.score < lowest => beside(Objective::MostPairs, edge.score)?,
                _ => chosen,
            }
        }
        Objective::MostPeople => beside_most_people(graph, edge)?,
    };
    chosen.push((edge.row, edge.column));
    Ok(plan(graph, chosen))
}

/// For most-people the rest does not add up: a second pair of the edge's row brings no second row into use.
///
/// The edge is cut in two: its row is joined to a column of its own, its column to a row of its own, both with one
/// place and with the highest score there is. Where a best plan of that graph leaves a half out, the end of the half is
/// full, and the half can take the place of any other pair there: as many columns, rows and pairs, and no lower total.
/// So there is a best plan with both halves, and that is a best plan with the edge. The cut adds a row and a column,
/// which the certificate does not know: this starts from nothing.
fn beside_most_people(graph: &Graph, edge: Edge) -> Result<Vec<(u32, u32)>, GraphError> {
    let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
    // Within u32: the rows and columns of a graph are.
    let (own_row, own_column) = (rows.len() as u32, columns.len() as u32);
    rows.push(1);
    columns.push(1);
    let score = graph.highest_score();
    let mut half = edge;
    half.score = score;
    let (mut by_row, mut by_column) = (half, half);
    by_row.column = own_column;
    by_column.row = own_row;
    let others = graph.edges().filter(|other| *other != edge);
    let cut = Graph::new(rows, columns, others.chain([by_row, by_column]))?;
    let mut chosen = solve_near(&cut, Objective::MostPeople, None);
    if !chosen.contains(&(by_row.row, own_column)) {
        let other = chosen.iter().position(|&(row, _)| row == edge.row);
        other.map(|at| chosen.swap_remove(at));
    }
    if !chosen.contains(&(own_row, by_column.column)) {
        let other = chosen.iter().position(|&(_, column)| column == edge.column);
        other.map(|at| chosen.swap_remove(at));
    }
    chosen.retain(|&(row, column)| row != own_row && column != own_column);
    Ok(chosen)
}
