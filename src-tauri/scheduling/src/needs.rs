//! Which resources meet what a product needs: each meets one need, and as many needs as possible are met.

use crate::catalogue::{Requirement, ServiceProduct};
use crate::resource::{Resource, ResourceKind};
use keepwell_kernel::{CivilDate, ResourceId};

/// Returns what a product needs. One that names nothing needs one practitioner: nobody is seen by no one.
pub(crate) fn of(product: &ServiceProduct) -> Vec<Requirement> {
    if !product.requirements.is_empty() {
        return product.requirements.clone();
    }
    vec![Requirement { kind: ResourceKind::Practitioner, capability: None, resource: None, count: 1 }]
}

/// Needs and who meets them.
pub(crate) struct Met {
    /// For each need, in order, the resources that meet it.
    pub(crate) by: Vec<Vec<ResourceId>>,
    /// For each need, how many are still missing.
    pub(crate) missing: Vec<u16>,
}

impl Met {
    pub(crate) fn is_whole(&self) -> bool {
        self.missing.iter().all(|missing| *missing == 0)
    }
}

/// A matching of places (needs, each as often as it counts) with resources, grown by augmenting paths (Kuhn).
struct Matching<'a> {
    places: Vec<usize>,
    fits: Vec<Vec<usize>>,
    holder: Vec<Option<usize>>,
    taken: Vec<Option<usize>>,
    resources: &'a [&'a Resource],
}

impl<'a> Matching<'a> {
    fn new(needs: &[Requirement], resources: &'a [&'a Resource], on: CivilDate) -> Self {
        let each = |(at, need): (usize, &Requirement)| std::iter::repeat_n(at, usize::from(need.count));
        let places: Vec<usize> = needs.iter().enumerate().flat_map(each).collect();
        let fitting = |need: &Requirement| -> Vec<usize> {
            (0..resources.len()).filter(|at| resources.get(*at).is_some_and(|one| need.is_met_by(one, on))).collect()
        };
        let fits_need: Vec<Vec<usize>> = needs.iter().map(fitting).collect();
        let fits: Vec<Vec<usize>> = places.iter().filter_map(|need| fits_need.get(*need).cloned()).collect();
        Self { holder: vec![None; places.len()], taken: vec![None; resources.len()], places, fits, resources }
    }

    /// Finds a place for a resource, moving others to other places where that helps.
    fn seat(&mut self, resource: usize, tried: &mut [bool]) -> bool {
        for place in 0..self.places.len() {
            let fits = self.fits.get(place).is_some_and(|fits| fits.contains(&resource));
            if !fits || tried.get(place).copied().unwrap_or(true) {
                continue;
            }
            if let Some(tried) = tried.get_mut(place) {
                *tried = true;
            }
            let held_by = self.holder.get(place).copied().flatten();
            if held_by.is_none_or(|other| self.seat(other, tried)) {
                self.put(place, resource);
                return true;
            }
        }
        false
    }

    fn put(&mut self, place: usize, resource: usize) {
        if let (Some(holder), Some(taken)) = (self.holder.get_mut(place), self.taken.get_mut(resource)) {
            *holder = Some(resource);
            *taken = Some(place);
        }
    }

    fn seat_all(&mut self, resources: impl Iterator<Item = usize>) {
        for resource in resources {
            if self.holder.iter().all(Option::is_some) {
                return;
            }
            self.seat(resource, &mut vec![false; self.places.len()]);
        }
    }

    fn id(&self, resource: usize) -> Option<ResourceId> {
        self.resources.get(resource).map(|one| one.id)
    }
}

/// Says which needs the chosen resources meet.
pub(crate) fn met(needs: &[Requirement], chosen: &[&Resource], on: CivilDate) -> Met {
    let mut matching = Matching::new(needs, chosen, on);
    matching.seat_all(0..chosen.len());
    let mut met = Met { by: vec![Vec::new(); needs.len()], missing: needs.iter().map(|need| need.count).collect() };
    for (need, holder) in matching.places.iter().zip(&matching.holder) {
        let by = holder.and_then(|resource| matching.id(resource));
        if let (Some(by), Some(list), Some(missing)) = (by, met.by.get_mut(*need), met.missing.get_mut(*need)) {
            list.push(by);
            *missing -= 1;
        }
    }
    met
}

/// Returns the wanted resources and those of `free`, the first first, that are needed beside them; nothing where a need
/// would stay unmet.
pub(crate) fn complete(
    needs: &[Requirement],
    wanted: &[ResourceId],
    free: &[&Resource],
    on: CivilDate,
) -> Option<Vec<ResourceId>> {
    let is_wanted = |at: &usize| free.get(*at).is_some_and(|one| wanted.contains(&one.id));
    if wanted.iter().any(|one| !free.iter().any(|other| other.id == *one)) {
        return None;
    }
    let mut matching = Matching::new(needs, free, on);
    // Whoever has a place keeps one, so that those who are wanted are seated first.
    matching.seat_all((0..free.len()).filter(is_wanted));
    matching.seat_all((0..free.len()).filter(|at| !is_wanted(at)));
    if matching.holder.iter().any(Option::is_none) {
        return None;
    }
    let seated = (0..free.len()).filter(|at| is_wanted(at) || matching.taken.get(*at).copied().flatten().is_some());
    Some(seated.filter_map(|at| matching.id(at)).collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::resource::Capability;
    use proptest::prelude::*;

    pub(crate) fn resource(kind: ResourceKind, number: u8, capabilities: &[&str]) -> Resource {
        let capability = |name: &&str| Capability { name: (*name).to_owned(), valid_until: None };
        Resource {
            id: ResourceId::from_bytes([number; 16]),
            kind,
            name: format!("R{number}"),
            note: String::new(),
            department: None,
            staff: None,
            practitioner: None,
            capabilities: capabilities.iter().map(capability).collect(),
            capacity: 1,
            ended: false,
        }
    }

    pub(crate) fn on() -> CivilDate {
        "2026-03-09".parse().unwrap()
    }

    const CAPABILITIES: [&str; 3] = ["a", "b", "c"];

    fn resources() -> impl Strategy<Value = Vec<Resource>> {
        proptest::collection::vec((any::<bool>(), 0u8..8), 0..6).prop_map(|all| {
            all.into_iter()
                .enumerate()
                .map(|(at, (room, bits))| {
                    let can: Vec<&str> = CAPABILITIES
                        .iter()
                        .enumerate()
                        .filter(|(bit, _)| bits >> bit & 1 == 1)
                        .map(|(_, name)| *name)
                        .collect();
                    resource(if room { ResourceKind::Room } else { ResourceKind::Practitioner }, at as u8, &can)
                })
                .collect()
        })
    }

    fn needs() -> impl Strategy<Value = Vec<Requirement>> {
        let need = (any::<bool>(), proptest::option::of(0usize..3), 1u16..3).prop_map(|(room, capability, count)| {
            Requirement {
                kind: if room { ResourceKind::Room } else { ResourceKind::Practitioner },
                capability: capability.map(|at| CAPABILITIES[at].to_owned()),
                resource: None,
                count,
            }
        });
        proptest::collection::vec(need, 1..4)
    }

    /// Tries every way of giving each place a resource of its own.
    fn by_hand(places: &[&Requirement], resources: &[&Resource], used: &mut Vec<ResourceId>) -> usize {
        let Some((first, rest)) = places.split_first() else { return 0 };
        let mut most = by_hand(rest, resources, used);
        for one in resources.iter().filter(|one| first.is_met_by(one, on())) {
            if used.contains(&one.id) {
                continue;
            }
            used.push(one.id);
            most = most.max(1 + by_hand(rest, resources, used));
            used.pop();
        }
        most
    }

    proptest! {
        #[test]
        fn as_many_needs_are_met_as_trying_everything_meets(needs in needs(), all in resources()) {
            let all: Vec<&Resource> = all.iter().collect();
            let places: Vec<&Requirement> =
                needs.iter().flat_map(|need| std::iter::repeat_n(need, usize::from(need.count))).collect();
            let most = by_hand(&places, &all, &mut Vec::new());
            let met = met(&needs, &all, on());
            let seated: usize = met.by.iter().map(Vec::len).sum();
            prop_assert_eq!(seated, most);
            prop_assert_eq!(met.is_whole(), most == places.len());
            let found = complete(&needs, &[], &all, on());
            prop_assert_eq!(found.is_some(), most == places.len());
            for wanted in &all {
                let with = complete(&needs, &[wanted.id], &all, on());
                prop_assert_eq!(with.is_some(), found.is_some());
                prop_assert!(with.is_none_or(|with| with.contains(&wanted.id)));
            }
        }
    }
}
