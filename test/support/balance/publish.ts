import * as balance from '#contract/balance/balance.ts';
import type { RouteArguments } from '#contract/route.ts';
import type { TestApp } from '../app.ts';

type Draft = RouteArguments<typeof balance.tryRevision>['body'] & { readonly note: string };

/** Publishes a revision as the page does: tried first, then sent with the digest of the trial. */
export async function publishRevision(person: ReturnType<TestApp['as']>, key: string, draft: Draft) {
  const { basis, definition } = draft;
  const params = { key };
  const { digest: trial } = await person.call(balance.tryRevision, { params, body: { basis, definition } });
  return await person.call(balance.revise, { params, body: { ...draft, trial } });
}
