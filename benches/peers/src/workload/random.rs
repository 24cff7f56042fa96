//! Requests drawn at random, the same on every machine.

use super::request::{Action, Channel, Device, Group, Location, Period, Request, Target};

/// A small generator of numbers that look random (SplitMix64).
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// The numbers that begin with this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number under `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// Days around the borders of the closure.
const DAYS: [u32; 10] = [
    20_200_322, 20_200_323, 20_200_324, 20_200_531, 20_200_801, 20_210_123, 20_210_630, 20_210_701,
    20_210_702, 20_220_101,
];

/// So many requests. Times, places and approvals are drawn so that every rule decides something.
pub fn requests(many: usize, seed: u64) -> Vec<Request> {
    let mut chance = Chance::new(seed);
    (0..many).map(|_| request(&mut chance)).collect()
}

fn request(chance: &mut Chance) -> Request {
    let places: &[Location] = if chance.percent(10) {
        &[Location::Toilet, Location::ChangingRoom]
    } else {
        &[Location::Classroom, Location::Corridor, Location::Playground, Location::Offsite]
    };
    let date = if chance.percent(50) {
        chance.pick(&DAYS)
    } else {
        let (year, month, day) = (chance.below(4), chance.below(12), chance.below(28));
        20_190_101 + (year * 10_000 + month * 100 + day) as u32
    };
    Request {
        date,
        minute: chance.below(1_440) as u16,
        age: 14 + chance.below(10) as u8,
        approvals: chance.below(64) as u8,
        group: if chance.percent(60) { Group::Staff } else { Group::Pupil },
        action: chance.pick(Action::ALL),
        device: chance.pick(Device::ALL),
        target: chance.pick(Target::ALL),
        channel: if chance.percent(60) { Channel::Call } else { chance.pick(Channel::ALL) },
        period: chance.pick(Period::ALL),
        location: chance.pick(places),
        selected: chance.percent(50),
        consent: chance.percent(60),
        unavoidable: chance.percent(70),
        number_withheld: chance.percent(70),
        equal_setting: chance.percent(60),
    }
}
