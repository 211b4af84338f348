#![doc = include_str!("../README.md")]

mod calendar;
mod came_visits;
mod catalogue;
mod column_sets;
mod contact;
mod detail;
mod order;
mod policy;
mod resource;
mod series;
mod slot_hold;
mod table;
mod unit;
mod waitlist_entry;

mod busy;
mod conflict;
mod day_reserved;
mod day_visit;
mod fields;
mod gate;
mod hours;
mod looking;
mod needs;
mod numbers;
mod opening;
mod refusals;
mod setup;
mod sheet;
mod slot;
mod span;

mod advance;
mod book;
mod bring_operations_back;
mod bring_visits_back;
mod calendar_file;
mod check;
mod clinical_sheet;
mod clinical_visit;
mod contacts;
mod day;
mod desk_sheet;
mod end_rule;
mod end_series;
mod figures;
mod gates_ahead;
mod hold_slot;
mod keep_calendar;
mod keep_column_sets;
mod keep_contact;
mod keep_department;
mod keep_product;
mod keep_resource;
mod keep_rule;
mod keep_service;
mod keep_site;
mod leave_waitlist;
mod month;
mod move_visit;
mod note_desk;
mod note_reason;
mod open_setup;
mod openings;
mod operations_along;
mod patient_operations;
mod patient_visits;
mod release_slot;
mod reminders;
mod repeat;
mod resettle;
mod take_in;
mod theatre;
mod told;
mod visit;
mod visits_along;
mod wait;
mod waitlist;
mod waits_along;
mod waive_gate;
mod week;

#[cfg(test)]
mod golden;

pub use advance::Advance;
pub use book::{Book, Booked};
pub use bring_visits_back::bring_visits_back;
pub use calendar_file::{CalendarFile, MakeCalendarFile};
pub use catalogue::GateKind;
pub use check::{BookingCheck, Check, Conflict, Need};
pub use clinical_sheet::{ClinicalSheetLine, ClinicalSheetView, OpenClinicalSheet};
pub use clinical_visit::{ClinicalVisitView, OpenClinicalVisit};
pub use column_sets::ColumnSet;
pub use conflict::ConflictKind;
pub use contact::{ContactChannel, ContactChannelKind};
pub use contacts::{ContactList, ContactRow, OpenContacts};
pub use day::{Day, DayColumn, DayHold, DayLabel, DayShade, DayView};
pub use day_reserved::DayReserved;
pub use day_visit::DayVisit;
pub use desk_sheet::{DeskSheetView, OpenDeskSheet};
pub use end_rule::EndRule;
pub use end_series::{EndSeries, SeriesEnded};
pub use figures::{FigureResource, FigureUse, FigureWeek, FiguresView, OpenFigures};
pub use gate::{GateState, GateView};
pub use gates_ahead::{GateQueue, GateRow, OpenGatesAhead};
pub use hold_slot::{HoldSlot, SlotHeld};
pub use keep_calendar::{CalendarKept, KeepCalendar};
pub use keep_column_sets::KeepColumnSets;
pub use keep_contact::{ContactKept, KeepContact};
pub use keep_department::{DepartmentKept, KeepDepartment};
pub use keep_product::{KeepProduct, ProductKept};
pub use keep_resource::{CapabilityTyped, KeepResource, LicenseTyped, ResourceKept};
pub use keep_rule::{KeepRule, RuleKept};
pub use keep_service::{KeepService, ServiceKept};
pub use keep_site::{KeepSite, SiteKept};
pub use leave_waitlist::LeaveWaitlist;
pub use month::{Month, MonthDay, MonthView};
pub use move_visit::{Move, Moved};
pub use note_desk::NoteDesk;
pub use note_reason::NoteReason;
pub use numbers::DayNumbers;
pub use open_setup::{
    CalendarView, DepartmentView, OpenSetup, ProductView, ResourceView, RuleView, ServiceView, SetupView, SiteView,
};
pub use openings::{FindOpenings, Opening, Openings};
pub use operations_along::{
    AllocationAlong, CalledOffAlong, LapseWaiverAlong, OperationAlong, OperationDetail, TheatreAlong, TheatreStepAlong,
};
pub use patient_operations::{OperationState, PatientOperationRow};
pub use patient_visits::{OpenPatientVisits, PatientVisitList, PatientVisitRow};
pub use refusals::{NO_RESOURCE, NOBODY_TO_WRITE_TO, REFUSALS, TOO_MANY};
pub use release_slot::ReleaseSlot;
pub use reminders::{OpenReminders, ReminderList, ReminderRow};
pub use repeat::{Repeat, RepeatRefused, Repeated, RepeatedVisit};
pub use resettle::{LeftInPlace, Resettle, Resettled};
pub use resource::ResourceKind;
pub use sheet::SheetLine;
pub use slot::Slot;
pub use take_in::{MadeUpVisit, TakingVisits};
pub use theatre::{
    AdvanceTheatre, Allocate, Allocated, AllocatedThing, BoardAllocation, BoardReservation, CancelCase, CaseDetailView,
    CaseKept, CaseRow, CheckAllocation, CheckTheatre, ClinicalCaseView, EndAllocation, KeepCase, Laterality,
    MoveReservation, NoteCase, OpenClinicalCase, OpenTheatreBoard, ReinstateCase, ReleaseTheatre, ReservationPurpose,
    ReserveTheatre, TheatreBoardView, TheatreCheck, TheatreCheckpointView, TheatreLapse, TheatreReserved, TheatreStep,
    Urgency, WaiveLapse,
};
pub use told::ToldTime;
pub use unit::{StandReason, VisitStatus};
pub use visit::{CheckpointOfVisit, OpenVisit, VisitContact, VisitView};
pub use visits_along::{
    CheckpointAlong, ResourceAlong, VisitAlong, VisitReason, VisitsAlong, VisitsOfPatient, WaiverAlong,
};
pub use wait::{Wait, Waiting};
pub use waitlist::{OpenWaitlist, WaitRow, WaitlistView};
pub use waits_along::{ContactAlong, WaitAlong};
pub use waive_gate::WaiveGate;
pub use week::{Week, WeekDay, WeekView};

use keepwell_log::door::Entry;

/// Everything that can be done with the calendar, on one page.
pub const SURFACE: &[Entry] = &[
    Entry::query::<OpenSetup>(),
    Entry::command::<KeepSite>(),
    Entry::command::<KeepDepartment>(),
    Entry::command::<KeepResource>(),
    Entry::command::<KeepService>(),
    Entry::command::<KeepProduct>(),
    Entry::command::<KeepCalendar>(),
    Entry::command::<KeepRule>(),
    Entry::command::<EndRule>(),
    Entry::query::<Day>(),
    Entry::query::<Week>(),
    Entry::query::<Month>(),
    Entry::query::<FindOpenings>(),
    Entry::query::<Check>(),
    Entry::command::<HoldSlot>(),
    Entry::command::<ReleaseSlot>(),
    Entry::command::<Book>(),
    Entry::command::<Move>(),
    Entry::command::<Advance>(),
    Entry::command::<NoteDesk>(),
    Entry::command::<Repeat>(),
    Entry::command::<EndSeries>(),
    Entry::command::<WaiveGate>(),
    Entry::query::<OpenVisit>(),
    Entry::query::<OpenClinicalVisit>(),
    Entry::command::<NoteReason>(),
    Entry::query::<OpenPatientVisits>(),
    Entry::command::<KeepContact>(),
    Entry::query::<OpenContacts>(),
    Entry::command::<Wait>(),
    Entry::query::<OpenWaitlist>(),
    Entry::command::<LeaveWaitlist>(),
    Entry::query::<OpenTheatreBoard>(),
    Entry::command::<KeepCase>(),
    Entry::command::<CancelCase>(),
    Entry::command::<ReinstateCase>(),
    Entry::command::<NoteCase>(),
    Entry::query::<OpenClinicalCase>(),
    Entry::query::<CheckTheatre>(),
    Entry::command::<ReserveTheatre>(),
    Entry::command::<MoveReservation>(),
    Entry::command::<ReleaseTheatre>(),
    Entry::command::<AdvanceTheatre>(),
    Entry::command::<WaiveLapse>(),
    Entry::query::<CheckAllocation>(),
    Entry::command::<Allocate>(),
    Entry::command::<EndAllocation>(),
    Entry::command::<KeepColumnSets>(),
    Entry::query::<OpenGatesAhead>(),
    Entry::command::<Resettle>(),
    Entry::query::<OpenFigures>(),
    Entry::query::<OpenDeskSheet>(),
    Entry::query::<OpenClinicalSheet>(),
    Entry::query::<OpenReminders>(),
    Entry::query::<MakeCalendarFile>(),
];
