import type { z } from 'zod';
import type { overview } from '#contract/balance/balance.ts';
import { cvText, limitText } from '#domain/balance/report/figure-text.ts';
import { type Tile, TileLegend, TileMap, type TileTone } from '#web/shared/chart/TileMap.tsx';
import type { OverviewRow } from '../balance.words.ts';

type Overview = z.output<typeof overview.output>;

interface OverviewMapProps {
  data: Overview;
  figure: string | undefined;
  active: string | null;
  onActive: (id: string | null) => void;
  onOpen: (id: string) => void;
  href: (id: string) => string;
}

/** A pass within a tenth of the limit is narrow. */
const narrowFrom = 0.9;
const composite = 'composite';

/** The figures by which the map can be coloured besides the verdict: all that have a limit of their own. */
export function figureChoices(data: Overview): Array<{ value: string; label: string }> {
  return (data.rows.find((row) => row.levels.length > 0)?.levels ?? []).flatMap((level) =>
    data.kind.composite
      ? [{ value: `${level.level}:${composite}`, label: `${level.levelName} 综合差异系数` }]
      : level.indicators.map((indicator) => ({
          value: `${level.level}:${indicator.key}`,
          label: `${level.levelName} ${indicator.shortName}`,
        })),
  );
}

export function OverviewMap({ data, figure, active, onActive, onOpen, href }: OverviewMapProps) {
  const choice = figureChoices(data).find((candidate) => candidate.value === figure);
  const tiles = data.rows.flatMap((row): Tile[] => {
    if (!row.tile) return [];
    const face = choice ? figureFace(row, choice.value) : verdictFace(row);
    return [
      {
        id: String(row.countyId),
        ...row.tile,
        name: row.shortName,
        href: href(String(row.countyId)),
        sentence: `${row.name}：${row.sentence}`,
        ...face,
      },
    ];
  });
  const question = choice ? `${choice.label}差异系数在限值的哪一侧` : '各单位是否达标';
  return (
    <figure>
      <figcaption>
        <h2>{question}</h2>
      </figcaption>
      <TileMap
        label={`${question}：每个单位一格，打开看依据`}
        tiles={tiles}
        active={active}
        onActive={onActive}
        onOpen={onOpen}
        legend={
          <TileLegend
            entries={[
              { tone: 'holds', text: '达标' },
              { tone: 'narrow', text: '达标，离限值不足一成' },
              { tone: 'fails', text: '不达标' },
              { tone: 'provisional', text: '暂定（数据不全）' },
              { tone: 'unavailable', text: '无法计算' },
            ]}
          />
        }
      />
    </figure>
  );
}

function verdictFace(row: OverviewRow): Pick<Tile, 'tone' | 'word' | 'figure'> {
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
  const failing = row.levels.reduce(
    (sum, { compliance }) => sum + (compliance ? compliance.judged - compliance.passed : 0),
    0,
  );
  if (row.verdict === 'fail' && point.pass && failing > 0)
    return { figure: `${failing} 校不达标`, briefFigure: `${failing} 校` };
  const cv = cvText(point.cv, point.limit);
  return { figure: `${cv} ${point.pass ? '≤' : '>'} ${limitText(point.limit)}`, briefFigure: cv };
}

function figureFace(row: OverviewRow, choice: string): Pick<Tile, 'tone' | 'word' | 'figure'> {
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
