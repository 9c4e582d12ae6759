import { passedWork } from '#core/access/pass-work.ts';
import { job } from '#platform/jobs/port.ts';

/** The schools of an inspector pass to another, and both learn what passed. */
export const passSchools = job({
  name: 'people.passSchools',
  title: '把负责督导的学校移交给接手人',
  data: passedWork,
  retries: 5,
});
