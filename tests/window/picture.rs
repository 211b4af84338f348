//! Pictures of the window, and the check that something was drawn at all.

use std::path::PathBuf;

/// Keeps a picture where somebody asked for pictures; the name says the screen and the look.
pub fn keep(name: &str, png: &[u8]) {
    if let Some(folder) = std::env::var_os("KEEPWELL_PICTURES").map(PathBuf::from) {
        keep_in(&folder, name, png);
    }
}

/// Keeps the picture of a failure, where nobody has to ask for it.
pub fn keep_failure(name: &str, png: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("window-failures");
    keep_in(&folder, name, png)
}

fn keep_in(folder: &std::path::Path, name: &str, png: &[u8]) -> PathBuf {
    std::fs::create_dir_all(folder).expect("the folder for pictures can be made");
    let path = folder.join(format!("{name}.png"));
    std::fs::write(&path, png).expect("the picture can be kept");
    path
}

/// Counts the colours of a picture, up to a few: a window that was never painted has one (ui.md section 6).
pub fn colours(png: &[u8]) -> usize {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("the driver sends a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("the picture has a size")];
    let frame = reader.next_frame(&mut pixels).expect("the picture can be read");
    let mut seen = std::collections::HashSet::new();
    for pixel in pixels[..frame.buffer_size()].chunks_exact(4) {
        seen.insert([pixel[0], pixel[1], pixel[2]]);
        if seen.len() > 16 {
            break;
        }
    }
    seen.len()
}

#[cfg(test)]
mod tests {
    use super::colours;

    fn picture(pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let side = u32::try_from(pixels.len() / 3).unwrap();
        let mut encoder = png::Encoder::new(&mut file, side, 1);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        file
    }

    #[test]
    fn a_blank_picture_has_one_colour() {
        assert_eq!(colours(&picture(&[9; 12])), 1);
        assert_eq!(colours(&picture(&[0, 0, 0, 9, 9, 9, 0, 0, 0])), 2);
    }
}
