import type { Feature, FeatureJob } from '#core/access/feature.ts';
import { tidyImports } from '#core/imports/import-expiry.job.ts';
import { auditFeature } from '../features/audit/audit.feature.ts';
import { balanceFeature } from '../features/balance/balance.feature.ts';
import { balanceTrackingFeature } from '../features/balance-tracking/balance-tracking.feature.ts';
import { campaignsFeature } from '../features/campaigns/campaigns.feature.ts';
import { directoryFeature } from '../features/directory/directory.feature.ts';
import { evaluationsFeature } from '../features/evaluations/evaluations.feature.ts';
import { filesFeature } from '../features/files/files.feature.ts';
import { filingFeature } from '../features/filings/filing.feature.ts';
import { frameworksFeature } from '../features/frameworks/frameworks.feature.ts';
import { homeFeature } from '../features/home/home.feature.ts';
import { inspectorsFeature } from '../features/inspectors/inspectors.feature.ts';
import { jobsFeature } from '../features/jobs/jobs.feature.ts';
import { noticesFeature } from '../features/notices/notices.feature.ts';
import { officialDocumentsFeature } from '../features/official-documents/official-documents.feature.ts';
import { peopleFeature } from '../features/people/people.feature.ts';
import { rectificationFeature } from '../features/rectifications/rectification.feature.ts';
import { sessionFeature } from '../features/session/session.feature.ts';
import { settingsFeature } from '../features/settings/settings.feature.ts';
import { workPlansFeature } from '../features/work-plans/work-plans.feature.ts';

const business: readonly Feature[] = [
  directoryFeature,
  filingFeature(() => all),
  balanceFeature,
  workPlansFeature(() => all),
  rectificationFeature,
  inspectorsFeature,
  officialDocumentsFeature(() => all),
  balanceTrackingFeature,
  frameworksFeature,
  campaignsFeature,
  evaluationsFeature,
  sessionFeature,
  peopleFeature(() => all),
  noticesFeature(() => all),
  settingsFeature,
  filesFeature(() => all),
  auditFeature(() => all),
];

/** Every kind of job that the queue must know. */
export const featureJobs: readonly FeatureJob[] = [tidyImports, ...business.flatMap((feature) => feature.jobs ?? [])];

const all: readonly Feature[] = [...business, jobsFeature(featureJobs)];

/** Every feature of the product, once. It is a list and not a scan, so that a reader can click through. */
export const features: readonly Feature[] = [homeFeature(all), ...all];
