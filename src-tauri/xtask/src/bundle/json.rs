//! JSON as cargo and npm write it, and as the list of parts is written. Hand-made because the errands compile with the
//! standard library alone; what it writes is held to the CycloneDX schema by a test.

use std::fmt;

/// A JSON value. A map keeps its order, so that the same list is the same bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// A number as it was written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// Reads a document; nothing where it is not JSON.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value()?;
        reader.rest().trim_start().is_empty().then_some(value)
    }

    /// Makes a text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Makes a map.
    pub(crate) fn map<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Returns the member of a map, or null.
    pub(crate) fn get(&self, name: &str) -> &Self {
        match self {
            Self::Map(members) => members.iter().find(|(own, _)| own == name).map_or(&Self::Null, |(_, value)| value),
            _ => &Self::Null,
        }
    }

    /// Returns the text, or nothing where it is none.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the members of a map; anything else has none.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Map(members) => members,
            _ => &[],
        }
    }

    /// Returns the items of a list; anything else has none.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    fn write(&self, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(yes) => write!(f, "{yes}"),
            Self::Number(number) => f.write_str(number),
            Self::Text(text) => write_text(text, f),
            Self::List(items) => enclosed(f, '[', ']', depth, items, |item, f| item.write(depth + 1, f)),
            Self::Map(members) => enclosed(f, '{', '}', depth, members, |(name, value), f| {
                write_text(name, f)?;
                f.write_str(": ")?;
                value.write(depth + 1, f)
            }),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(0, f)?;
        f.write_str("\n")
    }
}

fn enclosed<T>(
    f: &mut fmt::Formatter<'_>,
    open: char,
    close: char,
    depth: usize,
    items: &[T],
    one: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{open}")?;
    for (at, item) in items.iter().enumerate() {
        write!(f, "{}\n{:indent$}", if at == 0 { "" } else { "," }, "", indent = (depth + 1) * 2)?;
        one(item, f)?;
    }
    if !items.is_empty() {
        write!(f, "\n{:indent$}", "", indent = depth * 2)?;
    }
    write!(f, "{close}")
}

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for sign in text.chars() {
        match sign {
            '"' | '\\' => write!(f, "\\{sign}")?,
            '\n' => f.write_str("\\n")?,
            sign if sign.is_control() => write!(f, "\\u{:04x}", u32::from(sign))?,
            sign => write!(f, "{sign}")?,
        }
    }
    f.write_str("\"")
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Steps over a word that stands here.
    fn took(&mut self, word: &str) -> bool {
        self.skip();
        let here = self.rest().starts_with(word);
        if here {
            self.at += word.len();
        }
        here
    }

    fn value(&mut self) -> Option<Json> {
        self.skip();
        match self.rest().chars().next()? {
            '{' => self.map(),
            '[' => self.list(),
            '"' => self.string().map(Json::Text),
            't' => self.took("true").then_some(Json::Bool(true)),
            'f' => self.took("false").then_some(Json::Bool(false)),
            'n' => self.took("null").then_some(Json::Null),
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<Json> {
        let part = |sign: char| sign.is_ascii_digit() || "+-.eE".contains(sign);
        let length = self.rest().find(|sign| !part(sign)).unwrap_or(self.rest().len());
        let number = self.rest().get(..length).filter(|number| number.parse::<f64>().is_ok())?.to_owned();
        self.at += length;
        Some(Json::Number(number))
    }

    fn map(&mut self) -> Option<Json> {
        let mut members = Vec::new();
        self.took("{");
        while !self.took("}") {
            if !members.is_empty() && !self.took(",") {
                return None;
            }
            self.skip();
            let name = self.string()?;
            if !self.took(":") {
                return None;
            }
            members.push((name, self.value()?));
        }
        Some(Json::Map(members))
    }

    fn list(&mut self) -> Option<Json> {
        let mut items = Vec::new();
        self.took("[");
        while !self.took("]") {
            if !items.is_empty() && !self.took(",") {
                return None;
            }
            items.push(self.value()?);
        }
        Some(Json::List(items))
    }

    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut signs = self.rest().strip_prefix('"')?.char_indices();
        loop {
            let (at, sign) = signs.next()?;
            match sign {
                '"' => {
                    self.at += at + 2;
                    return Some(text);
                }
                '\\' => text.push(escaped(&mut signs)?),
                sign => text.push(sign),
            }
        }
    }
}

/// Reads what follows a backslash. Halves of surrogate pairs become the mark for what cannot be read.
fn escaped(signs: &mut std::str::CharIndices<'_>) -> Option<char> {
    Some(match signs.next()?.1 {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let digits: String = signs.by_ref().take(4).map(|(_, sign)| sign).collect();
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        sign @ ('"' | '\\' | '/') => sign,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn what_is_written_is_read_back() {
        let value = Json::map([
            ("a \"quoted\" name", Json::text("line\nand \\ tab\t, ñ")),
            ("list", Json::List(vec![Json::Null, Json::Bool(true), Json::Number("-1.5e3".into()), Json::List(vec![])])),
            ("empty", Json::Map(vec![])),
        ]);
        assert_eq!(Json::read(&value.to_string()), Some(value));
        assert_eq!(Json::read(r#"["\u00f1\/"]"#), Some(Json::List(vec![Json::text("ñ/")])));
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        for text in ["", "{", "[1 2]", "{\"a\" 1}", "\"open", "truth", "1 2", "[,]", "\"\\x\""] {
            assert_eq!(Json::read(text), None, "{text}");
        }
    }
}
