//! Reading pest's own notation, as far as our grammar uses it.

/// A rule of the grammar.
pub(super) struct Rule {
    /// The heading it stands under.
    pub(super) section: String,
    pub(super) name: String,
    /// Its comment, line by line.
    pub(super) comment: String,
    /// What it is made of, as written.
    pub(super) body: String,
    pub(super) choice: Choice,
}

/// Alternatives, each a row of terms.
pub(super) struct Choice(pub(super) Vec<Vec<Term>>);

/// One thing, and how often (`?`, `*`, `+`, or nothing).
pub(super) struct Term {
    pub(super) what: What,
    pub(super) often: String,
    /// It only looks ahead.
    pub(super) looks: bool,
}

pub(super) enum What {
    Rule(String),
    Literal(String),
    Group(Choice),
}

/// The rules of a grammar, in order.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, String> {
    let (mut rules, mut section, mut comment) = (Vec::new(), String::new(), Vec::new());
    let mut lines = text.lines().enumerate();
    while let Some((place, line)) = lines.next() {
        if let Some(words) = line.strip_prefix("///") {
            comment.push(words.trim());
        } else if let Some(heading) = line.strip_prefix("// ---") {
            section = heading.trim_start_matches('-').trim().to_owned();
        } else if let Some((name, first)) = line.split_once(" = ") {
            let mut body = first.to_owned();
            while body.matches('{').count() != body.matches('}').count() {
                let (_, next) = lines.next().ok_or_else(|| format!("`{name}` does not end"))?;
                body.push(' ');
                body.push_str(next.trim());
            }
            let body = body.trim_start_matches(['_', '@', '$', '!']).trim();
            let body = body.strip_prefix('{').and_then(|b| b.strip_suffix('}'));
            let body = body.ok_or_else(|| format!("line {}: this is no rule", place + 1))?.trim().to_owned();
            let tokens = tokens(&body);
            let mut reader = Reader { tokens: &tokens, at: 0 };
            let choice = reader.choice();
            if reader.at != tokens.len() {
                return Err(format!("`{name}` cannot be read at `{}`", tokens[reader.at]));
            }
            rules.push(Rule {
                section: section.clone(),
                name: name.to_owned(),
                comment: comment.join("\n"),
                body,
                choice,
            });
            comment.clear();
        }
    }
    Ok(rules)
}

fn tokens(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut letters = body.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut token = letter.to_string();
        match letter {
            letter if letter.is_whitespace() || letter == '^' => continue,
            '"' => {
                while let Some(next) = letters.next() {
                    token.push(next);
                    if next == '\\' {
                        token.extend(letters.next());
                    } else if next == '"' {
                        break;
                    }
                }
            }
            '{' => {
                for next in letters.by_ref() {
                    token.push(next);
                    if next == '}' {
                        break;
                    }
                }
            }
            letter if letter.is_alphanumeric() || letter == '_' => {
                while let Some(next) = letters.next_if(|l| l.is_alphanumeric() || *l == '_') {
                    token.push(next);
                }
            }
            _ => {}
        }
        found.push(token);
    }
    found
}

struct Reader<'t> {
    tokens: &'t [String],
    at: usize,
}

impl Reader<'_> {
    fn next_is(&mut self, wanted: &[&str]) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|t| wanted.contains(&t.as_str()));
        self.at += usize::from(found);
        found
    }

    fn choice(&mut self) -> Choice {
        // pest allows one before the first alternative.
        self.next_is(&["|"]);
        let mut rows = vec![self.row()];
        while self.next_is(&["|"]) {
            rows.push(self.row());
        }
        Choice(rows)
    }

    fn row(&mut self) -> Vec<Term> {
        let mut terms = Vec::new();
        while let Some(term) = self.term() {
            terms.push(term);
            if !self.next_is(&["~"]) {
                break;
            }
        }
        terms
    }

    fn term(&mut self) -> Option<Term> {
        let looks = self.next_is(&["!", "&"]);
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let what = if token == "(" {
            let group = self.choice();
            self.next_is(&[")"]);
            What::Group(group)
        } else if let Some(literal) = token.strip_prefix('"') {
            What::Literal(literal.trim_end_matches('"').to_owned())
        } else {
            What::Rule(token)
        };
        let mut often = String::new();
        while let Some(token) =
            self.tokens.get(self.at).filter(|t| matches!(t.as_str(), "?" | "*" | "+") || t.starts_with('{'))
        {
            often.push_str(token);
            self.at += 1;
        }
        Some(Term { what, often, looks })
    }
}
