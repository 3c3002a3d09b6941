/** One thing that the 2025 joint statement says, and what answers whether it is so. */
export interface StatementRow {
  says: string;
  /** Ids of measures. */
  measures: readonly string[];
  /** Root fields of the API whose statistics are no measures of one table: curves, ratios of groups, charts. */
  statistics?: readonly string[];
  /** What is not measured of it, and why. */
  without?: string;
}

/** The joint statement row by row; `sql/measures/README.md` prints it, and a test holds it against the registry and the schema. */
export const statement: readonly StatementRow[] = [
  {
    says: 'Expand and develop the AHP support workforce',
    measures: [
      'headcount',
      'headcount_core',
      'headcount_broad',
      'fte',
      'fte_per_head',
      'growth',
      'band_share',
      'stage_share',
      'profession_share',
    ],
    statistics: ['standardised'],
  },
  {
    says: 'One element of workforce transformation; business and workforce plans that include their roles',
    measures: ['support_per_registered', 'support_share', 'plan_coverage', 'plan_gap', 'plan_progress'],
  },
  { says: 'Meet the needs of people who use services', measures: ['fte_per_100k_population'] },
  {
    says: 'Recruit',
    measures: ['joiners', 'joiner_rate', 'fte_joiner_rate', 'replacement_ratio', 'vacancies', 'vacancy_rate'],
    without: 'Time to hire and how long posts are vacant: no extract carries the dates of recruitment.',
  },
  {
    says: 'Retain',
    measures: [
      'leavers',
      'leaver_rate',
      'stability_index',
      'early_leavers',
      'early_leaver_share',
      'returners',
      'rejoiner_share',
      'leaving_reason_share',
      'destination_share',
      'leaving_hazard',
      'people_followed',
      'net_reclassification',
    ],
    statistics: ['survival', 'spc', 'funnel', 'signals'],
  },
  {
    says: 'Robust career development; pathways into the regulated professions',
    measures: [
      'band_up_rate',
      'stage_up_rate',
      'to_apprentice_rate',
      'to_registered_rate',
      'newly_registered',
      'transition_share',
      'stuck_share',
      'first_step_hazard',
      'registration_hazard',
    ],
    statistics: ['flows', 'timeToStep'],
  },
  {
    says: 'Occupation-specific apprenticeships in all four nations',
    measures: [
      'apprenticeship_starts',
      'apprenticeship_enrolments',
      'apprenticeships_in_learning',
      'apprenticeship_achievements',
      'apprenticeship_withdrawals',
      'achievement_rate',
      'withdrawal_rate',
      'starts_per_100_staff',
      'apprentice_share',
      'registration_conversion',
    ],
  },
  {
    says: 'The competency, education and career development framework; levels of practice mapped to roles',
    measures: ['framework_mapped_share', 'domain_attainment', 'unknown_stage_share'],
    without: 'Education below what a stage recommends: no extract carries qualifications.',
  },
  {
    says: 'The NES framework for support workers in Scotland',
    measures: ['framework_mapped_share', 'domain_attainment'],
    without: 'Its four pillars: Scottish extracts map levels to the same stages and domains.',
  },
  {
    says: 'High-quality personal development plans',
    measures: ['pdp_rate'],
    without: 'Their quality: the staff survey asks it of all staff together.',
  },
  { says: 'Annual appraisals', measures: ['appraisal_rate'] },
  { says: 'Career conversations', measures: ['career_conversation_rate'] },
  {
    says: 'Access to required education and training',
    measures: ['mandatory_compliance', 'cpd_hours_per_head'],
    without: 'Funded against self-funded hours: training records do not say who paid.',
  },
  {
    says: 'Regular CPD for all support workers',
    measures: ['cpd_participation', 'cpd_hours_per_fte'],
    statistics: ['fairness'],
  },
  { says: 'Dedicated practice educator support', measures: ['practice_educator_ratio'] },
  {
    says: 'Supervision and delegation; working safely',
    measures: ['supervision_rate'],
    without: 'Delegation competency and incidents: not in any extract.',
  },
  {
    says: 'Working to full capability and scope of practice',
    measures: ['band_below_stage_share', 'band_above_stage_share'],
  },
  {
    says: 'A diverse workforce through inclusive practices',
    measures: [
      'representation',
      'bme_share',
      'disabled_share',
      'female_share',
      'ethnicity_disclosure_rate',
      'disability_disclosure_rate',
    ],
    statistics: ['fairness'],
  },
  {
    says: 'Treated fairly: equity in support, resources and opportunities',
    measures: ['compassionate_inclusive'],
    statistics: ['fairness'],
    without: 'Appointment, disciplinary and pay: extracts carry no recruitment, casework or earnings.',
  },
  {
    says: 'A voice that is listened to',
    measures: ['voice_that_counts', 'raising_concerns', 'staff_engagement', 'survey_score'],
    without: 'Published for all staff of an employer, not for support workers alone.',
  },
  {
    says: 'Contribution recognised; fulfilling roles',
    measures: ['recognised_rewarded', 'always_learning', 'staff_morale'],
  },
  {
    says: 'Signposting to professional bodies and unions',
    measures: [],
    without: 'Membership and the use of resources are the bodies’ own figures; no extract carries them.',
  },
  {
    says: 'Efficient services',
    measures: ['sickness_absence_rate', 'inactive_share', 'leave_start_rate'],
    without: 'Cost per FTE and hours of bank and agency staff: no extract carries pay or shifts.',
  },
  { says: 'Future numbers', measures: ['age_55_over_share', 'plan_gap'], statistics: ['projection'] },
  {
    says: 'Figures that the whole workforce can trust',
    measures: ['unexplained_movement', 'reclassification_rate', 'unknown_reason_share', 'unknown_stage_share'],
    statistics: ['reconciliation', 'quality'],
  },
];
