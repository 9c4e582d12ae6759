import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';
import { type HttpPerson, httpPerson } from '../support/http-person.ts';
import { productOfWorker } from '../support/product/product-of-worker.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** The same session as the pages of a context, for the acts between two pages. */
async function callerOf(context: BrowserContext): Promise<HttpPerson> {
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return httpPerson(() => productOfWorker().address, cookie);
}

/** The evaluation of a county in the round of this year, which stands at a step. */
async function evaluationAt(person: HttpPerson, state: EvaluationState) {
  const { rows } = await person.call(evaluations.list, { query: { state, pageSize: 100 } as never });
  const found = rows.find(({ kind }) => kind === 'county-inspection');
  if (!found) throw new Error(`no county of the sample stands at ${state}`);
  return { ...found, params: { evaluationId: found.id } };
}

it('a county fills a leaf of its self-evaluation on the page, and sees what is still lacking', async () => {
  const context = await browser.as('officer-350502');
  const person = await callerOf(context);
  const evaluation = await evaluationAt(person, 'selfEvaluation');
  const { nodes } = await person.call(evaluations.read, { params: evaluation.params });
  const open = nodes.find(({ isLeaf, standing, origin }) => isLeaf && standing === 'open' && origin === 'person')!;
  const page = await newPage(context);
  const complaints = complaintsOf(page);
  await page.goto(`/evaluations/${evaluation.id}?node=${open.code}`);
  await page.getByRole('heading', { level: 1, name: /^鲤城区/ }).waitFor();
  await page.getByRole('heading', { level: 2, name: new RegExp(`^${open.code}`) }).waitFor();
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await page.getByLabel('自评说明').fill('按年度计划落实，过程记录齐全。');
  const noted = async () =>
    (await person.call(evaluations.leaf, { params: { ...evaluation.params, code: open.code } })).note;
  await expect.poll(noted, { timeout: 60_000 }).toBe('按年度计划落实，过程记录齐全。');
  expect(complaints).toEqual([]);
  await page.close();
});

it('one of two from outside judges blind, and sees of the others nothing before the own score', async () => {
  const context = await browser.as('expert-1');
  const person = await callerOf(context);
  const evaluation = await evaluationAt(person, 'materialReview');
  const { nodes } = await person.call(evaluations.read, { params: evaluation.params });
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const read = (code: string) => person.call(evaluations.leaf, { params: { ...evaluation.params, code } });
  let own: Awaited<ReturnType<typeof read>> | undefined;
  for (const { code } of leaves) {
    const leaf = await read(code);
    if (!leaf.can.score || leaf.scores.length > 0 || leaf.layers.every(({ hidden }) => !hidden)) continue;
    own = leaf;
    break;
  }
  expect(own?.layers.some(({ points, hidden }) => hidden && points === null)).toBe(true);
  const { code, version, max } = own!;
  const page = await newPage(context);
  const complaints = complaintsOf(page);
  await page.goto(`/evaluations/${evaluation.id}?node=${code}`);
  await page.getByRole('heading', { level: 2, name: new RegExp(`^${code}`) }).waitFor();
  await settled(page);
  expect(await faultsAt(page, 'desktop')).toEqual([]);
  await person.call(evaluations.score, {
    params: { ...evaluation.params, code },
    body: { version: 0, leafVersion: version, reason: '现场访谈印证自评', answer: { points: Number(max) } },
  });
  const after = await read(code);
  expect(after.scores).toHaveLength(1);
  expect(after.layers.every(({ hidden }) => !hidden)).toBe(true);
  await page.reload();
  await page.getByText('现场访谈印证自评').first().waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

it('the office ends the talk and moves on, answers a statement and drafts the opinion letter', async () => {
  const context = await browser.as('city');
  const person = await callerOf(context);
  const visited = await evaluationAt(person, 'siteVisit');
  const { nodes } = await person.call(evaluations.read, { params: visited.params });
  for (const { code, isLeaf } of nodes) {
    if (!isLeaf) continue;
    const leaf = await person.call(evaluations.leaf, { params: { ...visited.params, code } });
    if (leaf.talk === null || leaf.talk.settledAt !== null) continue;
    await person.call(evaluations.settleTalk, {
      params: { ...visited.params, code },
      body: { minutes: '核对现场记录后一致认为按一项缺失计分', answer: { points: 0 } },
    });
  }
  const page = await newPage(context);
  const complaints = complaintsOf(page);
  const stating = await evaluationAt(person, 'statement');
  await page.goto(`/evaluations/${stating.id}?part=opinion`);
  await page.getByRole('heading', { level: 1, name: /^石狮市/ }).waitFor();
  await page.getByRole('button', { name: '答复申辩' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().check();
  await dialog.getByLabel('答复', { exact: true }).fill('补正材料有效，予以采纳');
  await dialog.getByRole('button', { name: '答复申辩' }).click();
  await page.getByText('已答复申辩').first().waitFor();
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  // The days for a statement are not over: the letter waits until the head of the county says that there is none other.
  const early = await person.call(evaluations.read, { params: stating.params });
  const refused = await person.ask(evaluations.issueOpinion, {
    params: stating.params,
    body: { revision: early.revision },
  });
  expect(refused.status).toBe(409);
  const head = await callerOf(await browser.as('director-350581'));
  const { revision } = await head.call(evaluations.read, { params: stating.params });
  await head.call(evaluations.waiveStatement, { params: stating.params, body: { revision } });
  await page.reload();
  await page.getByRole('button', { name: '出具督导意见书' }).click();
  await dialog.getByRole('button', { name: '出具督导意见书' }).click();
  await page
    .getByText(/已拟督导意见书/)
    .first()
    .waitFor();
  const { state } = await person.call(evaluations.read, { params: stating.params });
  expect(state).toBe('opinionLetter');
  expect(complaints).toEqual([]);
  await page.close();
});

it('the office sees the round on its page, the findings of the one before in the ledger, and the item of its plan', async () => {
  const context = await browser.as('city');
  const person = await callerOf(context);
  const { rows } = await person.call(campaigns.list, { query: { pageSize: 100 } as never });
  const current = rows.find(({ kind, state }) => kind === 'county-inspection' && state === 'open')!;
  const page = await newPage(context);
  const complaints = complaintsOf(page);
  await page.goto(`/campaigns/${current.id}`);
  await page.getByRole('heading', { level: 1, name: /对县督导/ }).waitFor();
  for (const name of ['鲤城区', '丰泽区', '晋江市', '石狮市']) await page.getByText(name).first().waitFor();
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await page.goto('/findings?search=教育督导经费没有单列');
  await page.getByText('教育督导经费没有单列').first().waitFor();
  await page.goto('/work-plans');
  await page
    .getByRole('link', { name: /教育督导工作要点/ })
    .first()
    .click();
  await page
    .getByText(/对县督导/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
