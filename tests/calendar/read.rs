//! A reader of iCalendar that forgives nothing: RFC 5545, 3.1 (lines, folding, parameters), 3.3.11 (text), and RFC 6868 (parameters).

/// One content line, unfolded.
#[derive(Debug)]
pub struct Line {
    pub name: String,
    pub parameters: Vec<(String, String)>,
    pub value: String,
}

impl Line {
    /// The value as text.
    pub fn text(&self) -> Result<String, String> {
        let mut out = String::new();
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(c @ ('\\' | ',' | ';')) => out.push(c),
                    other => return Err(format!("\\{other:?} means nothing")),
                },
                ',' | ';' => return Err(format!("a bare {c} in a text")),
                c => out.push(c),
            }
        }
        Ok(out)
    }

    /// A parameter, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let (_, raw) = self.parameters.iter().find(|(known, _)| known == name)?;
        let mut out = String::new();
        let mut chars = raw.chars();
        while let Some(c) = chars.next() {
            if c != '^' {
                out.push(c);
                continue;
            }
            match chars.next() {
                Some('n') => out.push('\n'),
                Some('\'') => out.push('"'),
                Some('^') => out.push('^'),
                other => panic!("^{other:?} means nothing"),
            }
        }
        Some(out)
    }
}

/// The lines of one object, whose components are closed as they were opened.
pub fn read(message: &str) -> Result<Vec<Line>, String> {
    let body = message
        .strip_suffix("\r\n")
        .ok_or("the last line does not end")?;
    let mut unfolded: Vec<String> = Vec::new();
    for line in body.split("\r\n") {
        if line.len() > 75 {
            return Err(format!("a line of {} bytes", line.len()));
        }
        if line.is_empty() {
            return Err("an empty line".into());
        }
        match line.strip_prefix([' ', '\t']) {
            Some(more) => unfolded
                .last_mut()
                .ok_or("it begins with a fold")?
                .push_str(more),
            None => unfolded.push(line.to_owned()),
        }
    }
    let lines: Vec<Line> = unfolded
        .iter()
        .map(|line| content(line))
        .collect::<Result<_, _>>()?;
    let mut open = Vec::new();
    for line in &lines {
        match line.name.as_str() {
            "BEGIN" => open.push(&line.value),
            "END" if open.pop() != Some(&line.value) => return Err(format!("END:{}", line.value)),
            _ => {}
        }
    }
    match open.is_empty() {
        true => Ok(lines),
        false => Err("something is not closed".into()),
    }
}

fn content(line: &str) -> Result<Line, String> {
    if let Some(c) = line.chars().find(|c| c.is_control() && *c != '\t') {
        return Err(format!("{c:?} in {line:?}"));
    }
    let name_ends = line
        .find([':', ';'])
        .ok_or_else(|| format!("no value: {line:?}"))?;
    let (name, mut rest) = line.split_at(name_ends);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(format!("no name: {line:?}"));
    }
    let mut parameters = Vec::new();
    while let Some(more) = rest.strip_prefix(';') {
        let (key, value) = more
            .split_once('=')
            .ok_or_else(|| format!("no parameter: {line:?}"))?;
        let value = if let Some(quoted) = value.strip_prefix('"') {
            let (inside, after) = quoted
                .split_once('"')
                .ok_or_else(|| format!("no end of a quotation: {line:?}"))?;
            rest = after;
            inside
        } else {
            let ends = value
                .find([':', ';', ','])
                .ok_or_else(|| format!("no end: {line:?}"))?;
            let (plain, after) = value.split_at(ends);
            if plain.contains('"') {
                return Err(format!("a mark within: {line:?}"));
            }
            rest = after;
            plain
        };
        parameters.push((key.to_owned(), value.to_owned()));
    }
    let value = rest
        .strip_prefix(':')
        .ok_or_else(|| format!("no colon: {line:?}"))?;
    Ok(Line {
        name: name.to_owned(),
        parameters,
        value: value.to_owned(),
    })
}
