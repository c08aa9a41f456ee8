//! Where the nodes of a network stand: springs between those that are joined, all others push one another away. The same network always
//! comes out the same.

use fjadra::{Collide, Link, ManyBody, Node, PositionX, PositionY, SimulationBuilder};

/// The plane.
pub const WIDTH: f64 = 1000.0;
/// The plane.
pub const HEIGHT: f64 = 620.0;
/// Room around the nodes, on the right for their names.
const EDGE: f64 = 20.0;
const NAMES: f64 = 170.0;
/// So many steps are taken.
const STEPS: usize = 240;

/// The places of nodes that are joined by weighted links.
pub fn laid_out(nodes: usize, links: &[([usize; 2], f64)]) -> Vec<(f64, f64)> {
    if nodes == 0 {
        return Vec::new();
    }
    let heaviest = links.iter().map(|(_, weight)| *weight).fold(f64::MIN_POSITIVE, f64::max);
    let strengths: Vec<f64> = links.iter().map(|(_, weight)| 0.03 + 0.25 * weight / heaviest).collect();
    let mut simulation = SimulationBuilder::new()
        .build((0..nodes).map(|_| Node::default()))
        .add_force(
            "links",
            Link::new(links.iter().map(|([a, b], _)| (*a, *b)))
                .distance(90.0)
                .strength(move |_: &_, at: usize| strengths[at]),
        )
        .add_force("apart", ManyBody::new().strength(-220.0))
        .add_force("room", Collide::new().radius(|_| 22.0))
        // The plane is broad.
        .add_force("x", PositionX::new().strength(0.03))
        .add_force("y", PositionY::new().strength(0.06));
    simulation.tick(STEPS);
    let places: Vec<[f64; 2]> = simulation.positions().collect();
    fitted(&places)
}

/// Stretched over the plane, each direction by itself.
fn fitted(places: &[[f64; 2]]) -> Vec<(f64, f64)> {
    let along = |axis: usize, from: f64, to: f64| {
        let (least, most) =
            places.iter().fold((f64::MAX, f64::MIN), |(least, most), p| (least.min(p[axis]), most.max(p[axis])));
        move |at: f64| {
            if most - least < 1e-9 {
                f64::midpoint(from, to)
            } else {
                from + (to - from) * (at - least) / (most - least)
            }
        }
    };
    let (x, y) = (along(0, EDGE, WIDTH - NAMES), along(1, EDGE, HEIGHT - EDGE));
    places.iter().map(|p| (x(p[0]), y(p[1]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_lie_in_the_plane_and_always_the_same() {
        for (nodes, links) in [
            (0, vec![]),
            (1, vec![]),
            (2, vec![([0, 1], 1.0)]),
            (12, vec![([0, 1], 3.0), ([0, 2], 1.0), ([5, 6], 0.0)]),
        ] {
            let places = laid_out(nodes, &links);
            assert_eq!(places.len(), nodes);
            for (x, y) in &places {
                assert!((0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y), "{x} {y}");
            }
            assert_eq!(places, laid_out(nodes, &links));
        }
    }

    #[test]
    fn the_joined_stand_nearer() {
        let places =
            laid_out(6, &[([0, 1], 5.0), ([1, 2], 5.0), ([0, 2], 5.0), ([3, 4], 5.0), ([4, 5], 5.0), ([3, 5], 5.0)]);
        let apart = |a: usize, b: usize| (places[a].0 - places[b].0).hypot(places[a].1 - places[b].1);
        assert!(apart(0, 1) < apart(0, 4) && apart(3, 4) < apart(2, 3), "{places:?}");
    }
}
