//! The chart: bars on a logarithmic scale as SVG, its words as text, readable on light and on dark pages.

use super::figures::time;
use crate::engines::Kind;
use crate::measure::Timing;
use std::fmt::Write;

/// Bars under one heading, fastest first.
#[derive(Debug, Clone)]
pub struct Panel {
    /// The heading.
    pub title: String,
    /// The bars.
    pub bars: Vec<Timing>,
}

/// The width of the picture.
const WIDTH: f64 = 760.0;
/// Where bars begin.
const LEFT: f64 = 270.0;
/// Room for the figure behind the longest bar.
const RIGHT: f64 = 90.0;
/// From one bar to the next.
const STEP: f64 = 24.0;
/// The height of a bar.
const BAR: f64 = 16.0;

const STYLE: &str = "\
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 15px; font-weight: 600; }
.quiet { font-size: 11px; fill: #59636e; }
.ours-name { font-weight: 600; }
line { stroke: #d1d9e0; }
.hand { fill: #8c959f; }
.ours { fill: #0b6e4f; }
.peer { fill: #5b7fb4; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .quiet { fill: #9198a1; }
  line { stroke: #3d444d; }
  .hand { fill: #7d8590; }
  .ours { fill: #3fb68b; }
  .peer { fill: #7ba2dd; }
}";

/// The chart of some panels. `about` says what it shows to people who cannot see it.
pub fn chart(title: &str, about: &str, panels: &[Panel]) -> String {
    let mut body = String::new();
    let mut top = 28.0;
    for panel in panels {
        top = draw(&mut body, panel, top);
    }
    let quiet = escaped(about);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {top}\" width=\"{WIDTH}\" height=\"{top}\" \
         role=\"img\" aria-labelledby=\"title about\">\n<title id=\"title\">{}</title>\n<desc id=\"about\">{quiet}</desc>\n\
         <style>\n{STYLE}\n</style>\n{body}</svg>\n",
        escaped(title)
    )
}

/// Draws a panel from `top` on, and says where the next one begins.
fn draw(body: &mut String, panel: &Panel, top: f64) -> f64 {
    let mut bars = panel.bars.clone();
    bars.sort_by(|a, b| a.nanos.total_cmp(&b.nanos));
    let least = bars.first().map_or(1.0, |bar| bar.nanos).log10().floor();
    let most = bars.last().map_or(10.0, |bar| bar.nanos).log10().ceil().max(least + 1.0);
    let place = |nanos: f64| LEFT + (nanos.log10() - least) / (most - least) * (WIDTH - LEFT - RIGHT);
    // Writing to a string does not fail.
    let _ = writeln!(body, "<text class=\"title\" x=\"0\" y=\"{top:.0}\">{}</text>", escaped(&panel.title));
    let (first, last) = (top + 30.0, top + 30.0 + STEP * bars.len() as f64);
    let mut power = least;
    while power <= most {
        let (x, nanos) = (place(10_f64.powf(power)), 10_f64.powf(power));
        let _ = writeln!(
            body,
            "<line x1=\"{x:.1}\" y1=\"{:.0}\" x2=\"{x:.1}\" y2=\"{last:.0}\"/>\
             <text class=\"quiet\" x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
            first - 6.0,
            first - 10.0,
            round(nanos)
        );
        power += 1.0;
    }
    for (number, bar) in bars.iter().enumerate() {
        let y = first + STEP * number as f64;
        let end = place(bar.nanos).max(LEFT + 2.0);
        let (class, name) = match bar.kind {
            Kind::Hand => ("hand", ""),
            Kind::Ours => ("ours", " class=\"ours-name\""),
            Kind::Peer => ("peer", ""),
        };
        let _ = writeln!(
            body,
            "<text{name} x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>\
             <rect class=\"{class}\" x=\"{LEFT}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"{BAR}\"/>\
             <text{name} x=\"{:.1}\" y=\"{:.0}\">{}</text>",
            LEFT - 8.0,
            y + 13.0,
            escaped(bar.name),
            end - LEFT,
            end + 6.0,
            y + 13.0,
            time(bar.nanos)
        );
    }
    last + 40.0
}

/// A power of ten with its unit.
fn round(nanos: f64) -> String {
    let (number, unit) = match nanos {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "µs"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    format!("{number:.0} {unit}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
