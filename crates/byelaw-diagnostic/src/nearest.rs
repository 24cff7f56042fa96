//! "Did you mean": which known words are close to one that is not known.

/// The candidates that are likely meant by `word`, closest first, three at most.
///
/// A swap of neighbours, a letter too many, too few or wrong counts one; about a third of the letters may be wrong.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    closest(word, &mut candidates.into_iter())
}

fn closest(word: &str, candidates: &mut dyn Iterator<Item = &str>) -> Vec<String> {
    let word: Vec<char> = letters(word);
    let allowed = match word.len() {
        0 | 1 => return Vec::new(),
        2..=4 => 1,
        5..=8 => 2,
        more => (more / 3).min(4),
    };
    // The nearest so far, in order.
    let mut near: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let letters: Vec<char> = letters(candidate);
        if letters.len().abs_diff(word.len()) > allowed {
            continue;
        }
        let found = (distance(&word, &letters), candidate);
        // Two short words can be near each other without one letter in common.
        if found.0 > allowed || found.0 >= word.len().max(letters.len()) - 1 || near.contains(&found) {
            continue;
        }
        let place = near.iter().take_while(|known| **known < found).count();
        near.insert(place, found);
        near.truncate(3);
    }
    near.into_iter().map(|(_, candidate)| candidate.to_owned()).collect()
}

/// The letters of a word. Names have none but those of ASCII, so that large and small ones are told apart by these alone,
/// and no table of all the others comes along.
fn letters(word: &str) -> Vec<char> {
    word.chars().map(|letter| letter.to_ascii_lowercase()).collect()
}

/// How many single changes make one word of the other, a swap of neighbours being one change.
fn distance(a: &[char], b: &[char]) -> usize {
    let (mut before, mut row): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        row.clear();
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        // The rows are used again: many words are compared where a pack is long.
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
