//! `exchange.received`: what was kept as received, of a patient or of all.

use super::table::{Received, rows_of};
use crate::refusals::RECEIVED_CURSOR;
use keepwell_kernel::{Error, Fault, Operation, PatientId, Permission, Purpose, Refusal, instant_text};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::{Record as _, RowKey};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many rows are looked at for one answer.
const PAGE: usize = 200;
/// An answer ends after the row with which it is longer than this.
const BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Lists resources.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListReceived {
    /// Of this patient alone.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<PatientId>,
    /// Of this type alone. An answer can hold fewer rows than there are then, and go on all the same.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub resource_type: Option<String>,
    /// Where the answer before ended; nothing for the first.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<String>,
}

/// A resource as it was received.
#[derive(Serialize, TS)]
pub struct ReceivedRow {
    /// Its type.
    pub resource_type: String,
    /// The id it has where it comes from; empty where it has none.
    pub resource_id: String,
    /// Where it came from, such as the file's name.
    pub source: String,
    /// When.
    #[ts(type = "Instant")]
    pub received_at: String,
    /// The patient it is about, where one is known.
    pub patient: Option<PatientId>,
    /// Its JSON.
    pub json: String,
}

/// Resources.
#[derive(Serialize, TS)]
pub struct ReceivedList {
    /// Up to 200, in no order that means anything.
    pub rows: Vec<ReceivedRow>,
    /// Where the next answer begins; nothing after the last.
    pub next: Option<String>,
}

impl Operation for ListReceived {
    const NAME: &'static str = "exchange.received";
    const PERMISSION: Permission = Permission::ChartRead;
    const PURPOSES: &'static [Purpose] =
        &[Purpose::Treatment, Purpose::Operations, Purpose::PatientRequest, Purpose::Emergency, Purpose::Legal];
    type Output = ReceivedList;
}

impl Query for ListReceived {
    fn run(self, cx: &ReadCx<'_>) -> Result<ReceivedList, Error> {
        let after = self.after.as_deref().map(|text| cursor(cx, text)).transpose()?;
        let keys = match self.patient {
            Some(patient) => {
                keepwell_patients::known(cx, patient)?;
                let keys = rows_of(cx, patient)?.into_iter();
                keys.filter(|key| after.as_ref().is_none_or(|after| key > after)).take(PAGE).collect()
            }
            None => cx.page::<Received>(after.as_ref(), PAGE)?.into_iter().map(|(key, _)| key).collect::<Vec<_>>(),
        };
        let (mut rows, mut bytes, mut last) = (Vec::new(), 0, None);
        let looked_at = keys.len();
        for (at, key) in keys.into_iter().enumerate() {
            let stored = cx.get::<Received>(&key)?.ok_or_else(|| Fault::because("a received resource is not there"))?;
            let row = stored.record;
            last = Some((at + 1, hex::encode(key.bytes())));
            if self.resource_type.as_ref().is_some_and(|wanted| *wanted != row.resource_type) {
                continue;
            }
            bytes += row.bytes;
            rows.push(shown(cx, &row)?);
            if bytes > BYTES_MAX {
                break;
            }
        }
        let next = last.filter(|(seen, _)| *seen < looked_at || looked_at == PAGE).map(|(_, key)| key);
        Ok(ReceivedList { rows, next })
    }
}

fn shown(cx: &ReadCx<'_>, row: &Received) -> Result<ReceivedRow, Error> {
    Ok(ReceivedRow {
        resource_type: row.resource_type.clone(),
        resource_id: row.resource_id.clone(),
        source: row.source.clone(),
        received_at: instant_text(row.received_at, cx.zone()),
        patient: row.patient,
        json: row.shown(cx)?,
    })
}

fn cursor(cx: &ReadCx<'_>, text: &str) -> Result<RowKey, Error> {
    let unknown = || -> Refusal { RECEIVED_CURSOR.at("after") };
    let bytes: [u8; 16] = hex::decode(text).map_err(|_| unknown())?.try_into().map_err(|_| unknown())?;
    Ok(cx.key(Received::TABLE)?.id(&bytes).done())
}
