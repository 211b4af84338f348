//! Pictures of the window as the X server holds it, and the check that something was painted at all.
//!
//! The driver's own screenshots hang in WebKitGTK 2.50 where compositing is off, and they would show what WebKit believes
//! it drew. The X server of the session keeps its screen in a file (XWD), which shows what a person would see.

use std::path::{Path, PathBuf};

/// A piece of the screen, three bytes a pixel.
pub struct Picture {
    width: usize,
    rows: Vec<u8>,
}

/// Where something is on the screen, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

impl Picture {
    /// Takes a picture of an area of the session's screen.
    pub fn of(area: Area) -> Self {
        let screen =
            std::env::var_os("KEEPWELL_SCREEN").expect("window tests run in the session of `cargo xtask test`");
        Self::from_xwd(&std::fs::read(screen).expect("the screen can be read"), area)
    }

    /// Reads an area out of an X window dump with 32 bits a pixel, blue first.
    fn from_xwd(dump: &[u8], area: Area) -> Self {
        let field = |index: usize| {
            let bytes = dump[index * 4..index * 4 + 4].try_into().expect("four bytes");
            usize::try_from(u32::from_be_bytes(bytes)).expect("a small number")
        };
        let (head, width, height, bits, line, colours) =
            (field(0), field(4), field(5), field(11), field(12), field(19));
        assert_eq!(bits, 32, "the session's screen has 32 bits a pixel");
        let area = Area {
            width: area.width.min(width.saturating_sub(area.left)),
            height: area.height.min(height.saturating_sub(area.top)),
            ..area
        };
        let mut rows = Vec::with_capacity(area.width * area.height * 3);
        for y in area.top..area.top + area.height {
            let start = head + colours * 12 + y * line + area.left * 4;
            let pixels = dump[start..start + area.width * 4].chunks_exact(4);
            rows.extend(pixels.flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
        }
        Self { width: area.width, rows }
    }

    /// Counts the colours, up to a few: a window that was never painted has one (ui.md section 6).
    pub fn colours(&self) -> usize {
        let mut seen = std::collections::HashSet::new();
        for pixel in self.rows.chunks_exact(3) {
            seen.insert([pixel[0], pixel[1], pixel[2]]);
            if seen.len() > 16 {
                break;
            }
        }
        seen.len()
    }

    /// Keeps the picture where somebody asked for pictures; the name says the screen, the size and the look.
    pub fn keep(&self, name: &str) {
        if let Some(folder) = wanted() {
            self.keep_in(&folder, name);
        }
    }

    /// Keeps the picture of a failure, where nobody has to ask for it.
    pub fn keep_failure(&self, name: &str) -> PathBuf {
        self.keep_in(&PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("window-failures"), name)
    }

    fn keep_in(&self, folder: &Path, name: &str) -> PathBuf {
        std::fs::create_dir_all(folder).expect("the folder for pictures can be made");
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, self.png()).expect("the picture can be kept");
        path
    }

    fn png(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let side = |pixels: usize| u32::try_from(pixels).expect("a small picture");
        let height = self.rows.len() / (self.width * 3).max(1);
        let mut encoder = png::Encoder::new(&mut file, side(self.width), side(height));
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().expect("a PNG begins");
        writer.write_image_data(&self.rows).expect("a PNG holds the picture");
        writer.finish().expect("a PNG ends");
        file
    }
}

/// Returns the folder for pictures where somebody asked for them.
pub fn wanted() -> Option<PathBuf> {
    std::env::var_os("KEEPWELL_PICTURES").map(PathBuf::from)
}

mod tests {
    use super::{Area, Picture};

    /// A dump of three by two pixels with one colour map entry and a line that is padded.
    fn dump() -> Vec<u8> {
        let mut fields = [0u32; 25];
        (fields[0], fields[4], fields[5], fields[11], fields[12], fields[19]) = (104, 3, 2, 32, 16, 1);
        let mut file: Vec<u8> = fields.iter().flat_map(|field| field.to_be_bytes()).collect();
        file.extend([0; 4 + 12]);
        for line in [[1u8, 2, 3], [4, 5, 6]] {
            file.extend(line.iter().flat_map(|red| [0, 0, *red, 255]));
            file.extend([0; 4]);
        }
        file
    }

    #[test]
    fn a_picture_is_cut_out_of_the_screen() {
        let all = Picture::from_xwd(&dump(), Area { left: 0, top: 0, width: 99, height: 99 });
        assert_eq!(all.rows.iter().step_by(3).collect::<Vec<_>>(), [&1, &2, &3, &4, &5, &6]);
        assert_eq!((all.width, all.colours()), (3, 6));
        let part = Picture::from_xwd(&dump(), Area { left: 2, top: 1, width: 1, height: 1 });
        assert_eq!((part.rows, part.width), (vec![6, 0, 0], 1));
    }
}
