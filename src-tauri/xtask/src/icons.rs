//! Draws the icon in every size and packs the containers that Windows and macOS want.

use crate::step::{Done, Stop, root, say};
use std::path::Path;
use std::process::Command;

/// The pictures Linux takes as they are.
const PLAIN: [(&str, u32); 4] = [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];
/// The sizes Windows looks for.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// The kinds of picture in an .icns file that hold a PNG, with their size in pixels.
const ICNS: [(&[u8; 4], u32); 8] = [
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Draws everything from icons/keepwell.svg.
pub(crate) fn draw() -> Done {
    let folder = root().join("icons");
    let source = folder.join("keepwell.svg");
    let png = |size: u32| drawn(&source, size);
    for (name, size) in PLAIN {
        write(&folder.join(name), &png(size)?)?;
    }
    let sizes: Result<Vec<(u32, Vec<u8>)>, Stop> = ICO.into_iter().map(|size| Ok((size, png(size)?))).collect();
    write(&folder.join("icon.ico"), &ico(&sizes?)?)?;
    let kinds: Result<Vec<_>, Stop> = ICNS.into_iter().map(|(kind, size)| Ok((kind, png(size)?))).collect();
    write(&folder.join("icon.icns"), &icns(&kinds?)?)?;
    say("The icons are drawn.");
    Ok(())
}

fn drawn(source: &Path, size: u32) -> Result<Vec<u8>, Stop> {
    let size = size.to_string();
    let drawn = Command::new("rsvg-convert").args(["-w", &size, "-h", &size]).arg(source).output();
    match drawn {
        Ok(output) if output.status.success() => Ok(output.stdout),
        Ok(output) => Err(Stop::failed(String::from_utf8_lossy(&output.stderr))),
        Err(error) => Err(Stop::failed(format!("rsvg-convert (Debian package librsvg2-bin): {error}"))),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Done {
    std::fs::write(path, bytes).map_err(|error| Stop::failed(format!("{}: {error}", path.display())))
}

/// Packs PNG pictures as a Windows icon: a header, one 16-byte entry each, then the pictures.
fn ico(pictures: &[(u32, Vec<u8>)]) -> Result<Vec<u8>, Stop> {
    let count = u16::try_from(pictures.len()).map_err(|_| too_large())?;
    let mut file = [[0, 0], 1u16.to_le_bytes(), count.to_le_bytes()].concat();
    let mut offset = 6 + 16 * u32::from(count);
    for (size, png) in pictures {
        // A side of 256 is written as 0.
        let side = u8::try_from(*size).unwrap_or(0);
        let length = u32::try_from(png.len()).map_err(|_| too_large())?;
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset = offset.checked_add(length).ok_or_else(too_large)?;
    }
    file.extend(pictures.iter().flat_map(|(_, png)| png));
    Ok(file)
}

/// Packs PNG pictures as an Apple icon: each with its kind and length, all in one `icns` block.
fn icns(pictures: &[(&[u8; 4], Vec<u8>)]) -> Result<Vec<u8>, Stop> {
    let mut body = Vec::new();
    for (kind, png) in pictures {
        body.extend(*kind);
        body.extend(length_with_head(png)?);
        body.extend(png);
    }
    Ok([b"icns".as_slice(), &length_with_head(&body)?, &body].concat())
}

fn length_with_head(bytes: &[u8]) -> Result<[u8; 4], Stop> {
    let length = u32::try_from(bytes.len()).ok().and_then(|length| length.checked_add(8));
    length.map(u32::to_be_bytes).ok_or_else(too_large)
}

fn too_large() -> Stop {
    Stop::failed("the icon is too large")
}

#[cfg(test)]
mod tests {
    use super::{icns, ico};

    #[test]
    fn an_ico_points_at_each_of_its_pictures() {
        let file = ico(&[(16, vec![1; 3]), (256, vec![2; 5])]).unwrap();
        let entry = |at: usize| {
            let number = |from: usize| u32::from_le_bytes(file[from..from + 4].try_into().unwrap()) as usize;
            (file[at], &file[number(at + 12)..number(at + 12) + number(at + 8)])
        };
        assert_eq!(&file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!(entry(6), (16, &[1u8; 3][..]));
        assert_eq!(entry(22), (0, &[2u8; 5][..]));
    }

    #[test]
    fn an_icns_counts_its_heads() {
        let file = icns(&[(b"ic07", vec![7; 4])]).unwrap();
        assert_eq!(file, [b"icns".as_slice(), &[0, 0, 0, 20], b"ic07", &[0, 0, 0, 12], &[7; 4]].concat());
    }
}
