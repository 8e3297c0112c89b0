//! As much of WebAssembly's binary format as is needed to look at imports and to change them. WebAssembly Core Specification,
//! 5.5.

use anyhow::{Context, Result, bail};

/// What comes before the first section.
pub(super) const PREAMBLE: [u8; 8] = *b"\0asm\x01\0\0\0";
/// The number of the section that says what is imported.
pub(super) const IMPORTS: u8 = 2;
/// The number of the section that says what is exported.
pub(super) const EXPORTS: u8 = 7;

/// The sections of `wasm`: the number and the content of each.
pub(super) fn sections(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut input = Reader(wasm.strip_prefix(&PREAMBLE).context("not WebAssembly")?);
    let mut sections = Vec::new();
    while let Some(kind) = input.byte() {
        sections.push((kind, input.sized()?));
    }
    Ok(sections)
}

/// What is left to read.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next byte, unless it is the end.
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned LEB128 number.
    pub(super) fn number(&mut self) -> Result<u32> {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte().context("the WebAssembly ends in a number")?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        bail!("a number is too long")
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self
            .0
            .split_at_checked(count)
            .context("the WebAssembly ends early")?;
        self.0 = rest;
        Ok(bytes)
    }

    /// Bytes that come after their number.
    pub(super) fn sized(&mut self) -> Result<&'a [u8]> {
        let count = self.number()? as usize;
        self.bytes(count)
    }

    /// What kind of thing is imported.
    pub(super) fn description(&mut self) -> Result<&'a [u8]> {
        let start = self.0;
        match self.byte() {
            // A function, by its type.
            Some(0) => drop(self.number()?),
            Some(1) => {
                self.bytes(1)?;
                self.limits()?;
            }
            Some(2) => self.limits()?,
            // A global: what it holds and whether it changes.
            Some(3) => drop(self.bytes(2)?),
            other => bail!("an import of an unknown kind: {other:?}"),
        }
        Ok(&start[..start.len() - self.0.len()])
    }

    fn limits(&mut self) -> Result<()> {
        let has_most = self.byte().is_some_and(|flags| flags & 1 == 1);
        self.number()?;
        if has_most {
            self.number()?;
        }
        Ok(())
    }
}

/// Writes `bytes` after their number.
pub(super) fn write_sized(bytes: &[u8], out: &mut Vec<u8>) {
    // A module of more than four gibibytes could not have been read.
    write_number(u32::try_from(bytes.len()).unwrap_or(u32::MAX), out);
    out.extend(bytes);
}

/// Writes an unsigned LEB128 number.
pub(super) fn write_number(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}
