import { fillSchoolForm, fillUnitForm } from './fill-workbook.ts';
import type { Story, Told } from './story.ts';

const filing = (code: string) => `/api/filings/{filing 2025 ${code}}`;
/** A primary school that has begun, one that has not, and a junior school that waits for its county. */
const [begun, empty, waiting] = ['2135990107', '2135990111', '3135990244'] as const;

/** A school fills, a county reviews, the city accepts: every act on a filing, and every way in which it is refused. */
export async function tellFilings(story: Story): Promise<void> {
  await schoolFills(story);
  await schoolImports(story);
  await schoolSubmits(story);
  await countyDecides(story);
  await cityDecides(story);
  await deadlines(story);
  await story.jobs('figures are counted anew');
  await looks(story);
}

/** Empty fields take last year's value; every doubt gets a sentence. */
async function fill(story: Story, who: string, code: string): Promise<void> {
  const { step, look } = story;
  const seen = await look(who, `GET ${filing(code)}`);
  const changes = Object.entries(seen.reference as Record<string, Told>)
    .filter(([field, value]) => value !== null && (seen.cells[field]?.v ?? null) === null && isEntered(seen, field))
    .map(([field, value]) => ({ field, value, version: seen.cells[field]?.n ?? 0 }));
  const saved = await step(`${who} fills what is empty`, who, `PATCH ${filing(code)}/cells`, { body: { changes } });
  await explain(story, who, code, saved);
}

const isEntered = (seen: Told, field: string) =>
  seen.fields.some((one: Told) => one.key === field && one.derived === undefined && one.directory === undefined);

async function explain({ step, look }: Story, who: string, code: string, { findings }: Told): Promise<void> {
  const doubts = findings.filter((one: Told) => one.weight === 'soft' && one.explanation === null);
  if (doubts.length === 0) return;
  const { cells } = await look(who, `GET ${filing(code)}`);
  const fields: string[] = [...new Set<string>(doubts.map((one: Told) => one.fields[0]))];
  const changes = fields.map((field) => ({ field, explanation: '已与台账核对无误。', version: cells[field]?.n ?? 0 }));
  await step(`${who} explains what is doubted`, who, `PATCH ${filing(code)}/cells`, { body: { changes } });
}

async function schoolFills(story: Story): Promise<void> {
  const { step, look } = story;
  const [clerk, head] = [`clerk-${begun}`, `head-${begun}`];
  const cells = `PATCH ${filing(begun)}/cells`;
  const change = (field: string, value: Told, version: number) => ({ body: { changes: [{ field, value, version }] } });
  await step('a value that doubts itself', clerk, cells, change('图书册数', 999_999, 0));
  await step('a text where a number belongs', clerk, cells, change('计算机台数', '二十', 0));
  await step('somebody was faster', head, cells, change('图书册数', 12, 0));
  await step('a field that there is not', clerk, cells, change('没有这一项', 1, 0));
  await step('a stranger’s filing', 'clerk-2135990140', cells, change('图书册数', 1, 1));
  const { revision } = await look(head, `GET ${filing(begun)}`);
  await step('submitting with faults', head, `POST ${filing(begun)}/submission`, { body: { revision } });
  await step('the value is put right', clerk, cells, change('图书册数', 2600, 1));
  await step('the text is put right', clerk, cells, change('计算机台数', 20, 1));
  await fill(story, clerk, begun);
  const comment = await step('a comment', clerk, `POST ${filing(begun)}/comments`, {
    body: { field: '图书册数', body: '含电子图书吗？' },
  });
  story.stage.learn('comment', comment.id);
  await step('an empty comment', clerk, `POST ${filing(begun)}/comments`, { body: { field: '图书册数', body: '  ' } });
  const resolution = `POST ${filing(begun)}/comments/{comment}/resolution`;
  await step('the comment is done with', 'officer-350504', resolution);
  await step('a cell’s history', clerk, `GET ${filing(begun)}/cells/图书册数/history`);
}

async function schoolImports({ step, look, stage }: Story): Promise<void> {
  const clerk = `clerk-${empty}`;
  await step('last year’s values are copied', clerk, `POST ${filing(empty)}/last-year-values`);
  const template = await look(clerk, `GET ${filing(empty)}/template`);
  const { reference } = await look(clerk, `GET ${filing(empty)}`);
  const send = (title: string, bytes: Uint8Array, who = clerk, fields = {}) =>
    step(title, who, 'POST /api/filing-imports', { upload: { name: '本校填报表.xlsx', bytes, fields } });

  const faulty = { 小学在校生数: '四百', 小学班级数: 6.5, 小学最大班额: -1, 图书册数: '１２００', 小学专任教师数: 8 };
  const wrong = await send('a workbook with faults', await fillSchoolForm(template, { ...reference, ...faulty }));
  stage.learn('faulty import', wrong.importId);
  await step('the preview is opened again', clerk, 'GET /api/filing-imports/{faulty import}');
  await step('the marked workbook', clerk, 'GET /api/filing-imports/{faulty import}/workbook');
  await step('faults are not written', clerk, 'POST /api/filing-imports/{faulty import}/confirmation');
  const right = await send('a workbook in order', await fillSchoolForm(template, reference));
  stage.learn('import', right.importId);
  await step('another’s import', 'head-2135990140', 'GET /api/filing-imports/{import}');
  await step('the import is written', clerk, 'POST /api/filing-imports/{import}/confirmation');
  await step('it is not written twice', clerk, 'POST /api/filing-imports/{import}/confirmation');
  await send('another school’s workbook', template, 'clerk-2135990140');
  await send('no workbook', new TextEncoder().encode('学校,人数'));
  const unit = await look('officer-350504', 'GET /api/filings/template?unitId=5');
  const county = await send('a whole unit by workbook', await fillUnitForm(unit), 'officer-350504', { unitId: '5' });
  stage.learn('unit import', county.importId);
  await step('the unit’s import is written', 'officer-350504', 'POST /api/filing-imports/{unit import}/confirmation');
}

async function schoolSubmits(story: Story): Promise<void> {
  const { step, look } = story;
  for (const code of [begun, empty]) {
    await explain(story, `clerk-${code}`, code, await look(`clerk-${code}`, `GET ${filing(code)}`));
    const { revision } = await look(`head-${code}`, `GET ${filing(code)}`);
    const submission = `POST ${filing(code)}/submission`;
    await step('a clerk where there is a head', `clerk-${code}`, submission, { body: { revision } });
    await step('a page that is no longer true', `head-${code}`, submission, { body: { revision: revision - 1 } });
    await step('the head submits', `head-${code}`, submission, { body: { revision } });
    await step('the printed page', `head-${code}`, `GET ${filing(code)}/print`);
  }
  const { revision } = await look(`head-${empty}`, `GET ${filing(empty)}`);
  const reason = '班级数有误';
  await step('the head takes it back', `head-${empty}`, `POST ${filing(empty)}/withdrawal`, {
    body: { revision, reason },
  });
}

async function countyDecides(story: Story): Promise<void> {
  const { step, look } = story;
  const [officer, director, head, clerk] = ['officer-350505', 'director-350505', `head-${waiting}`, `clerk-${waiting}`];
  const revisionOf = async (who: string) => (await look(who, `GET ${filing(waiting)}`)).revision as number;
  const decide = async (title: string, who: string, act: string, body: object = {}) =>
    step(title, who, `POST ${filing(waiting)}/${act}`, { body: { revision: await revisionOf(who), ...body } });

  await decide('an officer does not approve', officer, 'approval');
  await decide('a return without a reason', officer, 'return', { reason: ' ' });
  await decide('a return of what there is not', officer, 'return', { reason: '请核对图书', fields: ['没有这一项'] });
  await decide('part is sent back', officer, 'return', { reason: '请核对图书', fields: ['图书册数'] });
  const { cells } = await look(clerk, `GET ${filing(waiting)}`);
  const saving = (field: string, value: number) => ({ body: { changes: [{ field, value, version: cells[field].n }] } });
  const patch = `PATCH ${filing(waiting)}/cells`;
  await step('a field that was not sent back', clerk, patch, saving('计算机台数', 1));
  await step('a field that was sent back', clerk, patch, saving('图书册数', Number(cells.图书册数.v) + 10));
  await decide('more is sent back', officer, 'return', { reason: '连同计算机', fields: ['计算机台数'] });
  await explain(story, clerk, waiting, await look(clerk, `GET ${filing(waiting)}`));
  await decide('it is submitted again', head, 'submission');
  await decide('a director does not check', director, 'check');
  await decide('an officer checks', officer, 'check', { note: '两项已核对账册' });
  await decide('checked twice', officer, 'check');
  await step('the check is taken back', officer, `DELETE ${filing(waiting)}/check`);
  await decide('and given again', officer, 'check');
  await look(director, `GET ${filing(waiting)}`);
  await decide('the director approves', director, 'approval');
  await decide('approved twice', director, 'approval');
  await decide('the county opens it again', director, 'reopening', { reason: '学校来函更正' });
  await decide('submitted a third time', head, 'submission');
  await decide('approved again', director, 'approval');
  const { id } = await look(director, `GET ${filing(waiting)}`);
  const undo = (title: string, who: string) =>
    step(title, who, 'POST /api/filings/undo', { body: { action: 'approve', filingIds: [id] } });
  await undo('only by whoever did it', 'city');
  await undo('the approval is taken back', director);
  await undo('and not twice', director);
  await decide('approved at last', director, 'approval');

  const list = await look('director-350504', 'GET /api/filings?state=submitted&pageSize=4&sort=code');
  const chosen = list.rows.map(({ id, revision }: Told) => ({ filingId: id, revision }));
  chosen[1].revision -= 1;
  chosen.push({ filingId: '00000000-0000-7000-8000-000000000000', revision: 1 });
  await step('the rest is approved', 'director-350504', 'POST /api/filings/approvals', { body: { filings: chosen } });
}

async function cityDecides({ step, look }: Story): Promise<void> {
  const decide = async (title: string, code: string, act: string, body: object = {}) => {
    const { revision } = await look('city', `GET ${filing(code)}`);
    return step(title, 'city', `POST ${filing(code)}/${act}`, { body: { revision, ...body } });
  };
  await decide('the city accepts', waiting, 'acceptance');
  await decide('accepted twice', waiting, 'acceptance');
  await decide('the city opens what it accepted', waiting, 'reopening', {
    reason: '核查发现出入',
    fields: ['图书册数'],
  });
  const ofCity = await look('city', 'GET /api/filings?managedBy=city&state=submitted&sort=code');
  await decide('a school of the city is approved', ofCity.rows[0].school.code, 'approval');
  await decide('it was not to be approved again', ofCity.rows[0].school.code, 'approval');
  await decide('the city sends back what the county approved', '3435990100', 'return', { reason: '请补充说明' });
  const set = (expected: number) => ({ body: { year: 2025, unitId: 15, expected } });
  const { total } = await look('city', 'GET /api/filings?unitId=15&state=approved&managedBy=county&pageSize=1');
  await step('a set that is no longer what was seen', 'city', 'POST /api/filings/acceptances', set(total - 1));
  await step('a county accepts nothing', 'director-350504', 'POST /api/filings/acceptances', set(total));
  await step('a whole set is accepted', 'city', 'POST /api/filings/acceptances', set(total));
}

async function deadlines({ step, stage }: Story): Promise<void> {
  const remind = (title: string, who: string, body: object = {}) =>
    step(title, who, 'POST /api/filings/reminders', { body: { year: 2025, ...body } });
  await remind('all are reminded', 'officer-350504', { note: '请于本周内完成' });
  await remind('not twice a day', 'officer-350504');
  await remind('one school is reminded', 'city', { filingIds: [stage.idOf(`filing 2025 ${waiting}`)] });
  await remind('a school reminds nobody', `head-${begun}`);
  const everything = { body: { until: '2099-01-01T00:00:00.000Z' } };
  await step('a head reads what was sent', `head-${begun}`, 'POST /api/notices/reads', everything);
  await remind('a year that is over', 'city', { year: 2024 });
  const late = `POST ${filing('3135991299')}/extension`;
  await step('an extension that is none', 'director-350582', late, {
    body: { until: '2026-02-27', reason: '受灾停课' },
  });
  await step('an extension', 'director-350582', late, { body: { until: '2026-03-25', reason: '受灾停课' } });
  await step('only once', 'director-350582', late, { body: { until: '2026-03-28', reason: '受灾停课' } });
}

/** The state of the pages after the acts. */
async function looks({ step }: Story): Promise<void> {
  for (const code of [begun, empty, waiting, '3135991299']) {
    await step('the filing afterwards', 'city', `GET ${filing(code)}`);
    await step('the head’s page afterwards', `head-${code}`, 'GET /api/home/overview');
  }
  for (const who of ['city', 'officer-350504', 'director-350505']) {
    await step('the desk afterwards', who, 'GET /api/home/overview');
    await step('the progress afterwards', who, 'GET /api/filings/progress');
    await step('what changed since it was approved', who, 'GET /api/filings?mark=changed&pageSize=5');
  }
  await step('a cell’s history afterwards', 'city', `GET ${filing(waiting)}/cells/图书册数/history`);
  await step('the county’s balance afterwards', 'city', 'GET /api/balance/counties/6?standard=basic-2012');
}
