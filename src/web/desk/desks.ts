import { auditDesk } from '#web/features/audit/audit.desk.ts';
import { balanceDesk } from '#web/features/balance/balance.desk.ts';
import { balanceTrackingDesk } from '#web/features/balance-tracking/balance-tracking.desk.ts';
import { campaignsDesk } from '#web/features/campaigns/campaigns.desk.ts';
import { directoryDesk } from '#web/features/directory/directory.desk.ts';
import { evaluationsDesk } from '#web/features/evaluations/evaluations.desk.ts';
import { filesDesk } from '#web/features/files/files.desk.ts';
import { filingsDesk } from '#web/features/filings/filings.desk.ts';
import { frameworksDesk } from '#web/features/frameworks/frameworks.desk.ts';
import { homeDesk } from '#web/features/home/home.desk.ts';
import { inspectorsDesk } from '#web/features/inspectors/inspectors.desk.ts';
import { jobsDesk } from '#web/features/jobs/jobs.desk.ts';
import { noticesDesk } from '#web/features/notices/notices.desk.ts';
import { officialDocumentsDesk } from '#web/features/official-documents/official-documents.desk.ts';
import { peopleDesk } from '#web/features/people/people.desk.ts';
import { rectificationsDesk } from '#web/features/rectifications/rectifications.desk.ts';
import { sessionDesk } from '#web/features/session/session.desk.ts';
import { settingsDesk } from '#web/features/settings/settings.desk.ts';
import { workPlansDesk } from '#web/features/work-plans/work-plans.desk.ts';

/** Every feature of the desk, once. It is a list and not a scan, so that a reader can click through. */
export const desks = [
  homeDesk,
  filingsDesk,
  balanceDesk,
  balanceTrackingDesk,
  frameworksDesk,
  campaignsDesk,
  evaluationsDesk,
  workPlansDesk,
  rectificationsDesk,
  officialDocumentsDesk,
  directoryDesk,
  inspectorsDesk,
  sessionDesk,
  peopleDesk,
  noticesDesk,
  auditDesk,
  settingsDesk,
  filesDesk,
  jobsDesk,
] as const;
