import type { z } from 'zod';
import type { overview } from '#contract/balance/balance.ts';
import { type Tile, TileLegend, TileMap } from '#web/shared/chart/TileMap.tsx';
import { composite, figureFace, verdictFace } from './tile-face.ts';

type Overview = z.output<typeof overview.output>;

interface OverviewMapProps {
  data: Overview;
  figure: string | undefined;
  active: string | null;
  onActive: (id: string | null) => void;
  onOpen: (id: string) => void;
  href: (id: string) => string;
}

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
