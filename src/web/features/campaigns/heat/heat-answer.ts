import { numberOf } from '#web/shared/framework/indicator.words.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import type { Heat } from '../campaign-reply.ts';

/** The share of its points that a subject got at a branch; null where it is not judged whole. */
export function rateOf(points: string | null, max: string | null): number | null {
  if (points === null || max === null) return null;
  const most = numberOf(max);
  return most === 0 ? null : numberOf(points) / most;
}

/** A share in the cell of a picture and in the words about it. It is cut off, so that it stands in the class of its colour. */
export const cellNumber = (rate: number) => formatNumber(Math.floor(rate * 1000 + 1e-9) / 10, 1);

/** Why a cell has no share: a branch of which nothing applies can get nothing. */
export function whyNone(cell: { points: string | null; max: string | null } | undefined): string {
  return cell?.points === null && cell.max === '0' ? '这个分支的指标对这个对象都不适用' : '还没有评完，或暂不显示';
}

export interface BranchRate {
  readonly code: string;
  readonly title: string | null;
  readonly max: string | null;
  /** Over the subjects that are judged at it; null where none is. */
  readonly mean: number | null;
  readonly judged: number;
  /** Who got least of it. */
  readonly least: { readonly name: string; readonly rate: number } | null;
}

/** Each branch with its mean and whoever got least of it. */
export function branchRates({ branches, rows }: Heat): BranchRate[] {
  return branches.map((branch) => {
    const rates = rows.flatMap(({ name, cells }) => {
      const cell = cells.find(({ code }) => code === branch.code);
      const rate = cell ? rateOf(cell.points, cell.max) : null;
      return rate === null ? [] : [{ name, rate }];
    });
    const sum = rates.reduce((total, { rate }) => total + rate, 0);
    const least = rates.reduce<{ name: string; rate: number } | null>(
      (low, one) => (low === null || one.rate < low.rate ? one : low),
      null,
    );
    return { ...branch, mean: rates.length === 0 ? null : sum / rates.length, judged: rates.length, least };
  });
}

/** The branch of which least was got on the whole; undefined where nothing is judged. */
export function weakest(rates: readonly BranchRate[]): (BranchRate & { readonly mean: number }) | undefined {
  const judged = rates.filter((one): one is BranchRate & { readonly mean: number } => one.mean !== null);
  return judged.length === 0 ? undefined : judged.reduce((low, one) => (one.mean < low.mean ? one : low));
}

/** The classes of the picture: the less of the points was got, the deeper. */
const classes = [0.95, 0.85, 0.75, 0.6] as const;
export const classCount = classes.length + 1;

/** The class of a share, from 0 (almost all) to 4 (least). */
export function classOf(rate: number): number {
  const at = classes.findIndex((from) => rate >= from);
  return at === -1 ? classes.length : at;
}

/** The classes in words, from almost all to least. */
export function classWords(): string[] {
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return [
    `${percent(classes[0])} 以上`,
    ...classes.slice(1).map((from, at) => `${percent(from)}—${percent(classes[at]!)}`),
    `不到 ${percent(classes.at(-1)!)}`,
  ];
}

/** Rows by what they got at a branch, the least first; those without points behind them. */
export function sortedBy(rows: Heat['rows'], code: string): Heat['rows'] {
  const rate = (row: Heat['rows'][number]) => {
    const cell = row.cells.find((one) => one.code === code);
    return cell ? rateOf(cell.points, cell.max) : null;
  };
  return [...rows].sort(
    (one, other) => (rate(one) ?? Number.POSITIVE_INFINITY) - (rate(other) ?? Number.POSITIVE_INFINITY),
  );
}
