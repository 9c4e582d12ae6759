import { cvText, limitText } from '#domain/balance/report/figure-text.ts';
import type { Tile, TileTone } from '#web/shared/chart/TileMap.tsx';
import type { OverviewRow } from '../balance.words.ts';

/** What a tile shows of its unit besides the name. */
export type TileFace = Pick<Tile, 'tone' | 'word' | 'figure' | 'briefFigure'>;

/** A pass within a tenth of the limit is narrow. */
const narrowFrom = 0.9;
export const composite = 'composite';

export function verdictFace(row: OverviewRow): TileFace {
  if (row.verdict === 'unavailable') return { tone: 'unavailable', word: '无法计算' };
  if (row.verdict === 'provisional')
    return { tone: 'provisional', word: '暂定', figure: `缺 ${row.missingSchools} 校` };
  if (row.verdict === 'fail') return { tone: 'fails', word: '不达标', ...worst(row) };
  const ratios = row.levels.flatMap(({ tightest }) => (tightest ? [tightest.cv / tightest.limit] : []));
  return { tone: Math.max(0, ...ratios) > narrowFrom ? 'narrow' : 'holds', word: '达标', ...worst(row) };
}

/**
 * The figure that decides the verdict: the coefficient nearest to its limit or furthest beyond it, else the failing
 * schools.
 */
function worst(row: OverviewRow): Pick<Tile, 'figure' | 'briefFigure'> {
  const points = row.levels.flatMap(({ tightest }) => (tightest ? [tightest] : []));
  const point = points.sort((a, b) => a.distance - b.distance)[0];
  if (!point) return {};
  if (row.verdict === 'fail' && point.pass) {
    const failing = failingSchools(row);
    if (failing) return failing;
  }
  const cv = cvText(point.cv, point.limit);
  return { figure: `${cv} ${point.pass ? '≤' : '>'} ${limitText(point.limit)}`, briefFigure: cv };
}

/** The levels are not added up: a school that fails at two of them is one school. */
function failingSchools(row: OverviewRow): Pick<Tile, 'figure' | 'briefFigure'> | undefined {
  const levels = row.levels.flatMap(({ levelName, compliance }) => {
    const failing = compliance ? compliance.judged - compliance.passed : 0;
    return failing > 0 ? [{ levelName, failing }] : [];
  });
  const [first] = levels;
  if (!first) return undefined;
  if (levels.length === 1) return { figure: `${first.failing} 校不达标`, briefFigure: `${first.failing} 校` };
  return {
    figure: levels.map(({ levelName, failing }) => `${levelName} ${failing}`).join('、'),
    briefFigure: '两个学段',
  };
}

export function figureFace(row: OverviewRow, choice: string): TileFace {
  const [level, key] = choice.split(':');
  const found = row.levels.find((candidate) => candidate.level === level);
  const indicator = found?.indicators.find((candidate) => candidate.key === key);
  const cv = key === composite ? found?.compositeCv : indicator?.cv;
  const limit = key === composite ? found?.compositeLimit : indicator?.limit;
  const over = (key === composite ? found?.compositePass : indicator?.pass) === false;
  if (cv === null || cv === undefined || limit === null || limit === undefined) {
    return { tone: 'unavailable', word: '无法计算' };
  }
  const tone: TileTone = over ? 'fails' : cv > limit * narrowFrom ? 'narrow' : 'holds';
  const word = over ? '超限' : '不超限';
  const missing = (found?.missingSchools ?? 0) > 0;
  return { tone: missing ? 'provisional' : tone, word: missing ? `暂定${word}` : word, figure: cvText(cv, limit) };
}
