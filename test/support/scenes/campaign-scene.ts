import * as campaigns from '#contract/campaigns/campaigns.ts';
import { prepareFrameworks } from '../../../src/server/features/frameworks/shipped-editions.act.ts';
import type { TestApp, TestPerson } from '../app.ts';

/** The shipped editions, as a start of the server lays them. */
export async function layEditions(app: TestApp): Promise<void> {
  await prepareFrameworks(app.services.pool, app.services.now);
}

type Kind = 'county-inspection' | 'school-evaluation';

/** What the template of a kind proposes, as a new campaign. */
export async function proposed(
  city: TestPerson,
  kind: Kind,
  change: Partial<Awaited<ReturnType<typeof templateOf>>['form']> = {},
) {
  const { form, edition } = await templateOf(city, kind);
  return {
    ...{ ...form, ...change, kind, earlierId: null },
    ...{ editionKey: edition!.key, editionRevision: edition!.revision },
  };
}

const templateOf = (city: TestPerson, kind: Kind) => city.call(campaigns.template, { query: { kind } });

/** A draft of a kind by its template. Reviewers are one to a leaf in the open, where nothing else is said. */
export async function draftCampaign(
  app: TestApp,
  kind: Kind = 'county-inspection',
  rules: Partial<{ reviewersPerLeaf: number; blind: boolean }> = {},
): Promise<{ id: string; revision: number }> {
  const city = app.as('cityOfficer');
  const body = await proposed(city, kind);
  const judged = { ...body.rules, reviewersPerLeaf: 1, blind: false, ...rules };
  return city.call(campaigns.create, { body: { ...body, rules: judged } });
}

/** Opens a draft without a letter and writes its evaluations. */
export async function openCampaign(app: TestApp, id: string): Promise<number> {
  const city = app.as('cityOfficer');
  const { revision } = await city.call(campaigns.read, { params: { campaignId: id } });
  const opened = await city.call(campaigns.open, { params: { campaignId: id }, body: { revision, letter: false } });
  await app.runJobs();
  return opened.revision;
}
