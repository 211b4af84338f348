//! What a practice has set up, read once for a call: there is little of it, and everything weighs it.

use crate::calendar::{AvailabilityRule, Calendar};
use crate::catalogue::ServiceProduct;
use crate::looking::Look;
use crate::refusals::{ENDED, UNKNOWN};
use crate::resource::Resource;
use keepwell_kernel::{Error, ProductId, Refusal, ResourceId};

/// Where no calendar says otherwise: quarter hours.
pub(crate) const GRID: u16 = 15;
/// Where no calendar says otherwise: a year ahead.
pub(crate) const HORIZON: u16 = 366;

/// Resources, products, calendars and rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setup {
    pub(crate) resources: Vec<Resource>,
    pub(crate) products: Vec<ServiceProduct>,
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) rules: Vec<AvailabilityRule>,
}

impl Setup {
    pub(crate) fn read(cx: &impl Look) -> Result<Self, Error> {
        let mut resources: Vec<Resource> = records(cx)?;
        // Practitioners first, as a day is read; within a kind in the order in which they were made.
        resources.sort_by_key(|one| (one.kind, one.id));
        Ok(Self { resources, products: records(cx)?, calendars: records(cx)?, rules: records(cx)? })
    }

    pub(crate) fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.iter().find(|one| one.id == id)
    }

    pub(crate) fn product(&self, id: ProductId) -> Option<&ServiceProduct> {
        self.products.iter().find(|one| one.id == id)
    }

    /// Returns a product that can be booked.
    ///
    /// # Errors
    /// A refusal at `product`.
    pub(crate) fn bookable(&self, id: ProductId) -> Result<&ServiceProduct, Refusal> {
        let product = self.product(id).ok_or_else(|| UNKNOWN.at("product"))?;
        if product.ended { Err(crate::refusals::NOT_OFFERED.at("product")) } else { Ok(product) }
    }

    /// Returns resources that can be booked.
    ///
    /// # Errors
    /// A refusal at the first that cannot.
    pub(crate) fn usable(&self, ids: &[ResourceId]) -> Result<Vec<&Resource>, Refusal> {
        let usable = |(at, id): (usize, &ResourceId)| {
            let one = self.resource(*id).ok_or_else(|| UNKNOWN.at(format!("resources.{at}")))?;
            if one.ended { Err(ENDED.at(format!("resources.{at}"))) } else { Ok(one) }
        };
        ids.iter().enumerate().map(usable).collect()
    }

    fn calendars_of(&self, resource: ResourceId) -> impl Iterator<Item = &Calendar> {
        self.calendars.iter().filter(move |calendar| calendar.bound.contains(&resource))
    }

    pub(crate) fn rules_of(&self, resource: ResourceId) -> impl Iterator<Item = &AvailabilityRule> {
        let calendars = self.calendars_of(resource);
        calendars.flat_map(|calendar| self.rules.iter().filter(|rule| rule.calendar == calendar.id))
    }

    /// Returns the grid of a resource: the finest of its calendars'.
    pub(crate) fn grid(&self, resource: ResourceId) -> u16 {
        self.calendars_of(resource).map(|calendar| calendar.grid_minutes).min().unwrap_or(GRID)
    }

    /// Returns how many days ahead a resource may be booked: the fewest of its calendars'.
    pub(crate) fn horizon(&self, resource: ResourceId) -> u16 {
        self.calendars_of(resource).map(|calendar| calendar.horizon_days).min().unwrap_or(HORIZON)
    }

    /// Returns the name of a resource.
    pub(crate) fn name(&self, resource: ResourceId) -> String {
        self.resource(resource).map_or_else(String::new, |one| one.name.clone())
    }
}

fn records<R: keepwell_vault::Record>(cx: &impl Look) -> Result<Vec<R>, Error> {
    Ok(cx.every::<R>()?.into_iter().map(|stored| stored.record).collect())
}
