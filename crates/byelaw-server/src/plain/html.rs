//! Making elements. Text always goes in as text, never as markup: this file alone writes markup.

/// A piece of a page.
#[derive(Default)]
pub(crate) struct Html(String);

impl Html {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

/// Text as it stands.
pub(crate) fn text(text: &str) -> Html {
    Html(escaped(text))
}

/// Text that is read out but not seen.
pub(crate) fn unseen(text: &str) -> Html {
    el("span").class("unseen").say(text).into()
}

pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

/// An element that is being made. Its name and the names of its attributes are this program's own.
pub(crate) struct El {
    name: &'static str,
    attributes: String,
    inside: String,
}

pub(crate) fn el(name: &'static str) -> El {
    El { name, attributes: String::new(), inside: String::new() }
}

impl El {
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        self
    }

    pub(crate) fn class(self, value: &str) -> Self {
        self.with("class", value)
    }

    /// An attribute that says something by being there.
    pub(crate) fn when(self, there: bool, name: &'static str) -> Self {
        if there { self.with(name, "") } else { self }
    }

    /// An attribute, if there is something to say with it.
    pub(crate) fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(crate) fn say(mut self, text: &str) -> Self {
        self.inside.push_str(&escaped(text));
        self
    }

    pub(crate) fn add(mut self, child: impl Into<Html>) -> Self {
        self.inside.push_str(&child.into().0);
        self
    }

    pub(crate) fn all<C: Into<Html>>(self, children: impl IntoIterator<Item = C>) -> Self {
        children.into_iter().fold(self, |element, child| element.add(child))
    }
}

impl From<El> for Html {
    fn from(element: El) -> Self {
        let El { name, attributes, inside } = element;
        // An input has no inside and no closing tag.
        Self(if name == "input" {
            format!("<{name}{attributes}>")
        } else {
            format!("<{name}{attributes}>{inside}</{name}>")
        })
    }
}

impl<C: Into<Html>> FromIterator<C> for Html {
    fn from_iter<I: IntoIterator<Item = C>>(children: I) -> Self {
        Self(children.into_iter().map(|child| child.into().0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        let nasty = "</p><script>alert(1)</script>\" onclick='x' &lt;";
        let made = Html::from(el("p").with("title", nasty).say(nasty).add(text(nasty)));
        let made = made.into_string();
        assert_eq!(made.matches('<').count(), 2, "{made}");
        assert_eq!(made.matches('"').count(), 2, "{made}");
        assert!(!made.contains('\''), "{made}");
        assert!(made.contains("&amp;lt;"), "{made}");
    }

    #[test]
    fn an_input_is_not_closed() {
        let made =
            Html::from(el("input").with("type", "radio").when(true, "checked").when(false, "disabled"));
        assert_eq!(made.into_string(), "<input type=\"radio\" checked=\"\">");
    }
}
