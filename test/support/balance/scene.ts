import { balanceFeature } from '../../../src/server/features/balance/balance.feature.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { schools, units } from '../scenario.ts';
import { juniorFigures, layBalanceYear, primaryFigures, type YearSchool } from './year.ts';

export const licheng = units.licheng.id;
export const fengze = units.fengze.id;
export const standard = 'quality-2017';
export const first = schools.first.id;
export const neighbour = schools.neighbour.id;

/** 鲤城: six 小学 and two 初中, all good; 丰泽: one 小学 fails by one indicator, one 市直 初中 owes its figures. */
export const year2025: readonly YearSchool[] = [
  { id: first, county: licheng, values: primaryFigures(400) },
  { id: neighbour, county: licheng, values: primaryFigures(900, 1.2) },
  ...[111, 112, 113, 114].map((id, index) => ({
    id,
    county: licheng,
    values: primaryFigures(300 + index * 50, 1 + index / 10),
  })),
  { id: 115, county: licheng, type: '218', values: primaryFigures(40) },
  { id: 103, county: licheng, type: '311', values: juniorFigures(800) },
  { id: 116, county: licheng, type: '311', values: juniorFigures(600, 1.1) },
  {
    id: 203,
    county: fengze,
    sponsor: 10,
    ownership: 'private',
    values: { ...primaryFigures(500), 小学县级以上骨干教师数: 4 },
  },
  { id: 211, county: fengze, values: primaryFigures(700) },
  { id: 212, county: fengze, type: '311', values: juniorFigures(700) },
  { id: 202, county: fengze, type: '311', sponsor: 5, managing: units.city.id, values: null },
];

export interface BalanceScene {
  readonly app: TestApp;
  /** The period of 2025, the year under way. */
  readonly period: number;
}

const complete = year2025.map((school) => ({ ...school, values: school.values ?? juniorFigures(500) }));

/** An app with the approved figures of two years and the runs that a start makes of them; `whole` has every feature. */
export async function openBalanceScene({
  whole = false,
  before = complete,
  now = year2025,
}: {
  readonly whole?: boolean;
  readonly before?: readonly YearSchool[];
  readonly now?: readonly YearSchool[];
} = {}): Promise<BalanceScene> {
  const app = await openTestApp(whole ? {} : { features: [balanceFeature] });
  await layBalanceYear(app.owner, 2024, before);
  const period = await layBalanceYear(app.owner, 2025, now);
  await prepareBalance(app.services.pool, app.services.now);
  return { app, period };
}

/** The request for a county's page by the standard of 2017, unless another one is asked for. */
export const county = (countyId: number, query: Record<string, unknown> = {}) => ({
  params: { countyId },
  query: { standard, ...query },
});
