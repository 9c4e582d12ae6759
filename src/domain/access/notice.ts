/** The schools of an inspector have passed to another. */
export const schoolsPassed = 'people.schoolsPassed';

/** The kinds of notices about accounts and posts, each with its words. */
export const peopleNoticeTitles: Readonly<Record<string, string>> = { [schoolsPassed]: '移交了负责督导的学校' };
