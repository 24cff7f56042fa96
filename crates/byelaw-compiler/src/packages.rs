//! How many packages of approvals and undertakings an act can come to, so that no evaluation ever drops one.
//!
//! In: the boxes of one slice. Out: a number that no situation exceeds. It counts what could stand together if no
//! exception defeated anything, which is never less than what does. Not here: the packages themselves.

use crate::boxes::GuardBox;
use crate::slices::Placed;
use byelaw_data::AtomId;
use byelaw_hir::{Model, NormKind};
use byelaw_ir::MAX_PACKAGES;
use std::collections::{BTreeMap, BTreeSet};

/// How many boxes the search may look at before it settles for a number that may be too large.
const MOST_STEPS: usize = 20_000;

type Price = BTreeSet<BTreeSet<AtomId>>;

/// What a set of boxes that can hold together comes to.
#[derive(Clone, Default)]
struct Together {
    /// Packages that open the gate.
    gate: Price,
    /// The prices of bars and conditions, each once: meeting a price with itself changes nothing. To each belongs
    /// what exceptions to it may add.
    bars: BTreeSet<Price>,
}

impl Together {
    /// At most so many packages, counting those that are held on the way.
    fn most(&self) -> usize {
        let all =
            self.bars.iter().map(|b| b.len().max(1)).fold(self.gate.len().max(1), usize::saturating_mul);
        let atoms: BTreeSet<&AtomId> = self.gate.iter().chain(self.bars.iter().flatten()).flatten().collect();
        // Of few approvals there are only so many packages of which none contains another. Seven give 35; one more
        // is held while the next is compared.
        if atoms.len() <= 7 { all.min(35) } else { all }
    }
}

/// A number of packages that no situation of the act exceeds, or one above [`MAX_PACKAGES`] if that cannot be shown.
pub(crate) fn most(model: &Model, boxes: &[Placed]) -> usize {
    let mut all = Together::default();
    for one in boxes {
        take(model, boxes, one, &mut all);
    }
    if all.most() <= MAX_PACKAGES {
        return all.most();
    }
    // Boxes of one norm and guards that say the same are looked at once.
    let priced: Vec<&Placed> = boxes.iter().filter(|b| matters(model, b)).collect();
    let mut search = Search { model, boxes, priced, steps: 0, most: 0 };
    let whole = GuardBox(BTreeMap::new());
    search.walk(0, &whole, &Together::default());
    if search.steps > MOST_STEPS { all.most() } else { search.most }
}

/// Whether a box can add a package to anything.
fn matters(model: &Model, one: &Placed) -> bool {
    let kind = one.norm.map(|n| model.norms[n].kind);
    matches!(kind, Some(NormKind::May | NormKind::MayInGeneral | NormKind::Only | NormKind::MustNot))
}

fn take(model: &Model, boxes: &[Placed], one: &Placed, into: &mut Together) {
    let Some(norm) = one.norm.filter(|_| matters(model, one)) else { return };
    let price = &model.norms[norm].price.0;
    match model.norms[norm].kind {
        NormKind::May | NormKind::MayInGeneral => into.gate.extend(price.iter().cloned()),
        _ => {
            let mut bar: Price = price.iter().cloned().collect();
            for stronger in boxes {
                let beats = stronger.norm.is_some_and(|s| model.precedence.contains(&(s, norm)));
                if let Some(s) = stronger.norm.filter(|_| beats && stronger.guard.and(&one.guard).is_some()) {
                    bar.extend(model.norms[s].price.0.iter().cloned());
                }
            }
            // A bar nothing lifts leaves nothing, and one of a single package adds none.
            if bar.len() > 1 {
                into.bars.insert(bar);
            }
        }
    }
}

struct Search<'a> {
    model: &'a Model,
    boxes: &'a [Placed],
    priced: Vec<&'a Placed>,
    steps: usize,
    most: usize,
}

impl Search<'_> {
    /// Goes through all sets of boxes that can hold together, each box taken wherever it must hold.
    fn walk(&mut self, from: usize, region: &GuardBox, together: &Together) {
        self.steps += 1;
        self.most = self.most.max(together.most());
        for place in from..self.priced.len() {
            if self.steps > MOST_STEPS {
                return;
            }
            let one = self.priced[place];
            let Some(inside) = region.and(&one.guard) else { continue };
            let mut more = together.clone();
            take(self.model, self.boxes, one, &mut more);
            if more.gate == together.gate && more.bars == together.bars {
                continue;
            }
            self.walk(place + 1, &inside, &more);
        }
    }
}
