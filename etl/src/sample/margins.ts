/**
 * What the sample is calibrated to. Published margins: NHS England turnover benchmarking of November 2025 (leaver rates by
 * region) and NHS workforce by ethnicity of June 2022 (bands and shares), both for support to scientific, therapeutic and
 * technical staff. Everything else is a plausible choice, not a fact.
 */
export const NATIONS = ['england', 'scotland', 'wales', 'northern_ireland'] as const;

/** Share of the support stock by nation; follows population. */
export const nationShare: Record<string, number> = {
  england: 0.84,
  scotland: 0.083,
  wales: 0.049,
  northern_ireland: 0.028,
};

/** Rough population of each system in 100,000s: only their proportions matter, for the sizes of organisations. */
export const systemWeight: Record<string, number> = {
  QKK: 19, QMF: 21, QMJ: 16, QRV: 22, QWE: 15, QJK: 12, QOX: 9.5, QR1: 6.5, QSL: 5.8, QT6: 5.8, QUY: 10, QVV: 7.9,
  QKS: 19, QNQ: 7.5, QNX: 17, QRL: 19, QU9: 18, QXU: 10.5, QGH: 8, QHL: 14, QJ2: 10.5, QJM: 7.7, QK1: 11, QNC: 11,
  QOC: 5, QPM: 7.6, QT1: 11.5, QUA: 12, QWU: 9.7, QH8: 12, QHG: 10, QJG: 10, QM7: 15, QMM: 10.5, QUE: 9.2, QE1: 17,
  QOP: 29, QYG: 25, QF7: 14, QHM: 30, QOQ: 17, QWO: 24,
  S08000015: 3.7, S08000016: 1.15, S08000017: 1.5, S08000019: 3.05, S08000020: 5.9, S08000022: 3.2, S08000024: 9.1,
  S08000025: 0.22, S08000026: 0.23, S08000028: 0.26, S08000029: 3.7, S08000030: 4.2, S08000031: 11.8, S08000032: 6.6,
  W11000023: 6.9, W11000024: 1.3, W11000025: 3.9, W11000028: 5.9, W11000029: 5, W11000030: 4.5, W11000031: 3.9,
  BHSCT: 3.6, NHSCT: 4.8, SEHSCT: 3.6, SHSCT: 3.9, WHSCT: 3,
}; // prettier-ignore

/** Monthly leavers from an organisation per 100 support staff: published for the regions of England, chosen elsewhere. */
export const leaverRate: Record<string, number> = {
  Y61: 1.3389, Y56: 1.3877, Y60: 1.2691, Y63: 1.0015, Y62: 1.2283, Y59: 1.1892, Y58: 1.0682,
  scotland: 1.0, wales: 1.02, northern_ireland: 0.95,
}; // prettier-ignore

/** England, November 2025. */
export const leaverRateEngland = 1.2125;

/** Share of staff who are not White, of those whose ethnic group is known; chosen so that England comes to 18.9 %. */
export const minorityShare: Record<string, number> = {
  Y56: 0.44, Y58: 0.085, Y59: 0.175, Y60: 0.195, Y61: 0.165, Y62: 0.135, Y63: 0.095,
  scotland: 0.05, wales: 0.055, northern_ireland: 0.03,
}; // prettier-ignore

/** Published share (%) of staff who are not White by band, England, June 2022; it dips from band 2 to band 4. */
export const minorityShareByBand: Record<string, number> = {
  '2': 19.15,
  '3': 18.7,
  '4': 17.73,
  '5': 21.14,
  '6': 19.63,
  '7': 22.28,
};
export const minorityShareAllBands = 18.93;

/** Mixed, Asian, Black and Other among staff who are not White: London, and elsewhere. */
export const minorityMix = { london: [0.08, 0.28, 0.57, 0.07], elsewhere: [0.12, 0.46, 0.29, 0.13] };

/** Share of the support stock by band; bands 2–4 hold 82.9 % as published. */
export const bandMix: readonly (readonly [string, number])[] = [
  ['2', 27], ['3', 33.2], ['4', 22.7], ['5', 8.6], ['6', 4.6], ['7', 2.2], ['8a', 0.6], ['8b', 0.1], ['non_afc', 0.9], ['1', 0.1],
]; // prettier-ignore
/** Bands of support staff on joining. */
export const joiningBandMix: readonly (readonly [string, number])[] = [
  ['2', 55], ['3', 23], ['4', 10.5], ['5', 6], ['6', 3.2], ['7', 1.5], ['8a', 0.3], ['non_afc', 0.8],
]; // prettier-ignore
export const registeredBandMix: readonly (readonly [string, number])[] = [
  ['5', 30], ['6', 39], ['7', 22], ['8a', 6.5], ['8b', 1.7], ['8c', 0.5], ['8d', 0.2], ['9', 0.1],
]; // prettier-ignore
export const joiningRegisteredBandMix: readonly (readonly [string, number])[] = [
  ['5', 62], ['6', 26], ['7', 9.5], ['8a', 2.2], ['8b', 0.3],
]; // prettier-ignore

/** Weights of professions (order of profession.csv, ambulance last) by kind of organisation. */
export const professionMix: Record<string, readonly number[]> = {
  acute: [1, 4, 20, 0.9, 26, 24, 2.4, 0.06, 0.5, 3.5, 19, 0.02, 0],
  community: [12, 7, 33, 0.8, 28, 2, 0, 0.2, 0.9, 14, 0, 0.06, 0],
  mental_health: [0.5, 5, 62, 0, 12, 0, 0, 5, 0, 10, 0, 0, 0],
  specialist: [0, 2, 10, 1, 18, 28, 8, 0, 1, 2, 34, 0, 0],
  health_board: [6, 5, 25, 0.8, 22, 17, 1.8, 0.5, 0.7, 8, 13, 0.03, 0],
  hsc_trust: [5, 5, 29, 0.8, 22, 16, 1.8, 0.4, 0.7, 9, 11, 0.02, 0],
  ambulance: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
};

/** Share of women by profession (order of profession.csv): 83 % of AHP support staff in all. */
export const femaleShare = [0.75, 0.91, 0.88, 0.85, 0.79, 0.8, 0.8, 0.83, 0.6, 0.94, 0.76, 0.6, 0.52];

/** Contracted FTE in thousandths with weights: part-time peaks at whole days of a week. */
export const fteMix: readonly (readonly [number, number])[] = [
  [1000, 52], [960, 0.8], [930, 1.2], [900, 2], [880, 0.8], [850, 1], [800, 12], [770, 0.8], [750, 1.6], [720, 1.2],
  [690, 1], [670, 1], [640, 2], [610, 1], [600, 10.5], [560, 0.9], [530, 1.6], [500, 4.4], [450, 0.8], [400, 2.6],
  [300, 0.4], [200, 0.4],
]; // prettier-ignore

/** Relative hazard of leaving. */
export const leavingByTenure = [1.85, 1.3, 1.0, 0.72, 0.55];
export const leavingByBand: Record<string, number> = { '2': 1.22, '3': 0.97, '4': 0.86, '5': 0.95 };
export const leavingByAge = [1.55, 1.12, 0.88, 0.82, 1.05, 2.3];
/** Relative volume of leaving and of joining by calendar month, January first. */
export const leavingSeason = [0.98, 0.93, 1.08, 0.95, 0.94, 0.97, 1.03, 1.14, 1.1, 0.98, 0.95, 0.95];
export const joiningSeason = [1.1, 0.98, 0.98, 0.9, 0.9, 0.92, 0.94, 0.96, 1.26, 1.2, 1.02, 0.84];
