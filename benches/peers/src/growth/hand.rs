//! Written by hand: a dense table by role, device and channel, and a scan of all rules.

use super::{Ask, Grower, Grown, Rule, Sizes};
use crate::engines::Kind;
use std::fmt::Write;
use std::hint::black_box;

pub(super) const INDEX: Grower = Grower {
    key: "index",
    name: "hand-written dense index",
    kind: Kind::Hand,
    most: usize::MAX,
    text,
    load: |sizes, text| Ok(Box::new(Index::of(sizes, &read(text)?))),
};

pub(super) const SCAN: Grower = Grower {
    key: "scan",
    name: "hand-written scan of all rules",
    kind: Kind::Hand,
    most: usize::MAX,
    text,
    load: |_, text| {
        let (bars, permissions) = read(text)?.into_iter().partition(Rule::bars);
        Ok(Box::new(Scan { bars, permissions, asks: Vec::new() }))
    },
};

/// One rule a line: role, device, channel or `*`, the minutes.
fn text(_: Sizes, rules: &[Rule]) -> String {
    let mut text = String::new();
    for rule in rules {
        let channel = rule.channel.map_or_else(|| "*".to_owned(), |channel| channel.to_string());
        // Writing to a string does not fail.
        let _ = writeln!(text, "{} {} {channel} {} {}", rule.role, rule.device, rule.from, rule.until);
    }
    text
}

fn read(text: &str) -> Result<Vec<Rule>, String> {
    let rule = |line: &str| {
        let mut words = line.split(' ');
        let mut next = || words.next().ok_or("a word is missing");
        let number = |word: &str| word.parse::<u16>().map_err(|_| "no number");
        let (role, device, channel) = (number(next()?)?, number(next()?)?, next()?);
        let channel = if channel == "*" { None } else { Some(number(channel)?) };
        Ok(Rule { channel, role, device, from: number(next()?)?, until: number(next()?)? })
    };
    text.lines().map(rule).collect::<Result<_, &str>>().map_err(str::to_owned)
}

struct Index {
    sizes: Sizes,
    /// The window of each role, device and channel.
    windows: Vec<(u16, u16)>,
    /// The bars of each role and device: from where to where in `bars`.
    places: Vec<u32>,
    bars: Vec<(u16, u16)>,
    asks: Vec<Ask>,
}

impl Index {
    fn of(sizes: Sizes, rules: &[Rule]) -> Self {
        let (devices, channels) = (usize::from(sizes.devices), usize::from(sizes.channels));
        let pairs = usize::from(sizes.roles) * devices;
        let mut windows = vec![(0, 0); pairs * channels];
        let mut barred = vec![Vec::new(); pairs];
        for rule in rules {
            let pair = usize::from(rule.role) * devices + usize::from(rule.device);
            match rule.channel {
                Some(channel) => windows[pair * channels + usize::from(channel)] = (rule.from, rule.until),
                None => barred[pair].push((rule.from, rule.until)),
            }
        }
        let (mut places, mut bars) = (vec![0], Vec::new());
        for of in barred {
            bars.extend(of);
            places.push(bars.len() as u32);
        }
        Self { sizes, windows, places, bars, asks: Vec::new() }
    }

    #[inline(always)]
    fn permits(&self, ask: &Ask) -> bool {
        let pair = usize::from(ask.role) * usize::from(self.sizes.devices) + usize::from(ask.device);
        let (from, until) = self.windows[pair * usize::from(self.sizes.channels) + usize::from(ask.channel)];
        let within = |(from, until): (u16, u16)| ask.minute >= from && ask.minute < until;
        let bars = self.places[pair] as usize..self.places[pair + 1] as usize;
        within((from, until)) && !self.bars[bars].iter().any(|bar| within(*bar))
    }
}

impl Grown for Index {
    fn prepare(&mut self, asks: &[Ask]) {
        self.asks = asks.to_vec();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            *yes = self.permits(black_box(ask));
        }
    }
}

struct Scan {
    bars: Vec<Rule>,
    permissions: Vec<Rule>,
    asks: Vec<Ask>,
}

impl Grown for Scan {
    fn prepare(&mut self, asks: &[Ask]) {
        self.asks = asks.to_vec();
    }

    fn decide(&mut self, first: usize, answers: &mut [bool]) {
        for (yes, ask) in answers.iter_mut().zip(&self.asks[first..]) {
            let ask = black_box(ask);
            let meets = |rule: &Rule| rule.meets(ask);
            *yes = !self.bars.iter().any(meets) && self.permissions.iter().any(meets);
        }
    }
}
