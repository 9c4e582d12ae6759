import type { ReactNode } from 'react';
import style from './TileMap.module.css';
import { useWidth } from './useWidth.ts';

/** Classes follow the thresholds: passes with room, passes narrowly, fails, not yet known, cannot be known. */
export type TileTone = 'holds' | 'narrow' | 'fails' | 'provisional' | 'unavailable';

export interface Tile {
  readonly id: string;
  readonly column: number;
  readonly row: number;
  readonly name: string;
  readonly tone: TileTone;
  /** The word that goes with the mark: 达标, 不达标 … */
  readonly word: string;
  /** A number under the word, already formatted. */
  readonly figure?: string;
  /** The same number for a tile that is too narrow for the long form. */
  readonly briefFigure?: string;
  /** The whole content in one sentence. */
  readonly sentence: string;
  readonly href: string;
}

interface TileMapProps {
  label: string;
  tiles: readonly Tile[];
  active?: string | null;
  onActive?: (id: string | null) => void;
  onOpen: (id: string) => void;
  legend?: ReactNode;
}

const marks: Record<TileTone, string> = { holds: '✓', narrow: '✓', fails: '✕', provisional: '○', unavailable: '—' };
const gap = 4;

/** The city as a schematic: equal tiles roughly where the units lie, each with mark, word and colour. */
export function TileMap({ label, tiles, active, onActive, onOpen, legend }: TileMapProps) {
  const [box, width] = useWidth<HTMLDivElement>(420);
  const columns = Math.max(1, ...tiles.map((tile) => tile.column + 1));
  const rows = Math.max(1, ...tiles.map((tile) => tile.row + 1));
  const size = Math.min(92, (width + gap) / columns - gap);
  const height = Math.max(66, size * 0.86);
  return (
    <div ref={box} className={style.box}>
      <nav aria-label={label}>
        <svg className={style.map} width={columns * (size + gap) - gap} height={rows * (height + gap) - gap}>
          <title>{label}</title>
          <defs>
            <pattern id="tile-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect className={style.patternGround} width="6" height="6" />
              <line className={style.patternLine} x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          {tiles.map((tile) => (
            <g key={tile.id} transform={`translate(${tile.column * (size + gap)} ${tile.row * (height + gap)})`}>
              <a
                href={tile.href}
                className={`${style.tile} ${style[tile.tone]} ${tile.id === active ? style.active : ''}`}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  onOpen(tile.id);
                }}
                onMouseEnter={() => onActive?.(tile.id)}
                onMouseLeave={() => onActive?.(null)}
                onFocus={() => onActive?.(tile.id)}
                onBlur={() => onActive?.(null)}
              >
                <title>{tile.sentence}</title>
                <rect className={style.ground} width={size} height={height} rx="2" />
                <text
                  className={style.name}
                  x={size / 2}
                  y={height / 2 - 12}
                  textAnchor="middle"
                  {...fitted(tile, size)}
                >
                  {tile.name}
                </text>
                <text className={style.word} x={size / 2} y={height / 2 + 6} textAnchor="middle">
                  {marks[tile.tone]} {tile.word}
                </text>
                {(tile.figure ?? tile.briefFigure) && (
                  <text className={style.number} x={size / 2} y={height / 2 + 23} textAnchor="middle">
                    {size < 76 ? (tile.briefFigure ?? tile.figure) : tile.figure}
                  </text>
                )}
              </a>
            </g>
          ))}
        </svg>
      </nav>
      {legend}
    </div>
  );
}

/** The widest sign of a name, in pixels, and the room that it leaves at each side of its tile. */
const sign = 15;
const margin = 3;

/** A long name is drawn narrower: it stays within its tile. */
function fitted({ name }: Tile, size: number) {
  const room = size - 2 * margin;
  if ([...name].length * sign <= room) return {};
  return { textLength: room, lengthAdjust: 'spacingAndGlyphs' } as const;
}

/** The meaning of the classes, in the order from good to unknown. */
export function TileLegend({ entries }: { entries: ReadonlyArray<{ tone: TileTone; text: string }> }) {
  return (
    <ul className={style.legend}>
      {entries.map(({ tone, text }) => (
        <li key={tone}>
          <svg width="14" height="14" aria-hidden="true" className={`${style.tile} ${style[tone]}`}>
            <rect className={style.ground} x="0.5" y="0.5" width="13" height="13" rx="2" />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
