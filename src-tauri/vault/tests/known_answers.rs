//! Published answers for every primitive the store rests on, and frozen stores that must open for ever.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod records;

use hmac::{KeyInit as _, Mac as _};
use keepwell_kernel::{Compartment, VaultId};
use keepwell_vault::engine::{MemoryEngine, Verdict};
use keepwell_vault::known_answer::{open_bare, open_value, seal_bare};
use keepwell_vault::{
    Cost, Envelope, Key, Keyring, MemoryKeychain, PassphraseSeal, PublicKey, Segment, Suite, Vault, VaultError,
};
use records::{BY_NAME, BY_NUMBER, BY_TAG, Card, CardV1, Note, Person, RECOVERY, SUITES, at, change, get, put, sweep};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads one of Project Wycheproof's files from the data that lies beside the repository.
fn wycheproof(name: &str) -> Vec<(Value, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/crypto/wycheproof").join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("Wycheproof's {name} is not at ../shared/data/crypto/wycheproof: {error}"));
    let file: Value = serde_json::from_str(&text).unwrap();
    let cases: Vec<_> = file["testGroups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["tests"].as_array().unwrap().iter().map(|case| (group.clone(), case.clone())))
        .collect();
    assert_eq!(cases.len() as u64, file["numberOfTests"].as_u64().unwrap());
    cases
}

fn bytes(case: &Value, field: &str) -> Vec<u8> {
    hex::decode(case[field].as_str().unwrap_or_else(|| panic!("{field} in {case}"))).unwrap()
}

fn valid(case: &Value) -> bool {
    case["result"] == "valid"
}

#[test]
fn xchacha20_poly1305_answers_as_wycheproof_says() {
    let (mut good, mut bad) = (0, 0);
    for (_, case) in wycheproof("xchacha20_poly1305_test.json") {
        let sealed = [bytes(&case, "ct"), bytes(&case, "tag")].concat();
        let (aad, plain) = (bytes(&case, "aad"), bytes(&case, "msg"));
        // Nonces of another length cannot be asked for: the type is twenty-four bytes.
        let Ok(nonce) = <[u8; 24]>::try_from(bytes(&case, "iv")) else {
            assert!(!valid(&case), "{case}");
            continue;
        };
        let key = Key::from_slice(&bytes(&case, "key")).unwrap();
        let opened = open_bare(Suite::XChaCha20Poly1305, &key, &nonce, &aad, &sealed);
        assert_eq!(opened.is_ok(), valid(&case), "{case}");
        if valid(&case) {
            assert_eq!(opened.unwrap(), plain);
            assert_eq!(seal_bare(Suite::XChaCha20Poly1305, &key, &nonce, &aad, &plain).unwrap(), sealed);
            good += 1;
        } else {
            bad += 1;
        }
    }
    assert_eq!((good, bad), (246, 60));
}

fn ring_aead(name: &str, algorithm: &'static ring::aead::Algorithm, expected: (u32, u32, u32)) {
    use ring::aead::{Aad, LessSafeKey, Nonce, UnboundKey};
    let (mut good, mut bad, mut elsewhere) = (0, 0, 0);
    for (_, case) in wycheproof(name) {
        let (Ok(key), Ok(nonce)) =
            (UnboundKey::new(algorithm, &bytes(&case, "key")), <[u8; 12]>::try_from(bytes(&case, "iv")))
        else {
            elsewhere += 1;
            continue;
        };
        let key = LessSafeKey::new(key);
        let nonce = || Nonce::assume_unique_for_key(nonce);
        let sealed = [bytes(&case, "ct"), bytes(&case, "tag")].concat();
        let mut body = sealed.clone();
        let opened = key.open_in_place(nonce(), Aad::from(bytes(&case, "aad")), &mut body).map(|plain| plain.to_vec());
        assert_eq!(opened.is_ok(), valid(&case), "{case}");
        if valid(&case) {
            let mut plain = bytes(&case, "msg");
            assert_eq!(opened.unwrap(), plain);
            key.seal_in_place_append_tag(nonce(), Aad::from(bytes(&case, "aad")), &mut plain).unwrap();
            assert_eq!(plain, sealed);
            good += 1;
        } else {
            bad += 1;
        }
    }
    assert_eq!((good, bad, elsewhere), expected, "opened, refused, of a size the product never uses");
}

#[test]
fn aes_256_gcm_answers_as_wycheproof_says() {
    ring_aead("aes_gcm_test.json", &ring::aead::AES_256_GCM, (39, 27, 250));
}

#[test]
fn chacha20_poly1305_answers_as_wycheproof_says() {
    ring_aead("chacha20_poly1305_test.json", &ring::aead::CHACHA20_POLY1305, (256, 60, 9));
}

#[test]
fn hkdf_sha256_answers_as_wycheproof_says() {
    let mut through_key = 0;
    for (_, case) in wycheproof("hkdf_sha256_test.json") {
        let (ikm, salt, info) = (bytes(&case, "ikm"), bytes(&case, "salt"), bytes(&case, "info"));
        let mut okm = vec![0; usize::try_from(case["size"].as_u64().unwrap()).unwrap()];
        let done = hkdf::Hkdf::<sha2::Sha256>::new(Some(&salt), &ikm).expand(&info, &mut okm);
        assert_eq!(done.is_ok(), valid(&case), "{case}");
        if !valid(&case) {
            continue;
        }
        assert_eq!(okm, bytes(&case, "okm"), "{case}");
        if let Some(key) = Key::from_slice(&ikm) {
            // The first bytes of an expansion do not depend on how much is asked for.
            let both = okm.len().min(32);
            assert_eq!(key.derive(&salt, &info).bytes()[..both], okm[..both], "{case}");
            through_key += 1;
        }
    }
    assert!(through_key > 20, "{through_key} cases went through Key::derive");
}

#[test]
fn hmac_sha256_answers_as_wycheproof_says() {
    for (_, case) in wycheproof("hmac_sha256_test.json") {
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&bytes(&case, "key")).unwrap();
        mac.update(&bytes(&case, "msg"));
        assert_eq!(mac.verify_truncated_left(&bytes(&case, "tag")).is_ok(), valid(&case), "{case}");
    }
}

#[test]
fn a_mac_over_parts_is_hmac_over_lengths_and_parts() {
    let key = Key::from_bytes([7; 32]);
    let mut message = 2u64.to_be_bytes().to_vec();
    message.extend_from_slice(b"ab");
    message.extend_from_slice(&0u64.to_be_bytes());
    let reference = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key.bytes()), &message);
    assert_eq!(key.mac(&[b"ab", b""]), reference.as_ref());
}

#[test]
fn x25519_answers_as_wycheproof_says() {
    let (mut agreed, mut refused) = (0, 0);
    for (_, case) in wycheproof("x25519_test.json") {
        let private: [u8; 32] = bytes(&case, "private").try_into().unwrap();
        let public: [u8; 32] = bytes(&case, "public").try_into().unwrap();
        let shared = x25519_dalek::StaticSecret::from(private).diffie_hellman(&x25519_dalek::PublicKey::from(public));
        assert_eq!(shared.as_bytes().as_slice(), bytes(&case, "shared"), "{case}");
        agreed += 1;
        if shared.as_bytes() == &[0; 32] {
            // A public key of low order gives everybody the same secret; sealing to it must fail.
            assert!(PublicKey(public).seal(b"", b"secret").is_err(), "{case}");
            refused += 1;
        }
    }
    assert!(agreed == 518 && refused > 10, "{agreed} {refused}");
}

#[test]
fn ed25519_answers_as_wycheproof_says() {
    let (mut good, mut bad) = (0, 0);
    for (group, case) in wycheproof("ed25519_test.json") {
        let public: [u8; 32] = bytes(&group["publicKey"], "pk").try_into().unwrap();
        let verified = ed25519_dalek::VerifyingKey::from_bytes(&public)
            .and_then(|key| {
                ed25519_dalek::Signature::from_slice(&bytes(&case, "sig")).map(|signature| (key, signature))
            })
            .and_then(|(key, signature)| key.verify_strict(&bytes(&case, "msg"), &signature));
        assert_eq!(verified.is_ok(), valid(&case), "{case}");
        if valid(&case) {
            good += 1;
        } else {
            bad += 1;
        }
    }
    assert_eq!((good, bad), (88, 63));
}

#[test]
fn argon2id_answers_as_rfc_9106_says() {
    let secret = [3u8; 8];
    let params = argon2::ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .output_len(32)
        .data(argon2::AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let argon2 =
        argon2::Argon2::new_with_secret(&secret, argon2::Algorithm::Argon2id, argon2::Version::V0x13, params).unwrap();
    let mut tag = [0u8; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(hex::encode(tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

#[test]
fn hpke_opens_what_rfc_9180_published() {
    // RFC 9180, appendix A.2.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, sequence 0.
    use hpke::Deserializable as _;
    type X25519 = hpke::kem::X25519HkdfSha256;
    let hex = |text: &str| hex::decode(text).unwrap();
    let private = hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let public = hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    let encapsulated = hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let sealed = hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28");
    assert_eq!(PublicKey::of(&Key::from_slice(&private).unwrap()).0.as_slice(), public);
    let opened = hpke::single_shot_open::<hpke::aead::ChaCha20Poly1305, hpke::kdf::HkdfSha256, X25519>(
        &hpke::OpModeR::Base,
        &<X25519 as hpke::Kem>::PrivateKey::from_bytes(&private).unwrap(),
        &<X25519 as hpke::Kem>::EncappedKey::from_bytes(&encapsulated).unwrap(),
        b"Ode on a Grecian Urn",
        &sealed,
        b"Count-0",
    );
    assert_eq!(opened.unwrap(), b"Beauty is truth, truth beauty");
}

/// A store as it was written once, with everything needed to open it in every way there is.
#[derive(Serialize, Deserialize)]
struct Frozen {
    suite: String,
    vault: VaultId,
    keychain: BTreeMap<String, String>,
    rows: Vec<(String, String)>,
    passphrase_seal: PassphraseSeal,
    envelope: String,
    segment_envelope: String,
    segment_id: String,
    segment_entry: String,
    value: String,
}

const HOLDER: [u8; 16] = [0xd0; 16];
const HOLDER_PRIVATE: [u8; 32] = [0x77; 32];
const VALUE_KEY: [u8; 32] = [0x11; 32];
const PASSPHRASE: &str = "correct horse battery staple";
const LETTER_BYTES: usize = 70_000;

/// The forms of a store that were ever written. In the second, the device key lies in the bundle for recovery.
const FORMS: [u32; 2] = [1, 2];

fn fixture(form: u32, suite: Suite) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(format!("store-{form}-{}.json", suite.name()))
}

fn letter() -> Vec<u8> {
    (0..LETTER_BYTES).map(|at| (at % 251) as u8).collect()
}

/// Makes the frozen stores of this version. Run by hand when the stored format changes, under a new name; files that
/// a release has shipped are never made again.
#[test]
#[ignore = "writes the fixtures"]
fn freeze() {
    for suite in SUITES {
        let store = records::store(suite);
        let (vault, keys) = (&store.vault, &store.keys);
        let mut letter_at = None;
        change(vault, keys, |tx| {
            tx.grant(&HOLDER, PublicKey::of(&Key::from_bytes(HOLDER_PRIVATE)), &Compartment::GRANTED)?;
            letter_at = Some(tx.put_blob(Compartment::Demographics, &letter())?);
            Ok(())
        })
        .unwrap();
        put(vault, keys, &Person::at(1)).unwrap();
        put(vault, keys, &Person { letter: letter_at, ..Person::at(1) }).unwrap();
        put(vault, keys, &Person::at(2)).unwrap();
        change(vault, keys, |tx| {
            let row = tx.reading().key_of(<Person as keepwell_vault::Record>::TABLE)?.id(&[2; 16]).done();
            tx.remove::<Person>(&row)
        })
        .unwrap();
        put(vault, keys, &Note::at(3)).unwrap();
        put(vault, keys, &CardV1 { id: [4; 16], name: "Ada Lovelace".to_owned() }).unwrap();
        change(vault, keys, |tx| tx.raise_epoch(Compartment::Demographics).map(|_| ())).unwrap();
        let both = Arc::new(vault.keyring_of(&HOLDER, &Key::from_bytes(HOLDER_PRIVATE)).unwrap());
        put(vault, &both, &Person::at(5)).unwrap();
        change(vault, &both, |tx| tx.log_put(1, b"entry", b"sealed by the log")).unwrap();
        let holder = PublicKey::of(&Key::from_bytes(HOLDER_PRIVATE));
        let (segment, segment_envelope) = Segment::begin(both.device().log_public()).unwrap();
        let cost: Cost = serde_json::from_str(r#"{"memory_kib":65536,"passes":3,"lanes":4}"#).unwrap();
        let device = vault.device_key().unwrap();
        let frozen = Frozen {
            suite: suite.name().to_owned(),
            vault: vault.id(),
            keychain: store
                .keychain
                .tamper(|held| held.iter().map(|(name, value)| (name.clone(), hex::encode(value))).collect()),
            rows: store.rows().iter().map(|(key, value)| (hex::encode(key), hex::encode(value))).collect(),
            passphrase_seal: PassphraseSeal::make(cost, PASSPHRASE, &device, b"staff", b"staff keys").unwrap(),
            envelope: hex::encode(holder.seal(b"purpose", b"for one holder").unwrap().to_bytes()),
            segment_id: hex::encode(segment.id()),
            segment_envelope: hex::encode(segment_envelope.to_bytes()),
            segment_entry: hex::encode(segment.seal(suite, vault.id(), 7, b"an entry").unwrap()),
            value: hex::encode(suite.seal(&Key::from_bytes(VALUE_KEY), 42, b"bound", b"a value").unwrap()),
        };
        std::fs::write(fixture(FORMS[FORMS.len() - 1], suite), serde_json::to_string_pretty(&frozen).unwrap() + "\n")
            .unwrap();
    }
}

fn thawed(frozen: &Frozen) -> (MemoryEngine, MemoryKeychain, Vault) {
    let (engine, keychain) = (MemoryEngine::empty(), MemoryKeychain::default());
    let rows = frozen.rows.iter().map(|(key, value)| (hex::decode(key).unwrap(), hex::decode(value).unwrap()));
    engine.tamper(|held| held.extend(rows));
    keychain.tamper(|held| {
        held.extend(frozen.keychain.iter().map(|(name, value)| (name.clone(), hex::decode(value).unwrap())));
    });
    let vault = Vault::open(Box::new(engine.clone()), Arc::new(keychain.clone())).unwrap();
    (engine, keychain, vault)
}

fn envelope(text: &str) -> Envelope {
    Envelope::from_bytes(&hex::decode(text).unwrap()).unwrap()
}

fn reads_everything(vault: &Vault, keys: &Keyring) {
    assert_eq!(
        sweep(vault, keys),
        keepwell_vault::Sweep { rows: sweep(vault, keys).rows, digest_agrees: true, recovery_agrees: true }
    );
    vault
        .read::<(), VaultError>(keys, |look| {
            let table = <Person as keepwell_vault::Record>::TABLE;
            let one = look.key_of(table)?.id(&[1; 16]).done();
            let versions = look.versions::<Person>(&one)?;
            assert_eq!(versions.iter().map(|stored| stored.version).collect::<Vec<_>>(), [2, 1]);
            assert_eq!((versions[1].record.clone(), versions[1].at), (Person::at(1), at(0)));
            assert_eq!(versions[1].by, Some(records::staff()));
            let letter_at = versions[0].record.letter.clone().unwrap();
            assert_eq!(*look.blob(&letter_at)?, letter());
            let two = look.key_of(table)?.id(&[2; 16]).done();
            assert!(look.get::<Person>(&two)?.is_none());
            assert_eq!(look.versions::<Person>(&two)?[0].record, Person::at(2));
            let number = look.key_of(table)?.blind("number", b"MRN-5").done();
            assert_eq!(look.find_one::<Person>(BY_NUMBER, &number)?.unwrap().record, Person::at(5));
            let tag = look.key_of(table)?.blind("tag", b"tag-1").done();
            assert_eq!(look.find::<Person>(BY_TAG, &tag, 9)?, [one]);
            let card = look.key_of(CARD)?.id(&[4; 16]).done();
            let card: Card = look.get(&card)?.unwrap().record;
            assert_eq!((card.family.as_str(), card.given.as_str()), ("Lovelace", "Ada"));
            assert_eq!(look.log_get(1, b"entry")?.unwrap(), b"sealed by the log");
            Ok(())
        })
        .unwrap();
    assert_eq!(get::<Note>(vault, keys, [3; 16]).unwrap(), Some(Note::at(3)));
}

const CARD: keepwell_vault::Table = <Card as keepwell_vault::Record>::TABLE;

#[test]
fn a_store_of_every_form_opens_for_ever() {
    for (form, suite) in FORMS.into_iter().flat_map(|form| SUITES.map(|suite| (form, suite))) {
        let frozen: Frozen = serde_json::from_str(&std::fs::read_to_string(fixture(form, suite)).unwrap()).unwrap();
        let (_engine, keychain, vault) = thawed(&frozen);
        assert_eq!((vault.id(), vault.suite().name()), (frozen.vault, frozen.suite.as_str()));

        let holder = Key::from_bytes(HOLDER_PRIVATE);
        let keys = Arc::new(vault.keyring_of(&HOLDER, &holder).unwrap());
        reads_everything(&vault, &keys);
        put(&vault, &keys, &Card::from(CardV1 { id: [4; 16], name: "Ada King".to_owned() })).unwrap();
        put(&vault, &keys, &Person { number: "MRN-1b".to_owned(), ..Person::at(1) }).unwrap();
        assert!(sweep(&vault, &keys).digest_agrees, "a store of an older form can be written too");

        let (_engine, _, recovered) = thawed(&frozen);
        reads_everything(&recovered, &recovered.recover(&Key::from_bytes(RECOVERY)).unwrap());
        let (engine, _, _) = thawed(&frozen);
        let bare = Vault::open(Box::new(engine), Arc::new(MemoryKeychain::default())).unwrap();
        assert!(matches!(bare.device_keyring(), Err(VaultError::NoDeviceKey)));
        reads_everything(&bare, &bare.recover(&Key::from_bytes(RECOVERY)).unwrap());
        let same =
            frozen.keychain[&format!("device:{}", frozen.vault)] == hex::encode(bare.device_key().unwrap().bytes());
        assert_eq!(same, form > 1, "from the second form on, recovery brings the device key back");

        let device = keychain.tamper(|held| Key::from_slice(&held[&format!("device:{}", frozen.vault)]).unwrap());
        assert_eq!(&**frozen.passphrase_seal.open(PASSPHRASE, &device, b"staff").unwrap(), b"staff keys");
        assert_eq!(&**envelope(&frozen.envelope).open(&holder, b"purpose").unwrap(), b"for one holder");
        let opened = open_value(&Key::from_bytes(VALUE_KEY), 42, b"bound", &hex::decode(&frozen.value).unwrap());
        assert_eq!(&**opened.unwrap(), b"a value");
        let id = hex::decode(&frozen.segment_id).unwrap().try_into().unwrap();
        let segment = Segment::open(id, &envelope(&frozen.segment_envelope), &keys.log_private().unwrap()).unwrap();
        let entry = segment.open_entry(frozen.vault, 7, &hex::decode(&frozen.segment_entry).unwrap()).unwrap();
        assert_eq!(&*entry, b"an entry");
        assert!(segment.open_entry(frozen.vault, 8, &hex::decode(&frozen.segment_entry).unwrap()).is_err());
    }
}

#[test]
fn a_record_of_every_form_is_read_and_brought_along() {
    // MessagePack maps with named fields, frozen as the programs of their time wrote them.
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/card-forms.json")).unwrap();
    let forms: BTreeMap<u16, String> = serde_json::from_str(&text).unwrap();
    let form = |schema: u16| hex::decode(&forms[&schema]).unwrap();
    let ada = Card { id: [4; 16], family: "Lovelace".to_owned(), given: "Ada".to_owned() };
    for schema in [1, 2] {
        assert_eq!(<Card as keepwell_vault::Record>::read(schema, &form(schema)).unwrap(), ada, "form {schema}");
    }
    assert_eq!(keepwell_vault::record::encode(CARD, &ada).unwrap(), form(2), "what is written today is form 2");
    for (schema, bytes) in [(0, form(1)), (3, form(2)), (2, form(1)), (1, form(2)), (2, Vec::new())] {
        assert!(<Card as keepwell_vault::Record>::read(schema, &bytes).is_err(), "form {schema}");
    }

    for suite in SUITES {
        let store = records::store(suite);
        let (vault, keys) = (&store.vault, &store.keys);
        put(vault, keys, &CardV1 { id: [4; 16], name: "Ada Lovelace".to_owned() }).unwrap();
        assert_eq!(get::<Card>(vault, keys, [4; 16]).unwrap(), Some(ada.clone()));
        assert!(get::<CardV1>(vault, keys, [4; 16]).is_ok());
        assert_eq!(put(vault, keys, &ada).unwrap(), 2, "the older form is version 1 in the history");
        vault
            .read::<(), VaultError>(keys, |look| {
                let row = look.key_of(CARD)?.id(&[4; 16]).done();
                let versions: Vec<Card> = look.versions::<Card>(&row)?.into_iter().map(|one| one.record).collect();
                assert_eq!(versions, [ada.clone(), ada.clone()]);
                let name = look.key_of(CARD)?.blind("name", b"Lovelace").done();
                assert_eq!(look.find::<Card>(BY_NAME, &name, 9)?, [row], "the new form stands in the index");
                Ok(())
            })
            .unwrap();
        assert!(sweep(vault, keys).digest_agrees, "an index that changed its keys leaves the digest whole");
        let stale: Result<CardV1, _> = get::<CardV1>(vault, keys, [4; 16]).map(Option::unwrap);
        assert!(stale.is_err(), "an older program says that it cannot read a newer form");
        vault.write::<(), VaultError>(keys, &mut |_| Ok((Verdict::Abort, ()))).unwrap();
    }
}
