//! A report before it is printed: what it says, in order, and what belongs together.
//!
//! In: sentences for people. Out: the same as text, as Markdown, as one HTML page, or as JSON for a host that lays it out
//! itself. Every word of a pack is text in each of them, never markup.
//! Never here: what a report is about.

mod html;
mod markdown;
mod text;

use serde::Serialize;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Page {
    /// What it is about.
    pub title: String,
    /// What is said of the whole, each with a word before it.
    pub about: Vec<(String, String)>,
    /// The report in a few sentences.
    pub summary: Vec<String>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// A part of a report with a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Whether it is above the sections that follow it.
    pub above: bool,
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A sentence or several.
    Paragraph(String),
    /// Short lines.
    List {
        /// The lines.
        lines: Vec<String>,
        /// How many of them are shown at first.
        shown: usize,
    },
    /// Numbered things.
    Entries {
        /// Each of them.
        entries: Vec<Entry>,
        /// How many of them are shown at first.
        shown: usize,
    },
}

/// A numbered thing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Entry {
    /// What it is.
    pub title: String,
    /// What is said of it.
    pub lines: Vec<String>,
    /// What it comes to, each on its own.
    pub items: Vec<Item>,
    /// How many of the items are shown at first.
    pub shown: usize,
    /// A case that shows it.
    pub example: Vec<Line>,
}

/// Something that was so and is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Item {
    /// What it is about.
    pub about: String,
    /// How it was.
    pub before: String,
    /// How it is.
    pub now: String,
    /// How many cases of how many it is; printed where there is room for it.
    pub count: String,
    /// What is said of it.
    pub lines: Vec<Line>,
}

/// A line of detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// A remark.
    Note(String),
    /// A remark on the one before.
    More(String),
    /// Something to type.
    Command(String),
}

/// Text on one line, without anything that steers a terminal.
fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The line that says how many are left out.
fn left_out(all: usize, shown: usize) -> Option<usize> {
    all.checked_sub(shown).filter(|left| *left > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "</title><script>run(1)</script> | **b** [x](http://evil.example) @all #1 `c` <!-- \u{7}\n# h &amp; :bug: $x$";

    fn hostile() -> Page {
        let text = HOSTILE.to_owned();
        let lines =
            vec![Line::Note(text.clone()), Line::More(text.clone()), Line::Command("a ``` b".to_owned())];
        let item = Item {
            about: text.clone(),
            before: text.clone(),
            now: text.clone(),
            count: text.clone(),
            lines: lines.clone(),
        };
        let entry = Entry {
            title: text.clone(),
            lines: vec![text.clone()],
            items: vec![item.clone(), item],
            shown: 1,
            example: lines,
        };
        Page {
            title: text.clone(),
            about: vec![(text.clone(), text.clone())],
            summary: vec![text.clone()],
            sections: vec![Section {
                above: false,
                heading: text.clone(),
                blocks: vec![
                    Block::Paragraph(text.clone()),
                    Block::List { lines: vec![text.clone(), text], shown: 1 },
                    Block::Entries { entries: vec![entry.clone(), entry], shown: 1 },
                ],
            }],
        }
    }

    #[test]
    fn words_of_a_pack_are_no_markup_in_html() {
        let html = hostile().html();
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<!--"), "{html}");
        assert!(!html.contains("<a"), "{html}");
        assert_eq!(html.matches("<title>").count(), 1);
        assert_eq!(html.matches("</title>").count(), 1);
        // What was an entity is shown as it stands.
        assert!(html.contains("&amp;amp;"));
        insta::assert_snapshot!(html);
    }

    #[test]
    fn words_of_a_pack_are_no_markup_in_markdown() {
        let markdown = hostile().markdown();
        for markup in ["<script", "<!--", "**b**", "[x](", "http://", "@all", " #1", "`c`", ":bug:", "\u{7}"]
        {
            assert!(!markdown.contains(markup), "{markup}\n{markdown}");
        }
        // A fence is longer than any in what it holds.
        assert!(markdown.contains("````"));
        insta::assert_snapshot!(markdown);
    }

    #[test]
    fn the_style_is_the_one_that_is_allowed() {
        let html = hostile().html();
        let style = html.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next());
        let allowed = format!("style-src '{}'", html::fingerprint(style.expect("a style")));
        assert!(html.contains(&html::escaped(&allowed)), "{html}");
    }

    #[test]
    fn base_64_is_as_everywhere() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(html::base64(bytes.as_bytes()), text);
        }
    }
}
