//! A strict reader of HTML: no end tag may be left out, no attribute may stand twice or unquoted, no `<`, `>` or `&` may
//! stand in text. It knows nothing of what writes the pages.

use std::collections::{BTreeMap, BTreeSet};

/// An element or a piece of text, the references of which are resolved.
#[derive(Debug, Clone)]
pub enum Node {
    Element(Element),
    Text(String),
}

#[derive(Debug, Clone, Default)]
pub struct Element {
    pub tag: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
}

/// Those that have no content in HTML.
const VOID: [&str; 5] = ["meta", "br", "hr", "link", "input"];

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// All below, in the order of the file.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        let mut open: Vec<&Element> = self.elements().collect();
        open.reverse();
        while let Some(element) = open.pop() {
            found.push(element);
            let children: Vec<_> = element.elements().collect();
            open.extend(children.into_iter().rev());
        }
        found
    }

    pub fn tagged(&self, tag: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|e| e.tag == tag).collect()
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|all| all.split(' ').any(|c| c == class))
    }

    pub fn by_class(&self, class: &str) -> Vec<&Element> {
        self.all()
            .into_iter()
            .filter(|e| e.has_class(class))
            .collect()
    }

    pub fn by_id(&self, id: &str) -> Option<&Element> {
        self.all()
            .into_iter()
            .find(|e| e.attribute("id") == Some(id))
    }

    /// All text below, as it stands.
    pub fn text(&self) -> String {
        let (mut text, mut open): (String, Vec<&Node>) =
            (String::new(), self.children.iter().rev().collect());
        while let Some(node) = open.pop() {
            match node {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => open.extend(element.children.iter().rev()),
            }
        }
        text
    }

    /// The cells of the rows of a table, its heads first.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let cells = |row: &Element| row.elements().map(Element::text).collect();
        self.tagged("tr").into_iter().map(cells).collect()
    }
}

/// Reads a page, or panics with what is wrong and where.
pub fn read(page: &str) -> Element {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("no doctype");
    let mut stack = vec![Element::default()];
    while !rest.is_empty() {
        let at = || page.len() - rest.len();
        if let Some(end) = rest.strip_prefix("</") {
            let (tag, after) = end.split_once('>').expect("an end tag that does not end");
            let closed = stack.pop().unwrap();
            assert_eq!(closed.tag, tag, "byte {}: closed by another tag", at());
            stack
                .last_mut()
                .expect("closed too often")
                .children
                .push(Node::Element(closed));
            rest = after;
        } else if let Some(begin) = rest.strip_prefix('<') {
            let (element, after) = start_tag(begin, at());
            if VOID.contains(&element.tag.as_str()) {
                stack
                    .last_mut()
                    .unwrap()
                    .children
                    .push(Node::Element(element));
                rest = after;
            } else if element.tag == "style" {
                let (text, after) = after.split_once("</style>").expect("style does not end");
                assert!(!text.contains('<'), "markup in the style");
                let children = vec![Node::Text(text.to_owned())];
                stack
                    .last_mut()
                    .unwrap()
                    .children
                    .push(Node::Element(Element {
                        children,
                        ..element
                    }));
                rest = after;
            } else {
                stack.push(element);
                rest = after;
            }
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            let node = Node::Text(resolved(text, at()));
            stack.last_mut().unwrap().children.push(node);
            rest = after;
        }
    }
    assert_eq!(
        stack.len(),
        1,
        "not closed: {:?}",
        stack.iter().map(|e| &e.tag).collect::<Vec<_>>()
    );
    stack.pop().unwrap()
}

fn start_tag(text: &str, at: usize) -> (Element, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
    let (tag, mut rest) = text.split_at(end);
    assert!(
        !tag.is_empty() && tag.starts_with(|c: char| c.is_ascii_lowercase()),
        "byte {at}: `<` that begins no tag"
    );
    let mut attributes = BTreeMap::new();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            let tag = tag.to_owned();
            return (
                Element {
                    tag,
                    attributes,
                    children: Vec::new(),
                },
                after,
            );
        }
        rest = rest
            .strip_prefix(' ')
            .unwrap_or_else(|| panic!("byte {at}: no space before an attribute of {tag}"));
        let (name, after) = rest
            .split_once("=\"")
            .unwrap_or_else(|| panic!("byte {at}: an attribute without a value"));
        assert!(
            name.chars()
                .all(|c| c.is_ascii_alphabetic() || "-:0123456789".contains(c)),
            "byte {at}: {name:?}"
        );
        let (value, after) = after.split_once('"').expect("a value that does not end");
        let twice = attributes.insert(name.to_owned(), resolved(value, at));
        assert_eq!(twice, None, "byte {at}: {name} stands twice");
        rest = after;
    }
}

fn resolved(text: &str, at: usize) -> String {
    assert!(
        !text.contains(['<', '>']),
        "byte {at}: not escaped: {text:?}"
    );
    let bad = |c: char| (c.is_control() && c != '\n') || u32::from(c) & 0xfffe == 0xfffe;
    assert!(!text.contains(bad), "byte {at}: {text:?}");
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, after) = piece
            .split_once(';')
            .unwrap_or_else(|| panic!("byte {at}: `&` not escaped: {piece:?}"));
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => panic!("byte {at}: &{name};"),
        });
        out.push_str(after);
    }
    out
}

/// What every page must keep: alone in the world, without code, and to be read aloud.
pub fn check(page: &str) -> Element {
    let lower = page.to_lowercase();
    for word in [
        "<script",
        "javascript:",
        "http:",
        "https:",
        "url(",
        "@import",
        "src=",
        "srcdoc",
        "<iframe",
        "<object",
        "<img",
        "<base",
        "//",
    ] {
        assert!(!lower.contains(word), "the page has `{word}`");
    }
    let root = read(page);
    let all = root.all();
    let (mut ids, mut count) = (BTreeSet::new(), 0);
    for element in &all {
        if let Some(id) = element.attribute("id") {
            assert!(ids.insert(id.to_owned()), "two of id {id}");
            assert!(!id.is_empty() && !id.contains(' '), "{id:?}");
        }
    }
    for element in &all {
        for (name, value) in &element.attributes {
            assert!(
                !name.starts_with("on") && name != "style",
                "{name} on {}",
                element.tag
            );
            match name.as_str() {
                "href" => {
                    let id = value.strip_prefix('#').expect("a link to elsewhere");
                    assert!(ids.contains(id), "a link to nothing: {value}");
                }
                "aria-labelledby" => {
                    for id in value.split(' ') {
                        let named = root
                            .by_id(id)
                            .unwrap_or_else(|| panic!("{id} names nothing"));
                        assert!(!named.text().is_empty(), "{id} is empty");
                    }
                }
                _ => {}
            }
        }
        if element.tag == "svg" {
            count += 1;
            let hidden = element.attribute("aria-hidden") == Some("true");
            let named = element.attribute("role") == Some("img")
                && (element.attribute("aria-labelledby").is_some()
                    || element.attribute("aria-label").is_some())
                && element
                    .elements()
                    .next()
                    .is_some_and(|e| e.tag == "title" && !e.text().is_empty());
            assert!(
                hidden != named,
                "a picture is either decoration or named: {:?}",
                element.attributes
            );
            for number in element.all().iter().flat_map(|e| &e.attributes) {
                let geometry = [
                    "x", "y", "width", "height", "cx", "cy", "r", "x1", "x2", "y1", "y2", "points",
                    "d",
                ];
                if geometry.contains(&number.0.as_str()) {
                    assert!(
                        !number.1.contains(['.', 'e', 'N']),
                        "not a whole number: {number:?}"
                    );
                }
            }
        }
        if ["figure", "details"].contains(&element.tag.as_str()) {
            assert!(
                !element.tagged("table").is_empty(),
                "{} without a table",
                element.tag
            );
        }
        if element.tag == "table" {
            let rows: Vec<usize> = element.rows().iter().map(Vec::len).collect();
            assert!(
                rows.len() > 1 && rows.iter().all(|cells| *cells == rows[0]),
                "{rows:?}"
            );
            assert!(!element.tagged("caption")[0].text().is_empty());
            assert!(
                element
                    .tagged("th")
                    .iter()
                    .all(|th| th.attribute("scope").is_some())
            );
        }
    }
    assert!(count > 0);
    // Plots that are no decoration stand in a figure, and so above a table.
    let figures: usize = root
        .tagged("figure")
        .iter()
        .map(|f| f.tagged("svg").len())
        .sum();
    let outside = all
        .iter()
        .filter(|e| e.tag == "svg" && e.attribute("role") == Some("img"))
        .count();
    assert!(figures >= outside);
    // Headings go down by one at a time, from the only first one.
    let levels: Vec<u8> = all
        .iter()
        .filter_map(|e| match e.tag.as_str() {
            "h1" => Some(1),
            "h2" => Some(2),
            "h3" => Some(3),
            _ => None,
        })
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(
        levels.windows(2).all(|two| two[1] <= two[0] + 1),
        "{levels:?}"
    );
    root
}
