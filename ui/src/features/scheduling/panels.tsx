/** The panels beside the day that are there. */
export const PANELS: { openings: boolean; waitlist: boolean } = { openings: true, waitlist: true };
