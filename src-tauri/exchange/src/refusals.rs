//! Why something is not taken in.

use keepwell_kernel::Code;

macro_rules! codes {
    ($($name:ident = $code:literal, $remedy:literal;)+) => {
        $(#[doc = $remedy] pub const $name: Code = Code::new($code, $remedy);)+
        /// Every refusal of the exchange.
        pub const REFUSALS: &[Code] = &[$($name),+];
    };
}

codes! {
    MALFORMED_VALUE = "exchange.malformed_value", "The named field does not have the form that FHIR R4 gives it. Have it corrected where the file was made, and bring it in again.";
    NOT_A_RESOURCE = "exchange.not_a_resource", "This is not a FHIR resource. Nothing was taken from it.";
    NO_NAME = "exchange.no_name", "This patient has no name in the file. Register the person by hand, or have the name added where the file was made.";
    ANIMAL = "exchange.animal", "This record is about an animal. Keepwell keeps records of people.";
    UNKNOWN_MODIFIER = "exchange.unknown_modifier", "The named field may turn the meaning of the record round, and Keepwell does not know it. Ask whoever made the file for one without it.";
    TOO_MANY = "exchange.too_many", "One call takes at most 200 resources with 100 patients among them. Send the rest in further calls.";
    SOURCE_MISSING = "exchange.source_missing", "Say where the records come from, in 1 to 200 characters.";
    UNREADABLE = "exchange.unreadable", "The file cannot be read. Check that it is still there and that you may open it.";
    EMPTY = "exchange.empty", "There is nothing in this file.";
    NOT_JSON = "exchange.not_json", "This is not FHIR in JSON. Choose a file that ends in .json or .ndjson, made as FHIR R4.";
    XML = "exchange.xml", "This file is XML. Ask for FHIR R4 in JSON instead.";
    COMPRESSED = "exchange.compressed", "This file is packed. Unpack it and choose the files inside.";
    TRUNCATED = "exchange.truncated", "The file ends in the middle, so it was cut short on its way. Get it again.";
    NOT_FHIR = "exchange.not_fhir", "There is no FHIR resource in this file. Choose a file made as FHIR R4.";
    TOO_LONG = "exchange.too_long", "One record in this file is larger than 32 MiB. Have it split where it was made.";
    BACKUP_PLACE = "exchange.backup_place", "This folder cannot be planned with. Choose a folder by its whole path.";
    BACKUP_MISSING = "exchange.backup_missing", "There is no backup in this folder. Choose the folder whose name begins with keepwell-backup.";
    BACKUP_UNREADABLE = "exchange.backup_unreadable", "This backup cannot be read. Copy its whole folder again from where it was kept, or try an older one.";
    BACKUP_NEWER = "exchange.backup_newer", "This backup was made by a newer Keepwell. Install that version or a later one, and restore it there.";
    BACKUP_CUT = "exchange.backup_cut", "This backup is not whole: it was copied only in part. Copy its whole folder again.";
    BACKUP_DAMAGED = "exchange.backup_damaged", "This backup is damaged. Copy its whole folder again from where it was kept, or try an older one.";
    BACKUP_FOREIGN = "exchange.backup_foreign", "This backup is not of the practice that it names. Nothing was taken from it. Call whoever answers for security.";
    BACKUP_FORKED = "exchange.backup_forked", "This backup does not fit this practice's log: they have parted ways. Keep both as they are and call whoever answers for security.";
    BACKUP_OTHER_KEY = "exchange.backup_other_key", "This key does not open this backup. Check that it is the kit that was valid when the backup was made.";
    BACKUP_NOT_WRITTEN = "exchange.backup_not_written", "The backup could not be written there. Choose a folder that you may write to and that has room.";
    CUSTODIAN_KEY = "exchange.custodian_key", "This is no public key of age. Ask whoever keeps it for the line that begins with age1, and type all of it.";
    CUSTODIAN_SECRET = "exchange.custodian_secret", "This is a secret key, which nobody but its owner should have. Ask for the public key: it begins with age1.";
    NAME_DIFFERS = "exchange.name_differs", "This is not the practice's name. Type it as it stands in the settings.";
    CUSTODIAN = "exchange.custodian_missing", "Say who keeps the last backup and the recovery kit: the law asks for the records for years.";
    FINAL_BACKUP_UNPROVED = "exchange.final_backup_unproved", "The last backup was not proved, so nothing is erased. Make one and prove it first.";
    FINAL_BACKUP_STALE = "exchange.final_backup_stale", "Something was done since the last backup. Make a new one and prove it, then end at once.";
    PASSPHRASE_SHORT = "exchange.passphrase_short", "Choose a passphrase of at least 12 characters. Tell it to whoever gets the file, by another way.";
    PLAIN_WITHOUT_REASON = "exchange.plain_without_reason", "Files that anybody can open need a reason. Say why, or give a passphrase.";
    BAD_RECIPIENT = "exchange.bad_recipient", "This is no key that files can be sealed to. It begins with age1.";
    POPULATION_CUT = "exchange.population_cut", "The records could not be written to their end, and what was begun was taken away. The ledger of disclosures names whose records were on their way. Choose a folder that has room, and begin again.";
    RECORDS_SEALED = "exchange.records_sealed", "These records are sealed. Give the passphrase they were handed out with.";
    RECORDS_OTHER_KEY = "exchange.records_other_key", "This passphrase does not open these records. Ask whoever handed them out.";
    RECORDS_UNREADABLE = "exchange.records_unreadable", "These are no records that Keepwell handed out: the file is no zip archive, or one of another kind. Choose the file or the folder as it was handed out.";
    RECORDS_FORM = "exchange.records_form", "These records were written by another version of Keepwell, in a form that this one does not take. Have them handed out again by this version.";
    RECORDS_MISSING = "exchange.records_missing", "The named file is not there, though it is listed. Nothing was taken. Get the records again.";
    RECORDS_UNLISTED = "exchange.records_unlisted", "The named file does not belong to these records. Nothing was taken. Get the records again.";
    RECORDS_DAMAGED = "exchange.records_damaged", "These records are not as they were handed out: the named part differs. Nothing was taken. Get them again.";
    RECORDS_PATH = "exchange.records_path", "A file in these records bears a name that Keepwell never gives. Nothing was taken. Ask whoever handed them out.";
    RECORDS_TOO_LARGE = "exchange.records_too_large", "These records are larger than what can be taken in at once. Nothing was taken. Ask whoever looks after this program.";
    RECORDS_NOT_WRITTEN = "exchange.records_not_written", "The records could not be written there. Choose a folder that you may write to and that has room.";
    RECEIVED_MANY = "exchange.received_many", "One call keeps at most 100 resources, 5 MiB in all. Send the rest in further calls.";
    RECEIVED_LARGE = "exchange.received_large", "This resource is larger than 1 MiB, so it was not kept. Keep the file itself.";
    RECEIVED_FULL = "exchange.received_full", "There are 4,000 resources of this patient already, so this one was not kept. Keep the file itself.";
    RECEIVED_CURSOR = "exchange.received_cursor", "The list cannot go on from there. Begin again.";
    RECEIVED_CLOSED = "exchange.received_closed", "Records of other systems belong to this, and your role has no key to them. Ask somebody who may open charts and hand out records.";
    VISITS_CLOSED = "exchange.visits_closed", "What visits were for belongs to this, and your role has no key to it. Ask somebody who may open charts and bring records in.";
    NO_FILES = "exchange.no_files", "There is no .json or .ndjson file there. Choose the file, or the folder that holds it.";
}
