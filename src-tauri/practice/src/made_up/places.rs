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

/// The towns around the practice, as `town/state/first three digits of the ZIP codes`, the nearest first.
pub(super) const AROUND: &str = "
Lakeside/NY/146 Fairhaven_Falls/NY/146 East_Lakeside/NY/146 Port_Wexley/NY/145 Millrace/NY/145 Oxbow_Crossing/NY/144
Harlow_Springs/NY/144 Maple_Junction/NY/145 Stony_Ferry/NY/145 Bellwether/NY/144 Quarry_Ridge/NY/144 Eastmere/NY/145";

/// Towns farther away, written in the same way.
pub(super) const FARTHER: &str = "
North_Arbury/NY/142 Cedar_Landing/NY/130 Old_Tidewater/NY/120 Kestrel_Point/NY/148 Lantern_Hill/PA/165
Alder_Fork/PA/152 Bluewater_Bend/OH/441 Tamarisk_Bay/MA/017 Palmetto_Key/FL/331 Coral_Meadow/FL/336 Mesa_Linda/AZ/852
San_Marisol/TX/782";

/// The insurers, all invented.
pub(super) const INSURERS: &str = "
Harborline_Health Meadow_Mutual Blue_Heron_Health_Plan Medicaid Summit_Care Prairie_States_Benefit Evergreen_Choice
Lakeshore_Family_Plan Unity_Point_Assurance";
