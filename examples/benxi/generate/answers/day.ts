/** Days of the answers. */

/** The day on which everybody is decided. */
export const DECIDED_ON = '2023-12-15';
/** 「2023年11月22日」, the day of issue. */
export const ISSUED = '2023-11-22';
