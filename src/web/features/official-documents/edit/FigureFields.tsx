import { useState } from 'react';
import { figureChoices, readFigure } from '#contract/official-documents/letters.ts';
import type { LetterFigure } from '#domain/letter/figure.shape.ts';
import { figuresOf, figureToken, inWords, withFigures } from '#domain/letter/figure.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { WrittenBlock } from './written-blocks.ts';

type Figure = LetterFigure;

/** The text with this figure as plain text: it keeps its value and says no more where it comes from. */
export function letGo(body: readonly WrittenBlock[], figure: Figure): WrittenBlock[] {
  const plain = (text: string) => withFigures(text, [figure]);
  return body.map((block) => {
    if (block.kind !== 'table') return { ...block, text: plain(block.text) };
    const { from, ...table } = block;
    if (from === figure.key && typeof figure.value !== 'string') return { ...table, rows: figure.value };
    return { ...block, rows: block.rows.map((row) => row.map(plain)) };
  });
}

interface FigureFieldsProps {
  body: readonly WrittenBlock[];
  figures: readonly Figure[];
  onChange: (change: { body: WrittenBlock[]; figures: Figure[] }) => void;
}

/** 数据: the figures that the text names, each with its value and moment; it can be let go. */
export function FigureFields({ body, figures, onChange }: FigureFieldsProps) {
  const named = new Set(body.flatMap((block) => figuresOf(block)));
  const used = figures.filter(({ key }) => named.has(key));
  if (used.length === 0) return null;
  return (
    <Section title="数据" note="取自业务数据；保存后有变会提示，不会自行改变">
      <Stack>
        {used.map((figure) => (
          <Row key={figure.key}>
            <span>
              {typeof figure.value === 'string' ? figureToken(figure.key) : '表格'}　{figure.label}：
              {inWords(figure.value)}
            </span>
            <span className="soft">{formatDateTime(figure.readAt)} 取</span>
            <Button
              small
              kind="quiet"
              onClick={() =>
                onChange({ body: letGo(body, figure), figures: figures.filter(({ key }) => key !== figure.key) })
              }
            >
              转为文字
            </Button>
          </Row>
        ))}
      </Stack>
    </Section>
  );
}

/** 插入数据: chooses a figure, shows its value and date, and puts it into a part of the text. */
export function InsertFigure({
  nextKey,
  onInsert,
  onClose,
}: {
  nextKey: number;
  onInsert: (figure: Figure) => void;
  onClose: () => void;
}) {
  const known = useRead(figureChoices, {});
  const [query, setQuery] = useState<string | null>(null);
  const [unitId, setUnitId] = useState<number | null>(null);
  const [year, setYear] = useState<number | null>(null);
  const [choice, setChoice] = useState<string | null>(null);
  const [found, setFound] = useState<Figure | null>(null);
  const reading = useAct(readFigure, { onDone: (figure) => setFound({ ...figure, key: nextKey }) });
  const { units = [], years = [], quotes = [] } = known.data ?? {};
  const chosen = quotes.find((one) => one.query === query);
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setFound(null);
    };
  const unit = unitId ?? units[0]?.id ?? null;
  const inYear = year ?? years[0] ?? null;
  const isWhole = query !== null && unit !== null && inYear !== null && choice !== null;
  return (
    <Dialog
      open
      title="插入数据"
      onClose={onClose}
      actions={
        <>
          <Button
            disabled={!isWhole}
            busy={reading.busy}
            onClick={() =>
              isWhole && void reading.act({ body: { asked: { query, unitId: unit, year: inYear, choice } } })
            }
          >
            取数
          </Button>
          <Button kind="primary" disabled={found === null} onClick={() => found && onInsert(found)}>
            插入
          </Button>
        </>
      }
    >
      <Stack>
        <SelectField
          label="数据项"
          value={query}
          options={quotes.map((one) => ({ value: one.query, label: one.title }))}
          onChange={change((value: string) => {
            setQuery(value);
            setChoice(null);
          })}
        />
        <SelectField
          label="单位"
          value={unit}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={change(setUnitId)}
        />
        <SelectField
          label="学年"
          value={inYear}
          options={years.map((one) => ({ value: one, label: `${one} 学年` }))}
          onChange={change(setYear)}
        />
        <SelectField label="口径" value={choice} options={chosen?.choices ?? []} onChange={change(setChoice)} />
        <p role="status">
          {found === null
            ? '选好后点“取数”，看到数值再插入。'
            : `${found.label}：${inWords(found.value)}（${formatDateTime(found.readAt)} 取）`}
        </p>
      </Stack>
    </Dialog>
  );
}
