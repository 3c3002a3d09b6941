/**
 * The staff group of official figures that AHP support staff are part of, as its label becomes a code when it is loaded: “Support to ST&T
 * staff”, support to scientific, therapeutic and technical staff.
 */
export const officialStaffGroup = 'support_to_st_and_t_staff';
