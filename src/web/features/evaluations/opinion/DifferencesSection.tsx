import { useState } from 'react';
import { SlopePicture } from '#web/shared/chart/SlopePicture.tsx';
import { differenceText, figureText, numberOf } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Evaluation, Opinion } from '../evaluation-reply.ts';
import { slopeLines, slopeSentence } from './differences.ts';

type Difference = Opinion['differences'][number];

/** How many differences stand on the page at first: the largest. */
const firstShown = 12;

interface DifferencesSectionProps {
  evaluation: Evaluation;
  opinion: Opinion;
  onOpen: (code: string) => void;
}

/** Self-evaluation against the city: a picture by branch, and every leaf that differs. */
export function DifferencesSection({ evaluation, opinion, onOpen }: DifferencesSectionProps) {
  const [showsAll, setShowsAll] = useState(false);
  const lines = slopeLines(evaluation.nodes, 'self', 'city');
  const differing = opinion.differences
    .filter(({ difference }) => difference !== null && differenceText('0', difference) !== undefined)
    .sort((one, other) => Math.abs(numberOf(other.difference!)) - Math.abs(numberOf(one.difference!)));
  const shown = showsAll ? differing : differing.slice(0, firstShown);
  if (lines.length === 0 && opinion.differences.length === 0) return null;
  const columns: ReadonlyArray<Column<Difference>> = [
    {
      key: 'code',
      title: '指标',
      fact: 1,
      value: ({ code }) => code,
      cell: ({ code, title }) => (
        <>
          <Button small kind="quiet" onClick={() => onOpen(code)}>
            {code}
          </Button>
          {title}
        </>
      ),
    },
    figureColumn('self', '自评'),
    figureColumn('city', '市评'),
    {
      key: 'difference',
      title: '相差',
      fact: 2,
      align: 'end',
      width: '6rem',
      value: ({ difference }) => (difference === null ? null : numberOf(difference)),
      cell: ({ difference }) => differenceText('0', difference) ?? '0',
    },
    {
      key: 'reason',
      title: '理由',
      fact: 3,
      value: ({ reason }) => reason,
      cell: ({ reason }) => reason ?? <Missing reason="评分时没有写理由" />,
    },
  ];
  return (
    <Section title="自评和评定的差异" note={`${opinion.differences.length} 项两层都有得分，${differing.length} 项不同`}>
      {lines.length > 0 && (
        <SlopePicture
          question="哪些分支自评偏高？"
          sentence={slopeSentence(lines)}
          sides={['自评', '市评']}
          lines={lines}
          onOpen={onOpen}
        />
      )}
      <DataTable<Difference>
        caption="自评和评定不同的指标"
        columns={columns}
        rows={shown}
        rowKey={({ code }) => code}
        empty={<Empty title="两层都有得分的指标没有不同" />}
      />
      {shown.length < differing.length && (
        <Button kind="quiet" onClick={() => setShowsAll(true)}>
          全部 {differing.length} 项
        </Button>
      )}
    </Section>
  );
}

function figureColumn(key: 'self' | 'city', title: string): Column<Difference> {
  return {
    ...{ key, title, align: 'end', width: '6rem' },
    value: (row) => (row[key] === null ? null : numberOf(row[key])),
    cell: (row) => (row[key] === null ? <Missing reason="还没有得分" /> : figureText(row[key])),
  };
}
