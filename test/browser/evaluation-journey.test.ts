import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { generator } from '#domain/kit/generator.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { enteredOf } from '#sample/evaluations/facts.ts';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';
import { type HttpPerson, httpPerson } from '../support/http-person.ts';
import { productOfWorker } from '../support/product/product-of-worker.ts';

/** The county that is inspected, and the people who act for it. */
const county = { name: '丰泽区', officer: 'officer-350503', director: 'director-350503' };
/** The office, the hand that signs and confirms for it, and the panel: its leader and two who judge. */
const [office, second, leader] = ['city', 'city-director', 'section'];
const judges = ['expert-1', 'expert-2'] as const;
/** Works for the county too, so the rule of avoidance keeps him away from it. */
const avoiding = 'three-posts';
/** Leaves that people fill: one is sent back, over one the two judges differ, one is open in two windows. */
const [returnedLeaf, talkLeaf, twiceLeaf] = ['C4', 'C2', 'C5'];
const title = '履行教育职责督导（走查）';
const finding = '乡镇学习点覆盖不足';
/** What the edition is, which stands wherever something of it is shown. */
const mark = /样本，非官方文本/;

let browser: TestBrowser;
const complaints: string[][] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface Desk {
  readonly page: Page;
  /** The same session, for acts that many pages repeat. */
  readonly person: HttpPerson;
  readonly name: string;
}
const desks = new Map<string, Promise<Desk>>();

/** The desk of somebody of the sample; each person has one page in the whole journey. */
function deskOf(username: string): Promise<Desk> {
  const known = desks.get(username) ?? openDesk(username);
  desks.set(username, known);
  return known;
}

async function openDesk(username: string): Promise<Desk> {
  const context = await browser.as(username);
  const page = await newPage(context);
  complaints.push(complaintsOf(page));
  const reply = await context.request.get('/api/session');
  const { person } = (await reply.json()) as { person: { name: string } };
  return { page, person: await callerOf(context), name: person.name };
}

async function callerOf(context: BrowserContext): Promise<HttpPerson> {
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return httpPerson(() => productOfWorker().address, cookie);
}

/** The campaign and the evaluation of the journey, once they are there. */
let campaignId = '';
let evaluationId = '';
const params = () => ({ evaluationId });
const evaluation = (person: HttpPerson) => person.call(evaluations.read, { params: params() });
const leaf = (person: HttpPerson, code: string) => person.call(evaluations.leaf, { params: { ...params(), code } });

/** Opens the evaluation, or one part or leaf of it, at the desk of somebody. */
async function visit(page: Page, search = ''): Promise<void> {
  await page.goto(`/evaluations/${evaluationId}${search}`);
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${county.name}`) }).waitFor();
  await settled(page);
}

async function visitLeaf(page: Page, code: string): Promise<void> {
  await visit(page, `?node=${code}`);
  await page.getByRole('heading', { level: 2, name: new RegExp(`^${code}`) }).waitFor();
}

/** An act of the page that asks once more, answered with its verb. */
async function actOf(page: Page, name: string | RegExp, verb: string | RegExp = name): Promise<void> {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: verb }).click();
}

const stateIs = (person: HttpPerson, state: string) =>
  expect.poll(async () => (await evaluation(person)).state, { timeout: 60_000 }).toBe(state);

/** The pages of a letter are walked elsewhere; here it goes through its three hands. */
async function issueLetter(letterId: string): Promise<void> {
  const [drafter, signer, checker] = [
    (await deskOf(office)).person,
    (await deskOf(second)).person,
    (await deskOf(leader)).person,
  ];
  const read = () => drafter.call(letters.read, { params: { letterId } });
  let { revision: at } = await read();
  const hands = [
    [drafter, letters.submit],
    [checker, letters.check],
    [signer, letters.sign],
    [drafter, letters.issue],
  ] as const;
  for (const [hand, act] of hands) {
    ({ revision: at } = await hand.call(act, { params: { letterId }, body: { revision: at } as never }));
  }
  expect((await read()).state).toBe('issued');
}

it('a campaign is opened from its template, and its panel takes nobody who has to keep away', async () => {
  const { page, person } = await deskOf(office);
  const begun = performance.now();
  await page.goto('/campaigns/new');
  await page.getByLabel('项目名称').fill(title);
  // The plan of this year counts what is decided in it.
  await page.getByLabel('认定年度').fill(dayInChina(new Date()).slice(0, 4));
  await page.getByRole('button', { name: '建立评估项目' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  // A campaign stands within a minute of asking for its template.
  expect(performance.now() - begun).toBeLessThan(60_000);
  campaignId = new URL(page.url()).pathname.split('/').at(-1)!;
  await page.getByRole('tab', { name: /^对象/ }).click();
  await actOf(page, '移出全部', '全部移出');
  await page.getByText('已列入 0').first().waitFor();
  await page.getByRole('checkbox', { name: `列入“${county.name}”` }).click();
  await page.getByText('已列入 1').first().waitFor();
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText(mark).first().waitFor();

  await page.getByRole('tab', { name: '督导组' }).click();
  const dialog = page.getByRole('dialog');
  const choose = async (name: string) => {
    await page.getByRole('button', { name: '安排成员' }).click();
    await dialog.getByRole('combobox', { name: '成员' }).fill(name);
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click();
  };
  const { name: kept } = await deskOf(avoiding);
  await choose(kept);
  await dialog.getByText(`${kept}对 1 个对象须回避，不能安排到这些对象`).waitFor();
  expect(await dialog.getByRole('radio', { name: /^全部/ }).isDisabled()).toBe(true);
  expect(await dialog.getByRole('button', { name: '安排成员' }).isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: '取消' }).click();
  // Whoever asks past the page is refused by name, and told of no ground.
  const { rows: found } = await person.call(campaigns.candidates, {
    params: { campaignId },
    query: { search: kept },
  });
  const refused = await person.ask(campaigns.giveSeat, {
    params: { campaignId },
    body: {
      ...{
        personId: found[0]!.personId,
        inspectorId: null,
        part: 'member' as const,
        nodes: ['*'],
        evaluationIds: null,
      },
      ...(await daysOf(person)),
    },
  });
  expect(refused.code).toBe('campaign.seatBlocked');
  expect(refused.message).toContain(county.name);

  for (const username of [leader, ...judges]) {
    const { name } = await deskOf(username);
    await choose(name);
    if (username === leader) {
      await dialog.getByLabel('职责').selectOption('leader');
      await dialog.getByLabel('评分').uncheck();
    }
    await dialog.getByRole('button', { name: '安排成员' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await page.getByRole('table', { name: '督导组' }).getByText('组长').waitFor();
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  const panel = await person.call(campaigns.seats, { params: { campaignId } });
  expect({ seats: panel.rows.length, lacks: panel.lacks }).toEqual({ seats: 3, lacks: [] });

  await page.getByRole('button', { name: /^开启$/ }).click();
  await dialog.getByText(mark).waitFor();
  await dialog.getByRole('button', { name: '开启 1 个评估' }).click();
  const matrix = () => person.call(campaigns.matrix, { params: { campaignId }, query: {} });
  await expect
    .poll(async () => (await matrix()).rows, { timeout: 60_000 })
    .toMatchObject([{ name: county.name, state: 'notice' }]);
  evaluationId = (await matrix()).rows[0]!.evaluationId;
  await page.getByRole('tab', { name: '规则与学习' }).click();
  await page.getByRole('tabpanel').getByText(mark).waitFor();
  await page.getByRole('tab', { name: '矩阵' }).click();
  await page.getByRole('link', { name: county.name }).first().waitFor();
});

/** The days of a seat, as the campaign has them. */
async function daysOf(person: HttpPerson) {
  const { form } = await person.call(campaigns.read, { params: { campaignId } });
  return { from: form.steps[0]!.from, to: form.steps.at(-1)!.to };
}

it('nothing moves on before the notice is issued, and then the county evaluates itself', async () => {
  const { page, person } = await deskOf(office);
  const { letters: named } = await evaluation(person);
  await page.goto(`/campaigns/${campaignId}`);
  await page.getByRole('button', { name: '转入下一步' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/印发以前不能转入/).waitFor();
  expect(await dialog.getByRole('button', { name: /^转入/ }).isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: '取消' }).click();
  await issueLetter(named.notice!);
  await page.reload();
  await actOf(page, '转入下一步', /^转入/);
  await stateIs(person, 'selfEvaluation');

  const own = await deskOf(county.officer);
  await visitLeaf(own.page, returnedLeaf);
  await own.page.getByLabel('都不缺').check();
  await own.page.getByLabel('自评说明').fill('清单已公开，会议按期召开。');
  await expect.poll(async () => (await leaf(own.person, returnedLeaf)).note).toBe('清单已公开，会议按期召开。');
  await own.page.getByText(mark).first().waitFor();
  expect(await faultsAt(own.page, 'desktop')).toEqual([]);
  expect(await own.page.getByRole('tree').count()).toBe(1);
  // On a phone a leaf has the screen: there is one at a time, and the ways to its neighbours and back to the tree.
  expect(await faultsAt(own.page, 'phone')).toEqual([]);
  expect(await own.page.getByRole('tree').count()).toBe(0);
  for (const name of ['上一项', '下一项']) expect(await own.page.getByRole('button', { name }).isVisible()).toBe(true);
  await own.page.setViewportSize({ width: 1440, height: 900 });
  await own.page.getByRole('button', { name: /^报送自评（还差 \d+ 项）/ }).click();
  await own.page.getByRole('dialog').getByText('还不能报送自评').waitFor();
  await own.page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await fillTheRest(own.person);
  await own.page.reload();
  await actOf(own.page, '报送自评');
  await own.page.getByText('自评已报送', { exact: false }).first().waitFor();

  const head = await deskOf(county.director);
  await visit(head.page);
  await actOf(head.page, '署名确认');
  await head.page.getByText(`自评由${head.name}`, { exact: false }).first().waitFor();
});

/** Enters the facts that nobody knows yet, answers with all its points whatever a person fills, and says so where data lack. */
async function fillTheRest(person: HttpPerson): Promise<void> {
  const { assessmentYear } = await evaluation(person);
  const figures = enteredOf(preparedFramework('county-inspection-sample'), false, assessmentYear, generator('journey'));
  const { rows } = await person.call(evaluations.questions, { params: params() });
  for (const { name, yearsBack, type, value } of rows) {
    if (value !== null) continue;
    const known = figures.find((one) => one.name === name && one.year === assessmentYear - yearsBack);
    const grounds = { document: '年度统计报表', asOf: '2025-12-31', replaces: null };
    const drawn = known?.value ?? 0;
    // Nobody types more decimals than a form takes.
    const figure = typeof drawn === 'number' ? Number(drawn.toFixed(6)) : drawn;
    await person.call(evaluations.enterFact, {
      params: params(),
      body: {
        fact: name,
        yearsBack,
        value: type === 'truth' ? true : type === 'number' ? figure : { notApplicable: true },
        ...grounds,
      },
    });
  }
  const { nodes } = await evaluation(person);
  for (const { code, isLeaf, standing, origin, max, version } of nodes) {
    if (!isLeaf || (standing !== 'open' && standing !== 'unknown')) continue;
    const answer = origin === 'person' ? { points: Number(max) } : null;
    await person.call(evaluations.answerLeaf, {
      params: { ...params(), code },
      body: { version, answer, note: '按年度计划落实，过程记录齐全。' },
    });
  }
  expect((await evaluation(person)).lacks).toEqual([]);
}

/** The office says of each rule that no figure decides that it does not hold. */
async function ruleOnTheRest(person: HttpPerson): Promise<void> {
  const { rows } = await person.call(evaluations.questions, { params: params() });
  const grounds = { document: '督导组核查记录', asOf: '2025-12-31', replaces: null };
  for (const { name, title, value } of rows) {
    if (title === null || value !== null) continue;
    await person.call(evaluations.enterFact, { params: params(), body: { fact: name, value: false, ...grounds } });
  }
}

it('one leaf is sent back with its reason, filled again while all others are locked, and taken in', async () => {
  const { page, person } = await deskOf(office);
  await visit(page);
  await actOf(page, '转入下一步', /^转入/);
  await stateIs(person, 'materialReview');
  await visitLeaf(page, returnedLeaf);
  await page.getByRole('button', { name: '退回补充' }).click();
  await page.getByLabel('退回这一项').check();
  const sheet = page.getByRole('form', { name: '退回修改' });
  await sheet.getByLabel('补充说明').fill('请附会议纪要的文号');
  await sheet.getByRole('button', { name: '退回 1 项' }).click();
  await stateIs(person, 'selfEvaluation');

  const own = await deskOf(county.officer);
  await visitLeaf(own.page, returnedLeaf);
  await own.page.getByText('请附会议纪要的文号').first().waitFor();
  const { nodes } = await evaluation(own.person);
  expect(nodes.filter(({ standing }) => standing === 'returned').map(({ code }) => code)).toEqual([returnedLeaf]);
  const locked = await own.person.ask(evaluations.answerLeaf, {
    params: { ...params(), code: talkLeaf },
    body: { version: nodes.find(({ code }) => code === talkLeaf)!.version, answer: { missing: [1] }, note: '改写' },
  });
  expect(locked.status).toBe(409);
  const note = '会议纪要泉丰府纪〔2025〕3号、7号。';
  await own.page.getByLabel('自评说明').fill(note);
  await expect.poll(async () => (await leaf(own.person, returnedLeaf)).note).toBe(note);
  await own.page.reload();
  await actOf(own.page, '报送自评');
  await own.page.getByText('自评已报送', { exact: false }).first().waitFor();
  const head = await deskOf(county.director);
  await visit(head.page);
  await actOf(head.page, '署名确认');
  await head.page.getByText('自评由', { exact: false }).first().waitFor();
  await visit(page);
  await actOf(page, '转入下一步', /^转入/);
  await stateIs(person, 'materialReview');
});

/** Gives points by hand at the leaf that is open. */
async function give(page: Page, points: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: '直接给分' }).click();
  await page.getByRole('textbox', { name: '得分' }).fill(points);
  await page.getByLabel(/^理由/).fill(reason);
  await page.getByRole('button', { name: /^保存/ }).click();
}

it('a leaf that is judged in two windows keeps the first score, and the other window shows both', async () => {
  const { page, person } = await deskOf(judges[0]);
  const later = await newPage(await browser.as(judges[0]));
  await visitLeaf(page, twiceLeaf);
  await visitLeaf(later, twiceLeaf);
  const given = async () => (await leaf(person, twiceLeaf)).scores.map(({ version, points }) => [version, points]);
  await give(page, '2', '没有发现违规');
  await expect.poll(given).toEqual([[1, '2']]);
  await give(later, '1.5', '一起违规已查实');
  const mine = later.getByRole('button', { name: /^用我的：.*1\.5/ });
  await mine.waitFor();
  await later
    .getByRole('button', { name: /^用.+的：.*2/ })
    .last()
    .waitFor();
  expect(await given()).toEqual([[1, '2']]);
  expect(await faultsAt(later, 'desktop')).toEqual([]);
  await mine.click();
  await expect.poll(given).toEqual([[2, '1.5']]);
  await later.close();
});

it('two judge blind; where they differ too much their talk settles it, and the layers stand side by side', async () => {
  const [first, other] = [await deskOf(judges[0]), await deskOf(judges[1])];
  const { page: own } = first;
  await visitLeaf(own, talkLeaf);
  const blind = await leaf(first.person, talkLeaf);
  expect(blind.layers.filter(({ hidden }) => hidden).map(({ points }) => points)).not.toEqual([]);
  expect(blind.layers.every(({ hidden, points }) => !hidden || points === null)).toBe(true);
  await own.getByText(/您给出自己的评分后才看得到/).waitFor();
  expect(await faultsAt(own, 'desktop')).toEqual([]);
  await own.getByLabel('都不缺').check();
  await own.getByLabel(/^理由/).fill('规划和预算文件齐全');
  await own.getByRole('button', { name: /^保存/ }).click();
  await expect.poll(async () => (await leaf(first.person, talkLeaf)).scores.length).toBe(1);

  await visitLeaf(other.page, talkLeaf);
  expect(await other.page.getByText('规划和预算文件齐全').count()).toBe(0);
  expect((await leaf(other.person, talkLeaf)).scores).toEqual([]);
  await give(other.page, '1', '优先保障的文件没有落实');
  await expect.poll(async () => (await leaf(other.person, talkLeaf)).scores.length).toBe(2);
  for (const { person } of [first, other]) await scoreTheRest(person);

  const { page, person } = await deskOf(leader);
  await visitLeaf(page, talkLeaf);
  await page.getByText('评分相差 1 分，超过规定').first().waitFor();
  const open = (await evaluation(person)).nodes.filter(({ talk }) => talk === 'open').map(({ code }) => code);
  expect(open).toEqual([talkLeaf]);
  await page.getByRole('button', { name: '记录合议' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('规划和预算文件齐全').waitFor();
  await dialog.getByText('优先保障的文件没有落实').waitFor();
  await dialog.getByRole('textbox', { name: '合议情况' }).fill('核对预算批复后一致认为落实了大部分');
  await dialog.getByRole('textbox', { name: '给被评单位的理由' }).fill('预算批复中优先保障的项目落实了大部分');
  await dialog.getByRole('textbox', { name: '得分' }).fill('1.5');
  await dialog.getByRole('button', { name: '写定评分' }).click();
  await page.getByText(/合议定为 1.5 分/).waitFor();
  const settledLeaf = await leaf(person, talkLeaf);
  expect(settledLeaf.layers.filter(({ points }) => points !== null)).toMatchObject([
    { layer: 'self', points: '2', hidden: false },
    { layer: 'city', points: '1.5', settled: 'talk', hidden: false },
  ]);
  const layers = page.getByRole('region', { name: '各层得分' });
  for (const words of ['自评', '1.5', '合议']) await layers.getByText(words, { exact: true }).first().waitFor();
  expect(await layers.getByText(/优先保障的文件没有落实/).count()).toBe(1);
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  const chief = await deskOf(office);
  for (const state of ['siteVisit', 'preliminaryOpinion']) {
    await visit(chief.page);
    await actOf(chief.page, '转入下一步', /^转入/);
    await stateIs(chief.person, state);
  }
});

/** Gives each leaf that is still owed nine tenths of its points. */
async function scoreTheRest(person: HttpPerson): Promise<void> {
  const { nodes } = await evaluation(person);
  for (const { code, isLeaf, owed, own, max, version } of nodes) {
    if (!isLeaf || !owed || own !== null) continue;
    await person.call(evaluations.score, {
      params: { ...params(), code },
      body: {
        ...{ version: 0, leafVersion: version, reason: '按现场核查和材料' },
        answer: { points: Number((Number(max) * 0.9).toFixed(2)) },
      },
    });
  }
}

it('the statement of the county is heard and answered before the opinion letter goes out', async () => {
  const { page, person } = await deskOf(office);
  await visit(page, '?part=opinion');
  await page.getByRole('button', { name: '拟写意见' }).click();
  for (const [kind, text] of [
    ['主要成绩', '教育专章列入规划，经费优先保障'],
    ['存在的问题', '乡镇学习点没有全部开放'],
    ['意见和建议', '补齐学习点，定期检查开放情况'],
  ] as const) {
    await page.getByRole('button', { name: `加一条${kind}` }).click();
    await page.getByLabel(`${kind}的内容`).fill(text);
  }
  await page.getByRole('button', { name: '加一个问题' }).click();
  await page.getByLabel('问题', { exact: true }).fill(finding);
  await page.getByLabel('类别').selectOption('duty');
  await page.getByLabel('整改期限').fill('2099-06-30');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('3 条意见，1 个问题').waitFor();
  const { total } = await person.call(evaluations.opinion, { params: params() });
  expect(total).not.toBeNull();
  await ruleOnTheRest(person);
  await page.reload();
  await actOf(page, '反馈初步意见');
  await stateIs(person, 'statement');
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  const own = await deskOf(county.officer);
  await visit(own.page, '?part=opinion');
  await own.page.getByText('乡镇学习点没有全部开放').first().waitFor();
  await own.page.getByRole('button', { name: '提出申辩' }).click();
  const asking = own.page.getByRole('dialog');
  await asking.getByLabel('申辩意见').fill('预算批复已报送，请复核优先保障一项');
  await asking.getByRole('button', { name: '提出申辩' }).click();
  await own.page.getByText('预算批复已报送').first().waitFor();

  // The letter waits for the answer, and for the days of the statement or the word of the head that there is none other.
  const early = await evaluation(person);
  const refused = await person.ask(evaluations.issueOpinion, { params: params(), body: { revision: early.revision } });
  expect(refused).toMatchObject({ status: 409, code: 'evaluation.statementRunning' });
  await visit(page, '?part=opinion');
  await page.getByRole('button', { name: '答复申辩' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^不予采纳/ }).check();
  await dialog.getByLabel('答复', { exact: true }).fill('批复在评估期后下达，维持原分');
  await dialog.getByRole('button', { name: '答复申辩' }).click();
  await page.getByText('不予采纳：批复在评估期后下达，维持原分').waitFor();
  const head = await deskOf(county.director);
  await visit(head.page, '?part=opinion');
  await actOf(head.page, '没有申辩意见');
  await expect.poll(async () => (await evaluation(head.person)).can.waive, { timeout: 60_000 }).toBe(false);

  await visit(page, '?part=opinion');
  await actOf(page, '出具督导意见书');
  await stateIs(person, 'opinionLetter');
  const { letters: named } = await evaluation(person);
  await page.getByRole('link', { name: /在公文里办理/ }).click();
  await page.getByRole('heading', { level: 1, name: /督导意见/ }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/letters/${named.opinion}`);
  await issueLetter(named.opinion!);
});

it('another hand confirms the result; its finding stands in the ledger and the item of the plan is counted', async () => {
  const { page, person } = await deskOf(office);
  /** How often the plans count the county as inspected. */
  const counted = async () => {
    const { rows } = await person.call(plans.list, { query: {} });
    const read = await Promise.all(rows.map(({ id }) => person.call(plans.read, { params: { planId: id } })));
    return read
      .flatMap(({ items }) => items.flatMap(({ ties }) => ties))
      .flatMap(({ kind, units }) => (kind === 'campaigns.county-inspection' ? units : []))
      .flatMap(({ name, done }) => (county.name.startsWith(name) ? [done] : []));
  };
  const before = await counted();
  await visit(page, '?part=opinion');
  await actOf(page, '提请确认');
  await stateIs(person, 'confirmation');
  // Whoever has drafted it finds no button, and is refused past the page.
  await visit(page, '?part=opinion');
  expect(await page.getByRole('button', { name: '确认结果' }).count()).toBe(0);
  const { revision } = await evaluation(person);
  const own = await person.ask(evaluations.confirmResult, { params: params(), body: { revision } });
  expect(own).toMatchObject({ status: 409, code: 'access.sameHand' });

  const other = await deskOf(second);
  await visit(other.page, '?part=opinion');
  expect([...(await faultsAt(other.page, 'desktop')), ...(await faultsAt(other.page, 'phone'))]).toEqual([]);
  await other.page.setViewportSize({ width: 1440, height: 900 });
  await actOf(other.page, '确认结果');
  await stateIs(other.person, 'rectification');
  await visit(other.page, '?part=opinion');
  await other.page
    .getByText(/已确认/)
    .first()
    .waitFor();

  await page.goto(`/findings?search=${finding}`);
  await page.getByRole('link', { name: finding }).first().click();
  await page.getByRole('heading', { level: 1, name: finding }).waitFor();
  await page.getByText(title).first().waitFor();

  const after = await counted();
  expect(after.length).toBeGreaterThan(0);
  expect(after).toEqual(before.map((done) => done + 1));
  await page.goto('/work-plans');
  await page
    .getByRole('link', { name: /教育督导工作要点/ })
    .first()
    .click();
  await page
    .getByText(/对县督导/)
    .first()
    .waitFor();
  expect(complaints.flat()).toEqual([]);
});
