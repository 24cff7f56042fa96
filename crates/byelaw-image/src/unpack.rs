//! From the numbers of a program (`pack`) to its image, in memory that the caller has.
//!
//! Out: an image that answers as the one that was made from the program. It is larger, since its parts share no tables,
//! and so each can be made when somebody first asks about its act.
//! Never here: allocation, a panic or an endless loop whatever the numbers are, or a search. It is written to be small: a
//! place that is not there reads as zero, takes nothing, and is told once at the end.

use crate::build::{MAPPED_FROM, number};
use crate::decide::bit;
use crate::layout::{HEAD, KINDS, MAGIC, SETS, place};
use crate::pack::VALUES;
use byelaw_ir::{BoxKind, MAX_ATOMS, MAX_BOXES};
use core::cell::Cell;

/// Makes a whole image of the numbers that [`crate::pack`] gave. `words` is where the image goes; `scratch` is what it
/// takes meanwhile. The answer is how many words of each were used; `None` if they are too few, or the numbers are none
/// of a program. What is in `words` then is no image.
pub fn unpack(numbers: &[u64], words: &mut [u64], scratch: &mut [u64]) -> Option<(usize, usize)> {
    let mut image = Unpacking::begin(numbers, words, scratch)?;
    for act in 0..image.pool.counts.acts {
        image.part(act)?;
    }
    Some((image.out.used, image.scratch.most))
}

/// An image that is being made, a part at a time. In between, all there is to know lies in its memory.
pub struct Unpacking<'a> {
    pool: Pool<'a>,
    out: Room<'a>,
    scratch: Room<'a>,
}

/// What stands in the place of a part that was not made: it is nowhere, so that nothing is answered about its act.
const NOT_MADE: u64 = u64::MAX;

impl<'a> Unpacking<'a> {
    /// Begins an image, without a part; `words` and `scratch` as for [`unpack`]. `None` if they are too few, or the
    /// numbers are none of a program.
    pub fn begin(numbers: &'a [u64], words: &'a mut [u64], scratch: &'a mut [u64]) -> Option<Self> {
        let (mut out, mut scratch) = (Room::new(words), Room::new(scratch));
        let pool = Pool::read(numbers, &mut scratch)?;
        for word in [MAGIC, 0, number(pool.counts.acts), number(pool.widths.len())] {
            out.push(word);
        }
        let parts = out.room(pool.counts.acts);
        for act in 0..pool.counts.acts {
            out.put(parts.wrapping_add(act), NOT_MADE);
        }
        let mut image = Unpacking { pool, out, scratch };
        image.made().then_some(image)
    }

    /// Goes on with an image that was begun with the same numbers, and has the same memory.
    pub fn go_on(numbers: &'a [u64], words: &'a mut [u64], scratch: &'a mut [u64]) -> Option<Self> {
        let used = words.get(1).map_or(0, |used| place(*used));
        let out = Room { used, ..Room::new(words) };
        let used = scratch.get(KEPT_UNTIL).map_or(0, |used| place(*used));
        let scratch = Room { used, ..Room::new(scratch) };
        Some(Unpacking { pool: Pool::again(numbers, &scratch)?, out, scratch })
    }

    /// Makes the part of an act, if it is not there. `None` if there is no such act, or no room, or the numbers are
    /// none of a program; then the part is not there.
    pub fn part(&mut self, act: usize) -> Option<()> {
        if act >= self.pool.counts.acts {
            return None;
        }
        let entry = HEAD.wrapping_add(act);
        if self.out.word(entry) != NOT_MADE {
            return Some(());
        }
        let (before, kept) = (self.out.used, self.scratch.used);
        let at = Part::new(&self.pool, act, &mut self.scratch)
            .and_then(|part| part.write(&mut self.out, &mut self.scratch));
        self.scratch.used = kept;
        match at.filter(|_| self.made()) {
            // Last, so that there is no part until all of it is there.
            Some(at) => self.out.put(entry, number(at)),
            None => {
                self.out.used = before;
                return None;
            }
        }
        Some(())
    }

    /// Notes how many words are used. Whether all went well.
    fn made(&mut self) -> bool {
        let good = !self.out.short.get() && !self.scratch.short.get() && self.out.used < 1 << 31;
        if good {
            self.out.put(1, number(self.out.used));
        }
        good
    }
}

/// Memory that is taken from its beginning.
struct Room<'a> {
    words: &'a mut [u64],
    used: usize,
    /// The most that was used at once.
    most: usize,
    /// Whether something was looked for that is not there.
    short: Cell<bool>,
}

impl<'a> Room<'a> {
    fn new(words: &'a mut [u64]) -> Self {
        Room { words, used: 0, most: 0, short: Cell::new(false) }
    }

    #[inline(never)]
    fn word(&self, at: usize) -> u64 {
        match self.words.get(at).filter(|_| at < self.used) {
            Some(word) => *word,
            None => {
                self.short.set(true);
                0
            }
        }
    }

    fn get(&self, at: usize) -> usize {
        place(self.word(at))
    }

    #[inline(never)]
    fn put(&mut self, at: usize, word: u64) {
        match self.words.get_mut(at).filter(|_| at < self.used) {
            Some(to) => *to = word,
            None => self.short.set(true),
        }
    }

    #[inline(never)]
    fn push(&mut self, word: u64) {
        let at = self.room(1);
        self.put(at, word);
    }

    /// Where room for so many words begins. They are zero.
    #[inline(never)]
    fn room(&mut self, many: usize) -> usize {
        let from = self.used;
        let to = from.saturating_add(many);
        match self.words.get_mut(from..to) {
            Some(words) => {
                words.fill(0);
                self.used = to;
                self.most = self.most.max(to);
            }
            None => self.short.set(true),
        }
        from
    }

    /// Puts a box into the set that begins at a place.
    #[inline(never)]
    fn set(&mut self, set: usize, one: usize) {
        let at = set.wrapping_add(one / 64);
        self.put(at, self.word(at) | bit(one));
    }

    fn has(&self, set: usize, one: usize) -> bool {
        self.word(set.wrapping_add(one / 64)) & bit(one) != 0
    }
}

/// Numbers that are read one after the other.
struct Numbers<'a> {
    all: &'a [u64],
    at: usize,
    short: bool,
}

impl<'a> Numbers<'a> {
    #[inline(never)]
    fn next(&mut self) -> usize {
        self.take(1).first().map_or(0, |number| place(*number))
    }

    #[inline(never)]
    fn take(&mut self, many: usize) -> &'a [u64] {
        let (from, to) = (self.at, self.at.saturating_add(many));
        self.at = to;
        self.all.get(from..to).unwrap_or_else(|| {
            self.short = true;
            &[]
        })
    }

    /// How many numbers a list has, none of which can be missing.
    #[inline(never)]
    fn many(&mut self) -> usize {
        let many = self.next();
        if many > self.all.len() {
            self.short = true;
            return 0;
        }
        many
    }
}

// Where the scratch keeps where the kinds of boxes begin among the numbers, and where it ends between two parts.
const KINDS_FROM: usize = 0;
const KEPT_UNTIL: usize = 1;

/// The numbers by what they are about. What is a list for each has in the scratch where each list begins.
struct Pool<'a> {
    numbers: &'a [u64],
    counts: Counts,
    /// Of each fact its width, twice, and whether it is a reading.
    widths: &'a [u64],
    kinds: &'a [u64],
    box_prices: &'a [u64],
    // Where in the scratch the lists begin, one word each:
    /// of a set its fact,
    set_facts: usize,
    /// and its values among the numbers;
    set_values: usize,
    /// of an atom whether it is an approval and who would give it to themselves, among the numbers;
    atom_lists: usize,
    /// of a price its packages, among the numbers;
    prices: usize,
    /// of a box the sets of its guard, in the scratch, with the end of the last one behind;
    guards: usize,
    /// the acts it is about, among the numbers;
    about: usize,
    /// and what it beats, among the numbers.
    beaten: usize,
}

/// What the numbers begin with.
struct Counts {
    facts: usize,
    acts: usize,
    atoms: usize,
    sets: usize,
    prices: usize,
    boxes: usize,
    act: usize,
}

impl Counts {
    fn read(numbers: &mut Numbers<'_>) -> Counts {
        Counts {
            facts: numbers.many(),
            acts: numbers.next(),
            atoms: numbers.many(),
            sets: numbers.many(),
            prices: numbers.many(),
            boxes: numbers.many(),
            act: numbers.next(),
        }
    }
}

impl<'a> Pool<'a> {
    /// Reads all numbers, and notes in the scratch where each list begins.
    fn read(all: &'a [u64], scratch: &mut Room<'_>) -> Option<Pool<'a>> {
        let mut numbers = Numbers { all, at: 0, short: false };
        let (mut pool, words) = Pool::laid_out(&mut numbers);
        scratch.room(words);
        let mut fact = 0_usize;
        for set in 0..pool.counts.sets {
            fact = fact.wrapping_add(numbers.next());
            scratch.put(pool.set_facts.wrapping_add(set), number(fact));
        }
        for set in 0..pool.counts.sets {
            scratch.put(pool.set_values.wrapping_add(set), number(numbers.at));
            let width = pool.widths.get(pool.fact(set, scratch))? / 2;
            numbers.take(place(width).div_ceil(VALUES));
        }
        for atom in 0..pool.counts.atoms {
            scratch.put(pool.atom_lists.wrapping_add(atom), number(numbers.at));
            let many = numbers.next() / 2;
            numbers.take(many);
        }
        for price in 0..pool.counts.prices {
            scratch.put(pool.prices.wrapping_add(price), number(numbers.at));
            for _ in 0..numbers.many() {
                let many = numbers.next();
                numbers.take(many);
            }
        }
        scratch.put(KINDS_FROM, number(numbers.at));
        pool.boxes(&mut numbers);
        pool.read_guards(&mut numbers, scratch);
        for one in 0..pool.counts.boxes {
            scratch.put(pool.beaten.wrapping_add(one), number(numbers.at));
            let many = numbers.next();
            numbers.take(many);
        }
        scratch.put(KEPT_UNTIL, number(scratch.used));
        (!numbers.short && !scratch.short.get() && numbers.at == all.len()).then_some(pool)
    }

    /// The same once more, from a scratch that [`Pool::read`] has filled.
    fn again(all: &'a [u64], scratch: &Room<'_>) -> Option<Pool<'a>> {
        let mut numbers = Numbers { all, at: 0, short: false };
        let (mut pool, _) = Pool::laid_out(&mut numbers);
        numbers.at = scratch.get(KINDS_FROM);
        pool.boxes(&mut numbers);
        (!numbers.short && !scratch.short.get()).then_some(pool)
    }

    /// From the first numbers, which say how many there are of everything: where everything is in the scratch, how many words
    /// of it that is, and the widths.
    fn laid_out(numbers: &mut Numbers<'a>) -> (Pool<'a>, usize) {
        let counts = Counts::read(numbers);
        let mut end = KEPT_UNTIL.wrapping_add(1);
        let mut room = |many: usize| {
            let from = end;
            end = from.saturating_add(many);
            from
        };
        let pool = Pool {
            numbers: numbers.all,
            widths: numbers.take(counts.facts),
            kinds: &[],
            box_prices: &[],
            set_facts: room(counts.sets),
            set_values: room(counts.sets),
            atom_lists: room(counts.atoms),
            prices: room(counts.prices),
            guards: room(counts.boxes.saturating_add(1)),
            about: room(counts.boxes),
            beaten: room(counts.boxes),
            counts,
        };
        (pool, end)
    }

    fn boxes(&mut self, numbers: &mut Numbers<'a>) {
        self.kinds = numbers.take(self.counts.boxes);
        self.box_prices = numbers.take(self.counts.boxes);
    }

    /// Each guard from the one before it: sets that only one of them has are told, ascending.
    fn read_guards(&mut self, numbers: &mut Numbers<'_>, scratch: &mut Room<'_>) {
        let (mut before, mut end) = (scratch.used, scratch.used);
        for one in 0..self.kinds.len() {
            let from = scratch.used;
            scratch.put(self.guards.wrapping_add(one), number(from));
            let mut left = numbers.many();
            let mut set = numbers_or(left, numbers, 0);
            while left > 0 || before < end {
                let other = if before < end { scratch.get(before) } else { usize::MAX };
                let told = left > 0 && set <= other;
                if !told || set != other {
                    let member = if told { set } else { other };
                    scratch.push(number(member));
                    if self.fact(member, scratch) == self.counts.act {
                        let acts = scratch.word(self.set_values.wrapping_add(member));
                        scratch.put(self.about.wrapping_add(one), acts);
                    }
                }
                if !told || set == other {
                    before = before.wrapping_add(1);
                }
                if told {
                    left = left.wrapping_sub(1);
                    set = numbers_or(left, numbers, set);
                }
            }
            (before, end) = (from, scratch.used);
        }
        scratch.put(self.guards.wrapping_add(self.kinds.len()), number(end));
    }

    fn width(&self, fact: usize) -> usize {
        self.widths.get(fact).map_or(0, |width| place(width / 2))
    }

    fn fact(&self, set: usize, scratch: &Room<'_>) -> usize {
        scratch.get(self.set_facts.wrapping_add(set))
    }

    /// The values in a set, [`VALUES`] in a number.
    fn values(&self, set: usize, width: usize, scratch: &Room<'_>) -> &'a [u64] {
        self.from(scratch.get(self.set_values.wrapping_add(set))).take(width.div_ceil(VALUES))
    }

    /// What is said of an atom.
    fn atom(&self, atom: usize, scratch: &Room<'_>) -> Numbers<'a> {
        self.from(scratch.get(self.atom_lists.wrapping_add(atom)))
    }

    /// The price of a box.
    fn price(&self, one: usize, scratch: &Room<'_>) -> Numbers<'a> {
        let price = self.box_prices.get(one).map_or(0, |price| place(*price));
        self.from(scratch.get(self.prices.wrapping_add(price)))
    }

    /// The numbers from a place among them on.
    fn from(&self, at: usize) -> Numbers<'a> {
        Numbers { all: self.numbers, at, short: false }
    }
}

/// The next step from a number on, if one is left.
fn numbers_or(left: usize, numbers: &mut Numbers<'_>, before: usize) -> usize {
    if left > 0 { before.wrapping_add(numbers.next()) } else { before }
}

/// A part that is being made.
struct Part<'a, 'n> {
    pool: &'a Pool<'n>,
    /// How many boxes it has.
    boxes: usize,
    /// Words of a set of boxes.
    words: usize,
    // Where in the scratch begin:
    /// its boxes, by their places in the pool;
    chosen: usize,
    /// of each box of the pool, its place in this part and one more; 0 if it is none of this part;
    places: usize,
    /// of each fact where its rows begin in the image; 0 if no guard names it;
    rows: usize,
    /// how many rows it has;
    many: usize,
    /// where its map begins; 0 if it has none;
    maps: usize,
    /// of each atom its place in this part and one more; 0 if no price names it.
    atoms: usize,
}

impl<'a, 'n> Part<'a, 'n> {
    /// Chooses the boxes of an act.
    fn new(pool: &'a Pool<'n>, act: usize, scratch: &mut Room<'_>) -> Option<Self> {
        let facts = pool.widths.len();
        let places = scratch.room(pool.kinds.len());
        let (rows, many, maps) = (scratch.room(facts), scratch.room(facts), scratch.room(facts));
        let atoms = scratch.room(pool.counts.atoms);
        let chosen = scratch.used;
        for one in 0..pool.kinds.len() {
            let acts = scratch.get(pool.about.wrapping_add(one)).wrapping_add(act / VALUES);
            if pool.numbers.get(acts).is_some_and(|acts| acts & bit(act % VALUES) != 0) {
                scratch.push(number(one));
                scratch.put(places.wrapping_add(one), number(scratch.used.wrapping_sub(chosen)));
            }
        }
        let boxes = scratch.used.wrapping_sub(chosen);
        let part = Part { pool, boxes, words: boxes.div_ceil(64), chosen, places, rows, many, maps, atoms };
        (boxes <= MAX_BOXES && !scratch.short.get()).then_some(part)
    }

    /// The place in the pool of a box of this part.
    fn chosen(&self, place: usize, scratch: &Room<'_>) -> usize {
        scratch.get(self.chosen.wrapping_add(place))
    }

    /// Writes the tables of the part, then the part. The answer is where it begins.
    fn write(&self, out: &mut Room<'_>, scratch: &mut Room<'_>) -> Option<usize> {
        let words = self.words;
        let mapped = self.rows(out, scratch);
        let (atoms, approvals) = self.atoms(scratch)?;
        let own = self.own(out, scratch);
        let packages = out.used;
        self.packages(out, scratch);
        let beats = out.used;
        let strong = scratch.room(words);
        self.beats(out, scratch, strong);

        let at = out.used;
        out.push(0);
        for word in [approvals, number(own), number(packages), number(beats)] {
            out.push(word);
        }
        let sets = out.room(words.wrapping_mul(SETS));
        let facts = out.used;
        for maps in [false, true] {
            for fact in 0..self.pool.widths.len() {
                let (rows, map) =
                    (scratch.word(self.rows.wrapping_add(fact)), scratch.word(self.maps.wrapping_add(fact)));
                if rows == 0 || (map != 0) != maps {
                    continue;
                }
                let width = self.pool.widths.get(fact).copied().unwrap_or(0);
                out.push(number(fact) | (width / 2) << 16 | rows << 32 | (width & 1) << 63);
                if maps {
                    out.push(map | scratch.word(self.many.wrapping_add(fact)) << 32);
                }
            }
        }
        let direct = out.used.wrapping_sub(facts).wrapping_sub(mapped.wrapping_mul(2));
        let counts = number(words) | number(self.boxes) << 8 | number(direct) << 24 | number(mapped) << 40;
        out.put(at, counts | number(atoms) << 56);
        let mut first = 0_usize;
        for place in 0..self.boxes {
            let one = self.chosen(place, scratch);
            let does = *self.pool.kinds.get(one)?;
            let kind = *KINDS.get(usize::try_from(does).ok()?)?;
            let mut price = self.pool.price(one, scratch);
            let many = price.next();
            let mut free = false;
            for _ in 0..many {
                let package = price.next();
                free |= package == 0;
                price.take(package);
            }
            let bar = matches!(kind, BoxKind::MustNot | BoxKind::Only);
            // In the order of `Sets`; which are strong is known already.
            let member = [
                true,
                scratch.has(strong, place),
                kind == BoxKind::Impossible,
                matches!(kind, BoxKind::May | BoxKind::MayInGeneral),
                bar,
                kind == BoxKind::Only,
                kind == BoxKind::Duty,
                free,
                bar && many == 0,
            ];
            for (set, member) in member.into_iter().enumerate() {
                if member {
                    out.set(sets.wrapping_add(set.wrapping_mul(words)), place);
                }
            }
            out.push(does << 32 | number(many) << 36 | number(first) << 43);
            first = first.wrapping_add(many);
        }
        for atom in 0..self.pool.counts.atoms {
            if scratch.get(self.atoms.wrapping_add(atom)) != 0 {
                out.push(number(atom));
            }
        }
        Some(at)
    }

    /// The rows of all facts that a guard names; how many of these have a map.
    fn rows(&self, out: &mut Room<'_>, scratch: &mut Room<'_>) -> usize {
        let pool = self.pool;
        for place in 0..self.boxes {
            let guard = pool.guards.wrapping_add(self.chosen(place, scratch));
            for at in scratch.get(guard)..scratch.get(guard.wrapping_add(1)) {
                let set = scratch.get(at);
                let fact = pool.fact(set, scratch);
                if fact == pool.counts.act {
                    continue;
                }
                let (width, entry) = (pool.width(fact), self.rows.wrapping_add(fact));
                if scratch.get(entry) == 0 {
                    let rows = out.room(width.saturating_add(2).saturating_mul(self.words));
                    scratch.put(entry, number(rows));
                }
                // At first a row has those boxes alone that name the fact, and the row behind them says which these are.
                let rows = scratch.get(entry);
                out.set(rows.wrapping_add(width.wrapping_mul(self.words)), place);
                for (part, values) in pool.values(set, width, scratch).iter().enumerate() {
                    let mut left = *values;
                    while left != 0 {
                        let low = usize::try_from(left.trailing_zeros()).unwrap_or(0);
                        left &= left.wrapping_sub(1);
                        let value = part.wrapping_mul(VALUES).wrapping_add(low);
                        if value < width {
                            out.set(rows.wrapping_add(value.wrapping_mul(self.words)), place);
                        }
                    }
                }
            }
        }
        let mut mapped = 0_usize;
        for fact in 0..pool.widths.len() {
            let rows = scratch.get(self.rows.wrapping_add(fact));
            if rows != 0 && self.finish(fact, rows, out, scratch) {
                mapped = mapped.wrapping_add(1);
            }
        }
        mapped
    }

    /// Adds to rows the boxes that do not name the fact, and what is unknown. Whether they have got a map.
    fn finish(&self, fact: usize, rows: usize, out: &mut Room<'_>, scratch: &mut Room<'_>) -> bool {
        let (words, width) = (self.words, self.pool.width(fact));
        let row = |place: usize| rows.wrapping_add(place.wrapping_mul(words));
        // Which of the rows that differ each one is.
        let before = scratch.used;
        let kinds = scratch.room(width.saturating_add(1));
        let mut different = 0_usize;
        let looked_at = if width >= MAPPED_FROM { width } else { 0 };
        for value in 0..looked_at {
            let alike = |other: &usize| {
                (0..words)
                    .all(|w| out.word(row(value).wrapping_add(w)) == out.word(row(*other).wrapping_add(w)))
            };
            let kind = match (0..value).find(alike) {
                Some(other) => scratch.get(kinds.wrapping_add(other)),
                None => different,
            };
            different = different.max(kind.wrapping_add(1));
            scratch.put(kinds.wrapping_add(value), number(kind));
        }
        let mapped = looked_at != 0 && different.wrapping_mul(2) <= width;
        let many = if mapped { different } else { width };
        for word in 0..words {
            let left = self.boxes.wrapping_sub(word.wrapping_mul(64));
            let full = if left < 64 { bit(left).wrapping_sub(1) } else { u64::MAX };
            let others = full & !out.word(row(width).wrapping_add(word));
            let (mut any, mut all) = (0, full);
            for value in 0..width {
                let allowed = others | out.word(row(value).wrapping_add(word));
                any |= allowed;
                all &= allowed;
                // A row never goes behind where it was.
                let to = if mapped { scratch.get(kinds.wrapping_add(value)) } else { value };
                out.put(row(to).wrapping_add(word), allowed);
            }
            out.put(row(many).wrapping_add(word), any);
            out.put(row(many.wrapping_add(1)).wrapping_add(word), all);
        }
        scratch.put(self.many.wrapping_add(fact), number(many));
        if mapped {
            // The rows behind those that differ lie idle.
            let map = out.room((width / 4).wrapping_add(1));
            scratch.put(self.maps.wrapping_add(fact), number(map));
            scratch.put(kinds.wrapping_add(width), number(many));
            for value in 0..=width {
                let kind = scratch.word(kinds.wrapping_add(value));
                let shift = u32::try_from(value % 4).unwrap_or(0).wrapping_mul(16);
                let at = map.wrapping_add(value / 4);
                out.put(at, out.word(at) | kind.wrapping_shl(shift));
            }
        }
        scratch.used = before;
        mapped
    }

    /// Numbers the atoms that prices name, ascending: how many there are, and which of them are approvals.
    fn atoms(&self, scratch: &mut Room<'_>) -> Option<(usize, u64)> {
        for place in 0..self.boxes {
            let mut price = self.pool.price(self.chosen(place, scratch), scratch);
            for _ in 0..price.next() {
                for _ in 0..price.next() {
                    let atom = price.next();
                    if atom >= self.pool.counts.atoms {
                        return None;
                    }
                    scratch.put(self.atoms.wrapping_add(atom), 1);
                }
            }
        }
        let (mut many, mut approvals) = (0_usize, 0);
        for atom in 0..self.pool.counts.atoms {
            let place = self.atoms.wrapping_add(atom);
            if scratch.get(place) != 0 {
                if self.pool.atom(atom, scratch).next() & 1 == 1 {
                    approvals |= bit(many);
                }
                many = many.wrapping_add(1);
                scratch.put(place, number(many));
            }
        }
        (many <= MAX_ATOMS).then_some((many, approvals))
    }

    /// The packages of all boxes, one after the other.
    fn packages(&self, out: &mut Room<'_>, scratch: &Room<'_>) {
        for place in 0..self.boxes {
            let mut price = self.pool.price(self.chosen(place, scratch), scratch);
            for _ in 0..price.next() {
                let mut package = 0;
                for _ in 0..price.next() {
                    package |= bit(scratch.get(self.atoms.wrapping_add(price.next())).wrapping_sub(1));
                }
                out.push(package);
            }
        }
    }

    /// The approvals that askers would give themselves, as `build` writes them; 0 if there are none.
    fn own(&self, out: &mut Room<'_>, scratch: &mut Room<'_>) -> usize {
        let entries = scratch.used;
        let gives = |atom: usize| {
            scratch.get(self.atoms.wrapping_add(atom)) != 0 && self.pool.atom(atom, scratch).next() > 1
        };
        if !(0..self.pool.counts.atoms).any(gives) {
            return 0;
        }
        for fact in 0..self.pool.widths.len() {
            if scratch.get(self.rows.wrapping_add(fact)) == 0 {
                continue;
            }
            let width = self.pool.width(fact);
            let mut sets = 0;
            for atom in 0..self.pool.counts.atoms {
                let Some(place) = scratch.get(self.atoms.wrapping_add(atom)).checked_sub(1) else { continue };
                let mut own = self.pool.atom(atom, scratch);
                for _ in 0..own.next() / 2 {
                    let set = own.next();
                    if self.pool.fact(set, scratch) != fact {
                        continue;
                    }
                    if sets == 0 {
                        sets = out.room(width);
                    }
                    let values = self.pool.values(set, width, scratch);
                    for value in 0..width {
                        if has(values, value) {
                            out.set(sets.wrapping_add(value), place);
                        }
                    }
                }
            }
            if sets != 0 {
                scratch.push(number(fact) | number(width) << 16 | number(sets) << 32);
            }
        }
        let many = scratch.used.wrapping_sub(entries);
        if many == 0 {
            return 0;
        }
        let at = out.used;
        out.push(number(many));
        for entry in entries..scratch.used {
            out.push(scratch.word(entry));
        }
        at
    }

    /// The sets of what boxes beat, for those that beat any, which are noted.
    fn beats(&self, out: &mut Room<'_>, scratch: &mut Room<'_>, strong: usize) {
        for stronger in 0..self.boxes {
            let one = self.chosen(stronger, scratch);
            let mut numbers = self.pool.from(scratch.get(self.pool.beaten.wrapping_add(one)));
            let mut beaten = one;
            let mut set = 0;
            for _ in 0..numbers.next() {
                beaten = beaten.wrapping_add(numbers.next());
                let Some(weaker) = scratch.get(self.places.wrapping_add(beaten)).checked_sub(1) else {
                    continue;
                };
                if set == 0 {
                    set = out.room(self.words);
                    scratch.set(strong, stronger);
                }
                out.set(set, weaker);
            }
        }
    }
}

/// Whether a value is in a set.
fn has(values: &[u64], value: usize) -> bool {
    values.get(value / VALUES).is_some_and(|number| number & bit(value % VALUES) != 0)
}
