/** The 学段 of the system, in the order in which a pupil passes them. */
export const schoolLevels = ['preschool', 'primary', 'junior', 'senior'] as const;
export type SchoolLevel = (typeof schoolLevels)[number];

/** The two levels of compulsory education, each of which is judged on its own. */
export const compulsoryLevels = ['primary', 'junior'] as const;
export type CompulsoryLevel = (typeof compulsoryLevels)[number];

/** What a list of schools can be narrowed to: a level, or the schools that stand beside the levels. */
export const listedLevels = ['primary', 'junior', 'senior', 'special', 'vocational'] as const;
export type ListedLevel = (typeof listedLevels)[number];

/** 学前 小学 初中 高中; also the prefix of a section's catalogue fields (`小学在校生数`). */
export const schoolLevelNames: Readonly<Record<SchoolLevel, string>> = {
  preschool: '学前',
  primary: '小学',
  junior: '初中',
  senior: '高中',
};
