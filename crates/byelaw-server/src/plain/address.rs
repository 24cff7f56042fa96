//! The state of a page as its address says it: the same query strings as in `wasm/web/address.js`.
//!
//! What came from a reader's own words and has yet to be chosen between is left out: it states nothing.

/// How "I don't know" is written.
pub(crate) const NOT_KNOWN: &str = "not_known";
/// How "none of these" is written.
pub(crate) const NONE: &str = "none_of_these";
/// What a fact is called whose name the page uses itself.
const ESCAPE: &str = "fact_";
const RESERVED: [&str; 10] =
    ["approved", "refused", "will", "wont", "skip", "pack", "on", "change", "more", "matrix"];

/// What is said of an approval or an undertaking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Approved,
    Refused,
    Will,
    Wont,
}

/// The lists that exclude each other.
pub(crate) const APPROVALS: [List; 2] = [List::Approved, List::Refused];
pub(crate) const UNDERTAKINGS: [List; 2] = [List::Will, List::Wont];

/// What an address says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    pub pack: Option<String>,
    /// What is stated, as written, in the order in which it was.
    pub facts: Vec<(String, String)>,
    pub on: Option<String>,
    pub matrix: bool,
    pub approved: Vec<String>,
    pub refused: Vec<String>,
    pub will: Vec<String>,
    pub wont: Vec<String>,
    pub skip: Vec<String>,
    pub more: bool,
    pub partly: bool,
    pub change: Option<String>,
}

impl State {
    pub(crate) fn parse(query: &str) -> Self {
        let mut state = Self::default();
        for (key, value) in pairs(query) {
            if key == "matrix" {
                state.matrix = true;
            }
            if value.is_empty() || key == "matrix" {
                continue;
            }
            match key.as_str() {
                "pack" => state.pack = Some(value),
                "on" => state.on = Some(value),
                "change" => state.change = Some(value),
                "more" => state.more = true,
                "part_heard" => state.partly = true,
                "approved" => add(&mut state.approved, &value),
                "refused" => add(&mut state.refused, &value),
                "will" => add(&mut state.will, &value),
                "wont" => add(&mut state.wont, &value),
                "skip" => add(&mut state.skip, &value),
                _ => match key.strip_prefix(ESCAPE) {
                    Some(name) => state.state(name, value),
                    // Other words with an underscore are no facts of any policy.
                    None if !key.contains('_') => state.state(&key, value),
                    None => {}
                },
            }
        }
        state
    }

    /// The address: a path and a query.
    pub(crate) fn write(&self) -> String {
        let mut query: Vec<(String, String)> = Vec::new();
        let mut say = |key: &str, value: &str| query.push((key.to_owned(), value.to_owned()));
        if let Some(pack) = &self.pack {
            say("pack", pack);
        }
        for (name, value) in &self.facts {
            let reserved = RESERVED.contains(&name.as_str());
            say(&format!("{}{name}", if reserved { ESCAPE } else { "" }), value);
        }
        if self.matrix {
            say("matrix", "");
        }
        if let Some(on) = &self.on {
            say("on", on);
        }
        let lists = [
            ("approved", &self.approved),
            ("refused", &self.refused),
            ("will", &self.will),
            ("wont", &self.wont),
            ("skip", &self.skip),
        ];
        for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            say(key, &list.join(","));
        }
        if self.more {
            say("more", "yes");
        }
        if self.partly {
            say("part_heard", "yes");
        }
        if let Some(change) = &self.change {
            say("change", change);
        }
        let written = query.iter().map(|(key, value)| match value.as_str() {
            "" => encoded(key),
            _ => format!("{}={}", encoded(key), encoded(value)),
        });
        let written: Vec<String> = written.collect();
        if written.is_empty() { "/".to_owned() } else { format!("/?{}", written.join("&")) }
    }

    pub(crate) fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(fact, _)| fact == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn list(&self, list: List) -> &[String] {
        match list {
            List::Approved => &self.approved,
            List::Refused => &self.refused,
            List::Will => &self.will,
            List::Wont => &self.wont,
        }
    }

    fn list_mut(&mut self, list: List) -> &mut Vec<String> {
        match list {
            List::Approved => &mut self.approved,
            List::Refused => &mut self.refused,
            List::Will => &mut self.will,
            List::Wont => &mut self.wont,
        }
    }

    /// States a fact, in the place where it stood before if it was stated.
    fn state(&mut self, name: &str, value: String) {
        match self.facts.iter_mut().find(|(fact, _)| fact == name) {
            Some((_, before)) => *before = value,
            None => self.facts.push((name.to_owned(), value)),
        }
    }

    /// A copy with another question open, or none.
    pub(crate) fn with_open(&self, change: Option<&str>) -> Self {
        Self { change: change.map(str::to_owned), ..self.clone() }
    }

    /// A copy with the fact stated. An approval is for one very act: when an answer is changed for another, none is
    /// left.
    pub(crate) fn stating(&self, name: &str, value: &str) -> Self {
        let before = self.fact(name);
        let another = self.change.as_deref() == Some(name)
            && before.is_some_and(|before| before != NOT_KNOWN && before != value);
        let mut next = self.with_open(None);
        if another {
            next.forget_approvals();
        }
        next.state(name, value.to_owned());
        next
    }

    /// A copy for another day, which is another act.
    pub(crate) fn on_day(&self, on: Option<&str>) -> Self {
        let mut next = Self { on: on.map(str::to_owned), ..self.with_open(None) };
        next.forget_approvals();
        next
    }

    pub(crate) fn without(&self, name: &str) -> Self {
        let mut next = self.clone();
        next.facts.retain(|(fact, _)| fact != name);
        next.skip.retain(|fact| fact != name);
        next
    }

    /// Puts a name into one list of a pair and takes it out of the other; with no list, out of both.
    pub(crate) fn saying(&self, name: &str, list: Option<List>, pair: [List; 2]) -> Self {
        let mut next = self.clone();
        for each in pair {
            next.list_mut(each).retain(|other| other != name);
        }
        if let Some(list) = list {
            next.list_mut(list).push(name.to_owned());
        }
        next
    }

    fn forget_approvals(&mut self) {
        self.approved.clear();
        self.refused.clear();
    }

    /// Nothing said of approvals and undertakings, and of the reader's own words.
    pub(crate) fn forget_said(&mut self) {
        self.forget_approvals();
        self.will.clear();
        self.wont.clear();
        self.partly = false;
    }

    /// The state one answer earlier.
    pub(crate) fn earlier(&self) -> Self {
        if self.change.is_some() {
            return self.with_open(None);
        }
        if self.matrix {
            return Self { matrix: false, ..self.clone() };
        }
        match self.facts.last() {
            Some((last, _)) => Self { more: false, ..self.without(last) },
            None => Self::default(),
        }
    }
}

fn add(list: &mut Vec<String>, names: &str) {
    for name in names.split(',').filter(|name| !name.is_empty()) {
        if !list.iter().any(|other| other == name) {
            list.push(name.to_owned());
        }
    }
}

/// The members of a query or of a sent form.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let members = query.split('&').filter(|member| !member.is_empty());
    let parted = members.map(|member| member.split_once('=').unwrap_or((member, "")));
    parted.map(|(key, value)| (decoded(key), decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = || Some((digit(*bytes.get(at + 1)?)? << 4) | digit(*bytes.get(at + 2)?)?);
        match (byte, code()) {
            (b'%', Some(code)) => {
                out.push(code);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn digit(byte: u8) -> Option<u8> {
    u8::try_from(char::from(byte).to_digit(16)?).ok()
}

/// As a browser writes a query, but with commas and colons as they are.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' | b',' | b':' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_it_was_read() {
        for query in [
            "pack=p&who=wug&fact_on=x&on=2020-05-01T10:00&approved=a,b&refused=c&will=d&wont=e&skip=who&more=yes&change=who",
            "pack=p&text=a+b%26%C3%A9%25&part_heard=yes",
            "pack=p&matrix&on=not_known",
        ] {
            assert_eq!(State::parse(query).write(), format!("/?{query}"));
        }
        assert_eq!(State::parse("").write(), "/");
        assert_eq!(State::parse("utm_source=x&did_mean=a.b&not_sure=c.d&who=&&=").write(), "/");
    }

    #[test]
    fn what_is_not_well_formed_is_read_as_it_stands() {
        assert_eq!(decoded("100%+%4"), "100% %4");
        assert_eq!(decoded("%e2%80%99%ff"), "\u{2019}\u{fffd}");
    }

    #[test]
    fn another_answer_or_day_is_another_act() {
        let changed = |query: &str, value: &str| State::parse(query).stating("who", value).write();
        assert_eq!(changed("who=wug&approved=boss&will=tidy&change=who", "blick"), "/?who=blick&will=tidy");
        assert_eq!(changed("who=wug&approved=boss&change=who", "wug"), "/?who=wug&approved=boss");
        assert_eq!(changed("who=not_known&approved=boss&change=who", "wug"), "/?who=wug&approved=boss");
        assert_eq!(changed("who=all&approved=boss", "wug"), "/?who=wug&approved=boss");
        let other = State::parse("who=wug&approved=boss&on=2020-05-01&change=on").on_day(Some("2020-05-02"));
        assert_eq!(other.write(), "/?who=wug&on=2020-05-02");
    }

    #[test]
    fn what_is_said_of_a_name_is_one_of_a_pair() {
        let state = State::parse("will=a,b").saying("a", Some(List::Wont), UNDERTAKINGS);
        assert_eq!(state.write(), "/?will=b&wont=a");
        assert_eq!(state.saying("a", None, UNDERTAKINGS).write(), "/?will=b");
    }
}
