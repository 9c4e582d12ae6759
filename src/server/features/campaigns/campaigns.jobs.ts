import { passedWork } from '#core/access/pass-work.ts';
import { job } from '#platform/jobs/port.ts';

/** The open campaigns that somebody organised pass to another person of the office. */
export const passCampaigns = job({
  name: 'campaigns.passWork',
  title: '移交没有结束的督导评估项目',
  data: passedWork,
  retries: 5,
});
