import type { IndicatorResult } from '#domain/balance/run/result.ts';
import { pupilsField, stages } from '#domain/balance/school/membership.ts';
import type { PreparedIndicator } from '#domain/balance/standard/prepared-standard.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, schoolLevelNames } from '#domain/org/school-level.ts';
import { columnName } from '#platform/documents/cell-address.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { preparedStandard } from '../standard/standards.shape.ts';
import { excelFormula } from './excel-formula.shape.ts';
import type { FormSource } from './forms.workbook.ts';

/** The cell of the sheet 输入 that holds a field of a school; undefined where the sheet does not have it. */
export type InputAddress = (code: string, field: string) => string | undefined;

type Row = Array<WorkbookCell | null>;
const cell = (value: string | number | null, look: WorkbookCell['look'] = 'label'): WorkbookCell => ({ value, look });
const head = (value: string): WorkbookCell => cell(value, 'heading');
const live = (formula: string, value: number | string | null): WorkbookCell => ({ formula, value, look: 'label' });

/** Rows above the first school, and the columns of one indicator after those of code and name. */
const [headRows, nameColumns, width] = [2, 2, 4];

/** The sheet of a level: each school's steps, then totals, mean, deviation and coefficient, all as live formulas. */
export function stepSheet(source: FormSource, level: CompulsoryLevel, address: InputAddress): WorkbookSheet[] {
  const { indicators, included } = source.result.levels[level];
  if (included.length === 0) return [];
  const prepared = preparedStandard(source.standard).levels[level].indicators;
  const top: Row = [head('学校标识码'), head('学校名称')];
  const second: Row = [head(''), head('')];
  for (const { name, unit } of indicators) {
    top.push(head(`${name}（${unit}）`), head(''), head(''), head(''));
    second.push(head('学生数'), head('资源（拆分换算后）'), head('本校值'), head('贡献'));
  }
  const blocks = indicators.map((indicator, place) => new Block(indicator, prepared[place]!, place, included.length));
  const split = { weights: source.standard.splitWeights, level, address };
  const rows: Row[] = [
    top,
    second,
    ...included.map((school, index) => [
      cell(codeOfMark(school.code)),
      cell(school.name),
      ...blocks.flatMap((block) => block.school(index, split)),
    ]),
    ...foot.map(([name, read]) => [head(name), head(''), ...blocks.flatMap((block) => read(block))]),
  ];
  return [
    {
      name: `${schoolLevelNames[level]}计算`,
      columnWidths: [13, 28, ...indicators.flatMap(() => [9, 16, 14, 10])],
      frozen: { rows: headRows, columns: nameColumns },
      landscape: true,
      rows,
    },
  ];
}

interface Splitting {
  readonly weights: BalanceStandard['splitWeights'];
  readonly level: CompulsoryLevel;
  readonly address: InputAddress;
}

/** The four columns of one indicator. */
class Block {
  readonly #indicator: IndicatorResult;
  readonly #prepared: PreparedIndicator;
  readonly #columns: readonly string[];
  readonly #schools: number;

  constructor(indicator: IndicatorResult, prepared: PreparedIndicator, place: number, schools: number) {
    this.#indicator = indicator;
    this.#prepared = prepared;
    this.#columns = Array.from({ length: width }, (_, offset) => columnName(nameColumns + place * width + offset));
    this.#schools = schools;
  }

  /** A school that lacks a figure has empty cells, which no sum counts; the reason stands on its value. */
  school(index: number, split: Splitting): Row {
    const { code, pupils, resources, value, contribution, reason } = this.#indicator.schools[index]!;
    if (pupils === null || resources === null) {
      return [cell(null), cell(null), { ...cell(null), comment: reason ?? '缺数据' }, cell(null)];
    }
    const row = headRows + index + 1;
    const [heads, amount, own] = this.#columns.map((column) => `${column}${row}`);
    const read = (field: string) => split.address(code, field);
    const mean = this.#mean;
    return [
      orValue(excelFormula(this.#prepared.denominatorFormula.term, read), pupils),
      orValue(this.#resources(read, split), resources),
      live(`${amount}/${heads}`, value),
      mean === undefined
        ? cell(contribution)
        : live(`IF(${this.#squares}=0,0,${heads}*(${own}-${mean})^2/${this.#squares})`, contribution),
    ];
  }

  totals(): Row {
    const { schools } = this.#indicator;
    const sum = (read: (school: (typeof schools)[number]) => number | null) =>
      schools.reduce((total, school) => total + (read(school) ?? 0), 0);
    return [
      live(
        `SUM(${this.#range(0)})`,
        sum(({ pupils }) => pupils),
      ),
      live(
        `SUM(${this.#range(1)})`,
        sum(({ resources }) => resources),
      ),
      null,
      null,
    ];
  }

  mean(): Row {
    const { mean } = this.#indicator;
    return third(mean === null ? cell('—') : live(`${this.#foot(1, 0)}/${this.#foot(0, 0)}`, mean));
  }

  deviation(): Row {
    const { standardDeviation } = this.#indicator;
    if (standardDeviation === null) return third(cell('—'));
    return third(live(`SQRT(${this.#squares}/${this.#foot(0, 0)})`, standardDeviation));
  }

  coefficient(): Row {
    const { cv, reason } = this.#indicator;
    return third(cv === null ? cell(reason ?? '—') : live(`${this.#foot(2, 2)}/${this.#foot(2, 1)}`, cv));
  }

  limit(): Row {
    return third(cell(this.#indicator.limit ?? '—'));
  }

  /** At the limit the doubles of a worksheet decide nothing: there the exact decision of the run stands. */
  pass(): Row {
    const { pass } = this.#indicator;
    if (pass === null) return third(cell('—'));
    const [cv, limit, stored] = [this.#foot(2, 3), this.#foot(2, 4), pass ? '是' : '否'];
    return third(live(`IF(ABS(${cv}-${limit})<1E-12,"${stored}",IF(${cv}<${limit},"是","否"))`, stored));
  }

  stored(): Row {
    return third(cell(this.#indicator.cv ?? '—'));
  }

  difference(): Row {
    return third(this.#indicator.cv === null ? cell('—') : live(`${this.#foot(2, 3)}-${this.#foot(2, 6)}`, 0));
  }

  get #mean(): string | undefined {
    return this.#indicator.mean === null ? undefined : this.#foot(2, 1);
  }

  /** Σ pupils · (value − mean)². */
  get #squares(): string {
    return `SUMPRODUCT(${this.#range(0)},(${this.#range(2)}-${this.#foot(2, 1)})^2)`;
  }

  #resources(read: (field: string) => string | undefined, { weights, level }: Splitting): string | undefined {
    const amount = excelFormula(this.#prepared.numeratorFormula.term, read);
    if (amount === undefined) return undefined;
    const factor = this.#prepared.factor === 1 ? '' : `*${this.#prepared.factor}`;
    if (!this.#prepared.split) return `(${amount})${factor}`;
    const weighted = stages.map((stage) => `${weights[stage]}*${read(pupilsField(stage))}`);
    return `(${amount})*${weights[level]}*${read(pupilsField(level))}/(${weighted.join('+')})${factor}`;
  }

  /** The cells of all schools in one of the four columns. */
  #range(offset: number): string {
    const column = this.#columns[offset];
    return `$${column}$${headRows + 1}:$${column}$${headRows + this.#schools}`;
  }

  /** A cell below the schools: its column among the four, its line in the foot. */
  #foot(offset: number, line: number): string {
    return `$${this.#columns[offset]}$${headRows + this.#schools + 1 + line}`;
  }
}

/** The lines below the schools, in the order that `#foot` counts. */
const foot: ReadonlyArray<readonly [string, (block: Block) => Row]> = [
  ['合计', (block) => block.totals()],
  ['均值 X̄', (block) => block.mean()],
  ['标准差 S', (block) => block.deviation()],
  ['差异系数', (block) => block.coefficient()],
  ['限值', (block) => block.limit()],
  ['是否不超限', (block) => block.pass()],
  ['存档的差异系数', (block) => block.stored()],
  ['与存档相差', (block) => block.difference()],
];

const third = (value: WorkbookCell): Row => [null, null, value, null];

const orValue = (formula: string | undefined, value: number): WorkbookCell =>
  formula === undefined ? cell(value) : live(formula, value);
