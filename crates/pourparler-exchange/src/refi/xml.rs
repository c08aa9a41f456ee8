//! Elements written one after the other. What XML 1.0 cannot hold is replaced and counted.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::xml::held;

/// Where elements go.
pub struct Xml<W: Write> {
    to: Writer<W>,
    /// How many characters were replaced so far.
    pub replaced: usize,
}

impl<W: Write> Xml<W> {
    pub fn new(to: W) -> Self {
        Self { to: Writer::new(to), replaced: 0 }
    }

    pub fn into_inner(self) -> W {
        self.to.into_inner()
    }

    fn start<'n>(&mut self, name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            // Readers take line ends and tabs in attributes for spaces.
            let value = self.held(value).replace(['\n', '\t'], " ");
            start.push_attribute((*key, value.as_str()));
        }
        start
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.to.write_event(Event::Start(start))
    }

    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.to.write_event(Event::End(BytesEnd::new(name)))
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.to.write_event(Event::Empty(start))
    }

    pub fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.open(name, &[])?;
        let text = self.held(text);
        self.to.write_event(Event::Text(BytesText::new(&text)))?;
        self.close(name)
    }

    fn held<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        // Readers take a carriage return for a line end.
        let lines = match text.contains('\r') {
            true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
            false => Cow::Borrowed(text),
        };
        let (clean, replaced) = held(&lines);
        self.replaced += replaced;
        if replaced == 0 { lines } else { Cow::Owned(clean.into_owned()) }
    }
}
