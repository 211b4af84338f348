//! Where the made-up people live: streets and towns that sound real and are not, in real states.

/// The names of streets, without what kind of street they are.
pub(super) const STREETS: &str = "
Alder Amberly Applegate Barrow Beacon_Hill Birchmere Bluestem Brambleside Briar_Patch Calloway Candlewick Cedar_Hollow
Chestnut Clearbrook Copperfield Cottonwood Coventry Dogwood Dunmore Eastbrook Elder Fallow_Deer Fern_Gully Foxglove
Garnet Goldfinch Greystone Hawthorn Hazelwood Heron_Bay Hickory Honeysuckle Ironwood Juniper Kestrel Kingfisher
Lakemont Larkspur Laurel Linden Lupine Magnolia Maplecrest Meadowlark Millbrook Mulberry Oak_Harbor Old_Mill Orchard
Partridge Pebble_Creek Pinecrest Poplar Primrose Quail_Run Redbud Ridgeway Rosewood Saddleback Sandpiper Shady_Grove
Silverleaf Spruce Stonebridge Sumac Sycamore Tamarack Thistle Timberline Tulip Verbena Walnut Waverly Whispering_Pines
Willow_Bend Winterberry Woodbine Yarrow";

/// What kinds of street there are, the commonest first.
pub(super) const KINDS: &str = "Street Avenue Road Drive Lane Court Boulevard Circle Place Way Terrace";

/// The towns, as `town/state/area code/first three digits of the ZIP codes`.
pub(super) const TOWNS: &str = "
Fairhaven_Falls/IL/312/606 Maple_Junction/IL/217/627 Port_Wexley/MA/617/021 Eastmere/MA/508/017
Cedar_Landing/NY/518/122 North_Arbury/NY/716/142 Harlow_Springs/TX/512/787 San_Marisol/TX/210/782
Rio_Claro_Heights/TX/915/799 Bellwether/CA/916/958 Santa_Ysolda/CA/323/900 Mesa_Linda/AZ/602/850
Copper_Wells/AZ/520/857 Pinon_Gap/NM/505/871 Alder_Fork/CO/303/802 Kestrel_Point/WA/206/981 Tamarisk_Bay/OR/503/972
Bluewater_Bend/MN/612/554 Oxbow_Crossing/WI/414/532 Millrace/MI/313/482 Stony_Ferry/OH/614/432 Lantern_Hill/PA/412/152
Quarry_Ridge/PA/215/191 Old_Tidewater/VA/804/232 Magnolia_Cross/GA/404/303 Palmetto_Key/FL/305/331
Coral_Meadow/FL/813/336 Cypress_Reach/LA/504/701 Dogwood_Gap/TN/615/372 Bluestem_City/KS/316/672";

/// The insurers, all invented.
pub(super) const INSURERS: &str = "
Harborline_Health Meadow_Mutual Blue_Heron_Health_Plan Medicaid Summit_Care Prairie_States_Benefit Evergreen_Choice
Lakeshore_Family_Plan Unity_Point_Assurance";
