//! A list of names that is looked up by bytes.

/// Names with a number each.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// A power of two places, a good part of them empty.
    table: Vec<Option<(Box<[u8]>, u16)>>,
}

impl Names {
    pub fn of<'a>(names: impl Iterator<Item = (&'a str, u16)>) -> Names {
        let mut names: Vec<(&str, u16)> = names.collect();
        // In one order on every host.
        names.sort_unstable();
        let many = names.len().saturating_mul(4).next_power_of_two();
        let mut table: Vec<Option<(Box<[u8]>, u16)>> = vec![None; many];
        for (name, number) in names {
            let mut place = hash(name.as_bytes());
            while let Some(slot) = table.get_mut(place & many.wrapping_sub(1)) {
                if slot.is_none() {
                    *slot = Some((name.as_bytes().into(), number));
                    break;
                }
                place = place.wrapping_add(1);
            }
        }
        Names { table }
    }

    /// The number of a name.
    #[inline]
    pub fn get(&self, name: &[u8]) -> Option<u16> {
        let mut place = hash(name);
        loop {
            let (known, number) = self.table.get(place & self.table.len().wrapping_sub(1))?.as_ref()?;
            if **known == *name {
                return Some(*number);
            }
            place = place.wrapping_add(1);
        }
    }

    /// The names, sorted.
    pub fn all(&self) -> Vec<&str> {
        let names = self.table.iter().flatten().filter_map(|(name, _)| std::str::from_utf8(name).ok());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names
    }
}

/// Mixes the length and the first and last eight bytes: names of a vocabulary differ there, and where they do not, the
/// bytes are compared all the same.
#[inline]
fn hash(name: &[u8]) -> usize {
    let eight = |bytes: &[u8]| bytes.iter().take(8).fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
    let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (eight(name), 0),
    };
    let mixed = (first ^ last.rotate_left(23) ^ u64::try_from(name.len()).unwrap_or(0))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 32).unwrap_or(0)
}
