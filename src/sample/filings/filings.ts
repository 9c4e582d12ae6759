import type { CellValue, FieldValues } from '#domain/filing/catalogue.ts';
import { filesResources } from '#domain/filing/catalogue.ts';
import { completeValues } from '#domain/filing/check.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import { type Generator, generator } from '#domain/kit/generator.ts';
import catalogueData from '../../../reference/catalogues/resource-2025.json' with { type: 'json' };
import type { SampleCity, SampleDuty, YearRecord } from '../model.ts';
import type { CountyPlan, Progress } from '../plan/plan.shape.ts';
import { isUnderWay } from '../plan/plan.ts';
import { type Cells, type CheckedCells, checkedCells, draftCells, explainedCells } from './cells.ts';
import { plantDoubts } from './doubts.ts';

export const sampleCatalogue = readCatalogue(catalogueData);

/**
 * A filing of the sample. Its days are counted from the deadline of its year, because the deadline depends on the day
 * of loading.
 */
export interface SampleFiling extends SampleDuty {
  readonly cells: Cells;
  readonly found: CheckedCells['found'];
  /** Last year's values, entered and derived; empty where there was no filing. */
  readonly reference: Record<string, CellValue>;
  /** Days from the deadline to the submission; positive is late. Null where nothing was submitted. */
  readonly submittedAfter: number | null;
  readonly returned: { readonly reason: string; readonly fields: readonly string[] | null } | null;
  /** Days by which the deadline was moved once for this school. */
  readonly extension: number | null;
  readonly reminded: boolean;
}

const returnReasons: readonly { reason: string; fields: readonly string[] | null }[] = [
  { reason: '教学仪器设备值疑似按“元”填报，请核对单位后重报。', fields: ['教学仪器设备值'] },
  { reason: '体育、艺术教师人数与教师名册不符，请核对。', fields: ['小学体育教师数', '小学音乐教师数'] },
  {
    reason: '运动场地面积与去年相差较大，附不动产登记或测量依据后重报。',
    fields: ['运动场地面积', '室内体育用房面积'],
  },
  { reason: '学籍系统在校生数与填报不一致，请按学年初学籍核对全表。', fields: null },
];

/** All filings of the three years: the earlier ones complete and accepted, the last one in every state. */
export function sampleFilings(city: SampleCity): SampleFiling[] {
  const random = generator(`${city.seed} filings`);
  const filed = new Map<string, FieldValues>();
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!.id;
  const plans = new Map(
    city.units.flatMap((unit) => {
      const plan = city.plan.counties.find((county) => county.unitCode === unit.unitCode);
      return plan ? [[unit.id, plan] as const] : [];
    }),
  );
  const progresses = progressOf(city, plans, cityUnit, random.fork('progress'));

  return city.records
    .filter((record) => filesResources(sampleCatalogue, record.version.schoolType))
    .map((record) => {
      const kind = { schoolType: record.version.schoolType };
      const draw = random.fork(`${record.year} ${record.school.id}`);
      const reference = { ...filed.get(`${record.year - 1} ${record.school.id}`) };
      const progress = record.year === 2025 ? progresses.get(record.school.id)! : 'accepted';
      const values = plantDoubts(record, progress, draw);
      const complete = completeValues(sampleCatalogue, kind, values);
      filed.set(`${record.year} ${record.school.id}`, complete);
      const { year, school, version } = record;
      const base = { year, school, version, progress, reference, complete };
      return { ...base, ...courseOf(record, progress, values, reference, draw) };
    });
}

function courseOf(
  record: YearRecord,
  progress: Progress,
  values: Record<string, CellValue>,
  reference: Record<string, CellValue>,
  draw: Generator,
): Pick<SampleFiling, 'cells' | 'found' | 'submittedAfter' | 'returned' | 'extension' | 'reminded'> {
  const none = { submittedAfter: null, returned: null, extension: null, reminded: false };
  const kind = { schoolType: record.version.schoolType };
  if (progress === 'missing') {
    const empty = checkedCells(sampleCatalogue, kind, {}, reference);
    return { ...none, ...empty, reminded: draw.chance(0.5), extension: draw.chance(0.1) ? 7 : null };
  }
  if (progress === 'draft') {
    const begun = draftCells(sampleCatalogue, kind, values, reference, draw);
    return { ...none, ...begun, extension: draw.chance(0.1) ? 7 : null };
  }
  const checked = explainedCells(sampleCatalogue, kind, values, reference, progress !== 'returned');
  const late = draw.chance(record.year === 2025 ? 0.05 : 0.02);
  const submittedAfter = late ? draw.integer(1, 2) : -draw.integer(1, 18);
  if (progress !== 'returned') return { ...none, ...checked, submittedAfter };
  // If the value in yuan was planted, it is the reason for which the filing is returned.
  const slipped = values.教学仪器设备值 !== record.values.教学仪器设备值;
  const fitting = returnReasons.filter(({ fields }) => fields === null || fields.every((field) => field in values));
  const returned = slipped ? returnReasons[0]! : draw.pick(fitting.slice(1));
  return { ...none, ...checked, submittedAfter: -draw.integer(6, 14), returned };
}

/**
 * The state of each school's filing in the last year. In a county that has approved all filings, the 市直 schools are
 * done too, so that the verdict is final. Only 高级中学 and special schools may still wait there, because no standard
 * counts them.
 */
function progressOf(
  city: SampleCity,
  plans: ReadonlyMap<number, CountyPlan>,
  cityUnit: number,
  random: Generator,
): Map<number, Progress> {
  const progresses = new Map<number, Progress>();
  const unfinished: Progress[] = ['submitted', 'accepted', 'draft', 'submitted'];
  for (const [countyId, plan] of plans) {
    const here = city.records.filter((record) => record.year === 2025 && record.version.countyId === countyId);
    const own = random.fork(plan.unitCode).shuffle(here.filter((record) => record.version.managingUnitId !== cityUnit));
    const shares = Object.entries(plan.progress) as [Progress, number][];
    let from = 0;
    shares.forEach(([progress, share], index) => {
      const count = Math.max(1, Math.round(share * own.length));
      const to = index === shares.length - 1 ? own.length : Math.min(own.length, from + count);
      for (const record of own.slice(from, to)) progresses.set(record.school.id, progress);
      from = to;
    });
    const open = isUnderWay(plan);
    for (const record of here.filter((candidate) => candidate.version.managingUnitId === cityUnit)) {
      const waits = open || record.version.schoolType === '342' || record.version.schoolType === '514';
      progresses.set(record.school.id, waits ? (unfinished.shift() ?? 'submitted') : 'accepted');
    }
  }
  return progresses;
}
