//! Made policies of 100 to 100,000 rules: who, by which channel, with which device, in which minutes of the day.
//!
//! Nine rules in ten permit one role one channel with one device in a window of time; the tenth bars a role from a device,
//! whatever the channel, in a window of a few minutes. A bar prevails. Each engine says the same rules in its own language:
//! `text` writes them, `load` reads that text. Never here: a clock.

pub mod byelaw;
pub mod casbin;
pub mod cedar;
pub mod cel;
pub mod hand;
pub mod rego;
pub mod zen;

use crate::workload::random::Chance;

/// How many roles, devices and channels there are.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Roles, named `r0` and so on.
    pub roles: u16,
    /// Devices, named `d0` and so on.
    pub devices: u16,
    /// Channels, named `c0` and so on.
    pub channels: u16,
}

impl Sizes {
    /// Enough for so many rules, with one permission in each cell at most.
    fn of(rules: usize) -> Self {
        let (roles, devices, channels) = match rules {
            0..=100 => (5, 4, 5),
            101..=1_000 => (10, 10, 10),
            1_001..=10_000 => (20, 25, 20),
            // Byelaw takes 1,024 cases of one act at most, and the device is its act: hence many devices.
            _ => (50, 125, 16),
        };
        Self { roles, devices, channels }
    }
}

/// A rule: it speaks of minutes from `from` on and before `until`.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The channel of a permission; a bar has none and holds for all.
    pub channel: Option<u16>,
    /// Whom it is about.
    pub role: u16,
    /// What it is done with.
    pub device: u16,
    /// The first minute.
    pub from: u16,
    /// The first minute after it.
    pub until: u16,
}

impl Rule {
    /// Whether it bars.
    pub fn bars(&self) -> bool {
        self.channel.is_none()
    }

    /// Whether it speaks of this.
    pub fn meets(&self, ask: &Ask) -> bool {
        self.role == ask.role
            && self.device == ask.device
            && self.channel.is_none_or(|channel| channel == ask.channel)
            && (self.from..self.until).contains(&ask.minute)
    }
}

/// A request to such a policy.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// Who asks.
    pub role: u16,
    /// What it is done with.
    pub device: u16,
    /// Which way it goes.
    pub channel: u16,
    /// The minute of the day.
    pub minute: u16,
}

/// A policy of so many rules, the same on every machine.
pub fn rules(many: usize) -> (Sizes, Vec<Rule>) {
    let sizes = Sizes::of(many);
    let (devices, channels) = (usize::from(sizes.devices), usize::from(sizes.channels));
    let cells = usize::from(sizes.roles) * devices * channels;
    let mut chance = Chance::new(7);
    let mut order: Vec<usize> = (0..cells).collect();
    for last in (1..cells).rev() {
        order.swap(last, chance.below(last as u64 + 1) as usize);
    }
    let rule = |place: usize| {
        let from = 480 + chance.below(300) as u16;
        if place % 10 == 9 {
            Rule {
                channel: None,
                role: chance.below(u64::from(sizes.roles)) as u16,
                device: chance.below(u64::from(sizes.devices)) as u16,
                from,
                until: from + 1 + chance.below(3) as u16,
            }
        } else {
            let cell = order[place - place / 10];
            Rule {
                channel: Some((cell % channels) as u16),
                role: (cell / (devices * channels)) as u16,
                device: (cell / channels % devices) as u16,
                from,
                until: from + 120 + chance.below(200) as u16,
            }
        }
    };
    (sizes, (0..many).map(rule).collect())
}

/// So many requests to it.
pub fn asks(sizes: Sizes, many: usize) -> Vec<Ask> {
    let mut chance = Chance::new(99);
    let mut ask = || Ask {
        role: chance.below(u64::from(sizes.roles)) as u16,
        device: chance.below(u64::from(sizes.devices)) as u16,
        channel: chance.below(u64::from(sizes.channels)) as u16,
        minute: 480 + chance.below(520) as u16,
    };
    (0..many).map(|_| ask()).collect()
}

/// Whether the rules permit it: what everybody has to agree with.
pub fn permits(rules: &[Rule], ask: &Ask) -> bool {
    let (mut permitted, mut barred) = (false, false);
    for rule in rules.iter().filter(|rule| rule.meets(ask)) {
        permitted |= !rule.bars();
        barred |= rule.bars();
    }
    permitted && !barred
}

/// An engine with such a policy.
pub trait Grown {
    /// Makes the engine's own requests; not timed.
    fn prepare(&mut self, asks: &[Ask]);

    /// Answers the prepared requests from `first` on, one for each place of `answers`; timed.
    fn decide(&mut self, first: usize, answers: &mut [bool]);
}

/// An engine with a made policy, or why it has none.
pub type Loaded = Result<Box<dyn Grown>, String>;

/// How one engine comes by such a policy.
#[derive(Clone, Copy)]
pub struct Grower {
    /// Its name on the command line.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it is, as in [`crate::engines::Kind`].
    pub kind: crate::engines::Kind,
    /// The most rules that it is asked to take; more would take hours or all memory.
    pub most: usize,
    /// The rules in its language.
    pub text: fn(Sizes, &[Rule]) -> String,
    /// From that text to an engine that answers; timed.
    pub load: fn(Sizes, &str) -> Loaded,
}

/// All engines, the yardstick first.
pub fn growers() -> Vec<Grower> {
    let mut all = vec![hand::INDEX, hand::SCAN];
    all.extend(byelaw::GROWERS);
    all.extend([cedar::GROWER, rego::INTERPRETER, rego::BYTECODE, rego::DATA]);
    all.extend([casbin::GROWER, zen::GROWER, cel::GROWER]);
    all
}
