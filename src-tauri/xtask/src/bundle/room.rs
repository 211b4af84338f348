//! A room for the trial: a small fresh system in a folder, from the machine's own distribution, with nothing of ours in
//! it. Commands in it have their own mounts and processes, which end with the command.

use super::{at, told};
use crate::step::{Done, Step, Steps, Stop, root};
use std::fs;
use std::path::{Path, PathBuf};

/// The passphrase of the practice in the room, which is made up and thrown away with it.
const PASSPHRASE: &str = "seven quiet herons at dawn";

/// The room.
pub(crate) struct Room {
    pub(crate) folder: PathBuf,
}

impl Room {
    /// Builds it from the distribution's mirror, which needs root and a network.
    pub(crate) fn build(steps: &mut Steps, folder: PathBuf) -> Result<Self, Stop> {
        if told("id", &["-u"], &root(), &[])?.trim() != "0" {
            return Err(Stop::failed("The trial installs packages in a room of their own, which only root may build."));
        }
        let about = super::read_text(Path::new("/etc/os-release"))?;
        let suite = about.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
        let suite =
            suite.ok_or_else(|| Stop::failed("This distribution's release has no name, so no room is built."))?;
        super::emptied(&folder)?;
        let place = folder.to_string_lossy().into_owned();
        steps.take(
            Step::new("a fresh system", "mmdebstrap", &["--quiet", "--variant=minbase", suite, &place]).minutes(15),
        )?;
        let room = Self { folder };
        room.run(&["apt-get", "update"])?;
        Ok(room)
    }

    /// Returns the program and the arguments that run a command in the room, with the machine's folder for temporary
    /// files, where a session keeps its screen and its bus.
    pub(crate) fn line(&self, command: &[&str]) -> Vec<String> {
        let room = self.folder.display();
        let temporary = std::env::temp_dir();
        let script = format!(
            "mount -t proc proc '{room}/proc' && mount --bind /dev '{room}/dev' && mount --bind '{0}' '{room}{0}' && exec \
             chroot '{room}' \"$@\"",
            temporary.display()
        );
        let start = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", &script, "room"];
        start.iter().chain(command).map(|word| (*word).to_owned()).collect()
    }

    /// Runs a command in the room and returns what it prints.
    pub(crate) fn run(&self, command: &[&str]) -> Result<String, Stop> {
        let line = self.line(command);
        let words: Vec<&str> = line.iter().skip(1).map(String::as_str).collect();
        let home = self.home();
        let with = [
            ("HOME", home.as_str()),
            ("LC_ALL", "C.UTF-8"),
            ("DEBIAN_FRONTEND", "noninteractive"),
            ("KEEPWELL_PASSPHRASE", PASSPHRASE),
        ];
        told("unshare", &words, &root(), &with)
    }

    /// Puts a file into the room.
    pub(crate) fn bring(&self, file: &Path) -> Result<String, Stop> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        fs::copy(file, self.folder.join("srv").join(&name)).map_err(|error| at(file, &error))?;
        Ok(format!("/srv/{name}"))
    }

    /// Returns the home of the person in the room, as the room sees it.
    pub(crate) fn home(&self) -> String {
        Path::new("/").join("home").join("ana").display().to_string()
    }

    /// Returns a hash over every file in the home.
    pub(crate) fn sum_of_home(&self) -> Result<String, Stop> {
        let script = format!("cd {} && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum", self.home());
        self.run(&["sh", "-c", &script])
    }

    /// Makes the home.
    pub(crate) fn settle(&self) -> Done {
        self.run(&["mkdir", "--parents", &self.home()]).map(drop)
    }
}
