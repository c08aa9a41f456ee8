//! Groups of articles that belong together: disjoint sets of numbers (union-find, R. Tarjan, "Efficiency of a good but
//! not linear set union algorithm", J. ACM 22, 1975).

/// Disjoint sets of the numbers from 0 on. Every set is called by its smallest number.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    /// Takes in the next number, alone in its set.
    pub fn push(&mut self) {
        // Callers count with `u32` and stop before it is used up.
        self.parents.push(self.parents.len() as u32);
    }

    /// Joins the sets of two numbers; a number that was never taken in joins nothing.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(parent) = self.parents.get_mut(a.max(b) as usize) {
            *parent = a.min(b);
        }
    }

    /// The smallest number of the set in which the number is.
    pub fn first(&mut self, mut n: u32) -> u32 {
        // Every number on the way is hung one step higher.
        while let Some(&parent) = self.parents.get(n as usize) {
            if parent == n {
                break;
            }
            let above = self.parents[parent as usize];
            self.parents[n as usize] = above;
            n = above;
        }
        n
    }

    /// The sets of two numbers and more, by their smallest, each in order.
    #[must_use]
    pub fn all(&mut self) -> Vec<Vec<u32>> {
        let mut pairs = Vec::new();
        for n in 0..self.parents.len() as u32 {
            let first = self.first(n);
            if first != n {
                pairs.push((first, n));
            }
        }
        pairs.sort_unstable();
        pairs
            .chunk_by(|a, b| a.0 == b.0)
            .map(|set| [set[0].0].into_iter().chain(set.iter().map(|p| p.1)).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_called_by_their_smallest() {
        let mut groups = Groups::default();
        (0..8).for_each(|_| groups.push());
        for (a, b) in [(5, 7), (7, 2), (3, 4), (2, 5), (99, 99)] {
            groups.join(a, b);
        }
        assert_eq!(groups.all(), [vec![2, 5, 7], vec![3, 4]]);
        assert_eq!((groups.first(7), groups.first(0), groups.first(99)), (2, 0, 99));
    }
}
