//! Scripts and styles without what only their readers need: comments, indentation, and spaces beside signs. The build
//! of this crate uses this file; the crate itself only tests it.
//!
//! In: text as it is written by hand. Out: text that means the same. A line break stays wherever the language might end
//! a statement at it. Names stay as they are, so that what goes wrong in a browser can be found.

/// Signs beside which a space in a script says nothing. Not `+` and `-`, which would grow together, nor `/`.
const SIGNS: &[u8] = b"(){}[];,:?=<>&|!*%~^";

/// Signs after which a line break in a script says nothing.
const GOES_ON: &[u8] = b"{([;,";

/// A script without its comments.
pub(crate) fn script(text: &str) -> String {
    let mut reader = Reader { text: text.as_bytes(), at: 0, out: Vec::with_capacity(text.len()) };
    // The brackets that are open in each `${` that is open.
    let mut inside: Vec<usize> = Vec::new();
    while let Some(byte) = reader.byte(0) {
        match byte {
            b'"' | b'\'' => reader.quoted(byte),
            b'`' => reader.template(&mut inside),
            b'/' if reader.byte(1) == Some(b'/') => reader.skip_to(b"\n"),
            b'/' if reader.byte(1) == Some(b'*') => reader.comment(),
            b'/' if reader.pattern_may_begin() => reader.pattern(),
            _ if byte.is_ascii_whitespace() => reader.space(),
            b'}' if inside.last() == Some(&0) => {
                inside.pop();
                reader.template(&mut inside);
            }
            _ => {
                if let Some(open) = inside.last_mut() {
                    match byte {
                        b'{' => *open += 1,
                        b'}' => *open -= 1,
                        _ => {}
                    }
                }
                reader.take();
            }
        }
    }
    String::from_utf8(reader.out).expect("only whole characters are left out")
}

/// A style sheet without its comments and indentation.
pub(crate) fn style(text: &str) -> String {
    let mut reader = Reader { text: text.as_bytes(), at: 0, out: Vec::with_capacity(text.len()) };
    while let Some(byte) = reader.byte(0) {
        match byte {
            b'"' | b'\'' => reader.quoted(byte),
            b'/' if reader.byte(1) == Some(b'*') => reader.comment(),
            _ if byte.is_ascii_whitespace() => {
                while reader.byte(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
                    reader.at += 1;
                }
                // Signs of their own wherever they stand; all else keeps one space, as between a word and a colon.
                let alone = |byte: Option<u8>| byte.is_none_or(|byte| b"{};,".contains(&byte));
                if !alone(reader.out.last().copied()) && !alone(reader.byte(0)) {
                    reader.out.push(b' ');
                }
            }
            _ => reader.take(),
        }
    }
    String::from_utf8(reader.out).expect("only whole characters are left out")
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    out: Vec<u8>,
}

impl Reader<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn take(&mut self) {
        self.out.extend(self.byte(0));
        self.at += 1;
    }

    fn skip_to(&mut self, end: &[u8]) {
        let rest = &self.text[self.at..];
        self.at += rest.windows(end.len()).position(|each| each == end).unwrap_or(rest.len());
    }

    /// A comment is a space, or a line break if it has one.
    fn comment(&mut self) {
        let begin = self.at;
        self.at += 2;
        self.skip_to(b"*/");
        let has_break = self.text[begin..self.at].contains(&b'\n');
        self.at = (self.at + 2).min(self.text.len());
        self.between(has_break);
    }

    fn space(&mut self) {
        let begin = self.at;
        while self.byte(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        let has_break = self.text[begin..self.at].contains(&b'\n');
        self.between(has_break);
    }

    /// Whatever stands between two words in a script, as little of it as says the same.
    fn between(&mut self, has_break: bool) {
        // What was a space is none, or a line break.
        let spaced = self.out.pop_if(|byte| *byte == b' ').is_some();
        let Some(last) = self.out.last() else { return };
        if has_break {
            if !GOES_ON.contains(last) && *last != b'\n' {
                self.out.push(b'\n');
            }
            return;
        }
        let beside = |byte: u8| SIGNS.contains(&byte) || byte == b'\n';
        if spaced || !beside(*last) && !self.byte(0).is_some_and(|next| SIGNS.contains(&next)) {
            self.out.push(b' ');
        }
    }

    /// A text in quotes, as it is.
    fn quoted(&mut self, quote: u8) {
        self.take();
        while let Some(byte) = self.byte(0) {
            self.take();
            match byte {
                b'\\' => self.take(),
                _ if byte == quote => return,
                _ => {}
            }
        }
    }

    /// A template, or the rest of one, as it is, up to its end or to code within it.
    fn template(&mut self, inside: &mut Vec<usize>) {
        self.take();
        while let Some(byte) = self.byte(0) {
            self.take();
            match byte {
                b'\\' => self.take(),
                b'`' => return,
                b'$' if self.byte(0) == Some(b'{') => {
                    self.take();
                    inside.push(0);
                    return;
                }
                _ => {}
            }
        }
    }

    /// Whether a stroke begins a pattern here, and does not divide: it stands where a value has to come.
    fn pattern_may_begin(&self) -> bool {
        let before = self.out.trim_ascii_end();
        let word = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match before.last() {
            None => true,
            Some(_) if word > 0 => {
                matches!(&before[before.len() - word..], b"return" | b"typeof" | b"case" | b"of" | b"in")
            }
            Some(sign) => b"(,=:[!&|?{};+-*%<>~^".contains(sign),
        }
    }

    fn pattern(&mut self) {
        self.take();
        let mut in_class = false;
        while let Some(byte) = self.byte(0) {
            self.take();
            match byte {
                b'\\' => self.take(),
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let text = "// A head.\n\nexport function f(a, b) {\n  /* in */ return a  + b; // end\n}\n";
        assert_eq!(script(text), "export function f(a,b){return a + b;}\n");
        let css = "/* A head. */\n:root { --ink: #000; }\n\na:hover,\nb :focus { margin: 0 auto; }\n";
        assert_eq!(style(css), ":root{--ink: #000;}a:hover,b :focus{margin: 0 auto;}");
    }

    #[test]
    fn a_line_break_that_may_end_a_statement_stays() {
        assert_eq!(script("let a = b\n  /* x\n */ (c)\n"), "let a=b\n(c)\n");
        assert_eq!(script("return /* x\n */ a"), "return\na");
        assert_eq!(script("a = b - -c + +d"), "a=b - -c + +d");
        assert_eq!(script("a /* x */ in b"), "a in b");
    }

    #[test]
    fn what_is_quoted_stays_as_it_is() {
        for text in [
            r#"a="  // not /* one */ \" ";"#,
            "a=`x  // y ${b} /* z`;",
            "a=`  ${ {b:1}.b } // `;",
            "a=`${`  ${c}  // `}  `;",
            "a=/[/*]  \\/ '\"`/;",
            "f(/  \\/\\/ /g);",
        ] {
            let quoted: String = text.replace("${ {", "${{").replace(".b }", ".b}");
            assert_eq!(script(text), quoted);
        }
        assert_eq!(script("a = b / c; // d / e\n"), "a=b / c;");
        assert_eq!(script("x.replace(/\"/g, '') // y"), "x.replace(/\"/g,'')");
        assert_eq!(style("a::before { content: \"  /* x */  \"; }"), "a::before{content: \"  /* x */  \";}");
    }
}
