//! What a practice may charge for access: the cost of four things and of nothing else (45 CFR 164.524(c)(4)).

use crate::fields::past;
use crate::refusals::{FEE_AGREEMENT, FEE_KIND, FEE_RANGE};
use keepwell_kernel::{CivilDate, Money, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The highest charge of one line, in cents; a cost-based one is far below.
const LINE_MAX: i64 = 1_000_000;
/// The most lines.
const LINES_MAX: usize = 20;

/// What is charged for. Finding the records is not among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// The work of copying.
    CopyingLabor,
    /// Paper, a disc, a drive.
    Supplies,
    /// Postage.
    Postage,
    /// A summary or an explanation that whoever asked agreed to.
    Summary,
}

impl FeeKind {
    /// Reads a kind by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "copying_labor" => Some(Self::CopyingLabor),
            "supplies" => Some(Self::Supplies),
            "postage" => Some(Self::Postage),
            "summary" => Some(Self::Summary),
            _ => None,
        }
    }
}

/// A line of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeeLine {
    /// What for.
    pub kind: FeeKind,
    /// How much, in cents.
    #[ts(type = "number")]
    pub cents: Money,
    /// When whoever asked agreed to a summary and to its price.
    #[ts(type = "CivilDate | null")]
    pub agreed_on: Option<CivilDate>,
}

/// A line of a fee, as it is typed. The kind is a name, so that one the law does not know is refused in words.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TypedFeeLine {
    /// What for: copying labor, supplies, postage or an agreed summary.
    #[ts(type = "FeeKind")]
    pub kind: String,
    /// How much, in cents.
    #[ts(type = "number")]
    pub cents: i64,
    /// When whoever asked agreed to a summary and to its price.
    #[serde(default)]
    #[ts(optional = nullable, type = "CivilDate")]
    pub agreed_on: Option<String>,
}

/// Checks the lines.
///
/// # Errors
/// A refusal at the line.
pub(crate) fn checked(typed: &[TypedFeeLine], today: CivilDate) -> Result<Vec<FeeLine>, Refusal> {
    if typed.len() > LINES_MAX {
        return Err(FEE_RANGE.at("lines"));
    }
    typed.iter().enumerate().map(|(at, line)| checked_line(line, &format!("lines.{at}"), today)).collect()
}

fn checked_line(typed: &TypedFeeLine, place: &str, today: CivilDate) -> Result<FeeLine, Refusal> {
    let kind = FeeKind::named(&typed.kind).ok_or_else(|| FEE_KIND.at(format!("{place}.kind")))?;
    if !(1..=LINE_MAX).contains(&typed.cents) {
        return Err(FEE_RANGE.at(format!("{place}.cents")));
    }
    let field = format!("{place}.agreed_on");
    let agreed = typed.agreed_on.as_deref().filter(|agreed| !agreed.is_empty());
    let agreed_on = agreed.map(|agreed| past(agreed, today, &field)).transpose()?;
    if kind == FeeKind::Summary && agreed_on.is_none() {
        return Err(FEE_AGREEMENT.at(field));
    }
    Ok(FeeLine { kind, cents: Money::cents(typed.cents), agreed_on: agreed_on.filter(|_| kind == FeeKind::Summary) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AT-59: a fee for searching is refused by its name, and so is everything that is not one of the four.
    #[test]
    fn the_law_knows_four_kinds_of_lines() {
        let line = |kind: &str, cents: i64, agreed_on: Option<&str>| TypedFeeLine {
            kind: kind.to_owned(),
            cents,
            agreed_on: agreed_on.map(str::to_owned),
        };
        let today = "2026-11-21".parse().unwrap();
        for (typed, refused) in [
            (line("copying_labor", 500, None), None),
            (line("supplies", 1, None), None),
            (line("postage", 1_000_000, None), None),
            (line("summary", 2_000, Some("2026-11-21")), None),
            (line("search", 500, None), Some("compliance.fee_kind lines.0.kind")),
            (line("retrieval", 500, None), Some("compliance.fee_kind lines.0.kind")),
            (line("summary", 2_000, None), Some("compliance.fee_agreement lines.0.agreed_on")),
            (line("summary", 2_000, Some("")), Some("compliance.fee_agreement lines.0.agreed_on")),
            (line("summary", 2_000, Some("2026-11-22")), Some("compliance.date_in_future lines.0.agreed_on")),
            (line("postage", 0, None), Some("compliance.fee_range lines.0.cents")),
            (line("postage", 1_000_001, None), Some("compliance.fee_range lines.0.cents")),
        ] {
            let answer = checked(std::slice::from_ref(&typed), today).err();
            let answer = answer.map(|refusal| format!("{} {}", refusal.code.code, refusal.field.unwrap_or_default()));
            assert_eq!(answer.as_deref(), refused, "{typed:?}");
        }
    }

    #[test]
    fn a_kind_is_named_as_it_is_written() {
        for kind in [FeeKind::CopyingLabor, FeeKind::Supplies, FeeKind::Postage, FeeKind::Summary] {
            let written = serde_json::to_value(kind).unwrap();
            assert_eq!(FeeKind::named(written.as_str().unwrap()), Some(kind));
        }
    }
}
