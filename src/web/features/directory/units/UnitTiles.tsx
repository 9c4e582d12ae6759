import { useState } from 'react';
import { arrangeUnits } from '#contract/directory/unit-changes.ts';
import { type Tile, tileLayout } from '#domain/org/tile-layout.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { RegisteredUnit } from '../directory.words.ts';
import { moved, type Step } from './tile-moves.ts';
import style from './UnitTiles.module.css';

const steps: ReadonlyArray<readonly [key: string, label: string, step: Step]> = [
  ['ArrowLeft', '向左', { column: -1, row: 0 }],
  ['ArrowUp', '向上', { column: 0, row: -1 }],
  ['ArrowDown', '向下', { column: 0, row: 1 }],
  ['ArrowRight', '向右', { column: 1, row: 0 }],
];

/** The schematic map of the city: a chosen tile is moved by the arrow keys or the buttons; a taken place is exchanged. */
export function UnitTiles({ units, onClose }: { units: readonly RegisteredUnit[]; onClose: () => void }) {
  const [tiles, setTiles] = useState(() => startOf(units));
  const [chosen, setChosen] = useState(units[0]?.id);
  const saving = useAct(arrangeUnits, { done: '示意图已保存' });
  const move = (id: number | undefined, step: Step) => id !== undefined && setTiles(moved(tiles, id, step));
  async function save() {
    const body = { tiles: [...tiles].map(([unitId, tile]) => ({ unitId, ...tile })) };
    if (await saving.act({ body })) onClose();
  }
  return (
    <Dialog open title="排列示意图" onClose={onClose}>
      <Stack gap={3}>
        <p className="caption">
          均衡监测的示意图按这里的位置画。选一个单位，用方向键或下面的按钮移动；已有单位的位置互换。
        </p>
        <ul className={style.map} aria-label="示意图">
          {units.map((unit) => (
            <li key={unit.id} style={placeOf(tiles.get(unit.id)!)}>
              <button
                type="button"
                className={style.tile}
                aria-pressed={unit.id === chosen}
                onFocus={() => setChosen(unit.id)}
                onClick={() => setChosen(unit.id)}
                onKeyDown={(event) => {
                  const found = steps.find(([key]) => key === event.key);
                  if (!found) return;
                  event.preventDefault();
                  move(unit.id, found[2]);
                }}
              >
                {unit.shortName}
                <span className="visually-hidden">{spoken(tiles.get(unit.id)!)}</span>
              </button>
            </li>
          ))}
        </ul>
        <Row>
          {steps.map(([key, label, step]) => (
            <Button key={key} small onClick={() => move(chosen, step)}>
              {label}
            </Button>
          ))}
        </Row>
        <Row>
          <Button kind="primary" busy={saving.busy} onClick={() => void save()}>
            保存示意图
          </Button>
          <Button onClick={onClose}>取消</Button>
        </Row>
      </Stack>
    </Dialog>
  );
}

/** The present places; units without one follow in rows below. */
function startOf(units: readonly RegisteredUnit[]): ReadonlyMap<number, Tile> {
  const below = Math.max(-1, ...units.flatMap(({ tile }) => tile?.row ?? [])) + 1;
  const missing = units.filter(({ tile }) => tile === null);
  const layout = tileLayout(missing.length);
  return new Map(
    units.map(({ id, tile }) => {
      const free = layout[missing.findIndex((unit) => unit.id === id)];
      return [id, tile ?? { column: free!.column, row: free!.row + below }];
    }),
  );
}

const placeOf = ({ column, row }: Tile) => ({ gridColumn: column + 1, gridRow: row + 1 });
const spoken = ({ column, row }: Tile) => `，第 ${row + 1} 行第 ${column + 1} 列`;
