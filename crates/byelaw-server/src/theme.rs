//! Whose page it is: a name, colours and whom to ask, from a small file in JSON.
//!
//! In: the text of the file. Out: the files of the page, with these put in; or what is wrong with the text. Colours that
//! some people could not read are refused.
//! Never here: markup or style from the file. What it says goes into the page as text, and colours are numbers.

mod colour;

use crate::page::{ASSETS, Asset};
use crate::plain::escaped;
use colour::{Colour, Pair};
use serde::Deserialize;
use std::fmt;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;
/// The longest text or link of a contact, in characters.
const LONGEST_CONTACT: usize = 200;
/// What a link of a contact may begin with.
const LINKS: [&str; 3] = ["https://", "mailto:", "tel:"];

/// A theme that was read and checked.
#[derive(Debug)]
pub struct Theme {
    name: String,
    contact: Option<Contact>,
    light: Palette,
    dark: Palette,
}

/// Whom to ask where the policy does not say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    text: String,
    link: Option<String>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    contact: Option<Contact>,
    #[serde(default)]
    colours: WrittenPalette,
    #[serde(default)]
    dark_colours: WrittenPalette,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenPalette {
    banner: Option<String>,
    banner_text: Option<String>,
    link: Option<String>,
    button: Option<String>,
}

/// The colours that a theme sets; the others are those of the page.
#[derive(Debug, Default, Clone, Copy)]
struct Palette {
    /// The banner, and the text on it.
    banner: Option<(Colour, Colour)>,
    link: Option<Colour>,
    button: Option<Colour>,
}

/// What is wrong with a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeError {
    /// It is no JSON of this shape.
    Shape(String),
    /// A text is empty, too long, or has characters that cannot be seen.
    Text {
        /// Where it stands.
        at: &'static str,
        /// How many characters it may have.
        most: usize,
    },
    /// A link begins with something else than those that are taken.
    Link(String),
    /// A colour is not written as `#` and six digits.
    Colour {
        /// Where it stands.
        at: String,
        /// What stands there.
        written: String,
    },
    /// Two colours are too much alike to be read.
    Contrast {
        /// Where the first one stands.
        at: String,
        /// What it stands on, or what stands on it.
        against: String,
        /// Their contrast, in hundredths.
        hundredths: u32,
    },
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(why) => write!(
                f,
                "it is not written as a theme: {why}; it needs a `name`, and may have a `contact` (`text`, `link`), \
                 `colours` and `dark-colours` (`banner`, `banner-text`, `link`, `button`)"
            ),
            Self::Text { at, most } => write!(
                f,
                "`{at}` must be one line of 1 to {most} characters, without characters that cannot be seen"
            ),
            Self::Link(link) => {
                write!(f, "`contact.link` is `{link}`; it must begin with `{}`", LINKS.join("`, `"))
            }
            Self::Colour { at, written } => {
                write!(f, "`{at}` is `{written}`; a colour is written as # and six digits, such as #123c46")
            }
            Self::Contrast { at, against, hundredths } => write!(
                f,
                "`{at}` and {against} have a contrast of {}.{:02}; text needs {}.{:02} or more (WCAG 2.2, 1.4.3), \
                 or some people cannot read it; make one of them darker or lighter",
                hundredths / 100,
                hundredths % 100,
                colour::ENOUGH / 100,
                colour::ENOUGH % 100
            ),
        }
    }
}

impl std::error::Error for ThemeError {}

impl Theme {
    /// Reads a theme.
    ///
    /// # Errors
    /// See [`ThemeError`].
    pub fn read(text: &str) -> Result<Theme, ThemeError> {
        let written: Written =
            serde_json::from_str(text).map_err(|why| ThemeError::Shape(why.to_string()))?;
        one_line("name", &written.name, LONGEST_NAME)?;
        if let Some(contact) = &written.contact {
            one_line("contact.text", &contact.text, LONGEST_CONTACT)?;
            if let Some(link) = &contact.link {
                one_line("contact.link", link, LONGEST_CONTACT)?;
                if !LINKS.iter().any(|known| link.starts_with(known)) {
                    return Err(ThemeError::Link(link.clone()));
                }
            }
        }
        let light = palette("colours", &written.colours, Page::of(0))?;
        let mut dark = palette("dark-colours", &written.dark_colours, Page::of(1))?;
        // A banner stands by itself: the one for the light is good in the dark as well.
        dark.banner = dark.banner.or(light.banner);
        Ok(Theme { name: written.name, contact: written.contact, light, dark })
    }

    /// The file of the page with the theme in it; `None` if it is the same without.
    fn on(&self, asset: &Asset) -> Option<Vec<u8>> {
        let text = std::str::from_utf8(asset.bytes).ok()?;
        let banner = self.light.banner.map(|(banner, _)| banner.to_string());
        let coloured = |text: &str| match &banner {
            Some(banner) => text.replace(&page_colour("brand", 0).to_string(), banner),
            None => text.to_owned(),
        };
        let themed = match asset.path {
            "/style.css" => format!("{text}\n{}", self.style()),
            "/manifest.webmanifest" => {
                let mut manifest: serde_json::Value = serde_json::from_str(&coloured(text)).ok()?;
                let name = format!("{} – {}", manifest["name"].as_str().unwrap_or(""), self.name);
                manifest["name"] = name.into();
                manifest.to_string()
            }
            path if path.ends_with(".html") => {
                let contact = self.contact.as_ref().map(Contact::html).unwrap_or_default();
                coloured(text).replace(NAME, &escaped(&self.name)).replace(CONTACT, &contact)
            }
            _ => return None,
        };
        Some(themed.into_bytes())
    }

    /// The style sheet that sets its colours.
    fn style(&self) -> String {
        let all = |palette: &Palette, page: Page| -> String {
            let banner = palette.banner.map(|(banner, text)| {
                let edge = banner.towards(text, 40);
                format!("--brand: {banner}; --brand-ink: {text}; --brand-edge: {edge}; ")
            });
            let link = palette
                .link
                .map(|link| format!("--link: {link}; --link-strong: {}; ", link.towards(page.ink, 40)));
            let button = palette.button.map(|button| {
                let (hover, edge) = (button.towards(Colour::BLACK, 25), button.towards(Colour::BLACK, 50));
                format!("--button: {button}; --button-hover: {hover}; --button-edge: {edge}; ")
            });
            [banner, link, button].into_iter().flatten().collect()
        };
        format!(
            ":root {{ {}}}\n@media (prefers-color-scheme: dark) {{ :root {{ {}}} }}\n",
            all(&self.light, Page::of(0)),
            all(&self.dark, Page::of(1))
        )
    }
}

/// Where the name stands in a page.
const NAME: &str = "__OWN_NAME__";
/// Where the contact stands in a page.
const CONTACT: &str = "__OWN_CONTACT__";

/// The files of the page that are others than in the binary: with a theme in them, or without what is there for one.
pub(crate) fn themed(theme: Option<&Theme>) -> Vec<(&'static str, Vec<u8>)> {
    let plain = |asset: &Asset| {
        let text = std::str::from_utf8(asset.bytes).ok().filter(|_| asset.path.ends_with(".html"))?;
        Some(text.replace(NAME, "").replace(CONTACT, "").into_bytes())
    };
    let one = |asset: &'static Asset| {
        let bytes = theme.map_or_else(|| plain(asset), |theme| theme.on(asset))?;
        Some((asset.path, bytes))
    };
    ASSETS.iter().filter_map(one).collect()
}

impl Contact {
    fn html(&self) -> String {
        let text = escaped(&self.text);
        match &self.link {
            Some(link) => format!("<a href=\"{}\">{text}</a>", escaped(link)),
            None => text,
        }
    }
}

/// What the page itself looks like: what is behind its text, what is behind shaded parts, and the text.
#[derive(Clone, Copy)]
struct Page {
    paper: Colour,
    shade: Colour,
    ink: Colour,
}

impl Page {
    /// 0 in the light, 1 in the dark.
    fn of(dark: usize) -> Page {
        Page {
            paper: page_colour("paper", dark),
            shade: page_colour("shade", dark),
            ink: page_colour("ink", dark),
        }
    }
}

/// A colour that the page's own style sheet sets: the first time for the light, the second time for the dark.
fn page_colour(name: &str, time: usize) -> Colour {
    let style = ASSETS.iter().find(|asset| asset.path == "/style.css");
    let text = style.and_then(|asset| std::str::from_utf8(asset.bytes).ok()).unwrap_or("");
    let wanted = format!("--{name}: ");
    let found = text.match_indices(&wanted).nth(time).and_then(|(at, _)| text.get(at + wanted.len()..));
    found.and_then(|rest| Colour::read(rest.get(..7)?)).unwrap_or(Colour::BLACK)
}

fn palette(place: &str, written: &WrittenPalette, page: Page) -> Result<Palette, ThemeError> {
    let read = |name: &str, written: &Option<String>| -> Result<Option<Colour>, ThemeError> {
        let Some(written) = written else { return Ok(None) };
        let wrong = || ThemeError::Colour { at: format!("{place}.{name}"), written: written.clone() };
        Colour::read(written).map(Some).ok_or_else(wrong)
    };
    let enough = |name: &str, one: Colour, other: Colour, what: &str| {
        let hundredths = Pair(one, other).contrast();
        if hundredths >= colour::ENOUGH {
            return Ok(());
        }
        let against = format!("{what} ({other})");
        Err(ThemeError::Contrast { at: format!("{place}.{name}"), against, hundredths })
    };
    let banner = read("banner", &written.banner)?;
    let text = read("banner-text", &written.banner_text)?;
    let banner = match (banner, text) {
        (None, Some(_)) => {
            let why = format!("`{place}.banner-text` stands without `{place}.banner`");
            return Err(ThemeError::Shape(why));
        }
        (Some(banner), Some(text)) => {
            enough("banner", banner, text, "the text on it")?;
            Some((banner, text))
        }
        // One of the two can always be read.
        (Some(banner), None) => Some((banner, banner.text_on_it())),
        (None, None) => None,
    };
    let link = read("link", &written.link)?;
    if let Some(link) = link {
        enough("link", link, page.paper, "the page behind it")?;
        enough("link", link, page.shade, "the shaded parts of the page behind it")?;
    }
    let button = read("button", &written.button)?;
    if let Some(button) = button {
        enough("button", button, Colour::WHITE, "the text on it")?;
    }
    Ok(Palette { banner, link, button })
}

fn one_line(at: &'static str, text: &str, most: usize) -> Result<(), ThemeError> {
    // Marks that turn the direction of text could make a name look like another one.
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let good = !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(steers);
    if good { Ok(()) } else { Err(ThemeError::Text { at, most }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Theme::read(text).expect_err("it is refused").to_string()
    }

    fn page(theme: &Theme, path: &str) -> String {
        let found = themed(Some(theme)).into_iter().find(|(at, _)| *at == path).expect(path);
        String::from_utf8(found.1).expect("text")
    }

    #[test]
    fn a_theme_is_on_every_page() {
        let theme = Theme::read(
            r##"{"name": "Elm <b>& Oak</b>", "contact": {"text": "Ask \"us\"", "link": "tel:+44 1"},
                "colours": {"banner": "#5a1a4a", "link": "#5a1a4a", "button": "#5a1a4a"},
                "dark-colours": {"link": "#ffb0ee"}}"##,
        )
        .expect("it is good");
        for path in ["/index.html", "/author.html"] {
            let html = page(&theme, path);
            assert!(html.contains("Elm &lt;b&gt;&amp; Oak&lt;/b&gt;"), "{html}");
            assert!(html.contains("content=\"#5a1a4a\""), "{html}");
            assert!(!html.contains("__OWN"), "{html}");
        }
        assert!(page(&theme, "/index.html").contains(r#"<a href="tel:+44 1">Ask &quot;us&quot;</a>"#));
        let manifest = page(&theme, "/manifest.webmanifest");
        assert!(manifest.contains("Elm <b>& Oak</b>") && manifest.contains("#5a1a4a"), "{manifest}");
        let style = page(&theme, "/style.css");
        let (light, dark) = style.rsplit_once("@media").expect("both");
        assert!(light.contains("--brand: #5a1a4a; --brand-ink: #ffffff;"), "{light}");
        assert!(dark.contains("--brand: #5a1a4a;") && dark.contains("--link: #ffb0ee;"), "{dark}");
        assert!(!dark.contains("--button:"), "{dark}");
    }

    #[test]
    fn a_page_without_a_theme_has_no_place_for_one() {
        let pages = themed(None);
        assert!(pages.len() >= 2);
        for (path, bytes) in pages {
            assert!(!String::from_utf8(bytes).expect("text").contains("__OWN"), "{path}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let light = refused(r##"{"name": "Elm", "colours": {"link": "#9ad0ff"}}"##);
        assert!(
            light.starts_with("`colours.link` and the page behind it (#ffffff) have a contrast of 1.6"),
            "{light}"
        );
        let dark = refused(r##"{"name": "Elm", "dark-colours": {"link": "#102030"}}"##);
        assert!(dark.starts_with("`dark-colours.link` and the page behind it (#12191e)"), "{dark}");
        let button = refused(r##"{"name": "Elm", "colours": {"button": "#ffee00"}}"##);
        assert!(button.contains("`colours.button` and the text on it (#ffffff)"), "{button}");
        let banner =
            refused(r##"{"name": "Elm", "colours": {"banner": "#808080", "banner-text": "#ffffff"}}"##);
        assert!(banner.contains("3.9"), "{banner}");
    }

    #[test]
    fn what_is_no_theme_is_refused() {
        assert!(refused("{}").contains("missing field `name`"));
        assert!(refused(r#"{"name": "Elm", "color": {}}"#).contains("unknown field `color`"));
        assert!(refused(r#"{"name": ""}"#).contains("`name` must be one line of 1 to 60 characters"));
        assert!(refused("{\"name\": \"Elm\u{202e}\"}").contains("cannot be seen"));
        let link = refused(r#"{"name": "Elm", "contact": {"text": "us", "link": "javascript:go()"}}"#);
        assert!(link.contains("must begin with `https://`, `mailto:`, `tel:`"), "{link}");
        let colour = refused(r##"{"name": "Elm", "colours": {"banner": "red;}"}}"##);
        assert!(colour.contains("`colours.banner` is `red;}`"), "{colour}");
        assert!(refused(r##"{"name": "Elm", "colours": {"banner-text": "#ffffff"}}"##).contains("without"));
    }
}
