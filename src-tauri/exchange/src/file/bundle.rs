//! One JSON document: a resource, or a Bundle, whose entries are handed on one after the other as they are read.

use super::Gathering;
use super::form::{judged, without_mark};
use crate::refusals;
use keepwell_kernel::Error;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::io::BufRead;

/// Reads a document that was found to be whole.
pub(super) fn read(reader: impl BufRead, into: &mut Gathering<'_>) -> Result<(), Error> {
    let mut document = serde_json::Deserializer::from_reader(without_mark(reader)?);
    let read = Document(&mut *into).deserialize(&mut document);
    // A reading that was stopped ends in an error of its own making, which says nothing.
    if into.failed.is_some() || into.read.stopped {
        return Ok(());
    }
    match read {
        Ok(Some(resource)) => {
            if resource.get("resourceType").is_none() {
                return Err(refusals::NOT_FHIR.into());
            }
            into.take(&Value::Object(resource), false);
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(error) => Err(judged(&error).into()),
    }
}

/// Reads an object. A Bundle's entries are handed on as they come; any other resource is the answer.
struct Document<'g, 's>(&'g mut Gathering<'s>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = Option<Map<String, Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = Option<Map<String, Value>>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a resource")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Map::new();
        let mut streamed = false;
        while let Some(key) = map.next_key::<String>()? {
            let is_bundle = fields.get("resourceType").and_then(Value::as_str) == Some("Bundle");
            if key == "entry" && is_bundle {
                map.next_value_seed(Entries(&mut *self.0))?;
                streamed = true;
            } else {
                let value = map.next_value()?;
                fields.insert(key, value);
            }
        }
        Ok(if streamed { None } else { Some(fields) })
    }
}

struct Entries<'g, 's>(&'g mut Gathering<'s>);

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the entries of a Bundle")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(entry) = entries.next_element::<Value>()? {
            if !self.0.take(&entry, true) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
